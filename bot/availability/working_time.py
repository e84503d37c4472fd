"""When people work: weekdays, hours, breaks, holidays and make-up days (RFC 7953 Availability)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from bot.availability.holidays import HolidayTable
from bot.availability.intervals import subtract
from bot.model.requests import WorkingHours
from bot.model.time import Interval

_DAY = timedelta(days=1)


class DayKind(StrEnum):
    """What sort of day it is for work."""

    WORKDAY = "workday"
    MAKE_UP = "make_up"  # a weekend day that is worked
    DAY_OFF = "day_off"  # not a day of the working week
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Working time in one zone. `weekdays` counts from Monday = 0."""

    zone: tzinfo
    weekdays: frozenset[int] = frozenset(range(5))
    hours: WorkingHours = field(default_factory=WorkingHours)
    holidays: HolidayTable | None = None

    def kind(self, day: date) -> DayKind:
        """What sort of day `day` is."""
        if self.holidays and self.holidays.is_make_up_day(day):
            return DayKind.MAKE_UP
        if self.holidays and self.holidays.is_holiday(day):
            return DayKind.HOLIDAY
        return DayKind.WORKDAY if day.weekday() in self.weekdays else DayKind.DAY_OFF

    def is_worked(self, day: date) -> bool:
        """True where people are expected at work."""
        return self.kind(day) in (DayKind.WORKDAY, DayKind.MAKE_UP)

    def day(self, day: date) -> Interval:
        """The calendar day from midnight to midnight; 23 or 25 hours where the clock changes."""
        return Interval(self._at(day, 0), self._at(day + _DAY, 0))

    def hours_of(self, day: date) -> Interval | None:
        """From the start to the end of work, breaks included; None on a day off."""
        if not self.is_worked(day):
            return None
        return Interval(self._at(day, self.hours.start), self._at(day, self.hours.end))

    def working_time(self, bounds: Interval) -> list[Interval]:
        """The working time inside `bounds`, without breaks, in order."""
        worked = []
        for day in self.days(bounds):
            hours = self.hours_of(day)
            inside = hours.clip(bounds) if hours else None
            if inside:
                breaks = [Interval(self._at(day, a), self._at(day, b)) for a, b in self.hours.breaks]
                worked += subtract([inside], breaks)
        return worked

    def touches(self, interval: Interval) -> bool:
        """True where `interval` meets the hours of a working day; a break inside them counts as met."""
        return any((hours := self.hours_of(day)) and hours.overlaps(interval) for day in self.days(interval))

    def days(self, bounds: Interval) -> list[date]:
        """The calendar days that `bounds` touches, in order."""
        first = bounds.start.astimezone(self.zone).date()
        last = (bounds.end.astimezone(self.zone) - timedelta(microseconds=1)).date()
        return [first + n * _DAY for n in range((last - first).days + 1)]

    def whole_days(self, bounds: Interval) -> Interval:
        """From the midnight before `bounds` to the one after it."""
        days = self.days(bounds)
        return Interval(self.day(days[0]).start, self.day(days[-1]).end)

    def _at(self, day: date, minutes: int) -> datetime:
        midnight = datetime(day.year, day.month, day.day, tzinfo=self.zone)
        return midnight + timedelta(minutes=minutes)  # wall-clock arithmetic: 09:00 stays 09:00 across a clock change
