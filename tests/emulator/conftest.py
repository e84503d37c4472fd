"""A plain client of the emulator: it knows HTTP, JSON and WebSocket, and nothing of the bot."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
from yarl import URL

from bot.emulator import CARD_TOPIC, MESSAGE_TOPIC, Conversation, Emulator, Person

TEMPLATE = "1366a1eb-bc54-4859-ac88-517c56a9acb1.schema"
TOPICS = [("CALLBACK", MESSAGE_TOPIC), ("CALLBACK", CARD_TOPIC)]
Answer = tuple[int, Any]


@dataclass
class Socket:
    """A WebSocket that acks what it gets with `reply(frame)`; None means no ack."""

    ws: aiohttp.ClientWebSocketResponse
    reply: Callable[[dict[str, Any]], Any]
    echo: bool = True
    frames: list[dict[str, Any]] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)
    closed: asyncio.Event = field(default_factory=asyncio.Event)

    async def pump(self) -> None:
        """Read and ack until the socket closes."""
        async for message in self.ws:
            frame = json.loads(message.data)
            self.frames.append(frame)
            self.came.set()
            echo = self.echo and frame["headers"]["topic"] == "ping"
            data = frame["data"] if echo else self.reply(frame)
            if data is not None and "messageId" in frame["headers"]:
                await self.ack(frame, data)
        self.closed.set()

    async def ack(self, frame: dict[str, Any], data: Any = None, code: int = 200) -> None:
        """Ack one frame."""
        text = data if isinstance(data, str) else json.dumps(data)
        headers = {"contentType": "application/json", "messageId": frame["headers"]["messageId"]}
        await self.ws.send_str(json.dumps({"code": code, "headers": headers, "message": "OK", "data": text}))

    async def frame(self, n: int = 1, timeout: float = 5) -> dict[str, Any]:
        """The n-th frame that came."""
        async with asyncio.timeout(timeout):
            while len(self.frames) < n:
                self.came.clear()
                await self.came.wait()
        return self.frames[n - 1]


class Client:
    """Calls the emulator as any program would."""

    def __init__(self, dingtalk: Emulator, session: aiohttp.ClientSession) -> None:
        self.dingtalk = dingtalk
        self.session = session
        self.tasks: list[asyncio.Task[None]] = []
        self.sockets: list[aiohttp.ClientWebSocketResponse] = []
        self.token = ""

    async def call(self, method: str, path: str, body: Any = None, **options: Any) -> Answer:
        """One call; path is taken as it is."""
        url = URL(self.dingtalk.url + path, encoded=True)
        async with self.session.request(method, url, json=body, **options) as answer:
            return answer.status, await answer.json(content_type=None)

    async def login(self) -> str:
        """Fetch a token and use it from now on."""
        body = {"appKey": self.dingtalk.client_id, "appSecret": self.dingtalk.client_secret}
        _, answer = await self.call("POST", "/v1.0/oauth2/accessToken", body)
        self.token = answer["accessToken"]
        return self.token

    async def api(self, method: str, path: str, body: Any = None) -> Answer:
        """One call of api.dingtalk.com with the token."""
        return await self.call(method, path, body, headers={"x-acs-dingtalk-access-token": self.token})

    async def oapi(self, path: str, body: Any) -> Any:
        """One call of oapi.dingtalk.com with the token."""
        return (await self.call("POST", f"/topapi/{path}?access_token={self.token}", body))[1]

    async def busy(self, asker: Person, *people: Person | str, **times: str) -> Answer:
        """querySchedule for 10 March 2026, 14:00 to 16:00 in Beijing unless told otherwise."""
        ids = [each if isinstance(each, str) else each.union_id for each in people]
        window = {"startTime": "2026-03-10T14:00:00+08:00", "endTime": "2026-03-10T16:00:00+08:00", **times}
        path = f"/v1.0/calendar/users/{quote(asker.union_id, safe='')}/querySchedule"
        return await self.api("POST", path, {"userIds": ids, **window})

    async def event(self, method: str, person: Person, rest: str = "", body: Any = None, *, token: str = "") -> Answer:
        """One call about events of the person's calendar, `rest` being what follows `/events`; with a client token."""
        path = f"/v1.0/calendar/users/{quote(person.union_id, safe='')}/calendars/primary/events{rest}"
        headers = {"x-acs-dingtalk-access-token": self.token, **({"x-client-token": token} if token else {})}
        return await self.call(method, path, body, headers=headers)

    async def open(self, topics: list[tuple[str, str]] | None = None, **changes: Any) -> Answer:
        """connections/open."""
        rows = [{"type": kind, "topic": topic} for kind, topic in (TOPICS if topics is None else topics)]
        body = {"clientId": self.dingtalk.client_id, "clientSecret": self.dingtalk.client_secret, "subscriptions": rows}
        return await self.call(
            "POST", "/v1.0/gateway/connections/open", body | changes, headers={"Accept": "application/json"}
        )

    async def handshake(self, ticket: dict[str, str], **options: Any) -> aiohttp.ClientWebSocketResponse:
        """Open a WebSocket with what connections/open gave."""
        query = {"ticket": ticket["ticket"]}
        soon = aiohttp.ClientWSTimeout(ws_close=0.1)
        ws = await self.session.ws_connect(ticket["endpoint"], params=query, timeout=soon, **options)
        self.sockets.append(ws)
        return ws

    async def connect(
        self, topics: list[tuple[str, str]] | None = None, reply: Callable[[dict[str, Any]], Any] | None = None
    ) -> Socket:
        """Open a WebSocket that acks everything, or what `reply` says."""
        opened = self.dingtalk.connections_opened
        ws = await self.handshake((await self.open(topics))[1])
        while self.dingtalk.connections_opened == opened:  # noqa: ASYNC110 - one or two turns of the loop
            await asyncio.sleep(0)
        socket = Socket(ws, reply or (lambda frame: {"response": None}))
        self.tasks.append(asyncio.create_task(socket.pump()))
        return socket

    def card(self, space: Conversation | Person, out_track_id: str = "card-1", **changes: Any) -> dict[str, Any]:
        """A good body of createAndDeliver."""
        if isinstance(space, Person):
            place: dict[str, Any] = {
                "openSpaceId": f"dtv1.card//IM_ROBOT.{space.staff_id}",
                "imRobotOpenSpaceModel": {"supportForward": True},
                "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT"},
            }
        else:
            place = {
                "openSpaceId": f"dtv1.card//IM_GROUP.{space.conversation_id}",
                "imGroupOpenSpaceModel": {"supportForward": True},
                "imGroupOpenDeliverModel": {"robotCode": self.dingtalk.robot_code},
            }
        buttons = [{"text": "Later", "id": "later:1", "request": True}, {"text": "Docs", "url": "https://x.example"}]
        values = {"title": "T", "markdown": "M", "sys_full_json_obj": json.dumps({"msgButtons": buttons})}
        head = {"cardTemplateId": TEMPLATE, "outTrackId": out_track_id, "callbackType": "STREAM"}
        return {**head, "cardData": {"cardParamMap": values}, **place, **changes}

    async def send_card(self, space: Conversation | Person, out_track_id: str = "card-1", **changes: Any) -> Answer:
        """createAndDeliver."""
        body = self.card(space, out_track_id, **changes)
        return await self.api("POST", "/v1.0/card/instances/createAndDeliver", body)


