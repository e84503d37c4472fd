"""How many calls each person has caused in a day, by all processes, and what they were told about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.people import MsgId, StaffId
from bot.store.store import alone
from bot.store.tables import shares

_columns = shares.c
_insert = insert(shares)
_ADD = _insert.on_conflict_do_update(
    index_elements=[_columns.day, _columns.staff_id], set_={"n": _columns.n + _insert.excluded.n}
)
_TELL = _insert.on_conflict_do_update(
    index_elements=[_columns.day, _columns.staff_id],
    set_={"told_about": sa.func.coalesce(_columns.told_about, _insert.excluded.told_about)},
).returning(_columns.told_about)
_OVER = sa.select(_columns.staff_id, _columns.n).where(
    _columns.day == bindparam("on_day"), _columns.n >= bindparam("least")
)
_PRUNE = sa.delete(shares).where(_columns.day < bindparam("before"))


def add_in(connection: sa.Connection, day: date, counts: Mapping[StaffId, int]) -> None:
    """Adds to the calls of people on a day."""
    # In one order everywhere, or two replicas may wait for each other's rows.
    rows = [{"day": day.isoformat(), "staff_id": who, "n": n} for who, n in sorted(counts.items()) if n]
    if rows:
        connection.execute(_ADD, rows)


def of_day_in(connection: sa.Connection, day: date, *, least: int) -> dict[StaffId, int]:
    """The calls on a day of those who caused at least so many."""
    found = connection.execute(_OVER, {"on_day": day.isoformat(), "least": least})
    return {StaffId(row.staff_id): row.n for row in found}


def tell_in(connection: sa.Connection, day: date, staff_id: StaffId, msg_id: MsgId) -> bool:
    """True for the first message of a day that this is asked for, whoever asks, and for the same one again."""
    row = {"day": day.isoformat(), "staff_id": staff_id, "n": 0, "told_about": msg_id}
    return bool(connection.execute(_TELL, row).scalar_one() == msg_id)


def prune_in(connection: sa.Connection, *, before: date) -> None:
    """Forgets the days before."""
    connection.execute(_PRUNE, {"before": before.isoformat()})


add = alone(add_in)
of_day = alone(of_day_in)
tell = alone(tell_in)
prune = alone(prune_in)
