"""Rules for clock times in words: half past two, twenty to six, 差一刻三点, seven thirty."""

from __future__ import annotations

from dataclasses import replace

from bot.language.chunks.chunk import Found, Tokens, is_at, is_unit, kind_at, means, skip
from bot.language.chunks.clock_values import POINTS, with_half
from bot.language.senses import Sense
from bot.language.tags import Digits, Unit
from bot.language.tokens import Kind
from bot.language.values import Clock

_BETWEEN = (Sense.PAST, Sense.AFTER, Sense.TO, Sense.FROM)
"""Words between minutes and their hour."""


def half_past(tokens: Tokens, at: int) -> Found:
    """half past two, quarter to four, a quarter past noon."""
    start = skip(tokens, at, Kind.ARTICLE, most=1)
    if not is_at(tokens, start, Kind.HALF, Kind.QUARTER):
        return None
    if is_at(tokens, start, Kind.HALF) and _is_hour_behind_half(tokens, start + 1):
        return _half_hour(tokens, start + 1)
    minutes = 30 if kind_at(tokens, start) is Kind.HALF else 15
    return _shifted(tokens, start + 1, minutes=minutes)


def _is_hour_behind_half(tokens: Tokens, at: int) -> bool:
    """True for the three of half three, and for the 3 of half 3; not for that of an hour and a half 3pm."""
    if not is_at(tokens, at, Kind.NUMBER):
        return False
    digits = 1 <= tokens[at].value <= 12
    begins = not is_at(tokens, at - 2, Kind.ARTICLE, Kind.LIST, Kind.NUMBER) and tokens[at - 1].text.isascii()
    return tokens[at].tag == Digits.WORD or (digits and begins and not is_at(tokens, at + 1, Kind.SIGN, Kind.TO))


def _half_hour(tokens: Tokens, at: int) -> Found:
    """half three: half past three."""
    base, stop = _hour_word(tokens, at)
    if base is None or is_at(tokens, stop, Kind.UNIT):
        return None
    return replace(base, minute=30), stop


def minutes_past(tokens: Tokens, at: int) -> Found:
    """twenty past six, 20 minutes to 2pm, fifteen past eight."""
    if not 0 < tokens[at].value < 60:
        return None
    named = is_unit(tokens, at + 1, Unit.MINUTE)
    sign = at + 1 + named
    if means(tokens, sign, Sense.TO, Sense.AFTER) and not named and tokens[at].value not in (5, 10, 20, 25):
        return None
    if means(tokens, sign, Sense.TO) and not named and tokens[at].tag != Digits.WORD:
        return None
    return _shifted(tokens, sign, minutes=tokens[at].value)


def _shifted(tokens: Tokens, sign: int, *, minutes: int) -> Found:
    if not means(tokens, sign, *_BETWEEN):
        return None
    if is_at(tokens, sign + 1, Kind.PART) and tokens[sign + 1].tag in POINTS:
        base: Clock | None = Clock(POINTS[tokens[sign + 1].tag], sure=True)
        stop = sign + 2
    else:
        base, stop = _hour_word(tokens, sign + 1)
    if base is None:
        return None
    total = base.hour * 60 + base.minute + (-minutes if means(tokens, sign, Sense.TO) else minutes)
    if total < 60:
        total += 12 * 60
    return replace(base, hour=total // 60, minute=total % 60), stop


def _hour_word(tokens: Tokens, at: int) -> tuple[Clock | None, int]:
    if not is_at(tokens, at, Kind.NUMBER) or not 0 < tokens[at].value <= 24:
        return None, at
    stop = skip(tokens, at + 1, Kind.CLOCK_SIGN, most=1)
    return with_half(tokens, Clock(tokens[at].value, sure=tokens[at].value > 12), stop)
