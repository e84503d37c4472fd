"""A look at replies across kill -9: whoever dies at whatever step, the organizer is told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from scenario import SHORT_LEASES, Talk, until

from bot.store import Store
from bot.store import responses as table

READ, QUERY, CARD, UPDATE = "getEvent", "querySchedule", "createAndDeliver", "instances.update"
ON = {"booking": {"enabled": True, "at_once": True, "replies": True}}
TIMING = replace(SHORT_LEASES, reminder_lease=timedelta(seconds=1), reminder_look=0.1)
STEPS = [
    ("hang", READ),
    ("stall", READ),
    ("hang", QUERY),
    ("hang", CARD),
    ("stall", CARD),
    ("hang", UPDATE),
    ("stall", UPDATE),
]


async def declined(launch, dingtalk, group, alice, carol, store_url):
    """A meeting that somebody declined, booked by a process that has ended."""
    process = await launch(store_url, timing=TIMING, **ON)
    card = await Talk(alice, group).asks("约王芳周四下午3点")
    await dingtalk.settle()
    await process.terminate()
    carol.replies(dingtalk.calendar_events[0], "declined")
    return card


async def is_due(dingtalk, store_url):
    """The replies are to be looked at now."""
    async with await Store.open(store_url) as store:
        await table.looked(store, dingtalk.calendar_events[0]["id"], again_at=datetime.now(UTC))


@pytest.mark.parametrize(("fault", "call"), STEPS, ids=[f"{fault} {call}" for fault, call in STEPS])
async def test_a_bot_killed_at_any_step_of_a_look_tells_once(
    launch, dingtalk, group, alice, carol, store_url, fault, call
):
    card = await declined(launch, dingtalk, group, alice, carol, store_url)
    holder = await launch(store_url, timing=TIMING, **ON)
    getattr(dingtalk.faults, fault)(call)
    before = len(dingtalk.calls_of(call))
    await is_due(dingtalk, store_url)
    await until(lambda: len(dingtalk.calls_of(call)) > before)
    await launch(store_url, timing=TIMING, **ON)
    await holder.kill()
    dingtalk.faults.clear()
    await until(lambda: card.params["markdown"] == "1 人拒绝")
    await until(lambda: alice.direct.cards)
    await dingtalk.settle()
    [letter] = alice.direct.cards
    assert letter.params["title"].startswith("王芳 拒绝了")
    await alice.presses(letter, "take")
    assert len(dingtalk.calendar_events) == dingtalk.calendar_events_made == 1


async def test_two_replicas_look_once(launch, dingtalk, group, alice, carol, store_url):
    card = await declined(launch, dingtalk, group, alice, carol, store_url)
    for _ in range(2):
        await launch(store_url, timing=replace(TIMING, reminder_lease=timedelta(minutes=2)), **ON)
    await is_due(dingtalk, store_url)
    await until(lambda: card.params["markdown"] == "1 人拒绝")
    await dingtalk.settle()
    assert len(dingtalk.calls_of(READ)) == len(alice.direct.cards) == 1


async def test_a_press_killed_while_replies_are_read_is_taken_up_and_tells_once(
    launch, dingtalk, group, alice, carol, store_url
):
    card = await declined(launch, dingtalk, group, alice, carol, store_url)
    holder = await launch(store_url, timing=replace(TIMING, ack_within=0.1), **ON)
    dingtalk.faults.hang(READ)
    await alice.presses(card, "responses")
    await until(lambda: dingtalk.calls_of(READ))
    await launch(store_url, timing=TIMING, **ON)
    await holder.kill()
    dingtalk.faults.clear()
    await until(lambda: card.params["markdown"] == "1 人拒绝")
    await until(lambda: alice.direct.cards)
    await dingtalk.settle()
    assert len(alice.direct.cards) == 1
