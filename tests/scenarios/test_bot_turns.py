"""What one person says in one chat is answered in the order in which it was said, by two replicas as by one."""

from __future__ import annotations

import asyncio
import itertools
import random
import re
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import structlog
from scenario import ACK_WINDOW, MONDAY, PATIENT, SHORT_LEASES, Talk, config_of, crowd, until

from bot.app import App
from bot.chat.answering.claims import Claims
from bot.chat.answering.turns import WORKERS
from bot.chat.answering.waiting import Waiting
from bot.chat.frames.mention import Mention
from bot.emulator import Emulator
from bot.model.people import ConversationId, MsgId, OutTrackId, StaffId
from bot.store import messages, turns
from bot.timing import Timing

QUERY, DELIVER = "querySchedule", "createAndDeliver"
PAIRS = 200
GRACE = 3.0
"""Long, as a busy machine holds a claim up for longer than a network does."""
DAYS = {"周二": "3/13", "周三": "3/14", "周四": "3/15", "周五": "3/16", "下周一": "3/19", "下周二": "3/20"}
WITH_GRACE = replace(PATIENT, follow_up_grace=GRACE, follow_up_grace_alone=GRACE)
FAILING = replace(PATIENT, message_retries=(0.05, 0.5))
IMPATIENT = replace(PATIENT, turn_patience=0.1)
ENDING = replace(SHORT_LEASES, stop_within=0.1)


def asks(day: str) -> str:
    return f"我{day}下午2点到4点有空吗"


def dates(cards) -> list[str]:
    """The dates that cards show, "" for one without."""
    return [found[0] if (found := re.search(r"3/\d+", card.params["markdown"])) else "" for card in cards]


def date_of(call) -> str:
    """The date that calendars are read of."""
    _, month, day = call.body["startTime"][:10].split("-")
    return f"{int(month)}/{int(day)}"


@pytest.fixture
async def company() -> AsyncIterator[Emulator]:
    """A DingTalk without limits on calls."""
    async with Emulator(redeliver_unacked=None, calls_per_second=None, ack_window=ACK_WINDOW) as emulator:
        yield emulator
        assert emulator.violations == []


@asynccontextmanager
async def two_replicas(dingtalk: Emulator, store_url: str, timing: Timing) -> AsyncIterator[None]:
    """Two bots on one store, each with a connection."""
    config = config_of(dingtalk, store_url)
    unpaced = config.dingtalk.model_copy(update={"calls_per_second": 100_000})
    config = config.model_copy(update={"dingtalk": unpaced})
    async with App(config, timing=timing) as one, App(config, timing=timing) as other:
        await one.connected()
        await other.connected()
        await until(lambda: len(dingtalk.connections) == 2)
        yield


# ---------------------------------------------------------------- follow-ups
async def test_each_of_200_follow_ups_in_flight_applies_to_its_question(company, store_url):
    chance = random.Random(20260316)
    people = crowd(company, PAIRS)
    loop = asyncio.get_running_loop()

    async def say(person, text: str, *, said: int, at: float):
        """Pushes at `at` what was said at `said`, in milliseconds from the beginning."""
        await asyncio.sleep(began + at / 1000 - loop.time())
        return await person.says(text, to="direct", created_at=MONDAY + timedelta(milliseconds=said))

    async def pair(number: int, person):
        said, gap = number * 15, chance.randint(1, 300)
        ats = said + chance.uniform(0, 30), said + gap + chance.uniform(0, 30)
        saying = (
            say(person, asks("周二"), said=said, at=ats[0]),
            say(person, "那周四呢", said=said + gap, at=ats[1]),
        )
        return ats, [each.deliveries[0].connection for each in await asyncio.gather(*saying)]

    async with two_replicas(company, store_url, WITH_GRACE):
        began = loop.time()
        pairs = await asyncio.gather(*(pair(number, person) for number, person in enumerate(people)))
        await until(lambda: all("3/15" in dates(person.direct.cards) for person in people), timeout=60)
        await company.settle(timeout=60)
    assert [dates(person.direct.cards) for person in people] == [["3/15"]] * PAIRS
    assert [len(person.direct.messages) for person in people] == [0] * PAIRS
    assert sum(first > second for (first, second), _ in pairs)  # some follow-ups went first
    assert sum(one != other for _, (one, other) in pairs) > PAIRS / 4  # and many pairs to two replicas


