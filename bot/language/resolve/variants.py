"""The other readings of a day: 下周五 as the nearer one, 1/12 day first, a day that is over as the next of its kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.language.values import Date, Days, Month, Moved, Portion, Relative, Span, Week, Weekday

MENDING = ("nearest", "beyond")
"""Take a time that there is for one that cannot be: the last before it, the first behind it."""
COMING = ("moved", "moved_on")
"""Take the next time of its kind for one that is over: this week's or today's, else next week's or tomorrow's."""


def varied(day: Days, variant: str, *, today: date) -> Days:
    """`day` as the reading of that name has it.

    "nearer": next Friday as this week's; "further": as that of the week after; "later": today's weekday as next week's;
    "day_first": 1/12; those of `COMING`. Other names leave a day as it is.
    """
    if variant in COMING:
        return _coming(day, on=variant == "moved_on")
    match day:
        case Weekday():
            return replace(day, week=_other_week(day, variant, today.weekday()))
        case Date(month=int() as month) if day.slashed and variant == "day_first":
            return replace(day, day=month, month=day.day)
    return day


def _other_week(day: Weekday, variant: str, today: int) -> int | None:
    if variant == "nearer" and (day.english_next or day.chinese_next):
        return 0
    if variant == "further" and day.english_next:
        return 2
    return 1 if variant == "later" and day.week is None and day.day == today else day.week


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
