"""The Stream: DingTalk's pushes over a WebSocket that is opened anew, in time and without a gap, whatever happens.

The SDK gives topics, frames and acks; its loop is not used: it blocks, swallows `CancelledError`, acks on whatever
socket is newest and logs the ticket.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import NoReturn

import structlog
from dingtalk_stream import Credential, DingTalkStreamClient

from bot.dingtalk.backoff import Backoff
from bot.dingtalk.connection import Connection
from bot.dingtalk.frames import (
    BAD_REQUEST,
    CALLBACK,
    CARD_TOPIC,
    DISCONNECT,
    MESSAGE_TOPIC,
    NO_SUCH_TOPIC,
    SYSTEM,
    Frame,
    echo_ack,
    handled_ack,
    read_frame,
    refusal_ack,
)
from bot.dingtalk.gateway import open_socket
from bot.dingtalk.http import Api
from bot.dingtalk.jitter import jitter
from bot.dingtalk.records import unheard
from bot.dingtalk.timing import Timing
from bot.dingtalk.work import Work
from bot.endless import Loop, tell
from bot.errors import CredentialsRefused, RemoteError

__all__ = ["Handler", "Stream", "Timing"]

log = structlog.get_logger(__name__)

Handler = Callable[[str, Mapping[str, str]], Awaitable[object]]
"""Gets the `data` text and the headers of a push; what it returns is the ack's `response`. If it raises, no ack is
sent, so that DingTalk pushes again."""

MAX_FRAME = 256_000
"""Bytes of a frame that are read; larger ones are refused one by one, without losing the connection."""
MAX_HANDLERS = 1000
MAX_WAITING = 10_000
MAX_CLOCK_STEP = 30.0
"""Seconds by which the wall clock may run away from the loop's between two looks."""


