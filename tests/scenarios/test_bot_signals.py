"""What ends the bot and what does not: from the first instant on, as PID 1, and whatever its store does.

`ended_within` is far longer here than any of it: whoever is ended by force ends with 1.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from scenario import ASK, MONDAY, PATIENT, Process, metric, page, settings_of, until

PRESSED = replace(PATIENT, store_within=1.0)
ALONE = ["unshare", "--pid", "--fork", "--kill-child"]
"""Makes a program PID 1 of a namespace of its own."""


@pytest.fixture
def config_pipe(tmp_path: Path) -> Path:
    """A configuration that is being read for as long as a test likes."""
    path = tmp_path / "config.yaml"
    os.mkfifo(path)
    return path


def may_be_alone() -> bool:
    """Whether this machine lets us make namespaces."""
    with suppress(OSError):
        return subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode == 0
    return False


async def told_to_end_while_it_reads(command: list[str], pipe: Path) -> int:
    """The exit code of the bot that got SIGTERM before it knew its configuration."""
    process = await asyncio.create_subprocess_exec(
        *command, sys.executable, "-m", "bot", "run", "-c", str(pipe), stderr=asyncio.subprocess.DEVNULL
    )
    writer = await asyncio.to_thread(os.open, pipe, os.O_WRONLY)  # returns once it reads
    try:
        bot = psutil.Process(process.pid)
        (bot.children() or [bot])[0].send_signal(signal.SIGTERM)
        return await asyncio.wait_for(process.wait(), 60)
    finally:
        os.close(writer)
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_a_bot_that_still_reads_its_configuration_ends_when_told(config_pipe):
    assert await told_to_end_while_it_reads([], config_pipe) == 0


@pytest.mark.skipif(not may_be_alone(), reason="namespaces cannot be made here, so that nothing is PID 1")
async def test_so_does_one_that_is_pid_1(config_pipe):
    assert await told_to_end_while_it_reads(ALONE, config_pipe) == 0


async def test_a_bot_that_waits_for_its_store_to_start_ends_when_told(dingtalk, tmp_path):
    file = tmp_path / "youkong.db"
    settings = settings_of(dingtalk, f"sqlite:///{file}?timeout=3600")
    (tmp_path / "config.yaml").write_text(json.dumps(settings))
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("BEGIN IMMEDIATE")
        process = Process(tmp_path / "run", "run", "-c", str(tmp_path / "config.yaml"), timing=PRESSED)
        await until(lambda: any(Path(each.path) == file for each in psutil.Process(process.pid).open_files()))
        assert await process.terminate() == 0
    assert "Traceback" not in process.stderr


async def test_a_locked_file_does_not_keep_the_bot_from_ending(launch, dingtalk, alice, bob, group, tmp_path):
    file = tmp_path / "youkong.db"
    process = await launch(f"sqlite:///{file}?timeout=3600", timing=PRESSED)
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    await group.next_card(timeout=60)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
        assert await process.terminate() == 0
    assert "Traceback" not in process.stderr


@pytest.fixture
def frozen(postgres_url: str) -> Iterator[object]:
    """Stops the server's process that works for the bot, as a frozen machine would."""
    import psycopg

    stopped: list[int] = []

    def freeze() -> None:
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            found = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'youkong'"
            )
            stopped.extend(pid for (pid,) in found)
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)

    yield freeze
    for pid in stopped:
        os.kill(pid, signal.SIGCONT)


@pytest.mark.postgres
@pytest.mark.skipif("YOUKONG_TEST_POSTGRES_URL" in os.environ, reason="the server may be another machine's")
async def test_a_frozen_server_does_not_keep_the_bot_from_ending(launch, postgres_url, alice, bob, group, frozen):
    process = await launch(postgres_url, timing=PRESSED)
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    await group.next_card(timeout=60)
    frozen()
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    assert await process.terminate() == 0
    assert "Traceback" not in process.stderr


async def test_a_hang_up_is_told_and_goes_by(launch, alice, bob, group):
    process = await launch()
    process.signal(signal.SIGHUP)
    await until(lambda: "hangup_ignored" in process.stderr)
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    await group.next_card(timeout=60)
    assert await process.terminate() == 0


def test_what_nothing_else_ends_is_ended_by_force():
    code = """
import os, signal, time
from bot.signals import heed
heed(stop=lambda: None, hung_up=lambda: None, forced=lambda: print("forced", flush=True), within=0.05)
os.kill(os.getpid(), signal.SIGTERM)
while True:
    time.sleep(60)
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout) == (1, "forced\n")


async def test_a_blocked_event_loop_is_told_with_its_stack_and_measured(restored, bot, capfd):
    import time

    from bot.observe.logs import set_up

    writer = set_up(level="info", form="json")
    before = await metric(bot.health_url, 'youkong_loop_lag_seconds_bucket{le="0.5"}')
    count = await metric(bot.health_url, "youkong_loop_lag_seconds_count")
    time.sleep(1.2)  # noqa: ASYNC251 - the very fault
    assert (await page(bot.health_url + "/healthz"))[0] == 200

    async def missed() -> float:
        within = await metric(bot.health_url, 'youkong_loop_lag_seconds_bucket{le="0.5"}')
        return await metric(bot.health_url, "youkong_loop_lag_seconds_count") - count - (within - before)

    async with asyncio.timeout(30):
        while await missed() < 1:
            pass
    writer.stop()
    logged = [json.loads(line) for line in capfd.readouterr().err.splitlines() if '"loop_blocked"' in line]
    assert "test_a_blocked_event_loop_is_told_with_its_stack_and_measured" in logged[0]["stack"]
