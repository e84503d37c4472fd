"""Days, dates, weeks and months."""

from datetime import datetime

import pytest
from said import FRIDAY, SHANGHAI, SUNDAY, TUESDAY, alternatives, problem, request, windows

from bot.model.requests import AssumptionKind


def day(text: str, *, now: datetime = TUESDAY) -> str:
    """The one whole day a text means."""
    (found,) = request(text, now=now).windows
    return f"{found.start:%Y-%m-%d}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tomorrow", "2026-11-25"),
        ("tmr", "2026-11-25"),
        ("tommorow", "2026-11-25"),
        ("the day after tomorrow", "2026-11-26"),
        ("明天", "2026-11-25"),
        ("后天", "2026-11-26"),
        ("大后天", "2026-11-27"),
        ("Friday", "2026-11-27"),
        ("on Monday", "2026-11-30"),
        ("thurs", "2026-11-26"),
        ("wensday", "2026-11-25"),
        ("Thrusday", "2026-11-26"),
        ("周五", "2026-11-27"),
        ("礼拜天", "2026-11-29"),
        ("星期一", "2026-11-30"),
        ("this Friday", "2026-11-27"),
        ("本周五", "2026-11-27"),
        ("next Tuesday", "2026-12-01"),
        ("next Friday", "2026-12-04"),
        ("nxt mon", "2026-11-30"),
        ("下周五", "2026-12-04"),
        ("下个星期三", "2026-12-02"),
        ("下下周二", "2026-12-08"),
        ("Friday next week", "2026-12-04"),
        ("next week on Friday", "2026-12-04"),
        ("Friday after next", "2026-12-11"),
        ("a week from Thursday", "2026-12-03"),
        ("a week from today", "2026-12-01"),
        ("Monday two weeks from now", "2026-12-07"),
        ("two Sundays from now", "2026-12-06"),
        ("in 3 days", "2026-11-27"),
        ("两周后", "2026-12-08"),
        ("三天后", "2026-11-27"),
        ("11/25", "2026-11-25"),
        ("25/11", "2026-11-25"),
        ("11.26", "2026-11-26"),
        ("11月25日", "2026-11-25"),
        ("十一月二十五号", "2026-11-25"),
        ("25号", "2026-11-25"),
        ("31号", "2026-12-31"),
        ("the 30th", "2026-11-30"),
        ("Nov 25", "2026-11-25"),
        ("25 Nov", "2026-11-25"),
        ("Dec 3rd", "2026-12-03"),
        ("the third of December", "2026-12-03"),
        ("December twenty-first", "2026-12-21"),
        ("2026-12-01", "2026-12-01"),
        ("2026/12/1", "2026-12-01"),
        ("2026年12月1日", "2026-12-01"),
        ("Jan 4", "2027-01-04"),
        ("1月4号", "2027-01-04"),
        ("明年3月5号", "2027-03-05"),
        ("下个月5号", "2026-12-05"),
        ("20th of next month", "2026-12-20"),
        ("Tuesday the 1st", "2026-12-01"),
        ("Friday, November 27th", "2026-11-27"),
        ("first Monday of December", "2026-12-07"),
        ("last Friday in December", "2026-12-25"),
        ("十二月的第一个星期一", "2026-12-07"),
        ("下个月最后一个周五", "2026-12-25"),
        ("last day of the month", "2026-11-30"),
    ],
)
def test_a_day_by_name_or_date(text: str, expected: str) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    ("text", "first", "stop"),
    [
        ("next week", "11-30", "12-07"),
        ("下周", "11-30", "12-07"),
        ("下下周", "12-07", "12-14"),
        ("the week after next", "12-07", "12-14"),
        ("this weekend", "11-28", "11-30"),
        ("这周末", "11-28", "11-30"),
        ("下周末", "12-05", "12-07"),
        ("next month", "12-01", "01-01"),
        ("下个月", "12-01", "01-01"),
        ("in December", "12-01", "01-01"),
        ("next Mon-Wed", "11-30", "12-03"),
        ("下周一到周三", "11-30", "12-03"),
        ("周三至周五", "11-25", "11-28"),
        ("Nov 30 - Dec 4", "11-30", "12-05"),
        ("between Dec 1 and Dec 3", "12-01", "12-04"),
        ("Dec 1-3", "12-01", "12-04"),
        ("1-3 December", "12-01", "12-04"),
        ("from the 1st to the 3rd", "12-01", "12-04"),
        ("12月1号到3号", "12-01", "12-04"),
        ("25到27号", "11-25", "11-28"),
        ("11.26-11.28", "11-26", "11-29"),
        ("明后两天", "11-25", "11-27"),
        ("early next week", "11-30", "12-03"),
        ("下周前两天", "11-30", "12-02"),
        ("下周工作日", "11-30", "12-05"),
        ("week of Dec 9", "12-07", "12-14"),
        ("3 days starting next Monday", "11-30", "12-03"),
        ("明天起三天", "11-25", "11-28"),
        ("after Friday", "11-28", "12-05"),
        ("从下周一开始", "11-30", "12-07"),
    ],
)
def test_a_stretch_of_days(text: str, first: str, stop: str) -> None:
    assert windows(text) == [f"{first} 00:00..{stop} 00:00"]