class Stream(DingTalkStreamClient):  # type: ignore[misc]
    """Receives messages and card clicks; `run()` serves until `stop()`.

    `on_event` is told, by name: connected, reconnect, connect_failed, credentials_refused, disconnect, ended, renewed,
    frame_malformed, frame_too_large, frame_unknown_topic, frame_shed, frame_failed, handler_failed, ack_lost.
    """

    def __init__(
        self,
        api: Api,
        *,
        on_message: Handler,
        on_card: Handler,
        on_event: Callable[[str], object] = unheard,
        timing: Timing | None = None,
        wall_clock: Callable[[], float] = time.time,
    ) -> None:
        who = api.credentials
        super().__init__(Credential(who.client_id, who.client_secret), logger=logging.getLogger(__name__))
        self._api = api
        self._handlers: dict[str, Handler] = {MESSAGE_TOPIC: on_message, CARD_TOPIC: on_card}
        self._count = on_event
        self._timing = timing or Timing()
        self._wall_clock = wall_clock
        self._backoff = Backoff(*self._timing.backoff)
        self._delay = 0.0
        self._current: Connection | None = None
        self._connections: set[Connection] = set()
        self._was_open = False
        self._stir = asyncio.Event()
        self._stopping = False
        self._serving: asyncio.Task[None] | None = None
        self._finished = asyncio.Event()
        self.loop = Loop("stream", self._pass, within=self._timing.late, ends_at=(CredentialsRefused,))
        self._work = Work(limit=MAX_HANDLERS, backlog=MAX_WAITING, failed=self._on_failure)
        self._sends = Work(limit=MAX_HANDLERS, backlog=MAX_WAITING, failed=self._on_failure)

    @property
    def connected(self) -> bool:
        """Whether a connection is open."""
        return bool(self._connections)

    @property
    def silent_for(self) -> float | None:
        """Seconds since the last frame, or since the connection was opened; None where there is none."""
        heard = [connection.heard_at for connection in self._connections]
        return asyncio.get_running_loop().time() - max(heard) if heard else None

    async def run(self) -> None:
        """Serve until `stop()`, or until cancelled; both finish what is in hand.

        Raises `CredentialsRefused` where DingTalk refuses the app before any connection was ever open.
        """
        if self._stopping:
            return
        self._serving = self.loop.start()
        try:
            await asyncio.wait([self._serving])
            if not self._serving.cancelled():
                self._serving.result()
        finally:
            self._serving.cancel()
            await self._shut_down(self._serving)
            self._finished.set()

    async def stop(self) -> None:
        """End `run()`: finish what is in hand, close with 1000 and read to the peer's close. Waits until it is done."""
        self._stopping = True
        if self._serving is not None:
            self._serving.cancel()
            await self._finished.wait()

    async def start(self) -> None:
        """The SDK's name for `run`."""
        await self.run()

    def open_connection(self) -> NoReturn:
        """The SDK's way to open a connection blocks the event loop and logs the ticket; it is not to be used."""
        raise NotImplementedError("open_connection blocks the event loop, use run()")

    # Connections: always one that is current, and those before it until they end.

    async def _pass(self) -> None:
        if self._current is None or self._current.retired:
            await asyncio.sleep(self._delay)
            await self._connect()
        else:
            await self._watch(self._current)

    async def _connect(self) -> None:
        """Open a connection in place of the current one, which is read on."""
        try:
            socket = await open_socket(self._api, topics=tuple(self._handlers), timing=self._timing.socket)
        except RemoteError as error:
            self._delay = self._delay_after(error)
            return
        except Exception:
            self._count("connect_failed")
            self._delay = self._backoff.next()
            raise
        self._count("connected")
        if self._was_open:
            self._count("reconnect")
        log.info("stream_connected", again=self._was_open)
        self._was_open, self._delay = True, 0.0
        previous = self._current
        self._current = Connection(socket, receive=self._receive, ended=self._on_end)
        self._connections.add(self._current)
        if previous is not None and previous.renewed:
            self._sends.start(previous.close)

    def _delay_after(self, error: RemoteError) -> float:
        refused = isinstance(error, CredentialsRefused)
        self._count("credentials_refused" if refused else "connect_failed")
        log.warning("stream_not_connected", error=type(error).__name__, code=error.code, told=str(error))
        if isinstance(error, CredentialsRefused) and not self._was_open:
            raise error
        return jitter(1.0, 1.1) * self._timing.refused if refused else self._backoff.next()

    async def _watch(self, connection: Connection) -> None:
        """Wait until something happens; a connection that is silent for long or that slept with the machine is renewed.

        Only the wall clock goes on while a machine sleeps.
        """
        before = self._wall_clock() - asyncio.get_running_loop().time()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._timing.watch):  # `wait_for` of Python 3.11 can swallow a cancellation
                await self._stir.wait()
        self._stir.clear()
        now = asyncio.get_running_loop().time()
        slept = abs(self._wall_clock() - now - before) > MAX_CLOCK_STEP
        if not connection.retired and (slept or now - connection.heard_at > self._timing.silence):
            self._count("renewed")
            connection.renewed = True
            connection.retire(self._timing.linger)

    def _on_disconnect(self, connection: Connection) -> None:
        """DingTalk delivers nothing more here and closes in 10 s: a successor is opened at once, unless in a storm."""
        self._count("disconnect")
        connection.retire(self._timing.linger)
        if connection is self._current:
            self._delay = 0.0 if self._is_stable(connection) else self._backoff.next()
            self._stir.set()

    def _on_end(self, connection: Connection) -> None:
        self._connections.discard(connection)
        if connection is not self._current:
            return
        self._current = None
        if not connection.retired:
            self._count("ended")
            self._is_stable(connection)
            self._delay = self._backoff.next()
        self._stir.set()

    def _is_stable(self, connection: Connection) -> bool:
        """Whether a connection has proved to be good, by a frame or by its age; then waits begin anew."""
        age = asyncio.get_running_loop().time() - connection.opened_at
        if connection.proven or age >= self._timing.stable:
            self._backoff.reset()
            return True
        return False

    # Frames.

    def _receive(self, connection: Connection, raw: bytes) -> None:
        """Take a message of the socket, whatever it is; a fault of ours costs this one alone."""
        try:
            self._take(connection, raw)
        except Exception as error:  # noqa: BLE001 - the boundary: the connection is read on
            self._count("frame_failed")
            tell("frame_failed", error)

    def _take(self, connection: Connection, raw: bytes) -> None:
        """Everything that takes time is put into a task."""
        frame = read_frame(raw)
        if frame is None or (frame.kind != SYSTEM and not frame.message_id):
            self._count("frame_malformed")
        elif frame.kind == SYSTEM and frame.topic == DISCONNECT:
            self._on_disconnect(connection)
        else:
            connection.proven = True
            self._backoff.reset()
            self._dispatch(connection, frame, too_large=len(raw) > MAX_FRAME)

    def _dispatch(self, connection: Connection, frame: Frame, *, too_large: bool) -> None:
        if too_large:
            self._count("frame_too_large")
            self._ack(connection, refusal_ack(frame, BAD_REQUEST))
        elif frame.kind == SYSTEM:
            if frame.message_id:
                self._ack(connection, echo_ack(frame))
        elif frame.kind == CALLBACK and (handler := self._handlers.get(frame.topic)) is not None:
            if not self._work.start(lambda: self._handle(connection, frame, handler)):
                self._count("frame_shed")
        else:
            self._count("frame_unknown_topic")
            self._ack(connection, refusal_ack(frame, NO_SUCH_TOPIC))

    async def _handle(self, connection: Connection, frame: Frame, handler: Handler) -> None:
        response = await handler(frame.data, frame.headers)
        await self._send(connection, handled_ack(frame, response))

    def _ack(self, connection: Connection, text: str) -> None:
        self._sends.start(lambda: self._send(connection, text))

    async def _send(self, connection: Connection, text: str) -> None:
        if not await connection.send(text):
            self._count("ack_lost")

    def _on_failure(self, error: BaseException) -> None:
        self._count("handler_failed")
        log.error("stream_handler_failed", error=type(error).__name__)

    async def _shut_down(self, serving: asyncio.Task[None]) -> None:
        """Handlers first, so that they can ack; then the closing handshake, reading on; then what came in meanwhile."""
        try:
            await asyncio.wait([serving])
            await self._work.drain(self._timing.drain)
            await self._sends.drain(self._timing.drain)
            await asyncio.gather(*(connection.close() for connection in self._connections))
            await self._work.drain(self._timing.drain)
        finally:
            for connection in self._connections:
                connection.abort()
            await self._work.cancel()
            await self._sends.cancel()
            await asyncio.gather(*(connection.reader for connection in self._connections), return_exceptions=True)
