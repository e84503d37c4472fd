"""Who causes the calls that are being made, so that they count against that person's share of the month."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

from bot.model.people import MsgId, StaffId

_spender: ContextVar[StaffId | None] = ContextVar("spender", default=None)


@contextmanager
def spending(who: StaffId | None) -> Iterator[None]:
    """Calls made inside, and in the tasks that are started there, are caused by `who`; None: by the bot itself."""
    outer = _spender.set(who)
    try:
        yield
    finally:
        _spender.reset(outer)


class Allowance(Protocol):
    """How much of the month's calls one person may cause in a day."""

    def is_spent(self, who: StaffId) -> bool:
        """True where `who` is to cause no more calls today."""

    async def tells(self, who: StaffId, msg_id: MsgId) -> bool:
        """True for the one message a day that is answered by saying so. Raises StoreError."""


def spender() -> StaffId | None:
    """Who causes the call that is being made here."""
    return _spender.get()
