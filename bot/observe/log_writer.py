"""Writes log lines in a thread of its own, so that no log ever raises into the bot or holds it up."""

from __future__ import annotations

import os
import queue
import select
import threading
from collections.abc import Callable
from typing import TextIO

MOST_WAITING = 10_000
"""Lines that wait while the sink is stuck; what is logged beyond them is dropped."""

Sink = Callable[[str], object]
"""Writes one line with its end, or raises. It may block."""


class LogWriter:
    """Hands lines to `sink`, one after the other. What it could not write is counted, and told once it can again.

    `notice` makes the line that says how many lines were dropped.
    """

    def __init__(self, sink: Sink, *, notice: Callable[[int], str], most_waiting: int = MOST_WAITING) -> None:
        self._sink = sink
        self._notice = notice
        self._most_waiting = most_waiting
        # Not `queue.Queue`: a log from a finalizer that runs inside its `put` would wait for its own lock.
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._shed = self._failed = self._told = 0
        # A daemon, so that a stuck sink cannot keep the process from ending.
        self._thread = threading.Thread(target=self._main, name="log", daemon=True)
        self._thread.start()

    @property
    def dropped(self) -> int:
        """Lines that were not written so far."""
        return self._shed + self._failed

    def put(self, line: str) -> None:
        """Queues a line. Neither waits nor raises."""
        if self._lines.qsize() < self._most_waiting:
            self._lines.put(line)
        else:
            self._shed += 1

    def stop(self, *, within: float = 1.0) -> None:
        """Writes what waits, within so many seconds; the rest is lost."""
        self._lines.put(None)
        self._thread.join(within)

    def _main(self) -> None:
        while (line := self._lines.get()) is not None:
            written = self._write(line)
            self._failed += not written
            if written and self._lines.empty():
                self._tell()
        self._tell()

    def _tell(self) -> None:
        dropped = self.dropped
        if dropped > self._told and self._write(self._notice(dropped - self._told)):
            self._told = dropped

    def _write(self, line: str) -> bool:
        try:
            self._sink(line + "\n")
        except Exception:  # noqa: BLE001 - the boundary: there is nowhere left to tell it
            return False
        return True


def sink_of(stream: TextIO | None) -> Sink:
    """Writes to the file below `stream` where it has one; None, a stream that was closed before the start, fails."""
    if stream is None:
        return _nowhere
    try:
        descriptor = stream.fileno()
    except (OSError, ValueError):  # in memory
        return lambda line: (stream.write(line), stream.flush())
    return _Descriptor(stream, descriptor)


class _Descriptor:
    """A file without Python's buffers: those would keep what failed, and be in the way of whoever ends the process."""

    def __init__(self, stream: TextIO, number: int) -> None:
        self._stream = stream  # which closes the file when nobody has it any more
        self._number = number
        self._encoding = stream.encoding or "utf-8"
        self._torn = False

    def __call__(self, line: str) -> None:
        left = memoryview((("\n" if self._torn else "") + line).encode(self._encoding, "backslashreplace"))
        while left:
            try:
                written = os.write(self._number, left)
            except BlockingIOError:
                select.select([], [self._number], [])
                continue
            self._torn = written < len(left)
            left = left[written:]


def _nowhere(_: str) -> None:
    raise OSError("there is no stderr")
