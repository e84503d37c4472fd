"""The months and days by which DingTalk counts, and what of a month is spent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

_BILLED_IN = ZoneInfo("Asia/Shanghai")


class Resource(StrEnum):
    """What an organisation has so many of in a month."""

    CALLS = "calls"
    PUSHES = "pushes"  # what DingTalk delivers: messages and presses


@dataclass(frozen=True, slots=True)
class Spent:
    """So many `of` so many in this month; `gone` where DingTalk says that there are none left."""

    number: int = 0
    of: int = 1
    gone: bool = False


def nothing_spent(_: Resource) -> Spent:
    """Where nobody counts."""
    return Spent()


def day_of(moment: datetime) -> date:
    """The day that `moment` is billed on."""
    return moment.astimezone(_BILLED_IN).date()


def month_of(moment: datetime) -> str:
    """The month that a call at `moment` is billed in, "2026-03"."""
    return f"{day_of(moment):%Y-%m}"


def day_after(moment: datetime) -> datetime:
    """When the day begins behind the one that `moment` is billed on."""
    return _begin(day_of(moment) + timedelta(days=1))


def month_after(moment: datetime) -> datetime:
    """When the month begins behind the one that `moment` is billed in."""
    return _begin((day_of(moment).replace(day=1) + timedelta(days=32)).replace(day=1))


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=_BILLED_IN)
