"""One situation as it runs: an emulated DingTalk, its company, the real bot, and the one clock they all go by."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from typing import Any, Self

from pydantic import ValidationError

from bot.app import App
from bot.config import Config
from bot.config_hours import OwnWorkingTime
from bot.emulator import Emulator, Person
from bot.errors import ConfigError, YoukongError
from bot.model.digests import Digest
from bot.model.people import ConversationId, StaffId
from bot.model.requests import Language
from bot.playground import own_time
from bot.playground.clock import StageClock
from bot.playground.company import Company, sample_company
from bot.playground.diaries import ZONE
from bot.playground.feed import Feed
from bot.playground.founding import Founder, found
from bot.playground.recorder import Recorder
from bot.playground.situations import Situation
from bot.playground.switches import Switches
from bot.store import digests
from bot.timing import Timing

CONNECT_WITHIN = 15.0
_REMEMBERED = 500
_A_DAY = timedelta(days=1)
TIMING = Timing(
    schedules_kept=0,
    leave_kept=0,
    message_lease=_A_DAY,
    press_lease=_A_DAY,
    digest_lease=_A_DAY,
    slot_reading=_A_DAY,
    digest_look=0.5,
    reminder_look=0.5,
    count_look=1.0,
)
"""The clock may leap: nothing of the one process that there is runs out, and what is due is looked at soon."""


class Stage:
    """`async with Stage(situation) as stage:` - then people of `stage.company` talk, and `stage.clock` is turned.

    Without people of its own the situation has those of `config`, else of `sample`. `timing` and `ack_window` (seconds)
    are how long the bot and DingTalk wait.
    """

    def __init__(
        self,
        situation: Situation,
        *,
        config: Config | None = None,
        sample: Founder = sample_company,
        timing: Timing = TIMING,
        ack_window: float = 2.0,
    ) -> None:
        self.situation = situation
        self.config = config
        self.clock = StageClock(situation.moment)
        self.emulator = Emulator(
            bot_name="有空",
            now=self.clock,
            ledger_limit=_REMEMBERED,
            keep_answers=True,
            redeliver_unacked=20.0,
            ack_window=ack_window,
        )
        self.switches = Switches(self.emulator)
        self.working_times: dict[str, OwnWorkingTime] = {}
        self._sample = sample
        self._timing = timing
        self._closing = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Start everything. Raises YoukongError where the bot does not come up."""
        try:
            await self._start()
        except BaseException:
            await self._closing.aclose()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop everything, the bot before its DingTalk."""
        await self._closing.aclose()

    async def names_known(self) -> None:
        """Return once the bot has read everybody's names, as it does by itself within a minute of its start."""
        await asyncio.shield(self._naming)

    async def set_own_time(
        self, person: Person, *, working_time: OwnWorkingTime | None = None, zone: str | None = None
    ) -> None:
        """Let somebody work at other times and live in another zone, None: as now. Raises ValueError."""
        await own_time.put(self.app.services, person, working_time=working_time, zone=zone)
        if working_time is not None:
            self.working_times[person.staff_id] = working_time

    async def end_own_time(self, person: Person) -> None:
        """Let somebody live and work as the configuration has it."""
        await own_time.as_configured(self.app.services, person)
        self.working_times.pop(person.staff_id, None)

    async def set_clock(self, at: datetime) -> None:
        """Set the clock forward and let the bot do what is due by then. Raises ValueError for a time that is over."""
        self.clock.set(at)
        self.recorder.clock_set()
        now = self.clock()
        await self.app.look_at_counts()
        await self.app.look_at_digests(now)
        await self.app.look_at_reminders(now)
        await self.app.look_at_responses(now)

    async def _start(self) -> None:
        await self._closing.enter_async_context(self.emulator)
        self.company = found(self.emulator, self.situation, self.config, sample=self._sample)
        self.feed = Feed(self.emulator, now=self.clock)
        self._closing.callback(self.feed.close)
        self.recorder = Recorder(self.emulator, clock=self.clock)
        self._closing.callback(self.recorder.close)
        for person in self.company.people:
            part = next((each for each in self.situation.people if each.id == person.staff_id), None)
            hidden = not part.shares if part else person.staff_id in self.company.hidden
            if hidden:
                self.switches.share(person, shares=False)
        settings = settings_of(self.emulator, self.company, self.config, self.situation.settings)
        app = App(settings, clock=self.clock, timing=self._timing, on_reply=self.recorder.on_reply)
        self.app = await self._closing.enter_async_context(app)
        try:
            await asyncio.wait_for(self.app.connected(), CONNECT_WITHIN)
        except TimeoutError:
            raise YoukongError(f"the bot did not connect within {CONNECT_WITHIN:.0f} s, see its log with -v") from None
        for part in self.situation.people:
            worker = self.company.person(part.id)
            if worker is not None and part.working_time != own_time.AS_EVERYBODY:
                await self.set_own_time(worker, working_time=part.working_time)
        await self._set_digests()
        for name in self.situation.faults:
            self.switches.set(name, on=True)
        self._naming = asyncio.create_task(self._read_names(), name="names")
        self._closing.callback(self._naming.cancel)

    async def _read_names(self) -> None:
        await self.app.refresh_index()
        await self.app.services.directory.prepare_names()

    async def _set_digests(self) -> None:
        """As if they had been set in their chats just now, so that none is late when the stage opens."""
        for team in self.company.teams:
            if team.digest is None:
                continue
            place = ConversationId(team.group.conversation_id)
            first = StaffId(team.members[0])
            digest = Digest(
                place,
                team.digest,
                self.situation.zone,
                Language.EN if team.english else Language.ZH,
                team=team.name or None,
                operator=first,
                set_in_chat=True,
                chat=place,
            )
            await digests.put(self.app.services.store, digest, by=first, now=self.clock())
        await self.app.look_at_digests(self.clock())


