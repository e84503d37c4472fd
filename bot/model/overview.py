"""Heat maps: a day by person, or several days by the share of people who are free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.model.freebusy import Unknown
from bot.model.people import Missing, Person
from bot.model.time import Interval


class Cell(StrEnum):
    """One person in one hour: the least free moment of it decides."""

    FREE = "free"
    TENTATIVE = "tentative"
    BUSY = "busy"
    OUTSIDE = "outside"  # not at work
    UNKNOWN = "unknown"


class Share(StrEnum):
    """How many of the people who can be seen are free in an hour: all, over half (most), half or fewer, nobody."""

    ALL = "all"
    MOST = "most"
    HALF = "half"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person's day; one cell for each hour of the map. `unknown` is set where all cells are UNKNOWN.

    `off`: they are at work in none of these hours.
    """

    who: Person | Missing
    cells: tuple[Cell, ...]
    unknown: Unknown | None = None
    off: bool = False


@dataclass(frozen=True, slots=True)
class DayMap:
    """One worked day: `hours` are the squares (breaks left out), `free` how many people are free in each of them.

    `split` is how many squares stand before the first break, so that the eye has an anchor; 0 where there is none.
    """

    day: date
    hours: tuple[Interval, ...]
    split: int
    rows: tuple[PersonRow, ...]
    free: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of a longer map: a square for each of its hours, or none at all on a day off.

    Squares are shares of several people, and the cells of one person where the map is theirs alone.
    """

    day: date
    hours: tuple[Interval, ...]
    split: int
    squares: tuple[Share, ...] | tuple[Cell, ...]
    free: tuple[int, ...]
