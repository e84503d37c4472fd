"""HTTP/1.1 with as little work as possible, so that the load does not take the processor from who is measured."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

Reply = Callable[[bytes], None]
"""Sends a body as the answer to one request."""

_LENGTH = re.compile(rb"\r\ncontent-length:\s*(\d+)", re.IGNORECASE)
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


class Http(asyncio.Protocol):
    """One connection with keep-alive; `serve` gets path, body and the way to answer. No chunks, no pipelining."""

    def __init__(self, serve: Callable[[str, bytes, Reply], None]) -> None:
        self._serve = serve
        self._buffer = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the loop."""
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Called by the loop; serves a request when all of it is there."""
        self._buffer += data
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        wanted = int(length[1]) if length else 0
        if not found or len(rest) < wanted:
            return
        self._buffer = rest[wanted:]
        self._serve(head.split(b" ", 2)[1].decode(), rest[:wanted], self._reply)

    def _reply(self, body: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(_HEAD % len(body) + body)
