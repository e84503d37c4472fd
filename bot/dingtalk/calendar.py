"""Free/busy: querySchedule, given back as DingTalk said it, so that the core can judge what makes no sense."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from bot.dingtalk.http import Api, path_id
from bot.errors import MalformedReply, Rejected
from bot.slices import sliced

API = "querySchedule"
MAX_PEOPLE = 20
UNREADABLE = "unreadable entry"
"""`error` of an entry that is no entry."""


class WireTime(NamedTuple):
    """A time as given: `date` (yyyy-MM-dd) or `date_time` (ISO 8601), and a zone name; None: absent or no text."""

    date: str | None = None
    date_time: str | None = None
    time_zone: str | None = None


class ScheduleItem(NamedTuple):
    """One busy stretch. `status` is BUSY or TENTATIVE as a rule; an all-day `end.date` is exclusive."""

    status: str | None
    start: WireTime
    end: WireTime


@dataclass(frozen=True, slots=True)
class ScheduleInformation:
    """What DingTalk said of one person, `user_id` being the unionId (empty where the entry names nobody).

    `items` are in DingTalk's order, may overlap and reach out of the window; None where they are missing or no list,
    which is not the same as an empty list: that person is unknown, not free.
    """

    user_id: str
    error: str | None
    items: tuple[ScheduleItem, ...] | None


async def query_schedule(
    api: Api, *, asker: str, people: Sequence[str], start: datetime, end: datetime
) -> tuple[ScheduleInformation, ...]:
    """Ask in the name of `asker` when 1 to 20 people are busy between two aware instants. All ids are unionIds.

    Entries are as many and in the order as DingTalk sends them: people may be missing, or come twice. Times go out in
    whole seconds with their offset; where DingTalk cannot read that, as UTC with milliseconds, from then on at once.
    """
    if not 1 <= len(people) <= MAX_PEOPLE:
        raise ValueError(f"{len(people)} people in one query, expected 1 to {MAX_PEOPLE}")
    utc = api.utc_times
    try:
        return await _query(api, asker, people, times=times_of(start, end, utc=utc))
    except Rejected as refusal:
        if utc or "ParsedISO8601TimestampError" not in refusal.code:
            raise
    information = await _query(api, asker, people, times=times_of(start, end, utc=True))
    api.utc_times = True
    return information


def times_of(start: datetime, end: datetime, *, utc: bool) -> tuple[str, str]:
    """Two instants as DingTalk wants them: with their offset, or as `utc` with milliseconds."""
    form = _utc_form if utc else _offset_form
    return form(start), form(_ceil(end))


def items_of(items: Any) -> tuple[ScheduleItem, ...] | None:
    """The items of an entry; None for what is no list."""
    return tuple(_item(item) for item in items) if isinstance(items, list) else None


async def _query(
    api: Api, asker: str, people: Sequence[str], *, times: tuple[str, str]
) -> tuple[ScheduleInformation, ...]:
    path = f"/v1.0/calendar/users/{path_id(asker, api=API)}/querySchedule"
    body = {"userIds": list(people), "startTime": times[0], "endTime": times[1]}
    reply = await api.call(API, "POST", path, body=body, repeatable=True)
    entries = reply.get("scheduleInformation")
    if not isinstance(entries, list):
        raise MalformedReply("the reply has no list scheduleInformation", api=API)
    return tuple(await sliced(_information, entries))


def _ceil(instant: datetime) -> datetime:
    """The end in whole seconds, rounded up, so that nothing busy at the very end is left out."""
    return instant + timedelta(seconds=1) if instant.microsecond else instant


def _offset_form(instant: datetime) -> str:
    """`2026-03-10T14:00:00+08:00`; in UTC where an old zone's offset has seconds, which ISO 8601 does not know."""
    offset = _offset(instant)
    aware = instant if not offset % timedelta(minutes=1) else instant.astimezone(UTC)
    return aware.isoformat(timespec="seconds")


def _utc_form(instant: datetime) -> str:
    """`2026-03-10T06:00:00.000Z`."""
    _offset(instant)
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z"


def _offset(instant: datetime) -> timedelta:
    offset = instant.utcoffset()
    if offset is None:
        raise ValueError(f"naive time {instant.isoformat()!r}, expected an aware one")
    return offset


def _information(entry: Any) -> ScheduleInformation:
    """An entry as said; one of a wrong shape becomes an error entry, since leaving it out would hide it."""
    if not isinstance(entry, dict):
        return ScheduleInformation("", UNREADABLE, None)
    user_id, error, items = entry.get("userId"), entry.get("error"), entry.get("scheduleItems")
    return ScheduleInformation(
        user_id=user_id if isinstance(user_id, str) else "",
        error=_error(error) if isinstance(user_id, str) else UNREADABLE,
        items=items_of(items),
    )


def _error(value: Any) -> str | None:
    if value is None or value == "":
        return None
    return value if isinstance(value, str) else UNREADABLE


def _item(item: Any) -> ScheduleItem:
    if not isinstance(item, dict):
        return ScheduleItem(None, WireTime(), WireTime())
    return ScheduleItem(_text(item.get("status")), _time(item.get("start")), _time(item.get("end")))


def _time(value: Any) -> WireTime:
    if not isinstance(value, dict):
        return WireTime()
    return WireTime(_text(value.get("date")), _text(value.get("dateTime")), _text(value.get("timeZone")))


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