@pytest.fixture
async def dingtalk() -> AsyncIterator[Emulator]:
    """An emulator that pushes nothing twice unless it is told to."""
    async with Emulator(redeliver_unacked=None) as emulator:
        yield emulator


@pytest.fixture
def alice(dingtalk: Emulator) -> Person:
    return dingtalk.person("alice", name="Alice Chen")


@pytest.fixture
def bob(dingtalk: Emulator) -> Person:
    return dingtalk.person("bob", name="Bob Li")


@pytest.fixture
def group(dingtalk: Emulator, alice: Person, bob: Person) -> Conversation:
    return dingtalk.group("Design", members=[alice, bob])


@pytest.fixture
async def client(dingtalk: Emulator) -> AsyncIterator[Client]:
    """A client that has a token."""
    async with client_of(dingtalk) as plain:
        await plain.login()
        yield plain


@contextlib.asynccontextmanager
async def client_of(dingtalk: Emulator) -> AsyncIterator[Client]:
    """A client of any emulator, without a token yet."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
        plain = Client(dingtalk, session)
        yield plain
        for task in plain.tasks:
            task.cancel()
        await asyncio.gather(*plain.tasks, return_exceptions=True)
        await asyncio.gather(*(ws.close() for ws in plain.sockets))


@pytest.fixture
def client_for() -> Callable[[Emulator], Any]:
    """Makes clients of emulators that a test starts itself."""
    return client_of
