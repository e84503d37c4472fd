"""Reads a day, a time or both from the chunks, and ranges of them: the pieces that phrases are made of."""

from __future__ import annotations

from dataclasses import replace

from bot.language.chunks.chunk import Chunk
from bot.language.days import Date, Days, Moved, Relative
from bot.language.phrases.cursor import MOST_WORDS, Cursor
from bot.language.phrases.joining import MOMENTS, as_time, joined, refined
from bot.language.phrases.moves import is_goal, is_goal_of_move
from bot.language.tags import Comma, Join, Position, Unit
from bot.language.tokens import Kind
from bot.language.values import Clock, Part, Phrase

BETWEEN_WORDS = (
    Kind.FILL,
    Kind.AT,
    Kind.ON,
    Kind.IN,
    Kind.OF,
    Kind.ZONE_SIGN,
    Kind.EXACTLY,
    Kind.EVERY,
    Kind.ARTICLE,
    Kind.ONLY,
    Kind.CHANGE,
)
_ADDING = (Kind.ZONE, Kind.NEXT_DAY)
"""Plain words that say something of a time."""
_NOTHING = Phrase()


# ---------------------------------------------------------------- ranges
def range_at(cursor: Cursor, *, between: bool) -> Phrase | None:
    """A side, or a range from one to another; with `between`, "and" joins the two."""
    first = side_at(cursor)
    if first is None or not _is_joint(cursor, between=between):
        return first
    start, kind = cursor.at, cursor.chunks[cursor.at].kind
    cursor.at += 1
    second = side_at(cursor)
    result = None
    if second is not None and not (kind is Kind.UNTIL and first.time is None and second.time is not None):
        result = joined(first, _with_hours(cursor, second) if first.time is None else second)
    if result is None:
        cursor.at = start
        return first
    return _with_day(cursor, result)


def _with_hours(cursor: Cursor, second: Phrase) -> Phrase:
    """The last day of a range with the hours behind it: the Wed 2-4pm of Mon-Wed 2-4pm."""
    if not isinstance(second.time, Clock) or second.day is None or not _is_joint(cursor, between=False):
        return second
    start = cursor.at
    cursor.at += 1
    third = side_at(cursor)
    result = joined(replace(second, day=None), third) if third is not None and third.day is None else None
    if result is None:
        cursor.at = start
        return second
    return replace(second, time=result.time)


def _with_day(cursor: Cursor, body: Phrase) -> Phrase:
    """A day or a part of the day behind a range of hours: 9-10am tomorrow, 8 to 10 in the morning."""
    start = cursor.at
    side = side_at(cursor)
    merged = None
    if side is not None and not isinstance(side.time, MOMENTS) and (side.day or isinstance(side.time, Part)):
        merged = refined(body, side)
    if merged is None:
        cursor.at = start
        return body
    return merged


def _is_joint(cursor: Cursor, *, between: bool) -> bool:
    """True for a word between the ends of a range: to, 到, and the "and" of "between 2 and 4"."""
    kind = cursor.kind_here()
    if kind is Kind.TO:
        return not (cursor.moving and is_goal_of_move(cursor.chunks[cursor.at]))
    if kind is Kind.UNTIL:
        return cursor.chunks[cursor.at].token.tag != Position.SUFFIX
    return kind is Kind.LIST and between and cursor.chunks[cursor.at].token.tag == Join.AND


# ---------------------------------------------------------------- one side
def side_at(cursor: Cursor) -> Phrase | None:
    """A day, a time or both, in any order, with nothing but small words between."""
    body, stop, place = _NOTHING, cursor.at, cursor.at
    chunks, count = cursor.chunks, len(cursor.chunks)
    while place < count and place < stop + MOST_WORDS:
        chunk = chunks[place]
        if chunk.value is None:
            grown = _with_word(body, chunk) if chunk.kind in _ADDING else None
        else:
            grown = as_time(chunk.value)
            grown = grown if grown is None or body is _NOTHING else refined(body, grown)
        if grown is not None:
            body, stop = grown, place + 1
        elif _ends_side(cursor, place, body):
            break
        place += 1
    cursor.at = stop
    return body if body.day is not None or body.time is not None else None


def _ends_side(cursor: Cursor, place: int, body: Phrase) -> bool:
    """True for a word that parts what stands before it from what follows, as the 改到 of 明天的会改到后天 does."""
    chunk = cursor.chunks[place]
    if is_goal(chunk) and body is not _NOTHING:
        return True
    return chunk.kind not in BETWEEN_WORDS and not (chunk.kind is Kind.COMMA and _is_loose(cursor, place, body))


def _with_word(body: Phrase, chunk: Chunk) -> Phrase | None:
    """The side with a zone, or with the day behind its own; None for other words."""
    if chunk.kind is Kind.ZONE and body.zone is None and _is_zone(chunk, body):
        return replace(body, zone=chunk.token.tag)
    if chunk.kind is Kind.NEXT_DAY and body.day is None:
        return replace(body, day=Moved(Relative(0), 1, Unit.NEXT))
    return None


def _is_zone(chunk: Chunk, body: Phrase) -> bool:
    """True for a zone behind a clock time, or where a word like "time" says so."""
    value = chunk.token.value
    return value > 0 or (value < 0 and isinstance(body.time, Clock))


def _is_loose(cursor: Cursor, place: int, body: Phrase) -> bool:
    """True for a comma that makes no list: between a weekday and its date."""
    comma = cursor.chunks[place]
    if comma.token.tag == Comma.LISTING or body.day is None or body.time is not None:
        return False
    after = cursor.chunks[place + 1].value if place + 1 < len(cursor.chunks) else None
    if not isinstance(after, Days) or cursor.is_refused(place + 2):
        return False
    if cursor.refusing and not isinstance(after, Date):
        return False  # 除了周五，下周上午
    return refined(body, Phrase(day=after)) is not None
