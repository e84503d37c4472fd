"""Who wants to be told when somebody is free: one row for each card and person, gone once they were told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.people import OutTrackId, StaffId
from bot.store import actions
from bot.store.actions import Action, ActionKind, Origin
from bot.store.store import alone
from bot.store.tables import watches


@dataclass(frozen=True, slots=True)
class Watch:
    """One reminder. `out_track_id` is the card that will tell it, `label` whom it is about.

    `state` is JSON text of the chat, `until` when it ends untold, `next_at` when it is looked at next, for the time
    behind `looks`.
    """

    card: OutTrackId
    staff_id: StaffId
    out_track_id: OutTrackId
    label: str
    state: str
    until: datetime
    next_at: datetime
    looks: int = 0


_columns = watches.c
_PUT = (
    insert(watches)
    .on_conflict_do_nothing(index_elements=[_columns.card, _columns.staff_id])
    .execution_options(preserve_rowcount=True)
)
_OF = (
    sa.select(*_columns)
    .where(_columns.staff_id == bindparam("person"), _columns.until > bindparam("at"))
    .order_by(_columns.until, _columns.card)
)
_due = (
    sa.select(_columns.out_track_id)
    .where(_columns.next_at <= bindparam("at"))
    .order_by(_columns.next_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)  # says nothing on SQLite, where one process writes at a time
    .cte("due")
    .prefix_with("MATERIALIZED")  # or PostgreSQL may run it again for each row, past the limit
)
_TAKE = (
    sa.update(watches)
    .where(_columns.out_track_id.in_(sa.select(_due.c.out_track_id)))
    .values(next_at=bindparam("later"))
    .returning(*_columns)
)
_POSTPONE = (
    sa.update(watches)
    .where(_columns.out_track_id == bindparam("id"))
    .values(next_at=bindparam("later"), looks=_columns.looks + 1)
)
_DROP = sa.delete(watches).where(_columns.out_track_id == bindparam("id"), _columns.staff_id == bindparam("person"))

_DROP_OF_CARD = sa.delete(watches).where(
    _columns.card == bindparam("of_card"), _columns.staff_id == bindparam("person")
)


def put_in(connection: sa.Connection, watch: Watch, *, now: datetime, origin: Origin) -> bool:
    """True where the reminder is new; False where this person has one about this card already."""
    row = {name: getattr(watch, name) for name in Watch.__dataclass_fields__}
    if connection.execute(_PUT, row).rowcount != 1:
        return False
    actions.put_in(connection, Action(ActionKind.SUBSCRIBED, watch.out_track_id, watch.staff_id, now, origin))
    return True


def of_person_in(connection: sa.Connection, staff_id: StaffId, *, now: datetime) -> list[Watch]:
    """The reminders of a person that are still to come, those that end first in front."""
    return [Watch(*row) for row in connection.execute(_OF, {"person": staff_id, "at": now})]


def take_due_in(connection: sa.Connection, *, now: datetime, lease: timedelta, limit: int = 20) -> list[Watch]:
    """Up to `limit` reminders that are to be looked at, ours until `lease` is over; nobody else gets them meanwhile."""
    taken = connection.execute(_TAKE, {"at": now, "later": now + lease, "most": limit})
    return [Watch(*row) for row in taken]


def postpone_in(connection: sa.Connection, out_track_id: OutTrackId, *, until: datetime) -> bool:
    """Looks at it again then; False where it is gone."""
    return connection.execute(_POSTPONE, {"id": out_track_id, "later": until}).rowcount == 1


def drop_in(connection: sa.Connection, out_track_id: OutTrackId, *, staff_id: StaffId) -> bool:
    """True where this person had that reminder, which is gone now."""
    return connection.execute(_DROP, {"id": out_track_id, "person": staff_id}).rowcount == 1


def drop_of_card_in(connection: sa.Connection, card: OutTrackId, *, staff_id: StaffId) -> bool:
    """True where this person had a reminder that was made on `card`, which is gone now."""
    return connection.execute(_DROP_OF_CARD, {"of_card": card, "person": staff_id}).rowcount == 1


put = alone(put_in)
of_person = alone(of_person_in)
take_due = alone(take_due_in)
postpone = alone(postpone_in)
drop = alone(drop_in)
drop_of_card = alone(drop_of_card_in)
