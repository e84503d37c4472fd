"""Messages from delivery to answer: who works on one, until when, and what became of it.

claimed -> answered, or claimed -> falling_back -> answered. A claim is a lease: whoever holds it renews it, and one
that runs out is taken over with the attempt counted up. Owner and attempt together fence off a holder that was thought
dead. Leases compare the `now` of different processes: the clocks of replicas must agree within a second (a lease is
6 s, renewed every 1.5 s). An owner is one run of one process; its name must not be used again after a restart. A claim
also says whether the message's turn has come, see `turns`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.people import ConversationId, MsgId, OutTrackId, StaffId
from bot.store.store import alone
from bot.store.tables import is_unfinished, messages
from bot.store.turns import Turn, is_held, lock_in, turn_of_a_new_one

STALE = "stale"
"""The outcome of a message that nobody answered while it was fresh."""


class State(StrEnum):
    """How far a message has come."""

    CLAIMED = "claimed"
    FALLING_BACK = "falling_back"  # a plain text may have been sent, which DingTalk would show twice
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that was taken over; `attempt` is 2 or more and goes into every later call about it."""

    msg_id: MsgId
    out_track_id: OutTrackId
    conversation_id: ConversationId
    payload: str
    attempt: int
    state: State
    received_at: datetime
    turn: Turn


_columns = messages.c
_lease_over = datetime.fromtimestamp(0, UTC)

# This dialect's INSERT compiles for SQLite as well (not the other way round): ON CONFLICT reads the same there.
_CLAIM = insert(messages).on_conflict_do_nothing(index_elements=[_columns.msg_id]).returning(_columns.turn)
_CLAIM_IN_TURN = _CLAIM.values(turn=turn_of_a_new_one)
_held = sa.update(messages).where(is_held)
_HOLD = _held.values(lease_until=bindparam("until"))
_BEGIN_FALLBACK = _held.where(_columns.state == State.CLAIMED).values(state=State.FALLING_BACK)
_ANSWERED = _held.values(
    state=State.ANSWERED, outcome=bindparam("result"), answered_at=bindparam("at"), payload=sa.literal("")
)
_owned = sa.update(messages).where(_columns.owner == bindparam("holder"), is_unfinished)
_RENEW = _owned.values(lease_until=bindparam("until"))
_RELEASE = _owned.values(lease_until=_lease_over)
_LET_GO = _held.values(owner="", lease_until=_lease_over)
_OVERDUE = sa.select(_columns.msg_id, _columns.attempt).where(
    _columns.owner == bindparam("holder"), is_unfinished, _columns.received_at < bindparam("before")
)

_expired = is_unfinished & (_columns.lease_until <= bindparam("at"))
_GIVE_UP = (
    sa.update(messages)
    .where(_expired, _columns.received_at < bindparam("fresh_since"))
    .values(state=State.ANSWERED, outcome=STALE, answered_at=bindparam("at"), payload=sa.literal(""))
)
_oldest = (
    sa.select(_columns.msg_id)
    .where(_expired)
    .order_by(_columns.received_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)  # says nothing on SQLite, where one process writes at a time
    .cte("oldest")
    .prefix_with("MATERIALIZED")  # or PostgreSQL may run it again for each row, past the limit
)
_TAKE_OVER = (
    sa.update(messages)
    .where(_columns.msg_id.in_(sa.select(_oldest.c.msg_id)))
    .values(owner=bindparam("holder"), attempt=_columns.attempt + 1, lease_until=bindparam("until"))
    .returning(
        _columns.msg_id,
        _columns.out_track_id,
        _columns.conversation_id,
        _columns.payload,
        _columns.attempt,
        _columns.state,
        _columns.received_at,
        _columns.turn,
    )
)
_SPOKEN = (
    sa.select(sa.literal(1))
    .where(
        _columns.conversation_id == bindparam("chat"),
        _columns.received_at > bindparam("after"),
        _columns.received_at <= bindparam("until"),
        _columns.msg_id != bindparam("but"),
    )
    .limit(1)
)


def claim_in(
    connection: sa.Connection,
    msg_id: MsgId,
    *,
    out_track_id: OutTrackId,
    conversation_id: ConversationId,
    payload: str,
    owner: str,
    now: datetime,
    lease: timedelta,
    said_at: datetime,
    sender: StaffId | None = None,
) -> Turn | None:
    """The turn of a message that was not known and is now ours, as attempt 1; None for one that came before.

    BEGUN, or WAITING where another of this sender in this chat goes before it, or where that cannot be told now.
    `said_at` is DingTalk's time of it. `sender` is None for somebody of another organisation, who never waits.
    `payload` is what is needed to take the message up again, as JSON that is all ASCII (PostgreSQL holds no NUL).
    """
    row = {
        "msg_id": msg_id,
        "out_track_id": out_track_id,
        "conversation_id": conversation_id,
        "sender": sender or "",
        "state": State.CLAIMED,
        "owner": owner,
        "attempt": 1,
        "lease_until": now + lease,
        "received_at": now,
        "said_at": said_at,
        "payload": payload,
    }
    if sender and lock_in(connection, conversation_id, sender):
        among = {"id": msg_id, "chat": conversation_id, "person": sender, "said": said_at, "at": now}
        turn = connection.scalar(_CLAIM_IN_TURN, row | among)
    else:
        turn = connection.scalar(_CLAIM, row | {"turn": Turn.WAITING if sender else Turn.BEGUN})
    return None if turn is None else Turn(turn)


