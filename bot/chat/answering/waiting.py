"""The messages in this process's hands that wait for what the same person said before in the same chat.

Whose turn has come is known by the store alone (`store.turns`). It is asked where what stood before was closed here,
and every now and then, as that may be another process's.
"""

from __future__ import annotations

import asyncio
from bisect import insort
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from operator import attrgetter

import structlog

from bot.chat.answering.claims import Claim, Claims
from bot.errors import StoreError
from bot.model.people import ConversationId, MsgId, StaffId
from bot.store import Store, turns
from bot.store.turns import Turn

log = structlog.get_logger(__name__)

IDLE = 1.0
"""Seconds between two looks while nobody waits."""

Key = tuple[ConversationId, StaffId]
_EPOCH = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A message that waits; it is not tried before the one time, and begins regardless after the other (the loop's)."""

    claim: Claim
    not_before: float
    at_most_until: float

    @property
    def said_ms(self) -> int:
        """When it was said, as finely as the store knows it."""
        return (self.claim.mention.created_at - _EPOCH) // timedelta(milliseconds=1)


class Waiting:
    """Who waits here, by person and chat. `begin` is given each message whose turn has come, `lose` what is not ours.

    `patience` is for how many seconds one waits at most: then what stands before it steps aside.
    """

    def __init__(
        self,
        claims: Claims,
        store: Store,
        *,
        begin: Callable[[Claim], None],
        lose: Callable[[Claim], None],
        patience: float,
    ) -> None:
        self._claims = claims
        self._store = store
        self._begin = begin
        self._lose = lose
        self._patience = patience
        self._waiting: dict[Key, list[_Waiting]] = {}
        self._begun: dict[Key, MsgId] = {}
        self._some = asyncio.Event()

    def add(self, claim: Claim, *, seconds: float = 0.0) -> None:
        """Lets `claim` wait, so many seconds at least."""
        assert claim.key
        now = asyncio.get_running_loop().time()
        waiting = _Waiting(claim, now + seconds, now + max(seconds, self._patience))
        insort(self._waiting.setdefault(claim.key, []), waiting, key=attrgetter("said_ms"))
        self._some.set()

    def has_begun(self, claim: Claim) -> None:
        """Notes what stands before those that wait here: while it is ours there is nothing to ask the store."""
        if claim.key and claim.turn is Turn.BEGUN:
            self._begun[claim.key] = claim.mention.msg_id

    async def make_way(self, claim: Claim) -> None:
        """Begins what comes after `claim`, which is answered or has given up its turn, where that waits here."""
        key = claim.key
        if key and self._begun.get(key) == claim.mention.msg_id:
            del self._begun[key]
        if key and key in self._waiting:
            with suppress(StoreError):  # it is looked again, soon
                await self._look_at(key)

    async def look(self) -> None:
        """One look at everybody who waits; where nobody does, when somebody comes, or soon. Raises StoreError."""
        if not self._waiting:
            self._some.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(IDLE):
                    await self._some.wait()
        await asyncio.gather(*(self._look_at(key) for key in tuple(self._waiting)))

    async def _look_at(self, key: Key) -> None:
        """Begins what may begin of one person and chat: the first of them, and whoever has waited for too long.

        Which of several of one moment is the first the store alone knows, so that all of these are tried.
        """
        now, waiting = asyncio.get_running_loop().time(), tuple(self._waiting.get(key, ()))
        for each in waiting:
            if each.at_most_until <= now:
                await self._begin_regardless(key, each)
            elif each.said_ms == waiting[0].said_ms and key not in self._begun and each.not_before <= now:
                await self._begin_in_turn(key, each)

    async def _begin_in_turn(self, key: Key, each: _Waiting) -> None:
        chat, sender = key
        claim = each.claim
        begun = await turns.begin(
            self._store,
            claim.mention.msg_id,
            owner=self._claims.owner,
            attempt=claim.attempt,
            conversation_id=chat,
            sender=sender,
        )
        if begun and self._remove(key, each):
            self._begin(replace(claim, turn=Turn.BEGUN))

    async def _begin_regardless(self, key: Key, each: _Waiting) -> None:
        chat, sender = key
        claim = each.claim
        turn = await turns.begin_regardless(
            self._store,
            claim.mention.msg_id,
            owner=self._claims.owner,
            attempt=claim.attempt,
            conversation_id=chat,
            sender=sender,
        )
        if turn is None and await self._claims.is_ours(claim):
            turn = Turn.BEGUN  # a commit of which nobody knew whether it took place
        if turn is Turn.WAITING or not self._remove(key, each):
            return
        if turn is None:
            self._lose(claim)
        else:
            self._begin(replace(claim, turn=turn))
        log.warning("turn_not_awaited", msg_id=claim.mention.msg_id, ours=turn is not None)

    def _remove(self, key: Key, each: _Waiting) -> bool:
        """False where it waits no more: two may have looked at the same moment, and the store tells one of them so."""
        waiting = self._waiting.get(key, [])
        if each not in waiting:
            return False
        waiting.remove(each)
        if not waiting:
            del self._waiting[key]
        return True
