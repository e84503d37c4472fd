"""The calls of a single command: counted in the month's and against the share of whoever causes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog

from bot.config import Config
from bot.dingtalk.http import CallRecord
from bot.errors import StoreError
from bot.model.people import StaffId
from bot.model.spending import spender
from bot.observe.budget import Budget
from bot.observe.metrics import Metrics
from bot.observe.shares import Shares
from bot.store import Store

log = structlog.get_logger(__name__)


class Metering:
    """Counts in memory until `flush` adds it to the store, where whoever serves and other commands count, too."""

    def __init__(self, config: Config, store: Store, *, clock: Callable[[], datetime]) -> None:
        settings = config.dingtalk
        self._shares = Shares(store, allowed=config.calls_a_day, clock=clock)
        self._budget = Budget(
            store,
            Metrics(),
            monthly_calls=settings.monthly_calls,
            monthly_pushes=settings.monthly_pushes,
            clock=clock,
        )

    def on_call(self, record: CallRecord) -> None:
        """Hears of every request."""
        if record.counted:
            self._budget.spend(record.api)
            if who := spender():
                self._shares.spend(who)

    def is_spent(self, who: StaffId) -> bool:
        """True where `who` is to cause no more calls today, as far as it was flushed."""
        return self._shares.is_spent(who)

    async def flush(self) -> None:
        """Adds what was counted, and learns what others did; a store that fails is logged, and nothing is lost."""
        try:
            await self._budget.flush()
            await self._shares.flush()
        except StoreError as error:
            log.error("calls_not_counted", error=str(error))
