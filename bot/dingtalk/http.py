"""Calls to DingTalk over one object: token, pace, deadline, safe repeats, and every refusal as a typed error."""

import asyncio
import copy
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from sys import maxsize
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import quote

import httpx
from pydantic_core import to_json

from bot.dingtalk.breaker import FAILURES, Breaker, Resting
from bot.dingtalk.clock import Clock
from bot.dingtalk.endpoints import Credentials, Endpoints
from bot.dingtalk.jitter import jitter
from bot.dingtalk.network import Network
from bot.dingtalk.pacer import Pacer, Slot
from bot.dingtalk.records import CallRecord, outcome_of, unheard
from bot.dingtalk.replies import CutShort, Reply, read_legacy_reply, read_reply
from bot.dingtalk.token import Token, TokenSource
from bot.dingtalk.transport import Transport, Unreachable
from bot.errors import (
    CredentialsRefused,
    MalformedReply,
    Rejected,
    RemoteError,
    RemoteTimeout,
    Throttled,
    TokenRefused,
    Unavailable,
)

__all__ = ["Api", "CallRecord", "Credentials", "Endpoints", "path_id"]

MAX_REPEATS = 2
THROTTLE_PAUSE = 1.0
"""Seconds for which nobody calls an API that answered with too many calls."""

_ALWAYS_TRIED = frozenset({"accessToken", "connections/open"})
"""What everything else waits for; its pauses are those of who calls it."""
_FAILED = frozenset({"timeout", "unavailable", "cancelled"})

_JSON = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json", "User-Agent": "youkong"}
_ID = re.compile(r"[A-Za-z0-9_$:=+/@-]{1,128}")

_Reader = Callable[[str, int, bytes], Reply]


def path_id(value: str, *, api: str) -> str:
    """An id, percent-encoded as one segment of a path; `Rejected` where it holds what no id of DingTalk holds."""
    if not _ID.fullmatch(value):
        raise Rejected(f"{value[:40]!r} is no id of DingTalk, nothing was sent", api=api)
    return quote(value, safe="")


@dataclass(frozen=True, slots=True)
class _Request:
    """One call as it stands before token and pace. `auth` says where the token goes; empty: it goes nowhere."""

    api: str
    method: str
    url: str = field(repr=False)
    content: bytes = field(repr=False)
    read: _Reader
    repeatable: bool
    auth: Literal["header", "query", ""] = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def may_repeat(self, error: RemoteError) -> bool:
        """Whether a repeat can do no harm and may do good; a throttled call was not carried out.

        What befell the token call on the way has had its repeats already.
        """
        if error.api != self.api:
            return False
        if isinstance(error, Throttled):
            return True
        transient = isinstance(error, (Unavailable, RemoteTimeout, CutShort))
        return self.repeatable and transient and not isinstance(error, (Unreachable, Resting))


