"""A DingTalk for load: canned answers after a fixed latency, pushes, and the moments that the figures are made of."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter, time
from types import TracebackType
from typing import Any, Self

from websockets.asyncio.server import Server, ServerConnection, broadcast, serve
from websockets.exceptions import ConnectionClosed

from benchmarks import company
from benchmarks.wire import Http, Reply

MESSAGES = "/v1.0/im/bot/messages/get"
CARD = "/v1.0/card/instances/createAndDeliver"
_SENT = json.dumps(
    {
        "success": True,
        "result": {
            "outTrackId": "benchmark",
            "deliverResults": [{"spaceType": "IM_GROUP", "spaceId": "cid", "success": True, "carrierId": "c"}],
        },
    }
).encode()


@dataclass(slots=True, eq=False)
class Pushed:
    """One mention. Moments are seconds of `perf_counter`; `own` is the time to its card without injected latency."""

    pushed: float
    waited_before: float
    answered: asyncio.Future[None]
    acked: float = 0.0
    own: float = 0.0


@dataclass(slots=True)
class Gateway:
    """The gateway of one bot: `async with Gateway() as gateway`. `latency` in seconds delays every HTTP answer."""

    latency: float = 0.0
    hanging: bool = False
    waited: float = 0.0
    """Seconds of injected latency, summed over all calls so far."""
    connected: asyncio.Event = field(default_factory=asyncio.Event)
    connected_at: float = 0.0
    calls: Counter[str] = field(default_factory=Counter)
    mentions: int = 0
    last_card: bytes = b""
    samples: list[Pushed] = field(default_factory=list)
    """Mentions pushed since somebody last cleared the list."""
    _open: dict[str, Pushed] = field(default_factory=dict)
    _unacked: dict[str, Pushed] = field(default_factory=dict)
    _held: list[Callable[[], None]] = field(default_factory=list)
    _sockets: set[ServerConnection] = field(default_factory=set)
    _api: asyncio.Server | None = None
    _stream: Server | None = None

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._api = await loop.create_server(lambda: Http(self._serve), "127.0.0.1", 0)
        self._stream = await serve(self._on_socket, "127.0.0.1", 0, compression=None, ping_interval=None)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream is not None:
            self._stream.close()
            await self._stream.wait_closed()
        if self._api is not None:
            self._api.close()

    @property
    def url(self) -> str:
        """Where both APIs are."""
        assert self._api is not None
        return f"http://127.0.0.1:{self._api.sockets[0].getsockname()[1]}"

    def push(self) -> Pushed:
        """Mentions the bot; `answered` is done when the card is acknowledged."""
        number = self.mentions
        self.mentions += 1
        message_id = f"benchmark_{number:x}"
        frame = _frame(message_id, company.mention(number, now_ms=int(time() * 1000)))
        pushed = Pushed(perf_counter(), self.waited, asyncio.get_running_loop().create_future())
        self._open[company.conversation_id(number)] = self._unacked[message_id] = pushed
        self.samples.append(pushed)
        broadcast(self._sockets, frame)
        return pushed

    def push_of_one(self, number: int) -> None:
        """Mentions the bot as the same person in the same chat each time; nobody waits for the card."""
        data = company.mention(number * len(company.ASKERS), now_ms=int(time() * 1000))
        data |= {"conversationId": "cidBenchmarkOne==", "msgId": f"msgBenchmarkOne{number:08d}=="}
        broadcast(self._sockets, _frame(f"benchmark_one_{number:x}", data))

    def release(self) -> None:
        """Ends the hanging: whatever is held is answered."""
        self.hanging = False
        held, self._held = self._held, []
        for answer in held:
            answer()

    async def _on_socket(self, socket: ServerConnection) -> None:
        self._sockets.add(socket)
        self.connected_at = perf_counter()
        self.connected.set()
        with suppress(ConnectionClosed):
            async for text in socket:
                pushed = self._unacked.pop(json.loads(text)["headers"]["messageId"], None)
                if pushed is not None:
                    pushed.acked = perf_counter()
        self._sockets.discard(socket)

    def _serve(self, path: str, body: bytes, reply: Reply) -> None:
        received = perf_counter()
        api = path.partition("?")[0].rsplit("/", 1)[-1]
        self.calls[api] += 1
        mention = self._card(body, received) if path == CARD else None
        answer = _SENT if mention else self._answer(api, json.loads(body))

        def send() -> None:
            if mention is None:
                self.waited += perf_counter() - received
            elif not mention.answered.done():
                mention.answered.set_result(None)
            reply(answer)

        if self.hanging:
            self._held.append(send)
        elif self.latency:
            asyncio.get_running_loop().call_later(self.latency, send)
        else:
            send()

    def _card(self, body: bytes, received: float) -> Pushed | None:
        """Whose card it is, by the chat it goes to."""
        self.last_card = body
        chat = body.partition(b"IM_GROUP.")[2].partition(b'"')[0].decode()
        mention = self._open.pop(chat, None)
        if mention is not None:
            mention.own = received - mention.pushed - (self.waited - mention.waited_before)
        return mention

    def _answer(self, api: str, asked: dict[str, Any]) -> bytes:
        match api:
            case "querySchedule":
                return company.schedule(asked)
            case "get":
                return json.dumps(company.user(asked["userid"])).encode()
            case "accessToken":
                return b'{"accessToken": "benchmark-token", "expireIn": 7200}'
            case "open":
                assert self._stream is not None
                port = next(iter(self._stream.sockets)).getsockname()[1]
                return json.dumps({"endpoint": f"ws://127.0.0.1:{port}/connect", "ticket": "benchmark"}).encode()
        return _SENT  # a card nobody waits for: a second one shows in the count of calls


def _frame(message_id: str, data: dict[str, Any]) -> str:
    headers = {"appId": "a", "connectionId": "c", "contentType": "application/json", "messageId": message_id}
    return json.dumps(
        {
            "specVersion": "1.0",
            "type": "CALLBACK",
            "headers": {**headers, "time": str(data["createAt"]), "topic": MESSAGES},
            "data": json.dumps(data, ensure_ascii=False),
        },
        ensure_ascii=False,
    )
