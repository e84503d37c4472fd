"""Wakes a round when a digest is due, and now and then in case a wake was missed or another process has died."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, time

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.digests.runner import Rounds
from bot.errors import StoreError

log = structlog.get_logger(__name__)


class Wakes:
    """One job for each zone and time of day at which digests go out. A wake only looks: the store decides."""

    def __init__(self, rounds: Rounds, *, clock: Callable[[], datetime], every_seconds: float) -> None:
        self.rounds = rounds
        self._clock = clock
        self._every_seconds = every_seconds
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"coalesce": True, "misfire_grace_time": None})
        self._looking: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begins, with a look at what became due while nobody was there."""
        self._scheduler.start()
        self._scheduler.add_job(self.look, "interval", seconds=self._every_seconds, next_run_time=datetime.now(UTC))

    async def stop(self) -> None:
        """Ends at once: what is not finished is anybody's."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        for task in self._looking:
            task.cancel()
        await asyncio.gather(*self._looking, return_exceptions=True)
        try:
            await self.rounds.release()
        except StoreError as error:  # its leases run out
            log.error("digests_not_released", error=str(error))

    async def look(self) -> None:
        """Begins a round now; also called when a digest was changed."""
        task = asyncio.create_task(self._look(), name="digests")
        self._looking.add(task)
        task.add_done_callback(self._looking.discard)

    async def _look(self) -> None:
        try:
            await self.rounds.run(self._clock())
        except StoreError as error:
            log.error("digests_not_looked_at", error=str(error))
        self._plan()

    def _plan(self) -> None:
        """Jobs for what is due next, in the place of those that were."""
        wakes = self.rounds.agenda.wakes(self._clock())
        wanted = {_job_id(zone, at): (zone, due) for (zone, at), due in wakes.items()}
        for job in self._scheduler.get_jobs():
            if job.id.startswith(_PREFIX) and job.id not in wanted:
                job.remove()
        for job_id, (zone, due) in wanted.items():
            self._scheduler.add_job(self.look, "date", run_date=due, timezone=zone, id=job_id, replace_existing=True)


_PREFIX = "digest "


def _job_id(zone: str, at: time) -> str:
    return f"{_PREFIX}{zone} {at:%H:%M}"
