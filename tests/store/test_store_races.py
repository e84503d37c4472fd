"""Several stores and several processes on one database."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from store_worker import LEASE, NOW, claim, take_over

import bot
from bot.model.people import MsgId
from bot.store import Store, messages, schema

WORKER = Path(__file__).with_name("store_worker.py")
ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(bot.__file__).parents[1]), "PYTHONWARNINGS": "error"}


async def together(*commands: tuple[str, ...]) -> list[Any]:
    """What several workers print when they are let go at the same moment."""
    workers = [
        await asyncio.create_subprocess_exec(
            sys.executable, str(WORKER), *command, stdin=-1, stdout=-1, stderr=-1, env=ENVIRONMENT
        )
        for command in commands
    ]
    for worker in workers:
        assert worker.stdout is not None
        assert await asyncio.wait_for(worker.stdout.readline(), 30) == b"ready\n"
    ended = await asyncio.wait_for(asyncio.gather(*(worker.communicate(b"go\n") for worker in workers)), 60)
    assert [error.decode() for _, error in ended] == [""] * len(workers)
    return [json.loads(output) for output, _ in ended]


async def test_processes_that_start_at_once_on_an_empty_database_share_the_work_and_do_nothing_twice(store_url):
    got = await together(*((store_url, owner, "200") for owner in "abcd"))
    assert Counter(msg_id for part in got for msg_id in part["claimed"]) == Counter(f"m{n}" for n in range(200))
    assert Counter(taken for part in got for taken in part["taken"]) == Counter(f"m{n}#2" for n in range(200))
    async with await Store.open(store_url) as store:
        assert await store.run(schema.version) == schema.HEAD


async def test_stores_that_open_an_empty_database_at_once_all_find_the_schema(store_url):
    stores = await asyncio.gather(*(Store.open(store_url) for _ in range(4)))
    assert await asyncio.gather(*(store.run(schema.version) for store in stores)) == [schema.HEAD] * 4
    for store in stores:
        await store.close()


async def test_a_store_at_head_is_opened_without_alembic(sqlite_url):
    async with await Store.open(sqlite_url):
        pass
    (got,) = await together((sqlite_url, "a", "1"))
    assert got == {"claimed": ["m0"], "taken": ["m0#2"], "alembic": False}


async def test_of_racing_stores_one_takes_over_a_message(store_url):
    async with await Store.open(store_url) as one, await Store.open(store_url) as other:
        await claim(one, "dead", 200)
        got = await asyncio.gather(take_over(one, "a"), take_over(other, "b"), take_over(one, "c"))
    assert Counter(taken for part in got for taken in part) == Counter(f"m{n}#2" for n in range(200))


async def test_of_two_stores_each_message_is_claimed_by_one(store_url):
    async with await Store.open(store_url) as one, await Store.open(store_url) as other:
        first, second = await asyncio.gather(claim(one, "a", 300), claim(other, "b", 300))
    assert Counter(first + second) == Counter(f"m{n}" for n in range(300))


async def test_batches_that_wait_for_each_other_are_both_done_in_the_end(postgres_url):
    """PostgreSQL breaks a deadlock by failing one transaction; its works are then run one by one."""
    async with await Store.open(postgres_url) as one, await Store.open(postgres_url) as other:
        loop = asyncio.get_running_loop()
        met = [asyncio.Event(), asyncio.Event()]

        def claim_then_meet(mine: int, ids: str):
            async def reached() -> None:
                met[mine].set()
                await met[1 - mine].wait()

            def work(connection: sa.Connection) -> list[bool]:
                first = take(connection, ids[0])
                asyncio.run_coroutine_threadsafe(reached(), loop).result(10)
                return [first, take(connection, ids[1])]

            def take(connection: sa.Connection, msg_id: str) -> bool:
                turn = messages.claim_in(
                    connection,
                    MsgId(msg_id),
                    out_track_id="t",
                    conversation_id="c",
                    payload="",
                    owner=ids,
                    now=NOW,
                    lease=LEASE,
                    said_at=NOW,
                )
                return turn is not None

            return work

        results = await asyncio.gather(
            one.run(claim_then_meet(0, "xy")),
            one.run(lambda _: "beside"),
            other.run(claim_then_meet(1, "yx")),
            other.run(lambda _: "beside"),
            return_exceptions=True,
        )
    assert results[1] == results[3] == "beside"
    won = Counter[str]()
    for ids, result in (("xy", results[0]), ("yx", results[2])):
        assert isinstance(result, list), result
        won.update(msg_id for msg_id, ours in zip(ids, result, strict=True) if ours)
    assert won == Counter("xy")
