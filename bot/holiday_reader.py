"""The official holidays of the years around this one, read by a process of its own that takes its memory along."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from subprocess import PIPE, Popen

from bot.availability.holidays import HolidayTable, load
from bot.config import Config
from bot.errors import ConfigError

_YEARS_BEFORE, _YEARS_AFTER = 1, 5


class HolidayReader:
    """Begins to read at once, beside whatever else is being loaded; nothing where no country is configured."""

    def __init__(self, config: Config, *, year: int) -> None:
        names = ",".join(config.countries)
        years = (str(year - _YEARS_BEFORE), str(year + _YEARS_AFTER))
        command = (sys.executable, "-m", "bot.availability.holidays", names, *years)
        self._process = Popen(command, stdout=PIPE, stderr=PIPE) if names else None  # noqa: S603 - our own module

    async def tables(self) -> Mapping[str, HolidayTable]:
        """The tables by country. Raises ConfigError for a country without holidays."""
        if self._process is None:
            return {}
        try:
            tables, complaint = await asyncio.to_thread(self._process.communicate)
        finally:
            self._process.kill()  # which does nothing where it has ended
        if self._process.returncode:
            raise ConfigError(complaint.decode(errors="replace").strip().rpartition("\n")[2], key="holidays")
        return {table.country: table for table in map(load, tables.decode().splitlines())}
