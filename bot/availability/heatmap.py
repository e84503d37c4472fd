"""Heat maps: who is free in which hour of a day, and how large a share of people is in which hour of several days."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.availability.working_time import WorkingCalendar
from bot.model.freebusy import BestStretch, BusyStatus, FreeBusy, Unknown
from bot.model.overview import Cell, DayMap, DayRow, PersonRow, Share
from bot.model.people import Missing, Person, UnknownReason
from bot.model.time import Interval

_HOUR = timedelta(hours=1)
_HALF_HOUR = timedelta(minutes=30)
_MOST_RUNS = 2
_Known = tuple[Person | Missing, FreeBusy | Unknown, WorkingCalendar]


@dataclass(frozen=True, slots=True)
class _Squares:
    """The squares of one or more days, in order of time; `starts` and `ends` are theirs, for bisection.

    `idle` keeps the empty squares of each working calendar, by its id: most people share one.
    """

    squares: tuple[Interval, ...]
    starts: tuple[datetime, ...]
    ends: tuple[datetime, ...]
    idle: dict[int, list[Cell]] = field(default_factory=dict)

    def met_by(self, interval: Interval) -> slice:
        """The squares that `interval` meets."""
        return slice(bisect_right(self.ends, interval.start), bisect_left(self.starts, interval.end))

    def held_by(self, interval: Interval) -> slice:
        """The squares that lie wholly in `interval`."""
        return slice(bisect_left(self.starts, interval.start), bisect_right(self.ends, interval.end))


def day_map(people: Sequence[_Known], *, day: date, calendar: WorkingCalendar) -> DayMap | None:
    """One row of squares for each person, in the given order; None on a day off.

    A square is an hour of the chat's working time, counted from where work starts again after a break, or what is left
    of it. The least free moment decides, BUSY before TENTATIVE; OUTSIDE is somebody with nothing in the square who is
    not at work in any of it; UNKNOWN whoever cannot be seen throughout it.
    """
    squares, split = _squares(day, calendar)
    if not squares:
        return None
    read = _indexed(squares)
    rows = tuple(_row(who, known, own, read) for who, known, own in people)
    free = tuple(sum(row.cells[n] is Cell.FREE for row in rows) for n in range(len(squares)))
    return DayMap(day, squares, split, rows, free)


def day_rows(people: Sequence[_Known], *, days: Sequence[date], calendar: WorkingCalendar) -> tuple[DayRow, ...]:
    """One row for each of `days` (in order): how large a share of those who can be seen is free in each square.

    Of one person it is what they are in it. A day off has no squares, nor has a day with a square in which nobody can
    be seen.
    """
    split_days = [_squares(day, calendar) for day in days]
    read = _indexed(tuple(square for squares, _ in split_days for square in squares))
    rows = [_cells(known, own, read) for _, known, own in people]
    free = [sum(row[n] is Cell.FREE for row in rows) for n in range(len(read.squares))]
    seen = [sum(row[n] is not Cell.UNKNOWN for row in rows) for n in range(len(read.squares))]
    shown, first = [], 0
    for day, (squares, split) in zip(days, split_days, strict=True):
        own = slice(first, first := first + len(squares))
        counts = tuple(free[own]) if all(seen[own]) else ()
        drawn = tuple(rows[0][own] if counts else ()) if len(rows) == 1 else tuple(map(_share, counts, seen[own]))
        shown.append(DayRow(day, squares, split, drawn, counts))
    return tuple(shown)


def best_runs(maps: Sequence[DayMap | DayRow], *, seen: int, now: datetime) -> tuple[BestStretch, ...]:
    """Runs of squares that are still to come and in which most people are free, the longest first, then the earliest.

    Two people at least must be free; the same number of people in a run need not be the same people, unless it is all
    of them, so that less than all makes a run of one square.
    """
    squares = [
        (hour, free) for each in maps for hour, free in zip(each.hours, each.free, strict=False) if hour.start >= now
    ]
    most = max((free for _, free in squares), default=0)
    if most < 1 or (most < 2 and seen > 1):
        return ()
    runs = _runs([hour for hour, free in squares if free == most], joined=most == seen)
    runs.sort(key=lambda run: (-run.length, run.start))
    return tuple(BestStretch(run, most) for run in runs[:_MOST_RUNS])


def bar(
    known: FreeBusy | Unknown, *, within: Interval, calendar: WorkingCalendar
) -> tuple[Interval, tuple[Cell, ...]] | None:
    """One person's working time in `within`, in squares of half an hour; None where there is none.

    The interval is what the squares cover; a break in it has squares that are OUTSIDE unless something stands there.
    """
    worked = calendar.working_time(within)
    if not worked:
        return None
    whole = Interval(worked[0].start, worked[-1].end)
    squares = tuple(
        Interval(start, min(start + _HALF_HOUR, whole.end))
        for start in (whole.start + n * _HALF_HOUR for n in range(-(-whole.length // _HALF_HOUR)))
    )
    return whole, _cells(known, calendar, _indexed(squares))


def _runs(hours: Sequence[Interval], *, joined: bool) -> list[Interval]:
    """Squares that follow each other as one stretch, where they may be joined."""
    if not joined:
        return list(hours)
    runs: list[Interval] = []
    for hour in hours:
        if runs and runs[-1].end == hour.start:
            runs[-1] = Interval(runs[-1].start, hour.end)
        else:
            runs.append(hour)
    return runs


def _squares(day: date, calendar: WorkingCalendar) -> tuple[tuple[Interval, ...], int]:
    """The squares of one day, and how many of them stand before the first break (0 where there is none)."""
    pieces = [_hours(piece) for piece in calendar.working_time(calendar.day(day))]
    return tuple(square for piece in pieces for square in piece), len(pieces[0]) if len(pieces) > 1 else 0


def _hours(piece: Interval) -> list[Interval]:
    starts = [piece.start + n * _HOUR for n in range(-(-piece.length // _HOUR))]
    return [Interval(start, min(start + _HOUR, piece.end)) for start in starts]


def _indexed(squares: tuple[Interval, ...]) -> _Squares:
    return _Squares(squares, tuple(each.start for each in squares), tuple(each.end for each in squares))


def _row(who: Person | Missing, known: FreeBusy | Unknown, own: WorkingCalendar, read: _Squares) -> PersonRow:
    cells = _cells(known, own, read)
    if any(cell is not Cell.UNKNOWN for cell in cells):
        return PersonRow(who, cells, off=Cell.FREE not in _idle(own, read))
    return PersonRow(who, cells, known if isinstance(known, Unknown) else Unknown(UnknownReason.NO_ANSWER))


def _cells(known: FreeBusy | Unknown, own: WorkingCalendar, read: _Squares) -> tuple[Cell, ...]:
    """One person's squares: each state is written over what it outweighs."""
    unseen = [Cell.UNKNOWN] * len(read.squares)
    if isinstance(known, Unknown):
        return tuple(unseen)
    cells = _idle(own, read).copy()
    for status, cell in ((BusyStatus.TENTATIVE, Cell.TENTATIVE), (BusyStatus.BUSY, Cell.BUSY)):
        for item in known.busy:
            if item.status is status:
                _write(cells, read.met_by(item.interval), cell)
    seen = read.held_by(known.window)
    unseen[seen] = cells[seen]
    return tuple(unseen)


def _idle(own: WorkingCalendar, read: _Squares) -> list[Cell]:
    """The squares of somebody who works by `own` and has nothing in their calendar."""
    if id(own) not in read.idle:
        cells = [Cell.OUTSIDE] * len(read.squares)
        for worked in own.working_time(Interval(read.starts[0], read.ends[-1])) if cells else ():
            _write(cells, read.met_by(worked), Cell.FREE)
        read.idle[id(own)] = cells
    return read.idle[id(own)]


def _write(cells: list[Cell], met: slice, cell: Cell) -> None:
    cells[met] = [cell] * max(met.stop - met.start, 0)


def _share(free: int, seen: int) -> Share:
    if free == seen:
        return Share.ALL
    if 2 * free > seen:
        return Share.MOST
    return Share.HALF if free else Share.NONE
