"""What a test may look at: where the emulator listens, who it is, and everything that was seen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

from bot.emulator.chats import Event
from bot.emulator.connections import Connection
from bot.emulator.conversations import Conversation
from bot.emulator.faults import Faults
from bot.emulator.gateway import Gateway
from bot.emulator.ledger import Ack, Call, Frame, ScheduleAsked, Violation, schedule_asked
from bot.emulator.persons import Person
from bot.emulator.settings import Settings
from bot.emulator.wire import JsonObject
from bot.emulator.world import World


class Views:
    """The read-only side of an emulator."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self._world = world
        self._platform = world.platform
        self._gateway = gateway

    @property
    def url(self) -> str:
        """Base URL of api.*, oapi.* and the WebSocket endpoint alike."""
        return self._platform.url

    @property
    def settings(self) -> Settings:
        """What the emulator was started with."""
        return self._platform.settings

    @property
    def client_id(self) -> str:
        """The app's clientId."""
        return self._platform.settings.client_id

    @property
    def client_secret(self) -> str:
        """The app's clientSecret."""
        return self._platform.settings.client_secret

    @property
    def robot_code(self) -> str:
        """The bot's robotCode, which is the clientId."""
        return self._platform.settings.robot_code

    @property
    def corp_id(self) -> str:
        """The organization."""
        return self._platform.settings.corp_id

    @property
    def faults(self) -> Faults:
        """The switches for what goes wrong."""
        return self._platform.faults

    @property
    def calls(self) -> list[Call]:
        """Every HTTP request, oldest first (bounded by `ledger_limit`)."""
        return self._platform.ledger.calls.items

    def calls_of(self, api: str) -> list[Call]:
        """The calls of one API."""
        return [call for call in self.calls if call.api == api]

    def schedules_asked(self) -> list[ScheduleAsked]:
        """Whose schedules were asked for in whose name, oldest call first, refused ones included."""
        return [schedule_asked(call) for call in self.calls_of("querySchedule")]

    @property
    def acks(self) -> list[Ack]:
        """Every ack, oldest first."""
        return self._platform.ledger.acks.items

    @property
    def frames(self) -> list[Frame]:
        """Every frame that was written and wants an ack, oldest first."""
        return self._platform.ledger.frames.items

    @property
    def violations(self) -> list[Violation]:
        """Breaches of the protocol; may be cleared."""
        return self._platform.ledger.violations

    @property
    def monthly_calls(self) -> int:
        """Calls that count against the monthly quota."""
        return self._platform.ledger.monthly_calls

    @property
    def monthly_pushes(self) -> int:
        """Pushes that count against the monthly quota."""
        return self._platform.ledger.monthly_pushes

    @property
    def connections(self) -> list[Connection]:
        """The connections that are open, oldest first."""
        return self._gateway.connections

    @property
    def connections_opened(self) -> int:
        """How many connections there ever were."""
        return self._gateway.opened

    @property
    def people(self) -> list[Person]:
        """Everybody, outsiders included, in the order in which they were entered."""
        return [each for each in self._world.company.everybody.values() if isinstance(each, Person)]

    @property
    def calendar_events(self) -> list[JsonObject]:
        """Every event that was made in a calendar and is not deleted, oldest first."""
        return list(self._world.events.known.values())

    @property
    def calendar_events_made(self) -> int:
        """How many events were ever made, deleted ones included."""
        return self._world.events.made

    @property
    def conversations(self) -> dict[str, Conversation]:
        """Groups and 1:1 chats by conversation id."""
        return self._world.chats.conversations

    @property
    def is_busy(self) -> bool:
        """True while a push has not come to its end, or a call runs."""
        return bool(self._gateway.busy or self._platform.ledger.in_progress)

    def peak_rate(self, api: str) -> int:
        """The most calls of this API that arrived in any rolling second, refused ones included."""
        return self._platform.rates.peaks[api]

    def on_event(self, watcher: Callable[[Event], None]) -> Callable[[], None]:
        """Call `watcher` for everything a person would see; returns what ends that."""
        self._world.chats.watchers.append(watcher)
        return lambda: self._world.chats.watchers.remove(watcher)

    async def events(self) -> AsyncIterator[Event]:
        """Everything a person would see, from now on."""
        queue: asyncio.Queue[Event] = asyncio.Queue()
        end = self.on_event(queue.put_nowait)
        try:
            while True:
                yield await queue.get()
        finally:
            end()
