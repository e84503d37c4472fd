"""Series: the times of a rule by the clocks of a zone, what has to be read for them, and who is in the way. Pure."""

from __future__ import annotations

import calendar as months
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import count, takewhile

from bot.availability.working_time import WorkingCalendar
from bot.model.freebusy import BusyStatus, FreeBusy, Unknown
from bot.model.meetings import Slot
from bot.model.people import StaffId
from bot.model.series import Frequency, SeriesEnd, SeriesRule
from bot.model.time import Interval

USUAL = 8
"""How many times are looked at where no end is said."""
MOST = 52
LONGEST_READING = timedelta(days=31)
_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_WEEKS_A_READING = 4
_FARTHEST = 100 * 12


def days_of(rule: SeriesRule, first: date) -> Iterator[date]:
    """The days of `rule` from `first` on, which sets the beat; a month without such a day is passed over. No end.

    >>> day = days_of(SeriesRule(Frequency.MONTHLY, month_day=31), date(2026, 3, 31))
    >>> [str(next(day)) for _ in range(2)]
    ['2026-03-31', '2026-05-31']
    """
    match rule.frequency:
        case Frequency.DAILY:
            yield from (first + _DAY * number for number in count(0, rule.interval))
        case Frequency.WEEKLY:
            monday = first - _DAY * first.weekday()
            weekdays = rule.weekdays or (first.weekday(),)
            every = (monday + _WEEK * week + _DAY * day for week in count(0, rule.interval) for day in weekdays)
            yield from (day for day in every if day >= first)
        case Frequency.MONTHLY:
            every_month = (_month(first, number) for number in range(0, _FARTHEST, rule.interval))
            found = (day_in(rule, month) for month in every_month)
            yield from (day for day in found if day is not None and day >= first)


def day_in(rule: SeriesRule, month: date) -> date | None:
    """The day of a monthly rule in the month that begins with `month`; None where it has no such day."""
    length = months.monthrange(month.year, month.month)[1]
    if rule.month_day:
        return month.replace(day=rule.month_day) if rule.month_day <= length else None
    fitting = [day for day in range(1, length + 1) if month.replace(day=day).weekday() == rule.weekdays[0]]
    number = rule.nth - 1 if rule.nth > 0 else rule.nth
    return month.replace(day=fitting[number]) if -len(fitting) <= number < len(fitting) else None


def is_day_of(rule: SeriesRule, day: date) -> bool:
    """True where the rule has an occurrence on `day`, if it begins there."""
    return next(days_of(rule, day), None) == day


def times_of(rule: SeriesRule, end: SeriesEnd, first: Interval, zone: tzinfo) -> list[Interval]:
    """Each time from `first` on at the same hour by the clocks of `zone`, as long; one more than MOST where it is more.

    Where no end is said, the USUAL number.
    """
    local = first.start.astimezone(zone)
    wanted = USUAL if end.count is None and end.until is None else min(end.count or MOST + 1, MOST + 1)
    days = days_of(rule, local.date())
    starts = (datetime.combine(day, local.time(), zone).astimezone(UTC) for day in days)
    inside = takewhile(lambda start: _is_before(start, end.until, zone), starts)
    return [Interval(start, start + first.length) for _, start in zip(range(wanted), inside, strict=False)]


def skipped(rule: SeriesRule, days: Sequence[date]) -> list[date]:
    """The months between the first of `days` and the last that have no day of a monthly rule, by their first day."""
    if rule.frequency is not Frequency.MONTHLY:
        return []
    every = takewhile(
        lambda month: month <= days[-1], (_month(days[0], number) for number in range(0, _FARTHEST, rule.interval))
    )
    return [month for month in every if day_in(rule, month) is None]


