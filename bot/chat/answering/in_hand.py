"""The messages that this process has claimed and not answered, and since when nothing has moved them on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.chat.answering.claims import Claim
from bot.model.people import MsgId

Key = tuple[MsgId, int]


@dataclass(slots=True)
class _Held:
    """`moved_at` lies ahead while a message waits for its next try."""

    claim: Claim
    since: float
    moved_at: float
    queued: bool = False


class InHand:
    """What is in hand, by message and attempt. `changed` is told how many those are."""

    def __init__(self, changed: Callable[[int], None], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._changed = changed
        self._now = clock
        self._held: dict[Key, _Held] = {}
        self._served_at = 0.0
        self._idle = asyncio.Event()
        self._idle.set()

    def __len__(self) -> int:
        return len(self._held)

    def __contains__(self, claim: Claim) -> bool:
        return _key(claim) in self._held

    async def none_left(self) -> None:
        """Returns once nothing is in hand."""
        await self._idle.wait()

    def take(self, claim: Claim) -> None:
        """It is ours from now on."""
        now = self._now()
        self._held[_key(claim)] = _Held(claim, now, now)
        self._tell()

    def drop(self, msg_id: MsgId, attempt: int) -> Claim | None:
        """It is answered, or somebody else's: as it was taken, None where it was not in hand."""
        held = self._held.pop((msg_id, attempt), None)
        if held is None:
            return None
        self._tell()
        return held.claim

    def queue(self, claim: Claim) -> None:
        """It waits for a worker, for as long as those take anything."""
        self._moved(claim, queued=True)

    def serve(self, claim: Claim) -> None:
        """A worker has it."""
        self._served_at = self._now()
        self._moved(claim)

    def rest(self, claim: Claim, *, seconds: float) -> None:
        """Its turn or its next try comes after so many seconds."""
        self._moved(claim, ahead=seconds)

    def oldest(self) -> float:
        """For how many seconds the oldest one has been in hand; 0 where there is none."""
        now = self._now()
        return now - min((held.since for held in self._held.values()), default=now)

    def is_moving(self, msg_id: MsgId, attempt: int, *, within: float) -> bool:
        """True where it is in hand and something has moved it, or the queue it stands in, for so many seconds."""
        held = self._held.get((msg_id, attempt))
        if held is None:
            return False
        moved_at = max(held.moved_at, self._served_at) if held.queued else held.moved_at
        return self._now() - moved_at <= within

    def _moved(self, claim: Claim, *, queued: bool = False, ahead: float = 0.0) -> None:
        held = self._held.get(_key(claim))
        if held:
            held.moved_at, held.queued = self._now() + ahead, queued

    def _tell(self) -> None:
        self._changed(len(self._held))
        if self._held:
            self._idle.clear()
        else:
            self._idle.set()


def _key(claim: Claim) -> Key:
    return claim.mention.msg_id, claim.attempt
