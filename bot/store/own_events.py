"""The events that the bot made or deleted lately, in whichever process: what calendars may not show yet."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model.meetings import OwnEvent
from bot.model.time import Interval
from bot.store.bookings import HoldState, times_of
from bot.store.store import alone
from bot.store.tables import bookings

_columns = bookings.c
_CHANGED = sa.select(
    _columns.slot_start,
    _columns.slot_end,
    _columns.state,
    _columns.booked_at,
    _columns.changed_at,
    _columns.attendees,
    _columns.found_free,
    _columns.later,
).where(
    _columns.changed_at > bindparam("since"),
    # While an event is being made nobody knows whether it is there.
    _columns.state != HoldState.CREATING.value,
    _columns.attendees.is_not(None),
)


def changed_in(connection: sa.Connection, *, since: datetime) -> list[OwnEvent]:
    """What was made or deleted after `since`, each time of a series as an event of its own."""
    rows = connection.execute(_CHANGED, {"since": since})
    return [
        _own_event(row, time) for row in rows for time in times_of(Interval(row.slot_start, row.slot_end), row.later)
    ]


def _own_event(row: sa.Row[*tuple[Any, ...]], time: Interval) -> OwnEvent:
    return OwnEvent(
        time,
        attendees=frozenset(json.loads(row.attendees)),
        found_free=frozenset(json.loads(row.found_free or "[]")),
        made_at=row.booked_at,
        deleted_at=None if row.state == HoldState.BOOKED.value else row.changed_at,
    )


changed = alone(changed_in)
