"""Series of events: what a `recurrence` may say, and the days on which its occurrences begin.

The page names the types and the ranges; `dayOfMonth` and `index` are those of the official SDK.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from itertools import count, islice, takewhile

from bot.emulator.calendars import parse_instant
from bot.emulator.wire import JsonObject, Refusal

TYPES = ("daily", "weekly", "absoluteMonthly", "relativeMonthly")
PATTERN_FIELDS = frozenset({"type", "interval", "daysOfWeek", "firstDayOfWeek", "dayOfMonth", "index"})
RANGE_FIELDS = {"numbered": "numberOfOccurrences", "endDate": "endDate"}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
INDEXES = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}
MAX_OCCURRENCES = 1000


@dataclass(frozen=True, slots=True)
class Series:
    """A pattern and its end: `occurrences` days, or every day up to `last`, that one included."""

    type: str
    interval: int = 1
    weekdays: frozenset[int] = frozenset()
    week_begins: int = 0
    day_of_month: int = 0
    index: int = 0
    occurrences: int | None = None
    last: date | None = None

    def days(self, first: date) -> list[date]:
        """The days on which an occurrence begins; refused when `first` is none of them, or when there are too many.

        >>> Series("weekly", weekdays=frozenset({2}), occurrences=2).days(date(2026, 3, 11))
        [datetime.date(2026, 3, 11), datetime.date(2026, 3, 18)]
        """
        last = self.last or date.max
        fitting = takewhile(lambda day: day <= last, (day for day in self._candidates(first) if day >= first))
        try:
            days = list(islice(fitting, self.occurrences or MAX_OCCURRENCES + 1))
        except OverflowError:
            raise Refusal("invalidParameter", "the series goes past the end of the calendar") from None
        if not days or days[0] != first:
            raise Refusal("invalidParameter", "the start is no day of the recurrence")
        if len(days) > MAX_OCCURRENCES:
            raise Refusal("invalidParameter", f"a series has at most {MAX_OCCURRENCES} occurrences")
        return days

    def _candidates(self, first: date) -> Iterator[date]:
        """Days of the pattern in order, some of them before `first`."""
        if self.type == "daily":
            return (first + timedelta(days=n) for n in count(0, self.interval))
        if self.type == "weekly":
            return self._weekly(first)
        return self._monthly(first)

    def _weekly(self, first: date) -> Iterator[date]:
        begins = first - timedelta(days=(first.weekday() - self.week_begins) % 7)
        offsets = sorted((day - self.week_begins) % 7 for day in self.weekdays)
        for week in count(0, self.interval):
            for offset in offsets:
                yield begins + timedelta(weeks=week, days=offset)

    def _monthly(self, first: date) -> Iterator[date]:
        """A month that has no such day is passed over."""
        for months in range(first.year * 12 + first.month - 1, (MAXYEAR + 1) * 12, self.interval):
            day = self._day_in(months // 12, months % 12 + 1)
            if day is not None:
                yield day

    def _day_in(self, year: int, month: int) -> date | None:
        length = calendar.monthrange(year, month)[1]
        if self.type == "absoluteMonthly":
            return date(year, month, self.day_of_month) if self.day_of_month <= length else None
        fitting = [day for day in range(1, length + 1) if date(year, month, day).weekday() in self.weekdays]
        return date(year, month, fitting[self.index])


def read_series(recurrence: object) -> Series:
    """The series that a `recurrence` describes; what is not known is refused, not passed over."""
    pattern, span = (_object(recurrence, name) for name in ("pattern", "range"))
    kind = pattern.get("type")
    if kind not in TYPES or set(pattern) - PATTERN_FIELDS:
        raise Refusal("invalidParameter", f"pattern needs a type of {list(TYPES)} and has {sorted(PATTERN_FIELDS)}")
    occurrences, last = _range(span)
    return Series(
        type=str(kind),
        interval=_number(pattern.get("interval", 1), "interval"),
        weekdays=_weekdays(pattern) if kind in ("weekly", "relativeMonthly") else frozenset(),
        week_begins=_weekday(pattern.get("firstDayOfWeek", "monday")),
        day_of_month=_number(pattern.get("dayOfMonth"), "dayOfMonth", most=31) if kind == "absoluteMonthly" else 0,
        index=_index(pattern) if kind == "relativeMonthly" else 0,
        occurrences=occurrences,
        last=last,
    )


def _object(holder: object, name: str) -> JsonObject:
    found = holder.get(name) if isinstance(holder, dict) and set(holder) == {"pattern", "range"} else None
    if not isinstance(found, dict):
        raise Refusal("invalidParameter", "recurrence has a pattern and a range")
    return found


def _range(span: JsonObject) -> tuple[int | None, date | None]:
    kind = span.get("type")
    name = RANGE_FIELDS.get(kind) if isinstance(kind, str) else None
    if name is None or set(span) - {"type", name}:
        raise Refusal("invalidParameter", "range is numbered with numberOfOccurrences, or endDate with endDate")
    if kind == "numbered":
        return _number(span.get(name), name, most=MAX_OCCURRENCES), None
    return None, _end_date(span.get(name))


def _end_date(text: object) -> date:
    """A plain day, or the day of an instant by its own offset, since the page names no form."""
    try:
        if isinstance(text, str) and len(text) == len("2026-03-10"):
            return date.fromisoformat(text)
        parse_instant(text)
        return date.fromisoformat(str(text)[: len("2026-03-10")])
    except (ValueError, Refusal):
        raise Refusal("invalidParameter", "endDate is no day") from None


def _number(value: object, name: str, most: int = 999) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise Refusal("invalidParameter", f"{name} is a number from 1 to {most}")
    return value


def _weekdays(pattern: JsonObject) -> frozenset[int]:
    """`daysOfWeek` is one text, several days parted by commas; a relative month has one."""
    text = pattern.get("daysOfWeek")
    days = frozenset(_weekday(each.strip()) for each in text.split(",")) if isinstance(text, str) else frozenset()
    if not days or (pattern["type"] == "relativeMonthly" and len(days) > 1):
        raise Refusal("invalidParameter", "daysOfWeek names days, for relativeMonthly one")
    return days


def _weekday(name: object) -> int:
    if not isinstance(name, str) or name not in DAYS:
        raise Refusal("invalidParameter", f"a day of the week is one of {list(DAYS)}")
    return DAYS.index(name)


def _index(pattern: JsonObject) -> int:
    index = pattern.get("index")
    if not isinstance(index, str) or index not in INDEXES:
        raise Refusal("invalidParameter", f"index is one of {list(INDEXES)}")
    return INDEXES[index]
