"""Small servers on 127.0.0.1 for what an emulated DingTalk cannot do: any answer, any byte, any silence."""

import asyncio
import json
import ssl
from base64 import b64decode
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.dingtalk.http import Api, CallRecord, Credentials, Endpoints

TOKEN_PATH = "/v1.0/oauth2/accessToken"


@dataclass
class Call:
    """One request as it arrived."""

    method: str
    path: str
    query: dict[str, str]
    token: str | None
    body: Any
    at: float
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """What to say: JSON or raw bytes."""

    json: Any = None
    status: int = 200
    raw: bytes | None = None
    headers: dict[str, str] | None = None


class Server:
    """Answers `/v1.0/oauth2/accessToken` with token-1, token-2, …, and each other call with the next of `answers`.

    The last answer is repeated. An answer may also be a coroutine function from `Call` to `Answer`.
    """

    def __init__(self) -> None:
        self.answers: list[Answer | Callable[[Call], Awaitable[Answer]]] = [Answer({})]
        self.tokens: list[Answer] = []
        self.token_calls: list[Call] = []
        self.calls: list[Call] = []
        self.records: list[CallRecord] = []
        self.url = ""

    def api(self, **options: Any) -> Api:
        """An Api that talks to this server."""
        options.setdefault("on_call", self.records.append)
        options.setdefault("deadline", 60.0)
        return Api(Credentials("app-id", "app-secret"), Endpoints(self.url, self.url), **options)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        text = await request.text()
        call = Call(
            request.method,
            request.raw_path.partition("?")[0],
            dict(request.query),
            request.headers.get("x-acs-dingtalk-access-token"),
            json.loads(text) if text else None,
            asyncio.get_running_loop().time(),
            request.headers,
        )
        answer = self._token(call) if call.path == TOKEN_PATH else await self._next(call)
        if answer.raw is not None:
            return web.Response(body=answer.raw, status=answer.status, headers=answer.headers)
        return web.json_response(answer.json, status=answer.status, headers=answer.headers)

    def _token(self, call: Call) -> Answer:
        self.token_calls.append(call)
        if self.tokens:
            return self.tokens.pop(0) if len(self.tokens) > 1 else self.tokens[0]
        return Answer({"accessToken": f"token-{len(self.token_calls)}", "expireIn": 7200})

    async def _next(self, call: Call) -> Answer:
        self.calls.append(call)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return answer if isinstance(answer, Answer) else await answer(call)


@asynccontextmanager
async def http_server() -> AsyncIterator[Server]:
    """A running `Server`."""
    server = Server()
    app = web.Application(client_max_size=10_000_000)
    app.router.add_route("*", "/{path:.*}", server._handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.05)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()


Raw = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def raw_server(serve: Raw) -> AsyncIterator[str]:
    """A TCP server that hands each connection to `serve`; gives its http URL."""
    tasks: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            await serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
            tasks.discard(task)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def read_request(reader: asyncio.StreamReader) -> bytes:
    """The head and body of one HTTP request."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    return head + await reader.readexactly(length)


AUTHORITY = Path(__file__).parent / "authority"
"""A private authority, and what a server on this machine needs to be believed by whoever trusts it."""


def trusted_server() -> ssl.SSLContext:
    """For a server whose certificate is of that authority."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(AUTHORITY / "server.pem")
    return context


@dataclass
class ConnectProxy:
    """A forward proxy that knows CONNECT alone. `wanted` are the credentials it asks for."""

    wanted: str = ""
    port: int = 0
    tunnels: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def url(self, credentials: str = "") -> str:
        """As a configuration names it."""
        return f"http://{credentials}{'@' * bool(credentials)}127.0.0.1:{self.port}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        line, *headers = head.split("\r\n")
        method, where, _ = line.split(" ")
        given = next((each.split(" ")[2] for each in headers if each.lower().startswith("proxy-authorization:")), "")
        if method != "CONNECT" or b64decode(given).decode() != self.wanted:
            self.refused.append(line)
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return
        self.tunnels.append(where)
        host, _, port = where.rpartition(":")
        behind_reader, behind_writer = await asyncio.open_connection(host.strip("[]"), int(port))
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        try:
            await asyncio.gather(_pour(reader, behind_writer), _pour(behind_reader, writer))
        finally:
            behind_writer.close()


async def _pour(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    while chunk := await source.read(65536):
        sink.write(chunk)
        await sink.drain()
    sink.close()


@asynccontextmanager
async def connect_proxy(wanted: str = "") -> AsyncIterator[ConnectProxy]:
    """A running `ConnectProxy`."""
    proxy = ConnectProxy(wanted)
    async with raw_server(proxy._serve) as url:
        proxy.port = int(url.rpartition(":")[2])
        yield proxy
