"""Words of a topic: what stands behind 讨论, 评审 and "about" is what a meeting is about, and nobody is named there."""

from __future__ import annotations

from bot.language.people.cursor import Cursor
from bot.language.senses import Sense
from bot.language.tags import Tag
from bot.language.tokens import CLAUSE_ENDS, Kind

_ENDING = frozenset(
    (Kind.AVAILABLE, Kind.AWAY, Kind.WHO, Kind.WHEN, Kind.FIND, Kind.SHOW, Kind.TELL, Kind.ADD, Kind.WITH, *CLAUSE_ENDS)
)
_TELLING = (Kind.CALENDAR, Kind.HAN, Kind.MEET)
"""What makes a topic of the names behind 评审: 评审张三的方案, but 评审 张三."""
_LONGEST = 16


def topic_places(cursor: Cursor) -> frozenset[int]:
    """The places of the words behind a word of a topic: 季度计划 behind 讨论, "Alice's plan" behind "discuss"."""
    found: set[int] = set()
    for at, token in enumerate(cursor.tokens):
        if cursor.timed[at] or at in found:
            continue
        if token.kind is Kind.TOPIC or (token.kind in (Kind.MEET, Kind.AT) and token.tag is Tag.TOPIC):
            found |= set(range(at + 1, _stop(cursor, at + 1)))
        elif token.kind is Kind.MEET and token.tag is Tag.WHAT and cursor.is_tight(at + 1):
            stretch = range(at + 1, _stop(cursor, at + 1))
            found |= set(stretch) if any(_is_telling(cursor, place) for place in stretch) else set()
    return frozenset(found)


def _stop(cursor: Cursor, at: int) -> int:
    """The end of a topic: a sign, a time, a word of asking, or somebody apart by a blank (讨论预算 张三)."""
    stop = at
    while stop < min(len(cursor.tokens), at + _LONGEST) and not cursor.timed[stop]:
        token = cursor.tokens[stop]
        apart = token.gap and not token.text.isascii()
        if token.kind in _ENDING or (apart and token.kind in (Kind.NAME, Kind.HAN)):
            break
        stop += 1
    return stop


def _is_telling(cursor: Cursor, at: int) -> bool:
    token = cursor.tokens[at]
    noun = token.kind is Kind.BE and token.tag is Tag.NOUN
    return noun or token.kind in _TELLING or Sense.POSSESSIVE in token.senses
