"""Leave: attendance/getleavestatus. What kind of leave it is stays on the wire: nothing here holds it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from bot.dingtalk.http import Api
from bot.errors import MalformedReply

API = "attendance/getleavestatus"
MAX_PEOPLE = 100
LONGEST = timedelta(days=180)
_PAGE = 20
_MAX_PAGES = 100
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = 253_402_300_799_000  # the last second of the year 9999, in milliseconds


class LeaveStatus(NamedTuple):
    """One leave of `user_id`. `days` is how long, where it is counted in days.

    `start` and `end` are None where it makes no sense, as where its unit is none that is known; `end` may be equal to
    `start` where days are counted.
    """

    user_id: str
    start: datetime | None = None
    end: datetime | None = None
    days: float | None = None


async def leave_statuses(api: Api, *, people: Sequence[str], start: datetime, end: datetime) -> tuple[LeaveStatus, ...]:
    """The leave of 1 to 100 people (staffIds) between two aware instants, 180 days apart at most, of all pages.

    Raises MalformedReply for pages that never end and for a leave of nobody.
    """
    if not 1 <= len(people) <= MAX_PEOPLE or not timedelta(0) < end - start <= LONGEST:
        raise ValueError(f"{len(people)} people over {end - start}, expected 1 to {MAX_PEOPLE} over {LONGEST} at most")
    found: dict[LeaveStatus, None] = {}
    offset = 0
    for _ in range(_MAX_PAGES):
        rows, has_more = await _page(api, people, start, end, offset)
        fresh = [row for row in rows if row not in found]
        found.update(dict.fromkeys(fresh))
        if not has_more:
            return tuple(found)
        if not fresh:
            raise MalformedReply("the reply promises more leave and brings none", api=API)
        offset += len(rows)
    raise MalformedReply(f"the reply has no end after {_MAX_PAGES} pages of leave", api=API)


async def _page(
    api: Api, people: Sequence[str], start: datetime, end: datetime, offset: int
) -> tuple[list[LeaveStatus], bool]:
    body = {
        "userid_list": ",".join(people),
        "start_time": _milliseconds(start),
        "end_time": _milliseconds(end),
        "offset": offset,
        "size": _PAGE,
    }
    reply = await api.legacy(API, "/topapi/attendance/getleavestatus", body=body, repeatable=True)
    result = reply.get("result")
    rows = result.get("leave_status") if isinstance(result, dict) else None
    if not isinstance(result, dict) or not isinstance(rows, list | None):
        raise MalformedReply("the reply has no list leave_status", api=API)
    return [_status(row) for row in rows or ()], str(result.get("has_more")).lower() == "true"


def _status(row: Any) -> LeaveStatus:
    user_id = row.get("userid") if isinstance(row, dict) else None
    if not isinstance(user_id, str) or not user_id:
        raise MalformedReply("a leave in the reply has no userid", api=API)
    start, end = _instant(row.get("start_time")), _instant(row.get("end_time"))
    unit, share = row.get("duration_unit"), _number(row.get("duration_percent"))
    days = share / 100 if unit == "percent_day" and share is not None and share > 0 else None
    odd = days is None and unit != "percent_hour"  # nobody knows whether its last day is counted in
    if start is None or end is None or end < start or odd or (end == start and days is None):
        return LeaveStatus(user_id)
    return LeaveStatus(user_id, start, end, days)


def _instant(value: Any) -> datetime | None:
    milliseconds = _number(value)
    if milliseconds is None or not 0 < milliseconds <= _LATEST:
        return None
    return _EPOCH + timedelta(milliseconds=milliseconds)


def _milliseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def _number(value: Any) -> int | None:
    """The documentation prints numbers as text here and there."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and value.isascii() and value.isdecimal() else None
