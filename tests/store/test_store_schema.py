"""Migrations: they make what tables.py says, once, and refuse what they do not know."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.errors import StoreError
from bot.store import Store, messages, schema, tables, turns
from bot.store.database import Database, parse_url
from bot.store.schema import HEAD
from bot.store.turns import Turn


def test_head_is_the_newest_migration():
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.HEAD]


def differences(connection: sa.Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), tables.metadata))


async def test_the_migrations_make_what_the_tables_say(store):
    assert await store.run(differences) == []


async def test_migrated_tables_and_those_made_at_once_are_the_same_in_sqlite(sqlite_url):
    def layout(connection: sa.Connection) -> list[tuple[object, ...]]:
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
        return [(name, "".join(sql.split()).replace('"', "")) for name, sql in rows if name != "alembic_version"]

    made = []
    for url in ("sqlite://", sqlite_url):
        async with await Store.open(url) as store:
            made.append(await store.run(layout))
    assert made[0] == made[1]


def make_first(url: str) -> None:
    """The tables of the version before, with a message that it has claimed and one that it has answered."""
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        Path(str(parsed.database)).parent.mkdir()
    engine = sa.create_engine(parsed, poolclass=sa.NullPool)
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for row in (("m1", "claimed"), ("m2", "answered")):
            claim_as_before(connection, *row)


def claim_as_before(connection: sa.Connection, msg_id: str, state: str = "claimed") -> None:
    connection.execute(
        sa.text(
            "INSERT INTO messages (msg_id, out_track_id, conversation_id, sender, state, owner, attempt, lease_until, "
            "received_at, payload) VALUES (:msg_id, 'card', 'cid', 'alice', :state, 'before', 1, 1000, 0, '{}')"
        ),
        {"msg_id": msg_id, "state": state},
    )


async def test_a_store_of_the_version_before_is_brought_to_what_the_tables_say(store_url):
    await asyncio.to_thread(make_first, store_url)
    async with await Store.open(store_url) as store:
        assert (await store.run(differences), await store.run(schema.version)) == ([], schema.HEAD)


async def test_a_store_of_the_first_version_keeps_its_rows_and_gets_what_is_new(store_url):
    """A booking of the version before, and what that version writes beside this one, are there."""
    old = "INSERT INTO bookings (card, slot_start, slot_end, organizer, people, state, round, lease_until)"
    await asyncio.to_thread(make_first, store_url)
    for n in range(2):
        async with await Store.open(store_url) as store:
            await store.run(
                lambda connection, n=n: connection.execute(
                    sa.text(f"{old} VALUES ('card-{n}', 1, 2, 'alice', '[]', 'holding', 1, 3)")
                )
            )
            assert await store.run(schema.version) == schema.HEAD
            assert await store.run(differences) == []
            count = await store.run(lambda connection: connection.scalar(sa.text("SELECT count(*) FROM bookings")))
            assert count == n + 1


async def test_messages_of_the_version_before_are_taken_over_as_begun_and_waited_for(store_url):
    await asyncio.to_thread(make_first, store_url)
    now = datetime(1970, 1, 1, 0, 1, tzinfo=UTC)
    async with await Store.open(store_url) as store:
        new = partial(messages.claim, out_track_id="card", conversation_id="cid", payload="{}", owner="now", now=now)
        lease = timedelta(minutes=1)
        assert await new(store, "m3", lease=lease, said_at=now, sender="alice") is Turn.WAITING
        await store.run(partial(claim_as_before, msg_id="m4"))  # it goes on beside this one for a while
        later = now + timedelta(seconds=1)
        taken = await messages.take_over(store, owner="now", now=later, lease=lease, fresh_since=later - lease * 2)
        assert {(each.msg_id, each.turn) for each in taken} == {("m1", Turn.BEGUN), ("m4", Turn.BEGUN)}
        begin = partial(turns.begin, store, "m3", owner="now", attempt=1, conversation_id="cid", sender="alice")
        for msg_id in ("m1", "m4"):
            assert not await begin()
            await messages.answered(store, msg_id, owner="now", attempt=2, outcome="card", now=later)
        assert await begin()


async def test_a_store_of_a_newer_program_is_refused(store_url):
    async with await Store.open(store_url) as store:
        await store.run(
            lambda connection: connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
        )
    with pytest.raises(StoreError, match=rf"schema '9999', expected '{HEAD}' or older.*newer youkong"):
        await Store.open(store_url)


def test_the_queries_for_unfinished_messages_use_their_index():
    from bot.store import messages

    database = Database(parse_url("sqlite://"))
    connection = database.begin()
    for statement in (messages._RENEW, messages._RELEASE, messages._GIVE_UP, messages._TAKE_OVER):
        text = str(statement.compile(connection.engine))
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", (0,) * text.count("?")).all()
        assert any("messages_unfinished" in row[-1] for row in plan)
    database.close()


async def test_a_store_waits_for_another_that_is_migrating_postgresql(postgres_url):
    engine = sa.create_engine(parse_url(postgres_url), poolclass=sa.NullPool)
    with engine.begin() as migrating:
        schema.ensure(migrating)
        opening = asyncio.create_task(Store.open(postgres_url))
        async with asyncio.timeout(20):
            while not migrating.scalar(sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")):  # noqa: ASYNC110 - only the server knows
                await asyncio.sleep(0.01)
    async with await opening as store:
        assert await store.run(schema.version) == schema.HEAD
