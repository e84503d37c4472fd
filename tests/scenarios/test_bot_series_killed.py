"""A bot that is killed at any step of a series, or has a replica: one event at the end, and the card shows it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from scenario import ACK_WINDOW, MONDAY, PATIENT, SHORT_LEASES, config_of, until

from bot.app import App
from bot.emulator import Emulator

CREATE, DELETE, QUERY = "createEvent", "deleteEvent", "querySchedule"
ON = {"booking": {"enabled": True}}
ORDER = "每周三下午3点约李博"
BOOKED = "✅ 已约：每周三 15:00，共 8 次"
TIMING = replace(SHORT_LEASES, ack_within=0.05)


def create_lost_then_hang(dingtalk: Emulator) -> None:
    dingtalk.faults.drop_reply(CREATE, times=1)
    dingtalk.faults.hang(CREATE)


@dataclass(frozen=True)
class Step:
    """A moment to be killed at: a fault that holds the bot there, and what shows that it has come so far."""

    name: str
    hold: Callable[[Emulator], object]
    reached: Callable[[Emulator], bool]
    another_runs: bool = False


def looking(dingtalk: Emulator) -> bool:
    return len(dingtalk.calls_of(QUERY)) > 2


def asked(dingtalk: Emulator) -> bool:
    return bool(dingtalk.calls_of(CREATE))


def made(dingtalk: Emulator) -> bool:
    return dingtalk.calendar_events_made > 0


STEPS = (
    Step("held, looking once more", lambda d: d.faults.hang(QUERY), looking),
    Step("between hold and event", lambda d: d.faults.hang(CREATE), asked),
    Step("made, the answer cut", lambda d: d.faults.stall(CREATE), made),
    Step("made, the answer lost", create_lost_then_hang, made),
    Step("made, the card not told", lambda d: d.faults.hang("instances.update"), made),
    Step("another is there to take over", lambda d: d.faults.stall(CREATE), made, another_runs=True),
)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
async def test_a_bot_killed_at_any_step_of_a_series_makes_one_event(
    launch, dingtalk, alice, bob, group, store_url, step
):
    process = await launch(store_url, timing=TIMING, **ON)
    await alice.says(ORDER, to=group, created_at=MONDAY)
    card = await group.next_card()
    await dingtalk.settle()
    step.hold(dingtalk)
    await alice.presses(card, "series_1")
    await until(lambda: step.reached(dingtalk))
    if step.another_runs:
        await launch(store_url, timing=TIMING, **ON)
    await process.kill()
    dingtalk.faults.clear()
    if not step.another_runs:
        await launch(store_url, timing=TIMING, **ON)
    await card.until(lambda card: card.params["title"] == BOOKED)
    await dingtalk.settle()
    assert dingtalk.calendar_events_made == 1
    assert len(bob.calendar.items) == 8


@pytest.mark.parametrize("fault", ["hang", "stall"])
async def test_a_bot_killed_while_a_series_is_cancelled_leaves_none_of_it(
    launch, dingtalk, alice, bob, group, store_url, fault
):
    process = await launch(store_url, timing=TIMING, **ON)
    await alice.says(ORDER, to=group, created_at=MONDAY)
    card = await group.next_card()
    await alice.presses(card, "series_1")
    await card.until(lambda card: card.params["title"] == BOOKED)
    await dingtalk.settle()
    getattr(dingtalk.faults, fault)(DELETE)
    await alice.presses(card, "cancel")
    await until(lambda: dingtalk.calls_of(DELETE))
    await launch(store_url, timing=TIMING, **ON)
    await process.kill()
    dingtalk.faults.clear()
    await card.until(lambda card: card.params["title"].startswith("已取消"))
    await dingtalk.settle()
    assert dingtalk.calendar_events == []
    assert bob.calendar.items == []


async def test_an_outcome_that_is_not_known_is_said_and_another_press_is_the_same_event(launch, dingtalk, alice, group):
    await launch(timing=replace(TIMING, book_within=1.0), **ON)
    card = await uncertain(dingtalk, alice, group, dingtalk.faults.stall)
    assert dingtalk.calendar_events_made == 1
    await alice.presses(card, "series_1")
    await card.until(lambda card: card.params["title"] == BOOKED)
    assert dingtalk.calendar_events_made == 1


async def test_a_series_of_which_nobody_knows_is_not_taken_for_one_meeting(launch, dingtalk, alice, group):
    """The series holds its first time, so that nothing else is made there from the same card meanwhile."""
    await launch(timing=replace(TIMING, book_within=1.0), **ON)
    card = await uncertain(dingtalk, alice, group, dingtalk.faults.hang)
    await alice.presses(card, "once")
    await card.until(lambda card: card.params["title"] == "还没约，请确认")
    await alice.presses(card, "confirm")
    await card.until(lambda card: card.params["title"].startswith("⚠"))
    assert dingtalk.calendar_events_made == 0


async def uncertain(dingtalk, alice, group, fault):
    await alice.says(ORDER, to=group, created_at=MONDAY)
    card = await group.next_card()
    await dingtalk.settle()
    fault(CREATE)
    await alice.presses(card, "series_1")
    await card.until(lambda card: "不确定" in card.params["title"])
    dingtalk.faults.clear()
    return card


async def test_presses_on_two_replicas_make_one_event(store_url):
    async with Emulator(redeliver_unacked=None, ack_window=ACK_WINDOW) as dingtalk:
        alice, bob = dingtalk.person("alice", name="Alice Chen"), dingtalk.person("bob", name="李博")
        group = dingtalk.group("Design", [alice, bob], id="cidDesign==")
        config = config_of(dingtalk, store_url, **ON)
        async with App(config, timing=PATIENT) as one, App(config, timing=PATIENT) as other:
            await one.connected()
            await other.connected()
            await alice.says(ORDER, to=group, created_at=MONDAY)
            card = await group.next_card()
            button = card.button("series_1").id
            await asyncio.gather(*(alice.presses(card, button, forged=True) for _ in range(20)))
            await card.until(lambda card: card.params["title"] == BOOKED)
            await dingtalk.settle()
            assert dingtalk.calendar_events_made == 1


async def test_two_orders_of_the_same_people_on_two_replicas_share_no_time(store_url):
    """A series and a meeting at its third time: one of the two, or both with what the second was shown."""
    async with Emulator(redeliver_unacked=None, ack_window=ACK_WINDOW) as dingtalk:
        alice, bob = dingtalk.person("alice", name="Alice Chen"), dingtalk.person("bob", name="李博")
        carol = dingtalk.person("carol", name="王芳")
        group = dingtalk.group("Design", [alice, bob, carol], id="cidDesign==")
        config = config_of(dingtalk, store_url, **ON)
        async with App(config, timing=PATIENT) as one, App(config, timing=PATIENT) as other:
            await one.connected()
            await other.connected()
            await alice.says(ORDER, to=group, created_at=MONDAY)
            series = await group.next_card()
            await carol.says("约李博3月28日下午3点", to=group, created_at=MONDAY)
            single = await group.next_card()
            await asyncio.gather(alice.presses(series, "series_1"), carol.presses(single, "confirm"))
            await dingtalk.settle()
            assert dingtalk.calendar_events_made == 1
            titles = [card.params["title"] for card in (series, single)]
            assert sum(title.startswith("✅") for title in titles) == 1
            assert sum(title.startswith("⚠") for title in titles) == 1
