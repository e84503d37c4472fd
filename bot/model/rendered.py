"""A reply in words, ready for a template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Button:
    """A button as a person sees it; `id` is `verb:key`."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """A reply in words, ready for a template: `title` answers in one line, `markdown` shows, `tips` is the footer."""

    title: str
    markdown: str
    tips: str
    buttons: Sequence[Button] = ()

    @property
    def message(self) -> str:
        """The card as a message: a single line as it is, else its first one in bold."""
        rest = [part for part in (self.markdown, self.tips) if part]
        return "\n\n".join([f"**{self.title}**", *rest]) if rest else self.title

    @property
    def lines(self) -> str:
        """What a terminal prints of it, line by line; buttons are of no use there."""
        return "\n".join(part for part in (self.title, self.markdown.replace("\n\n", "\n"), self.tips) if part)

    @property
    def text(self) -> str:
        """The card as a person reads it, line by line."""
        buttons = "  ".join(f"[{button.text}]" for button in self.buttons)
        return f"{self.lines}\n{buttons}" if buttons else self.lines
