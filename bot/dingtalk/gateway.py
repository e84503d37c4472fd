"""The way into the Stream: a ticket from connections/open, then the WebSocket that it opens, once, within 90 s."""

import logging
from collections.abc import Sequence
from urllib.parse import quote_plus

import websockets
from dingtalk_stream.version import VERSION_STRING
from websockets.asyncio.client import ClientConnection, connect

from bot.dingtalk.endpoints import is_gateway
from bot.dingtalk.http import Api
from bot.dingtalk.timing import SocketTiming
from bot.errors import (
    CredentialsRefused,
    MalformedReply,
    Rejected,
    RemoteError,
    RemoteTimeout,
    TokenRefused,
    Unavailable,
)

OPEN = "connections/open"
CONNECT = "connect"
MAX_MESSAGE = 4_000_000
"""Bytes from which on a message ends the connection; far above those that are read, see `stream.MAX_FRAME`."""


class _Connect(connect):
    """A WebSocket handshake that goes where the ticket is meant to go and nowhere else."""

    def process_redirect(self, exc: Exception) -> Exception | str:
        return exc


async def open_socket(api: Api, *, topics: Sequence[str], timing: SocketTiming) -> ClientConnection:
    """A connection that gets the callbacks of `topics`.

    `CredentialsRefused` where DingTalk does not know the app (401, or a code that says so), `Rejected` where the
    endpoint is not DingTalk's, other `RemoteError` where a later try may do.
    """
    uri = await _connect_uri(api, topics)
    proxy = api.transport.network.proxy
    try:
        return await _Connect(
            uri,
            proxy=proxy.url if proxy else None,
            ssl=api.transport.tls if uri.startswith("wss:") else None,
            compression=None,
            user_agent_header="youkong",
            open_timeout=timing.handshake,
            ping_interval=timing.ping_interval,
            ping_timeout=timing.ping_timeout,
            close_timeout=timing.close,
            max_size=MAX_MESSAGE,
            max_queue=1024,
            logger=_quiet_logger(),
        )
    except websockets.InvalidStatus as error:
        status = error.response.status_code
        raise Unavailable(f"the ticket was refused with HTTP {status}", api=CONNECT, status=status) from None
    except TimeoutError:
        raise RemoteTimeout(f"no handshake within {timing.handshake:g} s", api=CONNECT) from None
    except (websockets.WebSocketException, OSError, ValueError) as error:  # of a name that no resolver takes
        raise RemoteTimeout(f"no connection ({type(error).__name__})", api=CONNECT) from None


async def reach(api: Api, *, topics: Sequence[str]) -> None:
    """Whether the gateway would let us in: asks for a ticket and leaves it unused. Raises as `open_socket` does."""
    await _connect_uri(api, topics)


async def _connect_uri(api: Api, topics: Sequence[str]) -> str:
    who = api.credentials
    body = {
        "clientId": who.client_id,
        "clientSecret": who.client_secret,
        "subscriptions": [{"type": "CALLBACK", "topic": topic} for topic in topics],
        "ua": f"dingtalk-sdk-python/v{VERSION_STRING}-union",
    }
    url = f"{api.endpoints.api}/v1.0/gateway/connections/open"
    try:
        reply = await api.post(OPEN, url, body=body, repeatable=False)
    except TokenRefused as error:
        if error.status != 401:
            raise
        shown = f"check client id and secret ({_as_told(error)})"
        raise CredentialsRefused(shown, api=OPEN, code=error.code, status=error.status) from None
    except Rejected as error:
        shown = f"check that the app is published with its robot in Stream mode ({_as_told(error)})"
        raise Rejected(shown, api=OPEN, code=error.code, status=error.status) from None
    endpoint, ticket = reply.get("endpoint"), reply.get("ticket")
    if not isinstance(endpoint, str) or not isinstance(ticket, str) or not ticket:
        raise MalformedReply("the reply holds no endpoint with a ticket", api=OPEN)
    if not is_gateway(endpoint, api.endpoints):
        raise Rejected("the endpoint is not one of DingTalk, not connected", api=CONNECT)
    return f"{endpoint}{'&' if '?' in endpoint else '?'}ticket={quote_plus(ticket)}"


def _as_told(error: RemoteError) -> str:
    return f"code {error.code!r}, HTTP {error.status}"


def _quiet_logger() -> logging.Logger:
    """A logger that stays silent about the handshake, whose first line holds the ticket."""
    logger = logging.getLogger("bot.dingtalk.websocket")
    logger.setLevel(logging.ERROR)
    return logger
