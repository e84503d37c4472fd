"""Tasks that never end: pass after pass, with a boundary around each, and a look at when they last came round."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress

import structlog

log = structlog.get_logger(__name__)

Step = Callable[[], Awaitable[object]]

_AFTER_A_FAILURE = 1.0
"""Seconds before the next pass, at least: what fails at once must not keep the event loop busy."""


class Loop:
    """One endless task. `step` is a pass; the next one begins `pause` seconds after it, whatever became of it.

    `first`: seconds before the first pass. `within`: it is late where it has not come round for so many seconds; None
    for a pass that may wait as long as it likes. An exception of `ends_at` ends the task, and a cancellation.
    """

    def __init__(
        self,
        name: str,
        step: Step,
        *,
        within: float | None,
        pause: float = 0.0,
        first: float = 0.0,
        ends_at: tuple[type[Exception], ...] = (),
    ) -> None:
        self.name = name
        self.failures = 0
        """Passes that raised."""
        self._step = step
        self._within = within
        self._pause = pause
        self._first = first
        self._ends_at = ends_at
        self._came_round_at = 0.0
        self._task: asyncio.Task[None] | None = None

    @property
    def is_late(self) -> bool:
        """True where it has ended by itself, or should have come round by now. Not so before its start."""
        if self._task is None:
            return False
        if self._task.done():
            return True
        return self._within is not None and _now() - self._came_round_at > self._within

    def start(self) -> asyncio.Task[None]:
        """Begins; the task is the loop's own."""
        self._came_round_at = _now() + self._first
        self._task = asyncio.create_task(self._run(), name=self.name)
        return self._task

    async def stop(self) -> None:
        """Cancels what is under way and waits for its end."""
        task, self._task = self._task, None
        if task:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _run(self) -> None:
        await asyncio.sleep(self._first)
        while True:
            failed = not await attempt(self.name, self._step, ends_at=self._ends_at)
            self.failures += failed
            self._came_round_at = _now()
            await asyncio.sleep(max(self._pause, _AFTER_A_FAILURE) if failed else self._pause)


async def attempt(name: str, step: Step, *, ends_at: tuple[type[Exception], ...] = ()) -> bool:
    """True where `step` went well; what it raised otherwise is logged, but for `ends_at` and our own cancellation."""
    try:
        await step()
    except ends_at:
        raise
    except asyncio.CancelledError as error:
        task = asyncio.current_task()
        if task is None or task.cancelling():
            raise
        tell("pass_failed", error, loop=name)  # somebody else's, of a task that was awaited
    except Exception as error:  # noqa: BLE001 - the boundary of endless tasks
        tell("pass_failed", error, loop=name)
    else:
        return True
    return False


async def stop_all(loops: Iterable[Loop]) -> None:
    """Ends all of them at once."""
    await asyncio.gather(*(loop.stop() for loop in loops))


def tell(event: str, error: BaseException, **more: str) -> None:
    """Logs `error` without its text, and does without where it is the log that fails."""
    with suppress(Exception):
        log.error(event, error=type(error).__name__, where=where(error), **more)


def where(error: BaseException) -> str:
    """The innermost line, without values: what people wrote may be among them."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace else ""


def _now() -> float:
    return asyncio.get_running_loop().time()
