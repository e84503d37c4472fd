"""The store as the rest of the bot sees it: open, run, close."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

import sqlalchemy as sa

from bot.errors import StoreError
from bot.store.database import Database, parse_url
from bot.store.faults import place
from bot.store.tables import schema_version
from bot.store.writer import Call, Writer

T = TypeVar("T")
P = ParamSpec("P")

_TOUCH = sa.update(schema_version).values(version_num=schema_version.c.version_num)


class Store:
    """SQLite or PostgreSQL behind one thread; use it from the event loop that opened it.

    Every public function of `messages`, `people`, `cards` and `calls` exists twice: `claim(store, …)` is awaited and
    has a transaction to itself, `claim_in(connection, …)` is for several steps in one transaction:

        def done(connection: Connection) -> bool:
            cards.put_in(connection, …)
            return messages.answered_in(connection, …)

        await store.run(done)
    """

    def __init__(self, writer: Writer, *, where: str, has_replicas: bool) -> None:
        self.has_replicas = has_replicas
        """True for PostgreSQL, which several processes may share; a SQLite file has one, as a rule."""
        self._writer = writer
        self._where = where
        self._loop = asyncio.get_running_loop()
        self._closed = False
        self._waiting: set[asyncio.Future[Any]] = set()

    @classmethod
    async def open(cls, url: str) -> Self:
        """The store at `url`, its schema at head: "sqlite:///var/youkong.db", "sqlite://" (memory) or "postgresql://…".

        A SQLite file and its folder are made if need be. Raises StoreError where it cannot be used.
        """
        parsed = parse_url(url)
        writer = Writer(Database(parsed), asyncio.get_running_loop())
        store = cls(writer, where=place(parsed), has_replicas=parsed.get_backend_name() != "sqlite")
        try:
            await store.ping()
        except asyncio.CancelledError:
            store.give_up()
            raise
        except BaseException:
            await store.close()
            raise
        return store

    async def run(self, work: Callable[[sa.Connection], T]) -> T:
        """What `work` returns, once it is committed; with it may be committed what others asked for meanwhile.

        `work` runs in the store's thread, perhaps twice, so it must touch nothing but its connection; an exception
        undoes it. It returns values, no open result. Cancelling the caller leaves open whether
        it was done. Raises StoreError for a fault of the database.
        """
        if self._closed:
            raise StoreError(f"{self._where} is closed")
        future: asyncio.Future[T] = self._loop.create_future()
        self._waiting.add(future)
        future.add_done_callback(self._waiting.discard)
        self._writer.put(Call(work, future))
        return await future

    async def ping(self) -> None:
        """Writes a row as it is, so that a lock, a full disk or a lost server is found. Raises StoreError."""
        await self.run(_touch)

    async def close(self) -> None:
        """Finishes what was asked for, then lets go of the database. Closing again does nothing."""
        if not self._closed:
            self._closed = True
            await self._writer.stop()

    def give_up(self) -> None:
        """Waits no more for a database that does not answer: whoever does gets StoreError, and `close` returns.

        Whether what was asked for is done nevertheless is not known. The thread ends with the process.
        """
        self._closed = True
        self._writer.abandon()
        for future in list(self._waiting):
            if not future.done():
                future.set_exception(StoreError(f"{self._where} does not answer"))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"<Store: {self._where}>"


def alone(work: Callable[Concatenate[sa.Connection, P], T]) -> Callable[Concatenate[Store, P], Coroutine[Any, Any, T]]:
    """The awaitable twin of `work`: the same arguments with a store for the connection, in a transaction to itself."""

    @wraps(work)
    async def run(store: Store, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await store.run(lambda connection: work(connection, *args, **kwargs))

    return run


def _touch(connection: sa.Connection) -> None:
    connection.execute(_TOUCH)
