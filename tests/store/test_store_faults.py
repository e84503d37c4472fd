"""What goes wrong with a database, and that it is told with its place and a way out."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
import traceback
from contextlib import closing
from pathlib import Path
from shutil import rmtree

import pytest
import sqlalchemy as sa

from bot.errors import StoreError
from bot.store import Store, calls

MONTH = "2026-03"
LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.readline()
connection.execute("ROLLBACK")
"""


class Locker:
    """Another process that holds the write lock of a SQLite file."""

    def __init__(self, file: Path) -> None:
        command = [sys.executable, "-c", LOCK, str(file)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "locked\n"

    def let_go(self) -> None:
        self._process.communicate("\n", timeout=10)


def everything_told(error: BaseException) -> str:
    return "\n".join([str(error), repr(error), *traceback.format_exception(error)])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "youkong.db"


async def test_a_lock_of_another_process_is_waited_for(file):
    async with await Store.open(f"sqlite:///{file}") as store:
        locker = Locker(file)
        waiting = asyncio.create_task(calls.add(store, MONTH, {"a": 1}))
        await asyncio.sleep(0)
        locker.let_go()
        await asyncio.wait_for(waiting, 10)
        assert await calls.spent(store, MONTH) == 1


async def test_a_lock_that_stays_is_told_to_all_who_wait_and_the_store_works_again_after_it(file):
    async with await Store.open(f"sqlite:///{file}?timeout=0.05") as store:
        locker = Locker(file)
        tasks = [calls.add(store, MONTH, {"a": 1}) for _ in range(5)]
        errors = await asyncio.gather(*tasks, store.ping(), return_exceptions=True)
        assert {type(error) for error in errors} == {StoreError}
        assert all("youkong.db' is locked by another process: end it" in str(error) for error in errors)
        locker.let_go()
        await store.ping()
        assert await calls.spent(store, MONTH) == 0


async def test_a_file_that_is_no_database_is_named_with_the_way_out(file):
    file.write_bytes(b"no database at all, but long enough to be looked at" * 100)
    with pytest.raises(StoreError, match=r"youkong\.db' is damaged .*move the file aside") as caught:
        await Store.open(f"sqlite:///{file}")
    assert "file is not a database" in str(caught.value)
    assert file.exists()


async def test_a_damaged_page_is_found_at_the_start(file):
    async with await Store.open(f"sqlite:///{file}") as store:
        await calls.add(store, MONTH, {f"api {n}": n for n in range(1, 2000)})
    content = bytearray(file.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 4096] = b"\xff" * 4096
    file.write_bytes(content)
    with pytest.raises(StoreError, match=r"youkong\.db' is damaged .*move the file aside"):
        await Store.open(f"sqlite:///{file}")


async def test_a_large_file_is_looked_through_only_where_it_was_not_closed_in_order(file):
    async with await Store.open(f"sqlite:///{file}"):
        pass
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE large (content)")
        connection.executemany("INSERT INTO large VALUES (zeroblob(?))", [(10_000_000,)] * 7)
    with file.open("r+b") as damaged:
        damaged.seek(40_000_000 // 4096 * 4096)
        damaged.write(b"\xff" * 4096)
    async with await Store.open(f"sqlite:///{file}"):
        pass
    file.with_name(f"{file.name}-wal").write_bytes(b"left behind")
    with pytest.raises(StoreError, match=r"youkong\.db' is damaged .*move the file aside"):
        await Store.open(f"sqlite:///{file}")


async def test_a_file_that_cannot_be_written_is_named_with_the_way_out(file):
    async with await Store.open(f"sqlite:///{file}"):
        pass
    with pytest.raises(StoreError, match=r"youkong\.db' cannot be written .*write access to the file and its folder"):
        await Store.open(f"sqlite:///file:{file}?mode=ro&uri=true")
    with pytest.raises(StoreError, match=r"cannot be written \('unable to open database file'\)"):
        await Store.open(f"sqlite:///{file.parent}")


async def test_a_folder_that_cannot_be_made_is_named(file):
    file.write_text("a file where a folder should be")
    with pytest.raises(StoreError, match=r"cannot make the folder '.*youkong\.db/var' .*another store\.url"):
        await Store.open(f"sqlite:///{file}/var/store.db")


async def test_a_full_disk_is_told_and_the_store_works_again_after_it(file):
    async with await Store.open(f"sqlite:///{file}") as store:

        def fill(connection: sa.Connection) -> None:
            connection.exec_driver_sql("PRAGMA max_page_count = 1")  # SQLite's own stand-in for a full disk
            calls.add_in(connection, MONTH, {f"api {n}": n for n in range(1, 2000)})

        with pytest.raises(StoreError, match="the disk is full; free some space"):
            await store.run(fill)
        await calls.add(store, MONTH, {"a": 1})
        assert await calls.spent(store, MONTH) == 1


@pytest.mark.parametrize("parts", ["youkong.db*", "youkong.db", "youkong.db-wal", "youkong.db-shm"])
async def test_a_file_that_is_deleted_while_it_is_open_is_put_back_as_it_was(file, parts):
    async with await Store.open(f"sqlite:///{file}") as store:
        await calls.add(store, MONTH, {"a": 1})
        for part in file.parent.glob(parts):
            part.unlink()
        await calls.add(store, MONTH, {"a": 1})
        with pytest.raises(StoreError):
            await store.run(lambda connection: connection.exec_driver_sql("SELECT nothing FROM nowhere"))
        assert await calls.spent(store, MONTH) == 2
    async with await Store.open(f"sqlite:///{file}") as store:
        assert await calls.spent(store, MONTH) == 2
    assert [part.name for part in file.parent.iterdir()] == ["youkong.db"]


async def test_a_file_that_is_replaced_while_it_is_open_is_taken_as_it_is(file):
    other = file.with_name("other.db")
    async with await Store.open(f"sqlite:///{other}") as store:
        await calls.add(store, MONTH, {"a": 7})
    async with await Store.open(f"sqlite:///{file}") as store:
        await calls.add(store, MONTH, {"a": 1})
        for part in file.parent.glob("youkong.db-*"):
            part.unlink()
        other.rename(file)
        assert await calls.spent(store, MONTH) == 7


async def test_a_folder_that_is_deleted_is_told_and_made_anew(tmp_path):
    folder = tmp_path / "var"
    async with await Store.open(f"sqlite:///{folder}/youkong.db") as store:
        await calls.add(store, MONTH, {"a": 1})
        rmtree(folder)
        with pytest.raises(StoreError, match="unable to open database file"):
            await calls.add(store, MONTH, {"a": 1})
        folder.mkdir()
        await calls.add(store, MONTH, {"a": 1})


@pytest.mark.parametrize("umask", [0o000, 0o022])
async def test_files_are_for_their_owner_alone(file, umask):
    before = os.umask(umask)
    try:
        async with await Store.open(f"sqlite:///{file}") as store:
            await calls.add(store, MONTH, {"a": 1})
            assert modes_of(file) == {"youkong.db": 0o600, "youkong.db-wal": 0o600, "youkong.db-shm": 0o600}
            file.chmod(0o644)
        async with await Store.open(f"sqlite:///{file}") as store:
            await calls.add(store, MONTH, {"a": 1})
            assert set(modes_of(file).values()) == {0o600}
    finally:
        os.umask(before)


def modes_of(file: Path) -> dict[str, int]:
    return {part.name: part.stat().st_mode & 0o777 for part in file.parent.glob("youkong.db*")}


async def test_what_is_deleted_stands_in_the_file_no_longer(file):
    async with await Store.open(f"sqlite:///{file}") as store:
        await calls.add(store, MONTH, {"canary-of-what-somebody-wrote": 1})
        await store.run(lambda connection: connection.exec_driver_sql("DELETE FROM calls"))
    assert b"canary" not in file.read_bytes()


async def test_a_backend_that_is_ended_is_not_noticed_by_the_next_call(postgres_url):
    async with await Store.open(postgres_url) as store:
        await end_backends(postgres_url)
        await calls.add(store, MONTH, {"a": 1})
        await end_backends(postgres_url)
        await asyncio.gather(*(calls.add(store, MONTH, {"a": 1}) for _ in range(5)))
        assert await calls.spent(store, MONTH) == 6


async def test_a_work_that_loses_the_connection_fails_alone(postgres_url):
    async with await Store.open(postgres_url) as store:
        results = await asyncio.gather(
            calls.add(store, MONTH, {"a": 1}),
            store.run(lambda c: c.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())").all()),
            calls.add(store, MONTH, {"b": 1}),
            return_exceptions=True,
        )
        assert [type(result) for result in results] == [type(None), StoreError, type(None)]
        assert await calls.spent_by_api(store, MONTH) == {"a": 1, "b": 1}


async def end_backends(url: str) -> None:
    """Ends every other connection to the database, as a restart of the server does."""
    import psycopg

    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


async def test_values_stay_out_of_the_error_text_of_postgresql(postgres_url):
    async with await Store.open(postgres_url) as store:

        def twice(connection: sa.Connection) -> None:
            for _ in range(2):
                connection.execute(sa.text("INSERT INTO calls VALUES (:words, '', 1)"), {"words": "what they wrote"})

        with pytest.raises(StoreError, match="23505") as caught:
            await store.run(twice)
    assert "what they wrote" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://bot:s3cret-word@127.0.0.1:1/youkong",
        "postgresql://bot:s3cret-word@127.0.0.1:1/youkong?no_such_option=1",
        "postgresql://bot@127.0.0.1:1/youkong?password=s3cret-word",
        "postgresql://bot:s3cret-word@127.0.0.1:s3cret-word/youkong",
        "mysql://bot:s3cret-word@127.0.0.1/youkong",
        "s3cret-word",
        "sqlite:///var/youkong.db?timeout=soon",
    ],
)
async def test_a_url_that_cannot_be_used_is_refused_without_its_password(url, recwarn):
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError) as caught:
        await Store.open(url)
    assert "s3cret-word" not in everything_told(caught.value)
    assert not list(recwarn)


