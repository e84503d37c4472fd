"""Somebody's working week in a few words: weekdays of equal hours together, days off last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import time
from typing import Any

from bot.cards.times import TimeWords
from bot.cards.zones import city_name
from bot.model.country_names import COUNTRIES
from bot.model.replies import HoursShown
from bot.model.requests import WorkingHours
from bot.model.working_week import DAY_MINUTES
from bot.model.working_week import clock as shown

_ORDINARY = range(5)


def hours_values(reply: HoursShown, times: TimeWords) -> dict[str, Any]:
    """The week in parts, where it is lived, and whose holidays are days off."""
    week, edit = reply.week, reply.card.edit
    worked = [(day, week.clock_of(day)) for day in sorted(week.weekdays)]
    parts = [(_days([day for day, _ in run], times), _clock(run[0][1], times)) for run in _runs(worked)]
    off = [day for day in _ORDINARY if day not in week.weekdays]
    return {
        "parts": parts,
        "off": _days(off, times) if off else "",
        "holidays_of": COUNTRIES[reply.country][not times.chinese] if reply.country else "",
        "place": city_name(reply.zone, times.language),
        "noted": edit is not None and not edit.undone,
        "undone": edit is not None and edit.undone,
    }


def _runs(worked: Iterable[tuple[int, WorkingHours]]) -> list[list[tuple[int, WorkingHours]]]:
    """Days that follow each other with the same hours, as one."""
    runs: list[list[tuple[int, WorkingHours]]] = []
    for day, clock in worked:
        if runs and runs[-1][-1] == (day - 1, clock):
            runs[-1].append((day, clock))
        else:
            runs.append([(day, clock)])
    return runs


def _days(days: Sequence[int], times: TimeWords) -> str:
    """周一至周四 · Mon–Thu; 周二、周五 · Tue and Fri."""
    joined = len(days) > 1 and days[-1] - days[0] == len(days) - 1
    if joined:
        return ("至" if times.chinese else "–").join((times.weekday_at(days[0]), times.weekday_at(days[-1])))
    named = list(map(times.weekday_at, days))
    if times.chinese or len(named) < 2:
        return "、".join(named)
    return f"{', '.join(named[:-1])} and {named[-1]}"


def _clock(hours: WorkingHours, times: TimeWords) -> str:
    """10:00–19:00 · 10 am–7 pm; a shift past midnight ends on the next day."""
    end = hours.end - DAY_MINUTES if hours.end > DAY_MINUTES else hours.end
    if times.chinese:
        over = "次日 " if hours.end > DAY_MINUTES else ""
        return f"{shown(hours.start)}–{over}{shown(end)}"
    return f"{_english(hours.start)}–{_english(end)}"


def _english(minutes: int) -> str:
    if minutes == DAY_MINUTES:
        return "midnight"
    at = time(*divmod(minutes, 60))
    hour = f"{at.hour % 12 or 12}:{at.minute:02}" if at.minute else str(at.hour % 12 or 12)
    return f"{hour} {'am' if at.hour < 12 else 'pm'}"
