"""Ranges over midnight: the small hour of the next day is as written, 今晚11点到次日1点 ends at one at night."""

from __future__ import annotations

from dataclasses import replace

from bot.language.days import Days, Moved, Relative, Weekday
from bot.language.tags import DayPart, Half, Unit
from bot.language.values import Clock, Part, Phrase

_NIGHT = (DayPart.EVENING, DayPart.LATE)
_NOON, _DUSK, _NIGHTFALL = 12, 17, 20
"""From dusk on a start makes a small hour of the end on 次日, from nightfall on that of 明天."""


def is_next_day(day: Days | None) -> bool:
    """True for 次日, the day behind the one that was just named."""
    return isinstance(day, Moved) and day.unit == Unit.NEXT


def by_night(one: Phrase, two: Phrase) -> Phrase:
    """The end of a range with its small hour as written, where the range goes over a night.

    >>> by_night(Phrase(Relative(0), Clock(11, half=Half.PM)), Phrase(Relative(1), Clock(1))).time
    Clock(hour=1, minute=0, half='', sure=True, part=None)
    """
    if not isinstance(two.time, Clock) or not _is_nightly(one, two):
        return two
    return replace(two, time=as_written(two.time))


def as_written(time: Clock | Part) -> Clock | Part:
    """A bare clock time before noon as one of 24 hours; any other time as it is."""
    if not isinstance(time, Clock) or time.half or time.part or time.hour >= _NOON:
        return time
    return replace(time, sure=True)


def _is_nightly(one: Phrase, two: Phrase) -> bool:
    hour = _hour_of(one.time)
    if is_next_day(two.day):
        return hour is None or hour >= _DUSK
    return hour is not None and hour >= _NIGHTFALL and _is_behind(one.day, two.day)


def _is_behind(day: Days | None, other: Days | None) -> bool:
    """True for tomorrow behind today, and for Saturday behind Friday."""
    match day, other:
        case Relative(first), Relative(second):
            return second == first + 1
        case Weekday(first), Weekday(second, None):
            return second == (first + 1) % 7
    return False


def _hour_of(time: object) -> int | None:
    """The hour at which a range begins, as far as its words say it; None for now."""
    match time:
        case Clock(hour=hour, half=Half.PM) | Clock(hour=hour, part=Part(name=DayPart.EVENING | DayPart.LATE)):
            return hour % _NOON + _NOON
        case Clock(hour=hour):
            return hour
        case Part(name=name):
            return _NIGHTFALL if name in _NIGHT else 0
    return None
