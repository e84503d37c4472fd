"""What a text may have lost that was cut at the limit of what is read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.language.scan.cut_off import speaks_of_time
from bot.language.scan.scanner import MOST_TOKENS
from bot.language.scan.text import LIMIT, Text, flattened, folded, is_han
from bot.language.tokens import Kind, Token
from bot.model.people import Who
from bot.model.requests import Problem, ProblemCode

MOST_PEOPLE = 200
_TOO_LONG = Problem(
    ProblemCode.TOO_LONG,
    f"found a text of more than {LIMIT} characters or {MOST_TOKENS} words, expected fewer, ask again more briefly",
)
_TOO_MANY = Problem(
    ProblemCode.TOO_MANY_PEOPLE,
    f"found more than {MOST_PEOPLE} names, expected {MOST_PEOPLE} at most, ask about some of them",
)
_MENTIONED = re.compile(r"@\w")
_LISTED = re.compile(r"@\w|、 ?\w|(?:[,，&]|\band\b) ?[A-Z]")
"""How names go on where names came before."""


def lost(text: Text, tokens: Sequence[Token], *, who: Who, understood: bool) -> Problem | None:
    """What stands in the way where the part that was not read may matter, or None.

    It matters where nothing was understood without it, where it speaks of a time or goes on with names, and where it is
    too long even to be looked through.
    """
    unread = (text.typed[tokens[-1].end :] if len(tokens) >= MOST_TOKENS else "") + text.rest
    if not unread or not (behind := flattened(unread, 3 * LIMIT)).strip():
        return None
    names = len((_LISTED if who.names else _MENTIONED).findall(behind))
    names += bool(tokens) and tokens[-1].kind is Kind.NAME and is_han(unread[0])  # 张三李四王五, cut in the middle
    if names and len(who.names) + len(who.mentioned) + names > MOST_PEOPLE:
        return _TOO_MANY
    matters = not understood or names or len(text.rest) >= 2 * LIMIT
    return _TOO_LONG if matters or speaks_of_time(folded(behind)) else None
