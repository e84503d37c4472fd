"""A bot whose log cannot be written goes on: every question is answered, whatever becomes of stdout and stderr."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from scenario import ASK, MONDAY, crowd, metric, until

from bot.chat.answering.turns import WORKERS

DROPPED = "youkong_log_lines_dropped_total"


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A pipe with a name."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


@pytest.fixture
def reader(pipe: Path) -> Iterator[int]:
    """Its reading end; a test may close it."""
    number = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    yield number
    with suppress(OSError):
        os.close(number)


@pytest.fixture
def port() -> int:
    """A port for health pages that the log cannot tell."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
        return number


async def all_are_answered(dingtalk) -> None:
    """More people than there are workers ask twice, each alone."""
    people = crowd(dingtalk, WORKERS + 6)
    for number in (1, 2):
        await asyncio.gather(*(person.says(ASK, to="direct", created_at=MONDAY) for person in people))
        await until(lambda number=number: all(len(person.direct.cards) == number for person in people), timeout=60)
    await dingtalk.settle(timeout=60)


async def test_a_log_whose_reader_has_gone_ends_no_worker(launch, dingtalk, pipe, reader, port):
    process = await launch(output=pipe, server={"port": port})
    os.close(reader)
    await all_are_answered(dingtalk)
    assert await metric(f"http://127.0.0.1:{port}", DROPPED) > WORKERS
    assert await process.terminate() == 0


async def test_a_log_that_nobody_reads_holds_up_nobody_and_is_whole_once_somebody_does(launch, dingtalk, pipe, reader):
    filled = fill(pipe)
    process = await launch(output=pipe)
    await all_are_answered(dingtalk)
    process.tell_to_end()
    told = b""
    while process.exit_code is None:
        told += read_all(reader)
        await asyncio.sleep(0)
    told += read_all(reader)
    assert process.exit_code == 0
    assert told.startswith(b"x" * filled + b"timestamp=")
    assert told.count(b"event='handled'") == 2 * (WORKERS + 6)
    assert told.endswith(b"event='stopped'\n")


async def test_a_log_that_nobody_ever_reads_does_not_keep_the_bot_from_ending(launch, dingtalk, pipe, reader):
    fill(pipe)
    process = await launch(output=pipe)
    await all_are_answered(dingtalk)
    assert await process.terminate() == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
async def test_a_log_on_a_full_disk_ends_no_worker(launch, dingtalk, port):
    process = await launch(output=Path("/dev/full"), server={"port": port})
    await all_are_answered(dingtalk)
    assert await metric(f"http://127.0.0.1:{port}", DROPPED) > WORKERS
    assert await process.terminate() == 0


def fill(pipe: Path) -> int:
    """Writes until nothing more fits; how many bytes those were."""
    number, written = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK), 0
    with suppress(BlockingIOError):
        while True:
            written += os.write(number, b"x")
    os.close(number)
    return written


def read_all(number: int) -> bytes:
    """What lies in the pipe at this moment."""
    told = b""
    with suppress(BlockingIOError):
        while piece := os.read(number, 1 << 20):
            told += piece
    return told


async def test_the_first_lines_say_where_the_store_lies_and_which_variables_are_no_settings(launch, tmp_path):
    process = await launch(options=("-v",), environ={"YOUKONG_METRICS_PORT": "tcp://10.0.0.1:80"})
    assert f"place={tmp_path}/var/youkong.db" in process.stderr.replace("'", "")
    assert "service_link_passed_over" in process.stderr
    assert "YOUKONG_METRICS_PORT" in process.stderr