@pytest.mark.parametrize(
    ("text", "stop"),
    [
        ("by Friday", "11-28"),
        ("before Friday", "11-27"),
        ("周五之前", "11-27"),
        ("下周三前", "12-02"),
        ("月底前", "12-01"),
        ("by the end of next week", "12-07"),
        ("before next week", "11-30"),
        ("until Friday", "11-28"),
        ("in the next 3 days", "11-27"),
        ("接下来三天", "11-27"),
        ("三天内", "11-27"),
        ("这两天", "11-26"),
        ("未来一周", "12-01"),
        ("rest of the week", "11-30"),
        ("this week", "11-30"),
    ],
)
def test_a_stretch_that_begins_now(text: str, stop: str) -> None:
    assert windows(text) == [f"11-24 10:00..{stop} 00:00"]


def test_a_weekday_alone_is_the_next_one_whose_window_is_not_over() -> None:
    assert windows("Friday 2-4pm", now=FRIDAY) == ["12-04 14:00-16:00"]
    assert windows("Friday 4-6pm", now=FRIDAY) == ["11-27 16:30-18:00"]
    assert windows("周二", now=FRIDAY) == ["12-01 00:00..12-02 00:00"]


def test_todays_weekday_offers_the_next_weeks() -> None:
    assert windows("Tue 2-4pm") == ["11-24 14:00-16:00"]
    assert alternatives("Tue 2-4pm") == [["12-01 14:00-16:00"]]


def test_next_friday_offers_this_weeks_where_it_is_still_to_come() -> None:
    assert alternatives("next Friday") == [["11-27 00:00..11-28 00:00"]]
    assert alternatives("next Monday") == []
    assert alternatives("下周五") == [["11-27 00:00..11-28 00:00"]]
    assert alternatives("下周一") == []
    assert request("下周五").assumptions[0].kind is AssumptionKind.NEXT_WEEK


@pytest.mark.parametrize("text", ["下周周五", "下周的周五", "下周四和周五", "下周四到周五", "下下周五"])
def test_a_chinese_next_week_that_can_be_no_other_offers_none(text: str) -> None:
    assert alternatives(text) == []


def test_next_monday_said_on_a_sunday_offers_the_one_after() -> None:
    assert windows("next Monday", now=SUNDAY) == ["11-30 00:00..12-01 00:00"]
    assert alternatives("next Monday", now=SUNDAY) == [["12-07 00:00..12-08 00:00"]]


@pytest.mark.parametrize("text", ["this Monday", "本周一", "who was free this Monday"])
def test_a_day_of_this_week_that_is_over_offers_next_weeks(text: str) -> None:
    assert problem(text) == "in_the_past"
    assert windows(text) == ["11-23 00:00..11-24 00:00"]
    assert alternatives(text) == [["11-30 00:00..12-01 00:00"]]


def test_a_slashed_date_offers_the_day_first() -> None:
    assert windows("12/1 2pm") == ["12-01 14:00-15:00"]
    assert alternatives("12/1 2pm") == [["01-12 14:00-15:00"]]
    assert day("1/12/2026") == "2026-12-01"


def test_the_month_turns_with_the_year() -> None:
    now = datetime(2026, 12, 31, 15, 0, tzinfo=SHANGHAI)
    assert day("January 4", now=now) == "2027-01-04"
    assert day("4号", now=now) == "2027-01-04"
    assert windows("明天谁有空", now=now) == ["01-01 00:00..01-02 00:00"]


def test_the_29th_waits_for_a_month_that_has_it() -> None:
    now = datetime(2027, 2, 10, 9, 0, tzinfo=SHANGHAI)
    assert day("29号", now=now) == "2027-03-29"


def test_a_weekday_and_a_day_of_the_month_agree() -> None:
    assert day("Mon 14th") == "2026-12-14"
    assert day("Thu 14th") == "2027-01-14"


@pytest.mark.parametrize("text", ["约下周三下午2点", "看下周三下午2点的日程", "约 下周三下午2点"])
def test_the_sign_of_next_begins_the_week_behind_a_verb(text: str) -> None:
    assert windows(text) == ["12-02 14:00-15:00"]


def test_the_sign_of_next_begins_the_afternoon_behind_a_verb() -> None:
    assert windows("约下午3点") == ["11-24 15:00-16:00"]
    assert windows("看下下午的日程") == ["11-24 13:00-18:00"]
