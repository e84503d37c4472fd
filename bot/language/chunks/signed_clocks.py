"""Rules for Chinese clock times: 三点半, 15时20分, 8点钟, 差一刻三点; and o'clock, which goes by the same rule."""

from __future__ import annotations

from dataclasses import replace

from bot.language.chunks.chunk import Found, Tokens, close, is_at, kind_at, means, skip, text_at
from bot.language.chunks.clock_values import LAST_HOUR, MOST_SHOWN, is_sure, with_half
from bot.language.chunks.neighbours import is_beside_time
from bot.language.senses import Sense
from bot.language.tags import Digits
from bot.language.tokens import Kind
from bot.language.values import Clock

_TIME_WORDS = (
    Kind.RELATIVE_DAY,
    Kind.WEEKDAY,
    Kind.PART,
    Kind.TO,
    Kind.DAY_SIGN,
    Kind.WEEK,
    Kind.NEXT_DAY,
    Kind.ZONE_SIGN,
    Kind.AT,
    Kind.BY,
)
_BEHIND_ONE = (
    None,
    Kind.HALF,
    Kind.QUARTER,
    Kind.TO,
    Kind.EXACTLY,
    Kind.AFTER,
    Kind.BEFORE,
    Kind.WHO,
    Kind.NUMBER,
    Kind.MEET,
    Kind.AVAILABLE,
    Kind.BREAK,
)
"""What a clock time goes on with behind 一点, which is a little as well."""


def lacking(tokens: Tokens, at: int) -> Found:
    """差一刻三点, 差五分三点."""
    if not is_at(tokens, at + 2, Kind.QUARTER, Kind.MINUTE_SIGN, Kind.UNIT):
        return None
    minutes = tokens[at + 1].value * (15 if kind_at(tokens, at + 2) is Kind.QUARTER else 1)
    base = point(tokens, at + 3)
    if base is None or not 0 < minutes < 60:
        return None
    return replace(base[0], hour=(base[0].hour or 24) - 1, minute=60 - minutes), base[1]


def _minute_after(tokens: Tokens, at: int) -> tuple[int, int]:
    """Minutes behind 点: 半, 一刻, 三刻, 15分, 零五, 整; and the place behind them."""
    if means(tokens, at, Sense.PAST_SIGN) and is_at(tokens, at + 2, Kind.QUARTER, Kind.MINUTE_SIGN):
        at += 1
    if is_at(tokens, at, Kind.HALF):
        return 30, at + 1
    if is_at(tokens, at, Kind.NUMBER) and is_at(tokens, at + 1, Kind.QUARTER):
        return min(tokens[at].value, 3) * 15, at + 2
    if is_at(tokens, at, Kind.NUMBER) and is_at(tokens, at + 1, Kind.MINUTE_SIGN):
        return tokens[at].value, at + 2
    fits = is_at(tokens, at, Kind.NUMBER) and (tokens[at].value < 60 or is_beside_time(tokens, at, at + 1))
    if fits and close(tokens, at) and tokens[at].tag != Digits.PAIR:
        counted = is_at(
            tokens, at + 1, Kind.COUNTER, Kind.UNIT, Kind.CLOCK_SIGN, Kind.BE, Kind.TO, Kind.DAY_SIGN, Kind.MONTH_SIGN
        )
        two_digits = len(tokens[at].text) == 2 or (tokens[at].tag == Digits.HAN and tokens[at].value >= 10)
        if two_digits and (not counted or is_at(tokens, at + 1, Kind.TO)):
            return tokens[at].value, at + 1
    return 0, skip(tokens, at, Kind.EXACTLY, most=1)


def point(tokens: Tokens, at: int) -> tuple[Clock, int] | None:
    """三点半, 15时20分, 8点钟, 3 o'clock pm."""
    if not is_at(tokens, at, Kind.NUMBER) or tokens[at].value > MOST_SHOWN:
        return None
    before = kind_at(tokens, at - 1)
    if before is Kind.NTH or _is_fraction(tokens, at):
        return None
    sign = skip(tokens, at + 1, Kind.EXACTLY, most=1)
    if not is_at(tokens, sign, Kind.CLOCK_SIGN):
        return None
    if means(tokens, sign, Sense.POINT, Sense.POINTS) and not _is_point(tokens, at, sign=sign):
        return None
    if tokens[at].value > LAST_HOUR and not is_beside_time(tokens, at, sign + 1):
        return None
    minute, stop = _minute_after(tokens, sign + 1)
    stop = skip(tokens, stop, Kind.EXACTLY, most=1)
    value = Clock(tokens[at].value, minute, sure=is_sure(tokens[at].text) or tokens[at].value == 0)
    return with_half(tokens, value, stop)


def _is_fraction(tokens: Tokens, at: int) -> bool:
    """True for the 5 of 涨了3.5点."""
    return text_at(tokens, at - 1) == "." and close(tokens, at) and is_at(tokens, at - 2, Kind.NUMBER)


def _is_point(tokens: Tokens, at: int, *, sign: int) -> bool:
    """False for 一点建议 and the like: a count of points."""
    counts = Sense.POINTS in tokens[sign].senses
    if counts and (is_at(tokens, sign + 1, Kind.HAN) or not is_at(tokens, at - 1, *_TIME_WORDS)):
        return False
    one = Sense.ONE in tokens[at].senses
    return not one or is_at(tokens, at - 1, *_TIME_WORDS) or kind_at(tokens, sign + 1) in _BEHIND_ONE
