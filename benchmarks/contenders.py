"""The two bots as programs: started, watched from outside, stopped."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import psutil

from benchmarks import company
from benchmarks.gateway import Gateway

OURS, PEER, FLOOR = "youkong", "sdk bot", "floor"
_ROOT = Path(__file__).parents[1]
_CONFIG = """\
dingtalk:
  client_id: {robot}
  client_secret: {secret}
  api_url: {url}
  oapi_url: {url}
  calls_per_second: 100000
  monthly_calls: 100000000
limits:
  questions_per_minute: 1000000
  share_of_month: 1.0
store:
  url: sqlite:///{store}
server:
  port: 0
"""


@dataclass(slots=True)
class Contender:
    """One bot with a gateway of its own; `log` keeps what it prints."""

    name: str
    command: Sequence[str]
    gateway: Gateway
    log: Path
    root: Path = _ROOT
    _process: asyncio.subprocess.Process | None = field(default=None)

    async def start(self) -> float:
        """Starts the program; seconds until it is connected. Raises RuntimeError where that takes half a minute."""
        self.gateway.connected.clear()
        started = perf_counter()
        with self.log.open("ab") as out:
            self._process = await asyncio.create_subprocess_exec(
                *self.command, cwd=self.root, env=self._environment(), stdout=out, stderr=out
            )
        try:
            async with asyncio.timeout(30):
                await self.gateway.connected.wait()
        except TimeoutError:
            raise RuntimeError(f"{self.name} is not connected after 30 s: {self.tail()}") from None
        return self.gateway.connected_at - started

    async def stop(self) -> None:
        """Ends the program: politely, and after ten seconds by force."""
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            async with asyncio.timeout(10):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()

    def cpu_seconds(self) -> float:
        """Processor time of the program so far."""
        times = self._watched().cpu_times()
        return float(times.user + times.system)

    def megabytes(self) -> float:
        """Resident memory of the program in MB (10^6 bytes)."""
        return float(self._watched().memory_info().rss) / 1e6

    def tail(self) -> str:
        """The last thing it printed."""
        return self.log.read_text(errors="replace")[-600:]

    def _environment(self) -> dict[str, str]:
        """This one without proxies and without settings of Python, such as one that compiles anew at each start."""
        kept = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith("PYTHON") and not key.lower().endswith("_proxy")
        }
        return {**kept, "DINGTALK_OPENAPI_ENDPOINT": self.gateway.url}

    def _watched(self) -> psutil.Process:
        assert self._process is not None
        return psutil.Process(self._process.pid)


def youkong(gateway: Gateway, folder: Path, *, root: Path = _ROOT) -> Contender:
    """This project's bot as it ships: SQLite, health page, logging; only the pace is set free. `root`: its checkout."""
    config = folder / "config.yaml"
    config.write_text(
        _CONFIG.format(robot=company.ROBOT, secret=company.SECRET, url=gateway.url, store=folder / "youkong.db")
    )
    return Contender(
        OURS, (sys.executable, "-m", "bot", "run", "-c", str(config)), gateway, folder / "youkong.log", root
    )


def sdk_bot(gateway: Gateway, folder: Path, *, threads: int) -> Contender:
    """The careful bot on the official SDKs, see `sdk_bot`."""
    command = (sys.executable, "-m", "benchmarks.sdk_bot", gateway.url, str(threads))
    return Contender(PEER, command, gateway, folder / "sdk_bot.log")


def floor(gateway: Gateway, folder: Path) -> Contender:
    """What no bot can leave out, see `floor`."""
    return Contender(FLOOR, (sys.executable, "-m", "benchmarks.floor", gateway.url), gateway, folder / "floor.log")
