"""The one place where objects are built, started and stopped."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.availability.holidays import HolidayTable
from bot.cards import Renderer
from bot.chat.answering.claims import Claim, Claims
from bot.chat.answering.mail import Mail
from bot.chat.answering.messages import Dispatch
from bot.chat.answering.pending import CardWork
from bot.chat.answering.presses import Presses
from bot.chat.answering.reply import PUBLIC_TEMPLATE, Outbound
from bot.chat.answering.subscriptions import Watches
from bot.chat.inbound import Inbound
from bot.chat.meaning.questions import Questions
from bot.chat.rate_limit import Floods
from bot.config import Config
from bot.delivery.sender import Letters
from bot.digests.opening import digests_of
from bot.digests.quota import Quota
from bot.dingtalk.http import CallRecord
from bot.dingtalk.jitter import jitter
from bot.dingtalk.stream import Stream
from bot.errors import RemoteError, StoreError
from bot.observe.budget import Budget
from bot.observe.health import HealthServer
from bot.observe.metrics import Metrics
from bot.schedules import Schedules
from bot.store import Store, messages
from bot.timing import Timing
from bot.wiring import api_of, holiday_table, services_of, utc_now

log = structlog.get_logger(__name__)

TOKEN_LOOKED_AFTER = 30.0
KEPT_FOR = timedelta(days=30)


class App:
    """The bot: `async with App(config) as app: await app.serve()`."""

    def __init__(self, config: Config, *, timing: Timing | None = None) -> None:
        self._config = config
        self._timing = timing or Timing()
        self._metrics = Metrics()
        self._quota = Quota()
        self._closing = AsyncExitStack()
        self._serving: asyncio.Task[None] | None = None
        self._connected = asyncio.Event()
        self._warm = asyncio.Event()
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
                await self._stream.stop()
                await asyncio.gather(self._serving, return_exceptions=True)
                within = self._timing.stop_within
                await asyncio.gather(self._claims.stop(within=within), self._card_work.stop(within=within))
        finally:
            await self._closing.aclose()
        log.info("stopped")

    async def look_at_reminders(self, now: datetime) -> int:
        """Tells whoever waits for what is true at `now`, as is done periodically; how many reminders were due."""
        return await self._watches.look(now)

    async def refresh_index(self) -> None:
        """Reads everybody's names, unless some process has done so within a day; done periodically as it is."""
        try:
            await self._services.directory.refresh_index()
        except StoreError as error:
            log.error("people_not_indexed", error=str(error))

    async def _start(self) -> None:
        config, opened = self._config, self._closing
        table = asyncio.create_task(holiday_table(config))
        opened.callback(table.cancel)
        self._store = await opened.enter_async_context(await Store.open(config.store.url))
        self._budget = Budget(self._store, self._metrics, monthly_calls=config.dingtalk.monthly_calls, clock=utc_now)
        opened.push_async_callback(self._flush)
        self._api = await opened.enter_async_context(api_of(config, on_call=self._on_call, timing=self._timing))
        self._build(await table)
        await self._start_health()
        self._start_housekeeping()
        self._say_what_is_unknown()
        self._claims.start()
        self._card_work.start()
        self._watches.start()
        self._digests.start()
        self._serving = asyncio.create_task(self._stream.run(), name="stream")
        opened.callback(asyncio.create_task(self._warm_up(), name="warm-up").cancel)

    def _build(self, holidays: HolidayTable | None) -> None:
        config, store, api = self._config, self._store, self._api
        self._services = services_of(config, api, store, holidays, timing=self._timing)
        self._closing.push_async_callback(self._services.schedules.aclose)
        self._closing.push_async_callback(self._services.directory.aclose)
        renderer = self._renderer = Renderer()
        self._claims = Claims(store, handler=self._handle, meter=self._metrics, clock=utc_now, timing=self._timing)
        outbound = Outbound(
            api=api,
            store=store,
            claims=self._claims,
            renderer=renderer,
            robot_code=config.dingtalk.robot,
            template_id=config.dingtalk.card_template_id or PUBLIC_TEMPLATE,
            clock=utc_now,
        )
        self._dispatch = Dispatch(
            questions=Questions(config, self._services.chats, self._services.directory),
            store=store,
            services=self._services,
            outbound=outbound,
            meter=self._metrics,
            clock=utc_now,
        )
        letters = Letters(
            api=api,
            store=store,
            renderer=renderer,
            robot_code=config.dingtalk.robot,
            template_id=config.dingtalk.card_template_id or PUBLIC_TEMPLATE,
            clock=utc_now,
        )
        self._card_work = CardWork(
            api=api,
            store=store,
            services=self._services,
            mail=Mail(store, self._services, letters, utc_now),
            renderer=renderer,
            clock=utc_now,
        )
        presses = Presses(
            work=self._card_work,
            store=store,
            services=self._services,
            renderer=renderer,
            meter=self._metrics,
            clock=utc_now,
        )
        # What somebody is told must be true at that moment, so reminders read calendars anew.
        reading_anew = replace(self._services, schedules=Schedules(api, kept_seconds=0))
        self._closing.push_async_callback(reading_anew.schedules.aclose)
        self._watches = Watches(store, reading_anew, letters, self._budget.spent_share, utc_now)
        self._closing.push_async_callback(self._watches.stop)
        behind = api.in_background()
        self._digests = digests_of(
            self._services, api=behind, post=replace(letters, api=behind), quota=self._quota, meter=self._metrics
        )
        self._closing.push_async_callback(self._digests.stop)
        inbound = Inbound(
            claims=self._claims,
            presses=presses,
            floods=Floods(per_minute=config.limits.questions_per_minute),
            meter=self._metrics,
            secret=config.secret,
            clock=utc_now,
        )
        self._stream = Stream(api, on_message=inbound.on_message, on_card=inbound.on_card, on_event=self._on_frame)

    async def _handle(self, claim: Claim) -> bool:
        return await self._dispatch.handle(claim)

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

    def _start_housekeeping(self) -> None:
        """Periodic work that may run late or be skipped; leases are not among it."""
        scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"coalesce": True, "misfire_grace_time": 3600})
        scheduler.add_job(self._flush, "interval", seconds=10)
        scheduler.add_job(self._prune, "interval", hours=6)
        first = utc_now() + timedelta(seconds=jitter(20, 60))  # what waits for a bot that starts is answered before
        scheduler.add_job(self.refresh_index, "interval", minutes=30, jitter=600, next_run_time=first)
        scheduler.start()
        self._closing.callback(scheduler.shutdown, wait=False)

    def _say_what_is_unknown(self) -> None:
        """A year without an official table is announced, never guessed."""
        table, year = self._services.holidays, utc_now().year
        if table and not table.announced(year):
            log.warning("holidays_not_announced", country=table.country, year=year)

    async def _warm_up(self) -> None:
        """Has templates, the month's calls, names and a token ready before anybody asks, and keeps the token so.

        A token may be missing later too, after DingTalk was out of reach for a while.
        """
        await asyncio.to_thread(self._renderer.load)
        await self._flush()
        await self._services.directory.prepare_names()
        self._warm.set()
        while True:
            if not self._api.token.valid:
                with contextlib.suppress(RemoteError):  # readiness shows it
                    await self._api.token.get()
            await asyncio.sleep(TOKEN_LOOKED_AFTER)

    async def _flush(self) -> None:
        try:
            await self._budget.flush()
        except StoreError as error:
            log.error("calls_not_counted", error=str(error))

    async def _prune(self) -> None:
        try:
            await messages.prune(self._store, before=utc_now() - KEPT_FOR)
        except StoreError as error:
            log.error("not_pruned", error=str(error))

    async def _readiness(self) -> Mapping[str, bool]:
        return {
            "stream": self._stream.connected and not self._stopping,
            "token": self._api.token.valid,
            "store": await self._is_writable(),
        }

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
