"""One WebSocket of the Stream: read to its very end, acked on itself only, closed without losing what is under way."""

import asyncio
from collections.abc import Callable

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed


class Connection:
    """A socket with its reader. `receive` gets each message and must not wait; `ended` is called once, at the end."""

    def __init__(
        self,
        socket: ClientConnection,
        *,
        receive: Callable[["Connection", bytes], None],
        ended: Callable[["Connection"], None],
    ) -> None:
        self._socket = socket
        self._receive = receive
        self.opened_at = self.heard_at = asyncio.get_running_loop().time()
        self.proven = False
        """Whether it has brought a frame that was worth something."""
        self.retired = False
        """Whether another connection is to take its place: DingTalk has said `disconnect`, or we doubt it."""
        self.renewed = False
        """Whether the doubt is ours, so that the closing is ours too."""
        self._hard_close: asyncio.TimerHandle | None = None
        self.reader = asyncio.create_task(self._read(), name="stream-reader")
        self.reader.add_done_callback(lambda _: ended(self))

    async def send(self, text: str) -> bool:
        """Send an ack; False where this socket is closed, since an ack on any other would be no ack."""
        try:
            await self._socket.send(text)
        except ConnectionClosed:
            return False
        return True

    def retire(self, linger: float) -> None:
        """Read on until the peer closes, but no longer than `linger` seconds."""
        self.retired = True
        if self._hard_close is None:
            self._hard_close = asyncio.get_running_loop().call_later(linger, self.abort)

    async def close(self) -> None:
        """Close with 1000, reading until the peer has closed or its time is over."""
        await self._socket.close()
        await asyncio.wait([self.reader])

    def abort(self) -> None:
        """Drop the socket without a word."""
        self._socket.transport.abort()

    async def _read(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while True:
                message = await self._socket.recv(decode=False)
                self.heard_at = loop.time()
                self._receive(self, message)
        except ConnectionClosed:
            return
        finally:
            if self._hard_close is not None:
                self._hard_close.cancel()
            self.abort()
