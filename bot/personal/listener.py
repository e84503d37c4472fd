"""What hears the redirect of a sign-in: one port of 127.0.0.1, one state, once.

Any page in any browser can send a request here, so that nothing is believed but the state: whatever does not carry it
changes nothing, and the sign-in goes on being waited for.
"""

from __future__ import annotations

import asyncio
import errno
import hmac
from collections.abc import Awaitable, Callable
from functools import partial
from types import TracebackType
from typing import Self

import structlog
from aiohttp import web

from bot.cards.pages import SignInOutcome, sign_in_page
from bot.dingtalk.sign_in import User
from bot.errors import NotSignedIn, YoukongError
from bot.model.requests import Language

log = structlog.get_logger(__name__)

HOST, PATH = "127.0.0.1", "/callback"
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",  # the address holds a code
    "X-Content-Type-Options": "nosniff",
}
_STATUS = {
    SignInOutcome.SIGNED_IN: 200,
    SignInOutcome.REFUSED: 502,
    SignInOutcome.DECLINED: 200,
    SignInOutcome.FOREIGN: 403,
    SignInOutcome.USED: 409,
}


class Listener:
    """`async with Listener(…) as listener: user = await listener.user()`.

    `accept` makes a user of a code, or raises. `language` None: that of the browser.
    """

    def __init__(
        self, accept: Callable[[str], Awaitable[User]], *, state: str, port: int, language: Language | None = None
    ) -> None:
        self._accept = accept
        self._state = state
        self._port = port
        self._language = language
        self._used = False
        self._user: asyncio.Future[User] = asyncio.get_running_loop().create_future()
        self._runner = web.ServerRunner(web.Server(self._handle, access_log=None), shutdown_timeout=1.0)

    async def __aenter__(self) -> Self:
        """Listens. Raises YoukongError where somebody else has the port: the code would be theirs."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, HOST, self._port, reuse_port=False).start()
        except OSError as error:
            await self._runner.cleanup()
            taken = error.errno == errno.EADDRINUSE
            why = "is taken, by another sign-in or another program" if taken else "cannot be used"
            text = (
                f"port {self._port} of {HOST} {why}: end it, or set personal.port and the app's redirect address anew"
            )
            raise YoukongError(text) from None
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()
        if self._user.done() and not self._user.cancelled():
            self._user.exception()  # whoever waited was interrupted

    @property
    def redirect_uri(self) -> str:
        """Where the sign-in page is to come back to."""
        return f"http://{HOST}:{self._port}{PATH}"

    async def user(self) -> User:
        """Whoever signed in. Raises what `accept` raised, and NotSignedIn for who declined."""
        return await self._user

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        # A name that somebody points at 127.0.0.1 (DNS rebinding) comes with another Host.
        if request.host != f"{HOST}:{self._port}" or request.path != PATH or request.method != "GET":
            log.warning("sign_in_left_alone", why="address")
            return _page(self._words(request, SignInOutcome.FOREIGN), status=404)
        given = request.rel_url.query.getall("state", [])
        if len(given) != 1 or not hmac.compare_digest(given[0].encode(errors="replace"), self._state.encode()):
            log.warning("sign_in_left_alone", why="state")
            return self._shown(request, SignInOutcome.FOREIGN)
        if self._used:
            log.warning("sign_in_left_alone", why="used")
            return self._shown(request, SignInOutcome.USED)
        self._used = True
        return await self._ended(request)

    async def _ended(self, request: web.BaseRequest) -> web.StreamResponse:
        """Shows the page first, and only then lets go whoever closes this port."""
        code = request.rel_url.query.get("authCode") or request.rel_url.query.get("code")
        let_go: Callable[[], None]
        try:
            user = await self._accepted(code)
        except YoukongError as error:
            response = self._shown(request, SignInOutcome.REFUSED if code else SignInOutcome.DECLINED)
            let_go = partial(self._user.set_exception, error)
        else:
            response = self._shown(request, SignInOutcome.SIGNED_IN, nick=user.nick)
            let_go = partial(self._user.set_result, user)
        try:
            await response.prepare(request)
            await response.write_eof()
        finally:
            if not self._user.done():
                let_go()
        return response

    async def _accepted(self, code: str | None) -> User:
        if not code:
            raise NotSignedIn("the sign-in was declined on DingTalk's page, nothing was kept", api="login")
        return await self._accept(code)

    def _shown(self, request: web.BaseRequest, outcome: SignInOutcome, *, nick: str = "") -> web.Response:
        return _page(self._words(request, outcome, nick=nick), status=_STATUS[outcome])

    def _words(self, request: web.BaseRequest, outcome: SignInOutcome, *, nick: str = "") -> str:
        chinese = request.headers.get("Accept-Language", "zh").lower().startswith("zh")
        return sign_in_page(outcome, self._language or (Language.ZH if chinese else Language.EN), nick=nick)


def _page(text: str, *, status: int) -> web.Response:
    return web.Response(status=status, text=text, content_type="text/html", headers=_HEADERS)
