"""Rules for days that share one month or one 号: 13-15 July, 25到27号, 4 to 23 next month."""

from __future__ import annotations

from bot.language.chunks.chunk import Found, Tokens, is_at, is_single, means, skip, text_at
from bot.language.chunks.dates import DATES, day_number, of_month, written_day_first
from bot.language.chunks.rules import Rules
from bot.language.chunks.signed_dates import day_sign
from bot.language.days import Date, Span
from bot.language.senses import Sense
from bot.language.tags import Unit
from bot.language.tokens import Kind

_SHARING = Rules(*[each for each in DATES.begun if each.rule in (written_day_first, of_month, day_sign)])
"""The rules of dates whose month is said of the day before them too."""


def numbered(tokens: Tokens, at: int) -> Found:
    """Days that share the month or the 号 behind them."""
    first, second = day_number(tokens, at), None
    if first is not None:
        middle = skip(tokens, at + 1, Kind.DAY_SIGN, most=1)
        joined = is_at(tokens, middle, Kind.TO, Kind.UNTIL) or (
            _is_and(tokens, middle) and (_is_between(tokens, at) or _are_neighbours(tokens, at, middle))
        )
        second = skip(tokens, middle + 1, Kind.FILL, Kind.FROM, most=2) if joined else None
        return None if second is None else _shared(tokens, first, second)
    return None


def _is_and(tokens: Tokens, at: int) -> bool:
    return means(tokens, at, Sense.AND) or text_at(tokens, at) == "&"


def _are_neighbours(tokens: Tokens, at: int, joint: int) -> bool:
    """True for two days of which the second follows the first: the 18 and 19 of July."""
    second = joint + 1
    return day_number(tokens, second) == tokens[at].value + 1 and not is_at(tokens, at - 1, Kind.MONTH, Kind.TO)


def _is_between(tokens: Tokens, at: int) -> bool:
    return is_at(tokens, at - 1, Kind.BETWEEN) or is_at(tokens, at - 2, Kind.BETWEEN)


def _shared(tokens: Tokens, first: int, second: int) -> Found:
    if second >= len(tokens):
        return None
    for rule in _SHARING.at(tokens, second):
        found = rule(tokens, second)
        if found and isinstance(found[0], Date):
            last = found[0]
            return Span(Date(first, last.month, last.year, last.months), last), found[1]
    return _next_month(tokens, first, second)


def _next_month(tokens: Tokens, first: int, second: int) -> Found:
    """4 to 23 next month."""
    if not is_at(tokens, second + 1, Kind.SHIFT):
        return None
    day = day_number(tokens, second)
    if day is None or not is_single(tokens, second + 2, Unit.MONTH):
        return None
    months = tokens[second + 1].value
    return Span(Date(first, months=months), Date(day, months=months)), second + 3
