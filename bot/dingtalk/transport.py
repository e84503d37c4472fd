"""One HTTP exchange: httpx requests over aiohttp's connections, bounded in time and size, its failures as our errors.

`httpx.AsyncClient` is left out: nothing here needs its redirects, cookies, authentication, proxies or its log line with
the whole URL, and they cost more than the rest of a call.
"""

import asyncio
import ssl
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from bot.dingtalk.network import Network, ProxyRefused
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
    """Tells the call when it has its connection, so that it is paced by when it leaves and not by when it was begun.

    With a proxy every connection is a tunnel: aiohttp would have the proxy read what goes to a plain http address.
    """

    def __init__(self, network: Network, **options: Any) -> None:
        super().__init__(**options)
        self._network = network

    async def _create_connection(
        self, req: aiohttp.ClientRequest, traces: list[Any], timeout: aiohttp.ClientTimeout
    ) -> Any:
        proxy, url = self._network.proxy, req.url
        if proxy is None:
            return await super()._create_connection(req, traces, timeout)
        try:
            async with asyncio.timeout(timeout.sock_connect):
                tunnel = await proxy.tunnel(url.host or "", url.port or 443)
        except TimeoutError:
            raise aiohttp.ConnectionTimeoutError("no tunnel in time") from None
        except OSError as error:
            raise aiohttp.ClientProxyConnectionError(req.connection_key, error) from error
        tls = self._get_ssl_context(req)
        _, protocol = await self._wrap_existing_connection(
            self._factory, timeout=timeout, sock=tunnel, req=req, ssl=tls, server_hostname=url.host if tls else None
        )
        return protocol

    async def connect(self, *args: Any, **kwargs: Any) -> aiohttp.connector.Connection:
        connection = await super().connect(*args, **kwargs)
        if (departed := _departed.get()) is not None:
            departed()
        return connection


class Transport:
    """The pool of connections. Proxy variables of the environment are ignored and redirects are not followed."""

    def __init__(self, *, encrypted: bool, connect_timeout: float, network: Network) -> None:
        needed = encrypted or network.ca_file
        self.tls = network.tls() if needed else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        """Without an https URL in the configuration no authorities are loaded, and any TLS connection is refused."""
        self.network = network
        self._connect_timeout = connect_timeout
        self._transport = AiohttpTransport(verify=self.tls, client=self._session)

    def _session(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=_Connector(self.network, limit=MAX_CONNECTIONS, keepalive_timeout=KEEP_ALIVE, ssl=self.tls),
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
        except (httpx.HTTPError, aiohttp.ClientError, OSError, ProxyRefused, UnicodeError) as error:
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
        case ProxyRefused(status=status):
            return RemoteTimeout(f"the proxy refuses the connection (HTTP {status}), check dingtalk.proxy", api=api)
        case aiohttp.ClientProxyConnectionError():
            return RemoteTimeout("the proxy cannot be reached, check dingtalk.proxy", api=api)
        case UnicodeError():
            return RemoteTimeout("the host's name is none that can be resolved", api=api)
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
