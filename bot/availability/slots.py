"""Common times: which slots may be offered, which of them are best, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from bot.availability.board import FREE, MISSING, OUTSIDE, TENTATIVE, UNKNOWN, Board, Rank, read_board
from bot.availability.sought import Attendee, Sought, searched
from bot.availability.verifying import is_true
from bot.model.freebusy import BusyStatus
from bot.model.meetings import Slot
from bot.model.people import StaffId
from bot.model.time import Interval

__all__ = ["Attendee", "Sought", "count_distinct", "count_slots", "find_slots"]

MOST_COUNTED = 99
_DISTANCE = timedelta(hours=2)
_CLEAR_AT_MOST = timedelta(hours=1)
_NONE = timedelta(0)


def find_slots(sought: Sought, *, most: int = 3, apart_from: Sequence[Interval] = ()) -> list[Slot]:
    """Up to `most` slots, the best first, that overlap neither each other nor `apart_from`.

    Without a quorum nobody required is missing; unknown people neither count nor block, and where nobody required can
    be seen there is no slot. Better is: everybody required firmly free; fewer tentative; fewer missing (required ones
    weigh more); fewer outside their working time; inside that of the search; a start on a quarter of an hour; earlier.
    Among equally good slots the starts are two hours apart on one day as long as there are enough of them; worse ones
    follow when those are used up. In hours that nobody named none outside somebody's working time follows one that lies
    inside everybody's. Each slot was checked against the raw items.
    """
    board = read_board(sought)
    taken: dict[Rank, Slot] = {}
    for quality, equals in groupby(sorted(board.offered()), key=_quality):
        inside = any(not rank.outside for rank in taken)
        if sought.by_work and inside and quality[-1]:
            continue
        _take(list(equals), taken, board=board, most=most, apart_from=apart_from)
        if len(taken) >= most:
            break
    return [taken[rank] for rank in sorted(taken)]


def _quality(rank: Rank) -> tuple[int, ...]:
    return (rank.held_up, rank.unknown, rank.tentative, rank.missing, rank.missing_optional, rank.outside)


def _take(
    equals: list[Rank], taken: dict[Rank, Slot], *, board: Board, most: int, apart_from: Sequence[Interval]
) -> None:
    """Adds slots of one quality to `taken`: first those at a distance, then those that merely do not overlap."""
    sought = board.sought
    for distance in (_DISTANCE, _NONE):
        for rank in equals:
            if len(taken) >= most:
                return
            interval = Interval(rank.start, rank.start + sought.duration)
            shown = [slot.interval for slot in taken.values()]
            if any(map(interval.overlaps, [*shown, *apart_from])) or _is_near(interval, shown, distance, sought):
                continue
            slot = _slot(board, interval)
            if is_true(slot, sought):
                taken[rank] = slot


def count_slots(sought: Sought) -> int:
    """How many slots there are that do not overlap, 99 at most."""
    return count_distinct([rank.start for rank in read_board(sought).offered()], duration=sought.duration)


def count_distinct(starts: Sequence[datetime], *, duration: timedelta) -> int:
    """How many slots from `starts` (in order of time) can stand beside each other, 99 at most."""
    count = 0
    free_from: datetime | None = None
    for start in starts:
        if free_from is None or start >= free_from:
            count += 1
            free_from = start + duration
    return min(count, MOST_COUNTED)


def _is_near(interval: Interval, shown: Sequence[Interval], distance: timedelta, sought: Sought) -> bool:
    day = _day(interval, sought)
    return any(abs(interval.start - other.start) < distance and _day(other, sought) == day for other in shown)


def _day(interval: Interval, sought: Sought) -> int:
    return interval.start.astimezone(sought.calendar.zone).toordinal()


def _slot(board: Board, interval: Interval) -> Slot:
    standing = board.standing(interval.start)
    free = [attendee for attendee, how in standing if how in (FREE, OUTSIDE)]
    before, after = _clear(free, interval, board.sought)
    return Slot(
        interval,
        missing=_who(standing, MISSING),
        tentative=_who(standing, TENTATIVE),
        unknown=_who(standing, UNKNOWN),
        outside=_who(standing, OUTSIDE),
        clear_before=before,
        clear_after=after,
        just_after=_just_after(free, interval),
    )


def _who(standing: Sequence[tuple[Attendee, int]], asked: int) -> tuple[StaffId, ...]:
    return tuple(attendee.staff_id for attendee, how in standing if how == asked)


def _clear(free: Sequence[Attendee], interval: Interval, sought: Sought) -> tuple[timedelta, timedelta]:
    """For how long those who are free stay so before and after, inside the stretch that was searched."""
    pieces = [piece for piece in searched(sought) if piece.clip(interval) == interval]
    earliest = max(min(piece.start for piece in pieces), interval.start - _CLEAR_AT_MOST)
    latest = min(max(piece.end for piece in pieces), interval.end + _CLEAR_AT_MOST)
    for known in (each.free_busy for each in free):
        if known is None:
            continue
        earliest, latest = max(earliest, known.window.start), min(latest, known.window.end)
        for busy in known.busy:
            if busy.interval.end <= interval.start:
                earliest = max(earliest, busy.interval.end)
            else:
                latest = min(latest, busy.interval.start)
    return interval.start - earliest, latest - interval.end


def _just_after(free: Sequence[Attendee], interval: Interval) -> StaffId | None:
    """The first of those who are free whose meeting ends where the slot begins."""
    for attendee in free:
        for item in attendee.free_busy.busy if attendee.free_busy else ():
            if item.interval.end == interval.start and item.status is BusyStatus.BUSY:
                return attendee.staff_id
    return None
