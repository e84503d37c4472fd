"""Rooms and places by name: 会议室 A201, 3-2会议室, 洱海厅, the training room, 455 Main St; no time is read in them."""

from __future__ import annotations

from collections.abc import Sequence, Set

from bot.language.tags import Tag
from bot.language.tokens import CLAUSE_ENDS, Kind, Token
from bot.language.words.places import GENERIC, HALL_ENDS, ROOM_ENDS, STREET_ENDS

_ROOM_SIGNS = frozenset("".join(ROOM_ENDS))
_LONGEST = 8
_LONGEST_STREET = 3
_HALL = 3
"""How many signs a hall's name has with its ending: 西湖厅."""
_NUMBERS = (Kind.NUMBER, Kind.PLACE, Kind.ORDINAL)
_SIGNS = (Kind.SIGN, Kind.TO)
_ASKED_OF = (Kind.AVAILABLE, Kind.RELATIVE_DAY, Kind.WEEKDAY, Kind.WEEK, Kind.FIND, Kind.BOOK)
_NAMED = (Kind.HAN, Kind.WORD, Kind.NAME, Kind.ZONE, Kind.MEET, Kind.DAY_SIGN, Kind.UNIT, *_NUMBERS)


def is_room(token: Token) -> bool:
    """True for a word like 会议室 and room."""
    return (token.kind is Kind.BE and token.tag is Tag.VENUE) or (token.kind is Kind.PLACE and token.tag == Tag.ROOM)


def may_have_places(folded: str, kinds: Set[Kind]) -> bool:
    """False for a text without a word of a room or street, a sign that a room ends with, or a word before a place."""
    if Kind.VENUE in kinds or Kind.PLACE in kinds or not _ROOM_SIGNS.isdisjoint(folded):
        return True
    return Kind.NUMBER in kinds and any(f" {end}" in folded for end in STREET_ENDS)


def with_places(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with those of a named place as such."""
    found = list(tokens)
    for at, token in enumerate(tokens):
        if found[at].kind is Kind.PLACED:
            continue
        for place in range(*_place(tokens, at, token)):
            found[place] = found[place]._replace(kind=Kind.PLACED, known=0)
    return found


def _place(tokens: Sequence[Token], at: int, token: Token) -> tuple[int, int]:
    """The stretch of the place that a token is part of; an empty one where it names none."""
    if token.kind is Kind.VENUE:
        return _after_marker(tokens, at + 1)
    if token.text in STREET_ENDS:
        return _house(tokens, at), at + 1
    if is_room(token) and not (at and tokens[at - 1].start == token.start):
        start, stop = _start(tokens, at), _stop(tokens, at + 1)
        return (start, stop) if (start, stop) != (at, at + 1) or token.text not in GENERIC else (at, at)
    named = token.kind is Kind.NAME and not token.known and token.text[-1] in HALL_ENDS
    if named or (token.kind is Kind.HAN and token.text in ROOM_ENDS and at and not token.gap):
        start = _start(tokens, at)
        hall = named and len(token.text) >= _HALL  # nobody is called so; 王厅 is a person with a title
        closes = hall or _closes(tokens, at + 1)
        return (start, at + 1) if token.end - tokens[start].start > _HALL - 1 and closes else (at, at)
    return at, at


def _house(tokens: Sequence[Token], at: int) -> int:
    """The house number before the name of a street; behind the street's end where there is none."""
    start = at - 1
    while start > at - 1 - _LONGEST_STREET and start > 0 and tokens[start].kind in (Kind.WORD, Kind.ZONE, Kind.ORDINAL):
        start -= 1
    return start if 0 <= start < at - 1 and tokens[start].kind is Kind.NUMBER else at + 1


def _after_marker(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    start = at
    while (start < len(tokens) and tokens[start].kind in (Kind.SIGN, Kind.FILL)) or _is_colon(tokens, start):
        start += 1
    stop = start
    while stop < min(len(tokens), start + _LONGEST) and tokens[stop].kind not in CLAUSE_ENDS:
        if tokens[stop].gap and stop > start and not tokens[stop].text.isascii():
            break
        stop += 1
    return start, stop


def _is_colon(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].text == ":"


def _start(tokens: Sequence[Token], at: int) -> int:
    """Where the name before a room begins: signs that touch it, or words in Latin letters behind "in the"."""
    start = at
    while start and at - start < _LONGEST and _belongs_before(tokens, start - 1, start):
        start -= 1
    while start < at and tokens[start].kind in _SIGNS:
        start += 1
    return start


def _belongs_before(tokens: Sequence[Token], at: int, behind: int) -> bool:
    token, next_token = tokens[at], tokens[behind]
    noun = token.kind is Kind.BE and token.tag in (Tag.NOUN,)
    if token.kind in _SIGNS:
        return not token.gap and not next_token.gap and at > 0 and tokens[at - 1].kind in _NUMBERS
    if token.kind is Kind.ARTICLE:
        return not next_token.gap
    if token.known > 1 or not (noun or token.kind in _NAMED):
        return False
    if token.text.isascii() and next_token.text.isascii() and next_token.gap:
        return noun or token.kind in (Kind.WORD, Kind.ORDINAL, Kind.PLACE, Kind.MEET)
    return not next_token.gap


def _stop(tokens: Sequence[Token], stop: int) -> int:
    """Where the name or number behind a room ends."""
    first = stop
    while stop < len(tokens) and stop - first < _LONGEST and _belongs_after(tokens, stop, first):
        stop += 1
    return stop


def _belongs_after(tokens: Sequence[Token], at: int, first: int) -> bool:
    token = tokens[at]
    if token.kind in _SIGNS:
        return not token.gap and at + 1 < len(tokens) and not tokens[at + 1].gap and tokens[at + 1].kind in _NUMBERS
    if token.kind is Kind.NUMBER:
        timely = at + 1 < len(tokens) and tokens[at + 1].kind in (Kind.CLOCK_SIGN, Kind.MERIDIEM, Kind.MONTH_SIGN)
        return (at == first or not token.gap) and not timely
    if token.kind is Kind.PLACE:
        return at == first
    if token.kind is Kind.WORD and at > first and not token.gap and len(token.text) == 1:
        return tokens[at - 1].kind is Kind.NUMBER
    capital = token.kind is Kind.WORD and token.known == 0 and (token.tag[:1].isupper() or len(token.text) == 1)
    return capital and at == first


def _closes(tokens: Sequence[Token], at: int) -> bool:
    """True where a clause ends behind a place, or what is wanted of it begins: when, whether it is free."""
    return at >= len(tokens) or tokens[at].kind in (*CLAUSE_ENDS, *_ASKED_OF) or tokens[at].gap
