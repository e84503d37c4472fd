"""The files of a SQLite store: nobody's but the bot's to read, and put back where somebody deletes them under it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)

_OWNER_ONLY = 0o600
_BESIDE = ("-wal", "-shm")
_SOON_CHECKED = 64_000_000
"""Bytes that are looked through in a tenth of a second."""


class StoreFile:
    """The database file at `path`, with those that SQLite keeps beside it while it is open."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened: tuple[int, int] | None = None
        self.is_to_be_checked = True
        """Whether all of the file is looked through when it is opened, as `prepare` has found it."""

    def prepare(self) -> None:
        """Makes the file if need be; whatever is there is closed to everybody but its owner.

        A large file that was closed in order is not looked through: a gigabyte takes more than a second. Whoever closes
        it last writes its log into it and leaves none behind.
        """
        with suppress(OSError):
            left = self._beside[0].exists() and self._beside[0].stat().st_size > 0
            self.is_to_be_checked = left or self._path.stat().st_size <= _SOON_CHECKED
        with suppress(OSError):  # SQLite says better what is wrong
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, _OWNER_ONLY))
        for each in (self._path, *self._beside):
            with suppress(OSError):  # somebody else's
                if each.is_file() and each.stat().st_mode & 0o077:
                    each.chmod(_OWNER_ONLY)

    def opened(self) -> None:
        """Remembers which file it is that was opened."""
        self._opened = self._identity()

    @property
    def is_there(self) -> bool:
        """Whether the file that was opened is the one at its path, with its log of writes."""
        found = self._identity()
        return found is not None and found == self._opened and self._beside[0].exists()

    def put_back(self, connection: sqlite3.Connection) -> None:
        """Writes what `connection` sees to the path, unless there is another file by now, which is taken as it is."""
        if self._identity() == self._opened:  # its log alone is gone
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        if self._identity() is not None:
            log.warning("store_replaced")
            return
        copy = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            os.close(os.open(copy, os.O_RDWR | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY))
            with closing(sqlite3.connect(copy)) as target:
                connection.backup(target)
            for each in self._beside:
                each.unlink(missing_ok=True)
            os.link(copy, self._path)
            log.error("store_put_back", way_out="somebody deleted it while it was open")
        except (OSError, sqlite3.Error) as error:  # another process was first, or it is begun anew
            log.error("store_not_put_back", error=type(error).__name__)
        finally:
            copy.unlink(missing_ok=True)

    @property
    def _beside(self) -> tuple[Path, ...]:
        return tuple(self._path.with_name(self._path.name + end) for end in _BESIDE)

    def _identity(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino
