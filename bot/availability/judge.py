"""Who is free: the verdict on each person over the asked windows, and the part of them that suits most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.availability.intervals import clip, subtract, union
from bot.availability.working_time import WorkingCalendar
from bot.model.freebusy import BestStretch, Busy, BusyStatus, FreeBusy, State, Unknown, Verdict
from bot.model.people import Missing, Person, UnknownReason
from bot.model.time import Interval, Window, WindowKind

_SHORTEST_FREE = timedelta(minutes=15)


def judged(windows: Iterable[Window], calendar: WorkingCalendar) -> list[Interval]:
    """The stretches that count: whole days stand for their working time, or for themselves on a day off."""
    stretches: list[Interval] = []
    for window in windows:
        worked = calendar.working_time(window.interval) if window.kind is WindowKind.DAYS else []
        stretches += worked or [window.interval]
    return union(stretches)


def judge(
    who: Person | Missing, known: FreeBusy | Unknown, *, stretches: Sequence[Interval], calendar: WorkingCalendar
) -> Verdict:
    """The verdict on one person over `stretches` (from `judged`).

    What is not known stays unknown: a FreeBusy that does not cover the stretches gives UNKNOWN too.
    """
    if isinstance(known, Unknown):
        return Verdict(who, State.UNKNOWN, unknown=known)
    if any(s.start < known.window.start or s.end > known.window.end for s in stretches):
        return Verdict(who, State.UNKNOWN, unknown=Unknown(UnknownReason.NO_ANSWER))
    blocked = [item.interval for item in known.busy if item.status is BusyStatus.BUSY]
    taken = union(item.interval for item in known.busy)
    inside = _items_inside(known.busy, stretches)
    free = _long_enough(subtract(stretches, taken), stretches)
    if any(item.status is BusyStatus.BUSY for item in inside):
        return Verdict(who, State.BUSY, inside, free, None if free else _until(blocked, stretches))
    if inside:
        return Verdict(who, State.TENTATIVE, inside, free)
    outside = not any(calendar.touches(stretch) for stretch in stretches)
    return Verdict(who, State.OUTSIDE_HOURS if outside else State.FREE, free=free)


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


def _items_inside(busy: Iterable[Busy], stretches: Sequence[Interval]) -> tuple[Busy, ...]:
    """The items clipped to the stretches, each status merged for itself, tentative only where nothing is firm."""
    by_status = {
        status: clip((item.interval for item in busy if item.status is status), stretches) for status in BusyStatus
    }
    tentative = subtract(by_status[BusyStatus.TENTATIVE], by_status[BusyStatus.BUSY])
    firm = [Busy(interval, BusyStatus.BUSY) for interval in by_status[BusyStatus.BUSY]]
    return tuple(sorted(firm + [Busy(interval, BusyStatus.TENTATIVE) for interval in tentative]))


def _long_enough(free: list[Interval], stretches: Sequence[Interval]) -> tuple[Interval, ...]:
    """A gap of a few minutes between two meetings is not free time, unless the question was as short."""
    shortest = min(_SHORTEST_FREE, min(stretch.length for stretch in stretches))
    return tuple(gap for gap in free if gap.length >= shortest)


def _until(blocked: list[Interval], stretches: Sequence[Interval]) -> datetime | None:
    """The end of the busy run that the last stretch ends in; it may lie beyond the question."""
    last = stretches[-1].end
    return next((run.end for run in union(blocked) if run.start < last <= run.end), None)
