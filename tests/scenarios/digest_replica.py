"""The digests of one process by themselves, driven by a clock that a test turns."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from scenario import PATIENT, config_of

from bot.availability.holidays import HolidayTable
from bot.cards import Renderer
from bot.chat.answering.reply import PUBLIC_TEMPLATE
from bot.delivery.sender import Letters
from bot.digests.opening import digests_of
from bot.digests.quota import Quota
from bot.digests.runner import Post, Rounds
from bot.emulator import Emulator
from bot.observe.metrics import Metrics
from bot.store import Store
from bot.timing import Timing
from bot.wiring import api_of, services_of

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

    rounds: Rounds
    clock: Turned

    async def look(self, now: datetime) -> int:
        """One round at `now`; how many digests it took on."""
        self.clock.now = now
        return await self.rounds.run(self.clock())


@asynccontextmanager
async def replica(
    dingtalk: Emulator,
    store_url: str,
    clock: Turned,
    /,
    *,
    post: Post | None = None,
    holidays: HolidayTable | None = None,
    **changes: Any,
) -> AsyncIterator[Replica]:
    """One process, on a store that others may have opened, too; `post` stands in for the way to DingTalk."""
    config, quota = config_of(dingtalk, store_url, **changes), Quota()
    async with await Store.open(store_url) as store, api_of(config, on_call=quota.hear, timing=TIMING) as api:
        services = replace(services_of(config, api, store, holidays, timing=TIMING), clock=clock)
        letters = Letters(
            api=api.in_background(),
            store=store,
            renderer=Renderer(),
            robot_code=config.dingtalk.robot,
            template_id=PUBLIC_TEMPLATE,
            clock=clock,
        )
        wakes = digests_of(services, api=api.in_background(), post=post or letters, quota=quota, meter=Metrics())
        yield Replica(wakes.rounds, clock)
