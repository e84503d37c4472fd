"""Rules for what counts from now: in two hours, 半小时后, the next 3 days, 5天内."""

from __future__ import annotations

from bot.language.chunks.chunk import Found, Length, Tokens, is_at, means, skip, text_at
from bot.language.chunks.lengths import PLURALS, count, length
from bot.language.days import Ahead, Moved, Relative
from bot.language.senses import Sense
from bot.language.tags import Unit
from bot.language.tokens import Kind
from bot.language.values import In, Next

_PREFIXES = (Kind.IN, Kind.LATER)
_MINUTES: dict[str, int] = {Unit.MINUTE: 1, Unit.HOUR: 60}
_DAYS = (Kind.WEEKDAY, Kind.RELATIVE_DAY, Kind.SHIFT, Kind.MONTH)
_BEHIND = (Sense.AFTERWARDS, Sense.NEXT_SIGN)
"""Words before a length that count from the unit after this one: 后三天 begins tomorrow."""


def offset(tokens: Tokens, at: int) -> Found:
    """In two hours, half an hour from now, 三天后, 2 weeks later."""
    prefixed = tokens[at].kind in _PREFIXES or Sense.AFTER in tokens[at].senses or tokens[at].text == "+"
    start = skip(tokens, at + 1, Kind.AT, most=1) if prefixed else at
    measured = length(tokens, start)
    if measured is None or is_at(tokens, measured[1], Kind.MEET):
        return None
    value, stop = measured
    if is_at(tokens, stop, Kind.FROM) and is_at(tokens, stop + 1, *_DAYS):
        return None  # in, a week from Thursday
    if value.unit and (is_at(tokens, stop, Kind.AGO) or means(tokens, stop, Sense.FORE, Sense.AGO)):
        return Moved(Relative(0), -value.count, value.unit), stop + 1
    tail = _later(tokens, stop)
    if tail is None and not prefixed:
        return None
    if value.minutes:
        return In(value.minutes), tail or stop
    return Moved(Relative(0), value.count, value.unit), tail or stop


def _later(tokens: Tokens, at: int) -> int | None:
    """The place behind a word that counts from now, or None."""
    if text_at(tokens, at) == "'":
        at += 1
    if is_at(tokens, at, Kind.LATER) or (is_at(tokens, at, Kind.ZONE_SIGN) and text_at(tokens, at - 1) == "'"):
        return at + 1  # two weeks' time
    if is_at(tokens, at, Kind.AFTER) and Sense.AFTER not in tokens[at].senses:
        return at + 1
    if means(tokens, at, Sense.LATER_THAN):
        return None if is_at(tokens, at + 1, Kind.SHIFT, Kind.WEEK) else at + 1
    return at + 2 if is_at(tokens, at, Kind.FROM) and is_at(tokens, at + 1, Kind.NOW) else None


def ahead(tokens: Tokens, at: int) -> Found:
    """The next 3 days, within two hours, 接下来三天, 未来一周, 5天内, 后三天."""
    start = skip(tokens, at, Kind.IN, Kind.FOR, Kind.WITHIN, Kind.FILL, most=4)
    if found := _counted_next(tokens, start):
        return found
    inside = any(is_at(tokens, place, Kind.WITHIN) for place in range(at, start))
    said = is_at(tokens, start, Kind.AHEAD) or (is_at(tokens, start, Kind.SHIFT) and tokens[start].value == 1)
    these = means(tokens, start - 1, Sense.THESE)
    behind = means(tokens, start, *_BEHIND)
    if (said or inside) and (found := _one_hour(tokens, start + said)):
        return found
    measured = length(tokens, start + (said or behind))
    if measured is None:
        return None
    closed = is_at(tokens, measured[1], Kind.INSIDE)
    if not (said or inside or closed or behind or (these and measured[0].unit == Unit.DAY)):
        return None
    return _horizon((measured[0], measured[1] + closed), today=not behind)


def _one_hour(tokens: Tokens, at: int) -> Found:
    """the next hour."""
    if not is_at(tokens, at, Kind.UNIT) or Sense.SINGLE not in tokens[at].senses:
        return None
    minutes = _MINUTES.get(tokens[at].tag)
    return (Next(minutes), at + 1) if minutes else None


def _counted_next(tokens: Tokens, at: int) -> Found:
    """the 3 next weeks, the 5 coming minutes."""
    counted = count(tokens, at)
    if counted is None or not is_at(tokens, counted[1], Kind.SHIFT) or tokens[counted[1]].value != 1:
        return None
    unit = counted[1] + 1
    if not is_at(tokens, unit, Kind.UNIT) or not means(tokens, unit, *PLURALS):
        return None
    number = round(counted[0])
    minutes = _MINUTES.get(tokens[unit].tag, 0) * number
    return _horizon((Length(minutes, number, tokens[unit].tag), unit + 1), today=True) if number else None


def _horizon(measured: tuple[Length, int], *, today: bool) -> Found:
    value, stop = measured
    return (Next(value.minutes), stop) if value.minutes else (Ahead(value.count, value.unit, today=today), stop)
