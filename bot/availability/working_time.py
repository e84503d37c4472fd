"""When people work: weekdays, hours, breaks, holidays and make-up days (RFC 7953 Availability)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum

from bot.availability.holidays import HolidayTable
from bot.availability.intervals import subtract
from bot.model.people import StaffId
from bot.model.requests import WorkingHours
from bot.model.time import Interval

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


class DayKind(StrEnum):
    """What sort of day it is for work."""

    WORKDAY = "workday"
    MAKE_UP = "make_up"  # a weekend day that is worked
    DAY_OFF = "day_off"  # not a day of the working week
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Working time in one zone. `weekdays` counts from Monday = 0; `by_day` has the weekdays of other hours.

    A make-up day of a weekday without hours of its own has those of everyday. A shift past midnight is of the day that
    it begins on.
    """

    zone: tzinfo
    weekdays: frozenset[int] = frozenset(range(5))
    hours: WorkingHours = field(default_factory=WorkingHours)
    holidays: HolidayTable | None = None
    by_day: Mapping[int, WorkingHours] = field(default_factory=dict)

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

    def clock_of(self, day: date) -> WorkingHours:
        """The clock of `day` where it is worked."""
        return self.by_day.get(day.weekday(), self.hours)

    def hours_of(self, day: date) -> Interval | None:
        """From the start to the end of the work that begins on `day`, breaks included; None on a day off."""
        if not self.is_worked(day):
            return None
        clock = self.clock_of(day)
        return self._between(day, clock.start, clock.end)

    def working_time(self, bounds: Interval) -> list[Interval]:
        """The working time inside `bounds`, without breaks, in order."""
        worked = []
        for day in self._begun_by(bounds):
            hours = self.hours_of(day)
            inside = hours.clip(bounds) if hours else None
            if inside:
                breaks = (self._between(day, *pause) for pause in self.clock_of(day).breaks)
                worked += subtract([inside], filter(None, breaks))
        return worked

    def shifts(self, bounds: Interval) -> list[Interval]:
        """The same with the breaks, which whoever names their hours may mean."""
        hours = (self.hours_of(day) for day in self._begun_by(bounds))
        return [inside for each in hours if each and (inside := each.clip(bounds))]

    def touches(self, interval: Interval) -> bool:
        """True where `interval` meets the hours of a working day; a break inside them counts as met."""
        return bool(self.shifts(interval))

    def days(self, bounds: Interval) -> list[date]:
        """The calendar days that `bounds` touches, in order."""
        first = bounds.start.astimezone(self.zone).date()
        last = (bounds.end.astimezone(self.zone) - timedelta(microseconds=1)).date()
        return [first + n * _DAY for n in range((last - first).days + 1)]

    def whole_days(self, bounds: Interval) -> Interval:
        """From the midnight before `bounds` to the one after it."""
        days = self.days(bounds)
        return Interval(self.day(days[0]).start, self.day(days[-1]).end)

    def _begun_by(self, bounds: Interval) -> list[date]:
        """The days whose work may lie in `bounds`: where a shift goes past midnight also the one before."""
        days = self.days(bounds)
        overnight = any(clock.end > _DAY // _MINUTE for clock in (self.hours, *self.by_day.values()))
        return [days[0] - _DAY, *days] if overnight else days

    def _between(self, day: date, start: int, end: int) -> Interval | None:
        """From one time of the clock to another; None where the clock is put forward over all of it."""
        first, last = self._at(day, start).astimezone(UTC), self._at(day, end).astimezone(UTC)
        return Interval(first, last) if first < last else None

    def _at(self, day: date, minutes: int) -> datetime:
        midnight = datetime(day.year, day.month, day.day, tzinfo=self.zone)
        return midnight + timedelta(minutes=minutes)  # wall-clock arithmetic: 09:00 stays 09:00 across a clock change


@dataclass(frozen=True, slots=True)
class Calendars:
    """When each person works: `usual` is everybody's who is not in `own`."""

    usual: WorkingCalendar
    own: Mapping[StaffId, WorkingCalendar] = field(default_factory=dict)

    def of(self, staff_id: StaffId | None) -> WorkingCalendar:
        """This person's; of equal ones the very same object, so that they are reckoned once."""
        return self.own.get(staff_id, self.usual) if staff_id else self.usual
