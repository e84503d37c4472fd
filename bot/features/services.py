"""What every feature may use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.availability.holidays import NO_COUNTRY, HolidayTable
from bot.availability.working_time import Calendars, WorkingCalendar
from bot.bookings import Bookings
from bot.chat_settings import ChatSettings
from bot.config import Config
from bot.config_hours import Colleague
from bot.holiday_reader import HolidayTables
from bot.leave import Leave
from bot.meetings.desk import Meetings
from bot.model.card_ids import CardIds
from bot.model.own_hours import NOTHING_OWN, OwnHours
from bot.model.people import StaffId
from bot.model.working_week import WorkingWeek
from bot.people.directory import Directory
from bot.rooms import Rooms
from bot.schedules import Schedules
from bot.store import Store, own_hours
from bot.timing import Timing

_MOST_CALENDARS = 1000


@dataclass(frozen=True, slots=True)
class Services:
    """The rooms below the features, opened. `clock` gives the present time in UTC, for what a card says of itself."""

    config: Config
    directory: Directory
    schedules: Schedules
    leave: Leave
    rooms: Rooms
    bookings: Bookings
    meetings: Meetings
    store: Store
    tables: HolidayTables
    clock: Callable[[], datetime]
    chats: ChatSettings
    timing: Timing = field(default_factory=Timing)

    _colleagues: dict[StaffId, Colleague] = field(default_factory=dict, init=False, repr=False, compare=False)
    _usual: dict[str, WorkingCalendar] = field(default_factory=dict, init=False, repr=False, compare=False)
    _calendars: dict[tuple[str, WorkingWeek, str | None], WorkingCalendar] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        self._colleagues.update({StaffId(each.id): each for each in self.config.people})

    @property
    def card_ids(self) -> CardIds:
        """The ids of this app's cards."""
        return CardIds(self.config.secret)

    def calendar(self, zone: str) -> WorkingCalendar:
        """The organisation's working calendar in `zone`: that of a chat, or of whoever has nothing of their own."""
        if zone not in self._usual:
            self._usual[zone] = self._calendar(zone, self.config.working_time.week, self.config.holidays)
        return self._usual[zone]

    async def calendars(self, people: Iterable[StaffId | None]) -> Calendars:
        """When these people work: by their own words, else by the configuration, else as the organisation does.

        Whoever has no zone of their own lives in the configuration's, whatever the chat's is. One read of the store.
        Raises StoreError.
        """
        wanted = {person for person in people if person}
        told = await own_hours.of_people(self.store, wanted)
        await self.tables.need(said.country for said in told.values())
        others = wanted & (told.keys() | self._colleagues.keys())
        own = {person: self.by_words(person, told.get(person, NOTHING_OWN)) for person in others}
        usual = self.calendar(self.config.timezone)
        return Calendars(usual, {person: each for person, each in own.items() if each is not usual})

    def by_words(self, person: StaffId, said: OwnHours) -> WorkingCalendar:
        """The calendar of somebody who has said this of themselves; equal ones are the very same object."""
        configured = self._colleagues.get(person)
        if configured is None and said == NOTHING_OWN:
            return self.calendar(self.config.timezone)
        zone = (configured and configured.timezone) or self.config.timezone
        return self._calendar(said.zone or zone, said.over(self.week_of(person)), self.country_of(person, said))

    def country_of(self, person: StaffId, said: OwnHours) -> str | None:
        """Whose holidays are days off for somebody who has said this; a country without a table counts as not said."""
        if said.country in self.tables:
            return said.country
        configured = self._colleagues.get(person)
        return (configured and configured.holidays) or self.config.holidays

    async def prepare_holidays(self) -> None:
        """Reads the holidays of all countries that people have named, before anybody asks. Raises StoreError."""
        await self.tables.need(await own_hours.countries(self.store))

    def week_of(self, person: StaffId) -> WorkingWeek:
        """The working week of somebody by the configuration."""
        configured, week = self._colleagues.get(person), self.config.working_time.week
        return configured.working_time.week_over(week) if configured else week

    def _calendar(self, zone: str, week: WorkingWeek, country: str | None) -> WorkingCalendar:
        """One for equal hours, so that a search reads them once for everybody."""
        key = (zone, week, country)
        if key not in self._calendars:
            if len(self._calendars) >= _MOST_CALENDARS:
                self._calendars.clear()
            self._calendars[key] = WorkingCalendar(
                ZoneInfo(zone), week.weekdays, week.hours, self._table(country), dict(week.by_day)
            )
        return self._calendars[key]

    def _table(self, country: str | None) -> HolidayTable | None:
        """The holidays of a country with the organisation's own days; None where there are neither."""
        off, worked = self.config.days_off, self.config.worked_days
        table = self.tables.get(country) if country else None
        if not off and not worked:
            return table
        return (table or NO_COUNTRY).with_own(off=off, worked=worked)
