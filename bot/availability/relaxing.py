"""Where no slot suits: what comes nearest, and which single change would open slots. Each is really searched for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.availability.board import MISSING, TENTATIVE, UNKNOWN, read_board
from bot.availability.intervals import union
from bot.availability.slots import count_distinct, count_slots
from bot.availability.sought import MARK, Attendee, Sought, next_mark, searched
from bot.availability.stretches import common_stretches
from bot.model.meetings import Closest, Relaxation, RelaxationKind
from bot.model.people import StaffId
from bot.model.time import Interval, Window

_SHORTER = tuple(timedelta(minutes=minutes) for minutes in (90, 60, 45, 30, 15))
_SHORTEST = timedelta(minutes=15)
_BEFORE_WORK = timedelta(hours=1)
_AFTER_WORK = timedelta(hours=2)


def closest(sought: Sought) -> tuple[Closest, ...]:
    """What comes nearest to `sought`, for which there is no slot: at most one of each kind, true things only.

    First the earliest slot that the fewest people stand in the way of, unless nobody required who can be seen could
    come; then the longest stretch of at least 15 minutes, in steps of five, in which all required (or a quorum) are
    free.
    """
    nearest = (_least_blocked(sought), _longest(sought))
    return tuple(each for each in nearest if each)


def relaxations(sought: Sought, *, farther: Sequence[Window]) -> tuple[Relaxation, ...]:
    """The single changes that open slots, each with how many: shorter, a later day, somebody optional, off hours.

    `farther` are windows of days after the horizon, in order; they are added one by one until there is a slot. What is
    known of the attendees must reach as far. Where the search has slots already, a later day and an optional person
    count those they add.
    """
    found = (_shorter(sought), _farther(sought, farther), _optional(sought), _off_hours(sought))
    return tuple(each for each in found if each)


def _least_blocked(sought: Sought) -> Closest | None:
    board, required = read_board(sought), len(sought.required)
    starts = zip(board.starts, board.columns(), strict=False)
    possible = [(blocked, start) for start, column in starts if (blocked := _blocked(column, required, sought.quorum))]
    if not possible:
        return None
    start = min(possible)[1]
    interval = Interval(start, start + sought.duration)
    in_the_way = (MISSING,) if sought.quorum is None else (MISSING, TENTATIVE)
    among = board.standing(start)[: required if sought.quorum is None else None]
    blockers = [attendee for attendee, how in among if how in in_the_way]
    return Closest(interval, tuple(each.staff_id for each in blockers), _free_from(blockers, interval, sought))


def _blocked(column: Sequence[int], required: int, quorum: int | None) -> int:
    """How many stand in the way at a start; 0 where nobody required could come, or too few can be seen."""
    needed = column[:required]
    if needed.count(MISSING) + needed.count(UNKNOWN) == required:
        return 0
    if quorum is None:
        return needed.count(MISSING)
    seen = len(column) - column.count(UNKNOWN)
    return column.count(MISSING) + column.count(TENTATIVE) if seen >= quorum else 0


def _free_from(blockers: Sequence[Attendee], interval: Interval, sought: Sought) -> datetime | None:
    """When all blockers are free after the last that they have in `interval`; None where that is not seen that day."""
    known = [each.free_busy for each in blockers if each.free_busy]
    runs = union(item.interval for each in known for item in each.busy)
    end = next(run.end for run in reversed(runs) if run.overlaps(interval))
    same_day = _day(end, sought) == _day(interval.start, sought)
    return end if same_day and all(end < each.window.end for each in known) else None


def _day(moment: datetime, sought: Sought) -> date:
    return moment.astimezone(sought.calendar.zone).date()


def _longest(sought: Sought) -> Closest | None:
    """The longest stretch of all, the earliest of equals, from mark to mark of the clock."""
    stretches = []
    for stretch in common_stretches(sought, shortest=_SHORTEST):
        start = next_mark(stretch.start)
        whole = (stretch.end - start) // MARK * MARK
        if _SHORTEST <= whole < sought.duration:
            stretches.append(Interval(start, start + whole))
    return Closest(max(stretches, key=_by_length)) if stretches else None


def _by_length(stretch: Interval) -> timedelta:
    return stretch.length


def _shorter(sought: Sought) -> Relaxation | None:
    for duration in _SHORTER:
        if duration < sought.duration and (slots := count_slots(replace(sought, duration=duration))):
            return Relaxation(RelaxationKind.SHORTER, slots, duration=duration)
    return None


def _farther(sought: Sought, farther: Sequence[Window]) -> Relaxation | None:
    for number in range(1, len(farther) + 1):
        if slots := count_slots(replace(sought, windows=tuple(farther[:number]))):
            return Relaxation(RelaxationKind.FARTHER, slots, windows=(*sought.windows, *farther[:number]))
    return None


def _optional(sought: Sought) -> Relaxation | None:
    """The person who stands alone in the way of the most slots."""
    if sought.quorum is not None:
        return None
    board, required = read_board(sought), len(sought.required)
    opened: dict[StaffId, list[datetime]] = {}
    for start, column in zip(board.starts, board.columns(), strict=False):
        others = column[:required]
        if others.count(MISSING) == 1 and set(others) - {MISSING, UNKNOWN}:
            opened.setdefault(board.attendees[others.index(MISSING)].staff_id, []).append(start)
    counts = {person: count_distinct(starts, duration=sought.duration) for person, starts in opened.items()}
    if not counts:
        return None
    person = min(counts, key=lambda each: (-counts[each], each))
    return Relaxation(RelaxationKind.OPTIONAL, counts[person], person=person)


def _off_hours(sought: Sought) -> Relaxation | None:
    windows = _widened(sought)
    slots = count_slots(replace(sought, windows=windows))
    return Relaxation(RelaxationKind.OFF_HOURS, slots, windows=windows) if slots else None


def _widened(sought: Sought) -> tuple[Window, ...]:
    """What is searched, with the hours before and after work where it reaches the start or the end of work."""
    pieces, zone = searched(sought), sought.calendar.zone
    added = []
    for hours in _shifts(sought):
        if hours.start > sought.now and any(each.start <= hours.start < each.end for each in sought.windows):
            added.append(Interval(hours.start - _BEFORE_WORK, hours.start))
        if hours.end + _AFTER_WORK > sought.now and any(each.start < hours.end <= each.end for each in sought.windows):
            added.append(Interval(hours.end, hours.end + _AFTER_WORK))
    widened = union([*pieces, *added])
    return tuple(Window(each.start.astimezone(zone), each.end.astimezone(zone)) for each in widened)


def _shifts(sought: Sought) -> list[Interval]:
    """The working days, breaks included, of whoever is to come that begin on the days that are searched."""
    found = {
        hours
        for calendar in sought.calendars
        for window in sought.windows
        for day in calendar.days(window.interval)
        if (hours := calendar.hours_of(day))
    }
    return sorted(found)
