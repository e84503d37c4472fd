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
from bot.digests.notices import Notice, notice_run
from bot.digests.quota import Quota
from bot.dingtalk.clock import Clock
from bot.dingtalk.http import CallRecord
from bot.dingtalk.jitter import jitter
from bot.endless import Loop, attempt, stop_all
from bot.errors import RemoteError, StoreError
from bot.features.services import Services
from bot.holiday_reader import HolidayReader
from bot.model.billing import Resource, day_of
from bot.model.people import StaffId
from bot.model.replies import Reply
from bot.model.spending import spender
from bot.observe.budget import Budget
from bot.observe.health import HealthServer
from bot.observe.metrics import Metrics, Observed
from bot.observe.shares import Shares
from bot.observe.watchdog import Watchdog
from bot.store import Store, digest_runs, meetings, pruning, shares
from bot.store.place import described
from bot.timing import Timing
from bot.wiring import bot, core

log = structlog.get_logger(__name__)

TOKEN_LOOKED_AFTER = 30.0
PRUNED_AFTER = 6 * 3600.0
INDEX_FIRST = (20.0, 60.0)  # what waits for a bot that starts is answered before
INDEX_REFRESHED_AFTER = (20 * 60.0, 40 * 60.0)
"""Between two looks whether the index is to be read anew, from the one to the other: not all replicas at once."""
KEPT_FOR = timedelta(days=30)
LET_GO_WITHIN = 2.0
"""Of a start that came to nothing."""


