"""What the scanner reads from and writes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.language.text import Text
from bot.language.tokens import Entry, Kind, Token


@dataclass(slots=True)
class Source:
    """A text, and the tokens found in it so far. `gap` says that white space was passed since the last one."""

    text: Text
    tokens: list[Token] = field(default_factory=list)
    gap: bool = False

    @property
    def folded(self) -> str:
        """The text in lower case and simplified script."""
        return self.text.folded

    def put(self, entry: Entry, place: int, end: int) -> int:
        """Adds a token and gives the place behind it."""
        word = self.text.folded[place:end]
        self.tokens.append(Token(entry.kind, word, place, end, value=entry.value, tag=entry.tag, gap=self.gap))
        self.gap = False
        return end

    def put_all(self, entries: Iterable[Entry], place: int, end: int) -> int:
        """Adds several tokens for the same word (tonight: today, evening)."""
        for entry in entries:
            self.put(entry, place, end)
        return end

    def follows(self, *kinds: Kind) -> bool:
        """True where the last token is of one of these kinds."""
        return bool(self.tokens) and self.tokens[-1].kind in kinds
