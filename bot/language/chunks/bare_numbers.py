"""Decides which bare numbers are hours, or days of a list, by the words around them: at 3, 2-4, Dec 1 - 3."""

from __future__ import annotations

from bot.language.chunks import clocks, weekdays
from bot.language.chunks.chunk import Chunk, Found, Tokens, Value, close, is_at, kind_at, means, skip, text_at
from bot.language.chunks.clock_values import POINTS
from bot.language.chunks.neighbours import is_item
from bot.language.chunks.signed_dates import is_door
from bot.language.days import Date, Days, Month, Weekday
from bot.language.senses import Sense
from bot.language.tags import Digits, Tag
from bot.language.tokens import Kind
from bot.language.values import Clock, Part

_HOUR_BEHIND = (Kind.AT, Kind.FROM, Kind.BETWEEN, Kind.UNTIL, Kind.BEFORE, Kind.AFTER, Kind.BY)
_NOT_BEHIND_HOUR = (
    Kind.WORD,
    Kind.UNIT,
    Kind.COUNTER,
    Kind.FIND,
    Kind.NAME,
    Kind.CALENDAR,
    Kind.HAN,
    Kind.MONTH_SIGN,
    Kind.PORTION,
    Kind.SOME,
    Kind.ARTICLE,
    Kind.ZONE_SIGN,
    Kind.DAY_SIGN,
    Kind.PLACE,
)
_AFTER_RANGE = (
    Kind.BREAK,
    Kind.WHO,
    Kind.AVAILABLE,
    Kind.BE,
    Kind.COMMA,
    Kind.WITH,
    Kind.FOR,
    Kind.LIST,
    Kind.ON,
    Kind.AWAY,
    Kind.ZONE,
    Kind.AT_SIGN,
)


def number(tokens: Tokens, at: int, chunks: list[Chunk]) -> Found:
    if tokens[at].value > 31 or _is_decimal(tokens, at) or is_item(tokens, at):
        return None
    if tokens[at].value == 12 and is_at(tokens, at + 1, Kind.PART) and tokens[at + 1].tag in POINTS:
        return Clock(POINTS[tokens[at + 1].tag], sure=True), at + 2
    before = _last_value(chunks)
    if isinstance(before, Weekday) and _is_weekday_of_list(tokens, at):
        return Weekday(tokens[at].value - 1, before.week), at + 1
    if isinstance(before, Date) and _is_day_of_list(tokens, at, chunks):
        return Date(tokens[at].value), at + 1
    if is_at(tokens, at + 1, Kind.COMMA, Kind.LIST) and is_at(tokens, at + 2, Kind.NUMBER):
        if is_at(tokens, at + 3, Kind.DAY_SIGN):  # 2、3号, 2、3号楼
            return None if is_door(tokens, at + 2) else (Date(tokens[at].value), at + 1)
        if is_at(tokens, at + 3, Kind.CLOCK_SIGN):
            return clocks.bare(tokens, at)
    if not _is_hour(tokens, at, chunks):
        return None
    return clocks.bare(tokens, at)


def _is_decimal(tokens: Tokens, at: int) -> bool:
    """True for either side of 37.1."""
    before = text_at(tokens, at - 1) == "." and close(tokens, at) and is_at(tokens, at - 2, Kind.NUMBER)
    after = text_at(tokens, at + 1) == "." and close(tokens, at + 1) and is_at(tokens, at + 2, Kind.NUMBER)
    return before or (after and close(tokens, at + 2))


def _last_value(chunks: list[Chunk]) -> Value:
    """The value before the last word that ties things together."""
    for chunk in reversed(chunks[-4:]):
        if chunk.value is not None:
            return chunk.value
        if chunk.kind not in (Kind.TO, Kind.LIST, Kind.COMMA, Kind.FILL, Kind.FROM, Kind.UNTIL):
            return None
    return None


def _is_day_of_list(tokens: Tokens, at: int, chunks: list[Chunk]) -> bool:
    """True for the 3 of "Dec 1 - 3" and the 26 of "Nov 25 and 26"."""
    if chunks[-1].value is not None or (text_at(tokens, at + 1) in (":", ".") and is_at(tokens, at + 2, Kind.NUMBER)):
        return False
    return not is_at(tokens, at + 1, Kind.MERIDIEM, Kind.CLOCK_SIGN, Kind.UNIT, Kind.TO, Kind.WORD, Kind.EXACTLY)


def _is_weekday_of_list(tokens: Tokens, at: int) -> bool:
    """True for the 三 and the 五 of 周一、三、五; 周一、三点 has an hour."""
    if not is_at(tokens, at - 1, Kind.COMMA) or tokens[at].tag != Digits.HAN or not 0 < tokens[at].value < 7:
        return False
    return not (is_at(tokens, at + 1, *_SIGNED) or means(tokens, at + 1, Sense.HEADS))


