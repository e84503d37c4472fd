"""Times in other zones."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from said import TUESDAY, request, windows

from bot.language import parse


@pytest.mark.parametrize(
    ("text", "expected", "zone"),
    [
        ("tmr 9:30-10am Tokyo time", "11-25 08:30-09:00", "Asia/Tokyo"),
        ("东京时间明天上午9点半到10点", "11-25 08:30-09:00", "Asia/Tokyo"),
        ("3pm UTC tomorrow", "11-25 23:00..11-26 00:00", "UTC"),
        ("UTC明天7点", "11-25 15:00-16:00", "UTC"),
        ("Thursday 9am PST", "11-27 01:00-02:00", "America/Los_Angeles"),
        ("10-11am London time on Friday", "11-27 18:00-19:00", "Europe/London"),
        ("4pm New York time today", "11-25 05:00-06:00", "America/New_York"),
        ("纽约时间周四上午9点", "11-26 22:00-23:00", "America/New_York"),
        ("10:00am Asia/Tokyo tomorrow", "11-25 09:00-10:00", "Asia/Tokyo"),
        ("10-11 CET tomorrow", "11-25 17:00-18:00", "Europe/Berlin"),
        ("15:00 GMT - 18:00 GMT tomorrow", "11-25 23:00..11-26 02:00", "UTC"),
        ("UTC+8 明天上午9点", "11-25 09:00-10:00", "Etc/GMT-8"),
    ],
)
def test_a_named_zone_is_turned_into_the_chats(text: str, expected: str, zone: str) -> None:
    assert windows(text) == [expected]
    assert request(text).zone == zone


def test_the_windows_carry_the_chats_zone() -> None:
    (found,) = request("3pm UTC tomorrow").windows
    assert found.start.utcoffset() == TUESDAY.utcoffset()


def test_a_place_without_a_word_for_time_is_no_zone() -> None:
    assert request("book a trip to London tomorrow 9am").zone is None
    assert request("上海明天上午9点").zone is None


def test_a_clock_change_keeps_the_wall_clock() -> None:
    zone = ZoneInfo("America/New_York")
    now = datetime(2026, 3, 7, 12, 0, tzinfo=zone)  # the clocks go forward on the 8th
    (found,) = parse("tomorrow 9-17", now=now, zone=zone).windows
    assert (f"{found.start:%H:%M %z}", f"{found.end:%H:%M}") == ("09:00 -0400", "17:00")
    (whole,) = parse("tomorrow", now=now, zone=zone).windows
    assert (f"{whole.start:%H:%M %z}", f"{whole.end:%H:%M %z}") == ("00:00 -0500", "00:00 -0400")
