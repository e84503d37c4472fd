"""Begins a round when a digest is due, and now and then in case another process died."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, time
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.digests.runner import DigestRunner
from bot.endless import Loop, attempt
from bot.errors import StoreError
from bot.timing import Timing

log = structlog.get_logger(__name__)


class DigestScheduler:
    """One job for each zone and time of day at which digests go out. A wake only looks: the store decides."""

    def __init__(self, runner: DigestRunner, *, clock: Callable[[], datetime], timing: Timing) -> None:
        self.runner = runner
        self._clock = clock
        self._every_seconds = timing.digest_look
        self._looking = Loop("digests", self._look, within=timing.late_after(timing.digest_look))
        self._woken = asyncio.Event()
        self._woken.set()
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"coalesce": True, "misfire_grace_time": None})
        self._performing: set[asyncio.Task[bool]] = set()

    @property
    def loops(self) -> Sequence[Loop]:
        """What looks, and what renews leases while there are any."""
        return [self._looking, self.runner.upkeep]

    def start(self) -> None:
        """Begins, with a look at what became due while nobody was there."""
        self._scheduler.start()
        self._looking.start()

    async def stop(self) -> None:
        """Ends at once: what is not finished is anybody's."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        await self._looking.stop()
        for task in self._performing:
            task.cancel()
        await asyncio.gather(*self._performing, return_exceptions=True)
        try:
            await self.runner.release()
        except StoreError as error:  # its leases run out
            log.error("digests_not_released", error=str(error))

    async def _look(self) -> None:
        """Waits for a wake, not for long; then begins a round, which goes on beside the next look."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._every_seconds):
                await self._woken.wait()
        self._woken.clear()
        now = self._clock()
        try:
            runs = await self.runner.begin(now)
        except StoreError as error:
            log.error("digests_not_looked_at", error=str(error))
            return
        if runs:
            task = asyncio.create_task(attempt("digests", partial(self.runner.perform, runs, now)), name="digests")
            self._performing.add(task)
            task.add_done_callback(self._performing.discard)
        self._plan()

    def _plan(self) -> None:
        """Jobs for what is due next, in the place of those that were.

        APScheduler goes by the machine's clock, the digests by the bot's, which may be another.
        """
        now = self._clock()
        ahead = datetime.now(UTC) - now
        wakes = self.runner.schedule.wakes(now)
        wanted = {_job_id(zone, at): (zone, due) for (zone, at), due in wakes.items()}
        for job in self._scheduler.get_jobs():
            if job.id not in wanted:
                job.remove()
        for job_id, (zone, due) in wanted.items():
            self._scheduler.add_job(
                _wake, "date", [self._woken], run_date=due + ahead, timezone=zone, id=job_id, replace_existing=True
            )


async def _wake(woken: asyncio.Event) -> None:
    """A coroutine, so that it runs in the event loop and not in a thread."""
    woken.set()


def _job_id(zone: str, at: time) -> str:
    return f"digest {zone} {at:%H:%M}"
