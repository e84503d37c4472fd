"""In whose day there is little time left: a morning, an afternoon or all of it is taken, firmly or not. Pure.

It is told from the squares of the heat map alone, so that the words of a digest and its map never differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.availability.working_time import WorkingCalendar
from bot.model.digests import DayPart, Engaged
from bot.model.overview import Cell, DayMap, PersonRow
from bot.model.time import Interval

_NOON = 12 * 60
_LUNCH = (11 * 60, 14 * 60)
_FIRM = frozenset((Cell.BUSY,))
_AT_ALL = frozenset((Cell.BUSY, Cell.TENTATIVE))
_NOT_THEIRS = frozenset((Cell.OUTSIDE, Cell.UNKNOWN))
_Squares = Sequence[tuple[Interval, Cell]]
"""Squares of somebody's day, in order, each with how they are in it."""


def noon(day: date, calendar: WorkingCalendar) -> datetime:
    """Where the day is parted: at the break at lunch, else at 12:00."""
    first, last = _LUNCH
    minutes = next((start for start, end in calendar.hours.breaks if end > first and start < last), _NOON)
    midnight = calendar.day(day).start.astimezone(calendar.zone)
    return midnight.replace(hour=minutes // 60, minute=minutes % 60)


def engaged(row: PersonRow, drawn: DayMap, *, parted_at: datetime) -> Engaged | None:
    """What is taken of the day that `row` of `drawn` shows; None where it is mostly free.

    Theirs are the squares that are neither OUTSIDE nor UNKNOWN. A half of the day is taken where fewer than half of its
    squares are free, so that of a day that is mostly free half of the squares at least are, and of one that is taken
    altogether none is. What is free all the same in a part that is taken is told by `until`, `since` and `between`.
    """
    theirs = [each for each in zip(drawn.hours, row.cells, strict=True) if each[1] not in _NOT_THEIRS]
    morning = [each for each in theirs if each[0].start < parted_at]
    afternoon = theirs[len(morning) :]
    firmly = _taken_of(row, morning, afternoon, taken=_FIRM)
    at_all = _taken_of(row, morning, afternoon, taken=_AT_ALL)
    if firmly is None or at_all is None:
        return at_all
    return replace(firmly, rest_tentative=at_all.part is DayPart.ALL is not firmly.part)


def _taken_of(row: PersonRow, morning: _Squares, afternoon: _Squares, *, taken: frozenset[Cell]) -> Engaged | None:
    """The part of the day that is `taken`, with what is left of it."""
    halves = _is_taken(morning, taken), _is_taken(afternoon, taken)
    if not any(halves):
        return None
    squares = [*(morning if halves[0] else ()), *(afternoon if halves[1] else ())]
    firm = taken is _FIRM
    left = _joined([square for square, cell in squares if cell not in taken])
    if all(halves) and not left:
        return Engaged(row.who, DayPart.ALL, firm)
    part = DayPart.MOST if all(halves) else DayPart.MORNING if halves[0] else DayPart.AFTERNOON
    first, last = squares[0][0].start, squares[-1][0].end
    since = next((each.end for each in left if each.start == first), None)
    until = next((each.start for each in left if each.end == last), None)
    free = _joined([square for square, cell in squares if cell is Cell.FREE])
    between = tuple(each for each in free if (since or first) < each.end and each.start < (until or last))
    return Engaged(row.who, part, firm, until, since, between)


def _is_taken(half: _Squares, taken: frozenset[Cell]) -> bool:
    return 2 * sum(cell not in taken for _, cell in half) < len(half)


def _joined(squares: Sequence[Interval]) -> list[Interval]:
    """Squares that follow each other as one stretch."""
    stretches: list[Interval] = []
    for square in squares:
        if stretches and stretches[-1].end == square.start:
            stretches[-1] = Interval(stretches[-1].start, square.end)
        else:
            stretches.append(square)
    return stretches
