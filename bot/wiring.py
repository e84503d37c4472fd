"""What the bot and single commands build of a configuration: DingTalk, holidays, the services; and the one clock."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import Callable
from datetime import UTC, datetime

from bot.availability.holidays import HolidayTable, load
from bot.bookings import Bookings
from bot.chat_settings import ChatSettings
from bot.config import Config
from bot.dingtalk.http import Api, CallRecord, Credentials, Endpoints
from bot.errors import ConfigError
from bot.features.services import Services
from bot.people.directory import Directory
from bot.schedules import Schedules
from bot.store import Store
from bot.timing import Timing


def utc_now() -> datetime:
    """The present time; the one clock that is read, and handed down from here."""
    return datetime.now(UTC)


def api_of(config: Config, *, on_call: Callable[[CallRecord], object] = id, timing: Timing | None = None) -> Api:
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
    )


async def holiday_table(config: Config) -> HolidayTable | None:
    """The configured table, read by a process of its own that takes its memory along.

    Raises ConfigError for a country without holidays.
    """
    if config.holidays is None:
        return None
    year = utc_now().year
    command = (sys.executable, "-m", "bot.availability.holidays", config.holidays, str(year - 1), str(year + 5))
    reader = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE)
    table, complaint = await reader.communicate()
    if reader.returncode:
        raise ConfigError(complaint.decode(errors="replace").strip().rpartition("\n")[2], key="holidays")
    return load(table.decode())


def services_of(
    config: Config, api: Api, store: Store, holidays: HolidayTable | None, *, timing: Timing | None = None
) -> Services:
    """What features need."""
    timing = timing or Timing()
    within = timing.look_up_within
    return Services(
        config,
        Directory(api, store, teams=config.teams, chats=config.chats, clock=utc_now, look_up_within=within),
        Schedules(api),
        Bookings(api, store, clock=utc_now, timing=timing),
        store,
        holidays,
        utc_now,
        ChatSettings(config, store, clock=utc_now),
        timing,
    )
