"""Rules for lengths of time: 45 minutes, an hour and a half, 一个半小时, 1h30, 3 days."""

from __future__ import annotations

from bot.language.chunks.chunk import Length, Tokens, by_sense, close, is_at, kind_at, means, skip, text_at
from bot.language.senses import Sense
from bot.language.tags import Unit
from bot.language.tokens import Kind

_MINUTES: dict[str, int] = {Unit.MINUTE: 1, Unit.QUARTER: 15, Unit.HOUR: 60}
DAYS: dict[str, int] = {Unit.DAY: 1, Unit.WEEK: 7}
_SHORT: dict[Sense, str] = {
    Sense.HOUR_LETTER: Unit.HOUR,
    Sense.MINUTE_LETTER: Unit.MINUTE,
    Sense.DAY_LETTER: Unit.DAY,
    Sense.WEEK_LETTER: Unit.WEEK,
}
_QUARTERS: dict[Sense, float] = {Sense.ONE_QUARTER: 0.25, Sense.THREE_QUARTERS: 0.75}
_MINUTES_SHORT = (Sense.MINUTE_LETTER, Sense.MINUTE_SHORT, Sense.MINUTES_SHORT)
PLURALS = (Sense.PLURAL, Sense.MINUTES_SHORT, Sense.HOURS_SHORT)
_MOST_MINUTES = 31 * 24 * 60
_MOST_UNITS = 400
BEHIND_NUMBER = (
    Kind.UNIT, Kind.COUNTER, Kind.MINUTE_SIGN, Kind.DAY_SIGN, Kind.SIGN, Kind.TO, Kind.LIST, Kind.FILL, Kind.WORD,
)  # fmt: skip
"""What a length goes on with behind its number."""
_COUNTS = (Kind.HALF, Kind.QUARTER, Kind.ARTICLE, Kind.SOME)
Measured = tuple[Length, int] | None
Count = tuple[float, int] | None


def length(tokens: Tokens, at: int) -> Measured:
    """A length of time; one of several units (1 day 2 hours, 1小时30分钟) is one length."""
    first = _simple(tokens, at) if is_possible(tokens, at) else None
    if first is None:
        return None
    value, stop = first
    joint = skip(tokens, stop, Kind.LIST, most=1)
    more = _simple(tokens, joint) if is_at(tokens, joint, Kind.NUMBER, Kind.HALF) else None
    if more is None or not more[0].minutes:
        return first
    if value.unit in DAYS:
        return Length(value.count * DAYS[value.unit] * 24 * 60 + more[0].minutes), more[1]
    return (Length(value.minutes + more[0].minutes), more[1]) if more[0].minutes < value.minutes else first


def is_possible(tokens: Tokens, at: int) -> bool:
    """False for what is no count, and for a number that no unit, nor anything before one, follows."""
    kind = kind_at(tokens, at)
    if kind is not Kind.NUMBER:
        return kind in _COUNTS
    behind = kind_at(tokens, at + 1)
    return behind in BEHIND_NUMBER


def _simple(tokens: Tokens, at: int) -> Measured:
    """A count and one unit."""
    counted = count(tokens, at)
    if counted is None:
        return None
    number, stop = counted
    stop = skip(tokens, stop, Kind.COUNTER, most=1)
    if is_at(tokens, stop, Kind.HALF) and is_at(tokens, stop - 1, Kind.COUNTER):
        number, stop = number + 0.5, stop + 1  # 两个半小时, 一个半月
    stop += means(tokens, stop, Sense.MORE_UNITS)
    stop += text_at(tokens, stop) == "-" and close(tokens, stop) and is_at(tokens, stop + 1, Kind.UNIT)
    unit = _unit(tokens, stop)
    return _measured(tokens, number, unit=unit, stop=stop + 1) if unit else None