def hold_in(
    connection: sa.Connection, msg_id: MsgId, *, owner: str, attempt: int, now: datetime, lease: timedelta
) -> bool:
    """True where the message is still ours, with its lease renewed: asked just before something is sent."""
    until = now + lease
    return connection.execute(_HOLD, _holder(msg_id, owner, attempt) | {"until": until}).rowcount == 1


def begin_fallback_in(connection: sa.Connection, msg_id: MsgId, *, owner: str, attempt: int) -> bool:
    """True where a plain text may be sent now; durable before, as a text that was sent must not be sent again.

    False where the message is no longer ours, or where this or an earlier attempt had come as far.
    """
    return connection.execute(_BEGIN_FALLBACK, _holder(msg_id, owner, attempt)).rowcount == 1


def answered_in(
    connection: sa.Connection, msg_id: MsgId, *, owner: str, attempt: int, outcome: str, now: datetime
) -> bool:
    """True where the message was ours and is now done; its payload is cleared, as what people wrote is not kept."""
    changes = _holder(msg_id, owner, attempt) | {"result": outcome, "at": now}
    return connection.execute(_ANSWERED, changes).rowcount == 1


def renew_in(connection: sa.Connection, *, owner: str, now: datetime, lease: timedelta) -> int:
    """Extends the lease of everything unfinished that `owner` holds; how many those are."""
    return connection.execute(_RENEW, {"holder": owner, "until": now + lease}).rowcount


def take_over_in(
    connection: sa.Connection,
    *,
    owner: str,
    now: datetime,
    lease: timedelta,
    fresh_since: datetime,
    limit: int = 100,
) -> list[Claimed]:
    """Up to `limit` messages whose lease has run out, now ours, the oldest first; nobody else gets the same attempt.

    Those received before `fresh_since` are not given out but closed with the outcome "stale", their payload cleared.
    """
    connection.execute(_GIVE_UP, {"at": now, "fresh_since": fresh_since})
    taken = connection.execute(_TAKE_OVER, {"at": now, "holder": owner, "until": now + lease, "most": limit})
    return sorted((_claimed(*row) for row in taken), key=lambda claimed: (claimed.received_at, claimed.msg_id))


def release_in(connection: sa.Connection, *, owner: str) -> int:
    """Ends the leases of everything unfinished that `owner` holds, at a clean stop; how many those are."""
    return connection.execute(_RELEASE, {"holder": owner}).rowcount


def overdue_in(connection: sa.Connection, *, owner: str, before: datetime) -> list[tuple[MsgId, int]]:
    """Message and attempt of everything unfinished that `owner` holds and that was received before then."""
    found = connection.execute(_OVERDUE, {"holder": owner, "before": before})
    return [(MsgId(msg_id), attempt) for msg_id, attempt in found]


def let_go_in(connection: sa.Connection, msg_id: MsgId, *, owner: str, attempt: int) -> bool:
    """True where the message was ours; now it is nobody's, and its lease is over."""
    return connection.execute(_LET_GO, _holder(msg_id, owner, attempt)).rowcount == 1


def came_between_in(
    connection: sa.Connection, conversation_id: ConversationId, *, after: datetime, until: datetime, but: MsgId
) -> bool:
    """True where another message than `but` was said to the bot in this chat after the one and until the other.

    Both are our own times of receipt.
    """
    when = {"chat": conversation_id, "but": but, "after": after, "until": until}
    return connection.scalar(_SPOKEN, when) is not None


def _holder(msg_id: MsgId, owner: str, attempt: int) -> dict[str, object]:
    return {"id": msg_id, "holder": owner, "try": attempt}


def _claimed(
    msg_id: str,
    out_track_id: str,
    conversation_id: str,
    payload: str,
    attempt: int,
    state: str,
    received_at: datetime,
    turn: str,
) -> Claimed:
    return Claimed(
        MsgId(msg_id),
        OutTrackId(out_track_id),
        ConversationId(conversation_id),
        payload,
        attempt,
        State(state),
        received_at,
        Turn(turn),
    )


claim = alone(claim_in)
hold = alone(hold_in)
begin_fallback = alone(begin_fallback_in)
answered = alone(answered_in)
renew = alone(renew_in)
take_over = alone(take_over_in)
release = alone(release_in)
overdue = alone(overdue_in)
let_go = alone(let_go_in)
came_between = alone(came_between_in)
