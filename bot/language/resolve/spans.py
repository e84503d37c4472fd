"""Stretches of whole days, and steps from one day to another: months, working days, the n-th weekday of a month."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from bot.language.days import ANY_DAY, WEEKEND
from bot.language.tags import Unit
from bot.language.values import About, Phrase
from bot.model.requests import ProblemCode

_ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}


class NoSuchTimeError(Exception):
    """A time that cannot be; the text says which and why, `code` names the problem, `about` where it lies.

    `phrase` is the phrase that says it, once that is known.
    """

    code = ProblemCode.IMPOSSIBLE_TIME
    phrase: Phrase | None = None

    def __init__(self, text: str, *, about: About = About.DAY) -> None:
        super().__init__(text)
        self.about = about


class ImpossibleError(NoSuchTimeError):
    """A date or a clock time that does not exist."""


class EndBeforeStartError(NoSuchTimeError):
    """A range whose end lies before its start."""

    code = ProblemCode.END_BEFORE_START


@dataclass(frozen=True, slots=True)
class Stretch:
    """Whole days from `first` up to but not including `stop`."""

    first: date
    stop: date

    def days(self) -> list[date]:
        """Every day of it, at most two months of them."""
        return [self.first + timedelta(days=n) for n in range(min((self.stop - self.first).days, 62))]


def one_day(first: date) -> Stretch:
    """A single day."""
    return Stretch(first, first + timedelta(days=1))


def moved(day: date, count: int, *, unit: str) -> date:
    """The day so many days, weeks, months, years or Monday-to-Friday days later."""
    match unit:
        case Unit.WEEK | Unit.WORKWEEK:
            return day + timedelta(weeks=count)
        case Unit.MONTH:
            return add_months(day, count)
        case Unit.YEAR:
            return add_months(day, 12 * count)
        case Unit.WORKDAY:
            return workdays_later(day, count)
    return day + timedelta(days=count)


def workdays_later(day: date, count: int) -> date:
    """The Monday-to-Friday day that is so many of them later."""
    left = min(count, 260)
    while left > 0:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def nearest_date(year: int, month: int, day: int, *, beyond: bool) -> date:
    """The last date before one that the calendar does not have, or the first behind it with `beyond`.

    >>> nearest_date(2027, 2, 31, beyond=False), nearest_date(2027, 2, 31, beyond=True)
    (datetime.date(2027, 2, 28), datetime.date(2027, 3, 1))
    """
    first = date(year, min(max(month, 1), 12), 1)
    if month > 12 and beyond:
        first = add_months(first, 1)
    last = monthrange(first.year, first.month)[1]
    if day > last and beyond:
        return add_months(first, 1)
    return first.replace(day=min(max(day, 1), last))


def exists(year: int, month: int, day: int) -> bool:
    """True for a date that the calendar has."""
    return 1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= monthrange(year, month)[1]


def existing(year: int, month: int, day: int) -> date:
    """The date. Raises ImpossibleError where the calendar has none."""
    if not exists(year, month, day):
        raise ImpossibleError(f"found {year}-{month:02d}-{day:02d}, expected a day that exists, name another date")
    return date(year, month, day)


def nth_of(month: Stretch, count: int, *, weekday: int | None) -> Stretch:
    """The n-th weekday of a month; of weeks, those that have their Thursday in it (ISO 8601).

    Raises ImpossibleError where the month has fewer.
    """
    if weekday == ANY_DAY:
        return one_day(month.stop - timedelta(days=1) if count < 0 else month.first + timedelta(days=count - 1))
    anchor = 3 if weekday is None else 5 if weekday == WEEKEND else weekday
    if count < 0:
        last = month.stop - timedelta(days=1)
        found = last - timedelta(days=(last.weekday() - anchor) % 7)
    else:
        found = month.first + timedelta(days=(anchor - month.first.weekday()) % 7 + 7 * (count - 1))
    if not month.first <= found < month.stop:
        day = "week" if weekday is None else "weekend" if weekday == WEEKEND else f"{found:%A}"
        raise ImpossibleError(f"no {_ORDINALS.get(count, f'{count}th')} {day} in that month: name the date")
    if weekday is None:
        return Stretch(found - timedelta(days=3), found + timedelta(days=4))
    return Stretch(found, found + timedelta(days=2)) if weekday == WEEKEND else one_day(found)
