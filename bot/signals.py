"""What the process does when it is told to end: from its first instant on, and also as PID 1, which no default ends."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType

_LAST_LINE = 0.2
"""Seconds that a last line of the log has to be written."""


def end_at_once(code: int) -> None:
    """From now on SIGTERM ends the process with `code`, until something serves: so far nothing was taken in."""

    def end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signature of handlers
        raise SystemExit(code)

    signal.signal(signal.SIGTERM, end)


def outlive_hang_ups() -> None:
    """From now on SIGHUP goes by; `heed` tells of it."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)


def heed(
    *, stop: Callable[[], object], hung_up: Callable[[], object], forced: Callable[[], object], within: float
) -> None:
    """From now on the first SIGTERM or SIGINT calls `stop`, and each SIGHUP `hung_up`, in the main thread.

    A process that is still there `within` seconds after it was told to stop is ended with 1, whatever holds it up;
    `forced` is called before, in a thread.
    """
    told = False

    def end_by_force() -> None:
        time.sleep(within)
        forced()
        time.sleep(_LAST_LINE)
        os._exit(1)

    def on_stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        nonlocal told
        if not told:
            told = True
            threading.Thread(target=end_by_force, name="stop", daemon=True).start()
            stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_stop)
    signal.signal(signal.SIGHUP, lambda _, __: hung_up())
