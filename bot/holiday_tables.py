"""The tables of holidays that are known: those of the configuration, and of the countries that people name."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import Callable, Iterable, Mapping, ValuesView
from contextlib import suppress
from datetime import datetime

import structlog

from bot.availability.holidays import HolidayTable, load

log = structlog.get_logger()
_READ_WITHIN = 20.0
"""Seconds; one country takes about one."""
_MOST_UNKNOWN = 300


class NoTableError(Exception):
    """A country that the library has no holidays for; the text says which."""


async def read_tables(countries: Iterable[str], *, year: int) -> Mapping[str, HolidayTable]:
    """The tables by country from the year before `year` on, read by a process of its own that takes its memory along.

    Raises NoTableError for a country without holidays.
    """
    names = ",".join(countries)
    if not names:
        return {}
    command = (sys.executable, "-m", "bot.availability.holidays", names, str(year - 1), str(year + 5))
    reader = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE)
    try:
        tables, complaint = await reader.communicate()
    finally:
        if reader.returncode is None:
            with suppress(ProcessLookupError):
                reader.kill()
    if reader.returncode:
        raise NoTableError(complaint.decode(errors="replace").strip().rpartition("\n")[2])
    return {table.country: table for table in map(load, tables.decode().splitlines())}


class HolidayTables:
    """Tables by ISO code: `known` ones at first, others as soon as somebody needs them."""

    def __init__(self, known: Mapping[str, HolidayTable], *, clock: Callable[[], datetime]) -> None:
        self._tables = dict(known)
        self._clock = clock
        self._unknown: set[str] = set()
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
                if country not in self._tables and country not in self._unknown:
                    await self._read(country)
        return [country for country in wanted if country not in self._tables]

    async def _read(self, country: str) -> None:
        try:
            async with asyncio.timeout(_READ_WITHIN):
                self._tables.update(await read_tables([country], year=self._clock().year))
        except NoTableError:
            if len(self._unknown) < _MOST_UNKNOWN:
                self._unknown.add(country)
            log.warning("holidays_not_known", country=country)
        except (TimeoutError, OSError, ValueError) as error:  # the next question tries again
            log.error("holidays_not_read", country=country, error=type(error).__name__)
