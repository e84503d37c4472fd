"""Words of time that no phrase took in: where there is one, the reading is doubtful and is asked back."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.chunks.chunk import Tokens, close, is_at, kind_at
from bot.language.chunks.neighbours import is_beside_time, is_item
from bot.language.chunks.signed_dates import is_door
from bot.language.senses import Sense
from bot.language.tags import Digits
from bot.language.tokens import Kind

_TELLING = frozenset((Kind.WEEKDAY, Kind.RELATIVE_DAY, Kind.PART, Kind.WEEKEND, Kind.HOLIDAY, Kind.MOON))
"""What can be nothing but a time."""
_MATTERING = _TELLING | {Kind.NUMBER, Kind.MERIDIEM, Kind.UNIT}
_SIGNS = frozenset((Kind.CLOCK_SIGN, Kind.DAY_SIGN, Kind.MONTH_SIGN, Kind.MERIDIEM))
"""What makes a number before it a time."""
_MONTHS, _MOST_DAYS = 12, 31


def unread_times(tokens: Tokens, timed: Sequence[bool]) -> list[tuple[int, int]]:
    """Places of words that no phrase took in and that may be a time, each with its sign (5, 40号, 周八)."""
    found: list[tuple[int, int]] = []
    for at, token in enumerate(tokens):
        if token.kind in _MATTERING and not timed[at] and (stop := _stop(tokens, at, timed)) > at:
            found.append((at, stop))
    return found


def _stop(tokens: Tokens, at: int, timed: Sequence[bool]) -> int:
    """The place behind such a word at `at`, or `at`."""
    kind = tokens[at].kind
    if kind in _TELLING:
        return at + 1
    if kind is Kind.NUMBER:
        return _number(tokens, at)
    if kind is Kind.MERIDIEM:
        return at + _is_half_of_day(tokens, at, timed)
    return _week(tokens, at) if Sense.WEEK in tokens[at].senses else at


def _is_half_of_day(tokens: Tokens, at: int, timed: Sequence[bool]) -> bool:
    """True for a pm beside a time; "am I" is a question."""
    if is_at(tokens, at + 1, Kind.ME) or is_at(tokens, at - 1, Kind.ME, Kind.NUMBER):
        return False
    return (at > 0 and timed[at - 1]) or (at + 1 < len(timed) and timed[at + 1])


def _week(tokens: Tokens, at: int) -> int:
    """The 周八 that no week has, or a 周 whose day is missing."""
    stop = at + 1 + is_at(tokens, at + 1, Kind.NUMBER)
    return stop if is_beside_time(tokens, at, stop) else at


def _number(tokens: Tokens, at: int) -> int:
    if is_at(tokens, at - 1, Kind.NTH) or (at and Sense.WEEK in tokens[at - 1].senses):
        return at
    if kind_at(tokens, at + 1) in _SIGNS:
        return at + 2 * _is_signed_time(tokens, at)
    if _is_no_date(tokens, at):
        return at + 3 * is_beside_time(tokens, at, at + 3)
    if not _may_be_time(tokens, at) or is_item(tokens, at) or _is_of_many(tokens, at):
        return at
    return at + is_beside_time(tokens, *_chain(tokens, at))


def _is_signed_time(tokens: Tokens, at: int) -> bool:
    """False for 3号楼, 50点积分 and "is 3 am I"."""
    if is_at(tokens, at + 1, Kind.DAY_SIGN) and is_door(tokens, at):
        return False
    if Sense.POINTS in tokens[at + 1].senses or is_at(tokens, at + 2, Kind.ME):
        return False
    return is_beside_time(tokens, at, at + 2)


def _is_no_date(tokens: Tokens, at: int) -> bool:
    """True for 13/13, a date in no order of day and month; 24/7 is none at all."""
    if not (is_at(tokens, at + 1, Kind.SIGN) and tokens[at + 1].text == "/" and is_at(tokens, at + 2, Kind.NUMBER)):
        return False
    numbers = (tokens[at].value, tokens[at + 2].value)
    return close(tokens, at + 1) and close(tokens, at + 2) and all(_MONTHS < value <= _MOST_DAYS for value in numbers)


def _may_be_time(tokens: Tokens, at: int) -> bool:
    """True for a number that may be an hour, a day of the month, or hours and minutes in one (930)."""
    number = tokens[at]
    if number.value == 1 and number.tag in (Digits.HAN, Digits.WORD):
        return False
    if len(number.text) in (3, 4) and not number.tag:
        placed = is_at(tokens, at - 1, *_TELLING, Kind.AT) or is_at(tokens, at + 1, *_TELLING)
        year = 1990 <= number.value <= 2100
        return placed and not year and number.value // 100 <= 24 and number.value % 100 < 60
    if close(tokens, at) and is_at(tokens, at - 1, Kind.CLOCK_SIGN):
        return number.value < 100
    return number.value <= _MOST_DAYS


def _chain(tokens: Tokens, at: int) -> tuple[int, int]:
    """Where the numbers begin and end of which one is tied to the others by dashes and words like "or"."""
    first, stop = at, at + 1
    while is_at(tokens, first - 1, Kind.TO, Kind.LIST) and is_at(tokens, first - 2, Kind.NUMBER):
        first -= 2
    while is_at(tokens, stop, Kind.TO, Kind.LIST) and is_at(tokens, stop + 1, Kind.NUMBER):
        stop += 2
    return first, stop


def _is_of_many(tokens: Tokens, at: int) -> bool:
    """True for the numbers of 24/7, 38.6 and 12,500."""
    before = is_at(tokens, at - 1, Kind.SIGN, Kind.COMMA) and is_at(tokens, at - 2, Kind.NUMBER)
    behind = is_at(tokens, at + 1, Kind.SIGN, Kind.COMMA) and is_at(tokens, at + 2, Kind.NUMBER)
    return (before and close(tokens, at)) or (behind and close(tokens, at + 2))
