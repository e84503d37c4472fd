"""The forms of the one name that DingTalk keeps: 周晓彤, Alice Chen, 张伟(小伟), 周晓彤 Zoe."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bot.language.scan.text import is_han
from bot.language.words.zh.people import DOUBLE
from bot.model.people import Person

_BRACKETED = re.compile(r"[(\[【<《]([^()\[\]【】<>《》]*)[)\]】>》]")
_BETWEEN_HAN = re.compile(r"(?<=[^\W\da-z_])[\s·•・]+(?=[^\W\da-z_])")
_WORD = re.compile(r"[^\W\d_][\w'’‘.-]*")
_LONGEST = 128


@dataclass(frozen=True, slots=True)
class Form:
    """One name of somebody. `han` is its Chinese part, `cut` where the given name begins in it.

    `words` are its Latin words, `whole` what counts as the whole name: all of it, its Chinese part, and its English one
    of two words or more. All are without case, accents, spaces and signs.
    """

    whole: tuple[str, ...]
    han: str
    cut: int
    words: tuple[str, ...]

    @property
    def english(self) -> str:
        """The Latin words in one."""
        return "".join(self.words)

    @property
    def surname(self) -> str:
        """The Chinese surname, "" where there is no Chinese part."""
        return self.han[: self.cut]

    @property
    def given(self) -> str:
        """The Chinese given name."""
        return self.han[self.cut :]


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody with the forms of their name: the name first, then what stands in brackets."""

    person: Person
    forms: tuple[Form, ...]


def named(person: Person) -> Named:
    """A person with every form of their name.

    >>> [form.whole for form in named(Person("s1", "u1", "张伟（小伟）")).forms]
    [('张伟小伟', '张伟'), ('小伟',)]
    """
    written = folded(person.name)
    first, *others = (_BRACKETED.sub(" ", written), *_BRACKETED.findall(written))
    return Named(person, (_form(first, written), *(_form(text, text) for text in others if text.strip())))


def folded(text: str) -> str:
    """Without case, width and accents; ü becomes u.

    >>> folded("ＺＨŌＵ Müller")
    'zhou muller'
    """
    decomposed = unicodedata.normalize("NFKD", text[:_LONGEST].casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return unicodedata.normalize("NFKC", bare).casefold().strip()


def key_of(text: str) -> str:
    """The letters and digits of a folded text, or the text itself where it has none."""
    return "".join(c for c in text if c.isalnum()) or text


def words_of(text: str) -> tuple[str, ...]:
    """The Latin words of a folded text, each without signs: Jean-Luc O'Brien has two."""
    spaced = "".join(" " if is_han(c) else c for c in text)
    return tuple(key_of(word) for word in _WORD.findall(spaced))


def _form(text: str, written: str) -> Form:
    han, words = _chinese(text), words_of(text)
    english = "".join(words) if len(words) > 1 else ""
    whole = filter(None, (key_of(written), key_of(text.strip()), han, english))
    cut = 2 if han[:2] in DOUBLE and len(han) > 2 else 1
    return Form(tuple(dict.fromkeys(whole)), han, cut, words)


def _chinese(text: str) -> str:
    """The first run of two Chinese signs or more; spaces and dots between signs do not end it."""
    run = ""
    for sign in _BETWEEN_HAN.sub("", text):
        if is_han(sign):
            run += sign
        elif len(run) > 1:
            break
        else:
            run = ""
    return run if len(run) > 1 else ""
