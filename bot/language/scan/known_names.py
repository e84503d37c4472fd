"""The names of a directory in all their forms, looked up at a place of a running text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from itertools import islice, product
from typing import NamedTuple

from bot.language.scan.names import title_end
from bot.language.scan.text import LETTER, folded, is_han
from bot.language.words.en.people import TITLES
from bot.language.words.zh.people import BEFORE_SURNAME, DOUBLE

_MOST_WORDS = 4
_MOST_READINGS = 8
"""How many ways to spell one Chinese name are kept."""
_LONGEST_HAN = 16
_BRACKETS = "()[]【】<>《》"
_PLAIN = {ord(sign): " " for sign in _BRACKETS + ".·•・_"}
_NAME_WORD = re.compile(rf"[a-z]++(?=[ ,.!?;:]|\Z)|{LETTER}++(?:(?!'s(?!{LETTER}))['-]{LETTER}++){{0,3}}+")
"""A word of a name, up to the 's of an owner: Smith-Jones, O'Neil."""


class Strength(IntEnum):
    """Where a form counts as a person."""

    PLACED = 1  # in a person's place: a given name, a nickname, 小王, pinyin
    WHOLE = 2  # a full name that is short: where it touches no unknown word
    ANYWHERE = 3  # a full Chinese name of three signs or more, a full Latin name of two words or more


class Form(NamedTuple):
    """A known name in a text: the place behind it, and where it counts."""

    end: int
    strength: Strength


class KnownNames:
    """Look-up by the first sign or word; its cost does not grow with the number of people. Immutable once built."""

    __slots__ = ("_first", "_han", "_latin", "_lengths", "_spelt_surnames", "_surnames")

    def __init__(self, names: Iterable[str] = (), readings: Mapping[str, Sequence[str]] | None = None) -> None:
        """`readings` are the ways to spell a Chinese sign in Latin letters; without them pinyin is not known."""
        self._han: dict[str, Strength] = {}
        self._latin: dict[str, Strength] = {}
        surnames: set[str] = set()
        for name in dict.fromkeys(names):
            for part in _parts(name):
                self._add(part, surnames, readings or {})
        self._surnames = frozenset(surnames)
        self._spelt_surnames = frozenset(_spelt_alone(surnames, readings or {}))
        self._first = frozenset(form.partition(" ")[0] for form in self._latin) | TITLES
        lengths: dict[str, set[int]] = {}
        for form in self._han:
            lengths.setdefault(form[0], set()).add(len(form))
        self._lengths = {sign: tuple(sorted(found, reverse=True)) for sign, found in lengths.items()}

    def at(self, text: str, place: int) -> Form | None:
        """The longest known name that begins at `place` of a folded text, or None."""
        return self._han_at(text, place) if is_han(text[place]) else self._latin_at(text, place)

    def has(self, typed: str) -> bool:
        """True where a typed name, as a whole, is a form of somebody's."""
        plain = folded(typed).strip()
        if not plain:
            return False
        form = self.at(plain, 0)
        return (form is not None and form.end == len(plain)) or _key(plain) in self._latin

    def __bool__(self) -> bool:
        return bool(self._han or self._latin)

    # ------------------------------------------------------------------ look-up
    def _han_at(self, text: str, place: int) -> Form | None:
        for length in self._lengths.get(text[place], ()):
            strength = self._han.get(text[place : place + length])
            if strength is not None:
                return Form(place + length, strength)
        return self._familiar(text, place) or self._by_surname(text, place)

    def _familiar(self, text: str, place: int) -> Form | None:
        """小王, 老李, 阿陈: a sign that makes a surname familiar."""
        if text[place] not in BEFORE_SURNAME:
            return None
        end = next((place + 1 + n for n in (2, 1) if text[place + 1 : place + 1 + n] in self._surnames), None)
        return Form(end, Strength.PLACED) if end else None

    def _by_surname(self, text: str, place: int) -> Form | None:
        """王总, 李老师, 陈经理."""
        for length in (2, 1):
            end = place + length
            if text[place:end] in self._surnames and (behind := title_end(text, end)) > end:
                return Form(behind, Strength.PLACED)
        return None

    def _latin_at(self, text: str, place: int) -> Form | None:
        word = _NAME_WORD.match(text, place)
        if word is None or (word[0] if word[0].isascii() else _key(word[0])) not in self._first:
            return None
        ends = list(islice(_word_ends(text, place), _MOST_WORDS))
        if len(ends) > 1 and _key(text[place : ends[0]]) in TITLES:
            return self._titled_latin(text, ends)
        for end in reversed(ends):
            strength = self._latin.get(_key(text[place:end]))
            if strength is not None:
                return Form(title_end(text, end), strength)
        return None

    def _titled_latin(self, text: str, ends: Sequence[int]) -> Form | None:
        """Mr Wu, Ms. Chen, Miss Lina Berg."""
        for end in reversed(ends[1:]):
            word = _key(text[ends[0] : end])
            if word in self._latin or word in self._spelt_surnames:
                return Form(end, Strength.PLACED)
        return None

    # ------------------------------------------------------------------ building
    def _add(self, part: str, surnames: set[str], readings: Mapping[str, Sequence[str]]) -> None:
        han = _han_of(part)
        if len(han) > 1:
            cut = 2 if han[:2] in DOUBLE and len(han) > 2 else 1
            surnames.add(han[:cut])
            self._put_han(han, Strength.ANYWHERE if len(han) > 2 else Strength.WHOLE)
            if "." in part:
                self._put_han(part.replace(" ", ""), Strength.ANYWHERE)
            self._put_han(han[cut:], Strength.PLACED)
            for spelt in _spelt(han[:cut], han[cut:], readings):
                self._latin.setdefault(spelt, Strength.PLACED)
        words = _key("".join(" " if is_han(sign) else sign for sign in part)).split()
        if len(words) > 1:
            self._put_latin(" ".join(words), Strength.ANYWHERE)
            self._put_latin(" ".join(reversed(words)), Strength.PLACED)
        for word in words:
            self._put_latin(word, Strength.PLACED)

    def _put_han(self, form: str, strength: Strength) -> None:
        if 1 < len(form) <= _LONGEST_HAN:
            self._han[form] = max(strength, self._han.get(form, strength))

    def _put_latin(self, form: str, strength: Strength) -> None:
        if len(form) > 1:
            self._latin[form] = max(strength, self._latin.get(form, strength))


