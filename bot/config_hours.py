"""Settings of working time: of the organisation, and of people who work otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import time
from difflib import get_close_matches
from functools import cached_property
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

from bot.model.requests import WorkingHours
from bot.model.working_week import DAY_MINUTES, WorkingWeek, changed_hours, clock

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Section(BaseModel):
    """Keys that nobody knows are refused; no value shows in an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


def did_you_mean(found: str, options: Iterable[str]) -> str:
    """ " (did you mean 'port'?)" where one of the options is nearly what was found, else ""."""
    by_form = {option.lower(): option for option in options}
    near = get_close_matches(found.lower(), list(by_form), 1, 0.6)
    return f" (did you mean {by_form[near[0]]!r}?)" if near else ""


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        near = did_you_mean(name, available_timezones())
        raise ValueError(f"expected an IANA time zone such as Asia/Shanghai{near}") from None
    return name


def _clock(value: object) -> object:
    if isinstance(value, time):
        return value
    found = re.fullmatch(r"(\d{1,2}):(\d{2})", value) if isinstance(value, str) else None
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise ValueError('expected a time of day such as "09:00"')
    return time(int(found[1]), int(found[2]))


def _end(value: object) -> int:
    """Minutes after midnight; 24:00 ends the day."""
    if value == "24:00":
        return DAY_MINUTES
    at = _clock(value)
    assert isinstance(at, time)
    return at.hour * 60 + at.minute


Zone = Annotated[str, AfterValidator(_zone)]
Clock = Annotated[time, BeforeValidator(_clock), PlainSerializer(lambda at: f"{at:%H:%M}")]
Minutes = Annotated[int, BeforeValidator(_end), PlainSerializer(clock)]
"""A time of day up to 24:00, as minutes after midnight."""
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class DayHours(Section):
    """What differs from everyday's hours; None: as every day. An end before the start is past midnight."""

    start: Clock | None = None
    end: Minutes | None = None
    breaks: tuple[tuple[Minutes, Minutes], ...] | None = None

    def over(self, hours: WorkingHours) -> WorkingHours:
        """`hours` with what differs. Raises ValueError where the two make no sense together."""
        start = None if self.start is None else self.start.hour * 60 + self.start.minute
        return changed_hours(hours, start=start, end=self.end, breaks=self.breaks)


class OwnWorkingTime(DayHours):
    """What differs from the organisation's working time for one person."""

    days: tuple[Weekday, ...] | None = None
    by_day: Mapping[Weekday, DayHours] = Field(default_factory=dict)

    def over(self, hours: WorkingHours) -> WorkingHours:
        """Everyday's hours; see `DayHours`."""
        return DayHours.over(self, hours)

    def week_over(self, general: WorkingWeek) -> WorkingWeek:
        """`general` with what differs; whoever has hours of their own has them on every day, but for those of `by_day`.

        Raises ValueError where the two make no sense together.
        """
        hours = self.over(general.hours)
        weekdays = general.weekdays if self.days is None else numbers(self.days)
        kept = general.by_day if hours == general.hours else ()
        week = WorkingWeek(weekdays, hours, kept)
        own = {WEEKDAYS.index(day): each.over(hours) for day, each in self.by_day.items()}
        return week.with_clocks(own)


class WorkingTime(OwnWorkingTime):
    """When people work, on the clocks of each person. Without `breaks` there is one from 12:00 to 13:00, if it fits."""

    days: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")
    start: Clock = time(9)
    end: Minutes = 18 * 60

    @model_validator(mode="after")
    def _in_order(self) -> WorkingTime:
        _ = self.week
        return self

    @property
    def hours(self) -> WorkingHours:
        """Everyday's clock as minutes after midnight."""
        return self.over(WorkingHours())

    @cached_property
    def week(self) -> WorkingWeek:
        """The weekdays with their hours. Raises ValueError where they make no sense."""
        return self.week_over(WorkingWeek())


class Colleague(Section):
    """What differs for one person: their zone, in which their working time is counted, its holidays, and their hours.

    `holidays` is an ISO country code; None: the organisation's.
    """

    id: str = Field(min_length=1)
    timezone: Zone | None = None
    holidays: Country | None = None
    working_time: OwnWorkingTime = OwnWorkingTime()


def numbers(days: tuple[Weekday, ...]) -> frozenset[int]:
    """Weekdays from Monday = 0."""
    return frozenset(WEEKDAYS.index(day) for day in days)
