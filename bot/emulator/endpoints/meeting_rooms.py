"""Meeting rooms: listed in pages, who holds them when, and put onto an event or taken off it.

The page names the bodies of the list, the schedules and of adding; that of batchRemove is the official SDK's.
"""

from datetime import datetime, timedelta

from bot.emulator.calendars import parse_instant
from bot.emulator.endpoints.attendees import PATH, path_person
from bot.emulator.event_bodies import known_only
from bot.emulator.meeting_rooms import MeetingRoom
from bot.emulator.routing import Endpoint
from bot.emulator.wire import Asked, JsonObject, Refusal
from bot.emulator.world import World

MAX_PAGE = 100
ADVISED_ROOMS = 5
LONGEST = timedelta(days=90)


def _list(world: World, asked: Asked) -> JsonObject:
    if asked.params.get("unionId", "") not in world.company.by_union_id:
        world.platform.violate("wrong unionId", f"{asked.params.get('unionId')!r} is nobody's unionId")
        raise Refusal("invalidParameter", "unionId is mandatory and names a user")
    size, begin = asked.params.get("maxResults", str(MAX_PAGE)), asked.params.get("nextToken", "0") or "0"
    if not size.isdecimal() or not 0 < int(size) <= MAX_PAGE or not begin.isdecimal():
        raise Refusal("invalidParameter", f"maxResults is a number from 1 to {MAX_PAGE}, nextToken what came before")
    faults, rooms = world.platform.faults.rooms, list(world.events.rooms.values())
    first = 0 if faults.repeating else int(begin)
    page = rooms[first : first + int(size)]
    more = faults.endless or faults.repeating or first + int(size) < len(rooms)
    found: JsonObject = {"hasMore": more, "result": [room.row() for room in page]}
    return {**found, "nextToken": str(int(begin) + int(size))} if more else found


def _schedules(world: World, asked: Asked) -> JsonObject:
    path_person(world, asked)
    room_ids = asked.body.get("roomIds")
    if not isinstance(room_ids, list) or not room_ids or not all(isinstance(each, str) for each in room_ids):
        raise Refusal("MissingroomIds", "roomIds is mandatory for this action.")
    if len(room_ids) > ADVISED_ROOMS:
        world.platform.violate("too many rooms", f"{len(room_ids)} rooms at once, {ADVISED_ROOMS} are advised")
    forms = world.platform.faults.time_forms
    start, end = (parse_instant(asked.text(name), forms) for name in ("startTime", "endTime"))
    if start >= end:
        raise Refusal("invalidParameter", "startTime is before endTime")
    if end - start > LONGEST:
        raise Refusal("invalidParameter", "Cannot query schedule for more than 90 days.")
    return {"scheduleInformation": [row for each in room_ids for row in _rows(world, each, start, end)]}


def _rows(world: World, room_id: str, start: datetime, end: datetime) -> list[JsonObject]:
    faults, room = world.platform.faults.rooms, world.events.rooms.get(room_id)
    fault = faults.by_room.get(room_id)
    if fault is not None and fault.omitted:
        return []
    error = "room not found" if room is None else fault.error if fault is not None else ""
    if room is None or error:
        return [{"roomId": room_id, "error": error, "scheduleItems": []}]
    return [{"roomId": room_id, "scheduleItems": room.schedule(start, end, titles=faults.titles)}]


def _add(world: World, asked: Asked) -> JsonObject:
    event = world.events.led_by(path_person(world, asked), asked.ids["event_id"])
    known_only(asked.body, frozenset({"meetingRoomsToAdd"}))
    for room in _named(world, asked, "meetingRoomsToAdd"):
        has = room.room_id in world.events.room_ids(event)
        if (has and world.platform.faults.rooms.strict) or not world.events.has_place(event, room):
            raise Refusal("meetingRoomNotAvailable", "the meeting room is not available at that time")
        event = world.events.with_room(event, room)
    return {"result": True}


def _remove(world: World, asked: Asked) -> JsonObject:
    event = world.events.led_by(path_person(world, asked), asked.ids["event_id"])
    known_only(asked.body, frozenset({"meetingRoomsToRemove"}))
    for room in _named(world, asked, "meetingRoomsToRemove"):
        if room.room_id not in world.events.room_ids(event):
            raise Refusal("invalidParameter", "the event has no such meeting room")
        event = world.events.without_room(event, room)
    return {"result": True}


def _named(world: World, asked: Asked, name: str) -> list[MeetingRoom]:
    entries = asked.body.get(name)
    if not isinstance(entries, list) or not entries:
        raise Refusal(f"Missing{name}", f"{name} is mandatory for this action.")
    found = [world.events.rooms.get(str(each.get("roomId"))) if isinstance(each, dict) else None for each in entries]
    rooms = [room for room in found if room is not None]
    if len(rooms) < len(entries):
        raise Refusal("invalidParameter", "a meeting room does not exist")
    return rooms


ENDPOINTS = (
    Endpoint("meetingRoomLists", "GET", "/v1.0/rooms/meetingRoomLists", _list, scope="VideoConference.Conference.Read"),
    Endpoint(
        "queryMeetingRooms",
        "POST",
        "/v1.0/calendar/users/{union_id}/meetingRooms/schedules/query",
        _schedules,
        scope="Calendar.Event.Read",
    ),
    Endpoint("addMeetingRooms", "POST", f"{PATH}/meetingRooms", _add, scope="Calendar.Event.Write"),
    Endpoint("removeMeetingRooms", "POST", f"{PATH}/meetingRooms/batchRemove", _remove, scope="Calendar.Event.Write"),
)
