"""Migrations: they make what tables.py says, once, and refuse what they do not know."""

from __future__ import annotations

import asyncio

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.errors import StoreError
from bot.store import Store, schema, tables
from bot.store.database import Database, _engine, parse_url
from bot.store.schema import HEAD


def test_head_is_the_newest_migration():
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.HEAD]


async def test_the_migrations_make_what_the_tables_say(store):
    assert await store.run(_differences) == []


def _differences(connection: sa.Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), tables.metadata))


async def test_migrated_tables_and_those_made_at_once_are_the_same_in_sqlite(sqlite_url):
    def layout(connection: sa.Connection) -> list[tuple[object, ...]]:
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
        return [(name, "".join(sql.split()).replace('"', "")) for name, sql in rows if name != "alembic_version"]

    made = []
    for url in ("sqlite://", sqlite_url):
        async with await Store.open(url) as store:
            made.append(await store.run(layout))
    assert made[0] == made[1]


async def test_a_store_of_the_first_version_keeps_its_rows_and_gets_what_is_new(store_url):
    """A booking of the version before, and what that version writes beside this one, are there."""
    old = "INSERT INTO bookings (card, slot_start, slot_end, organizer, people, state, round, lease_until)"
    _make_first_version(store_url)
    for n in range(2):
        async with await Store.open(store_url) as store:
            await store.run(
                lambda connection, n=n: connection.execute(
                    sa.text(f"{old} VALUES ('card-{n}', 1, 2, 'alice', '[]', 'holding', 1, 3)")
                )
            )
            assert await store.run(schema.version) == schema.HEAD
            assert await store.run(_differences) == []
            count = await store.run(lambda connection: connection.scalar(sa.text("SELECT count(*) FROM bookings")))
            assert count == n + 1


def _make_first_version(store_url: str) -> None:
    engine = _engine(parse_url(store_url))
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")


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
