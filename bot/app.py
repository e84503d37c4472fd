"""The bot as it serves: started, looked at, stopped. `bot.wiring` puts it together."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from functools import partial
from types import TracebackType
from typing import Self

import structlog

from bot.config import Config
from bot.digests.quota import Quota
from bot.dingtalk.http import CallRecord
from bot.dingtalk.jitter import jitter
from bot.endless import Loop, attempt, stop_all
from bot.errors import RemoteError, StoreError
from bot.observe.budget import Budget
from bot.observe.health import HealthServer
from bot.observe.metrics import Metrics
from bot.store import Store, meetings, messages
from bot.timing import Timing
from bot.wiring import bot, core, holiday_tables, utc_now

log = structlog.get_logger(__name__)

FLUSHED_AFTER = 10.0
TOKEN_LOOKED_AFTER = 30.0
PRUNED_AFTER = 6 * 3600.0
INDEX_FIRST = (20.0, 60.0)  # what waits for a bot that starts is answered before
INDEX_REFRESHED_AFTER = (20 * 60.0, 40 * 60.0)
"""Between two looks whether the index is to be read anew, from the one to the other: not all replicas at once."""
KEPT_FOR = timedelta(days=30)


class App:
    """The bot: `async with App(config) as app: await app.serve()`.

    `lines_dropped` is how many lines of the log could not be written so far, for its metric.
    """

    def __init__(self, config: Config, *, timing: Timing | None = None, lines_dropped: Callable[[], int] = int) -> None:
        self._config = config
        self._timing = timing or Timing()
        self._metrics = Metrics(lines_dropped=lines_dropped, passes_failed=self._passes_failed)
        self._quota = Quota()
        self._closing = AsyncExitStack()
        self._serving: asyncio.Task[None] | None = None
        self._connected = asyncio.Event()
        self._warm = asyncio.Event()
        self._loops: list[Loop] = []
        self._stopping = False

    async def __aenter__(self) -> Self:
        try:
            await self._start()
        except BaseException:
            await self._closing.aclose()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @property
    def health_url(self) -> str:
        """Where the health pages are, "" where they are off."""
        return self._health.url if self._health else ""

    async def serve(self) -> None:
        """Returns when the bot is stopped. Raises CredentialsRefused where DingTalk does not know the app."""
        if self._serving:
            await asyncio.shield(self._serving)

    async def connected(self) -> None:
        """Returns once the stream is open; raises what ended the stream before."""
        opened = asyncio.create_task(self._connected.wait())
        try:
            await asyncio.wait([opened, *filter(None, [self._serving])], return_when=asyncio.FIRST_COMPLETED)
        finally:
            opened.cancel()
        if self._serving and self._serving.done():
            self._serving.result()

    async def warm(self) -> None:
        """Returns once nothing is left to be loaded before the first question."""
        await self._warm.wait()

    async def stop(self) -> None:
        """Takes in nothing more, finishes what is in hand within some seconds, lets go of everything."""
        if self._stopping:
            return
        self._stopping = True
        try:
            if self._serving:
                await self._bot.stream.stop()
                await asyncio.gather(self._serving, return_exceptions=True)
                within = self._timing.stop_within
                await asyncio.gather(self._bot.turns.stop(within=within), self._bot.pending.stop(within=within))
        finally:
            await self._closing.aclose()
        log.info("stopped")

    async def look_at_reminders(self, now: datetime) -> int:
        """Tells whoever waits for what is true at `now`, as is done periodically; how many reminders were due."""
        return await self._bot.subscriptions.look(now)

    async def refresh_index(self) -> None:
        """Reads everybody's names, unless some process has done so within a day; done periodically as it is."""
        try:
            await self._core.services.directory.refresh_index()
        except StoreError as error:
            log.error("people_not_indexed", error=str(error))

    async def _start(self) -> None:
        config, opened = self._config, self._closing
        tables = asyncio.create_task(holiday_tables(config))
        opened.callback(tables.cancel)
        self._store = await opened.enter_async_context(await Store.open(config.store.url))
        self._budget = Budget(self._store, self._metrics, monthly_calls=config.dingtalk.monthly_calls, clock=utc_now)
        opened.push_async_callback(self._flush)
        self._core = await opened.enter_async_context(
            core(config, self._store, holidays=await tables, on_call=self._on_call, timing=self._timing)
        )
        self._bot = bot(
            self._core, meter=self._metrics, quota=self._quota, budget=self._budget, on_frame=self._on_frame
        )
        await self._start_health()
        self._start_upkeep()
        self._say_what_is_unknown()
        self._bot.turns.start()
        self._bot.pending.start()
        self._bot.subscriptions.start()
        opened.push_async_callback(self._bot.subscriptions.stop)
        self._bot.digests.start()
        opened.push_async_callback(self._bot.digests.stop)
        self._serving = asyncio.create_task(self._bot.stream.run(), name="serving")
        opened.callback(asyncio.create_task(self._warm_up(), name="warm-up").cancel)

    async def _start_health(self) -> None:
        server = self._config.server
        self._health = None
        if server.port is not None:
            self._health = HealthServer(
                host=server.host, port=server.port, checks=self._readiness, metrics=self._metrics
            )
            await self._health.start()
            self._closing.push_async_callback(self._health.stop)
            log.info("listening", url=self._health.url)

    def _start_upkeep(self) -> None:
        """Periodic work that may run late; leases are not among it."""

        def loop(name: str, step: Callable[[], Awaitable[object]], *, pause: float, first: float = 0.0) -> Loop:
            return Loop(name, step, pause=pause, first=first, within=self._timing.late_after(pause))

        self._loops = [
            loop("token", self._keep_token, pause=TOKEN_LOOKED_AFTER),
            loop("call_count", self._flush, pause=FLUSHED_AFTER, first=FLUSHED_AFTER),
            loop("pruning", self._prune, pause=PRUNED_AFTER, first=PRUNED_AFTER),
            loop("index", self.refresh_index, pause=jitter(*INDEX_REFRESHED_AFTER), first=jitter(*INDEX_FIRST)),
        ]
        for each in self._loops:
            each.start()
        self._closing.push_async_callback(stop_all, self._loops)

    def _say_what_is_unknown(self) -> None:
        """A year without an official table is announced, never guessed."""
        year = utc_now().year
        for table in self._core.services.holidays.values():
            if not table.announced(year):
                log.warning("holidays_not_announced", country=table.country, year=year)

    async def _warm_up(self) -> None:
        """Has templates, the month's calls and names ready before anybody asks; what fails waits until it is needed."""
        directory, renderer = self._core.services.directory, self._core.renderer
        for step in (partial(asyncio.to_thread, renderer.load), self._flush, directory.prepare_names):
            await attempt("warm-up", step)
        self._warm.set()

    async def _keep_token(self) -> None:
        """Has a token before anybody asks; it may be missing later, after DingTalk was out of reach for a while."""
        if not self._core.api.token.valid:
            with contextlib.suppress(RemoteError):  # readiness shows it
                await self._core.api.token.get()

    async def _flush(self) -> None:
        try:
            await self._budget.flush()
        except StoreError as error:
            log.error("calls_not_counted", error=str(error))

    async def _prune(self) -> None:
        try:
            await messages.prune(self._store, before=utc_now() - KEPT_FOR)
            await meetings.forget_titles(self._store, now=utc_now())
        except StoreError as error:
            log.error("not_pruned", error=str(error))

    async def _readiness(self) -> Mapping[str, bool]:
        """Each part by name, and each endless task: false where it has ended or should have come round by now."""
        checks = {
            "stream": self._bot.stream.connected and not self._stopping,
            "token": self._core.api.token.valid,
            "store": await self._is_writable(),
            "messages": self._bot.turns.oldest() <= self._timing.unanswered_within,
        }
        for loop in (*self._bot.loops, *self._loops):
            checks[loop.name] = checks.get(loop.name, True) and not loop.is_late
        return checks

    def _passes_failed(self) -> Mapping[str, int]:
        failed: Counter[str] = Counter()
        for loop in (*self._bot.loops, *self._loops):
            failed[loop.name] += loop.failures
        return failed

    async def _is_writable(self) -> bool:
        try:
            async with asyncio.timeout(2):
                await self._store.ping()
        except (StoreError, TimeoutError):
            return False
        return True

    def _on_call(self, record: CallRecord) -> None:
        self._metrics.call(record.api, record.outcome, record.seconds)
        self._quota.hear(record)
        if record.counted:
            self._budget.spend(record.api)

    def _on_frame(self, event: str) -> None:
        self._metrics.frame(event)
        if event == "connected":
            self._connected.set()
