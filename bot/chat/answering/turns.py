"""Who works on which message: one after the other of each person in each chat, all others at once.

What has its turn goes to a worker; what waits for it is in no worker's hands (`waiting`), so that nobody waits for
anybody else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum

import structlog

from bot.chat.answering.claims import Claim, Claims
from bot.chat.answering.in_hand import InHand
from bot.chat.answering.waiting import IDLE, Waiting
from bot.chat.frames.mention import Mention
from bot.endless import Loop, stop_all, tell
from bot.errors import StoreError
from bot.model.meter import Meter
from bot.model.people import OutTrackId
from bot.store import Store
from bot.store import turns as turn_table
from bot.store.turns import Turn
from bot.timing import Timing

log = structlog.get_logger(__name__)

WORKERS = 256
TRIES_IN_TURN = 2
"""After so many failures a message holds nobody up."""


class Done(Enum):
    """What became of a message in the hands of a worker."""

    CLOSED = "closed"
    FAILED = "failed"  # it is tried again after a while
    EARLY = "early"  # a follow-up whose question may still be on its way


Handler = Callable[[Claim], Awaitable[Done]]


class Turns:
    """The messages in this process's hands, on their way to `handler`, which should not raise but for cancellation."""

    def __init__(
        self,
        claims: Claims,
        store: Store,
        *,
        handler: Handler,
        meter: Meter,
        clock: Callable[[], datetime],
        timing: Timing,
    ) -> None:
        self._claims = claims
        self._store = store
        self._handler = handler
        self._meter = meter
        self._clock = clock
        self._timing = timing
        grace = timing.follow_up_grace if store.has_replicas else timing.follow_up_grace_alone
        self._grace = timedelta(seconds=grace)
        self._ready: asyncio.Queue[Claim] = asyncio.Queue()
        self._waiting = Waiting(claims, store, begin=self._hand_over, lose=self._drop, patience=timing.turn_patience)
        self._in_hand = InHand(meter.waiting)
        look, upkeep = timing.turn_look, timing.message_upkeep
        self.loops = [
            *(Loop("workers", self._work, within=None) for _ in range(WORKERS)),
            Loop("turns", self._look, pause=look, within=timing.late_after(max(look, IDLE))),
            Loop("leases", self._keep_up, pause=upkeep, within=timing.late_after(upkeep)),
        ]

    def start(self) -> None:
        """Begins to work, to look whose turn has come, and to look after leases."""
        for loop in self.loops:
            loop.start()

    def oldest(self) -> float:
        """For how many seconds the oldest message in hand has waited for its answer."""
        return self._in_hand.oldest()

    async def accept(self, mention: Mention, out_track_id: OutTrackId) -> bool:
        """True where the message was new; it is answered from now on, by us or by whoever takes over.

        Raises StoreError: without a durable claim the message must not be acked.
        """
        claim = await self._claims.claim(mention, out_track_id)
        if claim:
            self._take(claim)
        return claim is not None

    async def stop(self, *, within: float) -> None:
        """Finishes what is in hand within so many seconds; the rest is left for the next process."""
        try:
            async with asyncio.timeout(within):
                await self._in_hand.none_left()
        except TimeoutError:
            log.warning("stopped_with_work_left", count=len(self._in_hand))
        await stop_all(self.loops)
        await self._claims.release()

    def _take(self, claim: Claim) -> None:
        self._in_hand.take(claim)
        if claim.turn is Turn.WAITING:
            self._waiting.add(claim)
        else:
            self._hand_over(claim)

    def _hand_over(self, claim: Claim) -> None:
        """To a worker, as one that need not wait."""
        self._waiting.has_begun(claim)
        self._queue(claim)

    def _queue(self, claim: Claim) -> None:
        self._in_hand.queue(claim)
        self._ready.put_nowait(claim)

    def _drop(self, claim: Claim) -> None:
        self._in_hand.drop(claim.mention.msg_id, claim.attempt)

    async def _work(self) -> None:
        """Takes one message to where it goes next; whatever happens, it is not forgotten."""
        claim = await self._ready.get()
        if claim not in self._in_hand:  # its lease was let go meanwhile
            return
        self._in_hand.serve(claim)
        try:
            closed = await self._serve(claim)
        except Exception as error:  # noqa: BLE001 - the boundary: what is ours must stay in somebody's hands
            self._again(replace(claim, tries=claim.tries + 1))
            tell("worker_failed", error)
        else:
            if closed:
                self._drop(claim)
                await self._waiting.make_way(claim)

    async def _serve(self, claim: Claim) -> bool:
        """True where the message is closed, or somebody else's."""
        left = self._grace - (self._clock() - claim.received_at)
        early = claim.turn is Turn.BEGUN and not claim.may_follow and left > timedelta(0)
        match await self._answer(replace(claim, may_follow=not early)):
            case Done.CLOSED:
                return True
            case Done.FAILED:
                self._again(await self._failed(replace(claim, tries=claim.tries + 1)))
            case Done.EARLY:
                await self._put_back(claim, seconds=left.total_seconds())
        return False

    async def _answer(self, claim: Claim) -> Done:
        """A handler that hangs is given up a little after its lease was let go, so that the worker is free again."""
        try:
            async with asyncio.timeout(self._timing.unanswered_within + 2 * self._timing.message_upkeep):
                return await self._handler(claim)
        except Exception as error:  # noqa: BLE001 - the boundary: even a log that cannot be written ends up here
            tell("handler_failed", error)
        with suppress(StoreError):
            return Done.FAILED if await self._claims.is_ours(claim) else Done.CLOSED
        return Done.FAILED

    async def _failed(self, claim: Claim) -> Claim:
        """`claim` as it is tried again; it gives up its turn for good where it has failed too often."""
        if claim.turn is not Turn.BEGUN or claim.tries < TRIES_IN_TURN:
            return claim
        msg_id = claim.mention.msg_id
        try:
            await turn_table.step_aside(self._store, msg_id, owner=self._claims.owner, attempt=claim.attempt)
        except StoreError as error:  # after its next failure, then
            log.error("turn_not_given_up", msg_id=msg_id, error=str(error))
            return claim
        await self._waiting.make_way(claim)
        return replace(claim, turn=Turn.ASIDE)

    def _again(self, claim: Claim) -> None:
        retries = self._timing.message_retries
        delay = retries[min(claim.tries, len(retries)) - 1]
        self._in_hand.rest(claim, seconds=delay)
        asyncio.get_running_loop().call_later(delay, self._queue, claim)

    async def _put_back(self, claim: Claim, *, seconds: float) -> None:
        msg_id = claim.mention.msg_id
        if await turn_table.wait(self._store, msg_id, owner=self._claims.owner, attempt=claim.attempt):
            self._in_hand.rest(claim, seconds=seconds)
            self._waiting.add(replace(claim, turn=Turn.WAITING), seconds=seconds)
            await self._waiting.make_way(claim)
        else:  # it was told to step aside, or is no longer ours, which is found out before anything is sent
            self._queue(replace(claim, may_follow=True))

    async def _look(self) -> None:
        try:
            await self._waiting.look()
        except StoreError as error:
            log.error("turns_not_given", error=str(error))
            await asyncio.sleep(self._timing.message_upkeep)

    async def _keep_up(self) -> None:
        """Renews our leases, but for those of messages that nothing moves on, and takes over those that ran out."""
        try:
            await self._claims.renew()
            await self._let_go_of_stuck()
            found = await self._claims.take_over()
        except StoreError as error:
            log.error("leases_not_kept", error=str(error))
            return
        for claim in found:
            self._take(claim)
        for claim in found:  # afterwards, so that none is lost to a log that cannot be written
            log.info("message_taken_over", msg_id=claim.mention.msg_id, attempt=claim.attempt, turn=claim.turn.value)

    async def _let_go_of_stuck(self) -> None:
        """Another process may do better with what no worker takes, hangs in one, or is ours without our knowing."""
        within = self._timing.unanswered_within
        for msg_id, attempt in await self._claims.overdue(within=timedelta(seconds=within)):
            if self._in_hand.is_moving(msg_id, attempt, within=within):
                continue
            claim = self._in_hand.drop(msg_id, attempt)  # first: if the store fails now, the next pass lets go of it
            await self._claims.let_go(msg_id, attempt)
            if claim:
                await self._waiting.make_way(claim)
            log.error("message_let_go", msg_id=msg_id, attempt=attempt, in_hand=claim is not None)
