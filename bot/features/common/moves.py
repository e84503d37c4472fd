"""The same windows one step on or back: hours, parts of days, whole days, weeks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.availability.working_time import WorkingCalendar
from bot.model.time import Window, WindowKind

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_QUARTER = timedelta(minutes=15)
_FARTHEST_DAY_OFF = 14


def moved(windows: Sequence[Window], now: datetime, calendar: WorkingCalendar, *, forward: bool) -> tuple[Window, ...]:
    """The same windows one step on: hours by their own length, parts of days by a day, several windows by a week."""
    return _moved(tuple(_as_asked(window, now) for window in windows), calendar, forward=forward)


def _moved(windows: Sequence[Window], calendar: WorkingCalendar, *, forward: bool) -> tuple[Window, ...]:
    sign = 1 if forward else -1
    first = windows[0]
    if len(windows) > 1:
        return _shifted(windows, sign * _WEEK)
    if first.kind is WindowKind.DAYS:
        days = max(len(calendar.days(first.interval)), 1)
        start = first.start.replace(hour=0, minute=0, second=0, microsecond=0)
        whole = Window(start, start + days * _DAY, WindowKind.DAYS)
        return _to_worked(whole, calendar, step=sign * days * _DAY)
    if first.kind is WindowKind.PART:
        return _to_worked(first, calendar, step=sign * _DAY)
    return (_next_hours(first, calendar, sign),)


def _as_asked(window: Window, now: datetime) -> Window:
    """Hours that have begun, so that they start at now, in their full length as far as that can be told."""
    if window.start != now or window.kind not in (WindowKind.RANGE, WindowKind.POINT):
        return window
    quarters = -((window.start - window.end) // _QUARTER)
    return Window(window.end - quarters * _QUARTER, window.end, window.kind)


def _shifted(windows: Sequence[Window], by: timedelta) -> tuple[Window, ...]:
    return tuple(Window(window.start + by, window.end + by, window.kind) for window in windows)


def _to_worked(window: Window, calendar: WorkingCalendar, *, step: timedelta) -> tuple[Window, ...]:
    """One step on, and further while that is a day off though the window was not."""
    on_duty = calendar.touches(window.interval)
    moved = _shifted([window], step)
    for _ in range(_FARTHEST_DAY_OFF):
        if not on_duty or calendar.touches(moved[0].interval):
            break
        moved = _shifted(moved, step)
    return moved


def _next_hours(window: Window, calendar: WorkingCalendar, sign: int) -> Window:
    """The hours beside these; past the end of work, the nearest end of the next working day."""
    length = window.end - window.start
    if window.kind is WindowKind.NOW and sign > 0 and not calendar.touches(window.interval):
        return _first_hour_after(window.start, calendar)
    beside = Window(window.start + sign * length, window.end + sign * length, WindowKind.RANGE)
    if calendar.touches(beside.interval) or not calendar.touches(window.interval):
        return beside
    midnight = window.start.replace(hour=0, minute=0, second=0, microsecond=0)
    day = worked_day(midnight + sign * _DAY, calendar, sign * _DAY)
    clock = calendar.clock_of(day.date())
    start = day + timedelta(minutes=clock.start) if sign > 0 else day + timedelta(minutes=clock.end) - length
    return Window(start, start + length, WindowKind.RANGE)


def _first_hour_after(moment: datetime, calendar: WorkingCalendar) -> Window:
    """The first hour of work that is still to come."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    for _ in range(_FARTHEST_DAY_OFF):
        start = day + timedelta(minutes=calendar.clock_of(day.date()).start)
        if calendar.is_worked(day.date()) and start >= moment:
            break
        day += _DAY
    return Window(start, start + timedelta(hours=1), WindowKind.RANGE)


def worked_day(midnight: datetime, calendar: WorkingCalendar, step: timedelta) -> datetime:
    """The first working day from `midnight` on, at midnight."""
    for _ in range(_FARTHEST_DAY_OFF):
        if calendar.is_worked(midnight.date()):
            break
        midnight += step
    return midnight
