"""The names that the reader knows, made beside the event loop; while they are made anew the old ones serve."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from bot.language import KnownNames


class ReaderNames:
    """One directory of names for all chats. There is none before the first is made, or where there are no names."""

    def __init__(self) -> None:
        self.current: KnownNames | None = None
        self._made_of: frozenset[str] = frozenset()

    def has(self, names: frozenset[str]) -> bool:
        """True where the directory holds all of `names`."""
        return names <= self._made_of

    async def make(self, names: frozenset[str], readings: Mapping[str, Sequence[str]]) -> None:
        """Makes it of `names`, in a thread: twenty thousand take a second of arithmetic."""
        if names == self._made_of:
            return
        known = await asyncio.to_thread(KnownNames, sorted(names), dict(readings)) if names else None
        self.current, self._made_of = known, names
