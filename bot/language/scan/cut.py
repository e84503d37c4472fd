"""Truncated input: what a text may have lost that was cut at the limit of what is read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.language.scan.scanner import MOST_TOKENS
from bot.language.scan.text import LIMIT, Text, flattened, folded, is_han
from bot.language.tokens import Entry, Kind, Token
from bot.language.words.en import time as words_en
from bot.language.words.zh import time as words_zh
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


# ---------------------------------------------------------------- words of time, looked for coarsely and at little cost
_TELLING = (Kind.WEEKDAY, Kind.RELATIVE_DAY, Kind.PART, Kind.WEEKEND, Kind.WEEK, Kind.MONTH)
_OTHERWISE = frozenset(("may", "march", "sat", "sun"))
"""English words that mean something else more often."""
_LETTERS = re.compile("[a-z]+")
_DAY_OR_CLOCK = re.compile(
    r"(?:周|星期|礼拜)[一二三四五六日天末]|[二两三四五六七八九十]点|\d ?[点号日月时]|\d ?[ap]\.?m\b|\d[:/]\d\d"
)


def _telling(words: dict[str, Entry]) -> frozenset[str]:
    return frozenset(word for word, entry in words.items() if entry.kind in _TELLING and len(word) > 1)


_LATIN = (_telling(words_en.WORDS) | frozenset(words_en.DAY_PARTS)) - _OTHERWISE
_HAN = tuple(_telling(words_zh.WORDS) | frozenset((*words_zh.DAY_PARTS, *words_zh.DAY_PAIRS)))


def speaks_of_time(folded: str) -> bool:
    """True where a day, a part of one or a clock time stands in a text that is normalised.

    >>> speaks_of_time("and on friday, too"), speaks_of_time("还有后天"), speaks_of_time("room 12, please")
    (True, True, False)
    """
    if _DAY_OR_CLOCK.search(folded) or any(word in folded for word in _HAN):
        return True
    return not _LATIN.isdisjoint(_LETTERS.findall(folded))
