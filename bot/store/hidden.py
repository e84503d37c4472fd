"""Who wants to be left out of a chat's digest: never read for it, never shown in it as free."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.people import ConversationId, StaffId
from bot.store.store import alone
from bot.store.tables import hidden

_HIDE = (
    insert(hidden)
    .on_conflict_do_nothing(index_elements=[hidden.c.conversation_id, hidden.c.staff_id])
    .execution_options(preserve_rowcount=True)
)
_UNHIDE = sa.delete(hidden).where(
    hidden.c.conversation_id == bindparam("chat"), hidden.c.staff_id == bindparam("person")
)
_OF_CHAT = sa.select(hidden.c.staff_id).where(hidden.c.conversation_id == bindparam("chat"))


def hide_in(connection: sa.Connection, chat: ConversationId, staff_id: StaffId) -> bool:
    """True where this person is left out from now on; False where they were already."""
    return connection.execute(_HIDE, {"conversation_id": chat, "staff_id": staff_id}).rowcount == 1


def unhide_in(connection: sa.Connection, chat: ConversationId, staff_id: StaffId) -> bool:
    """True where this person was left out, and no longer is."""
    return connection.execute(_UNHIDE, {"chat": chat, "person": staff_id}).rowcount == 1


def of_chat_in(connection: sa.Connection, chat: ConversationId) -> frozenset[StaffId]:
    """Everybody who is left out in that chat."""
    return frozenset(StaffId(staff_id) for staff_id in connection.scalars(_OF_CHAT, {"chat": chat}))


hide = alone(hide_in)
unhide = alone(unhide_in)
of_chat = alone(of_chat_in)
