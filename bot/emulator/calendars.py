"""A person's calendar as querySchedule shows it: items with a status and two ends, and the accepted time forms."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.emulator.wire import JsonObject, Refusal, entry_keys

TIME_FORMS = {
    "offset": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d"),
    "utc": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"),
    "utc_ms": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"),
    "utc_minutes": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\dZ"),
}


def parse_instant(text: object, forms: Iterable[str] = tuple(TIME_FORMS)) -> datetime:
    """The instant a text of one of the accepted forms names; anything else is refused as DingTalk does."""
    if isinstance(text, str) and any(TIME_FORMS[form].fullmatch(text) for form in forms):
        try:
            return datetime.fromisoformat(text).astimezone(UTC)
        except ValueError:
            pass
    raise Refusal("InvalidParameter.ParsedISO8601TimestampError", f"The timestamp is not ISO8601: {text!r}")


@dataclass(frozen=True, slots=True)
class Item:
    """One scheduleItem and the instants it covers; without instants it is shown for every window.

    `key` names the entry for whoever edits calendars by hand; querySchedule never shows it.
    """

    body: JsonObject
    start: datetime | None = None
    end: datetime | None = None
    event_id: str = ""
    key: int = field(default_factory=entry_keys.__next__, compare=False)

    def meets(self, start: datetime, end: datetime) -> bool:
        """True when the item has a moment in common with the window, ends exclusive."""
        if self.start is None or self.end is None:
            return True
        return self.start < end and self.end > start


class Calendar:
    """The items of one person, kept in the order in which they were entered."""

    def __init__(self, zone: str = "Asia/Shanghai") -> None:
        self.zone = zone
        self.items: list[Item] = []

    def busy(self, start: datetime, end: datetime, *, event_id: str = "") -> None:
        """Enter a timed BUSY item; both ends aware."""
        self.timed("BUSY", start, end, event_id=event_id)

    def tentative(self, start: datetime, end: datetime, *, event_id: str = "") -> None:
        """Enter a timed TENTATIVE item; both ends aware."""
        self.timed("TENTATIVE", start, end, event_id=event_id)

    def free(self, start: datetime, end: datetime) -> None:
        """Enter a timed item that does not occupy; some clients have met the status FREE."""
        self.timed("FREE", start, end)

    def timed(self, status: str, start: datetime, end: datetime, *, event_id: str = "") -> None:
        """Enter a timed item of any status; both ends aware."""
        if start.tzinfo is None or end.tzinfo is None:
            raise ValueError(f"naive time {start!r} to {end!r}: give aware datetimes")
        ends = [self._end(each) for each in (start, end)]
        self.items.append(Item({"status": status, "start": ends[0], "end": ends[1]}, start, end, event_id))

    def all_day(self, day: date, days: int = 1, *, status: str = "BUSY", event_id: str = "") -> None:
        """Enter whole days: dates without times, zone "UTC" as the platform has it, the end date exclusive."""
        last = day + timedelta(days=days)
        ends = [{"date": each.isoformat(), "timeZone": "UTC"} for each in (day, last)]
        zone = ZoneInfo(self.zone)
        start, end = (datetime.combine(each, time.min, tzinfo=zone) for each in (day, last))
        self.items.append(Item({"status": status, "start": ends[0], "end": ends[1]}, start, end, event_id))

    def raw(self, item: JsonObject) -> None:
        """Enter an item as it is, however nonsensical; every window shows it."""
        self.items.append(Item(item))

    def clear(self) -> None:
        """Remove every item."""
        self.items.clear()

    def item(self, key: int) -> Item | None:
        """The entry with this key."""
        return next((item for item in self.items if item.key == key), None)

    def remove(self, key: int) -> None:
        """Remove one entry by its key, if it is there."""
        self.items = [item for item in self.items if item.key != key]

    def drop(self, event_id: str) -> None:
        """Remove the items of one event."""
        self.items = [item for item in self.items if item.event_id != event_id]

    def between(self, start: datetime, end: datetime) -> list[JsonObject]:
        """The items that meet the window, unclipped."""
        return [item.body for item in self.items if item.meets(start, end)]

    def _end(self, instant: datetime) -> JsonObject:
        local = instant.astimezone(ZoneInfo(self.zone))
        return {"dateTime": local.isoformat(timespec="seconds"), "timeZone": self.zone}
