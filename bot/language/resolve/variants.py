"""The other readings of a day: 下周五 as the nearer one, 1/12 day first, a day that is over as the next of its kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum

from bot.language.days import Date, Days, Month, Moved, Portion, Relative, Span, Week, Weekday


class Variant(StrEnum):
    """The names of the other readings."""

    LIKELIEST = ""  # none of the others
    HALF = "half"  # the other half of the day
    NEARER = "nearer"  # next Friday as this week's
    FURTHER = "further"  # next Friday as that of the week after
    LATER = "later"  # today's weekday as next week's
    DAY_FIRST = "day_first"  # 1/12 as the first of December
    WEEKDAY = "weekday"  # of a weekday and a date that do not fit, the weekday
    MOVED = "moved"  # the next of its kind for a time that is over
    MOVED_ON = "moved_on"  # the one after that
    NEAREST = "nearest"  # the last time before one that cannot be
    BEYOND = "beyond"  # the first time behind it


MENDING = (Variant.NEAREST, Variant.BEYOND)
"""Those that take a time that there is for one that cannot be."""
COMING = (Variant.MOVED, Variant.MOVED_ON)
"""Those that take the next time of its kind for one that is over: today's, this week's, or one that lies ahead."""


def varied(day: Days, variant: Variant, *, today: date) -> Days:
    """`day` as the reading of that name has it.

    Only NEARER, FURTHER, LATER, DAY_FIRST and those of `COMING` change a day.
    """
    if variant in COMING:
        return _coming(day, on=variant is Variant.MOVED_ON)
    match day:
        case Weekday():
            return replace(day, week=_other_week(day, variant, today.weekday()))
        case Date(month=int() as month) if day.slashed and variant is Variant.DAY_FIRST:
            return replace(day, day=month, month=day.day)
    return day


def _other_week(day: Weekday, variant: Variant, today: int) -> int | None:
    if variant is Variant.NEARER and (day.english_next or day.chinese_next):
        return 0
    if variant is Variant.FURTHER and day.english_next:
        return 2
    return 1 if variant is Variant.LATER and day.week is None and day.day == today else day.week


def _coming(day: Days, *, on: bool) -> Days:
    match day:
        case Relative(days) if days <= 0:
            return Relative(_next(days, on))
        case Moved(of=Relative(0), count=count) if count < 0:
            return Relative(int(on))
        case Weekday(week=int() as week) | Week(week) if week <= 0:
            return replace(day, week=_next(week, on))
        case Month(month=None, months=months) if months < 0:
            return replace(day, months=_next(months, on))
        case Month(month=int()) | Date(month=int()):
            return replace(day, year=None, years=None)
        case Portion(of=Month(month=None, months=months) as month):
            return replace(day, of=replace(month, months=months + 1))
        case Portion(of=Week()):
            return replace(day, of=_coming(day.of, on=on))
        case Span(first, last):
            return replace(day, first=_coming(first, on=on), last=_coming(last, on=on))
    return day


def _next(count: int, on: bool) -> int:
    """The unit after one that is over, but none that is over too; with `on` the one after this."""
    return 1 if on else max(count + 1, 0)
