"""The chats that the bot has met: whatever table a chat has left a row in, and the title of a group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.model.people import ConversationId, StaffId
from bot.store.store import alone
from bot.store.tables import chat_settings, digests, messages, people, rosters

TITLE = "title"
"""The name under which `chat_settings` keeps what DingTalk calls a group; nobody of the chat has set it."""
DIRECT = "direct:"
"""What the place of a 1:1 digest begins with."""


@dataclass(frozen=True, slots=True)
class MetChat:
    """`title` is "" for a 1:1 chat and for a group that was silent since titles are kept.

    `only` is who has spoken there, where that is one person; `heard_at` the last message of the last 30 days.
    """

    id: ConversationId
    title: str = ""
    only: str = ""
    heard_at: datetime | None = None


_columns = chat_settings.c
_insert = insert(chat_settings)
_KEEP = _insert.on_conflict_do_update(
    index_elements=[_columns.conversation_id, _columns.name],
    set_={"value": _insert.excluded.value, "at": _insert.excluded.at},
    where=_columns.value != _insert.excluded.value,
)
_TITLES = sa.select(_columns.conversation_id, _columns.value).where(_columns.name == TITLE)
_HEARD = sa.select(
    messages.c.conversation_id,
    sa.func.max(messages.c.received_at, type_=messages.c.received_at.type),
    sa.func.count(sa.distinct(messages.c.sender)),
    sa.func.min(messages.c.sender),
).group_by(messages.c.conversation_id)
_SET = sa.union(sa.select(_columns.conversation_id), sa.select(rosters.c.conversation_id), sa.select(digests.c.place))


def keep_title_in(connection: sa.Connection, chat: ConversationId, title: str, *, at: datetime) -> None:
    """Remembers what a group is called."""
    row = {"conversation_id": chat, "name": TITLE, "value": title, "before": None, "by": StaffId(""), "at": at}
    connection.execute(_KEEP, row)


def listed_in(connection: sa.Connection) -> list[MetChat]:
    """Every chat that was met, those with a title first, by title."""
    titles = {row[0]: row[1] for row in connection.execute(_TITLES)}
    heard = {row[0]: (row[1], row[2], row[3]) for row in connection.execute(_HEARD)}
    silent = {row[0] for row in connection.execute(_SET) if not row[0].startswith(DIRECT)}
    names = dict(connection.execute(sa.select(people.c.staff_id, people.c.name)).tuples().all())
    chats = []
    for chat in {*titles, *heard, *silent}:
        last, senders, sender = heard.get(chat, (None, 0, ""))
        only = str(names.get(sender, sender)) if senders == 1 else ""
        chats.append(MetChat(ConversationId(chat), titles.get(chat, ""), only, last))
    return sorted(chats, key=lambda chat: (not chat.title, chat.title, chat.id))


keep_title = alone(keep_title_in)
listed = alone(listed_in)
