"""What an event says of its time and of those who are invited; its title and its text are dropped unread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from bot.dingtalk.events import event_path
from bot.dingtalk.http import Api
from bot.errors import MalformedReply, NotFound

READ = "getEvent"
LIST = "listAttendees"
_MOST = 100
_PAGE = 500
_MAX_PAGES = 20


@dataclass(frozen=True, slots=True)
class Attendance:
    """Somebody who is invited, by unionId, with their responseStatus: needsAction, accepted, declined or tentative."""

    union_id: str
    status: str


@dataclass(frozen=True, slots=True)
class EventRead:
    """An event as it is in DingTalk. `start` and `end` are None where they are no instants, as of a whole day."""

    start: datetime | None
    end: datetime | None
    attendees: tuple[Attendance, ...]


async def read_event(api: Api, *, organizer: str, event_id: str, deadline: float) -> EventRead:
    """An event in the calendar of `organizer` (a unionId), with everybody who is invited: one call for a hundred.

    Raises RemoteError: NotFound where there is none any more, MalformedReply where it makes no sense.
    """
    path = f"{event_path(organizer, event_id, api=READ)}?maxAttendees={_MOST}"
    reply = await api.call(READ, "GET", path, repeatable=True, deadline=deadline)
    if reply.get("status") == "cancelled":
        raise NotFound("the event is cancelled", api=READ)
    attendees = _attendees(reply, api=READ)
    if len(attendees) >= _MOST:
        attendees = await _all_attendees(api, organizer=organizer, event_id=event_id, deadline=deadline)
    return EventRead(_instant(reply.get("start")), _instant(reply.get("end")), tuple(attendees))


async def _all_attendees(api: Api, *, organizer: str, event_id: str, deadline: float) -> list[Attendance]:
    """Page by page, five hundred at a time."""
    found: list[Attendance] = []
    token = ""
    for _ in range(_MAX_PAGES):
        query = urlencode({"maxResults": _PAGE} | ({"nextToken": token} if token else {}))
        path = f"{event_path(organizer, event_id, api=LIST)}/attendees?{query}"
        reply = await api.call(LIST, "GET", path, repeatable=True, deadline=deadline)
        found += _attendees(reply, api=LIST)
        further = reply.get("nextToken")
        if not isinstance(further, str) or further in ("", token):
            break
        token = further
    return found


def _attendees(reply: dict[str, Any], *, api: str) -> list[Attendance]:
    entries = reply.get("attendees")
    if not isinstance(entries, list):
        raise MalformedReply("the reply has no list of attendees", api=api)
    return [_attendance(entry, api=api) for entry in _once(entries)]


def _once(entries: Sequence[Any]) -> list[Any]:
    """Each person once, though they may be listed twice."""
    return list({entry.get("id") if isinstance(entry, dict) else id(entry): entry for entry in entries}.values())


def _attendance(entry: Any, *, api: str) -> Attendance:
    """Nobody is left out, as who is not listed is taken for not invited."""
    union_id = entry.get("id") if isinstance(entry, dict) else None
    status = entry.get("responseStatus") if isinstance(entry, dict) else None
    if not isinstance(union_id, str) or not union_id:
        raise MalformedReply("an attendee has no id", api=api)
    return Attendance(union_id, status if isinstance(status, str) else "")


def _instant(end: Any) -> datetime | None:
    """The aware instant of one end of an event."""
    text = end.get("dateTime") if isinstance(end, dict) else None
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo else None