def count(tokens: Tokens, at: int) -> Count:
    """A count: 3, 1.5, 半, a, half a, a few, one and a half."""
    if is_at(tokens, at, Kind.NUMBER):
        return _number(tokens, at)
    if is_at(tokens, at, Kind.SOME):
        return float(tokens[at].value), skip(tokens, at + 1, Kind.OF, most=1)
    if portion := by_sense(tokens, at, _QUARTERS):
        return portion, skip(tokens, at + 1, Kind.OF, Kind.ARTICLE, most=2)
    if is_at(tokens, at, Kind.HALF):
        return 0.5, skip(tokens, at + 1, Kind.ARTICLE, most=1)
    if is_at(tokens, at, Kind.ARTICLE):
        inner = count(tokens, at + 1) if is_at(tokens, at + 1, Kind.SOME, Kind.HALF, Kind.QUARTER) else None
        return inner or (1.0, at + 1)
    return None


def _number(tokens: Tokens, at: int) -> Count:
    value, stop = float(tokens[at].value), at + 1
    dotted = text_at(tokens, stop) == "." and close(tokens, stop) and close(tokens, stop + 1)
    if dotted and is_at(tokens, stop + 1, Kind.NUMBER):
        digits = tokens[stop + 1]
        return value + digits.value / 10 ** len(digits.text), stop + 2
    over = tokens[stop + 1].value if text_at(tokens, stop) == "/" and is_at(tokens, stop + 1, Kind.NUMBER) else 0
    if over in (2, 4) and value < over:
        return value / over, stop + 2
    return (value + 0.5, stop + 3) if _and_a_half(tokens, stop) else (value, stop)


def _and_a_half(tokens: Tokens, at: int) -> bool:
    return means(tokens, at, Sense.AND) and is_at(tokens, at + 1, Kind.ARTICLE) and is_at(tokens, at + 2, Kind.HALF)


def _unit(tokens: Tokens, at: int) -> str | None:
    if is_at(tokens, at, Kind.UNIT):
        return tokens[at].tag
    if is_at(tokens, at, Kind.MINUTE_SIGN):
        return Unit.MINUTE
    if is_at(tokens, at, Kind.WORD) and close(tokens, at):
        return by_sense(tokens, at, _SHORT)
    if is_at(tokens, at, Kind.MONTH_SIGN) and is_at(tokens, at - 1, Kind.HALF):
        return Unit.MONTH
    inside = is_at(tokens, at + 1, Kind.INSIDE, Kind.AFTER)
    return Unit.DAY if means(tokens, at, Sense.DAYS) and inside else None


def _measured(tokens: Tokens, number: float, *, unit: str, stop: int) -> Measured:
    if unit == Unit.HOUR:
        minutes, stop = _hours(tokens, round(number * 60), stop)
        return (Length(minutes), stop) if 0 < minutes <= _MOST_MINUTES else None
    if unit in _MINUTES:
        minutes = round(number * _MINUTES[unit])
        return (Length(minutes), stop) if 0 < minutes <= _MOST_MINUTES else None
    if unit == Unit.MONTH and number % 1:
        return Length(0, round(number * 30), Unit.DAY), stop
    if unit == Unit.DAY and number == 0.5:
        return Length(240), stop
    if unit == Unit.FORTNIGHT:
        number, unit = number * 14, Unit.DAY
    return (Length(0, round(number), unit), stop) if 0 < round(number) <= _MOST_UNITS else None


def _hours(tokens: Tokens, minutes: int, stop: int) -> tuple[int, int]:
    """What stands behind hours: 一小时半, an hour and a half, 1h30."""
    if means(tokens, stop, Sense.HALF_MORE):
        return minutes + 30, stop + 1
    if _and_a_half(tokens, stop):
        return minutes + 30, stop + 3
    if means(tokens, stop - 1, Sense.HOUR_LETTER) and is_at(tokens, stop, Kind.NUMBER) and close(tokens, stop):
        behind = means(tokens, stop + 1, *_MINUTES_SHORT)
        return minutes + tokens[stop].value, stop + 1 + behind
    return minutes, stop
