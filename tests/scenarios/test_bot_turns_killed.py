"""Order across kill -9: whoever dies, all that one person said is answered once, and in the order it was said in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from scenario import MONDAY, SHORT_LEASES, until

from bot.emulator import Emulator

QUERY, DELIVER = "querySchedule", "createAndDeliver"
FIRST, SECOND = "我周二下午2点到4点有空吗", "我周三下午2点到4点有空吗"


@dataclass(frozen=True)
class Step:
    """Where the first message is held when its holder is killed, and the call that shows it has come so far."""

    name: str
    hold: Callable[[Emulator], object]
    reached: str
    calls: int = 1
    as_text: bool = False


def drop_then_hang(dingtalk):
    dingtalk.faults.drop_reply(DELIVER, times=1)
    dingtalk.faults.hang(DELIVER)


def refuse_then_stall(dingtalk):
    dingtalk.faults.refuse_card()
    dingtalk.faults.stall("sendBySession")


STEPS = (
    Step("reading calendars", lambda d: d.faults.hang(QUERY), QUERY),
    Step("sent, the answer lost", drop_then_hang, DELIVER, calls=2),
    Step("sent as a text", refuse_then_stall, "sendBySession", as_text=True),
)


async def says_both(alice, dingtalk, *, reached: str = QUERY, calls: int = 1):
    """Two messages, each to a process of its own; the second once the first has come so far."""
    one, other = (each.id for each in dingtalk.connections)
    first = await alice.says(FIRST, to="direct", created_at=MONDAY, connection=one)
    await until(lambda: len(dingtalk.calls_of(reached)) >= calls)
    second = await alice.says(SECOND, to="direct", created_at=MONDAY + timedelta(seconds=1), connection=other)
    assert {(await each.acked()).code for each in (first, second)} == {200}
    return first


def shown(alice) -> list[str]:
    """The dates of what was answered, in order."""
    answers = [each for each in alice.direct.timeline if each in (*alice.direct.cards, *alice.direct.messages)]
    texts = (each.text for each in answers)
    return ["first" if "3/13" in text else "second" if "3/14" in text else text for text in texts]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
async def test_what_waits_at_another_begins_after_what_the_dead_one_had_begun(launch, dingtalk, alice, step):
    holder = await launch(timing=SHORT_LEASES)
    survivor = await launch(timing=SHORT_LEASES)
    step.hold(dingtalk)
    first = await says_both(alice, dingtalk, reached=step.reached, calls=step.calls)
    await holder.kill()
    dingtalk.faults.clear()
    await until(lambda: survivor.stderr.count("outcome=") == 2)
    await dingtalk.settle()
    assert shown(alice) == ["first", "second"]
    assert (len(alice.direct.cards), len(alice.direct.messages)) == ((1, 1) if step.as_text else (2, 0))
    again = await alice.says(FIRST, to="direct", created_at=MONDAY, msg_id=first.msg_id)
    assert (await again.acked()).code == 200
    await dingtalk.settle()
    assert shown(alice) == ["first", "second"]


async def test_what_waits_in_a_process_that_dies_keeps_its_place(launch, dingtalk, alice, store_url):
    await launch(store_url, timing=SHORT_LEASES)
    dead = await launch(store_url, timing=SHORT_LEASES)
    dingtalk.faults.hang(QUERY)
    await says_both(alice, dingtalk)
    await dead.kill()
    await until(lambda: len(dingtalk.connections) == 1)
    dingtalk.faults.clear()
    await until(lambda: len(alice.direct.cards) == 2)
    await dingtalk.settle()
    assert shown(alice) == ["first", "second"]
    assert len(dingtalk.calls_of(DELIVER)) == 2


async def test_after_the_end_of_all_processes_the_next_one_goes_on_in_order(launch, dingtalk, alice, store_url):
    dead = [await launch(store_url, timing=SHORT_LEASES) for _ in range(2)]
    dingtalk.faults.hang(QUERY)
    await says_both(alice, dingtalk)
    for process in dead:
        await process.kill()
    dingtalk.faults.clear()
    await launch(store_url, timing=SHORT_LEASES)
    await until(lambda: len(alice.direct.cards) == 2)
    await dingtalk.settle()
    assert shown(alice) == ["first", "second"]
    assert len({call.body["outTrackId"] for call in dingtalk.calls_of(DELIVER)}) == 2
