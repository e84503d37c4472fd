"""One person's leave as attendance/getleavestatus shows it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.emulator.wire import JsonObject

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ALWAYS = (-(2**53), 2**53)
Unit = Literal["percent_day", "percent_hour"]


class LeaveBook:
    """The leave of one person, in the order in which it was entered; every one has a kind that nobody may keep."""

    def __init__(self) -> None:
        self._rows: list[tuple[int, int, JsonObject]] = []

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
        self._rows.append((*_ALWAYS, row))

    def between(self, start: int, end: int, *, user_id: str) -> list[JsonObject]:
        """The rows that meet the window, in milliseconds since 1970."""
        met = [row for first, last, row in self._rows if first < end and max(last, first + 1) > start]
        return [{"userid": user_id, **row} for row in met]

    def _enter(self, start: datetime, end: datetime, unit: Unit, share: int, code: str) -> None:
        if start.tzinfo is None or end.tzinfo is None:
            raise ValueError(f"naive time {start!r} to {end!r}: give aware datetimes")
        first, last = _milliseconds(start), _milliseconds(end)
        row: JsonObject = {
            "start_time": first,
            "end_time": last,
            "duration_unit": unit,
            "duration_percent": share,
            "leave_code": code,
        }
        self._rows.append((first, last, row))


def _milliseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(milliseconds=1)
