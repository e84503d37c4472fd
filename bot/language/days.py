"""What was said about days, before it is known which ones they are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Relative:
    """So many days from today."""

    days: int


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, 0 for Monday.

    `week` counts from this week; None is the next one that is not over. `english_next` tells of "next Friday",
    `chinese_next` of 下周五, `week_behind` of "Friday next week".
    """

    day: int
    week: int | None = None
    english_next: bool = False
    week_behind: bool = False
    chinese_next: bool = False


@dataclass(frozen=True, slots=True)
class Date:
    """A calendar date; what was not said is None.

    `months` and `years` count from this one, `weekday` must fit where no month is given, `slashed` may be day first.
    """

    day: int
    month: int | None = None
    year: int | None = None
    months: int | None = None
    years: int | None = None
    weekday: int | None = None
    slashed: bool = False


@dataclass(frozen=True, slots=True)
class Week:
    """A Monday-to-Sunday week, or its Monday to Friday (`working`)."""

    week: int = 0
    working: bool = False


@dataclass(frozen=True, slots=True)
class WeekOf:
    """The Monday-to-Sunday week that holds a day."""

    of: Days


@dataclass(frozen=True, slots=True)
class Weekend:
    """Saturday and Sunday of a week."""

    week: int = 0


@dataclass(frozen=True, slots=True)
class Month:
    """A whole month: by number (the next one of it), or counted from this one."""

    month: int | None = None
    months: int = 0
    year: int | None = None
    years: int | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """What repeats: every `interval` weeks on `weekdays` (0 is Monday), or every day where none is named.

    With `nth` it is the n-th of the weekdays in each month, with `month_day` that day of each month; `until` is the
    last day or stretch of days that it may reach into.
    """

    weekdays: tuple[int, ...] = ()
    interval: int = 1
    nth: int = 0
    month_day: int = 0
    until: Days | None = None

    @property
    def rule(self) -> str:
        """The RRULE value of RFC 5545 without its prefix, and without its end."""
        days = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
        every = f";INTERVAL={self.interval}" if self.interval > 1 else ""
        if self.month_day:
            return f"FREQ=MONTHLY{every};BYMONTHDAY={self.month_day}"
        if not self.weekdays:
            return f"FREQ=DAILY{every}"
        freq = "MONTHLY" if self.nth else "WEEKLY"
        return f"FREQ={freq}{every};BYDAY=" + ",".join(f"{self.nth or ''}{days[day]}" for day in self.weekdays)


WEEKEND = 7
"""Stands in for a weekday where Saturday and Sunday are meant."""
ANY_DAY = -1
"""Stands in for a weekday where the n-th day of a month is meant, whichever it is."""


@dataclass(frozen=True, slots=True)
class Nth:
    """The n-th weekday, day (`weekday` ANY_DAY) or week (None) of a month; -1 is the last."""

    count: int
    weekday: int | None
    month: Month


@dataclass(frozen=True, slots=True)
class Coming:
    """The next so many of a weekday, each a day of its own."""

    weekday: int
    count: int


@dataclass(frozen=True, slots=True)
class Portion:
    """The start, middle, end or rest of a week or month."""

    which: str
    of: Days


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to a day, both included; with `rolls` the last may lie in the month after (the 27th to the 3rd)."""

    first: Days
    last: Days
    rolls: bool = False


@dataclass(frozen=True, slots=True)
class Ahead:
    """The next so many units: from today with `today`, else from the unit that follows."""

    count: int
    unit: str
    today: bool = True


@dataclass(frozen=True, slots=True)
class Moved:
    """A day so many units after another."""

    of: Days
    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class Run:
    """So many units that begin with a day."""

    start: Days
    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class UpTo:
    """From now to a day; `included` or not."""

    of: Days
    included: bool


@dataclass(frozen=True, slots=True)
class Onward:
    """From a day, or from the day after it (`included` False), for a week."""

    of: Days
    included: bool


Days = (
    Relative
    | Weekday
    | Date
    | Week
    | WeekOf
    | Weekend
    | Month
    | Nth
    | Coming
    | Portion
    | Span
    | Ahead
    | Moved
    | Run
    | UpTo
    | Onward
)
