"""Date arithmetic for the labelled requests, written from the product's rules and from nothing of the bot's.

A day is chosen first (`Day`), a span of minutes is laid on it (`Span`), and `windows` gives what a row expects.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

HOUR = 60
WHOLE_DAY = 24 * HOUR
WORK_START, WORK_END = 9 * HOUR, 18 * HOUR

Kind = Literal["point", "range", "part", "day", "after", "before"]
Window = dict[str, object]


@dataclass(frozen=True, slots=True)
class Now:
    """The moment of asking: wall clock of an IANA zone."""

    key: str
    local: datetime
    zone: str = "Asia/Shanghai"

    @property
    def offset(self) -> str:
        """`+08:00`, as rows write it."""
        return self.local.replace(tzinfo=ZoneInfo(self.zone)).isoformat()[-6:]

    @property
    def today(self) -> date:
        return self.local.date()


@dataclass(frozen=True, slots=True)
class Span:
    """Minutes after midnight, half-open; `kind` is the row's."""

    kind: Kind
    start: int = 0
    end: int = WHOLE_DAY
    ambiguous: bool = False

    @property
    def over_at(self) -> int:
        return self.start + HOUR if self.kind == "point" else self.end


@dataclass(frozen=True, slots=True)
class Day:
    """A day in words: `how` says which rule reads `number`.

    - `none`: no day said · `ahead`: days from today · `weekday`: 0 is Monday, alone · `this`: in this week
    - `next`: in the week after this one, and so on by `weeks` · `date`: month and day · `of_month`: the day's number
    """

    how: Literal["none", "ahead", "weekday", "this", "next", "date", "of_month"]
    number: int = 0
    weeks: int = 1
    month: int = 0


def monday(day: date) -> date:
    """The Monday of that day's week."""
    return day - timedelta(days=day.weekday())


def at(day: date, minutes: int) -> datetime:
    """The wall clock that many minutes after the day's midnight."""
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def _first_not_over(candidates: list[date], span: Span, now: Now) -> date:
    return next(day for day in candidates if at(day, span.over_at) > now.local)


def _of_month(number: int, today: date) -> date:
    for months in range(13):
        year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
        try:
            found = date(year, month + 1, number)
        except ValueError:
            continue
        if found >= today:
            return found
    raise ValueError(f"no month has a day {number!r}")


def resolve(day: Day, span: Span, now: Now) -> date:
    """The date that is meant.

    A weekday alone is the next one whose window is not over, a clock without a day is today's or tomorrow's, and a
    date that is past this year is next year's.
    """
    today = now.today
    match day.how:
        case "none":
            return _first_not_over([today, today + timedelta(days=1)], span, now)
        case "ahead":
            return today + timedelta(days=day.number)
        case "weekday":
            first = today + timedelta(days=(day.number - today.weekday()) % 7)
            return _first_not_over([first, first + timedelta(days=7)], span, now)
        case "this":
            return monday(today) + timedelta(days=day.number)
        case "next":
            return monday(today) + timedelta(days=7 * day.weeks + day.number)
        case "of_month":
            return _of_month(day.number, today)
    found = date(today.year, day.month, day.number)
    return found if found >= today else date(today.year + 1, day.month, day.number)


def window(day: date, span: Span, now: Now) -> Window:
    """The window of a span on a day, as a row of the file writes it.

    A point that has begun is written as its hour: it may then start at now.
    """
    start, end = at(day, span.start), at(day, span.over_at)
    if span.kind == "point" and start >= now.local:
        return {"kind": "point", "start": start.isoformat(), "end": None}
    if span.kind == "before":
        starts = sorted({at(day, WORK_START).isoformat(), now.local.isoformat()})
        return {"kind": "before", "start": None, "end": end.isoformat(), "start_in": starts}
    kind = "range" if span.kind == "point" else span.kind
    return {"kind": kind, "start": start.isoformat(), "end": end.isoformat()}


def is_over(day: date, span: Span, now: Now) -> bool:
    """True where nothing of the span is left."""
    return at(day, span.over_at) <= now.local


def other_half(day: date, span: Span, now: Now) -> list[list[Window]]:
    """The reading before noon of hours that were read as after it, or nothing."""
    early = Span(span.kind, span.start - 12 * HOUR, span.end - 12 * HOUR)
    return [[window(day, early, now)]] if span.ambiguous and span.start >= 13 * HOUR else []


def days_between(first: date, last: date, *, kind: str = "dayrange") -> Window:
    """Whole calendar days, both included."""
    return {"kind": kind, "start": at(first, 0).isoformat(), "end": at(last, WHOLE_DAY).isoformat()}


def until(end: datetime, now: Now) -> Window:
    """From now (or today's beginning) to an end."""
    starts = sorted({at(now.today, 0).isoformat(), now.local.isoformat()})
    return {"kind": "before", "start": None, "end": end.isoformat(), "start_in": starts}


def elapsed(now: Now, minutes: int) -> datetime:
    """The wall clock after that many minutes have really passed, across a change of the clock too."""
    zone = ZoneInfo(now.zone)
    later = now.local.replace(tzinfo=zone).astimezone(UTC) + timedelta(minutes=minutes)
    return later.astimezone(zone).replace(tzinfo=None)


def from_zone(wall: datetime, zone: str, now: Now) -> datetime:
    """Another zone's wall clock in the asker's."""
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo(now.zone)).replace(tzinfo=None)
