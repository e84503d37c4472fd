"""Which digest is due when: days of work, holidays, pauses, and clock times that do not exist or exist twice. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.availability.working_time import DayKind, WorkingCalendar
from bot.model.digest_orders import DigestDays, EditionKind
from bot.model.digests import Digest, Edition

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_FARTHEST = 400  # days; no digest has a longer break that it comes back from by itself


class WhyNot(StrEnum):
    """Why a digest does not go out on a day."""

    OFF = "off"  # turned off
    PAUSED = "paused"
    HOLIDAY = "holiday"  # HolidayTable.name has what it is called
    DAY_OFF = "day_off"  # a weekend that is not worked
    NOT_ITS_DAY = "not_its_day"  # a day of the week that it is not sent on


def kind_on(digest: Digest, day: date, calendar: WorkingCalendar) -> EditionKind:
    """What the digest's edition of `day` is about."""
    ahead = digest.week_ahead and not _worked_after(day, calendar)
    return EditionKind.WEEK if ahead else digest.kind


def edition_on(digest: Digest, day: date, calendar: WorkingCalendar) -> Edition:
    """What goes out on `day`."""
    weekly = kind_on(digest, day, calendar) is EditionKind.WEEK
    return Edition(digest, day, week=week_from(day, calendar) if weekly else None)


def week_from(day: date, calendar: WorkingCalendar) -> date:
    """The Monday of the week to come on `day`: of its own week where that has not begun to work before it."""
    monday = day - day.weekday() * _DAY
    begun = any(calendar.is_worked(monday + number * _DAY) for number in range(day.weekday()))
    return monday + _WEEK if begun else monday


def why_not(digest: Digest, day: date, calendar: WorkingCalendar) -> WhyNot | None:
    """Why nothing goes out on `day`, a calendar day in the digest's zone; None where something does."""
    if not digest.on:
        return WhyNot.OFF
    if digest.paused_until is not None and day <= digest.paused_until:
        return WhyNot.PAUSED
    kind = calendar.kind(day)
    once_a_week = digest.kind is EditionKind.WEEK and isinstance(digest.days, DigestDays)
    if once_a_week and (_worked_after(day, calendar) or not calendar.is_worked(day)):
        return WhyNot.NOT_ITS_DAY
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


def _worked_after(day: date, calendar: WorkingCalendar) -> bool:
    """True where a later day of its week is worked."""
    return any(calendar.is_worked(day + number * _DAY) for number in range(1, 7 - day.weekday()))
