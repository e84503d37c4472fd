"""The one thread that works on the database: everything that waits is done in one transaction (group commit)."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from bot.store.database import Database
from bot.store.faults import explain

Work = Callable[[sa.Connection], Any]

LARGEST_BATCH = 128
"""Calls in one transaction; bounds how long SQLite's write lock is held (about 10 ms)."""


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """One piece of work and the future that waits for it; the future belongs to the loop of whoever asks."""

    work: Work
    future: asyncio.Future[Any]


@dataclass(frozen=True, slots=True)
class Failure:
    """What a piece of work ended with instead of a value."""

    error: BaseException


class Writer:
    """Takes calls from any task of one event loop, works them off in a thread of its own, and answers on the loop.

    A work that raises harms no other: the batch is undone and each work of it is run again in a transaction of its own.
    Hence a work may run twice, and must touch nothing but its connection. Where a *commit* fails nothing is run again,
    because nobody knows whether it took place; all of the batch get the error.
    """

    def __init__(self, database: Database, loop: asyncio.AbstractEventLoop) -> None:
        self._database = database
        self._loop = loop
        self._calls: queue.SimpleQueue[Call | None] = queue.SimpleQueue()
        self._ended = loop.create_future()
        self._abandoned = False
        # A daemon, so that a program that forgot to close its store can still end.
        self._thread = threading.Thread(target=self._main, name="store", daemon=True)
        self._thread.start()

    def put(self, call: Call) -> None:
        """Queues `call`; its future is answered after the commit."""
        self._calls.put(call)

    async def stop(self) -> None:
        """Returns when all that was queued before is done and the connection is closed, or it is abandoned."""
        self._calls.put(None)
        await asyncio.shield(self._ended)
        if not self._abandoned:
            self._thread.join()

    def abandon(self) -> None:
        """Leaves the thread to a database that does not answer."""
        self._abandoned = True
        self._calls.put(None)
        self._end()

    def _main(self) -> None:
        going = True
        while going:
            batch, going = self._next_batch()
            self._serve([call for call in batch if not call.future.cancelled()])
        self._database.close()
        self._on_loop(self._end)

    def _end(self) -> None:
        if not self._ended.done():
            self._ended.set_result(None)

    def _next_batch(self) -> tuple[list[Call], bool]:
        """What waits now, at least one call, and whether to go on after it."""
        batch: list[Call] = []
        call = self._calls.get()
        while call is not None:
            batch.append(call)
            if len(batch) == LARGEST_BATCH:
                return batch, True
            try:
                call = self._calls.get_nowait()
            except queue.Empty:
                return batch, True
        return batch, False

    def _serve(self, batch: Sequence[Call]) -> None:
        if not batch:
            return
        results = run_together(self._database, [call.work for call in batch])
        self._on_loop(_answer, batch, results)

    def _on_loop(self, callback: Callable[..., None], *arguments: object) -> None:
        # A closed loop has nobody left who waits.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(callback, *arguments)


def run_together(database: Database, works: Sequence[Work]) -> list[Any]:
    """Values, or Failures, in the order of `works`, which are done in one transaction if all of them succeed."""
    try:
        connection = database.begin()
    except Exception as error:  # noqa: BLE001 - handed to whoever waits
        database.rollback(error)
        return _all_failed(database, error, works)
    try:
        values = [work(connection) for work in works]
    except BaseException as error:  # noqa: BLE001 - handed to whoever waits; the thread must outlive it
        database.rollback(error)
        if len(works) == 1 and not _lost_connection(error):
            return _all_failed(database, error, works)
        return run_apart(database, works)
    try:
        database.commit()
    except Exception as error:  # noqa: BLE001 - handed to whoever waits
        database.rollback(error)
        return _all_failed(database, error, works)
    return values


def run_apart(database: Database, works: Sequence[Work]) -> list[Any]:
    """Values, or Failures, in the order of `works`, each in a transaction of its own.

    Where none can be begun (no connection, or locked) the rest is given up: each would wait just as long for nothing.
    """
    results: list[Any] = []
    for position, work in enumerate(works):
        try:
            connection = database.begin()
        except Exception as error:  # noqa: BLE001 - handed to whoever waits
            database.rollback(error)
            return results + _all_failed(database, error, works[position:])
        try:
            value = work(connection)
            database.commit()
        except BaseException as error:  # noqa: BLE001 - handed to whoever waits; the thread must outlive it
            database.rollback(error)
            value = Failure(explain(error, database.url))
        results.append(value)
    return results


def _all_failed(database: Database, error: BaseException, works: Sequence[Work]) -> list[Any]:
    return [Failure(explain(error, database.url)) for _ in works]


def _lost_connection(error: BaseException) -> bool:
    return isinstance(error, DBAPIError) and error.connection_invalidated


def _answer(batch: Sequence[Call], results: Sequence[Any]) -> None:
    for call, result in zip(batch, results, strict=True):
        if call.future.done():  # cancelled meanwhile
            continue
        if isinstance(result, Failure):
            call.future.set_exception(result.error)
        else:
            call.future.set_result(result)
