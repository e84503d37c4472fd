"""What lies behind the part of a text that is read: looked at for words of time only, coarsely and at little cost."""

from __future__ import annotations

import re

from bot.language.tokens import Entry, Kind
from bot.language.words.en import time as words_en
from bot.language.words.zh import time as words_zh

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
