"""A log line is written, or counted as dropped; whoever logs is neither held up nor told."""

from __future__ import annotations

import json
import logging
import os
import select
import threading
import warnings

import pytest
import structlog

from bot.observe.log_writer import LogWriter, Sink, sink_of
from bot.observe.logs import set_up


class Lines:
    """A sink that keeps what it is given and can be held."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.reached, self.goes = threading.Event(), threading.Event()
        self.goes.set()

    def __call__(self, line: str) -> None:
        self.reached.set()
        self.goes.wait()
        self.written.append(line)


class Odd:
    """A value that cannot be shown."""

    def __repr__(self) -> str:
        raise RuntimeError("never shown")


@pytest.fixture
def lines() -> Lines:
    return Lines()


def writer_to(sink: Sink, *, most_waiting: int = 100) -> LogWriter:
    return LogWriter(sink, notice=lambda count: f"{count} dropped", most_waiting=most_waiting)


def test_lines_are_written_in_order_and_the_rest_at_the_stop(lines):
    writer = writer_to(lines, most_waiting=10_000)
    for number in range(5_000):
        writer.put(str(number))
    writer.stop(within=60)
    assert lines.written == [f"{number}\n" for number in range(5_000)]
    assert writer.dropped == 0


def test_a_stuck_sink_holds_up_nobody_and_what_was_dropped_is_told_afterwards(lines):
    writer = writer_to(lines, most_waiting=3)
    lines.goes.clear()
    writer.put("held")
    lines.reached.wait()
    for number in range(10):
        writer.put(str(number))
    assert writer.dropped == 7
    lines.goes.set()
    writer.stop(within=60)
    assert lines.written == ["held\n", "0\n", "1\n", "2\n", "7 dropped\n"]


def test_a_sink_that_fails_drops_each_line_and_tells_once_it_works(lines):
    def sink(line: str) -> None:
        if line.startswith("lost"):
            raise OSError("no space left on device")
        lines(line)

    writer = writer_to(sink)
    for _ in range(3):
        writer.put("lost")
    writer.put("written")
    writer.stop(within=60)
    assert lines.written == ["written\n", "3 dropped\n"]
    assert writer.dropped == 3


def test_a_stop_does_not_wait_for_a_sink_that_is_stuck(lines):
    writer = writer_to(lines)
    lines.goes.clear()
    writer.put("held")
    writer.stop(within=0.01)
    assert lines.written == []
    lines.goes.set()


def test_a_long_line_is_written_in_pieces_and_half_a_character_is_escaped():
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    with open(writing, "w", encoding="utf-8") as below:
        sink = sink_of(below)
        stuck = threading.Thread(target=sink, args=("x" * 200_000 + "\n",))
        stuck.start()
        told = b""
        while len(told) < 200_001:
            told += os.read(reading, 65_536)
        stuck.join()
        sink("半\ud800\n")
        assert os.read(reading, 100).decode() == "半\\ud800\n"
        os.close(reading)
        with pytest.raises(BrokenPipeError):
            sink("nobody reads\n")


def test_a_line_that_was_cut_is_ended_before_the_next_one(tmp_path):
    path, failed = tmp_path / "pipe", []
    os.mkfifo(path)
    reading = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with open(os.open(path, os.O_WRONLY | os.O_NONBLOCK), "w", encoding="utf-8") as below:
        sink = sink_of(below)

        def write_twice() -> None:
            try:
                sink("x" * 200_000 + "\n")
            except BrokenPipeError as error:
                failed.append(error)
            reopened.wait()
            sink("next\n")

        reopened = threading.Event()
        writing = threading.Thread(target=write_twice)
        writing.start()
        assert select.select([reading], [], [], 60)[0]
        os.close(reading)
        while not failed:
            writing.join(0.001)
        reading = os.open(path, os.O_RDONLY)
        reopened.set()
        told = b""
        while not told.endswith(b"next\n"):
            told += os.read(reading, 65_536)
        writing.join()
        os.close(reading)
    assert told.endswith(b"x\nnext\n")


def test_a_closed_stderr_drops_every_line():
    writer = writer_to(sink_of(None))
    writer.put("nowhere")
    writer.stop(within=60)
    assert writer.dropped == 1


@pytest.mark.parametrize("form", ["text", "json"])
def test_values_that_cannot_be_formatted_do_no_harm(restored, lines, form):
    writer = set_up(level="info", form=form, secrets=["s3cr3t"], sink=lines)
    log, circle = structlog.get_logger(), []
    circle.append(circle)
    log.info("odd", value=Odd(), fine=1)
    log.info("round", value=circle)
    log.info("half", value="\ud800 s3cr3t")
    log.debug("unheard")
    writer.stop(within=60)
    assert [event in line for event, line in zip(("odd", "round", "half"), lines.written, strict=True)] == [True] * 3
    assert "<Odd>" in lines.written[0]
    assert "s3cr3t" not in lines.written[2]
    if form == "json":
        assert [json.loads(line)["level"] for line in lines.written] == ["info"] * 3


def test_logs_of_libraries_and_warnings_take_the_same_way_without_their_texts(restored, lines):
    writer = set_up(level="info", form="text", sink=lines)
    logging.getLogger("somebody").error("a token")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("never awaited", RuntimeWarning, stacklevel=1)
    writer.stop(within=60)
    assert lines.written[0] == "ERROR somebody\n"
    assert lines.written[1].startswith("WARNING py.warnings ")
    assert lines.written[1].endswith("RuntimeWarning: never awaited\n")
