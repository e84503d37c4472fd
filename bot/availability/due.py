"""Which digest is due when: days of work, holidays, pauses, and clock times that do not exist or exist twice. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.availability.working_time import DayKind, WorkingCalendar
from bot.model.digest_orders import DigestDays
from bot.model.digests import Digest

_DAY = timedelta(days=1)
_FARTHEST = 400  # days; no digest has a longer break that it comes back from by itself


class WhyNot(StrEnum):
    """Why a digest does not go out on a day."""

    OFF = "off"  # turned off
    PAUSED = "paused"
    HOLIDAY = "holiday"  # HolidayTable.name has what it is called
    DAY_OFF = "day_off"  # a weekend that is not worked
    NOT_ITS_DAY = "not_its_day"  # a weekday that it is not sent on


def why_not(digest: Digest, day: date, calendar: WorkingCalendar) -> WhyNot | None:
    """Why nothing goes out on `day`, a calendar day in the digest's zone; None where something does."""
    if not digest.on:
        return WhyNot.OFF
    if digest.paused_until is not None and day <= digest.paused_until:
        return WhyNot.PAUSED
    kind = calendar.kind(day)
    match digest.days:
        case DigestDays.DAILY:
            return None
        case DigestDays.WORKDAYS:
            return {DayKind.HOLIDAY: WhyNot.HOLIDAY, DayKind.DAY_OFF: WhyNot.DAY_OFF}.get(kind)
    if day.weekday() not in digest.days:
        return WhyNot.NOT_ITS_DAY
    return WhyNot.HOLIDAY if kind is DayKind.HOLIDAY else None


def due_on(digest: Digest, day: date, calendar: WorkingCalendar) -> datetime | None:
    """When the digest of `day` goes out, in UTC; None where none does.

    RFC 5545 §3.3.5: a time that a clock change skips is read with the offset before it, and so lies after the change;
    one that comes twice is the first.
    """
    if why_not(digest, day, calendar) is not None:
        return None
    return datetime.combine(day, digest.at.replace(fold=0), tzinfo=ZoneInfo(digest.zone)).astimezone(UTC)


def next_due(digest: Digest, calendar: WorkingCalendar, *, after: datetime) -> datetime | None:
    """The first time after that instant at which the digest goes out, in UTC.

    None where it is off, or nothing is due within more than a year.
    """
    first = after.astimezone(ZoneInfo(digest.zone)).date() - _DAY  # a skipped time may lie on the day after its own
    for offset in range(_FARTHEST):
        due = due_on(digest, first + offset * _DAY, calendar)
        if due is not None and due > after.astimezone(UTC):
            return due
    return None
