"""What words tell beside their kind: looked up by their text, and by the way a text begins or ends."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.tokens import NO_CUES, Cue, Kind, Token
from bot.language.words.en import cues as words_en
from bot.language.words.zh import cues as words_zh
from bot.language.words.zh.time import NOT_POINTS


def _by_word() -> dict[str, frozenset[Cue]]:
    found: dict[str, set[Cue]] = {}
    listed = [(cue, words.split(", ")) for cue, words in words_en.CUES.items()]
    listed += [(cue, words.split()) for cue, words in words_zh.CUES.items()]
    for cue, words in listed:
        for word in words:
            found.setdefault(word, set()).add(cue)
    return {word: frozenset(cues) for word, cues in found.items()}


CUES = _by_word()
_CLOSING = (*words_zh.CLOSING, "?")


def cues_of(text: str) -> frozenset[Cue]:
    """The cues of a word in folded letters.

    >>> Cue.TOO in cues_of("as well")
    True
    """
    return CUES.get(text, NO_CUES)


def cues_together(tokens: Sequence[Token]) -> frozenset[Cue]:
    """The cues of several tokens read as one word without blanks: 往后 推, any other day."""
    return cues_of("".join([token.text for token in tokens]).replace(" ", ""))


def opens_question(token: Token) -> bool:
    """True for a word or phrase that begins as an English question does: is, can you."""
    return token.text.split()[0] in words_en.OPENING


def closes_question(token: Token) -> bool:
    """True for a word that ends as a question does: 有空吗, 来不."""
    return token.text.endswith(_CLOSING)


def counts_meetings(token: Token) -> bool:
    """True for a word that makes a meeting of the 会 behind it: 几个, 有."""
    return token.text.endswith(words_zh.COUNTING)


def leads_to_name(token: Token) -> bool:
    """True for a phrase that a name follows: lunch with, ok for."""
    return token.text.endswith(words_en.LEADING_TO_NAME)


def speaks_of_months(token: Token) -> bool:
    """True for month, monthly, every month, 每月."""
    return words_en.MONTHLY in token.text or (token.kind is Kind.EVERY and words_zh.MONTHLY in token.text)


def makes_points(token: Token) -> bool:
    """True for a noun behind N点 that makes a count of points of it: 5点建议."""
    return token.text.startswith(NOT_POINTS)
