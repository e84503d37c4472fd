"""Meetings across kill -9: whoever dies at whatever step of a move, a cancel, a change of guests, one event or none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from scenario import SHORT_LEASES, Talk, until

from bot.emulator import Emulator

QUERY, CREATE, CHANGE, DELETE = "querySchedule", "createEvent", "changeEvent", "deleteEvent"
ADD, REMOVE = "addAttendees", "removeAttendees"
ON = {"booking": {"enabled": True, "at_once": True}}
OLD, NEW = "2040-03-15T15:00", "2040-03-16T16:00"


@dataclass(frozen=True)
class Step:
    """Where the order is held when its holder is killed, and the call that shows it has come so far."""

    name: str
    hold: Callable[[Emulator], object]
    reached: str


def not_changed(then: Callable[[Emulator], object]) -> Callable[[Emulator], object]:
    """Events may not be changed, so that a new one takes the place of the old."""

    def hold(dingtalk: Emulator) -> None:
        dingtalk.faults.fail(CHANGE, status=403, code="permissionDeny")
        then(dingtalk)

    return hold


MOVES = (
    Step("reading calendars", lambda d: d.faults.hang(QUERY), QUERY),
    Step("before it is moved", lambda d: d.faults.hang(CHANGE), CHANGE),
    Step("moved, the answer lost", lambda d: d.faults.stall(CHANGE), CHANGE),
    Step("before a new one is made", not_changed(lambda d: d.faults.hang(CREATE)), CREATE),
    Step("a new one made, the answer lost", not_changed(lambda d: d.faults.stall(CREATE)), CREATE),
    Step("before the old one is deleted", not_changed(lambda d: d.faults.hang(DELETE)), DELETE),
    Step("the old one deleted, the answer lost", not_changed(lambda d: d.faults.stall(DELETE)), DELETE),
)


async def killed(launch, dingtalk, alice, store_url, step, text):
    """A meeting, an order about it to one of two processes, and the end of that one at `step`."""
    holder = await launch(store_url, timing=SHORT_LEASES, **ON)
    await launch(store_url, timing=SHORT_LEASES, **ON)
    talk = Talk(alice, alice.direct)
    await talk.asks("约王芳周四下午3点 讨论评审")
    await dingtalk.settle()
    before = len(dingtalk.calls_of(step.reached))
    step.hold(dingtalk)
    await talk.says(text, connection=dingtalk.connections[0].id)
    await until(lambda: len(dingtalk.calls_of(step.reached)) > before)
    await holder.kill()
    dingtalk.faults.clear()
    return talk


async def lists(talk: Talk, count: int) -> None:
    """The list says so; the card of the order may still be written by whoever else took it over."""
    await talk.says("我约的会")
    title = f"你约的会还有 {count} 个" if count else "没有你约的会"
    await until(lambda: any(card.params["title"] == title for card in talk.chat.cards))


def starts(dingtalk):
    return [event["start"]["dateTime"][:16] for event in dingtalk.calendar_events]


def guests(dingtalk):
    return [[each["displayName"] for each in event["attendees"]] for event in dingtalk.calendar_events]


@pytest.mark.parametrize("step", MOVES, ids=lambda step: step.name)
async def test_a_bot_killed_at_any_step_of_a_move_leaves_one_event_at_the_new_time(
    launch, dingtalk, alice, carol, store_url, step
):
    talk = await killed(launch, dingtalk, alice, store_url, step, "改到周五下午4点")
    await until(lambda: any(card.params["title"].startswith("✅ 已改到 周五") for card in alice.direct.cards))
    await dingtalk.settle()
    assert starts(dingtalk) == [NEW]
    await lists(talk, 1)


@pytest.mark.parametrize("fault", ["hang", "stall"])
async def test_a_bot_killed_at_a_cancel_leaves_no_event(launch, dingtalk, alice, carol, store_url, fault):
    step = Step(fault, lambda d: getattr(d.faults, fault)(DELETE), DELETE)
    talk = await killed(launch, dingtalk, alice, store_url, step, "取消")
    await until(lambda: any(card.params["title"].startswith("已取消") for card in alice.direct.cards))
    await dingtalk.settle()
    assert dingtalk.calendar_events == []
    await lists(talk, 0)


@pytest.mark.parametrize("fault", ["hang", "stall"])
@pytest.mark.parametrize(
    ("text", "call", "left"),
    [("再加上李博", ADD, ["王芳", "李博"]), ("王芳不用来了", REMOVE, [])],
    ids=["added", "removed"],
)
async def test_a_bot_killed_while_guests_change_changes_them_once(
    launch, dingtalk, alice, bob, carol, store_url, fault, text, call, left
):
    step = Step(fault, lambda d: getattr(d.faults, fault)(call), call)
    await killed(launch, dingtalk, alice, store_url, step, text)
    await until(lambda: any(card.params["title"].startswith(("✅ 已加上", "✅ 已去掉")) for card in alice.direct.cards))
    assert guests(dingtalk) == [left]
    assert starts(dingtalk) == [OLD]
