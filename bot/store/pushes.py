"""How many pushes DingTalk has delivered in a month, of the few that the organisation has."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.store.store import alone
from bot.store.tables import pushes

_insert = insert(pushes)
_ADD = _insert.on_conflict_do_update(
    index_elements=[pushes.c.month, pushes.c.kind], set_={"n": pushes.c.n + _insert.excluded.n}
)
_SPENT = sa.select(sa.func.coalesce(sa.func.sum(pushes.c.n), 0)).where(pushes.c.month == bindparam("in_month"))


def add_in(connection: sa.Connection, month: str, counts: Mapping[str, int]) -> None:
    """Adds to the `counts` by kind (message, press) of a month ("2026-03")."""
    # In one order everywhere, or two replicas may wait for each other's rows.
    rows = [{"month": month, "kind": kind, "n": n} for kind, n in sorted(counts.items()) if n]
    if rows:
        connection.execute(_ADD, rows)


def spent_in(connection: sa.Connection, month: str) -> int:
    """Pushes of that month in all."""
    return int(connection.scalar(_SPENT, {"in_month": month}) or 0)


add = alone(add_in)
spent = alone(spent_in)
