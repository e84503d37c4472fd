"""Hours carried over to other days and weeks, and windows with times cut out of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from operator import attrgetter

from bot.model.time import Window, WindowKind

_DAY = timedelta(days=1)
_WEEK = 7
_WORKED = 5
_FARTHEST = 5
"""Weeks in which a weekday is looked for."""
_WHOLE = (WindowKind.DAYS, WindowKind.NOW)


def on_days(hours: Iterable[Window], days: Iterable[Window], zone: tzinfo) -> tuple[Window, ...]:
    """The clock times of `hours` on the days of `days`, of a week on its Monday to Friday.

    Whole days and "now" have no clock times to carry over: those give the days as they are.
    """
    days, hours = tuple(days), tuple(hours)
    timed = _timed(hours)
    if not timed or not days:
        return days or hours
    return _on_dates(timed, (date for day in days for date in _dates(day, zone)), zone)


def in_week(hours: Iterable[Window], weeks: Sequence[Window], *, now: datetime, zone: tzinfo) -> tuple[Window, ...]:
    """The clock times of `hours` on the same weekdays of another week; whole days give that week.

    The rest of a week that is running, from today to its Friday, becomes Monday to Friday.
    """
    timed = _timed(tuple(hours))
    if not timed or not weeks:
        return tuple(weeks)
    weekdays = {window.start.astimezone(zone).weekday() for window in timed}
    if len(weekdays) > 1 and weekdays == set(range(now.astimezone(zone).weekday(), _WORKED)):
        weekdays = set(range(_WORKED))
    dates = (date for week in weeks for date in _every_date(week, zone) if date.weekday() in weekdays)
    return _on_dates(timed, dates, zone)


def in_asked_weeks(days: Iterable[Window], asked: Sequence[Window]) -> tuple[Window, ...]:
    """The same weekdays in the weeks that were asked about, where those come later and have them; else as they are."""
    return tuple(_in_asked_week(day, asked) for day in days)


def _in_asked_week(day: Window, asked: Sequence[Window]) -> Window:
    for weeks in range(_FARTHEST):
        by = timedelta(weeks=weeks)
        moved = replace(day, start=day.start + by, end=day.end + by)
        if any(window.start < moved.end and moved.start < window.end for window in asked):
            return moved
    return day


def begun(window: Window, now: datetime) -> Window:
    """The window from now on, where it has begun."""
    return window if window.start >= now else replace(window, start=now.astimezone(window.start.tzinfo))


def united(windows: Sequence[Window]) -> tuple[Window, ...]:
    """The windows in order of time; those that overlap become one, those that only touch stay two."""
    if len(windows) < 2:
        return tuple(windows)
    found: list[Window] = []
    for window in sorted(windows, key=attrgetter("start", "end")):
        if found and window.start < found[-1].end:
            if window.end > found[-1].end:
                found[-1] = Window(found[-1].start, window.end)
            continue
        found.append(window)
    return tuple(found)


def less(windows: Iterable[Window], gone: Iterable[Window]) -> tuple[Window, ...]:
    """What is left of `windows` without the times of `gone`."""
    holes = united(tuple(gone))
    ends = [hole.end for hole in holes]
    left: list[Window] = []
    for window in windows:
        start = window.start
        for hole in holes[bisect_right(ends, start) :]:
            if hole.start >= window.end:
                break
            if start < hole.start:
                left.append(Window(start, hole.start, window.kind))
            start = hole.end
        if start < window.end:
            left.append(window if start is window.start else Window(start, window.end, window.kind))
    return tuple(left)


def _timed(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    return tuple(window for window in windows if window.kind not in _WHOLE)


def _on_dates(timed: tuple[Window, ...], dates: Iterable[datetime], zone: tzinfo) -> tuple[Window, ...]:
    carried = {_carried(window, date, zone) for date in set(dates) for window in timed}
    return tuple(sorted(carried, key=lambda window: window.start))


def _carried(window: Window, date: datetime, zone: tzinfo) -> Window:
    start, end = window.start.astimezone(zone), window.end.astimezone(zone)
    shift = date - _midnight(start, zone)
    return Window(start + shift, end + shift, window.kind)


def _dates(window: Window, zone: tzinfo) -> list[datetime]:
    """The midnights of the days it touches; of a whole week, those of its Monday to Friday."""
    dates = _every_date(window, zone)
    is_week = window.kind is WindowKind.DAYS and len(dates) == _WEEK and dates[0].weekday() == 0
    return dates[:_WORKED] if is_week else dates


def _every_date(window: Window, zone: tzinfo) -> list[datetime]:
    last = window.end.astimezone(zone) - timedelta(microseconds=1)
    count = (last.date() - window.start.astimezone(zone).date()).days + 1
    return [_midnight(window.start, zone) + n * _DAY for n in range(count)]


def _midnight(moment: datetime, zone: tzinfo) -> datetime:
    return moment.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