async def test_follow_ups_in_flight_lead_on_from_each_other(company, store_url):
    alice = company.person("alice", name="Alice Chen")
    company.faults.hang(QUERY)
    timing = replace(PATIENT, follow_up_grace=0.05, follow_up_grace_alone=0.05)
    async with two_replicas(company, store_url, timing):
        talk = Talk(alice, alice.direct)
        for text in (asks("周二"), "那周三呢", "再晚点"):
            await (await talk.says(text)).acked()
        await until(lambda: company.calls_of(QUERY))
        company.faults.clear()
        await until(lambda: "3/14 16:00–18:00" in "".join(card.text for card in alice.direct.cards))
        await company.settle()
    assert len(alice.direct.cards) == 1


# ---------------------------------------------------------------- one after the other
async def test_one_message_of_a_person_in_a_chat_is_answered_after_the_other(company, store_url):
    people = crowd(company, 6)
    company.faults.slow(QUERY, 0.02)

    async def talks(person) -> None:
        talk = Talk(person, person.direct)
        for day in DAYS:
            await (await talk.says(asks(day))).acked()

    async with two_replicas(company, store_url, PATIENT):
        await asyncio.gather(*map(talks, people))
        await until(lambda: all(len(person.direct.cards) == len(DAYS) for person in people), timeout=60)
        await company.settle(timeout=60)
    assert [dates(person.direct.cards) for person in people] == [[*DAYS.values()]] * len(people)
    spans = defaultdict(list)
    for call in company.calls_of(QUERY):
        spans[call.ids["union_id"]].append((call.started, call.ended))
    assert [len(each) for each in spans.values()] == [len(DAYS)] * len(people)
    assert all(one[1] <= other[0] for each in spans.values() for one, other in itertools.pairwise(each))
    assert sum(one[0] < other[1] and other[0] < one[1] for one, other in itertools.product(*[*spans.values()][:2]))


async def test_all_that_is_said_at_once_is_answered_once_and_never_two_at_a_time(company, store_url):
    people = crowd(company, 6)
    company.faults.slow(QUERY, 0.02)
    async with two_replicas(company, store_url, PATIENT):
        company.faults.deliver_to_all()
        for person in people:
            talk = Talk(person, person.direct)
            for day in DAYS:
                await talk.says(asks(day))
        await until(lambda: all(len(person.direct.cards) == len(DAYS) for person in people), timeout=60)
        await company.settle(timeout=60)
    spans = defaultdict(list)
    for call in company.calls_of(QUERY):
        spans[call.ids["union_id"]].append((call.started, call.ended))
    assert all(one[1] <= other[0] for each in spans.values() for one, other in itertools.pairwise(each))
    assert len(company.calls_of(DELIVER)) == len(people) * len(DAYS)


async def test_what_was_said_earlier_and_arrives_late_is_answered_after_a_later_one(bot, dingtalk, alice):
    dingtalk.faults.hang(QUERY)
    later = await alice.says(asks("周三"), to="direct", created_at=MONDAY + timedelta(seconds=1))
    await until(lambda: dingtalk.calls_of(QUERY))
    earlier = await alice.says(asks("周二"), to="direct", created_at=MONDAY)
    assert {(await each.acked()).code for each in (later, earlier)} == {200}
    dingtalk.faults.clear()
    await until(lambda: len(alice.direct.cards) == 2)
    assert dates(alice.direct.cards) == ["3/14", "3/13"]


async def test_a_press_waits_for_no_message(bot, dingtalk, alice):
    card = await Talk(alice, alice.direct).asks(asks("周二"))
    dingtalk.faults.hang(QUERY, times=1)
    await alice.says(asks("周三"), to="direct", created_at=MONDAY + timedelta(minutes=1))
    await until(lambda: len(dingtalk.calls_of(QUERY)) == 2)
    press = await alice.presses(card, "later")
    assert (press.code, "16:00–18:00" in card.text, len(alice.direct.cards)) == (200, True, 1)
    dingtalk.faults.release()
    await until(lambda: len(alice.direct.cards) == 2)


# ---------------------------------------------------------------- nobody waits for anybody else
async def test_others_are_answered_while_all_that_one_person_said_waits(company, store_url):
    *others, alice = people = crowd(company, 13)
    company.group("Everybody", people)
    async with two_replicas(company, store_url, PATIENT):
        await Talk(others[0], others[0].direct).asks(asks("周二"))
        company.faults.hang(QUERY, person=alice)
        hers = Talk(alice, alice.direct)
        said = [await hers.says(asks([*DAYS][n % 6])) for n in range(WORKERS + 6)]
        assert {(await each.acked()).code for each in said} == {200}
        await until(lambda: any(alice.union_id in call.ids.values() for call in company.calls_of(QUERY)))
        for _ in range(3):
            cards = await asyncio.gather(*(Talk(each, each.direct).asks(asks("周三")) for each in others))
            assert dates(cards) == ["3/14"] * len(others)
        assert len([call for call in company.calls_of(QUERY) if alice.union_id in call.ids.values()]) == 1
        assert alice.direct.cards == []
        company.faults.clear()
        await until(lambda: len(alice.direct.cards) == len(said), timeout=60)
        await company.settle(timeout=60)


