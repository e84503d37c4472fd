"""The one place where the bot's objects are put together: for serving, for single commands and for tests.

`core` is what an answer needs, `bot` what serves. Nothing here is started; `bot.app` does that.
"""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.availability.holidays import HolidayTable
from bot.bookings import Bookings
from bot.cards import Renderer
from bot.chat.answering.claims import Claim, Claims
from bot.chat.answering.declines import Declines
from bot.chat.answering.mail import Mail
from bot.chat.answering.messages import MessageHandler
from bot.chat.answering.pending import PendingCards
from bot.chat.answering.presses import Presses
from bot.chat.answering.reply import Replier
from bot.chat.answering.response_looks import ResponseLooks
from bot.chat.answering.subscriptions import SubscriptionChecks
from bot.chat.answering.turns import Done, Turns
from bot.chat.frames.organisation import Organisation
from bot.chat.frames.titles import ChatTitles
from bot.chat.inbound import Inbound
from bot.chat.meaning.questions import Questions
from bot.chat.rate_limit import RateLimit
from bot.chat_settings import ChatSettings
from bot.config import Config
from bot.delivery.sender import PUBLIC_TEMPLATE, Sender
from bot.digests.quota import Quota
from bot.digests.runner import DigestRunner
from bot.digests.schedule import DigestSchedule
from bot.digests.scheduler import DigestScheduler
from bot.dingtalk.clock import Clock, GivenClock
from bot.dingtalk.http import Api, CallRecord, Credentials, Endpoints
from bot.dingtalk.network import Network, Proxy
from bot.dingtalk.stream import Stream
from bot.dingtalk.token import TokenSource
from bot.endless import Loop
from bot.features.digest.configured import configured
from bot.features.services import Services
from bot.holiday_reader import HolidayReader, HolidayTables
from bot.leave import Leave
from bot.meetings.desk import Meetings
from bot.model.billing import Resource, Spent, nothing_spent
from bot.model.meter import Meter
from bot.model.replies import Reply
from bot.model.spending import Allowance
from bot.observe.budget import Budget
from bot.observe.metering import Metering
from bot.people.directory import Directory
from bot.rooms import Rooms
from bot.schedules import Schedules
from bot.store import Store
from bot.timing import Timing


def utc_now() -> datetime:
    """The host's time, for what asks DingTalk nothing. Whoever serves goes by a `Clock`, handed down from here."""
    return datetime.now(UTC)


def api_of(
    config: Config,
    *,
    on_call: Callable[[CallRecord], object] = id,
    timing: Timing | None = None,
    clock: Clock | None = None,
) -> Api:
    """DingTalk as the configuration names it."""
    settings = config.dingtalk
    credentials = Credentials(settings.client_id, config.secret, settings.corp_id)
    endpoints = Endpoints(api=settings.api, oapi=settings.oapi)
    return Api(
        credentials,
        endpoints,
        calls_per_second=settings.calls_per_second,
        on_call=on_call,
        deadline=(timing or Timing()).call_within,
        network=Network(Proxy(settings.proxy_url) if settings.proxy else None, settings.ca_file),
        clock=clock,
    )


@dataclass(frozen=True, slots=True)
class Core:
    """What answers need: DingTalk, the store, the services of features, the way out.

    People's questions go first: `background` and `background_sender` make the same calls behind them. `fresh` reads
    calendars without remembering them, for what somebody is told must be true at that moment.
    """

    config: Config
    clock: Callable[[], datetime]
    timing: Timing
    store: Store
    api: Api
    renderer: Renderer
    services: Services
    background: Services
    fresh: Services
    sender: Sender
    background_sender: Sender

    def background_schedules(self) -> Schedules:
        """What reads calendars in the background, remembering nothing of before."""
        return Schedules(self.background_sender.api)


@asynccontextmanager
async def core(
    config: Config,
    store: Store,
    *,
    holidays: Mapping[str, HolidayTable],
    clock: Callable[[], datetime] | None = None,
    on_call: Callable[[CallRecord], object] = id,
    on_reply: Callable[[Reply], object] = id,
    timing: Timing | None = None,
) -> AsyncIterator[Core]:
    """The core over an open store; `on_call` hears of every call, `on_reply` of every reply that becomes a card.

    What it reads in the end is given up. A `clock` that is a `Clock` learns from DingTalk's replies.
    """
    timing, clock = timing or Timing(), clock or Clock()
    learning = clock if isinstance(clock, Clock) else GivenClock(clock)
    async with api_of(config, on_call=on_call, timing=timing, clock=learning) as api, AsyncExitStack() as opened:
        behind, renderer = api.in_background(), Renderer(on_reply=on_reply)
        tables = HolidayTables(holidays, clock=clock)
        services = _services(config, api, store, tables, clock=clock, timing=timing)
        background = _services(config, behind, store, tables, clock=clock, timing=timing)
        fresh = replace(services, schedules=Schedules(api, kept_seconds=0))
        for each in (services, background, fresh):
            opened.push_async_callback(each.schedules.aclose)
        for each in (services, background):
            opened.push_async_callback(each.directory.aclose)
        sender = Sender(
            api=api,
            store=store,
            renderer=renderer,
            robot_code=config.dingtalk.robot,
            template_id=config.dingtalk.card_template_id or PUBLIC_TEMPLATE,
            clock=clock,
        )
        yield Core(
            config=config,
            clock=clock,
            timing=timing,
            store=store,
            api=api,
            renderer=renderer,
            services=services,
            background=background,
            fresh=fresh,
            sender=sender,
            background_sender=replace(sender, api=behind),
        )


