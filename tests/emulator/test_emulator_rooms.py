"""Meeting rooms as the fact sheet describes them: a list in pages, schedules, and rooms of events."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

BEIJING = timezone(timedelta(hours=8))
THREE = datetime(2026, 3, 10, 15, tzinfo=BEIJING)
HOUR = timedelta(hours=1)


def moment(instant):
    return {"dateTime": instant.isoformat(timespec="seconds"), "timeZone": "Asia/Shanghai"}


async def made(client, organizer, start=THREE):
    path = f"/v1.0/calendar/users/{organizer.union_id}/calendars/primary/events"
    body = {"summary": "review", "start": moment(start), "end": moment(start + HOUR), "attendees": []}
    _, event = await client.api("POST", path, body)
    return f"{path}/{event['id']}"


async def listed(client, asker, **params):
    query = "&".join(f"{name}={value}" for name, value in {"unionId": asker.union_id, **params}.items())
    return await client.api("GET", f"/v1.0/rooms/meetingRoomLists?{query}")


async def asked(client, asker, *rooms, start=THREE, end=THREE + HOUR):
    path = f"/v1.0/calendar/users/{asker.union_id}/meetingRooms/schedules/query"
    times = {"startTime": start.isoformat(), "endTime": end.isoformat()}
    return await client.api("POST", path, {"roomIds": [room.room_id for room in rooms], **times})


async def add(client, event, room):
    return await client.api("POST", f"{event}/meetingRooms", {"meetingRoomsToAdd": [{"roomId": room.room_id}]})


async def remove(client, event, room):
    path = f"{event}/meetingRooms/batchRemove"
    return await client.api("POST", path, {"meetingRoomsToRemove": [{"roomId": room.room_id}]})


@pytest.fixture
def lake(dingtalk):
    return dingtalk.room("r1", "West Lake", capacity=8, place="3F", group="Tower A")


async def test_rooms_are_listed_in_pages(dingtalk, client, alice, lake):
    dingtalk.room("r2", "Pavilion")
    status, first = await listed(client, alice, maxResults=1)
    assert (status, first["hasMore"]) == (200, True)
    [row] = first["result"]
    assert (row["roomId"], row["roomName"], row["roomCapacity"]) == ("r1", "West Lake", 8)
    assert row["roomLocation"]["title"] == "3F"
    _, rest = await listed(client, alice, nextToken=first["nextToken"])
    assert ([row["roomId"] for row in rest["result"]], rest["hasMore"], "nextToken" in rest) == (["r2"], False, False)


async def test_a_schedule_names_events_and_organizers_and_an_event_that_is_deleted_frees_the_room(client, alice, lake):
    event = await made(client, alice)
    assert await add(client, event, lake) == (200, {"result": True})
    _, found = await asked(client, alice, lake)
    [item] = found["scheduleInformation"][0]["scheduleItems"]
    assert (item["status"], item["eventId"], item["organizer"]) == (
        "BUSY",
        event.rpartition("/")[2],
        {"id": alice.union_id},
    )
    await client.api("DELETE", event)
    _, found = await asked(client, alice, lake)
    assert found["scheduleInformation"] == [{"roomId": "r1", "scheduleItems": []}]


async def test_a_room_that_somebody_has_is_not_available(dingtalk, client, alice, bob, lake):
    await add(client, await made(client, alice), lake)
    other = await made(client, bob, THREE + HOUR / 2)
    status, refusal = await add(client, other, lake)
    assert (status, refusal["code"]) == (400, "meetingRoomNotAvailable")
    later = await made(client, bob, THREE + HOUR)
    assert (await add(client, later, lake))[0] == 200
    assert (await remove(client, later, lake))[0] == 200
    assert (await remove(client, later, lake))[1]["code"] == "invalidParameter"


@pytest.mark.parametrize(("strict", "status"), [(False, 200), (True, 400)])
async def test_adding_a_room_again_is_done_or_refused(dingtalk, client, alice, lake, strict, status):
    if strict:
        dingtalk.faults.refuse_room_again()
    event = await made(client, alice)
    await add(client, event, lake)
    assert (await add(client, event, lake))[0] == status


@pytest.mark.parametrize(("staying", "items"), [(False, 1), (True, 0)])
async def test_a_room_follows_its_event_to_another_time_or_is_left(dingtalk, client, alice, lake, staying, items):
    if staying:
        dingtalk.faults.leave_rooms_behind()
    event = await made(client, alice)
    await add(client, event, lake)
    await client.api("PUT", event, {"start": moment(THREE + 3 * HOUR), "end": moment(THREE + 4 * HOUR)})
    _, found = await asked(client, alice, lake, start=THREE + 3 * HOUR, end=THREE + 4 * HOUR)
    assert len(found["scheduleInformation"][0]["scheduleItems"]) == items
    _, found = await asked(client, alice, lake)
    assert found["scheduleInformation"][0]["scheduleItems"] == []


async def test_more_than_ninety_days_are_refused_and_more_than_five_rooms_are_a_violation(dingtalk, client, alice):
    rooms = [dingtalk.room(f"r{number}", f"A{number}") for number in range(6)]
    status, refusal = await asked(client, alice, *rooms[:5], end=THREE + timedelta(days=91))
    assert (status, refusal["message"]) == (400, "Cannot query schedule for more than 90 days.")
    await asked(client, alice, *rooms)
    assert [violation.rule for violation in dingtalk.violations] == ["too many rooms"]
    dingtalk.violations.clear()


async def test_scopes_are_asked_for(dingtalk, client, alice, lake):
    dingtalk.faults.deny_scope("VideoConference.Conference.Read", "Calendar.Event.Read")
    for status, refusal in (await listed(client, alice), await asked(client, alice, lake)):
        assert status == 403
        assert refusal["code"] == "Forbidden.AccessDenied.AccessTokenPermissionDenied"