async def test_a_message_that_fails_twice_steps_aside(start, dingtalk, alice):
    await start(timing=FAILING)
    dingtalk.faults.fail(DELIVER, status=500)
    hers = Talk(alice, alice.direct)
    for day in ("周二", "周三"):
        await (await hers.says(asks(day))).acked()
    await until(lambda: "3/14" in map(date_of, dingtalk.calls_of(QUERY)))
    assert alice.direct.cards == []
    dingtalk.faults.clear()
    await until(lambda: len(alice.direct.cards) == 2)
    await dingtalk.settle()
    assert sorted(dates(alice.direct.cards)) == ["3/13", "3/14"]


async def test_a_message_that_has_waited_for_too_long_begins_regardless(start, dingtalk, alice):
    await start(timing=IMPATIENT)
    dingtalk.faults.hang(QUERY, times=1)
    hers = Talk(alice, alice.direct)
    for day in ("周二", "周三", "周四"):
        await (await hers.says(asks(day))).acked()
    await until(lambda: len(alice.direct.cards) == 2)
    assert sorted(dates(alice.direct.cards)) == ["3/14", "3/15"]
    dingtalk.faults.release()
    await until(lambda: len(alice.direct.cards) == 3)
    await dingtalk.settle()
    assert dates(alice.direct.cards)[-1] == "3/13"


# ---------------------------------------------------------------- whatever goes wrong inside
async def test_what_has_begun_without_our_knowing_is_not_left_waiting(store):
    """Nobody knows whether a commit that failed took place."""
    claims = Claims(store, clock=lambda: datetime.now(UTC), timing=PATIENT)
    begun, lost = [], []
    waiting = Waiting(claims, store, begin=begun.append, lose=lost.append, patience=0)
    chat, alice = ConversationId("cid"), StaffId("alice")
    said = Mention(
        msg_id=MsgId(""),
        conversation_id=chat,
        in_group=False,
        sender=alice,
        sender_name="Alice",
        text="",
        created_at=MONDAY,
    )
    _, second, third = [await claims.claim(replace(said, msg_id=MsgId(name)), OutTrackId(name)) for name in "abc"]
    for claim in (second, third):
        waiting.add(claim)
    for name in "ac":
        await messages.answered(
            store, MsgId(name), owner=claims.owner, attempt=1, outcome="card", now=datetime.now(UTC)
        )
    assert await turns.begin(store, MsgId("b"), owner=claims.owner, attempt=1, conversation_id=chat, sender=alice)
    await waiting.look()
    assert ([claim.mention.msg_id for claim in begun], lost) == (["b"], [third])


@pytest.fixture
def breaking_log():
    """The names of events at which the log breaks."""
    names = set()

    def break_at(logger, method, event):
        if event["event"] in names:
            raise ValueError("I/O operation on closed file")
        return event

    before = structlog.get_config()
    structlog.configure(processors=[break_at, *before["processors"]], cache_logger_on_first_use=False)
    yield names
    structlog.configure(**before)


async def test_workers_outlive_a_log_that_cannot_be_written(company, breaking_log, store_url):
    people = crowd(company, WORKERS + 6)
    breaking_log.update({"handled", "handler_failed", "worker_failed"})
    async with two_replicas(company, store_url, PATIENT):
        for day in ("周二", "周三", "周四"):
            for person in people:
                await Talk(person, person.direct).says(asks(day))
        await until(lambda: all(len(person.direct.cards) == 3 for person in people), timeout=60)
        await company.settle(timeout=60)
    assert len(company.calls_of(DELIVER)) == 3 * len(people)


async def test_upkeep_outlives_a_log_that_cannot_be_written(start, dingtalk, alice, breaking_log):
    breaking_log.update({"message_taken_over", "pass_failed"})
    hers = Talk(alice, alice.direct)
    await start(timing=SHORT_LEASES)
    for day in ("周二", "周三"):
        ending = await start(timing=ENDING)
        dingtalk.faults.hang(QUERY)
        await (await hers.says(asks(day), connection=dingtalk.connections[-1].id)).acked()
        await until(lambda day=day: DAYS[day] in map(date_of, dingtalk.calls_of(QUERY)))
        await ending.stop()
        dingtalk.faults.clear()
        await until(lambda day=day: dates(alice.direct.cards)[-1:] == [DAYS[day]])
    await dingtalk.settle()
    assert dates(alice.direct.cards) == ["3/13", "3/14"]
