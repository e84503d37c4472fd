"""An endless task outlives what its passes raise, says when it has not come round, and ends when it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
import structlog

from bot.endless import Loop, attempt, stop_all


class Passes:
    """Steps that a test gives one by one; each pass takes the next and waits where there is none."""

    def __init__(self) -> None:
        self.steps: asyncio.Queue[Callable[[], Awaitable[object]]] = asyncio.Queue()

    async def __call__(self) -> None:
        step = await self.steps.get()
        try:
            await step()
        finally:
            self.steps.task_done()


async def go() -> None:
    pass


async def fail() -> None:
    raise RuntimeError("what somebody wrote")


@asynccontextmanager
async def started(passes: Passes, *, within: float | None = None, **options: tuple) -> AsyncIterator[Loop]:
    loop = Loop("passes", passes, within=within, **options)
    loop.start()
    yield loop
    await loop.stop()


async def test_a_pass_that_raises_is_told_without_its_text_and_the_next_one_happens():
    passes = Passes()
    with structlog.testing.capture_logs() as logs:
        async with started(passes) as loop:
            for step in (fail, go):
                passes.steps.put_nowait(step)
            await passes.steps.join()
            assert (loop.failures, loop.is_late) == (1, False)
    [told] = logs
    assert (told["event"], told["loop"], told["error"]) == ("pass_failed", "passes", "RuntimeError")
    assert told["where"].startswith("fail:")
    assert "wrote" not in str(told)


async def test_a_cancellation_of_somebody_else_costs_one_pass():
    passes = Passes()

    async def await_what_is_cancelled() -> None:
        gone = asyncio.ensure_future(asyncio.sleep(60))
        gone.cancel()
        await gone

    async with started(passes) as loop:
        for step in (await_what_is_cancelled, go):
            passes.steps.put_nowait(step)
        await passes.steps.join()
        assert (loop.failures, loop.is_late) == (1, False)


async def test_a_log_that_cannot_be_written_costs_no_pass():
    def broken(*_: object) -> None:
        raise ValueError("I/O operation on closed file")

    passes, before = Passes(), structlog.get_config()
    structlog.configure(processors=[broken], cache_logger_on_first_use=False)
    try:
        async with started(passes):
            for step in (fail, go):
                passes.steps.put_nowait(step)
            await passes.steps.join()
    finally:
        structlog.configure(**before)


async def test_a_cancellation_ends_it_and_is_told_as_late():
    loop = Loop("passes", Passes(), within=None)
    assert not loop.is_late
    task = loop.start()
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert loop.is_late
    await loop.stop()
    assert not loop.is_late


async def test_an_error_that_is_to_end_it_ends_it():
    loop = Loop("passes", fail, within=None, ends_at=(RuntimeError,))
    with pytest.raises(RuntimeError):
        await loop.start()
    assert loop.is_late


async def test_a_pass_that_does_not_come_back_is_late_and_one_that_may_wait_is_not():
    passes, stuck = Passes(), asyncio.Event()
    async with started(passes, within=0) as loop, started(passes) as patient:
        passes.steps.put_nowait(stuck.wait)
        while not loop.is_late:  # noqa: ASYNC110 - the time that has passed has no event
            await asyncio.sleep(0)
        assert not patient.is_late


async def test_all_are_stopped_before_their_first_pass_too():
    loops = [Loop(str(number), fail, within=None, first=60) for number in range(3)]
    for loop in loops:
        loop.start()
    await stop_all(loops)
    assert [loop.failures for loop in loops] == [0, 0, 0]


async def test_one_attempt_says_how_it_went():
    assert await attempt("once", go)
    assert not await attempt("once", fail)
