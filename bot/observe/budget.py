"""The month's calls and pushes: counted in the store for all processes, and told before they run out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

import structlog
from sqlalchemy import Connection

from bot.model.billing import Resource, Spent, month_of
from bot.observe.metrics import Metrics
from bot.store import Store, calls, pushes

log = structlog.get_logger(__name__)

WARN_AT = 0.8
"""Of the month: from here on the log says so."""
TELL_AT = 0.95
"""Of the month: from here on the administrators are told."""

RunningOut = Callable[[Resource], Awaitable[object]]


class Budget:
    """Counts in memory and adds it to the store now and then.

    `running_out` is called at each flush for what is nearly gone, or is, and may be called again and again.
    """

    def __init__(
        self,
        store: Store,
        metrics: Metrics,
        *,
        monthly_calls: int,
        monthly_pushes: int,
        clock: Callable[[], datetime],
        running_out: RunningOut | None = None,
    ) -> None:
        self._store = store
        self._metrics = metrics
        self._allowed = {Resource.CALLS: monthly_calls, Resource.PUSHES: monthly_pushes}
        self._clock = clock
        self._running_out = running_out
        self._new: Mapping[Resource, Counter[str]] = {each: Counter() for each in Resource}
        self._spent = dict.fromkeys(Resource, 0)
        self._warned: set[tuple[Resource, str]] = set()
        self._gone: set[tuple[Resource, str]] = set()

    def spent_share(self) -> float:
        """How much of the month's calls was gone when they were last added up, from 0 to 1 and beyond."""
        return self._spent[Resource.CALLS] / self._allowed[Resource.CALLS]

    def spent(self, resource: Resource) -> Spent:
        """What was gone when it was last added up."""
        gone = (resource, month_of(self._clock())) in self._gone
        return Spent(self._spent[resource], self._allowed[resource], gone)

    def spend(self, api: str) -> None:
        """One more counted call."""
        self._new[Resource.CALLS][api] += 1

    def pushed(self, kind: str) -> None:
        """One more message or press that DingTalk delivered."""
        self._new[Resource.PUSHES][kind] += 1

    def gone(self, resource: Resource) -> None:
        """DingTalk says that there are none left."""
        self._gone.add((resource, month_of(self._clock())))

    async def flush(self) -> int:
        """Adds what was counted to the store; the month's calls in all. Raises StoreError, and nothing is lost then."""
        month = month_of(self._clock())
        counted = {each: Counter(new) for each, new in self._new.items()}
        for each in Resource:
            self._new[each].clear()

        def add(connection: Connection) -> dict[Resource, int]:
            calls.add_in(connection, month, counted[Resource.CALLS])
            pushes.add_in(connection, month, counted[Resource.PUSHES])
            return {
                Resource.CALLS: calls.spent_in(connection, month),
                Resource.PUSHES: pushes.spent_in(connection, month),
            }

        try:
            self._spent = await self._store.run(add)
        except BaseException:
            for each in Resource:
                self._new[each].update(counted[each])
            raise
        for each in Resource:
            await self._look(each, month)
        return self._spent[Resource.CALLS]

    async def _look(self, resource: Resource, month: str) -> None:
        number, of = self._spent[resource], self._allowed[resource]
        self._metrics.budget(resource, spent=number, of=of)
        if number >= WARN_AT * of and (resource, month) not in self._warned:
            self._warned.add((resource, month))
            log.warning(f"monthly_{resource.value}_running_out", spent=number, budget=of)
        if self._running_out and (number >= TELL_AT * of or (resource, month) in self._gone):
            await self._running_out(resource)
