"""Tables of holidays: the known ones as they are, others read when somebody needs them, and those that are none."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime

from bot.availability.holidays import HolidayTable
from bot.holiday_reader import HolidayTables

GERMAN = HolidayTable("DE", {date(2026, 10, 3): ("统一日", "Unity")}, frozenset(), frozenset({2026}))


def tables():
    return HolidayTables({"DE": GERMAN}, clock=lambda: datetime(2026, 3, 17, tzinfo=UTC))


async def test_a_known_table_is_not_read_again():
    known = tables()
    assert await known.need(["DE", None, "DE"]) == []
    assert known.get("DE") is GERMAN


async def test_what_is_needed_is_read_once_for_whoever_waits():
    known = tables()
    assert await asyncio.gather(known.need(["JP"]), known.need(["JP", "DE"])) == [[], []]
    japanese = known.get("JP")
    assert japanese is not None
    assert japanese.is_holiday(date(2026, 11, 3))  # 文化の日
    assert japanese.announced(2026)


async def test_a_country_without_a_table_is_told_and_keeps_no_other_from_being_read():
    known = tables()
    assert await known.need(["IC", "AT"]) == ["IC"]
    assert "AT" in known
    assert known.get("IC") is None
    assert await known.need(["IC"]) == ["IC"]
