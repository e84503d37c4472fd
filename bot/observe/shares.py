"""The calls that one person may cause in a day: counted in memory at once, in the store for all processes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import Connection

from bot.model.billing import day_of
from bot.model.people import MsgId, StaffId
from bot.store import Store, shares


class Shares:
    """The calls of everybody on the present day. `allowed` is how many one person may cause."""

    def __init__(self, store: Store, *, allowed: int, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._allowed = allowed
        self._clock = clock
        self._day = date.min
        self._here: Counter[StaffId] = Counter()  # all of this process
        self._new: Counter[StaffId] = Counter()  # of those, what the store does not know
        self._known: dict[StaffId, int] = {}  # of all processes, of those who come near

    def spend(self, who: StaffId) -> None:
        """One more call that `who` caused."""
        self._turn_day()
        self._here[who] += 1
        self._new[who] += 1

    def is_spent(self, who: StaffId) -> bool:
        """True where `who` is to cause no more calls today."""
        self._turn_day()
        return max(self._here[who], self._known.get(who, 0) + self._new[who]) >= self._allowed

    async def tells(self, who: StaffId, msg_id: MsgId) -> bool:
        """True for the one message a day that is answered by saying so. Raises StoreError."""
        return await shares.tell(self._store, day_of(self._clock()), who, msg_id)

    async def flush(self) -> None:
        """Adds what was counted to the store and learns what others did. Raises StoreError; nothing is lost then."""
        self._turn_day()
        day, (counted, self._new) = self._day, (self._new, Counter())

        def add(connection: Connection) -> dict[StaffId, int]:
            shares.add_in(connection, day, counted)
            return shares.of_day_in(connection, day, least=max(self._allowed // 2, 1))

        try:
            known = await self._store.run(add)
        except BaseException:
            if day == self._day:
                self._new.update(counted)
            raise
        if day == self._day:
            self._known = known

    def _turn_day(self) -> None:
        day = day_of(self._clock())
        if day != self._day:
            self._day, self._here, self._new, self._known = day, Counter(), Counter(), {}
