"""Tells what repeats: every Tuesday, 每周三, 隔周周五, 每月第一个周一; the time of it is said by the phrases."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.tags import Repeat, Unit
from bot.language.tokens import Kind, Token
from bot.language.values import Ahead, Nth, Phrase, Series, Span, Week, Weekday

_WORKDAYS = (0, 1, 2, 3, 4)


def series_of(tokens: Sequence[Token], phrases: Sequence[Phrase]) -> Series | None:
    """The series that a text speaks of, or None. A day that every day has is none."""
    every = next((token for token in tokens if token.kind is Kind.EVERY and token.value), None)
    if every is None:
        return None
    interval = every.value
    if every.tag == Repeat.WORKDAYS:
        return Series(_WORKDAYS, interval)
    days = [phrase.day for phrase in phrases if phrase.day is not None and not phrase.sign]
    for day in days:
        if isinstance(day, Nth) and day.weekday is not None and day.weekday >= 0:
            return Series((day.weekday,), nth=day.count)
    named = {number for day in days for number in _weekdays(day)}
    return Series(tuple(sorted(named)), interval) if named else None


def _weekdays(day: object) -> Sequence[int]:
    match day:
        case Weekday(day=number):
            return (number,)
        case Span(first=Weekday(day=first), last=Weekday(day=last)):
            return [(first + offset) % 7 for offset in range((last - first) % 7 + 1)]
        case Ahead(unit=Unit.WORKDAY) | Week(working=True):
            return _WORKDAYS
    return ()
