"""The playground as a whole: emulated DingTalk, company, page and the real bot, started and stopped together."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import sys
import webbrowser
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import click

from bot.app import App
from bot.config import Config
from bot.emulator import Emulator
from bot.errors import YoukongError
from bot.playground.company import Company, Founder, sample_company
from bot.playground.diaries import ZONE
from bot.playground.feed import Feed
from bot.playground.server import PageServer

DEFAULT_PORT = 8765
CONNECT_WITHIN = 15.0
_REMEMBERED = 500


def _now() -> datetime:
    return datetime.now(UTC)


class Playground:
    """`async with Playground() as playground:` - then `playground.url` is the page.

    `port` None: 8765, or any free one where that is taken. `founder` makes the company inside the emulator.
    """

    def __init__(self, *, port: int | None = None, founder: Founder = sample_company) -> None:
        self._port = port
        self._founder = founder
        self._closing = AsyncExitStack()
        self.emulator = Emulator(bot_name="有空", ledger_limit=_REMEMBERED)

    async def __aenter__(self) -> Self:
        """Start everything. Raises YoukongError where the port is taken or the bot does not come up."""
        try:
            await self._start()
        except BaseException:
            await self._closing.aclose()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop everything, the bot before its DingTalk."""
        await self._closing.aclose()

    @property
    def url(self) -> str:
        """Where the page is."""
        return self._page.url

    async def serve(self) -> None:
        """Return when the bot stops by itself; raises what stopped it."""
        await self._app.serve()

    async def _start(self) -> None:
        await self._closing.enter_async_context(self.emulator)
        self.company = self._founder(self.emulator, _now().astimezone(ZONE).date())
        self._page = PageServer(self.emulator, self.company, Feed(self.emulator, now=_now))
        self._closing.push_async_callback(self._page.stop)
        await self._open_page()
        self._app = await self._closing.enter_async_context(App(settings(self.emulator, self.company)))
        try:
            await asyncio.wait_for(self._app.connected(), CONNECT_WITHIN)
        except TimeoutError:
            raise YoukongError(f"the bot did not connect within {CONNECT_WITHIN:.0f} s, see its log with -v") from None

    async def _open_page(self) -> None:
        try:
            await self._page.start(DEFAULT_PORT if self._port is None else self._port)
        except OSError as error:
            if self._port is None and error.errno == errno.EADDRINUSE:
                await self._page.start(0)
                return
            why = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
            raise YoukongError(f"port {self._port} {why}, expected a free one: --port 0 takes any") from None


def settings(emulator: Emulator, company: Company) -> Config:
    """The bot's configuration for this company; nothing is written to disk."""
    return Config.model_validate(
        {
            "dingtalk": {
                "client_id": emulator.client_id,
                "client_secret": emulator.client_secret,
                "api_url": emulator.url,
                "oapi_url": emulator.url,
                "calls_per_second": 20,
                "monthly_calls": 1_000_000,
            },
            "timezone": ZONE.key,
            "teams": [
                {"name": team.name, "aliases": [team.alias], "members": list(team.members)} for team in company.teams
            ],
            "chats": [{"id": team.group.conversation_id, "team": team.name} for team in company.teams],
            "booking": {"enabled": True},
            "leave": {"enabled": True},
            "store": {"url": "sqlite://"},
            "limits": {"questions_per_minute": 1_000_000},
            "server": {"port": None},
        }
    )


async def serve(port: int | None = None, open_browser: bool = True) -> None:
    """Run the playground until SIGINT or SIGTERM; prints the page's URL once the bot is connected.

    `port` None: 8765, or any free one where that is taken. Raises YoukongError where an asked port is taken.
    """
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    async with Playground(port=port) as playground:
        click.echo(f"Youkong playground: {playground.url}  (Ctrl+C stops it)")
        if open_browser and _has_desktop():
            await asyncio.to_thread(webbrowser.open, playground.url)
        await _until_either(playground, stopping)


async def _until_either(playground: Playground, stopping: asyncio.Event) -> None:
    asked, ended = asyncio.create_task(stopping.wait()), asyncio.create_task(playground.serve())
    await asyncio.wait([asked, ended], return_when=asyncio.FIRST_COMPLETED)
    if ended.done():
        ended.result()
    asked.cancel()
    ended.cancel()
    await asyncio.gather(asked, ended, return_exceptions=True)


def _has_desktop() -> bool:
    """False on a server, where a text browser would take the terminal."""
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
