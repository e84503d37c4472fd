"""Brings a database to the newest schema, also when several processes open it at once."""

from __future__ import annotations

import threading
from pathlib import Path

import sqlalchemy as sa

from bot.errors import StoreError
from bot.store.tables import metadata, schema_version

HEAD = "0012"
"""The newest revision in migrations/versions (a test compares them)."""

MIGRATIONS = Path(__file__).parent / "migrations"

# Any number that is ours; it keeps two processes from migrating one PostgreSQL database at once.
_ADVISORY_LOCK = 0x796F756B6F6E67
# Alembic keeps its context in module globals, so two threads of one process must not migrate at the same time.
_alembic_turn = threading.Lock()


def ensure(connection: sa.Connection) -> None:
    """Makes or upgrades the tables inside the open transaction of `connection`; cheap where nothing is to be done.

    On SQLite the transaction holds the write lock already, on PostgreSQL an advisory lock is taken, so that of several
    processes one migrates and the others find the work done. Raises StoreError for a schema newer than this program.
    """
    if version(connection) == HEAD:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ADVISORY_LOCK)))
        if version(connection) == HEAD:
            return
    if version(connection) is None:
        create(connection)
    else:
        _upgrade(connection)


def create(connection: sa.Connection) -> None:
    """Makes the newest tables in an empty database without Alembic, whose import costs 12 MB and a quarter second."""
    metadata.create_all(connection)
    schema_version.create(connection)
    connection.execute(schema_version.insert().values(version_num=HEAD))


def version(connection: sa.Connection) -> str | None:
    """The revision the database is at; None for an empty one."""
    if not sa.inspect(connection).has_table(schema_version.name):
        return None
    return connection.scalar(sa.select(schema_version.c.version_num))


def _upgrade(connection: sa.Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    found = version(connection)
    try:
        with _alembic_turn:
            command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError(
            f"found a store of schema {found!r}, expected {HEAD!r} or older: "
            "it belongs to a newer youkong; update, or name another store.url"
        ) from error
