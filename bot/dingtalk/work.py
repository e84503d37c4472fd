"""Handlers under way: owned tasks, so many at once and the others in line, awaited or cancelled at the end."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any

Job = Callable[[], Coroutine[Any, Any, None]]


class Work:
    """Runs at most `limit` jobs at once and keeps up to `backlog` more waiting; `failed` hears of what a job raised."""

    def __init__(self, *, limit: int, backlog: int, failed: Callable[[BaseException], None]) -> None:
        self._limit = limit
        self._backlog = backlog
        self._failed = failed
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting: deque[Job] = deque()

    def start(self, job: Job) -> bool:
        """Run a job now or in its turn; False where too many are waiting already."""
        if len(self._tasks) < self._limit:
            self._run(job)
        elif len(self._waiting) < self._backlog:
            self._waiting.append(job)
        else:
            return False
        return True

    async def drain(self, seconds: float) -> None:
        """Wait until nothing is under way, but no longer than this."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while self._tasks and loop.time() < until:
            await asyncio.wait(self._tasks, timeout=until - loop.time())

    async def cancel(self) -> None:
        """Give up what is still under way."""
        self._waiting.clear()
        while self._tasks:
            for task in self._tasks:
                task.cancel()
            await asyncio.wait(self._tasks)

    def _run(self, job: Job) -> None:
        task = asyncio.create_task(job(), name="stream-work")
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if self._waiting and len(self._tasks) < self._limit:
            self._run(self._waiting.popleft())
        if not task.cancelled() and (error := task.exception()) is not None:
            self._failed(error)
