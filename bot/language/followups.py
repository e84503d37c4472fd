"""A follow-up applied to the last request: one thing changes, all else stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from typing import TypeVar

from bot.language.resolve.windows import begun, in_asked_weeks, in_week, less, on_days
from bot.model.people import StaffId, Who
from bot.model.requests import Alternative, Change, ChangeKind, Intent, Problem, ProblemCode, Request
from bot.model.time import Window, WindowKind

_T = TypeVar("_T")
_OTHER_DAYS = 8
"""How many days from today on another one is looked for."""
_WORKED = 5
_PAST = Problem(ProblemCode.IN_THE_PAST, "found a time that is over, expected one to come, ask about a later time")
_NO_TIME_LEFT = Problem(ProblemCode.NO_TIME, "found no time left to ask about, expected some, name a day or hours")
_NOBODY_LEFT = Problem(ProblemCode.NO_PEOPLE, "found nobody left to ask about, expected people, name at least one")
_OF_PEOPLE = (ProblemCode.NO_PEOPLE, ProblemCode.TOO_MANY_PEOPLE)
_WITH_SENDER = (Intent.FIND_TIME, Intent.BOOK)


def apply_change(change: Change, last: Request, *, now: datetime, zone: tzinfo) -> Request:
    """`last` with the one thing of `change` put in its place.

    What does something with an answer (a step later or earlier, a slot taken, a booking undone, a watch) changes
    nothing here. A change that leads into the past, or leaves no time or nobody, has that as its problem.
    """
    last = replace(last, change=None)
    asked = last.full or last.windows
    match change.kind:
        case ChangeKind.DAY:
            days = in_asked_weeks(change.windows, asked) if change.weekday else change.windows
            return _at(on_days(asked, days, zone), last, now)
        case ChangeKind.WEEK:
            return _at(in_week(asked, change.windows, now=now, zone=zone), last, now)
        case ChangeKind.CLOCK:
            return _at(on_days(change.windows, asked, zone), last, now)
        case ChangeKind.TIME:
            return _at(change.windows, last, now)
        case ChangeKind.SHIFT:
            return _at(_shifted(asked, change.duration or timedelta()), last, now)
        case ChangeKind.OTHER_DAY:
            return _at(on_days(asked, _other_days(asked, now=now, zone=zone), zone), last, now)
        case ChangeKind.EXCEPT:
            return _without_times(last, change.windows)
        case ChangeKind.DURATION:
            return _lasting(last, change.duration)
        case ChangeKind.REPLACE | ChangeKind.ADD | ChangeKind.REMOVE | ChangeKind.OPTIONAL:
            return _with_people(change, last)
        case _:
            return last


# ---------------------------------------------------------------- other times
def _at(windows: tuple[Window, ...], last: Request, now: datetime) -> Request:
    """At other times. What stood in the way of the last request were its words or its time: that is gone.

    A window that has begun starts at now; past ones stay only where all are past.
    """
    full = tuple(window for window in windows if window.end > now)
    coming = tuple(begun(window, now) for window in full)
    return replace(
        last,
        intent=Intent.WHO_IS_FREE if last.intent is Intent.UNCLEAR else last.intent,
        windows=coming or windows,
        full=full if full != coming else (),
        assumptions=(),
        alternatives=(),
        problem=None if coming else _PAST,
        leftover=(),
    )


def _shifted(windows: tuple[Window, ...], by: timedelta) -> tuple[Window, ...]:
    return tuple(replace(window, start=window.start + by, end=window.end + by) for window in windows)


def _other_days(asked: tuple[Window, ...], *, now: datetime, zone: tzinfo) -> tuple[Window, ...]:
    """The working days of the next week that were not asked about."""
    gone = {(window.start.astimezone(zone)).date() for window in asked}
    first = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    days = [first + timedelta(days=count) for count in range(_OTHER_DAYS)]
    free = [day for day in days if day.weekday() < _WORKED and day.date() not in gone]
    return tuple(Window(day, day + timedelta(days=1), WindowKind.DAYS) for day in free)


def _without_times(last: Request, gone: tuple[Window, ...]) -> Request:
    """Less some times; other readings are left without them too, as far as anything is left of them."""
    windows = less(last.windows, gone)
    if not windows:
        return replace(last, problem=_NO_TIME_LEFT)
    others = tuple(Alternative(less(other.windows, gone), other.reading) for other in last.alternatives)
    alternatives = tuple(other for other in others if other.windows)
    return replace(last, windows=windows, full=less(last.full, gone), alternatives=alternatives)


def _lasting(last: Request, duration: timedelta | None) -> Request:
    """Another length: of a search its duration, of a question about hours their end."""
    if duration is None or last.intent is not Intent.WHO_IS_FREE:
        return replace(last, duration=duration)
    others = tuple(replace(other, windows=_cut_to(other.windows, duration)) for other in last.alternatives)
    return replace(
        last,
        duration=duration,
        windows=_cut_to(last.windows, duration),
        full=_cut_to(last.full, duration),
        alternatives=others,
    )


def _cut_to(windows: tuple[Window, ...], duration: timedelta) -> tuple[Window, ...]:
    hourly = (WindowKind.POINT, WindowKind.RANGE, WindowKind.NOW)
    return tuple(
        Window(window.start, window.start + duration, WindowKind.RANGE) if window.kind in hourly else window
        for window in windows
    )


# ---------------------------------------------------------------- other people
def _with_people(change: Change, last: Request) -> Request:
    match change.kind:
        case ChangeKind.REPLACE:
            return _instead(last, change.who)
        case ChangeKind.ADD:
            return replace(_peopled(last), who=_added(last.who, change.who))
        case ChangeKind.OPTIONAL:
            return replace(last, optional=_union(last.optional, _as_asked(change.who, last.who)))
        case _:
            return _without(last, change.who)


def _instead(last: Request, who: Who) -> Request:
    """Somebody else: what was said of the others (who need not come, how many are enough) goes with them.

    Of a time that was looked for with the sender, they stay a part.
    """
    me = who.me or (last.who.me and last.intent in _WITH_SENDER)
    return replace(
        _peopled(last), who=replace(who, me=me, without_me=last.who.without_me and not me), optional=(), quorum=None
    )


def _peopled(last: Request) -> Request:
    """Without the problem of whom it was about."""
    return replace(last, problem=None) if last.problem and last.problem.code in _OF_PEOPLE else last


def _as_asked(some: Who, who: Who) -> tuple[str | StaffId, ...]:
    """The people of `some`; of names those that were asked about, in the letters of then."""
    names = {name.casefold() for name in some.names}
    return (*some.mentioned, *(name for name in who.names if name.casefold() in names))


def _added(who: Who, more: Who) -> Who:
    return Who(
        mentioned=_union(who.mentioned, more.mentioned),
        names=_union(who.names, more.names),
        teams=_union(who.teams, more.teams),
        me=who.me or more.me,
        everyone=who.everyone or more.everyone or who.nobody,
        without=tuple(staff_id for staff_id in who.without if staff_id not in more.mentioned),
        without_names=tuple(name for name in who.without_names if name not in more.names),
        without_me=who.without_me and not more.me,
    )


def _without(last: Request, fewer: Who) -> Request:
    """Fewer people. Where those were all, they stay in the request: nobody named would mean the chat's team."""
    who = _removed(last.who, fewer)
    if who.nobody and not last.who.nobody:
        return replace(last, problem=_NOBODY_LEFT)
    gone = {*fewer.mentioned, *(name.casefold() for name in fewer.names)}
    return replace(last, who=who, optional=tuple(each for each in last.optional if each.casefold() not in gone))


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
        without_names=who.without_names,
        without_me=who.without_me,
    )


def _union(first: tuple[_T, ...], second: tuple[_T, ...]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(first + second))
