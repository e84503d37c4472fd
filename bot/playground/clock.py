"""The stage's clock: one object for the emulated DingTalk, the bot and its schedules, to be set and sped up."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

SPEEDS = (1, 60, 600)
"""Seconds of the stage in a second of the machine."""


class StageClock:
    """Gives the stage's present time, in UTC, when it is called. `ticks` gives seconds that never run backwards."""

    def __init__(self, at: datetime, *, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ticks = ticks
        self.speed = 1
        self._set(at)

    def __call__(self) -> datetime:
        """The present time."""
        return self._at + timedelta(seconds=(self._ticks() - self._since) * self.speed)

    def set(self, at: datetime) -> None:
        """Set it forward to an aware time. Raises ValueError for one that is over: what was said cannot be unsaid."""
        now = self()
        if at < now:
            raise ValueError(f"found {at.isoformat()}, expected a time after {now.isoformat(timespec='seconds')}")
        self._set(at)

    def run(self, speed: int) -> None:
        """Run at one of `SPEEDS` from now on. Raises ValueError for another."""
        if speed not in SPEEDS:
            raise ValueError(f"found the speed {speed}, expected one of {', '.join(map(str, SPEEDS))}")
        self._set(self())
        self.speed = speed

    def _set(self, at: datetime) -> None:
        self._at, self._since = at.astimezone(UTC), self._ticks()
