"""What somebody asked last in a chat, for a follow-up such as "what about Thursday"."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.people import ConversationId, StaffId
from bot.store.store import alone
from bot.store.tables import last_requests

_columns = last_requests.c
_insert = insert(last_requests)
_PUT = _insert.on_conflict_do_update(
    index_elements=[_columns.conversation_id, _columns.asker],
    set_={"state": _insert.excluded.state, "asked_at": _insert.excluded.asked_at},
    where=_columns.asked_at <= _insert.excluded.asked_at,
)
_GET = sa.select(_columns.state).where(
    _columns.conversation_id == bindparam("chat"),
    _columns.asker == bindparam("person"),
    _columns.asked_at >= bindparam("since"),
)


def put_in(
    connection: sa.Connection, conversation_id: ConversationId, asker: StaffId, *, state: str, asked_at: datetime
) -> None:
    """Remembers `state` (JSON text of the chat) as what this person asked last in this chat.

    What was asked before the one that is remembered, and only answered after it, changes nothing.
    """
    row = {"conversation_id": conversation_id, "asker": asker, "state": state, "asked_at": asked_at}
    connection.execute(_PUT, row)


def get_in(
    connection: sa.Connection, conversation_id: ConversationId, asker: StaffId, *, since: datetime
) -> str | None:
    """What this person asked last in this chat, if that was not before `since`."""
    return connection.scalar(_GET, {"chat": conversation_id, "person": asker, "since": since})


put = alone(put_in)
get = alone(get_in)
