"""A follow-up applied to the last request: one thing changes, all else stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from typing import TypeVar

from bot.model.people import Who
from bot.model.requests import Change, ChangeKind, Intent, Request
from bot.model.time import Window, WindowKind

_T = TypeVar("_T")
_WHOLE = (WindowKind.DAYS, WindowKind.NOW)


def apply_change(change: Change, last: Request, *, now: datetime, zone: tzinfo) -> Request:
    """`last` with the one thing of `change` put in its place. LATER and EARLIER change nothing here: steps do."""
    asked = replace(last, assumptions=(), alternatives=(), problem=None, leftover=(), change=None)
    match change.kind:
        case ChangeKind.DAY:
            return replace(asked, windows=_fresh(_on_days(last.windows, change.windows, zone), now))
        case ChangeKind.CLOCK:
            return replace(asked, windows=_fresh(_on_days(change.windows, last.windows, zone), now))
        case ChangeKind.TIME:
            return replace(asked, windows=change.windows)
        case ChangeKind.DURATION:
            return _lasting(asked, change.duration)
        case ChangeKind.ADD:
            return replace(asked, who=_added(asked.who, change.who))
        case ChangeKind.REMOVE:
            return replace(asked, who=_removed(asked.who, change.who))
        case _:
            return asked


def _on_days(hours: Iterable[Window], days: Iterable[Window], zone: tzinfo) -> tuple[Window, ...]:
    """The clock times of `hours` on the days of `days`; whole days and "now" have no clock times to carry over."""
    days = list(days)
    timed = [window for window in hours if window.kind not in _WHOLE]
    if not timed or not days:
        return tuple(days)
    dates = sorted({_midnight(day.start, zone) + timedelta(days=n) for day in days for n in range(_length(day, zone))})
    carried = {_carried(window, date, zone) for window in timed for date in dates}
    return tuple(sorted(carried, key=lambda window: window.start))


def _carried(window: Window, date: datetime, zone: tzinfo) -> Window:
    start, end = window.start.astimezone(zone), window.end.astimezone(zone)
    shift = date - _midnight(start, zone)
    return Window(start + shift, end + shift, window.kind)


def _length(window: Window, zone: tzinfo) -> int:
    """How many calendar days a window touches."""
    last = window.end.astimezone(zone) - timedelta(microseconds=1)
    return (last.date() - window.start.astimezone(zone).date()).days + 1


def _midnight(moment: datetime, zone: tzinfo) -> datetime:
    return moment.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)


def _fresh(windows: tuple[Window, ...], now: datetime) -> tuple[Window, ...]:
    """A window that has begun starts at now; past ones stay only where all are past, for the card to say so."""
    coming = tuple(replace(w, start=max(w.start, now.astimezone(w.start.tzinfo))) for w in windows if w.end > now)
    return coming or windows


def _lasting(request: Request, duration: timedelta | None) -> Request:
    """Another length: of a search its duration, of a question about hours their end."""
    if duration is None or request.intent is not Intent.WHO_IS_FREE:
        return replace(request, duration=duration)
    timed = (WindowKind.POINT, WindowKind.RANGE, WindowKind.NOW)
    windows = tuple(
        Window(w.start, w.start + duration, WindowKind.RANGE) if w.kind in timed else w for w in request.windows
    )
    return replace(request, duration=duration, windows=windows)


def _added(who: Who, more: Who) -> Who:
    return Who(
        mentioned=_union(who.mentioned, more.mentioned),
        names=_union(who.names, more.names),
        teams=_union(who.teams, more.teams),
        me=who.me or more.me,
        everyone=who.everyone or more.everyone,
        without=tuple(staff_id for staff_id in who.without if staff_id not in more.mentioned),
    )


def _removed(who: Who, fewer: Who) -> Who:
    """Without the people of `fewer`, also where they are only meant as part of a team."""
    names = {name.casefold() for name in fewer.names}
    return Who(
        mentioned=tuple(staff_id for staff_id in who.mentioned if staff_id not in fewer.mentioned),
        names=tuple(name for name in who.names if name.casefold() not in names),
        teams=tuple(team for team in who.teams if team not in fewer.teams),
        me=who.me and not fewer.me,
        everyone=who.everyone and not fewer.everyone,
        without=_union(who.without, fewer.mentioned),
    )


def _union(first: tuple[_T, ...], second: tuple[_T, ...]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(first + second))