def _parts(name: str) -> list[str]:
    """The name, and what stands in brackets behind it: 张伟（小伟）."""
    plain = folded(unicodedata.normalize("NFKC", name))
    first, *others = "".join("(" if sign in _BRACKETS else sign for sign in plain).split("(")
    return [part for part in (first, *others) if part.strip()]


def _han_of(part: str) -> str:
    return "".join(sign for sign in part if is_han(sign))


def _key(text: str) -> str:
    """Latin words without accents and signs, one blank between."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() or c in "'-" else " " for c in text.translate(_PLAIN)).split())


def _word_ends(text: str, place: int) -> Iterable[int]:
    """The ends of the first word at `place`, of the first two, and so on."""
    while word := _NAME_WORD.match(text, place):
        yield word.end()
        if text.startswith("'s", word.end()):
            return
        place = word.end()
        place += text.startswith(".", place)
        place += text.startswith(" ", place)


def _spelt_alone(surnames: Iterable[str], readings: Mapping[str, Sequence[str]]) -> Iterable[str]:
    for surname in surnames:
        yield from ("".join(signs) for signs in product(*[readings.get(sign, ()) for sign in surname]))


def _spelt(surname: str, given: str, readings: Mapping[str, Sequence[str]]) -> Iterable[str]:
    """A Chinese name in pinyin: zhangwei, zhang wei, wei zhang, and a given name of two signs."""
    if not readings:
        return
    for signs in islice(product(*[readings.get(sign, ()) for sign in surname + given]), _MOST_READINGS):
        before, behind = "".join(signs[: len(surname)]), "".join(signs[len(surname) :])
        yield from (before + behind, f"{before} {behind}", f"{behind} {before}", behind + before)
        if len(given) > 1:
            yield behind
