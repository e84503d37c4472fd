"""What the guests of meetings replied, and when that is looked at without being asked for, by one process."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model.meetings import Meeting, Responses
from bot.store.bookings import HoldState
from bot.store.meetings import OF_EVENT, RESPONSES, meeting_of
from bot.store.store import alone
from bot.store.tables import bookings, is_looked_at

_columns = bookings.c
_booked = sa.update(bookings).where(_columns.event_id == bindparam("event"), _columns.state == HoldState.BOOKED.value)
_REPLIED = _booked.values(responses=bindparam("said"))
_LOOKED = _booked.values(look_at=bindparam("again", type_=_columns.look_at.type))
_due = (
    sa.select(_columns.event_id)
    .where(
        _columns.state == HoldState.BOOKED.value,
        is_looked_at,
        _columns.look_at <= bindparam("at", type_=_columns.look_at.type),
    )
    .order_by(_columns.look_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)  # says nothing on SQLite, where one process writes at a time
    .cte("due")
    .prefix_with("MATERIALIZED")  # or PostgreSQL may run it again for each row, past the limit
)
_TAKE_LOOKS = (
    sa.update(bookings)
    .where(_columns.event_id.in_(sa.select(_due.c.event_id)), _columns.state == HoldState.BOOKED.value)
    .values(look_at=bindparam("until", type_=_columns.look_at.type))
    .returning(_columns.event_id)
)


def replied_in(connection: sa.Connection, event_id: str, responses: Responses) -> bool:
    """Says what the guests had replied when that was read; False where there is no such meeting."""
    stored = RESPONSES.dump_json(responses, exclude_defaults=True).decode()
    return connection.execute(_REPLIED, {"event": event_id, "said": stored}).rowcount > 0


def take_looks_in(connection: sa.Connection, *, now: datetime, lease: timedelta, limit: int = 20) -> list[Meeting]:
    """Up to `limit` meetings whose replies are to be looked at, ours until `lease` is over; nobody else gets them."""
    taken = connection.execute(_TAKE_LOOKS, {"at": now, "until": now + lease, "most": limit}).scalars().all()
    found = [connection.execute(OF_EVENT, {"event": event_id}).first() for event_id in taken]
    return [meeting_of(row) for row in found if row is not None]


def looked_in(connection: sa.Connection, event_id: str, *, again_at: datetime | None = None) -> None:
    """Says that the replies of a meeting were looked at, or (`again_at`) when they are to be."""
    connection.execute(_LOOKED, {"event": event_id, "again": again_at})


replied = alone(replied_in)
take_looks = alone(take_looks_in)
looked = alone(looked_in)
