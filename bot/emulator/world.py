"""The state behind every endpoint, in four parts: the company, its chats, its events, and the platform."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.emulator.chats import Chats
from bot.emulator.events import Events
from bot.emulator.people import Company
from bot.emulator.platform import Platform
from bot.emulator.settings import Settings


class World:
    """One DingTalk: everything that endpoints read and change."""

    def __init__(self, settings: Settings, now: Callable[[], datetime] | None = None) -> None:
        self.company = Company(settings.corp_id)
        self.chats = Chats(settings.ledger_limit)
        self.platform = Platform(settings, now)
        self.events = Events(
            self.company, self.platform.faults, per_day=settings.events_per_day, limit=settings.ledger_limit
        )
