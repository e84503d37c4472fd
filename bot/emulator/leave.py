"""One person's leave as attendance/getleavestatus shows it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.emulator.wire import JsonObject, entry_keys

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Unit = Literal["percent_day", "percent_hour"]


@dataclass(frozen=True, slots=True)
class LeaveEntry:
    """One row and the instants it covers; without instants it is shown for every window.

    `in_days`: it is counted in days. `key` names it for whoever edits leave by hand; getleavestatus never shows it.
    """

    row: JsonObject
    start: datetime | None = None
    end: datetime | None = None
    in_days: bool = False
    key: int = field(default_factory=entry_keys.__next__, compare=False)

    def meets(self, start: int, end: int) -> bool:
        """True when it has a moment in common with the window, in milliseconds since 1970."""
        if self.start is None or self.end is None:
            return True
        first, last = _milliseconds(self.start), _milliseconds(self.end)
        return first < end and max(last, first + 1) > start


class LeaveBook:
    """The leave of one person, in the order in which it was entered; every one has a kind that nobody may keep."""

    def __init__(self) -> None:
        self.entries: list[LeaveEntry] = []

    def hours(self, start: datetime, end: datetime, *, code: str = "sick-leave-code") -> None:
        """Enter leave that is counted in hours; both ends aware."""
        share = round((end - start) / timedelta(hours=1) * 100)
        self._enter(start, end, "percent_hour", share, code)

    def days(
        self, first: date, count: float = 1, *, zone: str = "Asia/Shanghai", inclusive: bool = False,
        code: str = "annual-leave-code",
    ) -> None:  # fmt: skip
        """Enter leave that is counted in days from the midnight of the first one.

        It ends at the midnight after the last day; `inclusive`: at that of the last day itself, which the page leaves
        open. Half a day ends at noon.
        """
        start = datetime.combine(first, time.min, tzinfo=ZoneInfo(zone))
        end = start + timedelta(days=count - 1 if inclusive else count)
        self._enter(start, end, "percent_day", round(count * 100), code)

    def raw(self, row: JsonObject) -> None:
        """Enter a row as it is, however nonsensical, beside the userid; every window shows it."""
        self.entries.append(LeaveEntry(row))

    def remove(self, key: int) -> None:
        """Take one entry back by its key, if it is there."""
        self.entries = [entry for entry in self.entries if entry.key != key]

    def between(self, start: int, end: int, *, user_id: str) -> list[JsonObject]:
        """The rows that meet the window, in milliseconds since 1970."""
        return [{"userid": user_id, **entry.row} for entry in self.entries if entry.meets(start, end)]

    def _enter(self, start: datetime, end: datetime, unit: Unit, share: int, code: str) -> None:
        if start.tzinfo is None or end.tzinfo is None:
            raise ValueError(f"naive time {start!r} to {end!r}: give aware datetimes")
        row: JsonObject = {
            "start_time": _milliseconds(start),
            "end_time": _milliseconds(end),
            "duration_unit": unit,
            "duration_percent": share,
            "leave_code": code,
        }
        self.entries.append(LeaveEntry(row, start, end, unit == "percent_day"))


def _milliseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(milliseconds=1)
