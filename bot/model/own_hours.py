"""What stands of all that somebody has said of their own working time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from bot.model.hours_orders import HoursOrder
from bot.model.requests import WorkingHours
from bot.model.working_week import Span, WorkingWeek, changed_hours


@dataclass(frozen=True, slots=True)
class OwnHours:
    """What somebody has said of themselves, laid over the configuration's.

    `start` and `end` are everyday's. `days` are the weekdays of which something else was said, in order, each with its
    pieces of work; () is a day off, None a day that is worked like any other. `country` (ISO 3166) is whose
    holidays are days off.
    """

    zone: str | None = None
    start: int | None = None
    end: int | None = None
    days: tuple[tuple[int, tuple[Span, ...] | None], ...] = ()
    country: str | None = None

    def over(self, week: WorkingWeek) -> WorkingWeek:
        """`week` with what was said. Raises ValueError where the two make no sense together."""
        if (self.start, self.end, self.days) == (None, None, ()):
            return week
        hours = changed_hours(week.hours, start=self.start, end=self.end)
        weekdays = (week.weekdays | {day for day, _ in self.days}) - {day for day, pieces in self.days if pieces == ()}
        clocks = {day: _clock_of(pieces) if pieces else hours for day, pieces in self.days if pieces != ()}
        kept = week.by_day if hours == week.hours else ()
        return WorkingWeek(weekdays, hours, kept).with_clocks(clocks)

    def told(self, order: HoursOrder, *, over: WorkingWeek) -> OwnHours:
        """The same with `order`, for somebody who else works by `over`. Raises ValueError for hours without sense."""
        country = self.country if order.country is None else order.country or None
        said = replace(self, zone=order.zone or self.zone, country=country)
        week = self.over(over)
        if order.days:
            days = dict(said.days) | {day: _pieces(order, week.clock_of(day)) for day in order.days}
            if order.only:
                days |= dict.fromkeys(week.weekdays - set(order.days), ())
            said = replace(said, days=tuple(sorted(days.items())))
        elif order.off and (order.start is not None or order.end is not None):
            everyday = {day: _pieces(order, week.clock_of(day)) for day in sorted(week.weekdays)}
            said = replace(said, days=tuple(sorted((dict(said.days) | everyday).items())))
        elif order.start is not None or order.end is not None:
            hours = changed_hours(week.hours, start=order.start, end=order.end)
            plain = tuple((day, pieces if pieces == () else None) for day, pieces in said.days)
            said = replace(said, start=hours.start, end=hours.end, days=plain)
        _ = said.over(over)
        return said


NOTHING_OWN = OwnHours()


@dataclass(frozen=True, slots=True)
class HoursEdit:
    """That somebody set their own hours at `at`; `undone` where it was taken back."""

    at: datetime
    undone: bool = False


def _pieces(order: HoursOrder, clock: WorkingHours) -> tuple[Span, ...] | None:
    """What is worked of a day; None: as everyday."""
    bounded = order.start is not None or order.end is not None
    if not bounded:
        return () if order.off else None
    if not order.off:
        return changed_hours(clock, start=order.start, end=order.end).pieces
    start = clock.start if order.start is None else order.start
    end = clock.end if order.end is None else order.end
    left = [(a, min(b, start)) for a, b in clock.pieces] + [(max(a, end), b) for a, b in clock.pieces]
    return tuple(sorted({(a, b) for a, b in left if a < b}))


def _clock_of(pieces: tuple[Span, ...]) -> WorkingHours:
    breaks = tuple((one[1], other[0]) for one, other in pairwise(pieces))
    return changed_hours(WorkingHours(breaks=()), start=pieces[0][0], end=pieces[-1][1], breaks=breaks)
