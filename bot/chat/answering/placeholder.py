"""A word on what is being checked, on the message's own card, where the answer itself takes longer than a moment."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from enum import Enum
from types import TracebackType
from typing import Self

from bot.model.questions import Question


class Shown(Enum):
    """Whether the card of a message says already what is being checked."""

    NO = "no"
    PERHAPS = "perhaps"  # it was sent, by this attempt or an earlier one, and nobody knows what became of it
    YES = "yes"


class Placeholder:
    """`async with Placeholder(say, after=0.8) as waiting`: `say` begins once that time is over and the question known.

    A timer until then, and no task: most answers are there before.
    """

    def __init__(self, say: Callable[[Question], Awaitable[Shown]], *, after: float) -> None:
        self._say = say
        self._after = after
        self._late = False
        self._question: Question | None = None
        self._saying: asyncio.Task[Shown] | None = None

    async def __aenter__(self) -> Self:
        self._timer = asyncio.get_running_loop().call_later(self._after, self._be_late)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        if self._saying:
            self._saying.cancel()
            await asyncio.gather(self._saying, return_exceptions=True)

    def about(self, question: Question) -> None:
        """Says what is being checked. An answer that changes an older card does without: it is never told."""
        self._question = question
        self._begin()

    async def shown(self) -> Shown:
        """What came of it, now that the answer is there; nothing is begun any more."""
        self._timer.cancel()
        return await self._saying if self._saying else Shown.NO

    def _be_late(self) -> None:
        self._late = True
        self._begin()

    def _begin(self) -> None:
        if self._late and self._question and not self._saying:
            self._saying = asyncio.ensure_future(self._say(self._question))
