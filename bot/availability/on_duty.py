"""A day off that is looked at as a day of work, since a digest goes out on it. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.availability.working_time import WorkingCalendar


def on_duty(calendar: WorkingCalendar, day: date) -> WorkingCalendar:
    """`calendar` itself where `day` is worked, else one by which it is, as any other day."""
    if calendar.is_worked(day):
        return calendar
    return replace(calendar, weekdays=frozenset({day.weekday()}), holidays=None)
