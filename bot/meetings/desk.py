"""What everything that is done with an event needs, and that an event is no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.dingtalk.http import Api
from bot.store import Store
from bot.store import bookings as holds
from bot.timing import Timing


@dataclass(frozen=True, slots=True)
class Gone:
    """There is no such event any more."""


@dataclass(frozen=True, slots=True)
class Meetings:
    """The events that the bot made: DingTalk, which has them, and the store, which remembers them."""

    api: Api
    store: Store
    clock: Callable[[], datetime]
    timing: Timing

    async def forget(self, event_id: str, *, began: datetime) -> None:
        """Drops an event that is no more; `began` is when it was begun to be deleted. Raises StoreError."""

        def undo(connection: Connection) -> None:
            holds.lock_in(connection)
            holds.undo_in(connection, event_id, began=began)

        await self.store.run(undo)
