"""Other readings as values: their short English names, and as much of a long time as can be asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.model.requests import Alternative
from bot.model.time import Window, WindowKind

LONGEST = timedelta(days=31)
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def first_days(windows: Sequence[Window]) -> tuple[Alternative, ...]:
    """As much of windows that are too long as can be asked about: their first 31 days."""
    stop = windows[0].start.replace(hour=0, minute=0, second=0, microsecond=0) + LONGEST
    first = [replace(window, end=min(window.end, stop)) for window in windows if window.start < stop]
    return (Alternative(tuple(first), name_of(first)),)


def name_of(windows: Sequence[Window]) -> str:
    """The short English name of a reading: "Tue 24 Nov 14:00-16:00"."""
    first = windows[0]
    name = _day_name(first.start)
    if first.kind is WindowKind.DAYS:
        last = first.end - timedelta(minutes=1)
        name += "" if last.date() == first.start.date() else f" - {_day_name(last)}"
    elif first.kind in (WindowKind.POINT, WindowKind.NOW):
        name += f" {_clock(first.start)}"
    else:
        name += f" {_clock(first.start)}-{_clock(first.end)}"
    return name if len(windows) == 1 else f"{name} and {len(windows) - 1} more"


def _day_name(moment: datetime) -> str:
    """Tue 24 Nov, in English whatever the locale is."""
    return f"{_WEEKDAYS[moment.weekday()]} {moment.day} {_MONTHS[moment.month - 1]}"


def _clock(moment: datetime) -> str:
    return f"{moment.hour:02d}:{moment.minute:02d}"


_FARTHEST = timedelta(days=60)
_EARLIEST, _LATEST = 7, 21
"""The hours between which somebody may mean a time that they did not say."""


def is_worth_offering(other: Alternative, now: datetime) -> bool:
    """True for another reading that somebody may mean: not 3 am, not a date next October."""
    first = other.windows[0]
    if first.start - now > _FARTHEST:
        return False
    return first.kind is WindowKind.DAYS or _EARLIEST <= first.start.hour < _LATEST
