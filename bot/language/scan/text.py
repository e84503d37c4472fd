"""Makes one plain form of what people type: width, case and script folded, length cut."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bot.language.scan.masked import masked
from bot.language.words.zh.time import TRADITIONAL
from bot.model.requests import Language

LIMIT = 500
"""How many characters of a text are read."""
_SIGNS = {
    "’": "'",
    "‘": "'",
    "`": "'",
    "“": '"',
    "”": '"',
    "—": "-",
    "–": "-",
    "―": "-",
    "−": "-",
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "〜": "~",
    "∼": "~",
    "·": ".",
    "・": ".",
    "﹣": "-",
    "➔": "-",
    "→": "-",
    "⁄": "/",
    "∶": ":",
    "：": ":",
}
PUNCTUATION = " ,.:;，。：；、!?！？\"'"
"""What may stand around a stretch of words and is no part of it."""
_STAMP = re.compile(r"(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2})")
"""An ISO 8601 timestamp, whose T is read as a blank."""
_MENTION = re.compile(r"@\S*")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff〇]")
LETTER = r"[^\W\d_\u3400-\u4dbf\u4e00-\u9fff〇]"
"""A letter of words with blanks between them."""
_WORD = re.compile(f"{LETTER}(?:{LETTER}|['-])*")
_FOLDED = _SIGNS | TRADITIONAL
_UNFOLDED = re.compile(f"[{re.escape(''.join(_FOLDED))}]")


@dataclass(frozen=True, slots=True)
class Text:
    """`typed` is the normalised text, `folded` the same in lower case and simplified script; `rest` was cut off.

    `given` is the text as it came in, whose places `span` tells.
    """

    typed: str
    folded: str
    rest: str = ""
    given: str = ""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Places of `typed` as places of the text as it came in."""
        places = _places(self.given)
        if places is None:
            return start, end
        last = len(self.given)
        first = places[start] if start < len(places) else last
        return first, (places[end - 1] if end <= len(places) else last) + 1 if end else 0


@lru_cache(maxsize=1)  # asked for every word that is left over of one text
def _places(given: str) -> tuple[int, ...] | None:
    """Where each sign of a flat text stands in the given one; None where all stand at their own place."""
    if unicodedata.is_normalized("NFKC", given):
        return None
    return tuple([at for at, sign in enumerate(given) for _ in unicodedata.normalize("NFKC", sign)])


def normalise(text: str) -> Text:
    """Folds full-width forms (NFKC) and case, turns control characters into spaces and cuts at `LIMIT` characters.

    >>> normalise("Ｔｕｅ ２：００").folded
    'tue 2:00'
    """
    # two characters become one at most, but for Hangul in three letters; one lengthens eighteen-fold at most
    said = masked(text[: 2 * LIMIT]) + text[2 * LIMIT :]
    if "-" in said:
        said = _STAMP.sub(r"\1 \2", said[: 2 * LIMIT]) + said[2 * LIMIT :]
    flat = unicodedata.normalize("NFKC", said[: 2 * LIMIT])
    typed = _spaced(flat[:LIMIT])
    return Text(typed, folded(typed), (flat[LIMIT : 3 * LIMIT] + said[2 * LIMIT :])[: 2 * LIMIT], text[: 2 * LIMIT])


def flattened(text: str, most: int) -> str:
    """As `typed` of `normalise`, but cut at `most` characters."""
    return _spaced(unicodedata.normalize("NFKC", text[:most])[:most])


def folded(typed: str) -> str:
    """A flat text in lower case and simplified script, at equal length."""
    return _UNFOLDED.sub(lambda found: _FOLDED[found[0]], _lowered(typed))


def _spaced(flat: str) -> str:
    if flat.isprintable():
        return flat
    return flat.translate({ord(sign): _plain(sign) for sign in set(flat) if not sign.isprintable()})


def _plain(character: str) -> str:
    return " " if unicodedata.category(character) in ("Cc", "Cf", "Zs", "Zl", "Zp", "Cs") else character


def _lowered(typed: str) -> str:
    """Lower case at equal length: İ has a lower case of two characters, and that of Σ depends on its neighbours."""
    if "İ" in typed or "Σ" in typed:
        return "".join(map(_lower, typed))
    return typed.lower()


def _lower(character: str) -> str:
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character


def unowned(name: str) -> str:
    """A name without the 's of an owner."""
    return name.removesuffix("'s").removesuffix("’s")


def is_han(character: str) -> bool:
    """True for a Chinese character.

    >>> is_han("周"), is_han("a")
    (True, False)
    """
    return "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf" or character == "〇"


def is_latin(character: str) -> bool:
    """True for a letter that is written in words with spaces between them."""
    return character.isalpha() and not is_han(character)


def detect_language(text: str) -> Language:
    """The language of a question: Chinese where Chinese characters carry it, English where there are none.

    Names in the other script do not count: mentions are left out, and a text with three or more English words for every
    Chinese character is English. An empty text is Chinese.

    >>> detect_language("Alice 明天下午有空吗"), detect_language("is @张三 free tomorrow afternoon")
    (<Language.ZH: 'zh'>, <Language.EN: 'en'>)
    """
    return language_of(normalise(text))


def language_of(text: Text) -> Language:
    """The language of a text that is normalised already, by the rule of `detect_language`."""
    spoken = _MENTION.sub("@", text.folded) if "@" in text.folded else text.folded
    words = len(_WORD.findall(spoken))
    return Language.EN if words > (0 if spoken.isascii() else len(_HAN.findall(spoken))) else Language.ZH
