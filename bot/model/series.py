"""What repeats, and each of its times with who is in the way then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from bot.model.meetings import Booking, Slot
from bot.model.time import Interval

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Frequency(StrEnum):
    """FREQ of an RRULE (RFC 5545 §3.3.10), as far as people order it."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"


@dataclass(frozen=True, slots=True)
class SeriesRule:
    """On which days something repeats: every `interval` days, weeks on `weekdays` (0 is Monday), or months.

    A month has it on the `nth` of its one weekday (-1 is the last), or on `month_day`; where there is no such day, not.
    """

    frequency: Frequency
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int = 0
    month_day: int = 0

    @property
    def weekly(self) -> bool:
        """True for one weekday of every week."""
        return self.frequency is Frequency.WEEKLY and self.interval == 1 and len(self.weekdays) == 1

    @property
    def text(self) -> str:
        """The RRULE value without its prefix, and without an end."""
        parts = [f"FREQ={self.frequency.value}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.weekdays:
            parts.append("BYDAY=" + ",".join(f"{self.nth or ''}{_DAYS[day]}" for day in self.weekdays))
        if self.month_day:
            parts.append(f"BYMONTHDAY={self.month_day}")
        return ";".join(parts)


@dataclass(frozen=True, slots=True)
class SeriesEnd:
    """After how many times something ends, or the last moment or day at which it may begin; nothing where not said."""

    count: int | None = None
    until: datetime | date | None = None


def read_rule(text: str) -> tuple[SeriesRule, SeriesEnd]:
    """What an RRULE value says. Raises ValueError for one that nobody can order.

    >>> read_rule("FREQ=MONTHLY;BYDAY=-1FR;COUNT=3")[1]
    SeriesEnd(count=3, until=None)
    """
    fields = dict(part.split("=", 1) for part in text.split(";"))
    unknown = fields.keys() - {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "COUNT", "UNTIL"}
    if unknown:
        raise ValueError(f"found {sorted(unknown)} in a rule, expected what people order")
    named = fields["BYDAY"].split(",") if "BYDAY" in fields else []
    numbers = {int(day[:-2] or 0) for day in named}
    rule = SeriesRule(
        Frequency(fields["FREQ"]),
        int(fields.get("INTERVAL", 1)),
        tuple(sorted(_DAYS.index(day[-2:]) for day in named)),
        numbers.pop() if numbers else 0,
        int(fields.get("BYMONTHDAY", 0)),
    )
    monthly = rule.frequency is Frequency.MONTHLY
    days = (len(rule.weekdays) == 1 and bool(rule.nth)) != bool(rule.month_day) if monthly else not rule.month_day
    if numbers or not days or rule.interval < 1 or bool(rule.nth) > monthly:
        raise ValueError(f"found the rule {text!r}, expected days, weeks on weekdays, or one day of a month")
    return rule, SeriesEnd(int(fields["COUNT"]) if "COUNT" in fields else None, _until(fields.get("UNTIL")))


def _until(text: str | None) -> datetime | date | None:
    if text is None:
        return None
    if "T" not in text:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Series:
    """A meeting that repeats by the clocks of `zone`, an IANA name: each of its times, with who is in the way then.

    `skipped` are the months, by their first day, that have no such day.
    """

    rule: SeriesRule
    zone: str
    occurrences: tuple[Slot, ...]
    skipped: tuple[date, ...] = ()

    @property
    def first(self) -> Interval:
        """When it is held for the first time."""
        return self.occurrences[0].interval


@dataclass(frozen=True, slots=True)
class SeriesBooking:
    """A series that was made: `booking` is its event, at the time of the first occurrence."""

    booking: Booking
    series: Series
