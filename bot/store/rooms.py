"""The rooms of meetings that lie ahead: the one that an event has, and one that may be on it by now."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model.rooms import RoomOfEvent
from bot.store.bookings import HoldState
from bot.store.meetings import OF_EVENT, ROOMS, meeting_of
from bot.store.store import alone
from bot.store.tables import bookings

_PUT = (
    sa.update(bookings)
    .where(bookings.c.event_id == bindparam("event"), bookings.c.state == HoldState.BOOKED.value)
    .values(room=bindparam("room"))
)


def put_in(connection: sa.Connection, event_id: str, room: RoomOfEvent) -> bool:
    """Says which room an event has; False where there is no such meeting any more."""
    stored = ROOMS.dump_json(room, exclude_defaults=True).decode() if room != RoomOfEvent() else None
    return connection.execute(_PUT, {"event": event_id, "room": stored}).rowcount > 0


def of_event_in(connection: sa.Connection, event_id: str) -> RoomOfEvent | None:
    """The room of a meeting, as far as it has one; None where there is no such meeting any more."""
    row = connection.execute(OF_EVENT, {"event": event_id}).first()
    return None if row is None else meeting_of(row).room


put = alone(put_in)
of_event = alone(of_event_in)
