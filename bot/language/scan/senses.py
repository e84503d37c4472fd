"""What words tell beside their kind: looked up by their text, and by the way a text begins or ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.language.senses import NO_SENSES, Sense
from bot.language.tokens import Kind, Token
from bot.language.words.en import senses as words_en
from bot.language.words.zh import senses as words_zh


def _by_word() -> dict[str, frozenset[Sense]]:
    found: dict[str, set[Sense]] = {}
    listed = [(sense, words.split(", ")) for sense, words in words_en.SENSES.items()]
    listed += [(sense, words.split()) for sense, words in words_zh.SENSES.items()]
    for sense, words in listed:
        for word in words:
            found.setdefault(word, set()).add(sense)
    return {word: frozenset(senses) for word, senses in found.items()}


SENSES = _by_word()
_EITHER_OR = re.compile(r"(.)不\1.?$")
_CLOSING = (*words_zh.CLOSING, "?")


def senses_of(text: str) -> frozenset[Sense]:
    """The senses of a word in folded letters.

    >>> Sense.TOO in senses_of("as well")
    True
    """
    return SENSES.get(text, NO_SENSES)


def senses_together(tokens: Sequence[Token]) -> frozenset[Sense]:
    """The senses of several tokens read as one word without blanks: 往后 推, any other day."""
    return senses_of("".join([token.text for token in tokens]).replace(" ", ""))


def opens_question(token: Token) -> bool:
    """True for a word or phrase that begins as an English question does: is, can you."""
    return token.text.split()[0] in words_en.OPENING


def closes_question(token: Token) -> bool:
    """True for a word that ends as a question does, or is one by itself: 有空吗, 来不, 忙不忙."""
    return token.text.endswith(_CLOSING) or _EITHER_OR.search(token.text) is not None


def counts_meetings(token: Token) -> bool:
    """True for a word that makes a meeting of the 会 behind it: 几个, 有."""
    return token.text.endswith(words_zh.COUNTING)


def leads_to_name(token: Token) -> bool:
    """True for a phrase that a name follows: lunch with, ok for."""
    return token.text.endswith(words_en.LEADING_TO_NAME)


def speaks_of_months(token: Token) -> bool:
    """True for month, monthly, every month, 每月."""
    return words_en.MONTHLY in token.text or (token.kind is Kind.EVERY and words_zh.MONTHLY in token.text)
