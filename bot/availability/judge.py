"""Who is free: the verdict on each person over the asked windows, and the part of them that suits most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.availability.intervals import clip, subtract, union
from bot.availability.working_time import WorkingCalendar
from bot.model.freebusy import BestStretch, Busy, BusyStatus, FreeBusy, State, Unknown, Verdict
from bot.model.people import Missing, Person, StaffId, UnknownReason
from bot.model.time import Interval, Window, WindowKind

_SHORTEST_FREE = timedelta(minutes=15)


def judged(windows: Iterable[Window], calendar: WorkingCalendar) -> list[Interval]:
    """The stretches that count: whole days stand for their working time, or for themselves on a day off."""
    stretches: list[Interval] = []
    for window in windows:
        worked = calendar.working_time(window.interval) if window.kind is WindowKind.DAYS else []
        stretches += worked or [window.interval]
    return union(stretches)


def judge_all(
    known: Iterable[tuple[Person | Missing, FreeBusy | Unknown]],
    *,
    stretches: Sequence[Interval],
    calendar: WorkingCalendar,
    own: Mapping[StaffId, WorkingCalendar] | None = None,
) -> tuple[Verdict, ...]:
    """The verdict on each person over `stretches` (from `judged`), in the given order; `own` are other calendars.

    What is not known stays unknown: a FreeBusy that does not cover the stretches gives UNKNOWN too.
    """
    most = _idle(calendar, stretches)
    others = {person: _idle(theirs, stretches) for person, theirs in own.items()} if own else {}
    return tuple(
        _judge(who, what, stretches, others.get(who.staff_id, most) if who.staff_id else most) for who, what in known
    )


def judge(
    who: Person | Missing, known: FreeBusy | Unknown, *, stretches: Sequence[Interval], calendar: WorkingCalendar
) -> Verdict:
    """The verdict on one person; see `judge_all`."""
    return judge_all([(who, known)], stretches=stretches, calendar=calendar)[0]


def _idle(calendar: WorkingCalendar, stretches: Iterable[Interval]) -> State:
    """The state of somebody who works by `calendar` and has nothing in theirs."""
    return State.FREE if any(calendar.touches(stretch) for stretch in stretches) else State.OUTSIDE_HOURS


def _judge(who: Person | Missing, known: FreeBusy | Unknown, stretches: Sequence[Interval], idle: State) -> Verdict:
    """`idle` is the state of somebody whose calendar is empty."""
    if isinstance(known, Unknown):
        return Verdict(who, State.UNKNOWN, unknown=known)
    if stretches[0].start < known.window.start or stretches[-1].end > known.window.end:
        return Verdict(who, State.UNKNOWN, unknown=Unknown(UnknownReason.NO_ANSWER))
    asked = Interval(stretches[0].start, stretches[-1].end)
    near = [item for item in known.busy if item.interval.overlaps(asked)]
    inside = _items_inside(near, stretches) if near else ()
    if not inside:
        return Verdict(who, idle, free=tuple(stretches))
    free = _long_enough(subtract(stretches, [item.interval for item in near]), stretches)
    if all(item.status is BusyStatus.TENTATIVE for item in inside):
        return Verdict(who, State.TENTATIVE, inside, free)
    return Verdict(who, State.BUSY, inside, free, None if free else _until(known.busy, stretches))


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
