"""Who does not want to be shown in the answers of a chat, or of any: their calendars are not read for others."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.people import ConversationId, StaffId
from bot.store.store import alone
from bot.store.tables import opt_outs

EVERYWHERE = ConversationId("")
"""Where it was said in a 1:1 chat."""

_HIDE = (
    insert(opt_outs)
    .on_conflict_do_nothing(index_elements=[opt_outs.c.conversation_id, opt_outs.c.staff_id])
    .execution_options(preserve_rowcount=True)
)
_SHOW = sa.delete(opt_outs).where(
    opt_outs.c.conversation_id == bindparam("chat"), opt_outs.c.staff_id == bindparam("person")
)
_IN = sa.select(opt_outs.c.staff_id).where(opt_outs.c.conversation_id.in_([bindparam("chat"), EVERYWHERE]))


def hide_in(connection: sa.Connection, chat: ConversationId, staff_id: StaffId, *, at: datetime) -> bool:
    """True where this person is not shown in the chat from now on; False where they were not already."""
    return connection.execute(_HIDE, {"conversation_id": chat, "staff_id": staff_id, "at": at}).rowcount == 1


def show_in(connection: sa.Connection, chat: ConversationId, staff_id: StaffId) -> bool:
    """True where this person was not shown in the chat, and is again."""
    return connection.execute(_SHOW, {"chat": chat, "person": staff_id}).rowcount == 1


def of_chat_in(connection: sa.Connection, chat: ConversationId) -> frozenset[StaffId]:
    """Everybody who is not to be shown in that chat."""
    return frozenset(StaffId(staff_id) for staff_id in connection.scalars(_IN, {"chat": chat}))


hide = alone(hide_in)
show = alone(show_in)
of_chat = alone(of_chat_in)
