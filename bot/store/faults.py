"""Turns what a database library raises into a StoreError that names the place and the way out."""

from __future__ import annotations

import sqlite3

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError, StatementError

from bot.errors import StoreError

_LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_REFUSED = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH})
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


def explain(error: BaseException, url: URL) -> BaseException:
    """The exception to give to whoever waits: a StoreError for a fault of the database, else `error` itself.

    What a piece of work raised of its own accord stays as it is, and so does a wrong parameter (a ValueError inside a
    StatementError).
    """
    if isinstance(error, StatementError) and not isinstance(error, DBAPIError):
        return error.orig or error
    if not isinstance(error, SQLAlchemyError | sqlite3.Error):
        return error
    cause = error.orig if isinstance(error, DBAPIError) else error
    told = StoreError(_without_password(_text(cause or error, url), url))
    if not url.password or str(url.password) not in str(error):
        told.__cause__ = error
    return told


def place(url: URL) -> str:
    """Where the store is, fit for a log: the file, or server and database without user and password."""
    if url.get_backend_name() == "sqlite":
        return f"store {url.database or ':memory:'!r}"
    return f"postgresql database {url.database!r} on {url.host or url.query.get('host', 'localhost')!r}"


def damaged(url: URL, finding: str) -> StoreError:
    """The error for a SQLite file that cannot be trusted; `finding` is what SQLite says of it."""
    return StoreError(
        f"{place(url)} is damaged ({finding!r}): stop the bot, move the file aside with its -wal and -shm files, "
        "then put back a copy, or start without one (what was set up in chats is lost)"
    )


def is_locked(error: BaseException) -> bool:
    """True where SQLite gave up waiting for another process."""
    return isinstance(error, sqlite3.Error) and _primary_code(error) in _LOCKED


def _primary_code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest is the extended code


def _postgres_text(cause: BaseException, url: URL) -> str:
    state = getattr(cause, "sqlstate", None)
    if state is None:
        return f"{place(url)}: {_first_line(cause)!r}; is the server up and the store.url right?"
    return f"{place(url)}: {_first_line(cause)!r} (sqlstate {state})"


def _text(cause: BaseException, url: URL) -> str:
    if not isinstance(cause, sqlite3.Error):
        return _postgres_text(cause, url)
    code = _primary_code(cause)
    if code in _LOCKED:
        return f"{place(url)} is locked by another process: end it (a backup? a database shell?), or use postgresql"
    if code in _REFUSED:
        return (
            f"{place(url)} cannot be written ({_first_line(cause)!r}): "
            "give the bot's user write access to the file and its folder, or name another store.url"
        )
    if code in _DAMAGED:
        return str(damaged(url, _first_line(cause)))
    if code == sqlite3.SQLITE_FULL:
        return f"{place(url)}: the disk is full; free some space"
    return f"{place(url)}: {_first_line(cause)!r}"


def _first_line(error: BaseException) -> str:
    """Without the lines that follow: there PostgreSQL quotes values."""
    return (str(error) or type(error).__name__).splitlines()[0]


def _without_password(text: str, url: URL) -> str:
    return text.replace(str(url.password), "***") if url.password else text
