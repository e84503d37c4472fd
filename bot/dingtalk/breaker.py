"""Leaves an API alone that fails call after call: whoever would wait for it is told so, and one call tries again."""

from __future__ import annotations

from collections.abc import Callable

from bot.dingtalk.jitter import jitter
from bot.errors import Unavailable

FAILURES = 20
"""So many in a row, all of them timeouts or break-downs; an API that fails three times in ten does not get there."""
REST = (5.0, 60.0)
"""Seconds without a call: at first, and at most, doubled each time."""


class Resting(Unavailable):
    """Nothing was sent, as the last calls of this API all failed; a repeat would be told the same."""


class Breaker:
    """One API. Every call that `admit` lets through says how it ended: `good` for an answer, whatever it says."""

    def __init__(self, api: str, clock: Callable[[], float], *, failures: int = FAILURES) -> None:
        self._api = api
        self._clock = clock
        self._most = failures
        self._failures = 0
        self._rest = 0.0
        self._until = 0.0
        self._trying = False

    @property
    def is_open(self) -> bool:
        """Whether calls are refused, but for the one that tries."""
        return self._rest > 0

    def admit(self) -> bool:
        """True where this call is the one that tries. Raises Resting."""
        if not self._rest:
            return False
        left = self._until - self._clock()
        if self._trying or left > 0:
            raise Resting(f"its last {self._failures} calls failed, tried again in {max(left, 0):.0f} s", api=self._api)
        self._trying = True
        return True

    def ended(self, *, good: bool, tried: bool) -> None:
        """A call has ended. One that was given up by its caller says nothing and is not told, unless it tried."""
        self._trying = self._trying and not tried
        if good:
            self._failures, self._rest = 0, 0.0
            return
        self._failures += 1
        if tried or (self._failures >= self._most and not self._rest):
            self._rest = min(self._rest * 2 or REST[0], REST[1])
            self._until = self._clock() + jitter(self._rest * 0.9, self._rest)
