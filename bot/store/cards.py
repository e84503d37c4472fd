"""What a card was about, for the presses that come later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.people import ConversationId, OutTrackId, StaffId
from bot.store.store import alone
from bot.store.tables import cards


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card as it stands. `state` is JSON text of the feature that made it; `version` counts its changes from 1."""

    out_track_id: OutTrackId
    conversation_id: ConversationId
    asker: StaffId
    version: int
    state: str
    created_at: datetime


_PUT = (
    insert(cards)
    .on_conflict_do_nothing(index_elements=[cards.c.out_track_id])
    .execution_options(preserve_rowcount=True)
)
_GET = sa.select(*cards.c).where(cards.c.out_track_id == bindparam("id"))
_ADVANCE = (
    sa.update(cards)
    .where(cards.c.out_track_id == bindparam("id"), cards.c.version == bindparam("seen"))
    .values(version=cards.c.version + 1, state=bindparam("next"))
)
_AMEND = (
    sa.update(cards)
    .where(cards.c.out_track_id == bindparam("id"), cards.c.version == bindparam("seen"))
    .values(state=bindparam("next"))
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


def advance_in(connection: sa.Connection, out_track_id: OutTrackId, *, version: int, state: str) -> bool:
    """True where the card was still at `version` and is now one further; False where somebody pressed first."""
    changes = {"id": out_track_id, "seen": version, "next": state}
    return connection.execute(_ADVANCE, changes).rowcount == 1


def amend_in(connection: sa.Connection, out_track_id: OutTrackId, *, version: int, state: str) -> bool:
    """Completes the state of a card that is still at `version`; False where it no longer is."""
    changes = {"id": out_track_id, "seen": version, "next": state}
    return connection.execute(_AMEND, changes).rowcount == 1


put = alone(put_in)
get = alone(get_in)
advance = alone(advance_in)
amend = alone(amend_in)
