"""Tokens -> chunks: tries the rules at each place, the most telling first."""

from __future__ import annotations

from bot.language.chunks import clocks, date_lists, dates, lengths, offsets, weekdays
from bot.language.chunks.bare_numbers import number
from bot.language.chunks.chunk import Chunk, Found, Tokens, Value, by_sense, close, is_at, means
from bot.language.chunks.clock_values import POINTS
from bot.language.chunks.rules import Begun, Rules
from bot.language.chunks.signed_clocks import lacking
from bot.language.days import Date, Days, Month, Relative, Week, Weekday
from bot.language.senses import Sense
from bot.language.tags import DayPart, Half, Unit
from bot.language.tokens import Kind
from bot.language.values import Clock, Now, Part

_COUNTED = (Kind.HALF, Kind.QUARTER, Kind.ARTICLE, Kind.SOME)
_LEADING = (Kind.IN, Kind.FOR, Kind.WITHIN, Kind.FILL, Kind.AHEAD, Kind.SHIFT, Kind.AFTER, Kind.HAN)
_DAILY = (Kind.IN, Kind.FILL, Kind.PORTION, Kind.PART)
_RULES = Rules(
    Begun(date_lists.numbered, (Kind.NUMBER, Kind.ORDINAL), (Kind.DAY_SIGN, Kind.TO, Kind.UNTIL, Kind.LIST)),
    Begun(weekdays.from_day, (Kind.NUMBER, Kind.ARTICLE, Kind.SOME), (Kind.UNIT,)),
    Begun(weekdays.weekday_from_now, (Kind.NUMBER, Kind.WEEKDAY), (Kind.WEEKDAY,)),
    Begun(
        offsets.offset,
        (Kind.NUMBER, *_COUNTED, Kind.IN, Kind.LATER, Kind.AFTER, Kind.SIGN),
        lengths.BEHIND_NUMBER,
        opens_range=False,
    ),
    Begun(
        offsets.ahead,
        (Kind.NUMBER, *_COUNTED, *_LEADING),
        (*lengths.BEHIND_NUMBER, Kind.SHIFT),
        (Kind.NUMBER, *_COUNTED, Kind.UNIT, *_LEADING),
        opens_range=False,
    ),
    Begun(lacking, (Kind.LACKING,)),
    Begun(clocks.digital, (Kind.NUMBER,), (Kind.SIGN,)),
    *weekdays.DAYS.begun,
    *dates.DATES.begun,
    *clocks.CLOCKS.begun,
    Begun(clocks.part, _DAILY, behind_fill=_DAILY),
)
"""Every rule of a value, the most telling first."""
MOST_TIMES = 32
"""How many words and numbers of time are read; eight dates, each with a range of hours, are as many."""
_WHOLE: dict[str, Days] = {Unit.WEEK: Week(0), Unit.DAY: Relative(0), Unit.MONTH: Month()}
_BESIDE = (Kind.BEFORE, Kind.AFTER, Kind.FILL, Kind.NEXT_DAY)
"""What a day beside another one is named with."""
_SHORT: dict[Sense, str] = {Sense.EVENING: DayPart.EVENING, Sense.EARLY: DayPart.EARLY}


def read(tokens: Tokens) -> list[Chunk]:
    """All chunks of a sentence, in order; tokens that speak of no time come through as they are."""
    chunks: list[Chunk] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        found = _value(tokens, at, chunks) if token.kind in _SPEAKING else None
        value, stop = found or (None, at + 1)
        chunks.append(Chunk(value, token.kind if value is None else Kind.NOW, at, stop, token))
        at = stop
    return chunks


def is_crowded(tokens: Tokens) -> bool:
    """True for more words and numbers of time than any request has."""
    return len([None for token in tokens if token.kind in _COUNTING]) > MOST_TIMES


def _numbered_place(tokens: Tokens, at: int, _: list[Chunk]) -> Found:
    """Room 3-402, floor 12 and meeting id 123 456 789: the numbers behind such a word are no times."""
    stop = at + 1
    if any(sign.isdigit() for sign in tokens[at].text):
        return None, stop + (is_at(tokens, stop, Kind.NUMBER) and close(tokens, stop))
    while _goes_on(tokens, stop, first=at + 1):
        stop += 1
    return None, stop


def _goes_on(tokens: Tokens, at: int, *, first: int) -> bool:
    """True for the next number or sign of such a number; room 402 3pm has a time of its own."""
    if not is_at(tokens, at, Kind.NUMBER):
        return is_at(tokens, at, Kind.TO, Kind.SIGN) and close(tokens, at)
    return at == first or is_at(tokens, at - 1, Kind.TO, Kind.SIGN) or len(tokens[at].text) > 2


