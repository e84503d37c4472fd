"""The official holidays of the years around this one, read by a process of its own that takes its memory along.

Those of the configuration's countries are read at the start, those of others once somebody says that they have them.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence, ValuesView
from datetime import datetime
from subprocess import PIPE, Popen

import structlog

from bot.availability.holidays import HolidayTable, load
from bot.errors import ConfigError

log = structlog.get_logger()
_YEARS_BEFORE, _YEARS_AFTER = 1, 5
_READ_WITHIN = 20.0
"""Seconds for what somebody waits for; one country takes about one."""
_AGAIN_AFTER = 300.0
"""Seconds until one that could not be read is tried again, so that not every question waits for it."""


class HolidayReader:
    """Begins to read at once, beside whatever else is being loaded; nothing where no country is named."""

    def __init__(self, countries: Sequence[str], *, year: int) -> None:
        names = ",".join(countries)
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


class HolidayTables:
    """Tables by ISO code: `known` ones at first, others as soon as somebody needs them."""

    def __init__(self, known: Mapping[str, HolidayTable], *, clock: Callable[[], datetime]) -> None:
        self._tables = dict(known)
        self._clock = clock
        self._again: dict[str, float] = {}
        self._reading = asyncio.Lock()

    def __contains__(self, country: str | None) -> bool:
        return country in self._tables

    def get(self, country: str) -> HolidayTable | None:
        """The table of a country, if it is there."""
        return self._tables.get(country)

    def values(self) -> ValuesView[HolidayTable]:
        """All that are there."""
        return self._tables.values()

    async def need(self, countries: Iterable[str | None]) -> list[str]:
        """Reads what is not there yet, each once; gives those that have no table, or none that could be read."""
        wanted = dict.fromkeys(country for country in countries if country and country not in self._tables)
        if not wanted:
            return []
        async with self._reading:
            for country in wanted:
                if country not in self._tables and self._may_try(country):
                    await self._read(country)
        return [country for country in wanted if country not in self._tables]

    def _may_try(self, country: str) -> bool:
        return asyncio.get_running_loop().time() >= self._again.get(country, 0.0)

    async def _read(self, country: str) -> None:
        year = self._clock().year
        try:
            async with asyncio.timeout(_READ_WITHIN):
                table = (await HolidayReader([country], year=year).tables())[country]
        except (ConfigError, TimeoutError, OSError, ValueError, KeyError) as error:
            self._again[country] = asyncio.get_running_loop().time() + _AGAIN_AFTER
            log.warning("holidays_not_read", country=country, error=type(error).__name__)
            return
        self._tables[country] = table
        if not table.announced(year):
            log.warning("holidays_not_announced", country=country, year=year)
