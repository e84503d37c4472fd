"""Times in other zones."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from said import TUESDAY, request, windows

from bot.language import parse
from bot.model.requests import ProblemCode, Setting


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
        ("明天9点利马时间", "11-25 22:00-23:00", "America/Lima"),
        ("9am Nairobi time tomorrow", "11-25 14:00-15:00", "Africa/Nairobi"),
        ("3pm SÃO PAULO time tomorrow", "11-26 02:00-03:00", "America/Sao_Paulo"),
        ("9am Central European Time tomorrow", "11-25 16:00-17:00", "Europe/Berlin"),
        ("明天下午3点太平洋时间", "11-26 07:00-08:00", "America/Los_Angeles"),
        ("秘鲁时间明天3点", "11-26 04:00-05:00", "America/Lima"),
        ("9am BRT tomorrow", "11-25 20:00-21:00", "America/Sao_Paulo"),
        ("tomorrow 10:30Z", "11-25 18:30-19:30", "UTC"),
        ("UTC+8 明天上午9点", "11-25 09:00-10:00", "+08:00"),
    ],
)
def test_a_named_zone_is_turned_into_the_chats(text: str, expected: str, zone: str) -> None:
    assert windows(text) == [expected]
    assert request(text).zone == zone


@pytest.mark.parametrize(
    ("text", "expected", "zone"),
    [
        ("2pm UTC+4:30 tomorrow", "11-25 17:30-18:30", "+04:30"),
        ("3pm GMT-3 tomorrow", "11-26 02:00-03:00", "-03:00"),
        ("明天下午3点 UTC+05:45", "11-25 17:15-18:15", "+05:45"),
        ("UTC +8 明天9点", "11-25 09:00-10:00", "+08:00"),
        ("tomorrow 3pm +0530", "11-25 17:30-18:30", "+05:30"),
        ("东八区明天9点", "11-25 09:00-10:00", "+08:00"),
        ("西5区明天上午9点", "11-25 22:00-23:00", "-05:00"),
        ("东十二时区明天9点", "11-25 05:00-06:00", "+12:00"),
    ],
)
def test_an_offset_is_a_zone(text: str, expected: str, zone: str) -> None:
    assert windows(text) == [expected]
    assert request(text).zone == zone


@pytest.mark.parametrize("text", ["明天9点 UTC+25", "3pm UTC+5:20 tomorrow", "西二十区 明天9点", "3pm gmt-13 tomorrow"])
def test_an_offset_that_no_clock_shows_is_asked_back(text: str) -> None:
    found = request(text)
    assert found.problem
    assert found.problem.code is ProblemCode.UNKNOWN_ZONE
    assert found.problem.words in ("UTC+25", "UTC+5:20", "西二十区", "UTC-13")
    assert (found.windows, found.zone) == ((), None)


@pytest.mark.parametrize("text", ["15:00 GMT-18:00 GMT tomorrow", "3pm UTC-6pm UTC tomorrow"])
def test_a_range_between_two_times_of_a_zone_is_no_offset(text: str) -> None:
    assert windows(text) == ["11-25 23:00..11-26 02:00"]


@pytest.mark.parametrize("text", ["budget +1000 tomorrow 3pm", "电话+8613800000000 明天下午3点"])
def test_a_signed_number_elsewhere_is_no_offset(text: str) -> None:
    assert request(text).zone is None


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("时区 UTC+8", "Etc/GMT-8"),
        ("时区 UTC+5:30", "Asia/Kolkata"),
        ("时区 利马", "America/Lima"),
        ("set the timezone to Lima", "America/Lima"),
        ("set timezone to São Paulo", "America/Sao_Paulo"),
    ],
)
def test_a_chat_keeps_a_zone_by_its_iana_name(text: str, zone: str) -> None:
    found = request(text)
    assert found.setting
    assert (found.setting.zone, found.zone) == (zone, zone)


def test_a_chat_cannot_be_set_to_an_offset_that_no_clock_shows() -> None:
    assert request("时区 UTC+25").setting == Setting(unknown="UTC+25")


def test_a_digest_keeps_its_zone_by_an_iana_name() -> None:
    assert request("每天9点UTC+8发日报").zone == "Etc/GMT-8"


@pytest.mark.parametrize(
    ("text", "names"),
    [("is Sofia free tomorrow 3pm", ("Sofia",)), ("is Jordan free tomorrow", ("Jordan",)), ("这里加个会明天3点", ())],
)
def test_a_name_that_is_a_word_too_is_no_zone_by_itself(text: str, names: tuple[str, ...]) -> None:
    found = request(text)
    assert found.zone is None
    assert found.who.names == names


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
