"""A small DingTalk on 127.0.0.1: HTTP, oapi and the Stream gateway on one port, with people to play with."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from ssl import SSLContext
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from bot.emulator.cards import Card
from bot.emulator.chatting import Chatting
from bot.emulator.connections import Connection
from bot.emulator.conversations import Conversation
from bot.emulator.gateway import Gateway
from bot.emulator.ledger import ProtocolViolation
from bot.emulator.meeting_rooms import MeetingRoom
from bot.emulator.people import Account, Department
from bot.emulator.persons import Person, new_person
from bot.emulator.pushes import Push
from bot.emulator.server import Front
from bot.emulator.settings import Settings
from bot.emulator.views import Views
from bot.emulator.wire import dump
from bot.emulator.world import World


class Emulator(Views):
    """One DingTalk with one organization and one app; use it as an async context manager.

    `port` 0 takes any free port. `now` gives the wall clock (aware). `ssl_context` makes it https and wss.
    Other settings: see `Settings`.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        now: Callable[[], datetime] | None = None,
        ssl_context: SSLContext | None = None,
        **settings: Any,
    ) -> None:
        self._port = port
        self._ssl_context = ssl_context
        world = World(Settings(**settings), now)
        super().__init__(world, Gateway(world.platform))
        self._chatting = Chatting(world, self._gateway)
        self._runner: web.ServerRunner | None = None

    async def __aenter__(self) -> Self:
        """Start to listen."""
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        await self.stop()

    async def start(self) -> None:
        """Listen on 127.0.0.1; `url` is known afterwards."""
        server = web.Server(Front(self._world, self._gateway).handle, access_log=None)
        self._runner = web.ServerRunner(server, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, ssl_context=self._ssl_context)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self._platform.url = f"{'https' if self._ssl_context else 'http'}://{host}:{port}"

    async def stop(self) -> None:
        """Drop every connection and close the port."""
        self._platform.faults.clear()
        await self._gateway.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    # Who is who.

    def person(
        self,
        staff_id: str,
        *,
        name: str = "",
        department: int | list[int] = 1,
        nick: str | None = None,
        title: str = "",
        union_id: str | None = None,
        aliases: tuple[str, ...] = (),
        zone: str = "Asia/Shanghai",
    ) -> Person:
        """A colleague; departments that do not exist yet are made below the root."""
        departments = [department] if isinstance(department, int) else list(department)
        person = new_person(
            self._chatting,
            self._world.events,
            staff_id,
            self.corp_id,
            name=name or staff_id,
            nick=nick or "",
            title=title,
            departments=departments,
            aliases=aliases,
            union_id=union_id,
        )
        person.calendar.zone = zone
        self._world.company.add(person)
        return person

    def outsider(
        self, staff_id: str, *, name: str = "", nick: str | None = None, corp_id: str = "dingcorpother"
    ) -> Person:
        """Somebody of another organization, who may have a colleague's staffId there: messages carry none for them."""
        details = {"name": name or staff_id, "nick": nick or "", "departments": [], "outsider": True}
        person = new_person(self._chatting, self._world.events, staff_id, corp_id, **details)
        self._world.company.add(person)
        return person

    def remove(self, person: Account) -> None:
        """Let a person leave the organization."""
        self._world.company.remove(person)

    def department(self, dept_id: int, name: str, *, parent: int = 1) -> Department:
        """A department, made or renamed."""
        self._world.company.departments[dept_id] = Department(dept_id, name, parent)
        return self._world.company.departments[dept_id]

    def room(
        self,
        room_id: str,
        name: str,
        *,
        capacity: int | None = None,
        place: str = "",
        group: str = "",
        approval: bool = False,
    ) -> MeetingRoom:
        """A meeting room; `approval`: a booking of it waits to be approved."""
        found = MeetingRoom(room_id, name, capacity, place, group, approval=approval)
        self._world.events.rooms[room_id] = found
        return found

    def group(
        self,
        title: str,
        members: Sequence[Account],
        *,
        has_bot: bool = True,
        scene: bool = False,
        id: str | None = None,
    ) -> Conversation:
        """A group; `scene`: one whose members the API lists, `has_bot=False`: the bot was not added."""
        return self._world.chats.group(title, list(members), key=id or "", has_bot=has_bot, scene=scene)

    def template(self, template_id: str) -> str:
        """Make a card template known, beside the public ones."""
        self._world.chats.templates.add(template_id)
        return template_id

    def card(self, out_track_id: str) -> Card | None:
        """The card with this outTrackId, delivered or not."""
        return self._world.chats.cards.get(out_track_id)

    # The gateway.

    async def connected(self, n: int = 1, timeout: float = 10) -> None:
        """Wait until at least `n` connections are open and not draining."""
        try:
            async with asyncio.timeout(timeout):
                while len(self._live()) < n:
                    self._gateway.arrived.clear()
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._gateway.arrived.wait(), 0.1)
        except TimeoutError:
            raise TimeoutError(f"{len(self._live())} connections within {timeout} s, expected {n}") from None

    async def push(
        self,
        *,
        type: str,
        topic: str,
        data: object,
        headers: dict[str, str] | None = None,
        connection: str | None = None,
        again: bool = False,
    ) -> Push:
        """Push any frame to a live connection, subscribed or not; `data` that is no text is dumped as JSON.

        `again`: pushed again while it is unacked, or acked with another code than 200 or with LATER, as events are.
        """
        self._need_connection()
        text = data if isinstance(data, str) else dump(data)
        push = Push(type, topic, text, again=again, forced=True, connection=connection, headers=headers or {})
        self._gateway.push(push)
        return push

    async def push_raw(self, frame: str | bytes) -> None:
        """Write any text or binary frame to a live connection; no ack is expected."""
        self._need_connection().put(frame)

    async def ping(self, opaque: str = "0", *, timeout: float = 10) -> str | None:
        """Send SYSTEM ping; returns the opaque text that came back."""
        push = await self.push(type="SYSTEM", topic="ping", data={"opaque": opaque})
        ack = await push.acked(timeout)
        echoed = ack.data.get("opaque") if isinstance(ack.data, dict) else None
        if echoed != opaque:
            self._platform.violate("ping not echoed", f"the ack of a ping holds opaque {echoed!r}, expected {opaque!r}")
        return echoed

    async def disconnect(
        self, *, grace: float | None = None, clean: bool = True, connection: Connection | None = None
    ) -> list[Connection]:
        """Push SYSTEM disconnect, deliver nothing more there, close after `grace` seconds; returns who it met."""
        chosen = [connection] if connection else self._live()
        for each in chosen:
            self._gateway.disconnect(each, grace=self.settings.grace if grace is None else grace, clean=clean)
        return chosen

    async def reset(self) -> None:
        """Cut every connection with a TCP RST."""
        for each in tuple(self.connections):
            each.reset()

    async def freeze(self) -> list[Connection]:
        """Make every open connection half-open: nothing is read, nothing is written, TCP stays up."""
        chosen = [each for each in self.connections if not each.frozen]
        for each in chosen:
            each.freeze()
        return chosen

    async def unfreeze(self) -> None:
        """End `freeze`."""
        for each in self.connections:
            if each.frozen:
                each.thaw()

    async def settle(self, timeout: float = 10, *, quiet: float = 0.15) -> None:
        """Wait until all pushes are acked and no call runs, and nothing stirs for `quiet` seconds.

        Raises the first violation of the protocol, or TimeoutError saying what is still under way.
        """
        ledger = self._platform.ledger
        try:
            async with asyncio.timeout(timeout):
                while self._stirs(quiet):  # noqa: ASYNC110 - stillness has no event to wait for
                    await asyncio.sleep(0.01)
        except TimeoutError:
            under_way = f"{self._gateway.busy or 'every push done'}, {ledger.in_progress} calls in progress"
            self._raise_violation()
            raise TimeoutError(f"not settled within {timeout} s: {under_way}") from None
        self._raise_violation()

    def _stirs(self, quiet: float) -> bool:
        ledger = self._platform.ledger
        return bool(self._gateway.busy or ledger.in_progress or self._platform.clock() - ledger.stirred < quiet)

    def _raise_violation(self) -> None:
        if self.violations:
            raise ProtocolViolation(str(self.violations[0]))

    def _live(self) -> list[Connection]:
        return [each for each in self.connections if each.is_open and not each.draining and not each.frozen]

    def _need_connection(self) -> Connection:
        live = self._live() or self.connections
        if not live:
            raise RuntimeError("no connection is open: wait for `connected()`")
        return self._platform.rng.choice(live)
