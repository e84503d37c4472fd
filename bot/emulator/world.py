"""The state behind every endpoint: settings, people, conversations, cards, tokens, and what has been seen."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from bot.emulator.faults import Faults
from bot.emulator.ledger import Ledger, forget_oldest
from bot.emulator.people import Company
from bot.emulator.rate import RollingCount
from bot.emulator.tokens import Tokens
from bot.emulator.wire import PUBLIC_TEMPLATES, JsonObject

if TYPE_CHECKING:
    from bot.emulator.cards import Card
    from bot.emulator.conversations import Conversation, Message

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Settings:
    """What an emulator is set to for its whole life; seconds where nothing else is said."""

    client_id: str = "ding-test"
    client_secret: str = "secret-test"  # noqa: S105
    corp_id: str = "dingcorptest"
    bot_name: str = "有空"
    calls_per_second: int | None = 20
    latency: float = 0.0
    ack_window: float = 2.0
    redeliver_unacked: float | None = 60.0
    ticket_life: float = 90.0
    token_life: float = 7200.0
    webhook_life: float = 5400.0
    grace: float = 10.0
    messages_per_minute: int | None = None
    events_per_day: int = 100
    ledger_limit: int | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """What a sessionWebhook stands for, and until when."""

    conversation: Conversation
    expires: datetime


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket of connections/open: single use, until `expires` on the loop's clock."""

    expires: float
    subscriptions: frozenset[tuple[str, str]]
    agent: str


@dataclass(frozen=True, slots=True)
class Made:
    """What a client token made, when, and from which moment of the loop's clock on a repeat is answered with it."""

    event: JsonObject
    at: datetime
    ready: float


@dataclass(frozen=True, slots=True)
class Event:
    """Something a person would see: `kind` is "said", "card", "card_updated", "message" or "pressed"."""

    kind: str
    conversation: Conversation | None
    item: object


class World:
    """One DingTalk: everything that endpoints read and change."""

    def __init__(self, settings: Settings, now: Callable[[], datetime] | None = None) -> None:
        self.settings = settings
        self.now = now or (lambda: datetime.now(UTC))
        self.url = ""
        self.rng = random.Random(settings.seed)  # noqa: S311
        self.company = Company(settings.corp_id)
        self.tokens = Tokens(settings.token_life)
        self.faults = Faults(self.tokens, unacked_after=settings.redeliver_unacked)
        self.ledger = Ledger(settings.ledger_limit)
        self.rates = RollingCount()
        self.minutes = RollingCount(60.0)
        self.conversations: dict[str, Conversation] = {}
        self.directs: dict[str, Conversation] = {}
        self.sessions: dict[str, Session] = {}
        self.tickets: dict[str, Ticket] = {}
        self.cards: dict[str, Card] = {}
        self.messages: dict[str, list[Message]] = {}
        self.files: dict[str, str] = {}
        self.events: dict[str, JsonObject] = {}
        self.events_made = 0
        self.events_of_day: Counter[str] = Counter()
        self.client_tokens: dict[str, Made] = {}
        self.templates = set(PUBLIC_TEMPLATES)
        self.watchers: list[Callable[[Event], None]] = []
        self.bot_dingtalk_id = "$:LWCP_v1:$Wm9yb3R0ZXN0Ym90=="

    @property
    def robot_code(self) -> str:
        """An internal app's bot has the app's clientId as its code."""
        return self.settings.client_id

    def clock(self) -> float:
        """Seconds of the loop's clock, by which the ledger counts."""
        return asyncio.get_running_loop().time()

    def violate(self, rule: str, what: str) -> None:
        """Remember a breach of the protocol; `Emulator.settle` raises the first one."""
        self.ledger.violate(self.clock(), rule, what)

    def tell(self, kind: str, conversation: Conversation | None, item: object) -> None:
        """Tell everybody who watches."""
        for watcher in tuple(self.watchers):
            watcher(Event(kind, conversation, item))

    def keep(self, shelf: dict[str, _Value], key: str, value: _Value) -> None:
        """Put a value on a shelf, dropping the oldest ones beyond twice the ledger's limit."""
        shelf[key] = value
        forget_oldest(shelf, self.settings.ledger_limit)
