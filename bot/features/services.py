"""What every feature may use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.availability.holidays import HolidayTable
from bot.availability.working_time import WorkingCalendar
from bot.bookings import Bookings
from bot.chat_settings import ChatSettings
from bot.config import WEEKDAYS, Config, WorkingTime
from bot.meetings.desk import Meetings
from bot.model.card_ids import CardIds
from bot.model.people import StaffId
from bot.people.directory import Directory
from bot.schedules import Schedules
from bot.store import Store
from bot.timing import Timing


@dataclass(frozen=True, slots=True)
class Services:
    """The rooms below the features, opened. `clock` gives the present time in UTC, for what a card says of itself."""

    config: Config
    directory: Directory
    schedules: Schedules
    bookings: Bookings
    meetings: Meetings
    store: Store
    holidays: HolidayTable | None
    clock: Callable[[], datetime]
    chats: ChatSettings
    timing: Timing = field(default_factory=Timing)

    _own: dict[str, Mapping[StaffId, WorkingCalendar]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _calendars: dict[tuple[str, WorkingTime], WorkingCalendar] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def card_ids(self) -> CardIds:
        """The ids of this app's cards."""
        return CardIds(self.config.secret)

    def calendar(self, zone: str) -> WorkingCalendar:
        """The working calendar in `zone`."""
        return self._calendar(zone, self.config.working_time)

    def calendar_of(self, staff_id: StaffId, zone: str) -> WorkingCalendar:
        """When this person works, as configured; otherwise the working calendar in `zone`, the very same object."""
        return self.own_calendars(zone).get(staff_id) or self.calendar(zone)

    def own_calendars(self, zone: str) -> Mapping[StaffId, WorkingCalendar]:
        """The calendars of all who work otherwise than in `zone`; nobody else is in it."""
        if zone not in self._own:
            everybody = self.calendar(zone)
            common = self.config.working_time
            own = {
                StaffId(each.id): self._calendar(each.timezone or zone, each.working_time.over(common))
                for each in self.config.people
            }
            self._own[zone] = {person: calendar for person, calendar in own.items() if calendar is not everybody}
        return self._own[zone]

    def _calendar(self, zone: str, working: WorkingTime) -> WorkingCalendar:
        """One for equal hours, so that a search reads them once for everybody."""
        kept = self._calendars.get((zone, working))
        if kept is None:
            weekdays = frozenset(WEEKDAYS.index(day) for day in working.days)
            kept = WorkingCalendar(ZoneInfo(zone), weekdays, working.hours, self.holidays)
            self._calendars[zone, working] = kept
        return kept
