"""The app's access token: fetched once for everybody, renewed before it runs out, dropped when DingTalk refuses it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog

from bot.dingtalk.jitter import jitter
from bot.errors import CredentialsRefused, RemoteError

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Token:
    """An access token and its life in seconds from now on."""

    value: str = field(repr=False)
    life: float


class TokenSource:
    """Keeps one token warm. `fetch` asks DingTalk; however many wait, it runs once at a time.

    After the first one, tokens are renewed in the background at 80 to 90 % of their life, so that nobody waits.
    """

    def __init__(
        self,
        fetch: Callable[[], Awaitable[Token]],
        *,
        clock: Callable[[], float] = time.monotonic,
        retry_after: float = 15.0,
    ) -> None:
        self._fetch = fetch
        self._clock = clock
        self._retry_after = retry_after
        self._value: str | None = None
        self._expires_at = 0.0
        self._task: asyncio.Task[str] | None = None
        self._timer: asyncio.TimerHandle | None = None

    @property
    def valid(self) -> bool:
        """Whether a token is in hand that is not known to be expired or refused."""
        return self._value is not None and self._clock() < self._expires_at

    async def get(self) -> str:
        """The token in hand, or else the one that is being fetched; raises what the fetch raised."""
        if self._value is not None and self._clock() < self._expires_at:
            return self._value
        return await asyncio.shield(self._fetching())

    def refused(self, token: str) -> None:
        """DingTalk refused this token; drops it unless another one has taken its place already."""
        if token == self._value:
            self._value = None

    async def aclose(self) -> None:
        """Stop renewing."""
        if self._timer is not None:
            self._timer.cancel()
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.wait([self._task])

    def _fetching(self) -> asyncio.Task[str]:
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._renew(), name="access-token")
            self._task.add_done_callback(_mark_retrieved)
        return self._task

    async def _renew(self) -> str:
        try:
            token = await self._fetch()
        except RemoteError as error:
            log.warning("token_not_renewed", error=type(error).__name__, code=error.code)
            if self.valid:
                slower = 4 if isinstance(error, CredentialsRefused) else 1
                self._renew_in(self._retry_after * jitter(0.8, 1.2) * slower)
            raise
        self._value = token.value
        self._expires_at = self._clock() + token.life * 0.98
        self._renew_in(token.life * jitter(0.8, 0.9))
        return token.value

    def _renew_in(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(max(seconds, 0.5), self._fetching)


def _mark_retrieved(task: asyncio.Task[str]) -> None:
    """Nobody may be waiting for a renewal; its failure is logged where it happens."""
    if not task.cancelled():
        task.exception()
