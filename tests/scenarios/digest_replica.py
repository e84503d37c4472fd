"""The digests of one process by themselves, driven by a clock that a test turns."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from scenario import PATIENT, config_of

from bot import wiring
from bot.availability.holidays import HolidayTable
from bot.delivery.sender import Sender
from bot.digests.quota import Quota
from bot.digests.runner import DigestRunner
from bot.emulator import Emulator
from bot.observe.metrics import Metrics
from bot.store import Store
from bot.timing import Timing

TIMING = replace(PATIENT, digest_lease=Timing().digest_lease)
"""Leases run out by the clock that is turned, so that they may be the real ones."""


@dataclass
class Turned:
    """A clock that stands still until it is turned."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now.astimezone(UTC)


@dataclass
class Replica:
    """What one process knows of digests."""

    runner: DigestRunner
    clock: Turned

    async def look(self, now: datetime) -> int:
        """One round at `now`; how many digests it took on."""
        self.clock.now = now
        return await self.runner.run(self.clock())


@asynccontextmanager
async def replica(
    dingtalk: Emulator,
    store_url: str,
    clock: Turned,
    /,
    *,
    sender: Sender | None = None,
    holidays: HolidayTable | None = None,
    **changes: Any,
) -> AsyncIterator[Replica]:
    """One process, on a store that others may have opened, too; `sender` stands in for the way to DingTalk."""
    tables = {holidays.country: holidays} if holidays else {}
    config, quota = config_of(dingtalk, store_url, **{"holidays": next(iter(tables), None), **changes}), Quota()
    async with (
        await Store.open(store_url) as store,
        wiring.core(config, store, holidays=tables, clock=clock, on_call=quota.hear, timing=TIMING) as built,
    ):
        scheduler = wiring.digests(built, quota=quota, meter=Metrics(), sender=sender)
        yield Replica(scheduler.runner, clock)
