"""Rooms across kill -9: whoever dies at whatever step of a booking with a room, one event with that one room."""

from __future__ import annotations

from dataclasses import replace

import pytest
from scenario import SHORT_LEASES, Talk, until

CREATE, ADD, REMOVE, QUERY = "createEvent", "addMeetingRooms", "removeMeetingRooms", "queryMeetingRooms"
TIMING = replace(SHORT_LEASES, ack_within=0.1)
"""Whoever presses waits for no call."""
ON = {"rooms": {"enabled": True}, "booking": {"enabled": True}}
STEPS = [
    ("hang", CREATE),
    ("stall", CREATE),
    ("hang", ADD),
    ("stall", ADD),
    ("hang", QUERY),
    ("stall", QUERY),
]
CHANGES = [("hang", ADD), ("stall", ADD), ("hang", REMOVE), ("stall", REMOVE), ("hang", QUERY)]


@pytest.fixture(autouse=True)
def places(dingtalk):
    return [dingtalk.room(name, called, capacity=8) for name, called in (("lake", "西湖厅"), ("pavilion", "永澄亭"))]


@pytest.fixture(params=[False, True], ids=["again is done", "again is refused"])
def strict(request, dingtalk):
    """What a room is that the event has already, which the documentation leaves open."""
    return request.param


def held(dingtalk):
    """The rooms of each event that is there."""
    return [[each["roomId"] for each in event.get("meetingRooms", ())] for event in dingtalk.calendar_events]


async def killed(launch, dingtalk, person, card, store_url, *, press, fault, call, holder, strict):
    """A press that one process takes, which dies at `call`; another one is there."""
    before = len(dingtalk.calls_of(call))
    getattr(dingtalk.faults, fault)(call)
    await person.presses(card, press, connection=dingtalk.connections[0].id)
    await until(lambda: len(dingtalk.calls_of(call)) > before)
    await launch(store_url, timing=SHORT_LEASES, **ON)
    await holder.kill()
    dingtalk.faults.clear()
    if strict:
        dingtalk.faults.refuse_room_again()


@pytest.mark.parametrize(("fault", "call"), STEPS, ids=[f"{fault} {call}" for fault, call in STEPS])
async def test_a_bot_killed_at_any_step_of_a_booking_leaves_one_event_with_the_room(
    launch, dingtalk, group, alice, bob, places, store_url, fault, call, strict
):
    holder = await launch(store_url, timing=TIMING, **ON)
    card = await Talk(alice, group).asks("帮我和他明天下午3点到4点找1小时", bob)
    how = {"press": "约第 1 个＋西湖厅", "fault": fault, "call": call, "holder": holder, "strict": strict}
    await killed(launch, dingtalk, alice, card, store_url, **how)
    await until(lambda: card.params["title"].startswith("✅ 已约：") and "🚪 西湖厅" in card.params["markdown"])
    await dingtalk.settle()
    assert held(dingtalk) == [["lake"]]
    assert dingtalk.calendar_events_made == 1
    assert [len(room.calendar.items) for room in places] == [1, 0]


@pytest.mark.parametrize(("fault", "call"), CHANGES, ids=[f"{fault} {call}" for fault, call in CHANGES])
async def test_a_bot_killed_while_a_room_changes_leaves_the_new_one(
    launch, dingtalk, group, alice, bob, places, store_url, fault, call, strict
):
    holder = await launch(store_url, timing=TIMING, **ON)
    card = await Talk(alice, group).asks("帮我和他明天下午3点到4点找1小时", bob)
    await alice.presses(card, "约第 1 个＋西湖厅")
    await until(lambda: "🚪 西湖厅" in card.params["markdown"] and card.params["title"].startswith("✅"))
    await alice.presses(card, "换会议室")
    await until(lambda: card.params["title"] == "换哪间会议室？")
    await dingtalk.settle()
    how = {"press": "用 永澄亭", "fault": fault, "call": call, "holder": holder, "strict": strict}
    await killed(launch, dingtalk, alice, card, store_url, **how)
    await until(lambda: card.params["title"].startswith("✅ 已约：") and "🚪 永澄亭" in card.params["markdown"])
    await dingtalk.settle()
    assert held(dingtalk) == [["pavilion"]]
    assert [len(room.calendar.items) for room in places] == [0, 1]


@pytest.mark.parametrize("fault", ["hang", "stall"])
async def test_a_bot_killed_while_a_room_is_given_back_leaves_none(
    launch, dingtalk, group, alice, bob, places, store_url, fault
):
    holder = await launch(store_url, timing=TIMING, **ON)
    card = await Talk(alice, group).asks("帮我和他明天下午3点到4点找1小时", bob)
    await alice.presses(card, "约第 1 个＋西湖厅")
    await until(lambda: "🚪 西湖厅" in card.params["markdown"] and card.params["title"].startswith("✅"))
    await dingtalk.settle()
    how = {"press": "不要会议室", "fault": fault, "call": REMOVE, "holder": holder, "strict": False}
    await killed(launch, dingtalk, alice, card, store_url, **how)
    await until(lambda: "已退掉" in card.params["markdown"] or "🚪" not in card.params["markdown"])
    await dingtalk.settle()
    assert held(dingtalk) == [[]]
