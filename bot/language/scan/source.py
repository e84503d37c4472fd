"""What the scanner reads from and writes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.language.scan.known_names import Form, KnownNames
from bot.language.scan.senses import SENSES
from bot.language.scan.text import Text, is_han, is_latin
from bot.language.senses import NO_SENSES
from bot.language.tokens import Entry, Kind, Token


@dataclass(slots=True)
class Source:
    """A text, and the tokens found in it so far. `gap` says that white space was passed since the last one."""

    text: Text
    known: KnownNames | None = None
    tokens: list[Token] = field(default_factory=list)
    gap: bool = False
    kinds: set[Kind] = field(default_factory=set)
    """Of all tokens so far."""
    folded: str = field(init=False)
    """The text in lower case and simplified script."""

    def __post_init__(self) -> None:
        self.folded = self.text.folded

    def put(self, entry: Entry, place: int, end: int, *, known: int = 0) -> int:
        """Adds a token and gives the place behind it."""
        kind, value, tag = entry
        text = self.folded[place:end]
        senses = SENSES.get(text, NO_SENSES)
        self.tokens.append(Token(kind, text, place, end, value, tag, self.gap, known, senses))
        self.kinds.add(kind)
        self.gap = False
        return end

    def put_all(self, entries: Iterable[Entry], place: int, end: int) -> int:
        """Adds several tokens for the same word (tonight: today, evening)."""
        for entry in entries:
            self.put(entry, place, end)
        return end

    def known_at(self, place: int) -> Form | None:
        """The name of the directory that begins at a place, or None."""
        if self.known is None:
            return None
        sign = self.folded[place]
        return self.known.at(self.folded, place) if is_han(sign) or is_latin(sign) else None

    def holds(self, kind: Kind) -> bool:
        """True where some token so far is of this kind."""
        return kind in self.kinds

    def follows(self, *kinds: Kind) -> bool:
        """True where the last token is of one of these kinds."""
        return bool(self.tokens) and self.tokens[-1].kind in kinds