async def test_a_store_shows_itself_without_password(postgres_url):
    async with await Store.open(postgres_url.replace("postgres:@", "postgres:s3cret-word@")) as store:
        assert "s3cret-word" not in repr(store)
        assert "postgresql database 'test_" in repr(store)


def test_a_missing_driver_is_told_with_what_to_install():
    code = """
import asyncio, sys
sys.modules["psycopg"] = None
from bot.errors import StoreError
from bot.store import Store
try:
    asyncio.run(Store.open("postgresql://bot:s3cret-word@127.0.0.1/youkong"))
except StoreError as error:
    print(error)
"""
    root = Path(sys.modules["bot"].__path__[0]).parent
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, cwd=root, check=True
    )
    assert "pip install 'youkong[postgres]'" in told.stdout
    assert "s3cret-word" not in told.stdout + told.stderr


def test_a_claim_outlives_a_killed_process(file):
    code = f"""
import asyncio, os, signal
from bot.store import Store, calls
async def main():
    store = await Store.open("sqlite:///{file}")
    await calls.add(store, "{MONTH}", {{"a": 1}})
    os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
"""
    root = Path(sys.modules["bot"].__path__[0]).parent
    killed = subprocess.run([sys.executable, "-c", code], timeout=30, cwd=root, check=False)
    assert killed.returncode == -9
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT n FROM calls").fetchall() == [(1,)]
