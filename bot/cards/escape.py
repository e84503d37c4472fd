"""Names in cards: whatever somebody called themselves, it stays a name.

A nickname may try to be a link, a mention, a heading or a button. Characters that could are shown as their full-width
twins, which look alike and mean nothing to any Markdown, HTML or template reader.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST_NAME = 24
_TWINS = str.maketrans({c: chr(ord(c) + 0xFEE0) for c in '\\`*[]{}<>#|~@!$&=+^"%'})
_WWW = re.compile(r"(www)\.", re.IGNORECASE)
_CHAT_ID = re.compile(r"[A-Za-z0-9+/:-]{1,80}={0,2}")
_RIGHT_TO_LEFT = ("R", "AL", "AN")
_ISOLATE, _END = "\u2068", "\u2069"
"""What stands behind a name in Hebrew or Arabic is not drawn before it (UAX #9, FSI and PDI)."""
_OPENS_A_LIST = re.compile(r"^(-|\d{1,9}[.)])(?=\s|$)")
_LIST_TWINS = str.maketrans("-.)", "－．）")
_BARE_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")


@lru_cache(maxsize=4096)
def name(text: str) -> str:
    """`text` fit for a card: one line, no markup, at most 24 characters; "?" where nothing is left.

    >>> name("[click](http://evil)")
    '［click］(http：／／evil)'
    """
    visible = "".join(" " if c.isspace() else c for c in text[:512] if _shows(c))
    plain = " ".join(visible.split()).translate(_TWINS)
    plain = _WWW.sub("\\1．", plain.replace("://", "：／／").replace("--", "－－"))
    plain = _OPENS_A_LIST.sub(lambda found: found[0].translate(_LIST_TWINS), _BARE_UNDERSCORE.sub("＿", plain))
    cut = (plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - 1] + "…") or "?"
    return f"{_ISOLATE}{cut}{_END}" if any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in cut) else cut


def chat_id(text: str) -> str:
    """The id of a chat, as it is to be copied; anything that does not look like one is treated as a name.

    >>> chat_id("cidAb+/9==")
    'cidAb+/9=='
    """
    return text if _CHAT_ID.fullmatch(text) else name(text)


def _shows(character: str) -> bool:
    """False for controls, bidi marks, zero-width and private characters."""
    return character.isspace() or unicodedata.category(character) not in ("Cc", "Cf", "Co", "Cs", "Cn")
