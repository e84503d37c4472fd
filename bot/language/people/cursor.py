"""The tokens of one text as the search for people looks at them: places may lie beyond either end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.language.scan.text import Text, unowned
from bot.language.senses import Sense
from bot.language.tokens import Kind, Token

Run = tuple[int, int]
"""The first token of a name and the place behind its last."""


class Cursor(NamedTuple):
    """`timed` says for each token whether it is part of a time."""

    text: Text
    tokens: Sequence[Token]
    timed: Sequence[bool]

    def kind(self, at: int) -> Kind | None:
        """The kind of a token, None beyond the ends."""
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else None

    def has(self, at: int, sense: Sense) -> bool:
        """True for a token with a sense."""
        return 0 <= at < len(self.tokens) and sense in self.tokens[at].senses

    def is_sign(self, at: int, sign: str) -> bool:
        """True for a sign: "(", ":"."""
        return 0 <= at < len(self.tokens) and self.tokens[at].text == sign

    def is_timed(self, at: int) -> bool:
        """True for a part of a time."""
        return 0 <= at < len(self.tokens) and self.timed[at]

    def is_tight(self, at: int) -> bool:
        """True for a token that touches the one before it."""
        return at < len(self.tokens) and not self.tokens[at].gap

    def is_ascii(self, at: int) -> bool:
        """True for a word in Latin letters; beyond the ends as well."""
        return not 0 <= at < len(self.tokens) or self.tokens[at].text.isascii()

    def is_owner(self, at: int) -> bool:
        """True for a word in Latin letters with an 's of owning behind it."""
        return self.kind(at) is Kind.WORD and bool(self.tokens[at].value)

    def is_capital(self, at: int) -> bool:
        """True for a word with a capital, or a given name however it is written."""
        if self.kind(at) is not Kind.WORD or self.timed[at]:
            return False
        token = self.tokens[at]
        return token.known > 0 or token.tag[:1].isupper() or Sense.GIVEN in token.senses

    def is_plain(self, run: Run) -> bool:
        """True for what needs no words beside it to be a name."""
        return self.kind(run[0]) in (Kind.NAME, Kind.AT_SIGN, Kind.MONTH) or self.is_capital(run[0])

    def name(self, run: Run) -> str:
        """A name as it was typed."""
        first, last = self.tokens[run[0]], self.tokens[run[1] - 1]
        if first.kind is Kind.AT_SIGN:
            return first.tag
        return unowned(self.text.typed[first.start : last.end])

    def names(self, runs: Iterable[Run]) -> tuple[str, ...]:
        """What is typed at some places, each once."""
        return tuple(dict.fromkeys(map(self.name, runs)))
