"""Chunks -> phrases: bounds, exclusions and lengths around what was read, and how phrases are linked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.language.chunks.chunk import Chunk, Length
from bot.language.days import Ahead, Days, Moved, Onward, Run, Span, UpTo
from bot.language.phrases.cursor import MOST_WORDS, Cursor
from bot.language.phrases.joining import bounded
from bot.language.phrases.moves import is_goal_of_move
from bot.language.phrases.ranges import BETWEEN_WORDS, range_at, side_at
from bot.language.senses import Sense
from bot.language.tags import Comma, Position
from bot.language.tokens import Kind
from bot.language.values import After, Clock, Lasting, Link, Phrase, Sign

_BOUNDS = (Kind.BEFORE, Kind.AFTER, Kind.BY, Kind.UNTIL)
_PREFIXES = (*_BOUNDS, Kind.FROM, Kind.BETWEEN, Kind.NOT)
_SUFFIXES = (Kind.BEFORE, Kind.AFTER, Kind.ONWARDS)
_AHEAD = frozenset((*_PREFIXES, *BETWEEN_WORDS))
_OPENING = _AHEAD | {Kind.ZONE, Kind.NEXT_DAY, Kind.TO}
"""Plain words a phrase may begin with."""


class Grouped(NamedTuple):
    """The phrases of a text in order, and the durations that were left beside them."""

    phrases: list[Phrase]
    lengths: list[Length]


def grouped(chunks: Sequence[Chunk]) -> Grouped:
    """The phrases that chunks make, in one walk."""
    cursor, link = Cursor(chunks), Link.NONE
    found: list[Phrase] = []
    while cursor.at < len(chunks):
        before, chunk = cursor.at, chunks[cursor.at]
        cursor.refusing = link is Link.LIST and bool(found) and found[-1].sign is Sign.NOT
        phrase = _phrase(cursor) if chunk.value is not None or chunk.kind in _OPENING else None
        if phrase is not None:
            link = link or _listed(found, chunk, before)
            found.append(phrase.placed(link, start=before, end=cursor.at))
            link = Link.NONE
            continue
        cursor.at = before + 1
        cursor.moving = chunk.kind is Kind.MOVE or (cursor.moving and not is_goal_of_move(chunk))
        if isinstance(chunk.value, Length):
            cursor.lengths.append(chunk.value)
        else:
            link = _linked(chunk, link)
    return Grouped(found, cursor.lengths)


def _listed(found: list[Phrase], chunk: Chunk, before: int) -> Link:
    """How a phrase is linked that nothing stands before: two days are a list (周二周四, 周一三五, Tue Thu)."""
    touching = bool(found) and found[-1].end == before and found[-1].day is not None
    return Link.LIST if touching and isinstance(chunk.value, Days) else Link.NONE


def _linked(chunk: Chunk, link: Link) -> Link:
    """How the next phrase is linked to the last behind one more word between them."""
    if chunk.kind is Kind.LIST or chunk.token.text == "/":
        return Link.LIST
    if chunk.kind is Kind.COMMA:
        return link or (Link.LIST if chunk.token.tag == Comma.LISTING else Link.COMMA)
    return Link.NONE


# ---------------------------------------------------------------- one phrase
def _phrase(cursor: Cursor) -> Phrase | None:
    """A phrase with all that bounds it or takes it out, or None where none begins here."""
    start = cursor.at
    prefixes = _prefixes(cursor)
    if prefixes is None:
        return None
    names_one = any(Sense.THE in chunk.token.senses for chunk in cursor.chunks[start : cursor.at])
    cursor.refusing = cursor.refusing or Kind.NOT in prefixes
    names_one = any(Sense.THE in chunk.token.senses for chunk in cursor.chunks[start : cursor.at])
    body = range_at(cursor, between=Kind.BETWEEN in prefixes)
    if body is None:
        return None
    if names_one and isinstance(body.time, Clock):  # remove Bob from the 3pm: a meeting, by its hour
        prefixes = [kind for kind in prefixes if kind is not Kind.FROM]
    included = _takes_included(cursor)
    body = _bounded(cursor, body, prefixes)
    if (included or _takes_included(cursor)) and isinstance(body.day, UpTo):
        body = replace(body, day=replace(body.day, included=True))
    sign = Sign.BEHIND if _takes_refusal(cursor) else Sign.NOT if Kind.NOT in prefixes else Sign.NONE
    return replace(body, sign=sign) if sign else body


def _prefixes(cursor: Cursor) -> list[Kind] | None:
    """The words before a phrase that bound it, with the cursor behind them; None where none can follow (不行)."""
    found: list[Kind] = []
    stop = cursor.at + MOST_WORDS
    while cursor.at < stop and ((kind := cursor.kind_here()) in _AHEAD or (kind is Kind.TO and _is_up_to(cursor))):
        if kind is Kind.TO:
            kind = Kind.UNTIL
        if kind in _PREFIXES and kind is not None:
            if kind is Kind.NOT and cursor.chunks[cursor.at].token.tag == Position.SUFFIX:
                return None
            found.append(kind)
        cursor.at += 1
    return found


def _is_up_to(cursor: Cursor) -> bool:
    """True for a 到 with nothing of time before it: 到下午6点."""
    return not cursor.chunks[cursor.at].token.text.isascii()


def _takes_refusal(cursor: Cursor) -> bool:
    """Passes over the 不行 of 周五不行 and 周五大家不行; true where there was one."""
    kind = cursor.kind_here()
    if kind in (Kind.ME, Kind.EVERYONE, Kind.FILL) and cursor.is_refused(cursor.at + 1):
        cursor.at += 2
        return True
    refused = kind is Kind.NOT and (cursor.is_refused(cursor.at) or _is_closing_not(cursor))
    cursor.at += refused
    return refused


def _is_closing_not(cursor: Cursor) -> bool:
    """True for the 不要 of 10点以前不要, behind which nothing is taken out."""
    after = cursor.chunks[cursor.at + 1] if cursor.at + 1 < len(cursor.chunks) else None
    ends = after is None or after.kind in (Kind.BREAK, Kind.COMMA)
    return ends and not cursor.chunks[cursor.at].token.text.isascii()


def _takes_included(cursor: Cursor) -> bool:
    """Passes over （含） and （含周五）; true where there was one."""
    place = cursor.at
    texts = [chunk.token.text for chunk in cursor.chunks[place : place + 4]]
    if len(texts) < 3 or texts[0] != "(" or cursor.chunks[place + 1].kind is not Kind.INCLUDED or ")" not in texts:
        return False
    cursor.at = place + texts.index(")") + 1
    return True


# ---------------------------------------------------------------- bounds
def _bounded(cursor: Cursor, body: Phrase, prefixes: list[Kind]) -> Phrase:
    """A phrase as the words around it bound it: before 3, 3点以后, from Monday on."""
    suffix = cursor.kind_here()
    taken = suffix is Kind.AFTER and any(kind is not Kind.NOT for kind in prefixes)
    if suffix in _SUFFIXES and suffix is not None and not taken and _is_suffix(cursor):
        cursor.at += 1
        return _days_on(cursor, body) or _trailing(cursor, bounded(body, suffix))
    if suffix is Kind.UNTIL and cursor.chunks[cursor.at].token.tag == Position.SUFFIX:
        cursor.at += 1
        return bounded(body, Kind.UNTIL)
    for kind in _BOUNDS:
        if kind in prefixes:
            return _trailing(cursor, bounded(body, kind))
    return _from(cursor, body) if Kind.FROM in prefixes else _lasting(cursor, body)


def _is_suffix(cursor: Cursor) -> bool:
    """False for "before" and "after", which bound what is behind them, and for the 开始 of 3点开始开一小时."""
    senses = cursor.chunks[cursor.at].token.senses
    if Sense.BEGIN in senses:
        length = _length_ahead(cursor)
        return length is None or not length.minutes
    return Sense.BEFORE not in senses and Sense.AFTER not in senses


def _trailing(cursor: Cursor, body: Phrase) -> Phrase:
    """A bound and then the day it lies in: after 3pm on Thursday, from 2pm onwards tomorrow."""
    if body.day is not None:
        return body
    start = cursor.at
    side = side_at(cursor)
    if side is None or side.day is None or side.time is not None:
        cursor.at = start
        return body
    return replace(body, day=side.day, zone=body.zone or side.zone, day_first=False)


def _from(cursor: Cursor, body: Phrase) -> Phrase:
    """What begins with a time or a day: from 2pm for an hour, from Monday three days, from Monday."""
    if isinstance(body.time, Clock):
        return _from_clock(cursor, body, body.time)
    if body.time is not None or body.day is None:
        return body
    if (run := _run(cursor, body)) is not None:
        return run
    if isinstance(body.day, Moved) or not _is_one_day(body.day):
        return body
    return replace(body, day=Onward(body.day, included=True))


def _from_clock(cursor: Cursor, body: Phrase, start: Clock) -> Phrase:
    """From a clock time: for as long as is said behind it, or was said before, or to the end of the day."""
    length = _length_ahead(cursor)
    if length is not None and length.minutes:
        return _lasting(cursor, body)
    waiting = next((length for length in cursor.lengths if length.minutes), None)
    if waiting is None:
        return _trailing(cursor, replace(body, time=After(start)))
    cursor.lengths.remove(waiting)
    return replace(body, time=Lasting(start, waiting.minutes))


def _is_one_day(day: Days) -> bool:
    return not isinstance(day, Span | Ahead | Run | UpTo | Onward)


# ---------------------------------------------------------------- lengths beside a start
def _length_ahead(cursor: Cursor) -> Length | None:
    """The length that stands here, with small words before it at most."""
    for chunk in cursor.chunks[cursor.at : cursor.at + 4]:
        if isinstance(chunk.value, Length):
            return chunk.value
        if chunk.kind not in (Kind.FOR, Kind.FILL, Kind.ONWARDS, Kind.MEET, Kind.BOOK):
            return None
    return None


def _take_length(cursor: Cursor) -> None:
    while not isinstance(cursor.chunks[cursor.at].value, Length):
        cursor.at += 1
    cursor.at += 1


def _lasting(cursor: Cursor, body: Phrase) -> Phrase:
    """14:00 for 90 minutes, 3点开始开一个半小时."""
    length = _length_ahead(cursor)
    if not isinstance(body.time, Clock) or length is None or not length.minutes:
        return body
    _take_length(cursor)
    return _trailing(cursor, replace(body, time=Lasting(body.time, length.minutes)))


def _days_on(cursor: Cursor, body: Phrase) -> Phrase | None:
    """明天起三天: so many days from one on."""
    return _run(cursor, body) if body.time is None else None


def _run(cursor: Cursor, body: Phrase) -> Phrase | None:
    """The days of a length that begin with a day, or None."""
    length = _length_ahead(cursor)
    if body.day is None or length is None or not length.unit:
        return None
    _take_length(cursor)
    return replace(body, day=Run(body.day, length.count, length.unit))
