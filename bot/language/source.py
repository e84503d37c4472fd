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
    folded: str = field(init=False)
    """The text in lower case and simplified script."""

    def __post_init__(self) -> None:
        self.folded = self.text.folded

    def put(self, entry: Entry, place: int, end: int) -> int:
        """Adds a token and gives the place behind it."""
        kind, value, tag = entry
        self.tokens.append(Token(kind, self.folded[place:end], place, end, value, tag, self.gap))
        self.gap = False
        return end

    def put_all(self, entries: Iterable[Entry], place: int, end: int) -> int:
        """Adds several tokens for the same word (tonight: today, evening)."""
        for entry in entries:
            self.put(entry, place, end)
        return end

    def holds(self, kind: Kind) -> bool:
        """True where some token so far is of this kind."""
        return any(token.kind is kind for token in self.tokens)

    def follows(self, *kinds: Kind) -> bool:
        """True where the last token is of one of these kinds."""
        return bool(self.tokens) and self.tokens[-1].kind in kinds
