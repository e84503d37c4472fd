"""One HTTP exchange: httpx requests over aiohttp's connections, bounded in time and size, its failures as our errors.

`httpx.AsyncClient` is left out: nothing here needs its redirects, cookies, authentication, proxies or its log line with
the whole URL, and they cost more than the rest of a call.
"""

import ssl
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from bot.dingtalk.replies import CutShort
from bot.errors import MalformedReply, RemoteError, RemoteTimeout

MAX_REPLY = 2_000_000
"""Bytes of a reply that are read before it is given up."""
MAX_CONNECTIONS = 200
KEEP_ALIVE = 30.0
"""Seconds that an idle connection is kept for reuse."""

_departed: ContextVar[Callable[[], None] | None] = ContextVar("departed", default=None)


class Unreachable(RemoteTimeout):
    """No connection in the time given for it, or none that can be trusted; a repeat would only wait again."""


class _Connector(aiohttp.TCPConnector):
    """Tells the call when it has its connection, so that it is paced by when it leaves and not by when it was begun."""

    async def connect(self, *args: Any, **kwargs: Any) -> aiohttp.connector.Connection:
        connection = await super().connect(*args, **kwargs)
        if (departed := _departed.get()) is not None:
            departed()
        return connection


class Transport:
    """The pool of connections. Proxy variables of the environment are ignored and redirects are not followed."""

    def __init__(self, *, encrypted: bool, connect_timeout: float) -> None:
        self.tls = httpx.create_ssl_context() if encrypted else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        """Without an https URL in the configuration no authorities are loaded, and any TLS connection is refused."""
        self._connect_timeout = connect_timeout
        self._transport = AiohttpTransport(verify=self.tls, client=self._session)

    def _session(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=_Connector(limit=MAX_CONNECTIONS, keepalive_timeout=KEEP_ALIVE, ssl=self.tls),
            cookie_jar=aiohttp.DummyCookieJar(),
            skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding"),
        )

    async def exchange(
        self, api: str, request: httpx.Request, *, read_timeout: float, departed: Callable[[], None]
    ) -> tuple[httpx.Response, bytes]:
        """Send a request and read its answer; `departed` is called when it goes onto the wire.

        `read_timeout` is the longest silence in seconds. Raises `RemoteTimeout` without an answer, `CutShort` where it
        breaks off and `MalformedReply` where it is no HTTP or longer than 2 MB.
        """
        timeout = {"connect": self._connect_timeout, "pool": None, "read": read_timeout}
        request.extensions["timeout"] = timeout
        _departed.set(departed)
        try:
            response = await self._transport.handle_async_request(request)
            try:
                return response, await _body(api, response)
            finally:
                await response.aclose()
        except (httpx.HTTPError, aiohttp.ClientError, OSError) as error:
            raise _failure(api, error, timeout) from None

    async def aclose(self) -> None:
        """Close every connection."""
        await self._transport.aclose()


async def _body(api: str, response: httpx.Response) -> bytes:
    chunks: list[bytes] = []
    size = 0
    assert isinstance(response.stream, httpx.AsyncByteStream)
    async for chunk in response.stream:
        size += len(chunk)
        if size > MAX_REPLY:
            raise MalformedReply(f"the reply is longer than {MAX_REPLY} bytes", api=api, status=response.status_code)
        chunks.append(chunk)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def _failure(api: str, error: Exception, timeout: dict[str, float | None]) -> RemoteError:
    """What went wrong, without the foreign text: it may hold a URL with a token."""
    cause = error.__cause__ or error
    match cause:
        case aiohttp.ConnectionTimeoutError():
            return Unreachable(f"no connection within {timeout['connect']:g} s, check network and firewall", api=api)
        case aiohttp.ClientSSLError():
            return Unreachable("the server's TLS certificate is not trusted, check the system's authorities", api=api)
        case aiohttp.ClientConnectorDNSError():
            return RemoteTimeout("the host's name cannot be resolved, check the network's DNS", api=api)
        case aiohttp.ClientConnectorError():
            return RemoteTimeout("no connection, check network and firewall", api=api)
        case aiohttp.SocketTimeoutError():
            return RemoteTimeout(f"no answer within {timeout['read']:g} s", api=api)
        case aiohttp.ClientPayloadError():
            return CutShort("the reply breaks off", api=api)
        case aiohttp.ServerDisconnectedError() | OSError():
            return RemoteTimeout("the connection was closed before an answer came", api=api)
        case _:
            return MalformedReply("the reply is no HTTP", api=api)
