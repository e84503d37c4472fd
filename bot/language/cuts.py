"""What a text may have lost that was cut at the limit of what is read."""

from __future__ import annotations

from bot.language.reading import speaks_of_time
from bot.language.scan import scan
from bot.language.text import LIMIT, Text, normalise
from bot.language.tokens import Kind, Token
from bot.model.people import Who
from bot.model.requests import Problem, ProblemCode

MOST_PEOPLE = 200
_TOO_LONG = Problem(
    ProblemCode.TOO_LONG,
    f"found a text of more than {LIMIT} characters, expected {LIMIT} at most, ask again more briefly",
)
_TOO_MANY = Problem(
    ProblemCode.TOO_MANY_PEOPLE,
    f"found more than {MOST_PEOPLE} names, expected {MOST_PEOPLE} at most, ask about some of them",
)
_LISTING = (Kind.LIST, Kind.COMMA)


def lost(text: Text, *, who: Who, understood: bool) -> Problem | None:
    """What stands in the way where the part that was not read may matter, or None.

    It matters where nothing was understood without it, where it speaks of a time or goes on with names, and where it is
    too long even to be looked through.
    """
    if not text.rest.strip():
        return None
    pieces = [scan(normalise(text.rest[place : place + LIMIT]), {}) for place in (0, LIMIT)]
    names = sum(_count_names(tokens, listed=bool(who.names)) for tokens in pieces)
    if names and len(who.names) + len(who.mentioned) + names > MOST_PEOPLE:
        return _TOO_MANY
    matters = not understood or names or len(text.rest) >= 2 * LIMIT or any(map(speaks_of_time, pieces))
    return _TOO_LONG if matters else None


def _count_names(tokens: list[Token], *, listed: bool) -> int:
    """Typed mentions; with `listed`, where names came before, also names and words with a capital in a list."""
    found = 0
    for place, token in enumerate(tokens):
        capital = token.kind is Kind.WORD and token.tag[:1].isupper() and place and tokens[place - 1].kind in _LISTING
        found += token.kind is Kind.AT_SIGN or (listed and (token.kind is Kind.NAME or bool(capital)))
    return found
