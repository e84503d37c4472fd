"""Words of a topic: what stands behind 讨论, 评审 and "about" is what a meeting is about, and nobody is named there."""

from __future__ import annotations

from bot.language.people.cursor import Cursor, Run
from bot.language.senses import Sense
from bot.language.tags import Tag
from bot.language.tokens import CLAUSE_ENDS, Kind

_ENDING = frozenset(
    (Kind.AVAILABLE, Kind.AWAY, Kind.WHO, Kind.WHEN, Kind.FIND, Kind.SHOW, Kind.TELL, Kind.ADD, Kind.WITH, *CLAUSE_ENDS)
)
_TELLING = (Kind.CALENDAR, Kind.HAN, Kind.MEET)
"""What makes a topic of the names behind 评审: 评审张三的方案, but 评审 张三."""
_OPENING = (Kind.TOPIC, Kind.MEET, Kind.AT)
_LONGEST = 16


def topic_places(cursor: Cursor) -> frozenset[int]:
    """The places of the words behind a word of a topic: 季度计划 behind 讨论, "Alice's plan" behind "discuss"."""
    opening = [at for at, token in enumerate(cursor.tokens) if token.kind in _OPENING and not cursor.timed[at]]
    found: set[int] = set()
    for at in opening:
        token, stretch = cursor.tokens[at], range(at + 1, _stop(cursor, at + 1))
        named = token.tag is Tag.WHAT and cursor.is_tight(at + 1) and any(_is_telling(cursor, n) for n in stretch)
        if named or token.kind is Kind.TOPIC or token.tag is Tag.TOPIC:
            found.update(stretch)
    return frozenset(found)


def is_owner(cursor: Cursor, run: Run) -> bool:
    """True for a name whose plan, proposal or the like is meant: 李四的方案, Alice's plan."""
    return cursor.is_owner(run[1] - 1) or cursor.has(run[1], Sense.POSSESSIVE)


def _stop(cursor: Cursor, at: int) -> int:
    """The end of a topic: a sign, a time, a word of asking, or somebody apart by a blank (讨论预算 张三)."""
    stop = at
    while stop < min(len(cursor.tokens), at + _LONGEST) and not cursor.timed[stop]:
        token = cursor.tokens[stop]
        apart = token.gap and token.kind in (Kind.NAME, Kind.HAN) and not is_owner(cursor, (stop, stop + 1))
        if token.kind in _ENDING or apart:
            break
        stop += 1
    return stop


def _is_telling(cursor: Cursor, at: int) -> bool:
    token = cursor.tokens[at]
    noun = token.kind is Kind.BE and token.tag is Tag.NOUN
    return noun or token.kind in _TELLING or Sense.POSSESSIVE in token.senses
