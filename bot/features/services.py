"""What every feature may use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.availability.holidays import HolidayTable
from bot.availability.working_time import WorkingCalendar
from bot.config import WEEKDAYS, Config
from bot.directory import Directory
from bot.schedules import Schedules


@dataclass(frozen=True, slots=True)
class Services:
    """The rooms below the features, opened. `clock` gives the present time in UTC, for what a card says of itself."""

    config: Config
    directory: Directory
    schedules: Schedules
    holidays: HolidayTable | None
    clock: Callable[[], datetime]

    def calendar(self, zone: str) -> WorkingCalendar:
        """The working calendar in `zone`."""
        working = self.config.working_time
        weekdays = frozenset(WEEKDAYS.index(day) for day in working.days)
        return WorkingCalendar(ZoneInfo(zone), weekdays, working.hours, self.holidays)