class Api:
    """DingTalk as seen by one app: an async context manager that holds connections, token and pace.

    `calls_per_second` bounds each API by itself, as DingTalk counts; `deadline` is the longest a call may take in
    seconds with its waits and repeats; `on_call` hears of every single request that was made; `clock` of the time that
    DingTalk's replies name.
    """

    def __init__(
        self,
        credentials: Credentials,
        endpoints: Endpoints,
        *,
        calls_per_second: int = 20,
        on_call: Callable[[CallRecord], object] = unheard,
        deadline: float = 8.0,
        connect_timeout: float = 3.0,
        throttle_pause: float = THROTTLE_PAUSE,
        network: Network | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.credentials = credentials
        self.endpoints = endpoints
        self.token = TokenSource(self._fetch_token)
        self.utc_times = False
        """Whether this DingTalk turned out to read times only as UTC with milliseconds; see `calendar`."""
        self._calls_per_second = calls_per_second
        self._on_call = on_call
        self._deadline = deadline
        self._connect_timeout = connect_timeout
        self._throttle_pause = throttle_pause
        self._network = network or Network()
        self.clock = clock or Clock()
        self._pacers: dict[str, Pacer] = {}
        self._breakers: dict[str, Breaker] = {}
        self._transport: Transport | None = None
        self._background = False
        self._url = lru_cache(maxsize=512)(httpx.URL)
        self._headers = lru_cache(maxsize=2)(_headers)

    async def __aenter__(self) -> Self:
        self._transport = Transport(
            encrypted=self.endpoints.encrypted, connect_timeout=self._connect_timeout, network=self._network
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.token.aclose()
        await self.transport.aclose()

    @property
    def transport(self) -> Transport:
        """The open connections; `RuntimeError` outside `async with`."""
        if self._transport is None:
            raise RuntimeError("the Api is not open, use it in 'async with'")
        return self._transport

    def in_background(self) -> Self:
        """The same open app for work that nobody waits for: its calls let all others go first.

        What they wait for their turn does not count towards their deadline. Not to be opened or closed by itself.
        """
        other = copy.copy(self)
        other._background = True
        return other

    def by(self, tokens: TokenSource) -> Self:
        """The same open app for calls by other tokens than its own: those of a user. Paced and counted with the rest.

        Not to be opened or closed by itself; `tokens` are to be closed by whoever made them.
        """
        other = copy.copy(self)
        other.token = tokens
        return other

    async def call(
        self,
        api: str,
        method: str,
        path: str,
        *,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        repeatable: bool,
        deadline: float | None = None,
    ) -> Reply:
        """Call the new OpenAPI and give its JSON object. `repeatable`: doing it twice is the same as doing it once.

        `headers` go out beside the usual ones.
        """
        url, content = self.endpoints.api + path, _encode(api, body)
        request = _Request(api, method, url, content, read_reply, repeatable, auth="header", headers=headers or {})
        return await self._perform(request, deadline)

    async def legacy(
        self, api: str, path: str, *, body: Mapping[str, Any], repeatable: bool, deadline: float | None = None
    ) -> Reply:
        """Call the legacy API (`/topapi/…`) and give its JSON object, whose errcode is 0."""
        url = self.endpoints.oapi + path
        request = _Request(api, "POST", url, _encode(api, body), read_legacy_reply, repeatable, auth="query")
        return await self._perform(request, deadline)

    async def post(
        self,
        api: str,
        url: str,
        *,
        body: Mapping[str, Any],
        repeatable: bool,
        read: _Reader = read_reply,
        deadline: float | None = None,
    ) -> Reply:
        """Post to a whole URL without a token; who calls this has checked where the URL leads."""
        return await self._perform(_Request(api, "POST", url, _encode(api, body), read, repeatable), deadline)

    async def _perform(self, request: _Request, deadline: float | None) -> Reply:
        seconds = self._deadline if deadline is None else deadline
        try:
            async with asyncio.timeout(seconds) as limit:
                return await self._repeating(request, limit)
        except TimeoutError:
            raise RemoteTimeout(f"no answer within {seconds:g} s", api=request.api) from None

    async def _repeating(self, request: _Request, limit: asyncio.Timeout) -> Reply:
        """At most two repeats, where they are safe. A plain loop: a retrying library costs 79 µs on each good call."""
        for repeat in range(MAX_REPEATS):
            try:
                return await self._authorized(request, limit)
            except RemoteError as error:
                pause = self._pause(request, error) * (repeat + 1)
                if not request.may_repeat(error) or pause >= _left(limit):
                    raise
            await asyncio.sleep(pause)
        return await self._authorized(request, limit)

    def _pause(self, request: _Request, error: RemoteError) -> float:
        """Seconds to wait before a repeat; after a throttle nobody else calls that API either."""
        if not isinstance(error, Throttled):
            return jitter(0.05, 0.3)
        pause = self._throttle_pause * jitter(1.0, 1.2)
        self._pacer(request.api).pause(pause)
        return pause

    async def _authorized(self, request: _Request, limit: asyncio.Timeout) -> Reply:
        """One try with the token in hand; a refused token is dropped and the call made once more with a new one."""
        if not request.auth:
            return await self._send(request, "", limit)
        token = await self.token.get()
        try:
            return await self._send(request, token, limit)
        except TokenRefused:
            self.token.refused(token)
        token = await self.token.get()
        try:
            return await self._send(request, token, limit)
        except TokenRefused:
            self.token.refused(token)
            raise

    async def _send(self, request: _Request, token: str, limit: asyncio.Timeout) -> Reply:
        loop, breaker = asyncio.get_running_loop(), self._breaker(request.api)
        slot = await self._admitted(self._pacer(request.api), limit)
        try:
            tries = breaker.admit()
        except Resting:
            slot.close()
            raise
        started, outcome = loop.time(), "cancelled"
        try:
            response, content = await self.transport.exchange(
                request.api,
                self._http_request(request, token),
                read_timeout=_left(limit) * (0.7 if request.repeatable else 1.0),
                departed=slot.departed,
            )
            self.clock.heard(response.headers.get("date"), seconds=loop.time() - started)
            reply = request.read(request.api, response.status_code, content)
            outcome = "ok"
        except RemoteError as error:
            outcome = outcome_of(error)
            raise
        except asyncio.CancelledError:
            outcome = "timeout" if _left(limit) <= 0 else "cancelled"
            raise
        finally:
            slot.close()
            if outcome != "cancelled" or tries:
                breaker.ended(good=outcome not in _FAILED, tried=tries)
            self._on_call(CallRecord.of(request.api, outcome, loop.time() - started))
        return reply

    async def _admitted(self, pacer: Pacer, limit: asyncio.Timeout) -> Slot:
        """A place on the wire; in the background the deadline stands still until there is one."""
        if not self._background:
            return await pacer.admit()
        left = _left(limit)
        limit.reschedule(None)
        slot = await pacer.admit(background=True)
        limit.reschedule(asyncio.get_running_loop().time() + left)
        return slot

    def _http_request(self, request: _Request, token: str) -> httpx.Request:
        url = f"{request.url}?access_token={quote(token, safe='')}" if request.auth == "query" else request.url
        headers = self._headers(token if request.auth == "header" else "")
        if request.headers:
            headers = httpx.Headers([*headers.raw, *httpx.Headers(request.headers).raw])
        # As a stream, since httpx would else spend a tenth of a call on headers that aiohttp writes anyway.
        body = httpx.ByteStream(request.content)
        made = httpx.Request(request.method, self._url(url), headers=headers, stream=body)
        made.read()
        return made

    def _pacer(self, api: str) -> Pacer:
        if (pacer := self._pacers.get(api)) is None:
            pacer = self._pacers[api] = Pacer(self._calls_per_second)
        return pacer

    def _breaker(self, api: str) -> Breaker:
        if (breaker := self._breakers.get(api)) is None:
            most = FAILURES if api not in _ALWAYS_TRIED else maxsize
            breaker = self._breakers[api] = Breaker(api, asyncio.get_running_loop().time, failures=most)
        return breaker

    def resting(self) -> Mapping[str, bool]:
        """Each API that was called, and whether it is left alone as it fails call after call."""
        return {api: breaker.is_open for api, breaker in self._breakers.items()}

    async def _fetch_token(self) -> Token:
        who = self.credentials
        if who.corp_id is None:
            path = "/v1.0/oauth2/accessToken"
            body = {"appKey": who.client_id, "appSecret": who.client_secret}
        else:
            path = f"/v1.0/oauth2/{path_id(who.corp_id, api='accessToken')}/token"
            body = {"client_id": who.client_id, "client_secret": who.client_secret, "grant_type": "client_credentials"}
        try:
            reply = await self.post("accessToken", self.endpoints.api + path, body=body, repeatable=True)
        except TokenRefused as error:
            text = "check client id and client secret"
            raise CredentialsRefused(text, api=error.api, code=error.code, status=error.status) from None
        return _token(reply)


def _left(limit: asyncio.Timeout) -> float:
    """Seconds until the deadline."""
    return (limit.when() or 0.0) - asyncio.get_running_loop().time()


def _headers(token: str) -> httpx.Headers:
    return httpx.Headers({**_JSON, "x-acs-dingtalk-access-token": token} if token else _JSON)


def _encode(api: str, body: Mapping[str, Any] | None) -> bytes:
    try:
        return b"" if body is None else to_json(body)
    except ValueError:
        raise Rejected("the request holds characters that are no text, nothing was sent", api=api) from None


def _token(reply: Reply) -> Token:
    """Either of the two forms: `accessToken`/`expireIn`, or `access_token`/`expires_in` with a corp id."""
    value = reply.get("accessToken") or reply.get("access_token")
    life = reply.get("expireIn") or reply.get("expires_in")
    if not isinstance(value, str) or not value.isascii() or not isinstance(life, int) or life <= 0:
        raise MalformedReply("the reply holds no token with its life in seconds", api="accessToken")
    return Token(value, float(life))
