"""What the next days hold for a digest: a holiday on which none goes out, a weekend day on which one does. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from bot.availability.due import WhyNot, why_not
from bot.availability.working_time import DayKind, WorkingCalendar
from bot.model.digest_orders import DigestDays
from bot.model.digests import Digest, Pause

_DAY = timedelta(days=1)
_WEEK = 7
_FARTHEST = 31


def ahead(digest: Digest, day: date, calendar: WorkingCalendar) -> Pause | None:
    """The holiday between the digest of `day` and the next one, else the make-up day of that next one."""
    holiday: list[date] = []
    for following in (day + number * _DAY for number in range(1, _FARTHEST)):
        reason = why_not(digest, following, calendar)
        if reason is None:
            return _holiday(digest, holiday, calendar) or _make_up(following, calendar)
        if reason is WhyNot.HOLIDAY:
            holiday.append(following)
        elif holiday and calendar.is_worked(following):
            return _holiday(digest, holiday, calendar)
    return None


def unannounced(day: date, calendar: WorkingCalendar) -> int | None:
    """The year of `day`, or of a week later, where its official table of holidays is not out; None where all are."""
    years = (day.year, (day + _WEEK * _DAY).year)
    table = calendar.holidays
    return next((year for year in years if table and not table.announced(year)), None)


def _holiday(digest: Digest, days: list[date], calendar: WorkingCalendar) -> Pause | None:
    """None where a digest would not have gone out on any of these days anyway."""
    usual = calendar.weekdays if isinstance(digest.days, DigestDays) else digest.days
    table = calendar.holidays
    if table is None or not any(day.weekday() in usual for day in days):
        return None
    return Pause(days[0], days[-1], table.name(days[0], "zh"), table.name(days[0], "en"))


def _make_up(day: date, calendar: WorkingCalendar) -> Pause | None:
    return Pause(day, day, make_up=True) if calendar.kind(day) is DayKind.MAKE_UP else None
