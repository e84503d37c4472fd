"""Tells what repeats: every day, 每周三, 隔周周五, 每月第一个周一, 每月15号; the time of it is said by the phrases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.language.days import WEEKEND, Ahead, Date, Days, Month, Nth, Portion, Series, Span, UpTo, Week, Weekday
from bot.language.tags import Repeat, Unit
from bot.language.tokens import Kind, Token
from bot.language.values import Between, Phrase

_WORKDAYS = (0, 1, 2, 3, 4)
_ENDS = (Date, Portion, Month)
"""What the last day of a series is said by."""


def parted_series(tokens: Sequence[Token], phrases: Sequence[Phrase]) -> tuple[tuple[Phrase, ...], Series | None]:
    """The phrases without the end of a series, and the series with it: every Friday until the end of December."""
    if not any(token.kind is Kind.EVERY for token in tokens):
        return tuple(phrases), None
    found: list[Phrase] = []
    until: Days | None = None
    for phrase in phrases:
        start, end = _parted(phrase, opened=bool(found))
        until = until or end
        found += [start] if start else []
    repeated = series_of(tokens, found)
    if repeated is None or until is None:
        return tuple(phrases), series_of(tokens, phrases)
    return tuple(found), replace(repeated, until=until)


def _parted(phrase: Phrase, *, opened: bool) -> tuple[Phrase | None, Days | None]:
    """A phrase without the end of a series in it, and that end; the phrase is None where it says nothing else."""
    match phrase.day, phrase.time:
        case Span(Weekday() as first, last), _ if isinstance(last, _ENDS):
            return replace(phrase, day=first), last
        case UpTo(of, included=True), None if opened and isinstance(of, _ENDS):
            return None, of
        case None, Between(first, Phrase(day=last, time=None)):
            ends = isinstance(last, _ENDS) or (isinstance(last, Weekday) and first.day is None)
            if ends and isinstance(first.day, Weekday | None):
                return replace(phrase, day=first.day, time=first.time, zone=first.zone or phrase.zone), last
    return phrase, None


def series_of(tokens: Sequence[Token], phrases: Sequence[Phrase]) -> Series | None:
    """The series that a text speaks of, or None. "Every day next week" is none, since it ends there."""
    at = next((at for at, token in enumerate(tokens) if token.kind is Kind.EVERY), None)
    if at is None:
        return None
    interval, unit = _interval(tokens, at)
    if unit == Unit.DAY:
        timed = any(phrase.time is not None for phrase in phrases)
        return Series((), interval) if timed and all(phrase.day is None or phrase.sign for phrase in phrases) else None
    if unit == Repeat.WORKDAYS:
        return Series(_WORKDAYS, interval)
    days = [phrase.day for phrase in phrases if phrase.day is not None and not phrase.sign]
    for day in days:
        if isinstance(day, Nth) and day.weekday is not None and 0 <= day.weekday < WEEKEND:
            return Series((day.weekday,), nth=day.count)
        if isinstance(day, Date) and day.month is None and (day.months == 0 or unit == Unit.MONTH):
            return Series(interval=interval, month_day=day.day)
    named = {number for day in days for number in _weekdays(day)}
    return Series(tuple(sorted(named)), interval) if named else None


def _interval(tokens: Sequence[Token], at: int) -> tuple[int, str]:
    """How many units lie between two occurrences, and which: every other week, every 3 weeks, 每三天."""
    every = tokens[at]
    counted = tokens[at + 1 : at + 3]
    if [token.kind for token in counted] == [Kind.NUMBER, Kind.UNIT] and counted[1].tag in (
        Unit.DAY,
        Unit.WEEK,
        Unit.MONTH,
    ):
        return counted[0].value, counted[1].tag
    return every.value or 1, every.tag if every.value else Unit.DAY


def _weekdays(day: object) -> Sequence[int]:
    match day:
        case Weekday(day=number):
            return (number,)
        case Span(first=Weekday(day=first), last=Weekday(day=last)):
            return [(first + offset) % 7 for offset in range((last - first) % 7 + 1)]
        case Ahead(unit=Unit.WORKDAY) | Week(working=True):
            return _WORKDAYS
    return ()
