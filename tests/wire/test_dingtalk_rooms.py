"""Meeting rooms on the wire: listed, looked at, put onto an event; who holds one and what for is dropped there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import astuple, fields
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from wire_servers import Answer, Server

from bot.dingtalk import events, rooms
from bot.dingtalk.http import Api, Credentials, Endpoints
from bot.dingtalk.rooms import ListedRoom, RoomSchedule
from bot.emulator import Emulator
from bot.errors import MalformedReply, PermissionDenied, Unavailable

THREE = datetime(2026, 3, 10, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
async def dingtalk() -> AsyncIterator[Emulator]:
    async with Emulator() as emulator:
        yield emulator
        assert emulator.violations == []


@pytest.fixture
async def client(dingtalk: Emulator) -> AsyncIterator[Api]:
    credentials = Credentials(dingtalk.client_id, dingtalk.client_secret)
    async with Api(credentials, Endpoints(dingtalk.url, dingtalk.url), deadline=60) as opened:
        yield opened


@pytest.fixture
def alice(dingtalk: Emulator):
    return dingtalk.person("alice", name="Alice")


async def made(api: Api, organizer, start: datetime = THREE) -> str:
    return await events.create_event(
        api,
        organizer=organizer.union_id,
        summary="裁员名单",
        start=start,
        end=start + HOUR,
        zone=ZoneInfo("Asia/Shanghai"),
        attendees=[],
        client_token=start.isoformat(),
    )


async def add(api: Api, organizer, event_id: str, room: str) -> bool:
    return await rooms.add_room(api, organizer=organizer.union_id, event_id=event_id, room_id=room, deadline=60)


async def remove(api: Api, organizer, event_id: str, room: str) -> None:
    await rooms.remove_room(api, organizer=organizer.union_id, event_id=event_id, room_id=room, deadline=60)


async def query(api: Api, asker, *listed: str, start: datetime = THREE) -> tuple[RoomSchedule, ...]:
    return await rooms.query_rooms(api, asker=asker.union_id, rooms=listed, start=start, end=start + HOUR)


async def test_every_page_of_the_list_is_read(dingtalk, client, alice):
    for number in range(230):
        dingtalk.room(f"r{number}", f"Room {number}", capacity=number % 20 or None, place="3F")
    found = await rooms.list_rooms(client, asker=alice.union_id)
    assert [room.room_id for room in found] == [f"r{number}" for number in range(230)]
    assert found[0] == ListedRoom("r0", "Room 0", None, "3F")
    assert found[7].capacity == 7
    assert len(dingtalk.calls_of("meetingRoomLists")) == 3


@pytest.mark.parametrize("repeating", [False, True])
async def test_pages_that_never_end_are_no_list(dingtalk, client, alice, repeating):
    dingtalk.room("r1", "A201")
    dingtalk.faults.endless_rooms(repeating=repeating)
    with pytest.raises(MalformedReply):
        await rooms.list_rooms(client, asker=alice.union_id)
    assert len(dingtalk.calls_of("meetingRoomLists")) == 2


async def test_a_missing_scope_is_named(dingtalk, client, alice):
    dingtalk.faults.deny_scope("VideoConference.Conference.Read", "Calendar.Event.Read")
    with pytest.raises(PermissionDenied) as listing:
        await rooms.list_rooms(client, asker=alice.union_id)
    with pytest.raises(PermissionDenied) as looking:
        await query(client, alice, "r1")
    assert (listing.value.scopes, looking.value.scopes) == (
        ("VideoConference.Conference.Read",),
        ("Calendar.Event.Read",),
    )


async def test_who_holds_a_room_and_what_for_is_dropped(dingtalk, client, alice):
    room = dingtalk.room("r1", "A201")
    dingtalk.faults.tell_room_titles()
    event_id = await made(client, alice)
    assert await add(client, alice, event_id, room.room_id)
    [raw] = room.schedule(THREE, THREE + HOUR, titles=True)
    assert {"eventId", "organizer", "summary"} <= raw.keys()
    [found] = await query(client, alice, "r1")
    assert [item.status for item in found.items or ()] == ["BUSY"]
    said = str(astuple(found))
    assert event_id not in said
    assert alice.union_id not in said
    assert "裁员名单" not in said
    assert {each.name for each in fields(RoomSchedule)} == {"room_id", "error", "items"}


async def test_a_room_that_waits_for_approval_is_tentative(dingtalk, client, alice):
    dingtalk.room("r1", "Boardroom", approval=True)
    event_id = await made(client, alice)
    assert await add(client, alice, event_id, "r1")
    [found] = await query(client, alice, "r1")
    assert [item.status for item in found.items or ()] == ["TENTATIVE"]


async def test_rooms_with_an_error_are_told_and_missing_ones_stay_missing(dingtalk, client, alice):
    first, second = dingtalk.room("r1", "A201"), dingtalk.room("r2", "A202")
    dingtalk.faults.room_error(first)
    dingtalk.faults.omit_room(second)
    found = await query(client, alice, "r1", "r2", "r3")
    assert [(each.room_id, each.error) for each in found] == [("r1", "No permission"), ("r3", "room not found")]


async def test_no_more_than_five_rooms_are_asked_about_at_once(client, alice):
    with pytest.raises(ValueError, match="expected 1 to 5"):
        await query(client, alice, *(f"r{number}" for number in range(6)))


async def test_a_room_that_is_taken_is_no_error_and_one_that_is_not_there_is_off(dingtalk, client, alice):
    dingtalk.room("r1", "A201")
    first, second = await made(client, alice), await made(client, alice, THREE + HOUR / 2)
    assert await add(client, alice, first, "r1")
    assert not await add(client, alice, second, "r1")
    await remove(client, alice, second, "r1")
    await remove(client, alice, first, "r1")
    assert await add(client, alice, second, "r1")


async def test_times_go_out_as_utc_where_offsets_are_not_read(dingtalk, client, alice):
    dingtalk.room("r1", "A201")
    dingtalk.faults.strict_time("utc_ms")
    assert [each.items for each in await query(client, alice, "r1")] == [()]
    assert len(dingtalk.calls_of("queryMeetingRooms")) == 2


async def test_adding_is_never_repeated(dingtalk, client, alice):
    dingtalk.room("r1", "A201")
    event_id = await made(client, alice)
    dingtalk.faults.fail("addMeetingRooms", status=500, code="system.busy", times=1)
    with pytest.raises(Unavailable):
        await add(client, alice, event_id, "r1")
    assert len(dingtalk.calls_of("addMeetingRooms")) == 1


ODD_ROWS = [
    None,
    7,
    {},
    {"roomId": "r1"},
    {"roomId": 7, "roomName": "A201"},
    {"roomId": "r1", "roomName": " "},
]


async def test_rows_that_name_no_room_are_left_out_and_odd_fields_are_empty(server: Server, api: Api):
    odd = {"roomId": "r9", "roomName": " A201 ", "roomCapacity": "12", "roomLocation": "3F", "roomGroup": None}
    none = {"roomId": "r8", "roomName": "B", "roomCapacity": 0, "roomLocation": {"title": 3}}
    server.answers = [Answer({"hasMore": False, "result": [*ODD_ROWS, odd, none]})]
    found = await rooms.list_rooms(api, asker="u1")
    assert found == (ListedRoom("r9", "A201", 12, ""), ListedRoom("r8", "B", None, ""))


@pytest.mark.parametrize("body", [{}, {"scheduleInformation": None}, {"scheduleInformation": {"roomId": "r1"}}])
async def test_schedules_that_are_no_list_are_refused(server: Server, api: Api, body):
    server.answers = [Answer(body)]
    with pytest.raises(MalformedReply):
        await rooms.query_rooms(api, asker="u1", rooms=["r1"], start=THREE, end=THREE + HOUR)


@pytest.mark.parametrize(
    ("entry", "error", "items"),
    [
        (None, "unreadable entry", None),
        ({"roomId": 3}, "unreadable entry", None),
        ({"roomId": "r1", "error": 3}, "unreadable entry", None),
        ({"roomId": "r1", "error": ""}, None, None),
        ({"roomId": "r1", "scheduleItems": []}, None, ()),
    ],
)
async def test_an_entry_of_another_shape_is_no_free_room(server: Server, api: Api, entry, error, items):
    server.answers = [Answer({"scheduleInformation": [entry]})]
    [found] = await rooms.query_rooms(api, asker="u1", rooms=["r1"], start=THREE, end=THREE + HOUR)
    assert (found.error, found.items) == (error, items)


async def test_an_answer_to_adding_that_says_nothing_is_no_yes(server: Server, api: Api):
    server.answers = [Answer({})]
    with pytest.raises(MalformedReply):
        await rooms.add_room(api, organizer="u1", event_id="e", room_id="r1", deadline=60)
