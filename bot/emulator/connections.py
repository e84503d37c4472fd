"""One WebSocket of a bot: an outbox with its writer, freezing, resetting, and the loop that reads acks."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable

from aiohttp import WSMsgType, web

Subscriptions = frozenset[tuple[str, str]]


class Connection:
    """A connection as the gateway sees it; `draining` after `disconnect`, `frozen` when half-open."""

    def __init__(
        self, key: str, ws: web.WebSocketResponse, transport: asyncio.Transport, topics: Subscriptions
    ) -> None:
        self.id = key
        self.ws = ws
        self.subscriptions = topics
        self.opened = asyncio.get_running_loop().time()
        self.closed: float | None = None
        self.close_code: int | None = None
        self.draining = False
        self.frozen = False
        self.was_frozen = False
        self.pings = 0
        self._transport = transport
        self._outbox: asyncio.Queue[tuple[str | bytes, Callable[[], None] | None]] = asyncio.Queue()
        self._thawed = asyncio.Event()
        self._thawed.set()

    def __repr__(self) -> str:
        """The id and the condition."""
        condition = "closed" if self.closed else "frozen" if self.frozen else "draining" if self.draining else "live"
        return f"Connection({self.id!r}, {condition})"

    @property
    def is_open(self) -> bool:
        """True until the socket is closed."""
        return self.closed is None

    def subscribes(self, kind: str, topic: str) -> bool:
        """True when frames of this type and topic were asked for; `*` stands for every topic."""
        return (kind, topic) in self.subscriptions or (kind, "*") in self.subscriptions

    def put(self, frame: str | bytes, written: Callable[[], None] | None = None) -> None:
        """Put a frame into the outbox; `written` is called when it goes out. Never blocks."""
        self._outbox.put_nowait((frame, written))

    async def run(self, receive: Callable[[Connection, str], None], refuse: Callable[[str, str], None]) -> None:
        """Read until the socket closes, while the outbox is written."""
        writer = asyncio.create_task(self._write())
        try:
            await self._read(receive, refuse)
        finally:
            writer.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await writer
            self.closed = asyncio.get_running_loop().time()
            self.close_code = self.ws.close_code

    def freeze(self) -> None:
        """Half-open: read nothing and write nothing, with TCP still up."""
        self.frozen = self.was_frozen = True
        self._thawed.clear()
        self._transport.pause_reading()

    def thaw(self) -> None:
        """Go on where `freeze` stopped; what was pushed meanwhile goes out."""
        self.frozen = False
        self._transport.resume_reading()
        self._thawed.set()

    def reset(self) -> None:
        """Cut the connection with a TCP RST."""
        sock = self._transport.get_extra_info("socket")
        if sock is not None and not self._transport.is_closing():
            with contextlib.suppress(OSError):
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.abort()

    def abort(self) -> None:
        """Drop the socket without a word."""
        self._thawed.set()
        self._transport.abort()

    async def close(self, *, code: int = 1000, clean: bool = True) -> None:
        """Close with a close frame, or (`clean=False`) TCP alone."""
        if self.frozen or not clean:
            self._transport.close()
        else:
            await self.ws.close(code=code)

    async def _read(self, receive: Callable[[Connection, str], None], refuse: Callable[[str, str], None]) -> None:
        while True:
            message = await self.ws.receive()
            await self._thawed.wait()
            if message.type is WSMsgType.TEXT:
                receive(self, message.data)
            elif message.type is WSMsgType.PING:
                self.pings += 1
                with contextlib.suppress(ConnectionError):
                    await self.ws.pong(message.data)
            elif message.type is WSMsgType.BINARY:
                refuse("binary frame", f"{len(message.data)} bytes of binary, the gateway handles text frames only")
            elif message.type is not WSMsgType.PONG:
                return

    async def _write(self) -> None:
        with contextlib.suppress(ConnectionError):
            while True:
                frame, written = await self._outbox.get()
                await self._thawed.wait()
                if written is not None:
                    written()
                await (self.ws.send_bytes(frame) if isinstance(frame, bytes) else self.ws.send_str(frame))