def readings(times: Sequence[Interval], calendar: WorkingCalendar) -> list[Interval]:
    """What has to be read to see `times`, in order: whole days, 31 at most each."""
    found: list[Interval] = []
    for time in times:
        if not found or time.end > found[-1].end:
            start = calendar.whole_days(time).start
            last = start.astimezone(calendar.zone).date() + LONGEST_READING - _DAY
            found.append(Interval(start, calendar.day(last).start))
    return [Interval(each.start, min(each.end, _last_day(each, times, calendar))) for each in found]


def weeks_read(first: date, weeks: int, calendar: WorkingCalendar) -> list[Interval]:
    """Whole weeks from `first` on, four in a reading, with the day behind them for what goes past midnight."""
    found = []
    for week in range(0, weeks, _WEEKS_A_READING):
        start, last = first + _WEEK * week, first + _WEEK * min(week + _WEEKS_A_READING, weeks)
        found.append(Interval(calendar.day(start).start, calendar.day(last).end))
    return found


def _last_day(reading: Interval, times: Sequence[Interval], calendar: WorkingCalendar) -> datetime:
    """The end of the last day that is needed of a reading."""
    ends = [time for time in times if time.start >= reading.start and time.end <= reading.end]
    return calendar.whole_days(ends[-1]).end if ends else reading.end


def _month(first: date, number: int) -> date:
    """The first day of the month so many months after that of `first`."""
    year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
    return date(year, month + 1, 1)


def _is_before(start: datetime, until: datetime | date | None, zone: tzinfo) -> bool:
    if until is None:
        return True
    if isinstance(until, datetime):
        return start <= until
    return start.astimezone(zone).date() <= until


# ---------------------------------------------------------------- who is in the way
@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody who is to come, with what each reading says of them; `own` is their working time, where it is theirs."""

    staff_id: StaffId
    parts: tuple[FreeBusy | Unknown, ...]
    own: WorkingCalendar | None = None

    def at(self, interval: Interval) -> FreeBusy | None:
        """What is known of them over `interval`; None where nothing is."""
        for part in self.parts:
            known = isinstance(part, FreeBusy) and part.window.clip(interval) == interval
            if known and isinstance(part, FreeBusy):
                return part
        return None


def standing(interval: Interval, people: Iterable[Seen]) -> Slot:
    """Who of `people` is busy in `interval`, who has something that is not firm, who cannot be seen."""
    missing, tentative, unknown = [], [], []
    for person in people:
        known = person.at(interval)
        if known is None:
            unknown.append(person.staff_id)
            continue
        found = {item.status for item in known.busy if item.interval.overlaps(interval)}
        if BusyStatus.BUSY in found:
            missing.append(person.staff_id)
        elif found:
            tentative.append(person.staff_id)
    return Slot(interval, tuple(missing), tuple(tentative), tuple(unknown))


def unseen(slots: Iterable[Slot]) -> frozenset[StaffId]:
    """Who cannot be seen at any of `slots`."""
    every = [frozenset(slot.unknown) for slot in slots]
    return every[0].intersection(*every) if every else frozenset()


def busy_always(slots: Iterable[Slot]) -> frozenset[StaffId]:
    """Who is busy at each of `slots`."""
    every = [frozenset(slot.missing) for slot in slots]
    return every[0].intersection(*every) if every else frozenset()


def suiting(slots: Sequence[Slot], people: int, calendar: WorkingCalendar) -> list[Slot]:
    """The slots at which everybody who can be seen is firmly free, on no holiday; none where nobody can be seen."""
    hidden = unseen(slots)
    if len(hidden) == people:
        return []
    return [
        slot
        for slot in slots
        if not slot.missing
        and not slot.tentative
        and hidden.issuperset(slot.unknown)
        and not holiday_of(slot.interval, calendar)
    ]


def holiday_of(interval: Interval, calendar: WorkingCalendar) -> date | None:
    """The day it begins on, where that is a public holiday."""
    day = interval.start.astimezone(calendar.zone).date()
    table = calendar.holidays
    return day if table and table.is_holiday(day) and not table.is_make_up_day(day) else None
