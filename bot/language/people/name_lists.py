"""Names in one list: with each other, and with the sender."""

from __future__ import annotations

from bot.language.people.cursor import Cursor, Run
from bot.language.tokens import LISTING, Kind

_BEFORE_PLAIN = (None, Kind.BE, Kind.WITH, Kind.LIST, Kind.COMMA, Kind.ME, Kind.WHEN)


def are_listed(cursor: Cursor, one: Run, two: Run) -> bool:
    """True where nothing but "and" or a comma stands between two names; Chinese names may touch (张三李四)."""
    if not (_may_be_listed(cursor, one[0]) and _may_be_listed(cursor, two[0])):
        return False
    between = cursor.tokens[behind_role(cursor, one[1]) : two[0]]
    if not between:
        kind = cursor.kind(one[0])
        return kind is cursor.kind(two[0]) and kind in (Kind.NAME, Kind.WORD)
    return len(between) <= 3 and all(token.kind in LISTING for token in between)


def behind_role(cursor: Cursor, stop: int) -> int:
    """The place behind what a name has in brackets: Bob (required) and Alice; `stop`, where it has nothing."""
    named = cursor.is_sign(stop, "(") and cursor.kind(stop + 1) in (Kind.REQUIRED, Kind.OPTIONAL)
    return stop + 3 if named and cursor.is_sign(stop + 2, ")") else stop


def is_next_to_me(cursor: Cursor, first: int, stop: int) -> bool:
    """A name in one list with the sender: me, Alice; Alice and me."""
    if not _may_be_listed(cursor, first):
        return False
    before = cursor.kind(first - 1) in LISTING and Kind.ME in (cursor.kind(first - 2), cursor.kind(first - 3))
    return before or (cursor.kind(stop) in LISTING and Kind.ME in (cursor.kind(stop + 1), cursor.kind(stop + 2)))


def _may_be_listed(cursor: Cursor, first: int) -> bool:
    """A name in small letters counts in a list only where a list of people may begin or go on."""
    return cursor.kind(first) is not Kind.WORD or cursor.is_capital(first) or cursor.kind(first - 1) in _BEFORE_PLAIN
