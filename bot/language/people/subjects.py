"""Unknown words in a person's place: before a word of availability, behind a word of company, in a list of people."""

from __future__ import annotations

from collections.abc import Collection

from bot.language.people.cursor import Cursor, Run
from bot.language.people.topic_places import topic_places
from bot.language.tags import Digits, Tag
from bot.language.tokens import ASKING, LISTING, Kind

_BEFORE_SUBJECT = frozenset(
    (None, Kind.BREAK, Kind.COMMA, Kind.WHEN, Kind.SHOW, Kind.BE, Kind.HELP, Kind.FILL, Kind.NOT, Kind.ONLY, Kind.SIGN)
)
_INVITING = frozenset((Kind.WITH, Kind.BOOK))
_BEFORE_ASKED = frozenset(
    (
        Kind.AHEAD,
        Kind.FILL,
        Kind.BOTH,
        Kind.ON,
        Kind.IN,
        Kind.AT,
        Kind.TO,
        Kind.FROM,
        Kind.LIST,
        Kind.BEFORE,
        Kind.AFTER,
    )
) | frozenset((Kind.BETWEEN, Kind.ONWARDS, Kind.UNTIL, Kind.BY, Kind.ZONE, Kind.ZONE_SIGN, Kind.EXACTLY, Kind.OF))
_ENDS = frozenset((None, Kind.BREAK, Kind.COMMA, Kind.LIST, Kind.MEET, *ASKING))
_SINGLE = frozenset((Kind.AVAILABLE, Kind.MEET, Kind.FIND, Kind.HALF, Kind.LACKING, Kind.EXACTLY, Kind.FROM))
"""Words of one sign that may be a part of an unknown one (悟空)."""
_STRANGE = frozenset((Kind.HAN, Kind.NAME, Kind.WORD, Kind.BE))
"""What an unknown person may begin with."""
_MOST_BETWEEN = 14
_LONGEST = 4
_LONGEST_ROLE = 8
_FEWEST = 2


def unknown_subjects(cursor: Cursor, taken: Collection[int]) -> list[Run]:
    """Stretches of unknown words that stand where only people stand, in order.

    `taken` are the tokens that are settled already.
    """
    if not any(token.kind in _STRANGE for token in cursor.tokens):
        return []
    found: list[Run] = []
    topic = topic_places(cursor)
    at = 0
    while at < len(cursor.tokens):
        stop = _end(cursor, taken, at) if _is_unknown(cursor, taken, at) else at
        spoken = at not in topic or _is_free(cursor, stop)
        if stop > at and spoken and _is_person(cursor, taken, at, stop):
            found.append((at, stop))
        at = max(stop, at + 1)
    return found


def _end(cursor: Cursor, taken: Collection[int], at: int) -> int:
    """The place behind an unknown word at `at`: signs that touch, or one or two words in Latin letters."""
    tokens, token, stop = cursor.tokens, cursor.tokens[at], at + 1
    if token.text.isascii() and token.kind is Kind.WORD:
        more = stop < len(tokens) and not token.value and tokens[stop].text.isascii()
        return stop + (more and _is_unknown(cursor, taken, stop))
    most = min(len(tokens), at + _LONGEST_ROLE + 1)
    while stop < most and not tokens[stop].gap and _goes_on(cursor, taken, stop):
        stop += 1
    length = tokens[stop - 1].end - token.start
    role = token.kind is Kind.BE
    if not role and all(other.kind is Kind.BE for other in tokens[at:stop]):
        return at
    return stop if _FEWEST <= length <= (_LONGEST_ROLE if role else _LONGEST) else at


def _is_unknown(cursor: Cursor, taken: Collection[int], at: int) -> bool:
    if cursor.timed[at] or at in taken:
        return False
    token = cursor.tokens[at]
    if token.kind in (Kind.HAN, Kind.NAME):
        return True
    if token.kind is Kind.NUMBER and token.tag is Digits.HAN:
        return cursor.kind(at + 1) is Kind.HAN and not cursor.tokens[at + 1].gap
    if token.kind is Kind.WORD:
        return len(token.tag) > 1
    titled = at - 1 in taken and not token.gap
    return token.kind is Kind.BE and token.tag is Tag.ROLE and not titled


def _goes_on(cursor: Cursor, taken: Collection[int], at: int) -> bool:
    token = cursor.tokens[at]
    if _is_unknown(cursor, taken, at) or (token.kind is Kind.BE and token.tag in (Tag.NOUN, Tag.ROLE)):
        return not cursor.timed[at] and at not in taken
    if len(token.text) != 1 or token.kind not in _SINGLE or cursor.timed[at]:
        return False
    return any(other.kind in ASKING for other in cursor.tokens[at + 1 :])


def _is_person(cursor: Cursor, taken: Collection[int], first: int, stop: int) -> bool:
    before = _before(cursor, first)
    kind = cursor.kind(before)
    if kind in _INVITING:
        return _is_closed(cursor, stop)
    if _is_listed(cursor, taken, first, stop):
        return True
    opened = kind in _BEFORE_SUBJECT or before in taken or cursor.is_timed(before)
    return opened and _is_asked(cursor, stop)


def _is_listed(cursor: Cursor, taken: Collection[int], first: int, stop: int) -> bool:
    """True beside a person in a list: 胡一刀和王芳."""
    behind = cursor.kind(stop) in LISTING and stop + 1 in taken
    return behind or (cursor.kind(first - 1) in LISTING and first - 2 in taken)


def _before(cursor: Cursor, first: int) -> int:
    """The token before a word, past "the" and the like."""
    place = first - 1
    while place >= 0 and cursor.tokens[place].kind in (Kind.ARTICLE, Kind.ME) and first - place < 3:
        place -= 1
    return place


def _is_free(cursor: Cursor, stop: int) -> bool:
    """True before a word of availability, or a time: 聊下悟空明天有空吗."""
    return cursor.kind(stop) in (Kind.AVAILABLE, Kind.AWAY) or cursor.is_timed(stop)


def _is_asked(cursor: Cursor, stop: int) -> bool:
    """True where nothing but times and small words stand before a word of availability."""
    for place in range(stop, min(len(cursor.tokens), stop + _MOST_BETWEEN)):
        token, timed = cursor.tokens[place], cursor.timed[place]
        if token.kind in ASKING and not timed:
            return True
        if not timed and token.kind not in _BEFORE_ASKED:
            return token.kind is Kind.BE and token.tag is Tag.ASK
    return False


def _is_closed(cursor: Cursor, stop: int) -> bool:
    """True before what may stand behind a person, and at the end."""
    kind = cursor.kind(stop)
    return kind in _ENDS or kind in _BEFORE_ASKED or cursor.timed[stop]
