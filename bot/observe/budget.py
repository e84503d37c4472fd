"""The month's calls: counted in the store for all processes, with a warning before they run out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog

from bot.observe.metrics import Metrics
from bot.store import Store, calls

log = structlog.get_logger(__name__)

WARN_AT = 0.8
_BILLED_IN = ZoneInfo("Asia/Shanghai")  # DingTalk counts calendar months there


def month_of(moment: datetime) -> str:
    """The month that a call at `moment` is billed in, "2026-03"."""
    return f"{moment.astimezone(_BILLED_IN):%Y-%m}"


class Budget:
    """Counts calls in memory and adds them to the store now and then."""

    def __init__(self, store: Store, metrics: Metrics, *, monthly_calls: int, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._metrics = metrics
        self._monthly_calls = monthly_calls
        self._clock = clock
        self._new: Counter[str] = Counter()
        self._warned_in = ""
        self._spent = 0

    def spent_share(self) -> float:
        """How much of the month's calls was gone when they were last added up, from 0 to 1 and beyond."""
        return self._spent / self._monthly_calls

    def spend(self, api: str) -> None:
        """One more counted call."""
        self._new[api] += 1

    async def flush(self) -> int:
        """Adds what was counted to the store; the month's calls in all. Raises StoreError, and nothing is lost then."""
        month = month_of(self._clock())
        counted, self._new = self._new, Counter()
        try:
            if counted:
                await calls.add(self._store, month, counted)
        except BaseException:
            self._new.update(counted)
            raise
        self._spent = spent = await calls.spent(self._store, month)
        self._metrics.budget(spent=spent, of=self._monthly_calls)
        self._warn(month, spent)
        return spent

    def _warn(self, month: str, spent: int) -> None:
        if spent >= WARN_AT * self._monthly_calls and self._warned_in != month:
            self._warned_in = month
            log.warning("monthly_calls_running_out", spent=spent, budget=self._monthly_calls)
