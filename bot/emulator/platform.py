"""The platform itself: settings, clocks, tokens, tickets, rates, the ledger, and the faults that are switched on."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.emulator.faults import Faults
from bot.emulator.ledger import Ledger
from bot.emulator.rate import RollingCount
from bot.emulator.settings import Settings
from bot.emulator.sign_ins import SignIns
from bot.emulator.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket of connections/open: single use, until `expires` on the loop's clock."""

    expires: float
    subscriptions: frozenset[tuple[str, str]]
    agent: str


class Platform:
    """What every call and every push passes, whatever it is about."""

    def __init__(self, settings: Settings, now: Callable[[], datetime] | None = None) -> None:
        self.settings = settings
        self.now = now or (lambda: datetime.now(UTC))
        self.url = ""
        self.rng = random.Random(settings.seed)  # noqa: S311
        self.tokens = Tokens(settings.token_life)
        self.sign_ins = SignIns(life=settings.user_token_life, refresh_life=settings.refresh_token_life)
        self.tickets: dict[str, Ticket] = {}
        self.rates = RollingCount()
        self.ledger = Ledger(settings.ledger_limit)
        self.faults = Faults(self.tokens, self.sign_ins, unacked_after=settings.redeliver_unacked)

    def clock(self) -> float:
        """Seconds of the loop's clock, by which the ledger counts."""
        return asyncio.get_running_loop().time()

    def violate(self, rule: str, what: str) -> None:
        """Remember a breach of the protocol; `Emulator.settle` raises the first one."""
        self.ledger.violate(self.clock(), rule, what)
