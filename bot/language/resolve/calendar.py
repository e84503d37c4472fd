"""Which days were meant: plain calendar arithmetic, without holidays, in Monday-to-Sunday weeks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.language.days import (
    Ahead,
    Coming,
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
)
from bot.language.resolve.spans import (
    EndBeforeStartError,
    ImpossibleError,
    Stretch,
    add_months,
    existing,
    exists,
    moved,
    nearest_date,
    nth_of,
    one_day,
    workdays_later,
)  # fmt: skip
from bot.language.tags import Extent, Unit

OPEN_DAYS = 7
"""How many days an open end ("after Friday", "from Monday") runs."""
_LONGEST_RUN = 62
"""How many days a range of dates may last that has begun before today."""
_FARTHEST_TURNED = 31
"""How many days the ends of such a range may lie apart; else the end is the next year's."""
_PORTIONS_OF_WEEK: dict[str, tuple[int, int]] = {
    Extent.START: (0, 3),
    Extent.MIDDLE: (1, 4),
    Extent.END: (4, 7),
    Extent.LATE: (3, 7),
}
_PORTIONS_OF_MONTH: dict[str, tuple[int, int]] = {Extent.START: (0, 10), Extent.MIDDLE: (10, 20)}


@dataclass(frozen=True, slots=True)
class Calendar:
    """Knows today. Days that are not pinned down (a weekday, the 25th) are looked for from `floor` on.

    `mend` takes the last date before one that does not exist, `beyond` the first behind it.
    """

    today: date
    floor: date
    mend: bool = False
    beyond: bool = False

    def stretch(self, days: Days) -> Stretch:
        """The days that were meant. Raises ImpossibleError where there are none, and EndBeforeStartError."""
        try:
            return self._stretch(days)
        except (ValueError, OverflowError) as error:
            raise ImpossibleError(
                "found a day outside the calendar, expected one that exists, name another date"
            ) from error

    def _stretch(self, days: Days) -> Stretch:
        match days:
            case Relative(count):
                return one_day(self.today + timedelta(days=count))
            case Weekday():
                return one_day(self._weekday(days))
            case Date():
                return one_day(self._date(days))
            case Coming(weekday):
                return one_day(self._weekday(Weekday(weekday)))
            case Week() | WeekOf() | Weekend():
                return self._week(days)
            case Month():
                return self._month(days)
            case Nth():
                return self._nth(days)
            case Portion(which, of):
                return self._portion(which, of)
            case Span():
                return self._span(days)
        return self._counted(days)

    def _week(self, days: Week | WeekOf | Weekend) -> Stretch:
        match days:
            case Week(week, working):
                return Stretch(self._monday(week), self._monday(week) + timedelta(days=5 if working else 7))
            case Weekend(week):
                return Stretch(self._monday(week) + timedelta(days=5), self._monday(week + 1))
            case WeekOf(of):
                first = self._stretch(of).first
                monday = first - timedelta(days=first.weekday())
                return Stretch(monday, monday + timedelta(days=7))

    def _counted(self, days: Ahead | Moved | Run | UpTo | Onward) -> Stretch:
        match days:
            case Ahead():
                return self._ahead(days)
            case Moved(of, count, unit):
                return one_day(self._moved(of, count, unit=unit))
            case Run(start, count, unit):
                first = self._stretch(start).first
                return Stretch(first, moved(first, count, unit=unit))
            case UpTo(of, included):
                inner = self._stretch(of)
                if not included and inner.first <= self.today and isinstance(of, Weekday) and of.week is None:
                    inner = replace(self, floor=self.today + timedelta(days=1))._stretch(of)
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
            return self._existing(first.year, first.month, wanted.day)
        year = wanted.year if wanted.years is None else self.today.year + wanted.years
        if wanted.month is None:
            return self._next_with_day(wanted)
        if year is not None:
            return self._existing(year, wanted.month, wanted.day)
        for year in (self.today.year, self.today.year + 1):
            there_is = self.mend or exists(year, wanted.month, wanted.day)
            if there_is and (found := self._existing(year, wanted.month, wanted.day)) >= self.floor:
                return found
        return self._existing(self.today.year + 1, wanted.month, wanted.day)

    def _existing(self, year: int, month: int, day: int) -> date:
        mends = self.mend and not exists(year, month, day)
        return nearest_date(year, month, day, beyond=self.beyond) if mends else existing(year, month, day)

    def _next_with_day(self, wanted: Date) -> date:
        first = self.floor.replace(day=1)
        for months in range(15 if wanted.weekday is None else 48):
            month = add_months(first, months)
            if not self.mend and not exists(month.year, month.month, wanted.day):
                continue
            found = self._existing(month.year, month.month, wanted.day)
            if found >= self.floor and wanted.weekday in (None, found.weekday()):
                return found
        raise ImpossibleError(f"found day {wanted.day} of a month, expected 1 to 31, name another date")

    def _month(self, wanted: Month) -> Stretch:
        if wanted.month is None:
            first = add_months(self.today.replace(day=1), wanted.months)
        else:
            year = wanted.year if wanted.years is None else self.today.year + wanted.years
            first = self._existing(year or self.today.year, wanted.month, 1)
            if year is None and add_months(first, 1) <= self.floor:
                first = add_months(first, 12)
        return Stretch(first, add_months(first, 1))

    def _nth(self, wanted: Nth) -> Stretch:
        month = self._month(wanted.month)
        found = self._nth_of(month, wanted)
        unpinned = wanted.month.month is not None and wanted.month.year is None and wanted.month.years is None
        if found.stop <= self.floor and unpinned:
            first = add_months(month.first, 12)
            found = self._nth_of(Stretch(first, add_months(first, 1)), wanted)
        return found

    def _nth_of(self, month: Stretch, wanted: Nth) -> Stretch:
        try:
            return nth_of(month, wanted.count, weekday=wanted.weekday)
        except ImpossibleError:
            if not self.mend:
                raise
            return nth_of(month, -1, weekday=wanted.weekday)

    # ------------------------------------------------------------------ stretches
    def _portion(self, which: str, of: Days) -> Stretch:
        whole = self._stretch(of)
        if which == Extent.REST:
            return Stretch(min(max(self.today, whole.first), whole.stop - timedelta(days=1)), whole.stop)
        if (whole.stop - whole.first).days <= 7:
            start, stop = _PORTIONS_OF_WEEK[which]
            return Stretch(whole.first + timedelta(days=start), whole.first + timedelta(days=stop))
        if which not in _PORTIONS_OF_MONTH:
            return Stretch(whole.first + timedelta(days=20), whole.stop)
        start, stop = _PORTIONS_OF_MONTH[which]
        return Stretch(whole.first + timedelta(days=start), whole.first + timedelta(days=stop))

    def _span(self, days: Span) -> Stretch:
        first, last = days.first, days.last
        start, end = self._stretch(first), self._stretch(last)
        if (rolled := _day_after_month(days)) is not None:
            end = one_day(replace(self, floor=start.first)._next_with_day(rolled))
        begun = self._begun(first, start, end=end)
        if begun is not None:
            return Stretch(begun, end.stop)
        if end.stop <= start.first:
            if _is_turned(days, start, end):
                return self._turned(start, end)
            end = replace(self, floor=max(self.floor, start.first))._stretch(last)
        if end.stop <= start.first and isinstance(last, Weekday):
            weeks = (start.first - end.first).days // 7 + 1
            end = one_day(end.first + timedelta(weeks=weeks))
        return Stretch(start.first, end.stop) if end.stop > start.first else self._turned(start, end)

    def _turned(self, start: Stretch, end: Stretch) -> Stretch:
        if not self.mend:
            raise EndBeforeStartError("found a last day before the first, expected the earlier day first, swap the two")
        return Stretch(end.first, start.stop)

    def _begun(self, first: Days, start: Stretch, *, end: Stretch) -> date | None:
        """The first day of a range of dates that has begun this year (Feb 28 to Mar 1, asked on the 29th), or None."""
        if not isinstance(first, Date) or first.month is None or first.year is not None or first.years is not None:
            return None
        if end.stop > start.first or not exists(start.first.year - 1, first.month, first.day):
            return None
        begun = date(start.first.year - 1, first.month, first.day)
        running = begun <= self.today < end.stop and (end.stop - begun).days <= _LONGEST_RUN
        return begun if running else None

    def _ahead(self, wanted: Ahead) -> Stretch:
        first = self.today if wanted.today else self.today + timedelta(days=1)
        if wanted.unit == Unit.WEEK and not wanted.today:
            first = self._monday(1)
        if wanted.unit == Unit.WORKDAY:
            last = workdays_later(first - timedelta(days=1), wanted.count)
            return Stretch(first, last + timedelta(days=1))
        return Stretch(first, moved(first, wanted.count, unit=wanted.unit))

    def _moved(self, of: Days, count: int, *, unit: str) -> date:
        base = self._stretch(of).first
        if unit == Unit.WEEKDAY:
            return base + timedelta(days=(count - base.weekday()) % 7)
        return moved(base, count, unit=unit)


def _day_after_month(days: Span) -> Date | None:
    """The 3rd of "from April 27th to the 3rd", whose month is the next one; else None."""
    first, last = days.first, days.last
    if not (days.rolls and isinstance(first, Date) and isinstance(last, Date)) or last.day >= first.day:
        return None
    return Date(last.day)


def _is_turned(days: Span, start: Stretch, end: Stretch) -> bool:
    """True for two dates with months of their own of which the later one stands first: 11月28日到11月25日."""
    dated = isinstance(days.first, Date) and isinstance(days.last, Date)
    return dated and not days.rolls and (start.first - end.first).days <= _FARTHEST_TURNED
