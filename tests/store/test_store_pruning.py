"""What is old goes in slices, between which messages are claimed; on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.model.people import ConversationId, MsgId, OutTrackId
from bot.store import Store, messages, pruning
from bot.store.tables import actions, bookings, cards, digest_runs, last_requests
from bot.store.tables import messages as table

NOW = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)
OLD, NEW = NOW - timedelta(days=40), NOW - timedelta(days=1)
KEPT = NOW - timedelta(days=30)


async def fill(store: Store, count: int) -> None:
    """Every third message is old and answered, every third old and open, the rest is new."""
    kinds = (("answered", OLD), ("claimed", OLD), ("answered", NEW))

    def row(number: int) -> dict[str, object]:
        state, at = kinds[number % 3]
        return {
            "msg_id": f"m{number:06}", "out_track_id": "c", "conversation_id": "cid", "sender": "", "state": state,
            "owner": "a", "attempt": 1, "lease_until": at, "received_at": at, "payload": "", "said_at": at,
            "answered_at": at if state == "answered" else None, "turn": "begun",
        }  # fmt: skip

    def put(connection: sa.Connection) -> None:
        if count:
            connection.execute(sa.insert(table), [row(number) for number in range(count)])

    await store.run(put)


async def left(store: Store) -> dict[str, int]:
    def count(connection: sa.Connection) -> dict[str, int]:
        found = connection.execute(sa.select(table.c.msg_id)).scalars()
        numbers = [int(each[1:]) for each in found if each[1:].isdigit()]
        return {kind: sum(n % 3 == rest for n in numbers) for rest, kind in enumerate(("old", "open", "new"))}

    return await store.run(count)


async def claim(store: Store, name: str) -> object:
    return await messages.claim(
        store,
        MsgId(name),
        out_track_id=OutTrackId("card"),
        conversation_id=ConversationId("cid"),
        payload="",
        owner="b",
        now=NOW,
        lease=timedelta(seconds=10),
        said_at=NOW,
    )


@pytest.mark.parametrize("count", [0, 1, pruning.SLICE - 1, pruning.SLICE, pruning.SLICE + 1, 3 * pruning.SLICE])
async def test_what_is_old_and_done_goes_and_nothing_else(store, count):
    await fill(store, count)
    before = await left(store)
    assert await pruning.prune(store, before=KEPT) == before["old"]
    assert await left(store) == before | {"old": 0}
    assert await pruning.prune(store, before=KEPT) == 0


async def test_messages_are_claimed_between_two_slices(store):
    await fill(store, 5 * pruning.SLICE)
    under_way = asyncio.create_task(pruning.prune(store, before=KEPT))
    for number in range(3):
        assert await claim(store, f"new {number}")
        assert not under_way.done()
    assert await under_way == 5 * pruning.SLICE // 3 + 1


async def test_pruning_that_is_cut_off_goes_on_the_next_time(store):
    await fill(store, 4 * pruning.SLICE)
    under_way = asyncio.create_task(pruning.prune(store, before=KEPT))
    for name in ("before the first slice", "behind it"):
        assert await claim(store, name)
    under_way.cancel()
    await asyncio.gather(under_way, return_exceptions=True)
    some = (await left(store))["old"]
    assert 0 < some < 4 * pruning.SLICE // 3
    assert await pruning.prune(store, before=KEPT) == some


async def test_each_slice_is_found_by_the_index_of_the_key(sqlite_url):
    async with await Store.open(sqlite_url) as store:

        def plans(connection: sa.Connection) -> list[str]:
            found = []
            for each in (table, cards, last_requests, bookings, digest_runs, actions):
                key = ", ".join(column.name for column in each.primary_key.columns)
                zeros = ", ".join("'0'" for _ in each.primary_key.columns)
                for statement in (
                    f"SELECT {key} FROM {each.name} WHERE ({key}) > ({zeros}) ORDER BY {key} LIMIT 1 OFFSET 999",
                    f"DELETE FROM {each.name} WHERE ({key}) > ({zeros}) AND ({key}) <= ({zeros})",
                ):
                    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all()
                    found += [row[3] for row in rows]
            return found

        assert all("SEARCH" in plan and "USING" in plan for plan in await store.run(plans))
