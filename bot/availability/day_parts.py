"""In whose day there is little time left: a morning, an afternoon or all of it is taken, firmly or not. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.availability.intervals import clip, subtract
from bot.availability.working_time import WorkingCalendar
from bot.model.digests import DayPart, Engaged
from bot.model.freebusy import BusyStatus, FreeBusy
from bot.model.people import Missing, Person
from bot.model.time import Interval

_SHORTEST_FREE = timedelta(minutes=30)
_NOON = 12 * 60
_LUNCH = (11 * 60, 14 * 60)
_NOTHING = timedelta(0)

Halves = tuple[list[Interval], list[Interval]]
"""The working time of a morning and that of an afternoon; either may be empty."""


def halves(day: date, calendar: WorkingCalendar, *, own: WorkingCalendar) -> Halves:
    """When somebody who works by `own` is at work in the working time of `calendar`, parted by its break at lunch."""
    whole = calendar.day(day)
    worked = clip(own.working_time(whole), calendar.working_time(whole))
    first, last = _LUNCH
    minutes = next((start for start, end in calendar.clock_of(day).breaks if end > first and start < last), _NOON)
    midnight = whole.start.astimezone(calendar.zone)
    noon = midnight.replace(hour=minutes // 60, minute=minutes % 60)
    return clip(worked, [Interval(whole.start, noon)]), clip(worked, [Interval(noon, whole.end)])


def engaged(who: Person | Missing, known: FreeBusy, *, at_work: Halves) -> Engaged | None:
    """What is taken of somebody's day; None where it is mostly free.

    A half of the day is taken where no 30 minutes of it are free, or where the first 30 free minutes come after more
    than half of it, or the last ones before; then `until` and `since` say when there is time. Half days that follow
    each other are told as one.
    """
    if not known.busy:
        return None
    firm = [item.interval for item in known.busy if item.status is BusyStatus.BUSY]
    every = [item.interval for item in known.busy]
    firmly = _day_of(who, *(_taken(half, firm) for half in at_work), firm=True)
    at_all = firmly if len(firm) == len(every) else _day_of(who, *(_taken(half, every) for half in at_work), firm=False)
    if firmly is None or at_all is None or firmly.part is DayPart.ALL:
        return firmly or at_all
    rest = at_all.part is DayPart.ALL and not at_all.firm
    return Engaged(who, firmly.part, until=firmly.until, since=firmly.since, rest_tentative=rest)


@dataclass(frozen=True, slots=True)
class _Taken:
    """A half day that is taken: all of it, or until or from a certain time."""

    until: datetime | None = None
    since: datetime | None = None

    @property
    def wholly(self) -> bool:
        return self.until is None and self.since is None


def _taken(half: Sequence[Interval], busy: Iterable[Interval]) -> _Taken | None:
    """None where it is mostly free, or no half at all."""
    length = _length(half)
    if not half:
        return None
    shortest = min(_SHORTEST_FREE, length)
    free = [gap for gap in subtract(half, busy) if gap.length >= shortest]
    if not free:
        return _Taken()
    if 2 * _length(clip(half, [_until(half, free[0].start)])) > length:
        return _Taken(until=free[0].start)
    if 2 * _length(clip(half, [_since(half, free[-1].end)])) > length:
        return _Taken(since=free[-1].end)
    return None


def _day_of(who: Person | Missing, morning: _Taken | None, afternoon: _Taken | None, *, firm: bool) -> Engaged | None:
    """Both halves told as one where they follow each other; else the one that is wholly taken, else the later."""
    if morning is None or afternoon is None:
        part, only = (DayPart.AFTERNOON, afternoon) if morning is None else (DayPart.MORNING, morning)
        return Engaged(who, part, firm, only.until, only.since) if only else None
    if morning.wholly and afternoon.wholly:
        return Engaged(who, DayPart.ALL, firm)
    if morning.wholly:
        return Engaged(who, DayPart.MORNING, firm, until=afternoon.until)
    joined = morning.since if afternoon.since is None else None
    return Engaged(who, DayPart.AFTERNOON, firm, afternoon.until, joined or afternoon.since)


def _until(half: Sequence[Interval], end: datetime) -> Interval:
    return Interval(half[0].start - _SHORTEST_FREE, end)


def _since(half: Sequence[Interval], start: datetime) -> Interval:
    return Interval(start, half[-1].end + _SHORTEST_FREE)


def _length(intervals: Iterable[Interval]) -> timedelta:
    return sum((each.length for each in intervals), _NOTHING)
