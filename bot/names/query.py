"""What was typed for a name, taken apart once before it is compared with everybody's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.language.scan.text import is_han
from bot.language.words.en.people import TITLES
from bot.language.words.zh.people import FAMILIAR, SUFFIX_TITLES
from bot.names.forms import folded, key_of, words_of

Readings: TypeAlias = Mapping[str, Sequence[str]]
"""Each Chinese sign with all of its readings in pinyin, without tones."""

_SPELT_FAMILIAR = ("xiao", "lao")  # not "a": Ali is somebody else than 阿李
_SPELT_TITLES = ("zong", "gong", "ge", "jie", "laoshi", "jingli", "zhuren", "laoban", "zongjian")
_TONE = re.compile(r"(?<=[a-z])[1-5](?![0-9])")


@dataclass(frozen=True, slots=True)
class Query:
    """A typed name, taken apart once. `parts` may stand anywhere in a Chinese name, `surnames` are all of a surname.

    `nicknamed` is what follows 小. `spelt` is what may be pinyin (ü is v there), `spelt_surnames` and `spelt_nicknamed`
    the same without xiao or zong.
    """

    key: str
    words: tuple[str, ...]
    parts: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    nicknamed: str = ""
    spelt: str = ""
    spelt_surnames: tuple[str, ...] = ()
    spelt_nicknamed: tuple[str, ...] = ()


def query_of(typed: str) -> Query:
    """A typed name, as Chinese, as Latin letters or as a mixture of both."""
    text = folded(typed)
    key = key_of(text)
    if key and all(map(is_han, key)):
        return _chinese(key)
    if any(map(is_han, key)):
        return Query(key, words_of(text))
    return _latin(typed, key, words_of(text))


def may_be_pinyin(typed: str) -> bool:
    """True where pinyin may tell who is meant."""
    return bool(query_of(typed).spelt)


def _chinese(key: str) -> Query:
    bare = tuple(key.removesuffix(title) for title in SUFFIX_TITLES if key.endswith(title))
    familiar = key[1:] if key[0] in FAMILIAR else ""
    parts = tuple(part for part in (key, *bare) if len(part) > 1)
    return Query(key, (), parts=parts, surnames=(*bare, familiar), nicknamed=familiar if len(familiar) == 1 else "")


def _latin(typed: str, key: str, words: tuple[str, ...]) -> Query:
    """Letters that may be pinyin or English; a single one is neither. Mr and Ms stand before what is meant."""
    if len(words) > 1 and words[0] in TITLES:
        return query_of(typed[typed.casefold().index(words[0]) + len(words[0]) :].lstrip(" ."))
    spelt = _TONE.sub("", _with_v(typed))
    if not (len(spelt) > 1 and spelt.isascii() and spelt.isalpha()):
        return Query(key, words)
    familiar = tuple(spelt.removeprefix(word) for word in _SPELT_FAMILIAR if spelt.startswith(word))
    titled = tuple(spelt.removesuffix(title) for title in _SPELT_TITLES if spelt.endswith(title))
    return Query(
        key, words, spelt=spelt, spelt_surnames=(*familiar, *titled), spelt_nicknamed=tuple(f for f in familiar if f)
    )


def _with_v(typed: str) -> str:
    """As one types pinyin: lǚ is lv."""
    decomposed = unicodedata.normalize("NFKD", typed.casefold()).replace("u\N{COMBINING DIAERESIS}", "v")
    return key_of(folded(decomposed))
