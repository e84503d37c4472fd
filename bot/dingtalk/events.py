"""Events in somebody's primary calendar: create, safe to repeat by its client token, change, and delete."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from bot.dingtalk.http import Api, path_id
from bot.dingtalk.jitter import jitter
from bot.errors import MalformedReply, NotFound, Rejected, Unavailable

CREATE = "createEvent"
DELETE = "deleteEvent"
CHANGE = "changeEvent"
ADD_GUESTS = "addAttendees"
REMOVE_GUESTS = "removeAttendees"
LONGEST_SUMMARY = 2048
MOST_ATTENDEES = 500
_IN_PROGRESS = "idempotencyprocessing"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_INDEXES = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}


@dataclass(frozen=True, slots=True)
class EventAttendee:
    """Somebody invited, by unionId."""

    union_id: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class EventDetails:
    """What an event says beside its title and time.

    `reminder_minutes` before its start everybody is reminded, None: when DingTalk does so by itself. `online`: with a
    meeting of DingTalk's. `place` is a text, no room is booked.
    """

    place: str = ""
    reminder_minutes: int | None = None
    online: bool = False


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How an event repeats, `count` times: daily, weekly on `days`, or monthly on `day_of_month` or on a weekday.

    `days` are 0 for Monday to 6; `index` is which of that weekday in the month, from 1, -1 for the last.
    """

    count: int
    type: Literal["daily", "weekly", "absoluteMonthly", "relativeMonthly"]
    interval: int = 1
    days: tuple[int, ...] = ()
    day_of_month: int = 0
    index: int = 0

    @property
    def body(self) -> dict[str, Any]:
        """As DingTalk wants it."""
        pattern: dict[str, Any] = {"type": self.type, "interval": self.interval}
        if self.days:
            pattern |= {"daysOfWeek": ",".join(_WEEKDAYS[day] for day in self.days), "firstDayOfWeek": "monday"}
        if self.day_of_month:
            pattern["dayOfMonth"] = self.day_of_month
        if self.index:
            pattern["index"] = _INDEXES[self.index]
        return {"pattern": pattern, "range": {"type": "numbered", "numberOfOccurrences": self.count}}


async def create_event(
    api: Api,
    *,
    organizer: str,
    summary: str,
    start: datetime,
    end: datetime,
    zone: ZoneInfo,
    attendees: Sequence[EventAttendee],
    client_token: str,
    details: EventDetails = EventDetails(),
    recurrence: Recurrence | None = None,
    deadline: float = 8.0,
) -> str:
    """The id of an event in the calendar of `organizer` (a unionId), who is not among `attendees`.

    The same `client_token` gives the same event for a day, so that it is repeated where an answer was lost; while
    DingTalk is still working on it, it is asked again until `deadline` (seconds). Raises RemoteError: after
    RemoteTimeout, Unavailable and MalformedReply nobody knows whether the event was made, after all others it was not.
    """
    if len(attendees) > MOST_ATTENDEES:
        raise ValueError(f"{len(attendees)} attendees of one event, expected {MOST_ATTENDEES} at most")
    path = _events_of(organizer, api=CREATE)
    body = {
        "summary": summary[:LONGEST_SUMMARY],
        "start": _moment(start, zone),
        "end": _moment(end, zone),
        "isAllDay": False,
        "attendees": [{"id": each.union_id, "isOptional": each.optional} for each in attendees],
        **_detailed(details),
    }
    if recurrence is not None:
        body["recurrence"] = recurrence.body
    loop = asyncio.get_running_loop()
    until = loop.time() + deadline
    while True:
        try:
            reply = await api.call(
                CREATE,
                "POST",
                path,
                body=body,
                headers={"x-client-token": client_token},
                repeatable=True,
                deadline=max(until - loop.time(), 0.1),
            )
        except Unavailable as error:
            pause = jitter(0.3, 0.6)
            if _IN_PROGRESS not in error.code.lower() or loop.time() + pause >= until:
                raise
            await asyncio.sleep(pause)
        else:
            return _event_id(reply)


async def delete_event(
    api: Api, *, organizer: str, event_id: str, notify: bool = True, deadline: float | None = None
) -> bool:
    """True where the event is deleted, False where there is none any more. `notify`: its attendees are told.

    Raises RemoteError.
    """
    told = "true" if notify else "false"
    path = f"{event_path(organizer, event_id, api=DELETE)}?pushNotification={told}"
    try:
        await api.call(DELETE, "DELETE", path, repeatable=True, deadline=deadline)
    except NotFound:
        return False
    return True


async def move_event(
    api: Api, *, organizer: str, event_id: str, start: datetime, end: datetime, zone: ZoneInfo, deadline: float
) -> None:
    """Gives an event another time; again changes nothing. Its attendees are told. Raises RemoteError."""
    body = {"start": _moment(start, zone), "end": _moment(end, zone)}
    await api.call(
        CHANGE, "PUT", event_path(organizer, event_id, api=CHANGE), body=body, repeatable=True, deadline=deadline
    )


async def add_guests(
    api: Api, *, organizer: str, event_id: str, guests: Sequence[EventAttendee], deadline: float
) -> None:
    """Invites people beside those who are; who is invited stays so. Raises RemoteError."""
    path = f"{event_path(organizer, event_id, api=ADD_GUESTS)}/attendees"
    body = {"attendeesToAdd": [{"id": each.union_id, "isOptional": each.optional} for each in guests]}
    await api.call(ADD_GUESTS, "POST", path, body=body, repeatable=True, deadline=deadline)


async def remove_guests(
    api: Api, *, organizer: str, event_id: str, gone: Sequence[str], stay: Sequence[str], deadline: float
) -> None:
    """Takes people (unionIds) off an event, of whom `stay` are left; again changes nothing. Raises RemoteError.

    DingTalk refuses who is not invited: then those who stay are said to be all.
    """
    path = f"{event_path(organizer, event_id, api=REMOVE_GUESTS)}/attendees/batchRemove"
    body = {"attendeesToRemove": [{"id": each} for each in gone]}
    try:
        await api.call(REMOVE_GUESTS, "POST", path, body=body, repeatable=True, deadline=deadline)
    except Rejected:
        body = {"attendees": [{"id": each} for each in stay]}
        path = event_path(organizer, event_id, api=CHANGE)
        await api.call(CHANGE, "PUT", path, body=body, repeatable=True, deadline=deadline)


def event_path(organizer: str, event_id: str, *, api: str) -> str:
    return f"{_events_of(organizer, api=api)}/{path_id(event_id, api=api)}"


def _events_of(organizer: str, *, api: str) -> str:
    return f"/v1.0/calendar/users/{path_id(organizer, api=api)}/calendars/primary/events"


def _moment(instant: datetime, zone: ZoneInfo) -> dict[str, str]:
    """A time with its offset, and the zone beside it."""
    local = instant.astimezone(zone)
    return {"dateTime": local.isoformat(timespec="seconds"), "timeZone": zone.key}


def _detailed(details: EventDetails) -> dict[str, Any]:
    """What is not said is left out, so that DingTalk's own holds."""
    body: dict[str, Any] = {}
    if details.place:
        body["location"] = {"displayName": details.place}
    if details.reminder_minutes is not None:
        body["reminders"] = [{"method": "dingtalk", "minutes": details.reminder_minutes}]
    if details.online:
        body["onlineMeetingInfo"] = {"type": "dingtalk"}
    return body


def _event_id(reply: dict[str, Any]) -> str:
    event_id = reply.get("id")
    if not isinstance(event_id, str) or not event_id:
        raise MalformedReply("the reply has no id of an event", api=CREATE)
    return event_id
