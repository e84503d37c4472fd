"""Keeps every API below its limit of calls a second: people's calls first, and among equals first come first served.

Not pyrate-limiter, whose sliding window this is otherwise: it stamps a call when it is admitted, so that twenty calls
that first wait for their TLS handshakes meet the next twenty at the server inside one second; it wakes 50 ms late by
default (20 per 1.11 s); and a freed place goes to whoever wakes first.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from math import inf

WINDOW = 1.045
"""Seconds; the 45 ms above one second are for the network, which may carry an early call slower than a later one."""
HASTE = 0.015
"""Seconds by which a call of a person comes closer to calls in the background: those are spread evenly, so that a place
falls free every 50 ms anyhow, and the one call that comes between them needs less of the margin."""
_BEHIND = 0.3
"""Seconds that calls in the background make up for where the loop woke those that waited too late."""


class Slot:
    """One admitted call. It fills a place from its admission until a window after its departure."""

    __slots__ = ("_background", "_done", "_pacer")

    def __init__(self, pacer: "Pacer", *, background: bool) -> None:
        self._pacer = pacer
        self._background = background
        self._done = False

    def departed(self) -> None:
        """The request goes onto the wire now."""
        if not self._done:
            self._done = True
            self._pacer._leave(sent=True, background=self._background)

    def close(self) -> None:
        """The call is over; where it never departed, its place is free at once."""
        if not self._done:
            self._done = True
            self._pacer._leave(sent=False)


class Pacer:
    """The window of one API: `limit` departures in any `window` seconds, those of people all together if need be.

    Calls in the background are spread evenly over the window and wait for as long as anybody else does.
    """

    def __init__(self, limit: int, *, window: float = WINDOW, clock: Callable[[], float] | None = None) -> None:
        self._limit = limit
        self._window = window
        self._clock = clock or asyncio.get_running_loop().time
        self._sent: deque[tuple[float, bool]] = deque()  # departures, and whether they were in the background
        self._admitted = 0
        self._paused_until = 0.0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._behind: deque[asyncio.Future[None]] = deque()  # in the background
        self._next_behind = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = 0.0

    async def admit(self, *, background: bool = False) -> Slot:
        """Wait for a place; the longest waiting caller gets the next one, after all that are not in the background."""
        queues = (self._waiting, self._behind) if background else (self._waiting,)
        if any(queues) or self._clock() < self._free_at(background=background):
            await self._queue(queues[-1])
        else:
            self._take(background=background, behind=0.0)
        return Slot(self, background=background)

    def pause(self, seconds: float) -> None:
        """Admit nobody for a while: DingTalk refused a call of this API as too many."""
        self._paused_until = max(self._paused_until, self._clock() + seconds)

    async def _queue(self, queue: deque[asyncio.Future[None]]) -> None:
        place = asyncio.get_running_loop().create_future()
        queue.append(place)
        self._wake()
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():  # admitted and cancelled in the same turn of the loop
                self._leave(sent=False)
            raise

    def _free_at(self, *, background: bool) -> float:
        """When there is a place as far as is known now; infinity while only a departure can tell."""
        now = self._clock()
        while self._sent and self._sent[0][0] <= now - self._window:
            self._sent.popleft()
        first = max(self._paused_until, self._next_behind if background else 0.0)
        too_many = len(self._sent) + self._admitted - self._limit
        if too_many < 0:
            return first
        if too_many >= len(self._sent):
            return inf
        left, was_behind = self._sent[too_many]
        return max(first, left + self._window - (HASTE if was_behind and not background else 0.0))

    def _take(self, *, background: bool, behind: float = _BEHIND) -> None:
        self._admitted += 1
        if background:
            self._next_behind = max(self._next_behind, self._clock() - behind) + self._window / self._limit

    def _leave(self, *, sent: bool, background: bool = False) -> None:
        self._admitted -= 1
        if sent:
            self._sent.append((self._clock(), background))
        if self._waiting or self._behind:
            self._wake()

    def _wake(self) -> None:
        for queue, background in ((self._waiting, False), (self._behind, True)):
            while queue:
                if not queue[0].done():
                    when = self._free_at(background=background)
                    if self._clock() < when:
                        self._set_timer(when)
                        return
                    self._take(background=background)
                    queue[0].set_result(None)
                queue.popleft()

    def _set_timer(self, when: float) -> None:
        """Come back when the next place can be free; with all places admitted and none sent, a departure does that."""
        if when == inf or (self._timer is not None and self._timer_at <= when):
            return
        if self._timer is not None:
            self._timer.cancel()
        delay = max(when - self._clock(), 0.001)  # never zero: the timer may be a hair early, and would spin
        self._timer_at = when
        self._timer = asyncio.get_running_loop().call_later(delay, self._on_timer)

    def _on_timer(self) -> None:
        self._timer = None
        self._wake()
