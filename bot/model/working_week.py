"""When somebody works in an ordinary week, and how hours of one's own are laid over those of everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.model.requests import WorkingHours

DAY_MINUTES = 24 * 60
LONGEST_SHIFT = 16 * 60
"""A shift past midnight is no longer than this: what is longer has its ends exchanged."""

Span = tuple[int, int]
"""From one time of the clock to another, in minutes after midnight."""


@dataclass(frozen=True, slots=True)
class WorkingWeek:
    """The weekdays that are worked, from Monday = 0, everyday's clock, and the weekdays that have another."""

    weekdays: frozenset[int] = frozenset(range(5))
    hours: WorkingHours = field(default_factory=WorkingHours)
    by_day: tuple[tuple[int, WorkingHours], ...] = ()

    def clock_of(self, weekday: int) -> WorkingHours:
        """The clock of a weekday where it is worked."""
        return dict(self.by_day).get(weekday, self.hours)

    def with_clocks(self, clocks: Mapping[int, WorkingHours]) -> WorkingWeek:
        """The same with these clocks on these weekdays; those that are everyday's are none of their own."""
        merged = {**dict(self.by_day), **clocks}
        kept = tuple(sorted((day, clock) for day, clock in merged.items() if clock != self.hours))
        return replace(self, by_day=kept)


def changed_hours(
    base: WorkingHours, *, start: int | None = None, end: int | None = None, breaks: Iterable[Span] | None = None
) -> WorkingHours:
    """`base` with what is given; its breaks stay as far as they lie in the new hours.

    An end that is not after the start, or 24:00 and more, is past midnight, and so are breaks before the start.
    Raises ValueError where the shift is too long or a break lies outside.

    >>> changed_hours(WorkingHours(), start=22 * 60, end=6 * 60)
    WorkingHours(start=1320, end=1800, breaks=())
    """
    first, last = base.start if start is None else start, base.end if end is None else end
    if last <= first:
        last += DAY_MINUTES
    if not first < last <= first + LONGEST_SHIFT:
        shown = f"{clock(first)} or a shift of {LONGEST_SHIFT // 60} hours at most, found {clock(last)}"
        raise ValueError(f"expected an end after the start {shown}")
    if breaks is None:
        return WorkingHours(first, last, tuple(each for each in base.breaks if first <= each[0] and each[1] <= last))
    return WorkingHours(first, last, tuple(_break_in(pause, first, last) for pause in breaks))


def clock(minutes: int) -> str:
    """A time of the clock: 24:00 is midnight at the end of a day, later ones are those of the next day.

    >>> clock(1800), clock(1440)
    ('06:00', '24:00')
    """
    return "{:02}:{:02}".format(*divmod(minutes - DAY_MINUTES if minutes > DAY_MINUTES else minutes, 60))


def _break_in(pause: Span, first: int, last: int) -> Span:
    begin, finish = (each + DAY_MINUTES if each < first else each for each in pause)
    if not first <= begin < finish <= last:
        text = f"found {clock(pause[0])} to {clock(pause[1])}"
        raise ValueError(f"expected breaks inside the working time, {text}")
    return begin, finish
