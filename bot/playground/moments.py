"""Times as situations write them: a moment, how far the clock moves on, and a calendar's entry."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.config_hours import WEEKDAYS

_ENTRY = re.compile(r"(\S+?)(?:\s+(\d{1,2}:\d\d)\s*[-–]\s*(\d{1,2}:\d\d))?(\?)?")
_ADVANCE = re.compile(r"\+(\d{1,4})\s*(m|min|h|d)")
_UNITS = {"m": "minutes", "min": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A calendar's entry: two aware ends, or (`days`) whole days from `day` on."""

    start: datetime | None = None
    end: datetime | None = None
    day: date | None = None
    days: int = 0
    tentative: bool = False


def moment_of(text: str, zone: str) -> datetime:
    """An aware time; one without an offset is in `zone`. Raises ValueError.

    >>> moment_of("2026-03-17 10:00", "Asia/Shanghai").isoformat()
    '2026-03-17T10:00:00+08:00'
    """
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"found {text!r}, expected a time such as 2026-03-17 10:00") from None
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone))


def entry_of(text: str, *, now: datetime, zone: str) -> Entry:
    """A calendar's entry. Raises ValueError.

    >>> now = moment_of("2026-03-17 10:00", "Asia/Shanghai")
    >>> entry_of("wed 9:00-10:30?", now=now, zone="Asia/Shanghai").start.isoformat()
    '2026-03-18T09:00:00+08:00'
    >>> entry_of("2026-03-19", now=now, zone="Asia/Shanghai").days
    1
    """
    found = _ENTRY.fullmatch(text.strip())
    day = _day_of(found[1], now.astimezone(ZoneInfo(zone)).date()) if found else None
    if found is None or day is None:
        raise ValueError(
            f'found {text!r}, expected an entry such as "2026-03-17 14:00-15:00", "wed 9:00-10:00?" or a day'
        )
    if found[2] is None:
        return Entry(day=day, days=1, tentative=bool(found[4]))
    start, end = (_on(day, each, zone) for each in (found[2], found[3]))
    if end <= start:
        end += timedelta(days=1)
    return Entry(start=start, end=end, tentative=bool(found[4]))


def advance_of(text: str) -> timedelta | None:
    """How far "+15m", "+2h" or "+1d" moves the clock on; None for another text.

    >>> advance_of("+90m")
    datetime.timedelta(seconds=5400)
    """
    found = _ADVANCE.fullmatch(text.strip())
    return timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else None


def leave_of(text: str, *, now: datetime, zone: str) -> Entry:
    """A leave, written as a calendar's entry is. Raises ValueError."""
    entry = entry_of(text, now=now, zone=zone)
    if entry.tentative:
        raise ValueError(f'found {text!r}, expected leave without "?": nobody is tentatively away')
    return entry


def _day_of(text: str, today: date) -> date | None:
    word = text.casefold()
    if word in ("today", "tomorrow"):
        return today + timedelta(days=word == "tomorrow")
    if word in WEEKDAYS:
        return today + timedelta(days=(WEEKDAYS.index(word) - today.weekday()) % 7)
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _on(day: date, clock: str, zone: str) -> datetime:
    try:
        at = time.fromisoformat(clock.zfill(5))
    except ValueError:
        raise ValueError(f"found {clock!r}, expected a time of day such as 14:00") from None
    return datetime.combine(day, at, tzinfo=ZoneInfo(zone))
