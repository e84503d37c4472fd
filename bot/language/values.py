"""What was said about hours, and a day with its hours as one phrase, before it is known when that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

from bot.language.days import Days


class About(Enum):
    """Which part of a phrase is meant."""

    DAY = "day"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day by name, early or late in it (`shade`)."""

    name: str
    shade: str = ""


NO_MINUTE = -1
"""Stands in for minutes that no clock shows: 3.7 pm."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time as written, whether or not there is such a time (25:00).

    `half` is "am" or "pm" where that was said, `sure` tells that the hour can only be the written one (24-hour, leading
    zero), `part` is a part of the day said with it.
    """

    hour: int
    minute: int = 0
    half: str = ""
    sure: bool = False
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """From a clock time to a clock time."""

    start: Clock
    end: Clock


@dataclass(frozen=True, slots=True)
class Lasting:
    """From a clock time for so many minutes."""

    start: Clock
    minutes: int


@dataclass(frozen=True, slots=True)
class Parts:
    """From a part of the day or a clock time to another."""

    first: Part | Clock
    last: Part | Clock


@dataclass(frozen=True, slots=True)
class After:
    """From a time to the end of the working day; `included` is False behind a part of the day (after lunch)."""

    of: Clock | Part
    included: bool = True


@dataclass(frozen=True, slots=True)
class Until:
    """Up to a time; `deadline` counts from now rather than from the day's start."""

    of: Clock | Part
    deadline: bool = False


@dataclass(frozen=True, slots=True)
class Now:
    """This moment."""


@dataclass(frozen=True, slots=True)
class In:
    """So many minutes from now."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Next:
    """The minutes that follow now."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Between:
    """From one moment to another, each a day and a time of its own."""

    first: Phrase
    last: Phrase


Times = Clock | Part | Hours | Lasting | Parts | After | Until | Now | In | Next | Between


class Link(StrEnum):
    """How a phrase is tied to the one before it."""

    NONE = ""
    LIST = "list"
    COMMA = "comma"


class Sign(StrEnum):
    """Where the word stands that takes a phrase out, if it is taken out."""

    NONE = ""
    NOT = "not"  # not on Tuesday
    BEHIND = "behind"  # 周二不行


@dataclass(frozen=True, slots=True)
class Phrase:
    """One day or stretch of days, one time on each of them, or one of the two. `words` is the place in the text."""

    day: Days | None = None
    time: Times | None = None
    zone: str | None = None
    start: int = 0
    end: int = 0
    link: Link = Link.NONE
    day_first: bool = True
    sign: Sign = Sign.NONE

    def placed(self, link: Link, *, start: int, end: int) -> Phrase:
        """The same at a place of the text, tied to the phrase before it by `link`."""
        return Phrase(self.day, self.time, self.zone, start, end, link, self.day_first, self.sign)
