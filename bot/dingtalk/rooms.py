"""Meeting rooms: their list, when they are taken, and put onto an event or taken off it.

Who holds a room, by which event and what for, stays on the wire: nothing here holds it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from bot.dingtalk.calendar import UNREADABLE, ScheduleItem, items_of, times_of
from bot.dingtalk.events import event_path
from bot.dingtalk.http import Api, path_id
from bot.errors import MalformedReply, NotFound, Rejected

LIST = "meetingRoomLists"
QUERY = "queryMeetingRooms"
ADD = "addMeetingRooms"
REMOVE = "removeMeetingRooms"
MAX_ROOMS = 5
LONGEST = timedelta(days=90)
_PAGE = 100
_MAX_PAGES = 20
_TAKEN = "meetingroomnotavailable"


class ListedRoom(NamedTuple):
    """One room of the organisation. `capacity` is None where it is not said; `place` is "" likewise.

    What the numbers of roomStatus mean is not documented, so that they are not read.
    """

    room_id: str
    name: str
    capacity: int | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class RoomSchedule:
    """What DingTalk said of one room: items as of a person, None where they are missing or no list."""

    room_id: str
    error: str | None
    items: tuple[ScheduleItem, ...] | None


async def list_rooms(api: Api, *, asker: str) -> tuple[ListedRoom, ...]:
    """Every room that `asker` (a unionId) may see, each once, of all pages of a hundred.

    Raises RemoteError: MalformedReply for pages that never end and for what is no list.
    """
    found: dict[str, ListedRoom] = {}
    token = ""
    for _ in range(_MAX_PAGES):
        query = urlencode({"unionId": asker, "maxResults": _PAGE} | ({"nextToken": token} if token else {}))
        reply = await api.call(LIST, "GET", f"/v1.0/rooms/meetingRoomLists?{query}", repeatable=True)
        rows = reply.get("result")
        if not isinstance(rows, list):
            raise MalformedReply("the reply has no list of rooms", api=LIST)
        fresh = {room.room_id: room for row in rows if (room := _listed(row)) and room.room_id not in found}
        found |= fresh
        further = str(reply.get("nextToken") or "")
        if str(reply.get("hasMore")).lower() != "true":
            return tuple(found.values())
        if not fresh or not further:
            raise MalformedReply("the reply promises more rooms and brings none", api=LIST)
        token = further
    raise MalformedReply(f"the reply has no end after {_MAX_PAGES} pages of rooms", api=LIST)


async def query_rooms(
    api: Api, *, asker: str, rooms: Sequence[str], start: datetime, end: datetime
) -> tuple[RoomSchedule, ...]:
    """Ask in the name of `asker` when 1 to 5 rooms are taken between two aware instants, 90 days apart at most.

    Rooms may be missing, or come twice.
    """
    if not 1 <= len(rooms) <= MAX_ROOMS or not timedelta(0) < end - start <= LONGEST:
        raise ValueError(f"{len(rooms)} rooms over {end - start}, expected 1 to {MAX_ROOMS} over {LONGEST} at most")
    path = f"/v1.0/calendar/users/{path_id(asker, api=QUERY)}/meetingRooms/schedules/query"
    utc = api.utc_times
    try:
        reply = await _query(api, path, rooms, times_of(start, end, utc=utc))
    except Rejected as refusal:
        if utc or "ParsedISO8601TimestampError" not in refusal.code:
            raise
        reply = await _query(api, path, rooms, times_of(start, end, utc=True))
        api.utc_times = True
    entries = reply.get("scheduleInformation")
    if not isinstance(entries, list):
        raise MalformedReply("the reply has no list scheduleInformation", api=QUERY)
    return tuple(_schedule(entry) for entry in entries)


async def add_room(api: Api, *, organizer: str, event_id: str, room_id: str, deadline: float) -> bool:
    """Puts a room onto an event; False where somebody else has it then.

    It is never repeated, as the room could be taken by the first try. Raises RemoteError: after RemoteTimeout,
    Unavailable and MalformedReply nobody knows whether the event has the room.
    """
    path = f"{event_path(organizer, event_id, api=ADD)}/meetingRooms"
    body = {"meetingRoomsToAdd": [{"roomId": room_id}]}
    try:
        reply = await api.call(ADD, "POST", path, body=body, repeatable=False, deadline=deadline)
    except Rejected as refusal:
        if _TAKEN not in refusal.code.lower():
            raise
        return False
    if reply.get("result") not in (True, "true"):
        raise MalformedReply("the reply does not say whether the event has the room", api=ADD)
    return True


async def remove_room(api: Api, *, organizer: str, event_id: str, room_id: str, deadline: float) -> None:
    """Takes a room off an event; one that it does not have is off it. Raises RemoteError."""
    path = f"{event_path(organizer, event_id, api=REMOVE)}/meetingRooms/batchRemove"
    body = {"meetingRoomsToRemove": [{"roomId": room_id}]}
    with contextlib.suppress(Rejected, NotFound):
        await api.call(REMOVE, "POST", path, body=body, repeatable=True, deadline=deadline)


async def _query(api: Api, path: str, rooms: Sequence[str], times: tuple[str, str]) -> dict[str, Any]:
    body = {"roomIds": list(rooms), "startTime": times[0], "endTime": times[1]}
    return await api.call(QUERY, "POST", path, body=body, repeatable=True)


def _listed(row: Any) -> ListedRoom | None:
    """A row that names a room; one without an id or a name can be neither shown nor asked about."""
    room_id, name = (row.get("roomId"), row.get("roomName")) if isinstance(row, dict) else (None, None)
    if not isinstance(room_id, str) or not room_id or not isinstance(name, str) or not name.strip():
        return None
    place = _text(row.get("roomLocation"), "title") or _text(row.get("roomGroup"), "groupName")
    return ListedRoom(room_id, name.strip(), _capacity(row.get("roomCapacity")), place)


def _text(value: Any, field: str) -> str:
    found = value.get(field) if isinstance(value, dict) else None
    return found.strip() if isinstance(found, str) else ""


def _capacity(value: Any) -> int | None:
    """The documentation prints numbers as text here and there; nobody fits into 0 seats."""
    number = int(value) if isinstance(value, str) and value.isascii() and value.isdecimal() else value
    return number if isinstance(number, int) and not isinstance(number, bool) and number > 0 else None


def _schedule(entry: Any) -> RoomSchedule:
    """An entry as said; one of a wrong shape becomes an error entry, since leaving it out would hide it."""
    if not isinstance(entry, dict) or not isinstance(entry.get("roomId"), str):
        return RoomSchedule("", UNREADABLE, None)
    error = entry.get("error")
    shown = None if error is None or error == "" else error if isinstance(error, str) else UNREADABLE
    return RoomSchedule(entry["roomId"], shown, items_of(entry.get("scheduleItems")))
