"""Tells a text in another language, which is asked back and never read by halves."""

from __future__ import annotations

import re

from bot.language.scan.text import Text
from bot.language.words.foreign import SCRIPTS, SMALL, TELLING

_LATIN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FOREIGN = re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in SCRIPTS) + "]")
_MOST_IN_NAMES = 0.3
"""Up to this share of its letters a text may have names in another script."""


def is_foreign(text: Text) -> bool:
    """True for a text that is neither Chinese nor English: by its letters, or by the days and questions of another one.

    >>> from bot.language.scan.text import normalise
    >>> [is_foreign(normalise(t)) for t in ("誰が空いてる", "Bob est libre mardi", "is Bob free", "周二谁有空")]
    [True, True, False, False]
    """
    folded = text.folded
    if folded.isascii():
        return _is_foreign_latin(folded)
    foreign = len(_FOREIGN.findall(folded))
    if foreign and foreign > _MOST_IN_NAMES * sum(map(str.isalpha, folded)):
        return True
    return _is_foreign_latin(folded)


def _is_foreign_latin(folded: str) -> bool:
    words = set(_LATIN.findall(folded))
    telling, small = len(words & TELLING), len(words & SMALL)
    return telling > 1 or (telling > 0 and small > 0) or small > 2