class App:
    """The bot: `async with App(config) as app: await app.serve()`.

    `clock` is the one that everything of the bot goes by: answers, digests, reminders, leases. `on_reply` hears
    of every reply that becomes a card. `lines_dropped` is how many lines of the log could not be written so far, for
    its metric. `holidays` is what was begun to be read before this was loaded.
    """

    def __init__(
        self,
        config: Config,
        *,
        clock: Callable[[], datetime] | None = None,
        timing: Timing | None = None,
        on_reply: Callable[[Reply], object] = id,
        lines_dropped: Callable[[], int] = int,
        holidays: HolidayReader | None = None,
    ) -> None:
        self._config = config
        self._holidays = holidays
        self._clock: Callable[[], datetime] = clock or Clock()
        self._on_reply = on_reply
        self._timing = timing or Timing()
        observed = Observed(
            lines_dropped=lines_dropped,
            passes_failed=self._passes_failed,
            skew=lambda: self._clock.skew if isinstance(self._clock, Clock) else None,
            silent_for=lambda: self._bot.stream.silent_for,
            oldest_message=lambda: self._bot.turns.oldest(),
            resting=lambda: self._core.api.resting(),
        )
        self._metrics = Metrics(
            observed,
            pushed=lambda kind: self._budget.pushed(kind),
            pushes_gone=lambda: self._budget.gone(Resource.PUSHES),
        )
        self._quota = Quota()
        self._closing = AsyncExitStack()
        self._serving: asyncio.Task[None] | None = None
        self._connected = asyncio.Event()
        self._warm = asyncio.Event()
        self._loops: list[Loop] = []
        self._give_up: Callable[[], object] = _nothing
        self._stopping = False

    async def __aenter__(self) -> Self:
        try:
            await self._start()
        except BaseException:
            await self._let_go(by=asyncio.get_running_loop().time() + LET_GO_WITHIN)
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
        loop, timing = asyncio.get_running_loop(), self._timing
        until = loop.time() + timing.store_within
        giving_up = loop.call_at(until, self._give_up)
        try:
            if self._serving:
                await self._bot.stream.stop()
                await asyncio.gather(self._serving, return_exceptions=True)
                within = max(min(timing.stop_within, until - loop.time()), 0.0)
                await asyncio.gather(self._bot.turns.stop(within=within), self._bot.pending.stop(within=within))
        finally:
            giving_up.cancel()
            await self._let_go(by=until)
        log.info("stopped")

    async def _let_go(self, *, by: float) -> None:
        """Closes everything; a store that has not answered `by` then (loop time) is waited for no longer."""
        giving_up = asyncio.get_running_loop().call_at(by, self._give_up)
        try:
            await self._closing.aclose()
        finally:
            giving_up.cancel()

    @property
    def services(self) -> Services:
        """What features use, for whoever looks at what became of things."""
        return self._core.services

    def next_digest(self) -> datetime | None:
        """When the next digest is due, as far as it was looked; None where none is set."""
        return min(self._bot.digests.runner.schedule.wakes(self._clock()).values(), default=None)

    async def look_at_digests(self, now: datetime) -> int:
        """Sends what is due at `now`, as is done periodically; how many digests were."""
        return await self._bot.digests.runner.run(now)

    async def look_at_reminders(self, now: datetime) -> int:
        """Tells whoever waits for what is true at `now`, as is done periodically; how many reminders were due."""
        return await self._bot.subscriptions.look(now)

    async def look_at_responses(self, now: datetime) -> int:
        """Looks at the replies to meetings that are due at `now`, as is done periodically; how many those were."""
        return await self._bot.responses.look(now)

    async def look_at_counts(self) -> None:
        """Adds up the month's calls and pushes, as is done periodically, and owes word of it where they run out."""
        await self._flush()

    async def refresh_index(self) -> None:
        """Reads everybody's names, unless some process has done so within a day; done periodically as it is."""
        try:
            await self._core.services.directory.refresh_index()
        except StoreError as error:
            log.error("people_not_indexed", error=str(error))

    async def _start(self) -> None:
        config, opened = self._config, self._closing
        watchdog = Watchdog(self._metrics.lag)
        watchdog.start()
        opened.callback(watchdog.stop)
        reader = self._holidays or HolidayReader(config.countries, year=self._clock().year)
        tables = asyncio.create_task(reader.tables())
        opened.callback(tables.cancel)
        self._store = await opened.enter_async_context(await Store.open(config.store.url))
        self._give_up = self._store.give_up
        self._budget = Budget(
            self._store,
            self._metrics,
            monthly_calls=config.dingtalk.monthly_calls,
            monthly_pushes=config.dingtalk.monthly_pushes,
            clock=self._clock,
            running_out=self._owe_notices,
        )
        self._shares = Shares(self._store, allowed=config.calls_a_day, clock=self._clock)
        opened.push_async_callback(self._flush)
        self._core = await opened.enter_async_context(
            core(
                config,
                self._store,
                holidays=await tables,
                clock=self._clock,
                on_call=self._on_call,
                on_reply=self._on_reply,
                timing=self._timing,
            )
        )
        self._bot = bot(
            self._core,
            meter=self._metrics,
            quota=self._quota,
            budget=self._budget,
            shares=self._shares,
            on_frame=self._on_frame,
        )
        await self._start_health()
        self._start_upkeep()
        self._say_what_is_unknown()
        log.info("store_opened", place=described(config.store.url))
        self._bot.turns.start()
        self._bot.pending.start()
        self._bot.subscriptions.start()
        opened.push_async_callback(self._bot.subscriptions.stop)
        self._bot.responses.start()
        opened.push_async_callback(self._bot.responses.stop)
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

        counted = self._timing.count_look
        self._loops = [
            loop("token", self._keep_token, pause=TOKEN_LOOKED_AFTER),
            loop("call_count", self._flush, pause=counted, first=counted),
            loop("pruning", self._prune, pause=PRUNED_AFTER),
            loop("index", self.refresh_index, pause=jitter(*INDEX_REFRESHED_AFTER), first=jitter(*INDEX_FIRST)),
        ]
        for each in self._loops:
            each.start()
        self._closing.push_async_callback(stop_all, self._loops)

    def _say_what_is_unknown(self) -> None:
        """A year without an official table is announced, never guessed."""
        year = self._clock().year
        for table in self._core.services.tables.values():
            if not table.announced(year):
                log.warning("holidays_not_announced", country=table.country, year=year)

    async def _warm_up(self) -> None:
        """Has templates, counts, names and holidays ready before anybody asks; what fails waits until it is needed."""
        directory, renderer = self._core.services.directory, self._core.renderer
        for step in (
            partial(asyncio.to_thread, renderer.load),
            self._flush,
            directory.prepare_names,
            self._core.services.prepare_holidays,
        ):
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
            await self._shares.flush()
        except StoreError as error:
            log.error("calls_not_counted", error=str(error))

    async def _owe_notices(self, resource: Resource) -> None:
        """Has administrators told, once a month. Raises StoreError."""
        now, config = self._clock(), self._config
        told = [Notice(StaffId(each), config.notice_language, resource) for each in config.administrators]
        owed = [notice_run(each, now, ids=self._core.services.card_ids) for each in told]
        if owed:
            await digest_runs.claim(self._store, owed, owner="", now=now, lease=timedelta(0))

    async def _prune(self) -> None:
        try:
            await pruning.prune(self._store, before=self._clock() - KEPT_FOR)
            await meetings.forget_titles(self._store, now=self._clock())
            await shares.prune(self._store, before=day_of(self._clock()) - KEPT_FOR)
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
            if who := spender():
                self._shares.spend(who)

    def _on_frame(self, event: str) -> None:
        self._metrics.frame(event)
        if event == "connected":
            self._connected.set()


def _nothing() -> None:
    """There is no store yet."""
