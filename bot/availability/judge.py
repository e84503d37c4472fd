"""Who is free: the verdict on each person over the asked windows, and the part of them that suits most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.availability.intervals import clip, subtract, union
from bot.availability.working_time import Calendars, WorkingCalendar
from bot.model.freebusy import BestStretch, Busy, BusyStatus, FreeBusy, State, Unknown, Verdict
from bot.model.people import Missing, Person, UnknownReason
from bot.model.time import Interval, Window, WindowKind

_SHORTEST_FREE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of whoever works by one calendar: where items count, and where time may be free.

    `state` is that of somebody with an empty calendar.
    """

    stretches: list[Interval]
    open: list[Interval]
    state: State


def judged(windows: Iterable[Window], calendar: WorkingCalendar) -> list[Interval]:
    """The stretches that count: whole days stand for their working time, or for themselves on a day off."""
    return _asked(windows, calendar).stretches


def judge_all(
    known: Iterable[tuple[Person | Missing, FreeBusy | Unknown]], *, windows: Sequence[Window], calendars: Calendars
) -> tuple[Verdict, ...]:
    """The verdict on each person over `windows`, in the given order, each by their own calendar.

    Whole days stand for somebody's working time there: nobody is free in other hours that nobody named. Hours that were
    named are judged as they were named; a part of the day by name is free in the hours of work that it meets, breaks
    included, or throughout where it meets none. What is not known stays unknown: a FreeBusy that does not cover what is
    asked gives UNKNOWN too.
    """
    asked: dict[int, _Asked] = {}  # by the id of a calendar, as most people share one
    verdicts = []
    for who, what in known:
        calendar = calendars.of(who.staff_id)
        if id(calendar) not in asked:
            asked[id(calendar)] = _asked(windows, calendar)
        verdicts.append(_judge(who, what, asked[id(calendar)]))
    return tuple(verdicts)


def judge(
    who: Person | Missing, known: FreeBusy | Unknown, *, windows: Sequence[Window], calendar: WorkingCalendar
) -> Verdict:
    """The verdict on one person; see `judge_all`."""
    return judge_all([(who, known)], windows=windows, calendars=Calendars(calendar))[0]


def _asked(windows: Iterable[Window], calendar: WorkingCalendar) -> _Asked:
    stretches: list[Interval] = []
    free: list[Interval] = []
    for window in windows:
        whole = [window.interval]
        match window.kind:
            case WindowKind.DAYS:
                worked = calendar.working_time(window.interval)
                stretches += worked or whole
                free += worked
            case WindowKind.PART:
                stretches += whole
                free += calendar.shifts(window.interval) or whole
            case _:
                stretches += whole
                free += whole
    at_work = any(map(calendar.touches, stretches))
    return _Asked(union(stretches), union(free), State.FREE if at_work else State.OUTSIDE_HOURS)


def _judge(who: Person | Missing, known: FreeBusy | Unknown, asked: _Asked) -> Verdict:
    stretches = asked.stretches
    whole = Interval(stretches[0].start, stretches[-1].end)
    leave = None if known.leave is None else tuple(each for each in known.leave if each.overlaps(whole))
    if isinstance(known, Unknown):
        return Verdict(who, State.UNKNOWN, unknown=known, leave=leave)
    if whole.start < known.window.start or whole.end > known.window.end:
        return Verdict(who, State.UNKNOWN, unknown=known.beyond or Unknown(UnknownReason.NO_ANSWER), leave=leave)
    near = [item for item in known.busy if item.interval.overlaps(whole)]
    inside = _items_inside(near, stretches) if near else ()
    if not inside:
        return Verdict(who, asked.state, free=tuple(asked.open), leave=leave)
    taken = [item.interval for item in near]
    if not asked.open and subtract(stretches, taken):
        return Verdict(who, State.OUTSIDE_HOURS, inside, leave=leave)
    free = _long_enough(subtract(asked.open, taken), stretches)
    if all(item.status is BusyStatus.TENTATIVE for item in inside):
        return Verdict(who, State.TENTATIVE, inside, free, leave=leave)
    return Verdict(who, State.BUSY, inside, free, None if free else _until(known.busy, stretches), leave=leave)


def best_stretch(verdicts: Iterable[Verdict], *, shortest: timedelta) -> BestStretch | None:
    """Where most people are free for at least `shortest`, the longest such stretch, the earliest of equals.

    The same people are free throughout. None where nobody is free that long.
    """
    free = [stretch for verdict in verdicts for stretch in verdict.free if stretch.length >= shortest]
    most: BestStretch | None = None
    for start in sorted({stretch.start for stretch in free}):
        suiting = [stretch.end for stretch in free if stretch.start <= start and stretch.end >= start + shortest]
        found = BestStretch(Interval(start, min(suiting)), len(suiting))
        if most is None or (found.free, found.interval.length) > (most.free, most.interval.length):
            most = found
    return most


def _items_inside(busy: Sequence[Busy], stretches: Sequence[Interval]) -> tuple[Busy, ...]:
    """The items clipped to the stretches, each status merged for itself, tentative only where nothing is firm."""
    firm = clip([item.interval for item in busy if item.status is BusyStatus.BUSY], stretches)
    tentative = [item.interval for item in busy if item.status is BusyStatus.TENTATIVE]
    items = [Busy(interval, BusyStatus.BUSY) for interval in firm]
    if tentative:
        left = subtract(clip(tentative, stretches), firm)
        items += [Busy(interval, BusyStatus.TENTATIVE) for interval in left]
        items.sort(key=lambda item: item.interval.start)
    return tuple(items)


def _long_enough(free: list[Interval], stretches: Sequence[Interval]) -> tuple[Interval, ...]:
    """A gap of a few minutes between two meetings is not free time, unless the question was as short."""
    shortest = min(_SHORTEST_FREE, min(stretch.length for stretch in stretches))
    return tuple(gap for gap in free if gap.length >= shortest)


def _until(busy: Iterable[Busy], stretches: Sequence[Interval]) -> datetime | None:
    """The end of the busy run that the last stretch ends in; it may lie beyond the question."""
    last = stretches[-1].end
    runs = union(item.interval for item in busy if item.status is BusyStatus.BUSY)
    return next((run.end for run in runs if run.start < last <= run.end), None)