_SIGNED = (Kind.CLOCK_SIGN, Kind.DAY_SIGN, Kind.MONTH_SIGN, Kind.UNIT, Kind.COUNTER, Kind.TO, Kind.LIST, Kind.NUMBER)


def _is_hour(tokens: Tokens, at: int, chunks: list[Chunk]) -> bool:
    behind = skip(tokens, at + 1, Kind.EXACTLY, most=1)
    last = _last_value(chunks)
    if means(tokens, behind, Sense.HEADS) or (
        is_at(tokens, at + 1, Kind.TO) and is_at(tokens, at + 2, Kind.NUMBER) and means(tokens, at + 3, Sense.HEADS)
    ):
        return False  # 下午3个人, 3到4个人
    if is_at(tokens, at + 1, Kind.TO, Kind.UNTIL, Kind.LIST) and _ranged(tokens, at, chunks):
        return True
    if is_at(tokens, at - 1, Kind.NAME, Kind.AT_SIGN) and close(tokens, at):
        return False  # 张伟2
    if is_at(tokens, behind, *_NOT_BEHIND_HOUR) and not (
        is_at(tokens, behind, Kind.WORD)
        and (is_at(tokens, at - 1, *_HOUR_BEHIND) or means(tokens, behind, Sense.GIVEN))
    ):
        return _is_dayish(tokens, behind)
    if (
        text_at(tokens, behind) in ("%", ".", "/", ":")
        and close(tokens, behind)
        and is_at(tokens, behind + 1, Kind.NUMBER)
    ):
        return False
    if is_at(tokens, at - 1, Kind.TO, Kind.LIST, Kind.UNTIL, Kind.COMMA) and isinstance(last, Clock):
        return True
    if is_at(tokens, at - 1, *_HOUR_BEHIND) or _is_goal(tokens, at, chunks):
        return not is_at(tokens, behind, Kind.UNIT)
    dated = bool(chunks) and isinstance(chunks[-1].value, Days | Part) and not isinstance(chunks[-1].value, Month)
    word = tokens[at].tag == Digits.WORD and is_at(tokens, behind, Kind.WEEKDAY)  # that one Tuesday
    return dated or (_is_dayish(tokens, behind) and not word)


def _is_goal(tokens: Tokens, at: int, chunks: list[Chunk]) -> bool:
    """True for the last 5 of "move it to 5" and "push the 3pm to 5"."""
    ends = at + 1 >= len(tokens) or is_at(tokens, at + 1, Kind.BREAK) or means(tokens, at + 1, Sense.COURTESY)
    if not ends or not 0 < tokens[at].value <= 24:
        return False
    if is_at(tokens, at - 1, Kind.CHANGE) and tokens[at - 1].tag is Tag.MOVE:
        return True
    return means(tokens, at - 1, Sense.TO) and any(chunk.kind is Kind.MOVE for chunk in chunks)


def _is_dayish(tokens: Tokens, at: int) -> bool:
    """True where a day or a part of it follows."""
    at = skip(tokens, at, Kind.COMMA, most=1)
    if is_at(tokens, at, Kind.RELATIVE_DAY, Kind.WEEKDAY) or (
        is_at(tokens, at, Kind.SHIFT) and is_at(tokens, at + 1, Kind.WEEKDAY)
    ):
        return True
    if is_at(tokens, at, Kind.IN):
        return clocks.part(tokens, at) is not None
    return is_at(tokens, at, Kind.ON) and weekdays.day(tokens, skip(tokens, at + 1, Kind.FILL)) is not None


def _ranged(tokens: Tokens, at: int, chunks: list[Chunk]) -> bool:
    """True where a number is the first end of a range of hours: the other end, or the words around, say so."""
    if is_at(tokens, at + 2, Kind.PART) and tokens[at + 2].tag in POINTS:
        return True
    other = skip(tokens, at + 2, Kind.FILL, Kind.AT, Kind.PART, most=2)
    found = clocks.clock(tokens, other)
    if found and isinstance(found[0], Clock) and (found[0].half or found[0].minute or tokens[other].value <= 24):
        return True
    if not is_at(tokens, other, Kind.NUMBER) or not 0 < tokens[other].value <= 24:
        return False
    stop = skip(tokens, other + 1, Kind.EXACTLY, most=1)
    if is_at(tokens, at + 1, Kind.LIST):  # either 10 or 3 on Thursday
        return _is_dayish(tokens, stop)
    if kind_at(tokens, other + 1) in (Kind.MONTH_SIGN, Kind.DAY_SIGN, Kind.UNIT, Kind.MONTH, Kind.COUNTER, Kind.FIND):
        return False
    dated = bool(chunks) and isinstance(chunks[-1].value, Days | Part)
    if dated or is_at(tokens, at - 1, *_HOUR_BEHIND) or _is_dayish(tokens, stop):
        return True
    return stop >= len(tokens) or kind_at(tokens, stop) in _AFTER_RANGE or means(tokens, stop, Sense.GIVEN)
