"""Feast days, and rarer ways to write days and hours. Now is Tuesday, 24 November 2026."""

import pytest
from said import doubts, request, windows


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("圣诞节当天谁有空", ["12-25 00:00..12-26 00:00"]),
        ("平安夜晚上谁有空", ["12-24 18:00-22:00"]),
        ("圣诞前找一天", ["11-24 10:00..12-25 00:00"]),
        ("元旦后找个时间", ["01-02 00:00..01-09 00:00"]),
        ("国庆节谁有空", ["10-01 00:00..10-02 00:00"]),
        ("國慶節誰有空", ["10-01 00:00..10-02 00:00"]),
        ("国庆假期谁值班", ["10-01 00:00..10-08 00:00"]),
        ("国庆后找个时间", ["10-08 00:00..10-15 00:00"]),
        ("五一下午谁有空", ["05-01 13:00-18:00"]),
        ("明年六一谁有空", ["06-01 00:00..06-02 00:00"]),
        ("who is free on Thanksgiving", ["11-26 00:00..11-27 00:00"]),
        ("before Christmas who is free", ["11-24 10:00..12-25 00:00"]),
        ("is Bob free on New Year's Eve", ["12-31 00:00..01-01 00:00"]),
        ("free on Christmas Eve at 3pm?", ["12-24 15:00-16:00"]),
        ("who is free on Valentine's Day", ["02-14 00:00..02-15 00:00"]),
    ],
)
def test_a_feast_on_a_fixed_day_is_that_day(text: str, found: list[str]) -> None:
    assert windows(text) == found


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("春节后找个时间", ("春节",)),
        ("中秋前找一天", ("中秋",)),
        ("端午谁值班", ("端午",)),
        ("find an hour before Chinese New Year", ("chinese new year",)),
        ("who is free over Easter", ("easter",)),
    ],
)
def test_a_feast_that_goes_by_the_moon_is_asked_back(text: str, left: tuple[str, ...]) -> None:
    assert [word.lower() for word in doubts(text)] == list(left)


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        ("李国庆明天有空吗", ["李国庆"], ["11-25 00:00..11-26 00:00"]),
        ("李国庆国庆有空吗", ["李国庆"], ["10-01 00:00..10-02 00:00"]),
        ("张三和王五一起明天下午3点开会", ["张三", "王五"], ["11-25 15:00-16:00"]),
        ("周五一起吃饭", [], ["11-27 00:00..11-28 00:00"]),
        ("下午五一定有空吗", [], ["11-24 13:00-18:00"]),
    ],
)
def test_names_and_words_that_look_like_a_feast_are_none(text: str, names: list[str], found: list[str]) -> None:
    assert list(request(text).who.names) == names
    assert windows(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("20261225下午3点谁有空", ["12-25 15:00-16:00"]),
        ("一三五下午谁有空", ["11-25 13:00-18:00", "11-27 13:00-18:00", "11-30 13:00-18:00"]),
        ("half 3 tomorrow", ["11-25 15:30-16:30"]),
        ("free at half 3 on monday?", ["11-30 15:30-16:30"]),
        ("an hour and a half 3pm tomorrow", ["11-25 15:00-16:30"]),
        ("9am Pacific tomorrow, who is free", ["11-26 01:00-02:00"]),
    ],
)
def test_other_ways_to_write_days_and_hours(text: str, found: list[str]) -> None:
    assert windows(text) == found
