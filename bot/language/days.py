"""Which days were meant: plain calendar arithmetic, without holidays, in Monday-to-Sunday weeks."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from bot.language.specs import (
    ANY_DAY,
    Ahead,
    Date,
    Days,
    Month,
    Moved,
    Nth,
    Onward,
    Portion,
    Relative,
    Run,
    Span,
    UpTo,
    Week,
    Weekday,
    Weekend,
    WeekOf,
)  # fmt: skip

OPEN_DAYS = 7
"""How many days an open end ("after Friday", "from Monday") runs."""
_LONGEST_RUN = 62
"""How many days a range of dates may last that has begun before today."""
_PORTIONS_OF_WEEK = {"start": (0, 3), "middle": (1, 4), "end": (4, 7), "late": (3, 7)}
_PORTIONS_OF_MONTH = {"start": (0, 10), "middle": (10, 20)}


class ImpossibleError(Exception):
    """A date or a clock time that does not exist; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Whole days from `first` up to but not including `stop`."""

    first: date
    stop: date

    def days(self) -> list[date]:
        """Every day of it, at most two months of them."""
        return [self.first + timedelta(days=n) for n in range(min((self.stop - self.first).days, 62))]


def _day(first: date) -> Stretch:
    return Stretch(first, first + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Calendar:
    """Knows today. Days that are not pinned down (a weekday, the 25th) are looked for from `floor` on."""

    today: date
    floor: date

    def stretch(self, days: Days) -> Stretch:
        """The days that were meant. Raises ImpossibleError where there are none."""
        try:
            return self._stretch(days)
        except (ValueError, OverflowError) as error:
            raise ImpossibleError(
                "found a day outside the calendar, expected one that exists, name another date"
            ) from error

    def _stretch(self, days: Days) -> Stretch:
        match days:
            case Relative(count):
                return _day(self.today + timedelta(days=count))
            case Weekday():
                return _day(self._weekday(days))
            case Date():
                return _day(self._date(days))
            case Week(week, working):
                return Stretch(self._monday(week), self._monday(week) + timedelta(days=5 if working else 7))
            case WeekOf(of):
                first = self._stretch(of).first
                monday = first - timedelta(days=first.weekday())
                return Stretch(monday, monday + timedelta(days=7))
            case Weekend(week):
                return Stretch(self._monday(week) + timedelta(days=5), self._monday(week + 1))
            case Month():
                return self._month(days)
            case Nth():
                return self._nth(days)
            case Portion(which, of):
                return self._portion(which, of)
            case Span(first, last):
                return self._span(first, last)
        return self._counted(days)

    def _counted(self, days: Ahead | Moved | Run | UpTo | Onward) -> Stretch:
        match days:
            case Ahead():
                return self._ahead(days)
            case Moved(of, count, unit):
                return _day(self._moved(of, count, unit=unit))
            case Run(start, count, unit):
                first = self._stretch(start).first
                return Stretch(first, moved(first, count, unit=unit))
            case UpTo(of, included):
                inner = self._stretch(of)
                if not included and inner.first <= self.today and isinstance(of, Weekday) and of.week is None:
                    inner = Calendar(self.today, self.today + timedelta(days=1))._stretch(of)
                stop = inner.stop if included else inner.first
                return Stretch(min(self.today, stop - timedelta(days=1)), stop)
            case Onward(of, included):
                inner = self._stretch(of)
                first = inner.first if included else inner.stop
                return Stretch(first, first + timedelta(days=OPEN_DAYS))

    def _monday(self, week: int) -> date:
        return self.today - timedelta(days=self.today.weekday()) + timedelta(weeks=week)

    def _weekday(self, wanted: Weekday) -> date:
        if wanted.week is not None:
            return self._monday(wanted.week) + timedelta(days=wanted.day)
        return self.floor + timedelta(days=(wanted.day - self.floor.weekday()) % 7)

    # ------------------------------------------------------------------ dates
    def _date(self, wanted: Date) -> date:
        if wanted.months is not None:
            first = add_months(self.today.replace(day=1), wanted.months)
            return _existing(first.year, first.month, wanted.day)
        year = wanted.year if wanted.years is None else self.today.year + wanted.years
        if wanted.month is None:
            return self._next_with_day(wanted)
        if year is not None:
            return _existing(year, wanted.month, wanted.day)
        for year in (self.today.year, self.today.year + 1):
            if _exists(year, wanted.month, wanted.day) and date(year, wanted.month, wanted.day) >= self.floor:
                return date(year, wanted.month, wanted.day)
        return _existing(self.today.year + 1, wanted.month, wanted.day)

    def _next_with_day(self, wanted: Date) -> date:
        first = self.floor.replace(day=1)
        for months in range(15 if wanted.weekday is None else 48):
            month = add_months(first, months)
            if not _exists(month.year, month.month, wanted.day):
                continue
            found = month.replace(day=wanted.day)
            if found >= self.floor and wanted.weekday in (None, found.weekday()):
                return found
        raise ImpossibleError(f"found day {wanted.day} of a month, expected 1 to 31, name another date")

    def _month(self, wanted: Month) -> Stretch:
        if wanted.month is None:
            first = add_months(self.today.replace(day=1), wanted.months)
        else:
            year = wanted.year if wanted.years is None else self.today.year + wanted.years
            first = _existing(year or self.today.year, wanted.month, 1)
            if year is None and add_months(first, 1) <= self.floor:
                first = add_months(first, 12)
        return Stretch(first, add_months(first, 1))

    def _nth(self, wanted: Nth) -> Stretch:
        month = self._month(wanted.month)
        found = _nth_of(month, wanted.count, weekday=wanted.weekday)
        unpinned = wanted.month.month is not None and wanted.month.year is None and wanted.month.years is None
        if found.stop <= self.floor and unpinned:
            first = add_months(month.first, 12)
            found = _nth_of(Stretch(first, add_months(first, 1)), wanted.count, weekday=wanted.weekday)
        return found

    # ------------------------------------------------------------------ stretches
    def _portion(self, which: str, of: Days) -> Stretch:
        whole = self._stretch(of)
        if which == "rest":
            return Stretch(min(max(self.today, whole.first), whole.stop - timedelta(days=1)), whole.stop)
        if (whole.stop - whole.first).days <= 7:
            start, stop = _PORTIONS_OF_WEEK[which]
            return Stretch(whole.first + timedelta(days=start), whole.first + timedelta(days=stop))
        if which not in _PORTIONS_OF_MONTH:
            return Stretch(whole.first + timedelta(days=20), whole.stop)
        start, stop = _PORTIONS_OF_MONTH[which]
        return Stretch(whole.first + timedelta(days=start), whole.first + timedelta(days=stop))

    def _span(self, first: Days, last: Days) -> Stretch:
        start, end = self._stretch(first), self._stretch(last)
        begun = self._begun(first, start, end=end)
        if begun is not None:
            return Stretch(begun, end.stop)
        if end.stop <= start.first:
            end = Calendar(self.today, max(self.floor, start.first))._stretch(last)
        if end.stop <= start.first and isinstance(last, Weekday):
            weeks = (start.first - end.first).days // 7 + 1
            end = _day(end.first + timedelta(weeks=weeks))
        if end.stop <= start.first and isinstance(first, Date) and isinstance(last, Date) and first.month == last.month:
            end = _day(add_months(end.first, 1))  # from April 27th to the 3rd
        if end.stop <= start.first:
            raise ImpossibleError("found a last day before the first, expected the earlier day first, swap the two")
        return Stretch(start.first, end.stop)

    def _begun(self, first: Days, start: Stretch, *, end: Stretch) -> date | None:
        """The first day of a range of dates that has begun this year (Feb 28 to Mar 1, asked on the 29th), or None."""
        if not isinstance(first, Date) or first.month is None or first.year is not None or first.years is not None:
            return None
        if end.stop > start.first or not _exists(start.first.year - 1, first.month, first.day):
            return None
        begun = date(start.first.year - 1, first.month, first.day)
        running = begun <= self.today < end.stop and (end.stop - begun).days <= _LONGEST_RUN
        return begun if running else None

    def _ahead(self, wanted: Ahead) -> Stretch:
        first = self.today if wanted.today else self.today + timedelta(days=1)
        if wanted.unit == "week" and not wanted.today:
            first = self._monday(1)
        if wanted.unit == "workday":
            last = _workdays_later(first - timedelta(days=1), wanted.count)
            return Stretch(first, last + timedelta(days=1))
        return Stretch(first, moved(first, wanted.count, unit=wanted.unit))

    def _moved(self, of: Days, count: int, *, unit: str) -> date:
        base = self._stretch(of).first
        if unit == "weekday":
            return base + timedelta(days=(count - base.weekday()) % 7)
        return moved(base, count, unit=unit)


def moved(day: date, count: int, *, unit: str) -> date:
    """The day so many days, weeks, months, years or Monday-to-Friday days later."""
    match unit:
        case "week" | "workweek":
            return day + timedelta(weeks=count)
        case "month":
            return add_months(day, count)
        case "year":
            return add_months(day, 12 * count)
        case "workday":
            return _workdays_later(day, count)
    return day + timedelta(days=count)


def _workdays_later(day: date, count: int) -> date:
    """The Monday-to-Friday day that is so many of them later."""
    left = min(count, 260)
    while left > 0:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= monthrange(year, month)[1]


def _existing(year: int, month: int, day: int) -> date:
    if not _exists(year, month, day):
        raise ImpossibleError(f"found {year}-{month:02d}-{day:02d}, expected a day that exists, name another date")
    return date(year, month, day)


def _nth_of(month: Stretch, count: int, *, weekday: int | None) -> Stretch:
    """The n-th weekday of a month; of weeks, those that have their Thursday in it (ISO 8601)."""
    if weekday == ANY_DAY:
        return _day(month.stop - timedelta(days=1) if count < 0 else month.first + timedelta(days=count - 1))
    anchor = 3 if weekday is None else weekday
    if count < 0:
        last = month.stop - timedelta(days=1)
        found = last - timedelta(days=(last.weekday() - anchor) % 7)
    else:
        found = month.first + timedelta(days=(anchor - month.first.weekday()) % 7 + 7 * (count - 1))
    if not month.first <= found < month.stop:
        raise ImpossibleError(f"found number {count} of a weekday in a month, expected one that exists, name the date")
    if weekday is None:
        return Stretch(found - timedelta(days=3), found + timedelta(days=4))
    return _day(found)
