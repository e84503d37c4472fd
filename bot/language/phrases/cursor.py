"""A place among the chunks of one text, from which phrases are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.language.chunks.chunk import Chunk, Length
from bot.language.tags import Position
from bot.language.tokens import Kind

MOST_WORDS = 6
"""How many small words may stand between the parts of one phrase."""


@dataclass(slots=True)
class Cursor:
    """The chunks of a text, the place that is read next, and the durations that were passed on the way."""

    chunks: Sequence[Chunk]
    at: int = 0
    lengths: list[Length] = field(default_factory=list)
    moving: bool = False
    """Something is moved, and the goal is yet to come."""
    refusing: bool = False
    """What is read is taken out: 除了周五."""

    def kind_here(self) -> Kind | None:
        """The kind of the chunk here, or None for a value and at the end."""
        chunk = self.chunks[self.at] if self.at < len(self.chunks) else None
        return chunk.kind if chunk is not None else None

    def is_refused(self, place: int) -> bool:
        """True where a word like 不行 stands at a place."""
        chunk = self.chunks[place] if place < len(self.chunks) else None
        return chunk is not None and chunk.kind is Kind.NOT and chunk.token.tag == Position.SUFFIX
