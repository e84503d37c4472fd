"""Where in a text a name may stand: stretches of tokens, of which `names` decides which ones are people."""

from __future__ import annotations

from bot.language.people.cursor import Cursor, Run
from bot.language.senses import Sense
from bot.language.tags import Tag
from bot.language.tokens import Kind

_NAMING = frozenset((Kind.AT_SIGN, Kind.NAME, Kind.HAN, Kind.WORD, Kind.MONTH, Kind.BE))
"""What a name may begin with, beside "will"."""
_BEFORE_TWO = (None, Kind.BE, Kind.LIST, Kind.COMMA, Kind.WHEN)
_BEHIND_TWO = (Kind.AVAILABLE, Kind.AWAY, Kind.LIST, Kind.COMMA, Kind.WHEN)
_JOINING = (Kind.WITH, Kind.ADD, Kind.REMOVE, Kind.CHANGE)


def name_spans(cursor: Cursor) -> list[Run]:
    """Stretches of tokens that may be one name each."""
    runs: list[Run] = []
    end = 0
    for at in [at for at, token in enumerate(cursor.tokens) if token.kind in _NAMING or Sense.WILL in token.senses]:
        if at >= end and (stop := _end(cursor, at)) > at:
            runs.append((at, stop))
            end = stop
    return runs


def _end(cursor: Cursor, at: int) -> int:
    """The place behind a name at `at`, or `at`."""
    token = cursor.tokens[at]
    kind = token.kind
    if cursor.timed[at]:
        return at
    if kind is Kind.NAME or kind is Kind.AT_SIGN or (kind is Kind.WORD and token.known):
        return at + 1
    if kind is Kind.HAN:
        return _han_end(cursor, at)
    if kind is Kind.BE and Sense.WILL not in token.senses:
        return at + (token.tag is Tag.ROLE and not _is_title(cursor, at))
    if kind is Kind.WORD and len(token.tag) > 1:
        return _titled(cursor, at, _latin_end(cursor, at))
    return at + _is_word_and_name(cursor, at)


def _is_title(cursor: Cursor, at: int) -> bool:
    """True for the 老师 of 张伟老师."""
    return at > 0 and not cursor.tokens[at].gap and cursor.kind(at - 1) is Kind.NAME


def _titled(cursor: Cursor, at: int, stop: int) -> int:
    """The end of a Latin name with a Chinese title that touches it (Lily姐), or `stop`."""
    touching = stop > at and stop < len(cursor.tokens) and not cursor.tokens[stop].gap
    return stop + 1 if touching and Sense.SUFFIX_TITLE in cursor.tokens[stop].senses else stop


def _han_end(cursor: Cursor, at: int) -> int:
    """Two or three signs of no known word, with no space between."""
    tokens, stop = cursor.tokens, at + 1
    while stop < min(len(tokens), at + 4) and tokens[stop].kind is Kind.HAN and not tokens[stop].gap:
        stop += 1
    return stop if 2 <= stop - at <= 3 else at


def _latin_end(cursor: Cursor, at: int) -> int:
    """One word, or up to three that are all written with a capital; a hyphen ties two (Mary-Jane).

    Behind a given name another one is another person: Bob Alice, Bob Smith Alice Jones.
    """
    if (dotted := _dotted_end(cursor, at)) > at:
        return dotted
    if not cursor.is_capital(at) or cursor.tokens[at].tag[:1].islower():
        return _plain_end(cursor, at)
    stop = at + 1
    while stop < min(len(cursor.tokens), at + 4):
        hyphen = _is_hyphen(cursor, stop)
        if not cursor.is_capital(stop + hyphen) or cursor.tokens[stop - 1].value:
            break
        if cursor.has(stop, Sense.GIVEN) and (cursor.has(at, Sense.GIVEN) or stop - at > 1):
            break
        stop += 1 + hyphen
    return stop


def _is_hyphen(cursor: Cursor, at: int) -> bool:
    return cursor.tokens[at].text == "-" and not cursor.tokens[at].gap and cursor.is_tight(at + 1)


def _dotted_end(cursor: Cursor, at: int) -> int:
    """The end of bob.smith and Ms. Li, or `at`."""
    if not (cursor.is_sign(at + 1, ".") and cursor.is_tight(at + 1) and cursor.kind(at + 2) is Kind.WORD):
        return at
    return at + 3 if cursor.is_tight(at + 2) or cursor.has(at, Sense.TITLE) else at


def _plain_end(cursor: Cursor, at: int) -> int:
    """One word in small letters; two where a name must stand (is zhang wei free, with zhang wei tomorrow)."""
    if cursor.kind(at + 1) is not Kind.WORD or cursor.is_capital(at + 1) or cursor.tokens[at].value:
        return at + 1
    if cursor.has(at, Sense.TITLE):
        return at + 2  # mr wu
    behind = cursor.kind(at + 2)
    if cursor.kind(at - 1) in _JOINING:
        ends = behind in (None, Kind.BREAK, *_BEHIND_TWO) or cursor.is_timed(at + 2)
    else:
        asked = cursor.kind(at - 1) in _BEFORE_TWO and behind in _BEHIND_TWO
        ends = asked or (cursor.has(at - 1, Sense.IF) and behind is Kind.BE)
    return at + 2 if ends else at + 1


def _is_word_and_name(cursor: Cursor, at: int) -> bool:
    """April, May and Will, written with a capital where people stand; "is will" has no other sense."""
    token = cursor.tokens[at]
    if Sense.WILL in token.senses and cursor.has(at - 1, Sense.COPULA):
        return True
    named = token.kind is Kind.MONTH or cursor.has(at - 1, Sense.AUXILIARY)
    return named and cursor.text.typed[token.start].isupper()
