"""Which messages are ours: claimed durably before the ack, held by a lease, taken over from the dead."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from bot.chat.frames.mention import Mention, dump, load
from bot.errors import StoreError
from bot.model.outcomes import AnswerOutcome
from bot.model.people import ConversationId, MsgId, OutTrackId, StaffId
from bot.store import Store, messages
from bot.store.turns import Turn
from bot.timing import Timing

log = structlog.get_logger(__name__)

FRESH = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Claim:
    """A message in our hands. `attempt` counts its holders, `tries` how often this one has begun to answer it.

    `received_at` is when the first of them took it in.
    `text_begun`: an earlier holder may have sent a plain text already. Nobody can take it over before `ours_until`.
    `turn`: whether it waits for what its sender said before, as far as this process knows. `may_follow`: where it is a
    follow-up, its question has had the time to arrive.
    """

    mention: Mention
    out_track_id: OutTrackId
    ours_until: datetime
    received_at: datetime
    attempt: int = 1
    text_begun: bool = False
    tries: int = 0
    turn: Turn = Turn.BEGUN
    may_follow: bool = False

    @property
    def key(self) -> tuple[ConversationId, StaffId] | None:
        """Whose messages are answered in order, and where; None for somebody of another organisation."""
        sender = self.mention.sender
        return None if sender is None else (self.mention.conversation_id, sender)


class Claims:
    """The leases of the messages that this process holds."""

    def __init__(self, store: Store, *, clock: Callable[[], datetime], timing: Timing) -> None:
        self.owner = uuid.uuid4().hex
        self._store = store
        self._clock = clock
        self._lease = timing.message_lease
        self._hands_off_until = datetime.min.replace(tzinfo=UTC)

    async def claim(self, mention: Mention, out_track_id: OutTrackId) -> Claim | None:
        """The message as ours, None where it came before; it is answered by us or by whoever takes over.

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
        return Claim(mention, out_track_id, now + self._lease, now, turn=turn) if turn else None

    async def hold(self, claim: Claim) -> bool:
        """True where the message is still ours: asked just before something is sent.

        Costs nothing in the first half of a lease; the other half is for sending and for clocks that disagree.
        """
        return self._clock() < claim.ours_until - self._lease / 2 or await self.is_ours(claim)

    async def is_ours(self, claim: Claim) -> bool:
        """True where the store says so, too; then its lease is renewed."""
        return await messages.hold(
            self._store,
            claim.mention.msg_id,
            owner=self.owner,
            attempt=claim.attempt,
            now=self._clock(),
            lease=self._lease,
        )

    async def take_over(self) -> list[Claim]:
        """What others, or an earlier run, left unfinished and is ours from now on, the first received first.

        Nothing for the length of a lease after we let go of something: another process is to have it.
        """
        now = self._clock()
        if now < self._hands_off_until:
            return []
        found = await messages.take_over(
            self._store, owner=self.owner, now=now, lease=self._lease, fresh_since=now - FRESH
        )
        resumed = [(row, _resumed(row, now + self._lease)) for row in found]
        for row in (row for row, claim in resumed if claim is None):
            await self._close_unreadable(row, now)
        return [claim for _, claim in resumed if claim]

    async def renew(self) -> None:
        """Extends every lease of ours. Raises StoreError."""
        await messages.renew(self._store, owner=self.owner, now=self._clock(), lease=self._lease)

    async def overdue(self, *, within: timedelta) -> list[tuple[MsgId, int]]:
        """Message and attempt of what is ours, unanswered, and was received longer ago. Raises StoreError."""
        return await messages.overdue(self._store, owner=self.owner, before=self._clock() - within)

    async def let_go(self, msg_id: MsgId, attempt: int) -> None:
        """Leaves one message to another process, to ourselves where there is none. Raises StoreError."""
        self._hands_off_until = self._clock() + self._lease
        await messages.let_go(self._store, msg_id, owner=self.owner, attempt=attempt)

    async def release(self) -> None:
        """Leaves what is not answered to the next process, at once."""
        try:
            await messages.release(self._store, owner=self.owner)
        except StoreError as error:  # they run out by themselves
            log.error("leases_not_released", error=str(error))

    async def _close_unreadable(self, row: messages.Claimed, now: datetime) -> None:
        """Closes a message of another version: left as it is it would come back for ever."""
        try:
            await messages.answered(
                self._store,
                row.msg_id,
                owner=self.owner,
                attempt=row.attempt,
                outcome=AnswerOutcome.UNREADABLE.value,
                now=now,
            )
        except StoreError as error:  # the next run finds it again; what was taken over with it must not be lost
            log.error("message_not_closed", msg_id=row.msg_id, error=str(error))
        else:
            log.error("message_unreadable", msg_id=row.msg_id)


def _resumed(row: messages.Claimed, ours_until: datetime) -> Claim | None:
    try:
        mention = load(row.payload)
    except ValueError:
        return None
    text_begun = row.state is messages.State.FALLING_BACK
    return Claim(mention, row.out_track_id, ours_until, row.received_at, row.attempt, text_begun, turn=row.turn)
