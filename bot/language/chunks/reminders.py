"""Reminders: a length before the start, which is no length of the meeting: 提前10分钟提醒, remind me 5 min before."""

from __future__ import annotations

from datetime import timedelta

from bot.language.chunks.chunk import Chunk, Length, Tokens, is_at
from bot.language.chunks.lengths import DAYS
from bot.language.tokens import Kind

_REMINDING = (Kind.REMINDER, Kind.TELL, Kind.ANNOUNCE)
_NEAR = (
    Kind.FILL, Kind.ARTICLE, Kind.FOR, Kind.IN, Kind.BE, Kind.WITH, Kind.OF, Kind.AT, Kind.ME, Kind.SIGN, Kind.START,
    Kind.COMMA, Kind.EVERYONE, Kind.LIST,
)  # fmt: skip
_REACH = 5


def without_reminder(chunks: list[Chunk], tokens: Tokens) -> tuple[list[Chunk], timedelta | None, frozenset[int]]:
    """The chunks without a reminder's length, that length, and the tokens that speak of it."""
    for chunk in chunks:
        ahead = _ahead(chunk.value) if isinstance(chunk.value, Length) else None
        if ahead and (span := _span(tokens, chunk)):
            found = frozenset(range(*span))
            kept = [_silent(each) if each.first in found else each for each in chunks]
            return kept, ahead, found
    return chunks, None, frozenset()


def _ahead(length: Length) -> timedelta:
    """How long before the start; nothing for a length of months."""
    return timedelta(minutes=length.minutes, days=length.count * DAYS.get(length.unit, 0))


def _span(tokens: Tokens, chunk: Chunk) -> tuple[int, int] | None:
    """The tokens of a reminder around a length, or None where it is none."""
    start, stop = chunk.first, chunk.stop
    ahead = is_at(tokens, start - 1, Kind.AHEAD_OF)
    behind = stop + is_at(tokens, stop, Kind.BEFORE, Kind.AHEAD_OF)
    if ahead or behind > stop:
        start -= ahead
        word = _reminder_word_after(tokens, behind) or _reminder_word_before(tokens, start)
        return (min(start, word), max(behind, word + 1)) if word is not None else None
    if is_at(tokens, stop, *_REMINDING):
        return start, stop + 1  # a 10 minute reminder
    said = _reminder_word_before(tokens, start)
    alone = is_at(tokens, stop, Kind.BREAK, Kind.COMMA) or stop >= len(tokens)
    return (said, stop) if said is not None and alone and is_at(tokens, said, Kind.REMINDER) else None


def _reminder_word_after(tokens: Tokens, at: int) -> int | None:
    for place in range(at, min(at + _REACH, len(tokens))):
        if is_at(tokens, place, *_REMINDING):
            return place
        if not is_at(tokens, place, *_NEAR, Kind.MEET):
            return None
    return None


def _reminder_word_before(tokens: Tokens, at: int) -> int | None:
    for place in range(at - 1, max(at - 1 - _REACH, -1), -1):
        if is_at(tokens, place, *_REMINDING):
            return place
        if not is_at(tokens, place, *_NEAR):
            return None
    return None


def _silent(chunk: Chunk) -> Chunk:
    return chunk._replace(value=None, kind=Kind.FILL)
