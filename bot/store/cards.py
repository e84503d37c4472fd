"""What a card was about, for the presses that come later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.people import ConversationId, MsgId, OutTrackId, StaffId
from bot.store.store import alone
from bot.store.tables import cards, is_due, was_due


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card as it stands. `state` is JSON text of the chat; `version` counts its changes from 1.
    `told_by` is the follow-up that changed it last.

    `due_at` is set while somebody works on what the card is to show next; from then on anybody may take that over.
    """

    out_track_id: OutTrackId
    conversation_id: ConversationId
    asker: StaffId
    version: int
    state: str
    created_at: datetime
    due_at: datetime | None = None
    told_by: MsgId | None = None


_PUT = (
    insert(cards)
    .on_conflict_do_nothing(index_elements=[cards.c.out_track_id])
    .execution_options(preserve_rowcount=True)
)
ROW = (
    cards.c.out_track_id,
    cards.c.conversation_id,
    cards.c.asker,
    cards.c.version,
    cards.c.state,
    cards.c.created_at,
    cards.c.deed_due_at,
    cards.c.told_by,
)
"""The columns of a CardRow, in its order."""
_GET = sa.select(*ROW).where(cards.c.out_track_id == bindparam("id"))
_seen = sa.update(cards).where(cards.c.out_track_id == bindparam("id"), cards.c.version == bindparam("seen"))
_ADVANCE = _seen.values(
    version=cards.c.version + 1,
    state=bindparam("next"),
    due_at=sa.null(),
    deed_due_at=bindparam("due"),
    told_by=sa.func.coalesce(bindparam("message"), cards.c.told_by),
)
_EXPECT = _seen.values(due_at=sa.null(), deed_due_at=bindparam("due"))
_SETTLE = _seen.values(state=bindparam("next"), due_at=sa.null(), deed_due_at=sa.null())
_over = (
    sa.select(cards.c.out_track_id)
    .where(
        sa.or_(
            sa.and_(is_due, cards.c.deed_due_at <= bindparam("at")),
            sa.and_(was_due, cards.c.due_at <= bindparam("at")),
        )
    )
    .order_by(cards.c.deed_due_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)  # says nothing on SQLite, where one process writes at a time
    .cte("over")
    .prefix_with("MATERIALIZED")  # or PostgreSQL may run it again for each row, past the limit
)
_TAKE_DUE = (
    sa.update(cards)
    .where(cards.c.out_track_id.in_(sa.select(_over.c.out_track_id)))
    .values(due_at=sa.null(), deed_due_at=bindparam("until"))
    .returning(*ROW)
)


def put_in(
    connection: sa.Connection,
    out_track_id: OutTrackId,
    *,
    conversation_id: ConversationId,
    asker: StaffId,
    state: str,
    now: datetime,
) -> bool:
    """True where the card is new, now at version 1; False for one that is there, which stays as it is."""
    row = {
        "out_track_id": out_track_id,
        "conversation_id": conversation_id,
        "asker": asker,
        "version": 1,
        "state": state,
        "created_at": now,
    }
    return connection.execute(_PUT, row).rowcount == 1


def get_in(connection: sa.Connection, out_track_id: OutTrackId) -> CardRow | None:
    """The card, or None for one that was never put or is pruned."""
    row = connection.execute(_GET, {"id": out_track_id}).one_or_none()
    return None if row is None else CardRow(*row)


def advance_in(
    connection: sa.Connection,
    out_track_id: OutTrackId,
    *,
    version: int,
    state: str,
    due_at: datetime | None = None,
    told_by: MsgId | None = None,
) -> bool:
    """True where the card was still at `version` and is now one further; False where somebody pressed first.

    With `due_at` there is work to be done before the card shows its new state; `settle` says that it is.
    `told_by` is the message that changes it.
    """
    changes = {"id": out_track_id, "seen": version, "next": state, "due": due_at, "message": told_by}
    return connection.execute(_ADVANCE, changes).rowcount == 1


def expect_in(connection: sa.Connection, out_track_id: OutTrackId, *, version: int, due_at: datetime) -> bool:
    """Says of a card that is still at `version` that it is being worked on; False where it no longer is."""
    return connection.execute(_EXPECT, {"id": out_track_id, "seen": version, "due": due_at}).rowcount == 1


def settle_in(connection: sa.Connection, out_track_id: OutTrackId, *, version: int, state: str) -> bool:
    """Completes the state of a card that is still at `version`, nothing being due; False where it no longer is."""
    changes = {"id": out_track_id, "seen": version, "next": state}
    return connection.execute(_SETTLE, changes).rowcount == 1


def take_due_in(connection: sa.Connection, *, now: datetime, lease: timedelta, limit: int = 20) -> list[CardRow]:
    """Up to `limit` cards whose work is overdue, now ours until `lease` is over; nobody else gets them meanwhile."""
    taken = connection.execute(_TAKE_DUE, {"at": now, "until": now + lease, "most": limit})
    return [CardRow(*row) for row in taken]


put = alone(put_in)
get = alone(get_in)
advance = alone(advance_in)
expect = alone(expect_in)
settle = alone(settle_in)
take_due = alone(take_due_in)
