"""Stretches of time, always aware, always half-open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

_OFFSET = re.compile(r"([+-])([0-9]{2}):([0-9]{2})")


def zone_named(name: str) -> tzinfo:
    """The zone of an IANA name, or of an offset from UTC ("+05:30").

    Raises ZoneInfoNotFoundError or ValueError for a name that nobody knows.

    >>> zone_named("-03:00"), zone_named("Asia/Tokyo")
    (datetime.timezone(datetime.timedelta(days=-1, seconds=75600)), zoneinfo.ZoneInfo(key='Asia/Tokyo'))
    """
    found = _OFFSET.fullmatch(name)
    if not found:
        return ZoneInfo(name)
    offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(-offset if found[1] == "-" else offset)


def _in_utc(start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """Both in UTC, since two times of one zone compare by its clocks, which may be turned back between them.

    Raises ValueError for a naive time and for an end that is not after its start.
    """
    if start.tzinfo is None or end.tzinfo is None:
        raise ValueError(f"found a naive time in {start!r}..{end!r}, expected aware times")
    first, last = start.astimezone(UTC), end.astimezone(UTC)
    if last <= first:
        raise ValueError(f"found an end {last!r} not after its start {first!r}")
    return first, last


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """From `start` (inclusive) to `end` (exclusive), kept in UTC so that clock changes cannot bend the arithmetic.

    Raises ValueError for a naive time and for an empty interval.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is UTC and self.end.tzinfo is UTC and self.start < self.end:
            return  # as nearly all are; the rest of the check is a third of what an interval costs
        start, end = _in_utc(self.start, self.end)
        if start is not self.start or end is not self.end:
            object.__setattr__(self, "start", start)
            object.__setattr__(self, "end", end)

    @property
    def length(self) -> timedelta:
        """How long it lasts."""
        return self.end - self.start

    def overlaps(self, other: Interval) -> bool:
        """True where the two share at least an instant."""
        return self.start < other.end and other.start < self.end

    def clip(self, bounds: Interval) -> Interval | None:
        """The part inside `bounds`, or None."""
        start, end = max(self.start, bounds.start), min(self.end, bounds.end)
        return Interval(start, end) if start < end else None

    def moved(self, by: timedelta) -> Interval:
        """The same length, elsewhere in time."""
        return Interval(self.start + by, self.end + by)


class WindowKind(StrEnum):
    """How somebody meant a window, so that an answer can print it as they said it."""

    NOW = "now"
    POINT = "point"  # a start only: stands for an hour
    RANGE = "range"  # hours from and to
    PART = "part"  # morning, afternoon, working hours
    DAYS = "days"  # whole calendar days


@dataclass(frozen=True, slots=True)
class Window:
    """The interval that is searched, in the asked zone. Whole days run from midnight to midnight there.

    Raises ValueError for a naive time and for an empty window.
    """

    start: datetime
    end: datetime
    kind: WindowKind = WindowKind.RANGE

    def __post_init__(self) -> None:
        _in_utc(self.start, self.end)

    @property
    def interval(self) -> Interval:
        """The same stretch without its meaning."""
        return Interval(self.start, self.end)


def span(windows: Iterable[Window]) -> Interval:
    """The shortest interval that holds all `windows`. Raises ValueError where there is none."""
    listed = list(windows)
    if not listed:
        raise ValueError("found no window, expected at least one")
    return Interval(min(w.start for w in listed), max(w.end for w in listed))