@asynccontextmanager
async def opened(config: Config) -> AsyncIterator[Core]:
    """The core with a store and a holiday table of its own, for a single command, whose calls count like all others."""
    async with metered(config) as (built, _):
        yield built


@asynccontextmanager
async def metered(config: Config) -> AsyncIterator[tuple[Core, Metering]]:
    """The same with what counts its calls, for a command that asks again and again."""
    async with await Store.open(config.store.url) as store:
        metering = Metering(config, store, clock=utc_now)
        tables = await HolidayReader(config.countries, year=utc_now().year).tables()
        try:
            async with core(config, store, holidays=tables, on_call=metering.on_call) as built:
                yield built, metering
        finally:
            await metering.flush()


@asynccontextmanager
async def read_by(core: Core, tokens: TokenSource) -> AsyncIterator[Services]:
    """The services of a core, but that calendars are read by a user's own token."""
    schedules = Schedules(core.api.by(tokens), kept_seconds=core.timing.schedules_kept)
    try:
        yield replace(core.services, schedules=schedules)
    finally:
        await schedules.aclose()


def _services(
    config: Config,
    api: Api,
    store: Store,
    tables: HolidayTables,
    *,
    clock: Callable[[], datetime],
    timing: Timing,
) -> Services:
    """What features need; nobody else opens a directory, calendars or bookings."""
    within = timing.look_up_within
    return Services(
        config,
        Directory(api, store, teams=config.teams, chats=config.chats, clock=clock, look_up_within=within),
        Schedules(api, kept_seconds=timing.schedules_kept),
        Leave(api, enabled=config.leave.enabled, kept_seconds=timing.leave_kept),
        Rooms(api),
        Bookings(api, store, clock=clock, timing=timing),
        Meetings(api, store, clock, timing),
        store,
        tables,
        clock,
        ChatSettings(config, store, clock=clock),
        timing,
    )


@dataclass(frozen=True, slots=True)
class Bot:
    """The parts that serve, not started."""

    turns: Turns
    pending: PendingCards
    subscriptions: SubscriptionChecks
    responses: ResponseLooks
    digests: DigestScheduler
    stream: Stream

    @property
    def loops(self) -> Sequence[Loop]:
        """Everything that goes on for ever once it is started."""
        return [
            self.stream.loop,
            *self.turns.loops,
            self.pending.upkeep,
            self.subscriptions.upkeep,
            *([self.responses.upkeep] if self.responses.wanted else []),
            *self.digests.loops,
        ]


def bot(
    core: Core, *, meter: Meter, quota: Quota, budget: Budget, shares: Allowance, on_frame: Callable[[str], object]
) -> Bot:
    """What serves over a core. `on_frame` hears of what the stream does."""
    config, store, services, clock = core.config, core.store, core.services, core.clock

    async def handle(claim: Claim) -> Done:
        return await handler.handle(claim)

    claims = Claims(store, clock=clock, timing=core.timing)
    turns = Turns(claims, store, handler=handle, meter=meter, clock=clock, timing=core.timing)
    handler = MessageHandler(
        questions=Questions(config, services.chats, services.directory, calendars=services.calendars),
        store=store,
        services=services,
        replier=Replier(store=store, claims=claims, sender=core.sender, clock=clock),
        meter=meter,
        allowance=shares,
        clock=clock,
    )
    mail = Mail(store, services, core.sender, clock)
    pending = PendingCards(store=store, services=services, mail=mail, sender=core.sender, clock=clock)
    organisation = Organisation(store, client_id=config.dingtalk.client_id, corp_id=config.dingtalk.corp_id)
    presses = Presses(
        organisation=organisation,
        work=pending,
        store=store,
        services=services,
        renderer=core.renderer,
        meter=meter,
        allowance=shares,
        clock=clock,
    )
    inbound = Inbound(
        turns=turns,
        presses=presses,
        limit=RateLimit(per_minute=config.limits.questions_per_minute),
        meter=meter,
        organisation=organisation,
        titles=ChatTitles(store, clock=clock),
        card_ids=services.card_ids,
        clock=clock,
    )
    return Bot(
        turns=turns,
        pending=pending,
        subscriptions=SubscriptionChecks(store, core.fresh, core.sender, budget.spent_share, shares, clock),
        responses=ResponseLooks(
            store,
            core.background,
            core.background_sender,
            Declines(store, core.fresh, core.sender),
            budget.spent_share,
            clock,
        ),
        digests=digests(core, quota=quota, meter=meter, spent=budget.spent),
        stream=Stream(core.api, on_message=inbound.on_message, on_card=inbound.on_card, on_event=on_frame),
    )


def digests(
    core: Core,
    *,
    quota: Quota,
    meter: Meter,
    sender: Sender | None = None,
    spent: Callable[[Resource], Spent] = nothing_spent,
) -> DigestScheduler:
    """The digests of one process, all of it in the background; `sender` may stand in for the way to DingTalk.

    `spent` is what notices say of the month.
    """
    services = core.background
    runner = DigestRunner(
        store=core.store,
        services=services,
        schedule=DigestSchedule(configured(core.config), calendar=services.calendar, card_ids=services.card_ids),
        sender=sender or core.background_sender,
        reader=core.background_schedules,
        quota=quota,
        meter=meter,
        owner=uuid.uuid4().hex,
        spent=spent,
    )
    return DigestScheduler(runner, clock=core.clock, timing=core.timing)
