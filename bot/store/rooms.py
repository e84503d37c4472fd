"""The rooms of meetings that lie ahead: the one that an event has, and one that may be on it by now."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model.rooms import RoomKept
from bot.store.bookings import HoldState
from bot.store.meetings import OF_EVENT, ROOMS, meeting_of
from bot.store.store import alone
from bot.store.tables import bookings

_KEEP = (
    sa.update(bookings)
    .where(bookings.c.event_id == bindparam("event"), bookings.c.state == HoldState.BOOKED.value)
    .values(room=bindparam("kept"))
)


def keep_in(connection: sa.Connection, event_id: str, kept: RoomKept) -> bool:
    """Says which room an event has; False where there is no such meeting any more."""
    stored = ROOMS.dump_json(kept, exclude_defaults=True).decode() if kept != RoomKept() else None
    return connection.execute(_KEEP, {"event": event_id, "kept": stored}).rowcount > 0


def of_event_in(connection: sa.Connection, event_id: str) -> RoomKept | None:
    """The room of a meeting, as far as it has one; None where there is no such meeting any more."""
    row = connection.execute(OF_EVENT, {"event": event_id}).first()
    return None if row is None else meeting_of(row).room


keep = alone(keep_in)
of_event = alone(of_event_in)
