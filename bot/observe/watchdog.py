"""Measures from a thread of its own how late the event loop is, and logs where it stands while something blocks it."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

import structlog

log = structlog.get_logger(__name__)

EVERY = 0.25
BLOCKED_FROM = (0.5, 5.0, 30.0)
"""Seconds of silence after which the stack is logged, each once while it lasts."""
_DEEPEST = 12


class Watchdog:
    """Asks the loop it is made in for a sign of life; `lagged` hears from the thread how many seconds each took."""

    def __init__(self, lagged: Callable[[float], object]) -> None:
        self._lagged = lagged
        self._loop = asyncio.get_running_loop()
        self._watched = threading.get_ident()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._main, name="watchdog", daemon=True)

    def start(self) -> None:
        """Begins to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Ends at its next look; not waited for."""
        self._stopping.set()

    def _main(self) -> None:
        while not self._stopping.wait(EVERY):
            asked, alive = time.monotonic(), threading.Event()
            try:
                self._loop.call_soon_threadsafe(alive.set)
            except RuntimeError:  # it is closed
                return
            with suppress(Exception):  # whatever befalls a look, the next one comes
                self._wait(alive, asked)
                self._lagged(time.monotonic() - asked)

    def _wait(self, alive: threading.Event, asked: float) -> None:
        for seconds in BLOCKED_FROM:
            if alive.wait(asked + seconds - time.monotonic()) or self._stopping.is_set():
                return
            log.warning("loop_blocked", seconds=seconds, stack=self._stack())
        while not alive.wait(EVERY) and not self._stopping.is_set():
            pass

    def _stack(self) -> str:
        """Where the loop's thread stands, the innermost call first; lines and names, no values."""
        frame: FrameType | None = sys._current_frames().get(self._watched)
        calls = traceback.extract_stack(frame)[-_DEEPEST:] if frame else []
        return " < ".join(f"{call.name} ({call.filename}:{call.lineno})" for call in reversed(calls))
