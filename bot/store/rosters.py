"""Who was added to a chat's team and who was removed from it, by whom and when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.people import ConversationId, OutTrackId, StaffId
from bot.store import actions
from bot.store.actions import Action, ActionKind, Origin
from bot.store.store import alone
from bot.store.tables import rosters


@dataclass(frozen=True, slots=True)
class RosterRow:
    """The last change of one person: added (`present`) or removed."""

    staff_id: StaffId
    present: bool
    by: StaffId
    at: datetime


_columns = rosters.c
_OF = (
    sa.select(_columns.staff_id, _columns.present, _columns.by, _columns.at)
    .where(_columns.conversation_id == bindparam("chat"))
    .order_by(_columns.at, _columns.staff_id)
)
_insert = insert(rosters)
_PUT = _insert.on_conflict_do_update(
    index_elements=[_columns.conversation_id, _columns.staff_id],
    set_={name: _insert.excluded[name] for name in ("present", "by", "at")},
    where=_columns.at < _insert.excluded.at,
)
_UNDO = (
    sa.update(rosters)
    .where(
        _columns.conversation_id == bindparam("chat"),
        _columns.by == bindparam("person"),
        _columns.at == bindparam("then"),
    )
    .values(present=sa.not_(_columns.present), at=bindparam("later"))
)
_MILLISECOND = timedelta(milliseconds=1)


def of_chat_in(connection: sa.Connection, conversation_id: ConversationId) -> tuple[RosterRow, ...]:
    """Everybody whom people of this chat added or removed, in the order of these changes."""
    return tuple(RosterRow(*row) for row in connection.execute(_OF, {"chat": conversation_id}))


def change_in(
    connection: sa.Connection,
    conversation_id: ConversationId,
    staff_ids: Sequence[StaffId],
    *,
    present: bool,
    given: Collection[StaffId],
    by: StaffId,
    at: datetime,
    card: OutTrackId | None = None,
) -> tuple[StaffId, ...]:
    """Adds people or removes them, and gives those of them whom this changes; `given` are members from elsewhere.

    The same change again, by the same person at the same time, changes nothing and gives the same people. A change that
    comes in after a later one of the same person in the team is lost to it. `card` is where it was asked for.
    """
    before = {row.staff_id: row.present for row in of_chat_in(connection, conversation_id)}
    rows = [
        {"conversation_id": conversation_id, "staff_id": staff_id, "present": present, "by": by, "at": at}
        # In one order everywhere, or two replicas may wait for each other's rows.
        for staff_id in sorted(set(staff_ids))
        if before.get(staff_id, staff_id in given) is not present
    ]
    if rows:
        connection.execute(_PUT, rows)
    after = of_chat_in(connection, conversation_id)
    changed = {row.staff_id for row in after if (row.present, row.by, row.at) == (present, by, _cut(at))}
    if changed:
        _log(connection, conversation_id, by=by, at=_cut(at), card=card)
    return tuple(staff_id for staff_id in dict.fromkeys(staff_ids) if staff_id in changed)


def undo_in(
    connection: sa.Connection,
    conversation_id: ConversationId,
    *,
    by: StaffId,
    at: datetime,
    now: datetime,
    card: OutTrackId | None = None,
) -> tuple[StaffId, ...]:
    """Takes back what `by` changed at `at`, where nobody has changed it since; gives the people it concerns.

    Again at the same `now` it changes nothing and gives the same people.
    """
    later = _cut(max(now, at + _MILLISECOND))
    connection.execute(_UNDO, {"chat": conversation_id, "person": by, "then": at, "later": later})
    undone = [row for row in of_chat_in(connection, conversation_id) if (row.by, row.at) == (by, later)]
    if undone:
        _log(connection, conversation_id, by=by, at=later, card=card)
    return tuple(row.staff_id for row in undone)


def _log(
    connection: sa.Connection, chat: ConversationId, *, by: StaffId, at: datetime, card: OutTrackId | None
) -> None:
    about = f"{chat} {by} {at.isoformat()}"
    actions.put_in(connection, Action(ActionKind.TEAM_CHANGED, about, by, at, Origin(chat, card)))


def _cut(moment: datetime) -> datetime:
    """As it is kept, in milliseconds."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


of_chat = alone(of_chat_in)
change = alone(change_in)
undo = alone(undo_in)