def settings_of(emulator: Emulator, company: Company, config: Config | None, sections: dict[str, Any]) -> Config:
    """The bot's configuration: the file's or the sample's, `sections` in place of its own. Nothing goes to disk."""
    dingtalk = {
        **sections.get("dingtalk", {}),
        "client_id": emulator.client_id,
        "client_secret": emulator.client_secret,
        "api_url": emulator.url,
        "oapi_url": emulator.url,
        "calls_per_second": 20,
        "monthly_calls": 1_000_000,
    }
    ours = {
        "dingtalk": dingtalk,
        "store": {"url": "sqlite://"},
        "limits": {"questions_per_minute": 1_000_000, "share_of_month": 1.0, **sections.get("limits", {})},
        "server": {"port": None},
    }
    if config is not None:
        return _checked({**config.model_dump(exclude_unset=True), **sections, **ours})
    teams = [
        {"name": team.name, "aliases": [team.alias] if team.alias else [], "members": list(team.members)}
        for team in company.teams
        if team.name
    ]
    sample = {
        "timezone": ZONE.key,
        "people": [{"id": each, "timezone": zone} for each, zone in company.zones.items()],
        "teams": teams,
        "chats": [{"id": team.group.conversation_id, "team": team.name} for team in company.teams if team.name],
        "booking": {"enabled": True, "replies": True},
        "leave": {"enabled": True},
        "administrators": [company.people[0].staff_id],
    }
    return _checked({**sample, **sections, **ours})


def _checked(values: dict[str, Any]) -> Config:
    try:
        return Config.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        key = ".".join(["settings", *(str(each) for each in first["loc"])])
        raise ConfigError(first["msg"].removeprefix("Value error, "), source="situation", key=key) from None


def moved_to(situation: Situation, at: datetime) -> Situation:
    """The same people with empty chats at another time; the sample's calendars are laid around it."""
    return situation.model_copy(update={"now": at.isoformat(timespec="minutes"), "steps": ()})
