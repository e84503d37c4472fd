"""The playground as a whole: a stage, its page, and the command that serves them, started and stopped together."""

from __future__ import annotations

import asyncio
import errno
import signal
import webbrowser
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

import click

from bot.config import Config
from bot.desktop import has_desktop
from bot.emulator import Emulator
from bot.errors import YoukongError
from bot.playground.company import Company, sample_company
from bot.playground.founding import Founder
from bot.playground.running import Running
from bot.playground.server import PageServer
from bot.playground.situations import Situation
from bot.playground.stage import TIMING, Stage
from bot.timing import Timing

DEFAULT_PORT = 8765


class Playground:
    """`async with Playground() as playground:` - then `playground.url` is the page.

    `port` None: 8765, or any free one where that is taken. `situation` is what is played first, with the organisation
    of `config` where it names no people, else that of `founder`. `timing` and `ack_window` (seconds) are how long the
    bot and DingTalk wait.
    """

    def __init__(
        self,
        *,
        port: int | None = None,
        situation: Situation | None = None,
        config: Config | None = None,
        founder: Founder = sample_company,
        timing: Timing = TIMING,
        ack_window: float = 2.0,
    ) -> None:
        self._port = port
        self._situation = situation or Situation()
        self._closing = AsyncExitStack()
        self.running = Running(config=config, sample=founder, timing=timing, ack_window=ack_window)

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

    @property
    def stage(self) -> Stage:
        """What is played now."""
        return self.running.stage

    @property
    def emulator(self) -> Emulator:
        """The DingTalk of what is played now."""
        return self.stage.emulator

    @property
    def company(self) -> Company:
        """The company of what is played now."""
        return self.stage.company

    async def _start(self) -> None:
        self._page = PageServer(self.running)
        self._closing.push_async_callback(self._page.stop)
        self._closing.push_async_callback(self.running.close)
        await self.running.load(self._situation)
        await self._open_page()

    async def _open_page(self) -> None:
        try:
            await self._page.start(DEFAULT_PORT if self._port is None else self._port)
        except OSError as error:
            if self._port is None and error.errno == errno.EADDRINUSE:
                await self._page.start(0)
                return
            why = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
            raise YoukongError(f"port {self._port} {why}, expected a free one: --port 0 takes any") from None


async def serve(
    port: int | None = None,
    open_browser: bool = True,
    *,
    situation: Situation | None = None,
    config: Config | None = None,
) -> None:
    """Run the playground until SIGINT or SIGTERM; prints the page's URL once the bot is connected.

    `port` None: 8765, or any free one where that is taken. Raises YoukongError where an asked port is taken.
    """
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    async with Playground(port=port, situation=situation, config=config) as playground:
        click.echo(f"Youkong playground: {playground.url}  (Ctrl+C stops it)")
        if open_browser and has_desktop():
            await asyncio.to_thread(webbrowser.open, playground.url)
        await stopping.wait()
