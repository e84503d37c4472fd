"""The store's thread: batches, failures, cancelled waiters, the end."""

from __future__ import annotations

import asyncio
import threading

import pytest
import sqlalchemy as sa

from bot.errors import StoreError
from bot.store import Store, calls

MONTH = "2026-03"


class Gate:
    """A work that keeps the store's thread until it is opened, so that what is asked for meanwhile makes one batch."""

    def __init__(self, store: Store) -> None:
        self._reached = threading.Event()
        self._open = threading.Event()
        self._task = asyncio.create_task(store.run(self._wait))

    def _wait(self, _: sa.Connection) -> None:
        self._reached.set()
        assert self._open.wait(10)

    async def reached(self) -> None:
        assert await asyncio.to_thread(self._reached.wait, 10)

    async def open(self) -> None:
        self._open.set()
        await self._task


async def closed_gate(store: Store) -> Gate:
    gate = Gate(store)
    await gate.reached()
    return gate


def add(api: str):
    return lambda connection: calls.add_in(connection, MONTH, {api: 1})


def fail(connection: sa.Connection) -> None:
    add("failed")(connection)
    raise LookupError("of my own accord")


def break_statement(connection: sa.Connection) -> None:
    connection.exec_driver_sql("SELECT nothing FROM nowhere")


async def queued(*coroutines) -> list[asyncio.Task]:
    tasks = [asyncio.create_task(coroutine) for coroutine in coroutines]
    await asyncio.sleep(0)  # each runs up to the point where it waits for the store
    return tasks


@pytest.mark.parametrize(("broken", "error"), [(fail, LookupError), (break_statement, StoreError)])
async def test_one_failing_work_leaves_the_rest_of_its_batch_done(store, broken, error):
    gate = await closed_gate(store)
    tasks = await queued(store.run(add("a")), store.run(broken), store.run(add("b")))
    await gate.open()
    first, failed, last = await asyncio.gather(*tasks, return_exceptions=True)
    assert (first, last) == (None, None)
    assert isinstance(failed, error)
    assert await calls.spent_by_api(store, MONTH) == {"a": 1, "b": 1}


async def test_what_waits_is_committed_together(store):
    seen: list[sa.RootTransaction | None] = []
    gate = await closed_gate(store)
    tasks = await queued(*(store.run(lambda c: seen.append(c.get_transaction())) for _ in range(5)))
    await gate.open()
    await asyncio.gather(*tasks)
    assert len(seen) == 5
    assert all(transaction is seen[0] for transaction in seen)


async def test_more_than_a_batch_is_served_in_order(store):
    results = await asyncio.gather(*(store.run(lambda _, n=n: n) for n in range(500)))
    assert results == list(range(500))


async def test_even_an_exit_in_a_work_does_not_end_the_thread(store):
    def leave(_: sa.Connection) -> None:
        raise SystemExit(3)

    gate = await closed_gate(store)

    async def expect_exit() -> str:
        try:
            await store.run(leave)
        except SystemExit:
            return "left"
        return "stayed"

    tasks = await queued(expect_exit(), store.run(add("a")))
    await gate.open()
    assert await asyncio.gather(*tasks) == ["left", None]
    await store.ping()


async def test_a_failed_commit_fails_all_of_its_batch_and_nothing_is_run_again(store):
    runs: list[str] = []

    def tables(connection: sa.Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql(
            "CREATE TABLE child (id INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)"
        )

    def orphan(connection: sa.Connection) -> None:
        runs.append("orphan")
        connection.exec_driver_sql("INSERT INTO child VALUES (1)")

    await store.run(tables)
    gate = await closed_gate(store)
    tasks = await queued(store.run(orphan), store.run(add("a")))
    await gate.open()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(result) for result in results] == [StoreError, StoreError]
    assert results[0] is not results[1]
    assert runs == ["orphan"]
    assert await calls.spent(store, MONTH) == 0


async def test_cancelled_waiters_harm_neither_the_thread_nor_the_others(store):
    gate = await closed_gate(store)
    cancelled, kept = await queued(store.run(add("cancelled")), store.run(add("kept")))
    cancelled.cancel()
    await gate.open()
    await kept
    assert cancelled.cancelled() or await asyncio.wait([cancelled])
    assert await calls.spent_by_api(store, MONTH) == {"kept": 1}


async def test_a_waiter_cancelled_while_its_work_runs_leaves_the_store_usable(store):
    reached, release = threading.Event(), threading.Event()

    def slow(_: sa.Connection) -> None:
        reached.set()
        assert release.wait(10)

    task = asyncio.create_task(store.run(slow))
    assert await asyncio.to_thread(reached.wait, 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    release.set()
    await store.ping()


async def test_close_finishes_what_was_asked_for_and_refuses_the_rest(store_url):
    store = await Store.open(store_url)
    gate = await closed_gate(store)
    tasks = await queued(*(store.run(add("a")) for _ in range(300)))
    closing = asyncio.create_task(store.close())
    await asyncio.sleep(0)
    with pytest.raises(StoreError, match="closed"):
        await store.ping()
    await gate.open()
    await asyncio.gather(closing, *tasks)
    await store.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "store"]
    async with await Store.open(store_url) as again:
        assert await calls.spent(again, MONTH) == 300


async def test_a_store_in_memory_lives_as_long_as_it_is_open():
    async with await Store.open("sqlite://") as store:
        await calls.add(store, MONTH, {"a": 1})
        with pytest.raises(StoreError):
            await store.run(break_statement)
        assert await calls.spent(store, MONTH) == 1
    async with await Store.open("sqlite://") as store:
        assert await calls.spent(store, MONTH) == 0
