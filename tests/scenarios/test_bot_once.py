"""Each message is answered once: delivered again, on two connections, after kill -9 at any step, by two processes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from scenario import ASK, MONDAY, SHORT_LEASES, until, verdict_lines

from bot.emulator import Emulator
from bot.store import Store, messages
from bot.timing import Timing

DELIVER = "createAndDeliver"
TELLING = replace(SHORT_LEASES, interim_after=0)
ENDING = replace(SHORT_LEASES, stop_within=0.2)


async def test_a_message_delivered_three_times_is_answered_once(bot, dingtalk, alice, bob, group):
    dingtalk.faults.redeliver(0.02, times=2)
    said = await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    await group.next_card()
    await dingtalk.settle()
    assert [delivery.code for delivery in said.deliveries] == [200, 200, 200]
    assert len(group.cards) == len(dingtalk.calls_of(DELIVER)) == len(dingtalk.calls_of("querySchedule")) == 1


async def test_a_message_on_two_connections_at_once_is_answered_once(start, dingtalk, alice, bob, group, sqlite_url):
    await start()
    await start()
    dingtalk.faults.deliver_to_all()
    said = [await alice.says(ASK, at=[bob], to=group, created_at=MONDAY) for _ in range(5)]
    for _ in said:
        await group.next_card()
    await dingtalk.settle()
    assert {len(each.deliveries) for each in said} == {2}
    assert len(group.cards) == len(dingtalk.calls_of(DELIVER)) == 5


@pytest.mark.parametrize("unclean", ["reset", "freeze"])
async def test_what_goes_to_a_dead_connection_is_answered_once_when_it_comes_again(
    bot, dingtalk, alice, bob, group, unclean
):
    dingtalk.faults.keep_sending_to_dead()
    dingtalk.faults.redeliver_unacked(0.3)
    opened = dingtalk.connections_opened
    await getattr(dingtalk, unclean)()
    said = [await alice.says(ASK, at=[bob], to=group, created_at=MONDAY) for _ in range(6)]
    if unclean == "freeze":
        await dingtalk.unfreeze()
    await until(lambda: all(each.push.answered.is_set() for each in said))
    for _ in said:
        await group.next_card()
    await dingtalk.settle()
    assert unclean == "freeze" or dingtalk.connections_opened > opened
    assert len(group.cards) == len(dingtalk.calls_of(DELIVER)) == 6


async def test_a_message_delivered_again_after_its_answer_is_only_acked(bot, dingtalk, alice, bob, group):
    said = await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    await group.next_card()
    await dingtalk.settle()
    again = await alice.says(ASK, at=[bob], to=group, created_at=MONDAY, msg_id=said.msg_id)
    assert (await again.acked()).code == 200
    await dingtalk.settle()
    assert len(dingtalk.calls_of(DELIVER)) == 1


async def test_a_message_is_answered_once_across_restarts(start, dingtalk, alice, bob, group):
    app = await start()
    said = await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    await group.next_card()
    await dingtalk.settle()
    await app.stop()
    await start()
    await (await alice.says(ASK, at=[bob], to=group, created_at=MONDAY, msg_id=said.msg_id)).acked()
    await dingtalk.settle()
    assert len(dingtalk.calls_of(DELIVER)) == 1


@dataclass(frozen=True)
class Step:
    """A moment to be killed at: a fault that holds the bot there, and the call that shows it has come so far."""

    name: str
    hold: Callable[[Emulator], object]
    reached: str
    calls: int = 1
    another_runs: bool = False
    as_text: bool = False
    gently: bool = False
    timing: Timing = SHORT_LEASES


def drop_then_hang(dingtalk):
    dingtalk.faults.drop_reply(DELIVER, times=1)
    dingtalk.faults.hang(DELIVER)


def drop_then_hang_reading(dingtalk):
    dingtalk.faults.drop_reply(DELIVER, times=1)
    dingtalk.faults.hang("querySchedule")


def refuse_then_stall(dingtalk):
    dingtalk.faults.refuse_card()
    dingtalk.faults.stall("sendBySession")


STEPS = (
    Step("claimed, no token", lambda d: d.faults.hang("accessToken"), "accessToken"),
    Step("looking people up", lambda d: d.faults.hang("user/get"), "user/get"),
    Step("reading calendars", lambda d: d.faults.hang("querySchedule"), "querySchedule"),
    Step("another is there to take over", lambda d: d.faults.hang("querySchedule"), "querySchedule", another_runs=True),
    Step("said what is checked", lambda d: d.faults.hang("querySchedule"), DELIVER, timing=TELLING),
    Step("said what is checked, the answer lost", drop_then_hang_reading, DELIVER, calls=2, timing=TELLING),
    Step("sending, not received", lambda d: d.faults.hang(DELIVER), DELIVER),
    Step("sent, the answer lost", drop_then_hang, DELIVER, calls=2),
    Step("sent, the answer cut", lambda d: d.faults.stall(DELIVER), DELIVER),
    Step(
        "stopped while calendars hang",
        lambda d: d.faults.hang("querySchedule"),
        "querySchedule",
        gently=True,
        timing=ENDING,
    ),
    Step("sent as a text", refuse_then_stall, "sendBySession", as_text=True),
)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
async def test_a_bot_killed_or_stopped_at_any_step_answers_once_after_its_restart(
    launch, dingtalk, alice, bob, group, step
):
    step.hold(dingtalk)
    process = await launch(timing=step.timing)
    said = await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    assert (await said.acked()).code == 200
    await until(lambda: len(dingtalk.calls_of(step.reached)) >= step.calls)
    survivor = await launch(timing=step.timing) if step.another_runs else None
    if step.gently:
        assert await process.terminate() == 0
    await process.kill()
    dingtalk.faults.clear()
    survivor = survivor or await launch(timing=step.timing)
    again = await alice.says(ASK, at=[bob], to=group, created_at=MONDAY, msg_id=said.msg_id)
    assert (await again.acked()).code == 200
    await until(lambda: "outcome=" in survivor.stderr)
    await dingtalk.settle()
    made = dingtalk.calls_of(DELIVER)
    assert (len(group.cards), len(group.messages)) == ((0, 1) if step.as_text else (1, 0))
    assert len({call.body["outTrackId"] for call in made}) == 1
    assert all(verdict_lines(card) for card in group.cards)


async def test_a_bot_killed_after_its_answer_sends_nothing_more(launch, dingtalk, alice, bob, group):
    process = await launch()
    said = await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    await until(lambda: "outcome='card'" in process.stderr)
    await process.kill()
    await launch()
    await (await alice.says(ASK, at=[bob], to=group, created_at=MONDAY, msg_id=said.msg_id)).acked()
    await dingtalk.settle()
    assert len(group.cards) == len(dingtalk.calls_of(DELIVER)) == 1


async def test_two_processes_on_one_store_answer_each_message_once(launch, dingtalk, alice, bob, group, store_url):
    await launch(store_url)
    await launch(store_url)
    dingtalk.faults.deliver_to_all()
    said = [await alice.says(ASK, at=[bob], to=group, created_at=MONDAY) for _ in range(12)]
    for _ in said:
        await group.next_card()
    await dingtalk.settle()
    assert [len(each.deliveries) for each in said] == [2] * 12
    assert all(delivery.code == 200 for each in said for delivery in each.deliveries)
    assert len(group.cards) == len(dingtalk.calls_of(DELIVER)) == 12


@pytest.mark.parametrize("payload", ["{}", "not JSON", '{"msg_id": 1}'])
async def test_a_message_left_by_another_version_stops_nobody(start, alice, bob, group, payload, sqlite_url):
    now = datetime.now(UTC)
    async with await Store.open(sqlite_url) as store:
        await messages.claim(
            store,
            "old",
            out_track_id="yk-old",
            conversation_id=group.conversation_id,
            payload=payload,
            owner="dead",
            now=now - timedelta(minutes=1),
            lease=timedelta(seconds=1),
            said_at=now,
        )
    app = await start()
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    await group.next_card()
    await app.stop()
    async with await Store.open(sqlite_url) as store:
        left = await messages.take_over(
            store, owner="next", now=datetime.now(UTC), lease=timedelta(seconds=1), fresh_since=now - timedelta(hours=1)
        )
    assert left == []
