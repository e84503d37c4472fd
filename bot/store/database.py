"""One database, as one thread sees it: connecting, transactions, and mistrust of a connection that has failed."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.errors import StoreError
from bot.store import schema
from bot.store.faults import damaged, is_locked, place
from bot.store.files import StoreFile

LOCK_WAIT = 10.0
"""Seconds that a statement waits for another process to let go of a lock; `?timeout=` in a SQLite URL overrides it."""

_EXPECTED = "expected sqlite:///path/to/file.db or postgresql://user:password@host/database"
_OLDEST_SQLITE = (3, 35)  # RETURNING
_MEMORY = frozenset({None, "", ":memory:"})


class Database:
    """A connection that is made when it is needed, and made anew after a fault. For one thread only.

    A new connection finds its tables: the schema is looked at each time, so a file that is new comes up empty and a
    PostgreSQL that was restored is upgraded. A file that is deleted while it is open is put back as it was.
    """

    def __init__(self, url: URL) -> None:
        self.url = url
        self._file = _file_of(url)
        self._engine = _engine(url, self._file)
        self._connection: sa.Connection | None = None

    def begin(self) -> sa.Connection:
        """A connection with a transaction open on it; SQLite holds the write lock from here on."""
        if self._file and self._connection and not self._file.is_there:
            self._put_back(self._file, self._connection)
        if self._connection is None:
            self._connection = self._connect()
        self._connection.begin()
        return self._connection

    def _put_back(self, file: StoreFile, connection: sa.Connection) -> None:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        with suppress(sqlite3.Error):
            file.put_back(driver)
        self.close()

    def commit(self) -> None:
        """Makes the open transaction durable. Where it raises, whether it was made so is not known."""
        if self._connection is not None:
            self._connection.commit()

    def rollback(self, error: BaseException | None = None) -> None:
        """Undoes the open transaction; after an `error` of the database the connection is given up, too."""
        if self._connection is None:
            return
        with suppress(SQLAlchemyError, sqlite3.Error):
            self._connection.rollback()
        if self._connection.invalidated or (isinstance(error, SQLAlchemyError) and not is_memory(self.url)):
            self.close()

    def close(self) -> None:
        """Lets go of the connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SQLAlchemyError, sqlite3.Error):
                connection.close()

    def _connect(self) -> sa.Connection:
        connection = self._engine.connect()
        try:
            with connection.begin():
                schema.ensure(connection)
        except BaseException:
            connection.close()
            raise
        if self._file:
            self._file.opened()
        return connection


def parse_url(text: str) -> URL:
    """The URL of a store, with the driver that is used for it. Raises StoreError, which never repeats the text."""
    try:
        url = sa.make_url(text)
    except (ArgumentError, ValueError):
        raise StoreError(f"found a store.url that cannot be read, {_EXPECTED}") from None
    backend, _, driver = url.drivername.partition("+")
    match backend, driver:
        case "sqlite", "" | "pysqlite":
            return url.set(drivername="sqlite")
        case "postgresql" | "postgres", "" | "psycopg":
            return url.set(drivername="postgresql+psycopg")
    raise StoreError(f"found a store.url that begins with {url.drivername!r}, {_EXPECTED}")


def is_memory(url: URL) -> bool:
    """True for a SQLite database that lives as long as its connection."""
    return url.get_backend_name() == "sqlite" and url.database in _MEMORY


def _file_of(url: URL) -> StoreFile | None:
    """None for a server, a database in memory, and one that is named by a URI of SQLite's own."""
    if url.get_backend_name() != "sqlite" or is_memory(url) or str(url.database).startswith("file:"):
        return None
    return StoreFile(Path(str(url.database)))


def _engine(url: URL, file: StoreFile | None) -> sa.Engine:
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, file)
    try:
        return sa.create_engine(url, poolclass=sa.NullPool, hide_parameters=True, connect_args=_postgres_arguments(url))
    except ImportError as error:
        raise StoreError(
            f"{place(url)} needs a driver that is not installed: pip install 'youkong[postgres]'"
        ) from error


def _postgres_arguments(url: URL) -> dict[str, Any]:
    """Bounds on every wait, so that no dead server or stopped replica holds the one thread; the URL's own win."""
    wait = int(LOCK_WAIT * 1000)
    bounds = {
        "connect_timeout": 5,
        "tcp_user_timeout": wait,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "application_name": "youkong",
        "options": f"-c lock_timeout={wait} -c statement_timeout={2 * wait} "
        f"-c idle_in_transaction_session_timeout={wait}",
    }
    return {key: value for key, value in bounds.items() if key not in url.query}


def _sqlite(url: URL, file: StoreFile | None) -> sa.Engine:
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise StoreError(
            f"found SQLite {sqlite3.sqlite_version}, expected 3.35 or newer: use postgresql, or another Python"
        )
    wait = _lock_wait(url)
    if file:
        _make_folder(Path(str(url.database)).parent)
    engine = sa.create_engine(url, poolclass=sa.NullPool, hide_parameters=True, connect_args={"timeout": wait})
    if file:
        sa.event.listen(engine, "do_connect", lambda *_: file.prepare())
    sa.event.listen(engine, "connect", _sqlite_set_up(url, file, wait))
    # Readers that become writers half way are what "database is locked" comes from; so take the write lock at once.
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _sqlite_set_up(url: URL, file: StoreFile | None, wait: float) -> Callable[[sqlite3.Connection, object], None]:
    def set_up(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # the driver must not begin transactions of its own
        connection.execute("PRAGMA foreign_keys = ON")
        if is_memory(url):
            return
        try:
            _use_wal(connection, wait)
            connection.execute("PRAGMA synchronous = FULL")  # an ack follows the claim: it must outlive a power cut
            connection.execute("PRAGMA secure_delete = ON")  # what somebody wrote is gone when it is deleted
            if file is None or file.is_to_be_checked:
                _check(connection, url)
        except BaseException:
            connection.close()
            raise

    return set_up


def _check(connection: sqlite3.Connection, url: URL) -> None:
    (finding,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if finding != "ok":
        raise damaged(url, finding.splitlines()[-1])


def _lock_wait(url: URL) -> float:
    found = url.query.get("timeout", LOCK_WAIT)
    try:
        return float(found)  # type: ignore[arg-type] # a tuple, where it is given twice, is a TypeError
    except (TypeError, ValueError):
        raise StoreError(f"found timeout={found!r} in store.url, expected seconds") from None


def _use_wal(connection: sqlite3.Connection, wait: float) -> None:
    """Write-ahead logging. SQLite does not wait where another process switches a new file at the same moment."""
    until = time.monotonic() + wait
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not is_locked(error) or time.monotonic() > until:
                raise
        else:
            return
        time.sleep(random.uniform(0.01, 0.1))  # noqa: S311 - spreads processes, guards nothing


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"cannot make the folder {str(folder)!r} for the store ({error.strerror!r}): name another store.url"
        ) from error
