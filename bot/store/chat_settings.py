"""What the people of a chat have set for it: its language and its zone, by whom and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.people import ConversationId, OutTrackId, StaffId
from bot.store import actions
from bot.store.actions import Action, ActionKind, Origin
from bot.store.store import alone
from bot.store.tables import chat_settings


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting; `value` is None where it was taken back, and `before` what it was before the last change."""

    name: str
    value: str | None
    before: str | None
    by: StaffId
    at: datetime


_columns = chat_settings.c
_OF = (
    sa.select(_columns.name, _columns.value, _columns.before, _columns.by, _columns.at)
    .where(_columns.conversation_id == bindparam("chat"), _columns.by != "")  # the title is DingTalk's: `chats_met`
    .order_by(_columns.name)
)
_insert = insert(chat_settings)
_PUT = _insert.on_conflict_do_update(
    index_elements=[_columns.conversation_id, _columns.name],
    set_={
        "value": _insert.excluded.value,
        "before": _columns.value,
        "by": _insert.excluded.by,
        "at": _insert.excluded.at,
    },
    where=_columns.at < _insert.excluded.at,
)
_UNDO = (
    sa.update(chat_settings)
    .where(
        _columns.conversation_id == bindparam("chat"),
        _columns.name == bindparam("which"),
        _columns.by == bindparam("person"),
        _columns.at == bindparam("then"),
    )
    .values(value=_columns.before, at=bindparam("later"))
)
_MILLISECOND = timedelta(milliseconds=1)


def of_chat_in(connection: sa.Connection, conversation_id: ConversationId) -> dict[str, SettingRow]:
    """Whatever was ever set in this chat, by name: `locale` ("zh", "en") and `timezone` (an IANA name)."""
    return {row.name: SettingRow(*row) for row in connection.execute(_OF, {"chat": conversation_id})}


def put_in(
    connection: sa.Connection,
    conversation_id: ConversationId,
    name: str,
    value: str,
    *,
    by: StaffId,
    at: datetime,
    card: OutTrackId | None = None,
) -> SettingRow:
    """Sets one thing and gives it as it is then; what was set at `at` or later stays, so that it may be repeated.

    `card` is where it was asked for.
    """
    row = {"conversation_id": conversation_id, "name": name, "value": value, "before": None, "by": by, "at": at}
    connection.execute(_PUT, row)
    holds = of_chat_in(connection, conversation_id)[name]
    if (holds.by, holds.at) == (by, _cut(at)):
        _log(connection, conversation_id, holds, card)
    return holds


def undo_in(
    connection: sa.Connection,
    conversation_id: ConversationId,
    name: str,
    *,
    by: StaffId,
    at: datetime,
    now: datetime,
    card: OutTrackId | None = None,
) -> bool:
    """Takes back what `by` set at `at`; False where somebody has set it since. Again at the same `now` it is True."""
    later = _cut(max(now, at + _MILLISECOND))
    when = {"chat": conversation_id, "which": name, "person": by, "then": at, "later": later}
    connection.execute(_UNDO, when)
    row = of_chat_in(connection, conversation_id).get(name)
    if row is None or (row.by, row.at) != (by, later):
        return False
    _log(connection, conversation_id, row, card)
    return True


def _log(connection: sa.Connection, chat: ConversationId, row: SettingRow, card: OutTrackId | None) -> None:
    about = f"{chat} {row.name} {row.at.isoformat()}"
    actions.put_in(connection, Action(ActionKind.SETTINGS_CHANGED, about, row.by, row.at, Origin(chat, card)))


def _cut(moment: datetime) -> datetime:
    """As it is kept, in milliseconds."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


of_chat = alone(of_chat_in)
put = alone(put_in)
undo = alone(undo_in)
