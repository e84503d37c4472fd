"""Every start that a slot could have, and how each attendee stands there. One pass over everybody's items."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bot.availability.intervals import union
from bot.availability.sought import MARK, Attendee, Sought, searched
from bot.availability.working_time import WorkingCalendar
from bot.model.freebusy import BusyStatus
from bot.model.time import Interval

# How somebody stands in a slot, as one byte of their row.
FREE, OUTSIDE, TENTATIVE, MISSING, UNKNOWN = range(5)


class Rank(NamedTuple):
    """A slot that may be offered; the smaller the better. All but the last three are numbers of people.

    `held_up` counts one where somebody required is not firmly free. `elsewhere` is True outside the working time of the
    search's own calendar. `uneven` is True for a start that is neither on a quarter of an hour nor where its stretch
    begins, which is offered where nothing else is left.
    """

    held_up: bool
    unknown: int
    tentative: int
    missing: int
    missing_optional: int
    outside: int
    elsewhere: bool
    uneven: bool
    start: datetime


@dataclass(frozen=True, slots=True)
class Board:
    """`starts` are in order of time; `rows` hold one byte for each of them, for the attendees, the required first.

    `here` is such a row of the search's own calendar.
    """

    sought: Sought
    starts: tuple[datetime, ...]
    here: bytearray
    uneven: tuple[bool, ...]
    attendees: tuple[Attendee, ...]
    rows: tuple[bytearray, ...]

    def columns(self) -> Iterator[tuple[int, ...]]:
        """How everybody stands, start by start."""
        return zip(*self.rows, strict=True)

    def standing(self, start: datetime) -> list[tuple[Attendee, int]]:
        """Each attendee with how they stand at one of the starts, the required first."""
        at = bisect_left(self.starts, start)
        return [(attendee, row[at]) for attendee, row in zip(self.attendees, self.rows, strict=True)]

    def offered(self) -> list[Rank]:
        """The starts of slots that may be offered, in order of time."""
        required, quorum = len(self.sought.required), self.sought.quorum
        ranks = []
        for start, here, uneven, column in zip(self.starts, self.here, self.uneven, self.columns(), strict=False):
            rank = _rank(column[:required], column[required:], (here == OUTSIDE, uneven, start))
            if rank.unknown == required:
                continue
            enough = rank.missing == 0 if quorum is None else column.count(FREE) + column.count(OUTSIDE) >= quorum
            if enough:
                ranks.append(rank)
        return ranks


def read_board(sought: Sought) -> Board:
    """How everybody stands at every start of `sought`."""
    uneven = _starts(sought)
    starts = tuple(sorted(uneven))
    attendees = sought.required + sought.optional
    at_work = {id(each): each for each in (*sought.calendars, sought.calendar)}
    blank = {key: _off_work(calendar, starts, sought) for key, calendar in at_work.items()}
    rows = tuple(_row(each, starts, sought, bytearray(blank[id(each.calendar)])) for each in attendees)
    return Board(sought, starts, blank[id(sought.calendar)], tuple(uneven[start] for start in starts), attendees, rows)


def _starts(sought: Sought) -> dict[datetime, bool]:
    """Every start whose slot lies in one stretch, and whether it is uneven."""
    starts: dict[datetime, bool] = {}
    for piece in searched(sought):
        last = piece.end - sought.duration
        start = piece.start
        while start <= last:
            starts[start] = starts.get(start, True) and start.minute % 15 != 0 and start != piece.start
            start += MARK
    return starts


def _off_work(calendar: WorkingCalendar, starts: tuple[datetime, ...], sought: Sought) -> bytearray:
    """A row that is FREE where a slot lies in working time, else OUTSIDE."""
    row = bytearray([OUTSIDE]) * len(starts)
    if starts:
        bounds = Interval(starts[0], starts[-1] + sought.duration)
        for worked in union(calendar.working_time(bounds)):
            _mark(row, bisect_left(starts, worked.start), bisect_right(starts, worked.end - sought.duration), FREE)
    return row


def _row(attendee: Attendee, starts: tuple[datetime, ...], sought: Sought, row: bytearray) -> bytearray:
    """`row` with what is known of the attendee written over it."""
    known, length = attendee.free_busy, sought.duration
    if known is None or not starts:
        return bytearray([UNKNOWN]) * len(starts)
    last = starts[-1] + length
    near = [item for item in known.busy if item.interval.end > starts[0] and item.interval.start < last]
    for status, standing in ((BusyStatus.TENTATIVE, TENTATIVE), (BusyStatus.BUSY, MISSING)):
        for item in near:
            if item.status is status:
                first = bisect_right(starts, item.interval.start - length)
                _mark(row, first, bisect_left(starts, item.interval.end), standing)
    _mark(row, 0, bisect_left(starts, known.window.start), UNKNOWN)
    _mark(row, bisect_right(starts, known.window.end - length), len(row), UNKNOWN)
    return row


def _mark(row: bytearray, start: int, end: int, standing: int) -> None:
    if start < end:
        row[start:end] = bytes([standing]) * (end - start)


def _rank(required: tuple[int, ...], optional: tuple[int, ...], place: tuple[bool, bool, datetime]) -> Rank:
    """`place` are the last three of the rank."""
    tentative, missing = required.count(TENTATIVE), required.count(MISSING)
    return Rank(
        held_up=bool(tentative or missing),
        unknown=required.count(UNKNOWN),
        tentative=tentative + optional.count(TENTATIVE),
        missing=missing,
        missing_optional=optional.count(MISSING),
        outside=required.count(OUTSIDE) + optional.count(OUTSIDE),
        elsewhere=place[0],
        uneven=place[1],
        start=place[2],
    )
