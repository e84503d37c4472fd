"""A follow-up applied to the last request: one thing changes, all else stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from typing import TypeVar

from bot.model.people import Who
from bot.model.requests import Change, ChangeKind, Intent, Problem, ProblemCode, Request
from bot.model.time import Window, WindowKind

_T = TypeVar("_T")
_WHOLE = (WindowKind.DAYS, WindowKind.NOW)
_PAST = Problem(ProblemCode.IN_THE_PAST, "found a time that is over, expected one to come, ask about a later time")
_NOBODY_LEFT = Problem(ProblemCode.NO_PEOPLE, "found nobody left to ask about, expected people, name at least one")


def apply_change(change: Change, last: Request, *, now: datetime, zone: tzinfo) -> Request:
    """`last` with the one thing of `change` put in its place. LATER and EARLIER change nothing here: steps do.

    A change that leads into the past or leaves nobody has that as its problem.
    """
    last = replace(last, change=None)
    match change.kind:
        case ChangeKind.DAY:
            return _at(_on_days(last.windows, change.windows, zone), last, now)
        case ChangeKind.CLOCK:
            return _at(_on_days(change.windows, last.windows, zone), last, now)
        case ChangeKind.TIME:
            return _at(change.windows, last, now)
        case ChangeKind.DURATION:
            return _lasting(last, change.duration)
        case ChangeKind.ADD:
            return replace(last, who=_added(last.who, change.who))
        case ChangeKind.REMOVE:
            return _without(last, change.who)
        case _:
            return last


def _at(windows: tuple[Window, ...], last: Request, now: datetime) -> Request:
    """At other times. What stood in the way of the last request were its words or its time: that is gone.

    A window that has begun starts at now; past ones stay only where all are past.
    """
    coming = tuple(replace(w, start=max(w.start, now.astimezone(w.start.tzinfo))) for w in windows if w.end > now)
    return replace(
        last,
        intent=Intent.WHO_IS_FREE if last.intent is Intent.UNCLEAR else last.intent,
        windows=coming or windows,
        assumptions=(),
        alternatives=(),
        problem=None if coming else _PAST,
        leftover=(),
    )


def _on_days(hours: Iterable[Window], days: Iterable[Window], zone: tzinfo) -> tuple[Window, ...]:
    """The clock times of `hours` on the days of `days`; whole days and "now" have no clock times to carry over."""
    days = list(days)
    hours = list(hours)
    timed = [window for window in hours if window.kind not in _WHOLE]
    if not timed or not days:
        return tuple(days or hours)
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


def _lasting(last: Request, duration: timedelta | None) -> Request:
    """Another length: of a search its duration, of a question about hours their end."""
    if duration is None or last.intent is not Intent.WHO_IS_FREE:
        return replace(last, duration=duration)
    windows = tuple(_cut_to(window, duration) for window in last.windows)
    others = tuple(
        replace(other, windows=tuple(_cut_to(window, duration) for window in other.windows))
        for other in last.alternatives
    )
    return replace(last, duration=duration, windows=windows, alternatives=others)


def _cut_to(window: Window, duration: timedelta) -> Window:
    if window.kind not in (WindowKind.POINT, WindowKind.RANGE, WindowKind.NOW):
        return window
    return Window(window.start, window.start + duration, WindowKind.RANGE)


def _added(who: Who, more: Who) -> Who:
    return Who(
        mentioned=_union(who.mentioned, more.mentioned),
        names=_union(who.names, more.names),
        teams=_union(who.teams, more.teams),
        me=who.me or more.me,
        everyone=who.everyone or more.everyone or who.nobody,
        without=tuple(staff_id for staff_id in who.without if staff_id not in more.mentioned),
    )


def _without(last: Request, fewer: Who) -> Request:
    """Fewer people. Where those were all, they stay in the request: nobody named would mean the chat's team."""
    who = _removed(last.who, fewer)
    if who.nobody and not last.who.nobody:
        return replace(last, problem=_NOBODY_LEFT)
    return replace(last, who=who)


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
