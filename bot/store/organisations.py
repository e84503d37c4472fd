"""Which organisation an app belongs to, as its first push told."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.store.store import alone
from bot.store.tables import organisations

_PUT = insert(organisations).on_conflict_do_nothing(index_elements=[organisations.c.client_id])
_GET = sa.select(organisations.c.corp_id).where(organisations.c.client_id == bindparam("app"))


def keep_in(connection: sa.Connection, client_id: str, corp_id: str) -> str:
    """Keeps the organisation of an app, unless one is known; gives the one that is."""
    connection.execute(_PUT, {"client_id": client_id, "corp_id": corp_id})
    return get_in(connection, client_id) or corp_id


def get_in(connection: sa.Connection, client_id: str) -> str | None:
    """The organisation of an app, None before its first push."""
    found: str | None = connection.scalar(_GET, {"app": client_id})
    return found


keep = alone(keep_in)
get = alone(get_in)
