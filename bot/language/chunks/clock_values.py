"""What all clock times share: am and pm behind them, and which hours there may be."""

from __future__ import annotations

from dataclasses import replace

from bot.language.chunks.chunk import Tokens, by_sense, close, is_at
from bot.language.senses import Sense
from bot.language.tags import DayPart, Half
from bot.language.tokens import Kind
from bot.language.values import Clock

LAST_HOUR = 29
"""Up to here an hour is one that somebody may have meant (25:00 is the next day's 1:00), whatever stands beside it."""
MOST_SHOWN = 99
POINTS: dict[str, int] = {DayPart.NOON_POINT: 12, DayPart.MIDNIGHT: 24}
"""The hours of the parts of a day that are a moment."""
_MERIDIEM: dict[Sense, str] = {Sense.AM_LETTER: Half.AM, Sense.PM_LETTER: Half.PM}


def with_half(tokens: Tokens, value: Clock, at: int) -> tuple[Clock, int]:
    """The clock time with an am or pm that stands behind it."""
    if is_at(tokens, at, Kind.MERIDIEM):
        half = tokens[at].tag if _is_halved(value, tokens[at].tag) else ""
        return Clock(value.hour, value.minute, half, value.sure and not half, value.part), at + 1
    letter = by_sense(tokens, at, _MERIDIEM)
    if letter and close(tokens, at) and value.hour <= 12:
        return replace(value, half=letter, sure=False), at + 1
    return value, at


def _is_halved(value: Clock, half: str) -> bool:
    """True where am or pm says something: 13pm and 14:30 pm are 24-hour times with a word too many, 13am is none."""
    return half != Half.EITHER and (value.hour <= 12 or half == Half.AM)


def is_sure(digits: str) -> bool:
    """True for the digits of an hour that can only be the written one: 08, 15, 0."""
    return digits.isdigit() and (digits[0] == "0" or int(digits) > 12)
