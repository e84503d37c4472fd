"""Which messages are ours: claimed durably before the ack, worked on a few at a time, taken over from the dead."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.chat.frames.mention import Mention, dump, load
from bot.errors import StoreError
from bot.model.meter import Meter
from bot.model.people import OutTrackId
from bot.store import Store, messages
from bot.timing import Timing

log = structlog.get_logger(__name__)

FRESH = timedelta(minutes=30)
WORKERS = 64


@dataclass(frozen=True, slots=True)
class Claim:
    """A message in our hands. `attempt` counts its holders, `tries` how often this one has begun to answer it.

    `received_at` is when the first of them took it in.
    `text_begun`: an earlier holder may have sent a plain text already. Nobody can take it over before `ours_until`.
    """

    mention: Mention
    out_track_id: OutTrackId
    ours_until: datetime
    received_at: datetime
    attempt: int = 1
    text_begun: bool = False
    tries: int = 0


Handler = Callable[[Claim], Awaitable[bool]]


class Claims:
    """The messages this process holds.

    `handler` answers one and says whether it is closed; where it is not, it is tried again after a while. It must not
    raise but for cancellation.
    """

    def __init__(
        self, store: Store, *, handler: Handler, meter: Meter, clock: Callable[[], datetime], timing: Timing
    ) -> None:
        self.owner = uuid.uuid4().hex
        self._store = store
        self._handler = handler
        self._meter = meter
        self._clock = clock
        self._lease = timing.message_lease
        self._upkeep = timing.message_upkeep
        self._retries = timing.message_retries
        self._waiting: asyncio.Queue[Claim] = asyncio.Queue()
        self._in_hand = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begins to work, and to look after leases."""
        self._tasks = [asyncio.create_task(self._work(), name="worker") for _ in range(WORKERS)]
        self._tasks.append(asyncio.create_task(self._keep_up(), name="leases"))

    async def claim(self, mention: Mention, out_track_id: OutTrackId) -> bool:
        """True where the message was new; it is answered from now on, by us or by whoever takes over.

        Raises StoreError: without a durable claim the message must not be acked.
        """
        now = self._clock()
        turn = await messages.claim(
            self._store,
            mention.msg_id,
            out_track_id=out_track_id,
            conversation_id=mention.conversation_id,
            payload=dump(mention),
            owner=self.owner,
            now=now,
            lease=self._lease,
            said_at=mention.created_at,
            sender=mention.sender,
        )
        if turn:
            self._take(Claim(mention, out_track_id, now + self._lease, now))
        return turn is not None

    async def hold(self, claim: Claim) -> bool:
        """True where the message is still ours: asked just before something is sent.

        Costs nothing in the first half of a lease; the other half is for sending and for clocks that disagree.
        """
        now = self._clock()
        if now < claim.ours_until - self._lease / 2:
            return True
        return await messages.hold(
            self._store, claim.mention.msg_id, owner=self.owner, attempt=claim.attempt, now=now, lease=self._lease
        )

    async def take_over(self) -> int:
        """Takes up what others, or an earlier run, left unfinished; how many messages that is."""
        now = self._clock()
        found = await messages.take_over(
            self._store, owner=self.owner, now=now, lease=self._lease, fresh_since=now - FRESH
        )
        for row in found:
            log.info("message_taken_over", msg_id=row.msg_id, attempt=row.attempt)
            try:
                self._take(_resumed(row, now + self._lease))
            except ValueError:  # of another version; left as it is it would come back for ever
                log.error("message_unreadable", msg_id=row.msg_id)
                await messages.answered(
                    self._store, row.msg_id, owner=self.owner, attempt=row.attempt, outcome="unreadable", now=now
                )
        return len(found)

    async def stop(self, *, within: float) -> None:
        """Finishes what is in hand within so many seconds; the rest is left for the next process."""
        try:
            async with asyncio.timeout(within):
                await self._idle.wait()
        except TimeoutError:
            log.warning("stopped_with_work_left", count=self._in_hand)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        try:
            await messages.release(self._store, owner=self.owner)
        except StoreError as error:  # they run out by themselves
            log.error("leases_not_released", error=str(error))

    def _take(self, claim: Claim) -> None:
        self._in_hand += 1
        self._idle.clear()
        self._meter.waiting(self._in_hand)
        self._waiting.put_nowait(claim)

    async def _work(self) -> None:
        while True:
            claim = await self._waiting.get()
            if await self._handler(claim):
                self._let_go()
            else:
                again = replace(claim, tries=claim.tries + 1)
                delay = self._retries[min(claim.tries, len(self._retries) - 1)]
                asyncio.get_running_loop().call_later(delay, self._waiting.put_nowait, again)

    def _let_go(self) -> None:
        self._in_hand -= 1
        self._meter.waiting(self._in_hand)
        if not self._in_hand:
            self._idle.set()

    async def _keep_up(self) -> None:
        """Renews our leases and takes over those that ran out."""
        while True:
            try:
                await messages.renew(self._store, owner=self.owner, now=self._clock(), lease=self._lease)
                await self.take_over()
            except StoreError as error:
                log.error("leases_not_kept", error=str(error))
            await asyncio.sleep(self._upkeep)


def _resumed(row: messages.Claimed, ours_until: datetime) -> Claim:
    text_begun = row.state is messages.State.FALLING_BACK
    return Claim(load(row.payload), row.out_track_id, ours_until, row.received_at, row.attempt, text_begun)
