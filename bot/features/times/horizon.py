"""How far a search for a common time looks: its windows, and the days after them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice

from bot.availability.working_time import WorkingCalendar
from bot.model.requests import Request
from bot.model.time import Interval, Window, WindowKind

_DAY = timedelta(days=1)
_WORKING_DAYS = 5
_MOST_DAYS = 31


def with_horizon(request: Request, now: datetime, calendar: WorkingCalendar) -> Request:
    """`request` with windows: without any of its own it looks from now through the next five working days."""
    if request.windows or request.problem:
        return request
    start = now.astimezone(calendar.zone)
    days = worked_after(start.date(), calendar)
    last = days[-1] if days else start.date() + _DAY
    window = Window(start, _midnight(last + _DAY, calendar), WindowKind.DAYS)
    return replace(request, windows=(window,))


def farther(request: Request, calendar: WorkingCalendar) -> tuple[Window, ...]:
    """The hours of the last day of `request` on up to five working days after it, in order; 31 days in all at most.

    A whole day that had begun is whole again.
    """
    windows = _as_asked(request)
    last = max(_last_day(window, calendar) for window in windows)
    first = min(calendar.days(window.interval)[0] for window in windows)
    pieces = list(_on_day(last, windows, calendar))
    days = [day for day in worked_after(last, calendar) if (day - first).days < _MOST_DAYS]
    return tuple(Window(w.start + (day - last), w.end + (day - last), w.kind) for day in days for w in pieces)


def worked_after(day: date, calendar: WorkingCalendar) -> list[date]:
    """The five working days after `day`; fewer where a month holds fewer."""
    following = (day + number * _DAY for number in range(1, _MOST_DAYS))
    return list(islice(filter(calendar.is_worked, following), _WORKING_DAYS))


def _as_asked(request: Request) -> Sequence[Window]:
    """The windows before any of them was cut to what is still to come."""
    full = request.full
    return full if full and full[-1].end == request.windows[-1].end else request.windows


def _last_day(window: Window, calendar: WorkingCalendar) -> date:
    """The day whose hours `window` is: hours over midnight are of the day they begin on."""
    return calendar.days(window.interval)[-1 if window.kind is WindowKind.DAYS else 0]


def _on_day(day: date, windows: Iterable[Window], calendar: WorkingCalendar) -> Iterable[Window]:
    """What `windows` have on `day`, on the clocks of the calendar."""
    whole = [_clipped(window, day, calendar) for window in windows if window.kind is WindowKind.DAYS]
    for number, piece in enumerate(filter(None, whole)):
        yield piece if number else replace(piece, start=_midnight(day, calendar))
    for window in windows:
        if window.kind is not WindowKind.DAYS and _last_day(window, calendar) == day:
            yield _local(window.interval, window.kind, calendar)


def _clipped(window: Window, day: date, calendar: WorkingCalendar) -> Window | None:
    inside = window.interval.clip(calendar.day(day))
    return _local(inside, window.kind, calendar) if inside else None


def _local(interval: Interval, kind: WindowKind, calendar: WorkingCalendar) -> Window:
    """On the clocks of the calendar, where 09:00 stays 09:00 on every day."""
    return Window(interval.start.astimezone(calendar.zone), interval.end.astimezone(calendar.zone), kind)


def _midnight(day: date, calendar: WorkingCalendar) -> datetime:
    return calendar.day(day).start.astimezone(calendar.zone)
