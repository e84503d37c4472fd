"""How many calls to DingTalk were made in a month, of the few that the organisation has."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.store.store import alone
from bot.store.tables import calls

_insert = insert(calls)
_ADD = _insert.on_conflict_do_update(
    index_elements=[calls.c.month, calls.c.api], set_={"n": calls.c.n + _insert.excluded.n}
)
_BY_API = sa.select(calls.c.api, calls.c.n).where(calls.c.month == bindparam("in_month"))


def add_in(connection: sa.Connection, month: str, counts: Mapping[str, int]) -> None:
    """Adds to the `counts` by api of a month ("2026-03")."""
    # In one order everywhere, or two replicas may wait for each other's rows.
    rows = [{"month": month, "api": api, "n": n} for api, n in sorted(counts.items()) if n]
    if rows:
        connection.execute(_ADD, rows)


def spent_by_api_in(connection: sa.Connection, month: str) -> dict[str, int]:
    """Calls of that month by api; an api that was not called is left out."""
    return {row.api: row.n for row in connection.execute(_BY_API, {"in_month": month})}


def spent_in(connection: sa.Connection, month: str) -> int:
    """Calls of that month in all."""
    return sum(spent_by_api_in(connection, month).values())


add = alone(add_in)
spent_by_api = alone(spent_by_api_in)
spent = alone(spent_in)
