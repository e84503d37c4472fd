"""The bot as a process of its own, whose log goes into a pipe that may be stuck or closed, and whose clock may jump."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

_MB = 1024 * 1024
_WARM_AFTER = 60.0
"""Seconds of life in which a process loads what it needs; what it weighs then is not yet its weight."""
_CHUNK = 1 << 16


class BotProcess:
    """`youkong run` over the store that all share; started anew after each kill."""

    def __init__(self, folder: Path, settings: dict[str, Any], clock: Path) -> None:
        self._config = folder / "config.yaml"
        self._config.write_text(json.dumps(settings))
        self._clock = clock
        self._process: asyncio.subprocess.Process | None = None
        self._log = -1
        self.tail = b""
        self.memory: list[float] = []
        self.growth: list[float] = []
        self.log_is_dead = False

    async def start(self) -> None:
        """Starts it with a log that is read."""
        read, write = os.pipe()
        os.set_blocking(read, False)
        command = (sys.executable, "-m", "tools.soak.bot", str(self._clock), str(self._config))
        environ = {key: value for key, value in os.environ.items() if not key.startswith("YOUKONG_")}
        self._process = await asyncio.create_subprocess_exec(*command, stderr=write, stdout=write, env=environ)
        os.close(write)
        self._log, self.log_is_dead, self.memory = read, False, []
        asyncio.get_running_loop().add_reader(read, self._drain)

    def kill(self) -> None:
        """kill -9."""
        self._end_memory()
        assert self._process is not None
        self._process.kill()

    async def ended(self) -> int:
        """The exit code, once it has ended."""
        assert self._process is not None
        code = await self._process.wait()
        self._let_go_of_log()
        return code

    async def stop(self) -> int:
        """SIGTERM, and the exit code."""
        self._end_memory()
        assert self._process is not None
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)
        return await self.ended()

    def stick_log(self) -> None:
        """Nobody reads the log any more: its pipe fills up."""
        self.log_is_dead = True
        asyncio.get_running_loop().remove_reader(self._log)

    def close_log(self) -> None:
        """The other end of the log's pipe is gone."""
        self.log_is_dead = True
        self._let_go_of_log()

    def weigh(self) -> None:
        """Notes how much memory it takes, once it is warm."""
        assert self._process is not None
        with suppress(psutil.Error):
            process = psutil.Process(self._process.pid)
            if time.time() - process.create_time() >= _WARM_AFTER:
                self.memory.append(process.memory_info().rss / _MB)

    def _end_memory(self) -> None:
        """Growth of one life: the last weight against the first."""
        if len(self.memory) > 1:
            self.growth.append(self.memory[-1] - self.memory[0])

    def _drain(self) -> None:
        with suppress(BlockingIOError):
            self.tail = (self.tail + os.read(self._log, _CHUNK))[-_CHUNK:]

    def _let_go_of_log(self) -> None:
        if self._log >= 0:
            asyncio.get_running_loop().remove_reader(self._log)
            os.close(self._log)
            self._log = -1