def _value(tokens: Tokens, at: int, chunks: list[Chunk]) -> Found:
    token = tokens[at]
    if Sense.SINGLE in token.senses and (found := _owned(tokens, at)):
        return found
    if token.kind is Kind.MONTH and _is_person(tokens, at):
        return None
    for rule in _RULES.at(tokens, at):
        if found := rule(tokens, at):
            return _moved(tokens, found) or _plain(found)
    last = _LAST.get(token.kind)
    return last(tokens, at, chunks) if last else None


def _now(_: Tokens, at: int, __: list[Chunk]) -> Found:
    return Now(), at + 1


def _from_now(tokens: Tokens, at: int, _: list[Chunk]) -> Found:
    return (Now(), at + 1) if Sense.FROM_NOW in tokens[at].senses else None


def _hour_or_length(tokens: Tokens, at: int, chunks: list[Chunk]) -> Found:
    return number(tokens, at, chunks) or lengths.length(tokens, at)


def _length(tokens: Tokens, at: int, _: list[Chunk]) -> Found:
    return lengths.length(tokens, at)


def _moved(tokens: Tokens, found: tuple[Value, int]) -> Found:
    """周五的前一天, 12月3号后两天, 周五的第二天: the days beside one that was named."""
    value, stop = found
    if not isinstance(value, Weekday | Date | Relative):
        return None
    return weekdays.beside_day(tokens, stop, value)


def _plain(found: tuple[Value, int]) -> tuple[Value, int]:
    """Noon and midnight are clock times."""
    if isinstance(found[0], Part) and found[0].name in POINTS:
        return Clock(POINTS[found[0].name], sure=True), found[1]
    return found


def _is_person(tokens: Tokens, at: int) -> bool:
    """April and May are people where other words of a list of people stand beside them."""
    if is_at(tokens, at + 1, Kind.NUMBER, Kind.ORDINAL):
        return False
    return is_at(tokens, at - 1, Kind.WITH, Kind.ADD, Kind.REMOVE)


def _owned(tokens: Tokens, at: int) -> Found:
    """The week of "Bob's week", the day of "the team's day"."""
    owner = is_at(tokens, at - 1, Kind.EVERYONE, Kind.TEAM_NAME, Kind.AT_SIGN)
    owner = owner or means(tokens, at - 1, Sense.OWNING, Sense.OWNING)
    owner = owner or (is_at(tokens, at - 1, Kind.WORD, Kind.MONTH) and tokens[at - 1].value == 1)
    return (_WHOLE[tokens[at].tag], at + 1) if owner and tokens[at].tag in _WHOLE else None


def _half_day(tokens: Tokens, at: int, chunks: list[Chunk]) -> Found:
    """Tuesday AM, 周五晚: a half of the day that is said in one short word behind the day."""
    short = by_sense(tokens, at, _SHORT)
    dated = bool(chunks) and isinstance(chunks[-1].value, Days)
    if short and ((dated and close(tokens, at)) or clocks.clock(tokens, at + 1)):
        return Part(short), at + 1
    if not dated:
        return None
    if is_at(tokens, at, Kind.MERIDIEM):
        return Part(DayPart.AFTERNOON if tokens[at].tag == Half.PM else DayPart.MORNING), at + 1
    return None


def _meal(tokens: Tokens, at: int, chunks: list[Chunk]) -> Found:
    """Lunch is a part of the day behind a day or a word like "after"; elsewhere it is something to eat."""
    day = bool(chunks) and isinstance(chunks[-1].value, Days)
    behind = is_at(tokens, at - 1, Kind.AT, Kind.BEFORE, Kind.AFTER, Kind.NOT, Kind.BY, Kind.UNTIL) or means(
        tokens, at - 1, Sense.DURING
    )
    ahead = is_at(tokens, at + 1, Kind.BEFORE, Kind.AFTER, Kind.INSIDE)
    eaten = is_at(tokens, at + 1, Kind.WITH)
    if eaten or not (day or behind or ahead):
        return None
    return Part(DayPart.BREAKFAST if tokens[at].tag == DayPart.BREAKFAST else DayPart.LUNCH), at + 1


_LAST = {
    Kind.PLACE: _numbered_place,
    Kind.NOW: _now,
    Kind.LATER: _from_now,
    Kind.HAN: _half_day,
    Kind.MERIDIEM: _half_day,
    Kind.MEAL: _meal,
    Kind.NUMBER: _hour_or_length,
} | dict.fromkeys(_COUNTED, _length)
"""What is tried where no rule fits, by the kind of the token; it is told what was read before."""
_SPEAKING = frozenset((*_RULES.kinds, *_LAST, Kind.UNIT))
"""The kinds a value may begin with, and those after which numbers are none."""
_COUNTING = _SPEAKING - {Kind.HAN, Kind.FILL, Kind.PLACE, Kind.SIGN, Kind.IN, Kind.FOR, Kind.MERIDIEM}
"""Those that cost most, and that hardly stand in a text that speaks of no time."""
