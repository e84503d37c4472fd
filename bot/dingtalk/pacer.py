"""Keeps every API below its limit of calls a second, first come first served.

Not pyrate-limiter, whose sliding window this is otherwise: it stamps a call when it is admitted, so that twenty calls
that first wait for their TLS handshakes meet the next twenty at the server inside one second; it wakes 50 ms late by
default (20 per 1.11 s instead of 1.05 s); and a freed place goes to whoever wakes first.
"""

import asyncio
from collections import deque
from collections.abc import Callable

WINDOW = 1.05
"""Seconds; the 50 ms above one second are for the network, which may carry an early call slower than a later one."""


class Slot:
    """One admitted call. It fills a place from its admission until a window after its departure."""

    __slots__ = ("_done", "_pacer")

    def __init__(self, pacer: "Pacer") -> None:
        self._pacer = pacer
        self._done = False

    def departed(self) -> None:
        """The request goes onto the wire now."""
        if not self._done:
            self._done = True
            self._pacer._leave(sent=True)

    def close(self) -> None:
        """The call is over; where it never departed, its place is free at once."""
        if not self._done:
            self._done = True
            self._pacer._leave(sent=False)


class Pacer:
    """The window of one API: `limit` departures in any `window` seconds, all of them together if need be."""

    def __init__(self, limit: int, *, window: float = WINDOW, clock: Callable[[], float] | None = None) -> None:
        self._limit = limit
        self._window = window
        self._clock = clock or asyncio.get_running_loop().time
        self._sent: deque[float] = deque()
        self._admitted = 0
        self._paused_until = 0.0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = 0.0

    async def admit(self) -> Slot:
        """Wait for a place; the longest waiting caller gets the next one."""
        if self._waiting or not self._has_place():
            await self._queue()
        else:
            self._admitted += 1
        return Slot(self)

    def pause(self, seconds: float) -> None:
        """Admit nobody for a while: DingTalk refused a call of this API as too many."""
        self._paused_until = max(self._paused_until, self._clock() + seconds)

    async def _queue(self) -> None:
        place = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        self._wake()
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():  # admitted and cancelled in the same turn of the loop
                self._leave(sent=False)
            raise

    def _has_place(self) -> bool:
        now = self._clock()
        while self._sent and self._sent[0] <= now - self._window:
            self._sent.popleft()
        return now >= self._paused_until and len(self._sent) + self._admitted < self._limit

    def _leave(self, *, sent: bool) -> None:
        self._admitted -= 1
        if sent:
            self._sent.append(self._clock())
        if self._waiting:
            self._wake()

    def _wake(self) -> None:
        while self._waiting and (self._waiting[0].done() or self._has_place()):
            place = self._waiting.popleft()
            if not place.done():
                self._admitted += 1
                place.set_result(None)
        if self._waiting:
            self._set_timer()

    def _set_timer(self) -> None:
        """Come back when the next place can be free; with all places admitted and none sent, a departure does that."""
        full = len(self._sent) + self._admitted >= self._limit
        when = max(self._sent[0] + self._window if full and self._sent else 0.0, self._paused_until)
        if not when or (self._timer is not None and self._timer_at <= when):
            return
        if self._timer is not None:
            self._timer.cancel()
        delay = max(when - self._clock(), 0.001)  # never zero: the timer may be a hair early, and would spin
        self._timer_at = when
        self._timer = asyncio.get_running_loop().call_later(delay, self._on_timer)

    def _on_timer(self) -> None:
        self._timer = None
        self._wake()
