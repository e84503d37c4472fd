"""What somebody asked last in a chat, for a follow-up such as "what about Thursday"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.people import ConversationId, OutTrackId, StaffId
from bot.store.cards import ROW, CardRow
from bot.store.store import alone
from bot.store.tables import cards, last_requests


@dataclass(frozen=True, slots=True)
class LastRequest:
    """The last request and, where a card answered it, that card as it stands; `state` is then what the card is about.

    `heard_at` is when the message came in, by our own clock.
    """

    state: str
    heard_at: datetime
    card: CardRow | None = None


_columns = last_requests.c
_insert = insert(last_requests)
_PUT = _insert.on_conflict_do_update(
    index_elements=[_columns.conversation_id, _columns.asker],
    set_={name: _insert.excluded[name] for name in ("card", "state", "asked_at", "heard_at")},
    where=_columns.asked_at <= _insert.excluded.asked_at,
)
_GET = (
    sa.select(_columns.state, _columns.heard_at, *ROW)
    .select_from(last_requests.outerjoin(cards, cards.c.out_track_id == _columns.card))
    .where(
        _columns.conversation_id == bindparam("chat"),
        _columns.asker == bindparam("person"),
        _columns.asked_at.between(bindparam("since"), bindparam("until")),
    )
)


def put_in(
    connection: sa.Connection,
    conversation_id: ConversationId,
    asker: StaffId,
    *,
    state: str,
    asked_at: datetime,
    heard_at: datetime,
    card: OutTrackId | None = None,
) -> None:
    """Remembers what this person asked last in this chat: the card that answered it, or else `state` (JSON text).

    What was asked before the one that is remembered, and only answered after it, changes nothing.
    """
    row = {
        "conversation_id": conversation_id,
        "asker": asker,
        "card": card,
        "state": "" if card else state,
        "asked_at": asked_at,
        "heard_at": heard_at,
    }
    connection.execute(_PUT, row)


def get_in(
    connection: sa.Connection, conversation_id: ConversationId, asker: StaffId, *, since: datetime, until: datetime
) -> LastRequest | None:
    """What this person asked last in this chat, if that was between `since` and `until`."""
    when = {"chat": conversation_id, "person": asker, "since": since, "until": until}
    row = connection.execute(_GET, when).one_or_none()
    if row is None:
        return None
    state, heard_at, *card = row
    if card[0] is None:
        return LastRequest(state, heard_at) if state else None
    found = CardRow(*card)
    return LastRequest(found.state, heard_at, found)


put = alone(put_in)
get = alone(get_in)
