"""The weekday and hour that suits people in most weeks, by what was read of them. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from bot.availability.intervals import subtract, union
from bot.availability.series import Seen
from bot.availability.working_time import WorkingCalendar
from bot.model.freebusy import FreeBusy
from bot.model.time import Interval

_STEP = 30
_MINUTES = 24 * 60
_APART = 120
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """A weekday (0 is Monday) and minutes after midnight: where a weekly meeting may lie."""

    weekday: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Weekly:
    """A weekday and hour (minutes after midnight): each of its times, and at how many of them everybody is free."""

    weekday: int
    minute: int
    times: tuple[Interval, ...]
    suiting: int


@dataclass(frozen=True, slots=True)
class SoughtWeekly:
    """What is sought: `length` in each of `weeks` weeks from `first`, inside `within` by the clocks of `calendar`."""

    people: tuple[Seen, ...]
    first: date
    weeks: int
    length: timedelta
    calendar: WorkingCalendar
    now: datetime
    within: tuple[Hours, ...]


def working_hours(calendar: WorkingCalendar) -> tuple[Hours, ...]:
    """The working time of an ordinary week, without its breaks; what lies past midnight is of the next day."""
    pieces = []
    for day in sorted(calendar.weekdays):
        for start, end in calendar.by_day.get(day, calendar.hours).pieces:
            if start < _MINUTES:
                pieces.append(Hours(day, start, min(end, _MINUTES)))
            if end > _MINUTES:
                pieces.append(Hours((day + 1) % 7, max(start, _MINUTES) - _MINUTES, end - _MINUTES))
    return tuple(pieces)


def candidates(sought: SoughtWeekly) -> list[Weekly]:
    """Every half hour that is still ahead in all its weeks, where somebody can be seen."""
    taken = _taken(sought)
    if taken is None:
        return []
    ends = [each.end for each in taken]
    found = []
    for hours in sought.within:
        last = hours.end - int(sought.length.total_seconds() // 60)
        for minute in range(hours.start, last + 1, _STEP):
            times = _times(sought, hours.weekday, minute)
            if times[0].start >= sought.now:
                free = sum(not _meets(each, taken, ends) for each in times)
                found.append(Weekly(hours.weekday, minute, times, free))
    return found


def better_than(suiting: int, weekday: int, minute: int, found: Iterable[Weekly]) -> Weekly | None:
    """What suits in more weeks than `suiting`: in most, then on the same weekday, then nearest to the same hour."""
    more = [each for each in found if each.suiting > suiting]
    if not more:
        return None
    return min(
        more,
        key=lambda each: (
            -each.suiting,
            each.weekday != weekday,
            abs(each.minute - minute),
            abs(each.weekday - weekday),
            each.times[0],
        ),
    )


def best(found: Iterable[Weekly], most: int) -> list[Weekly]:
    """The best of `found`, each on a day of its own among equally good ones as far as there are any."""
    chosen: list[Weekly] = []
    fitting = [each for each in found if each.suiting]
    ordered = sorted(fitting, key=lambda each: (-each.suiting, each.times[0]))
    for _, group in groupby(ordered, key=lambda each: each.suiting):
        equals = list(group)
        for apart in (_is_another_day, _is_another_hour):
            for each in equals:
                if len(chosen) < most and all(apart(each, other) for other in chosen):
                    chosen.append(each)
    return chosen


def _is_another_day(one: Weekly, other: Weekly) -> bool:
    return one.weekday != other.weekday


def _is_another_hour(one: Weekly, other: Weekly) -> bool:
    return one.weekday != other.weekday or abs(one.minute - other.minute) >= _APART


def _times(sought: SoughtWeekly, weekday: int, minute: int) -> tuple[Interval, ...]:
    """The time of each week, at the same hour by its clocks."""
    first = sought.first + _DAY * ((weekday - sought.first.weekday()) % 7)
    clock = time(*divmod(minute, 60))
    days = (first + _DAY * 7 * week for week in range(sought.weeks))
    starts = (datetime.combine(day, clock, sought.calendar.zone).astimezone(UTC) for day in days)
    return tuple(Interval(start, start + sought.length) for start in starts)


def _taken(sought: SoughtWeekly) -> list[Interval] | None:
    """When somebody has something, firm or not, is off, or cannot be seen for once; None where nobody is ever seen."""
    seen = [person for person in sought.people if any(isinstance(part, FreeBusy) for part in person.parts)]
    if not seen:
        return None
    whole = Interval(
        sought.calendar.day(sought.first).start, sought.calendar.day(sought.first + _DAY * 7 * sought.weeks).end
    )
    taken = [sought.calendar.day(day) for day in sought.calendar.days(whole) if _is_holiday(day, sought.calendar)]
    for person in seen:
        known = [part for part in person.parts if isinstance(part, FreeBusy)]
        taken += subtract([whole], [part.window for part in known])
        taken += [item.interval for part in known for item in part.busy]
        if person.own is not None:
            taken += subtract([whole], person.own.working_time(whole))
    return union(taken)


def _is_holiday(day: date, calendar: WorkingCalendar) -> bool:
    table = calendar.holidays
    return table is not None and table.is_holiday(day) and not table.is_make_up_day(day)


def _meets(interval: Interval, taken: Sequence[Interval], ends: Sequence[datetime]) -> bool:
    """True where one of `taken`, disjoint and in order, overlaps."""
    at = bisect_right(ends, interval.start)
    return at < len(taken) and taken[at].start < interval.end
