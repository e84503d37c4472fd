"""Times that repeat: the rule, and the occurrences that are looked at."""

import pytest
from said import request, windows

from bot.model.requests import Intent


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("every Tuesday at 3pm with @Bob", "FREQ=WEEKLY;BYDAY=TU"),
        ("每周三下午3点 @张三 有空吗", "FREQ=WEEKLY;BYDAY=WE"),
        ("每周一三五上午10点 @张三 开会", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("隔周周五下午4点 @张三 有空吗", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("book @Bob every 3 weeks on Friday at 10", "FREQ=WEEKLY;INTERVAL=3;BYDAY=FR"),
        ("每月第一个周一下午3点 @张三 开会", "FREQ=MONTHLY;BYDAY=1MO"),
        ("每月最后一个周五下午3点 @张三 开会", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("每月15号下午3点 @张三 开会", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("book @Bob monthly on the 15th at 3pm", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("the 1st of every month at 3pm with @Bob", "FREQ=MONTHLY;BYMONTHDAY=1"),
        ("book @Bob every day at 10am", "FREQ=DAILY"),
        ("每天上午10点 @张三 开会", "FREQ=DAILY"),
        ("每3天上午10点 @张三 开会", "FREQ=DAILY;INTERVAL=3"),
        ("@Bob every weekday at 3pm", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    ],
)
def test_what_repeats_is_a_series_and_no_order_that_acts(text: str, rule: str) -> None:
    found = request(text)
    assert found.series == rule
    assert not found.acts


@pytest.mark.parametrize(
    "text",
    [
        "book @Bob every day next week at 3pm",
        "@张三 下周每天下午3点有空吗",
        "book @Bob Tuesday at 3pm",
        "@张三 本月15号下午3点有空吗",
        "每天9点10分发团队日报",
    ],
)
def test_days_that_end_and_the_digest_are_no_series(text: str) -> None:
    assert request(text).series is None


def test_a_question_looks_at_four_occurrences_and_an_order_at_eight() -> None:
    assert len(windows("@张三 每周三下午3点有空吗")) == 4
    assert len(windows("book @Bob every Wednesday at 3pm")) == 8
    assert request("book @Bob every Wednesday at 3pm").intent is Intent.BOOK


def test_an_occurrence_that_is_over_is_not_one_of_them() -> None:
    assert windows("每周二上午9点 @张三 有空吗")[0] == "12-01 09:00-10:00"
    assert windows("每月15号下午3点 @张三 有空吗")[0] == "12-15 15:00-16:00"


def test_a_month_without_such_a_day_is_passed_over() -> None:
    assert [day[:5] for day in windows("每月31号下午3点 @张三 有空吗")] == ["12-31", "01-31", "03-31", "05-31"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("每周三下午3点约 @张三，共10次", "FREQ=WEEKLY;BYDAY=WE;COUNT=10"),
        ("每周三下午3点约 @张三，十二次", "FREQ=WEEKLY;BYDAY=WE;COUNT=12"),
        ("约 @张三 每周二和周四上午10点，持续3周", "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=6"),
        ("book @Bob every Wednesday at 3pm 400 times", "FREQ=WEEKLY;BYDAY=WE;COUNT=400"),
        ("book @Bob every other Friday at 3pm for 10 weeks", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;COUNT=5"),
        ("book @Bob every day at 10am for 2 weeks", "FREQ=DAILY;COUNT=14"),
    ],
)
def test_how_often_it_is_held_stands_in_the_rule(text: str, rule: str) -> None:
    found = request(text)
    assert found.series == rule
    assert found.leftover == ()
    assert len(found.windows) == min(8, int(rule.rpartition("=")[2]))


@pytest.mark.parametrize("text", ["@Bob 找个固定时间每周45分钟", "find a fixed weekly time with @Bob, 45 min"])
def test_a_search_for_each_week_names_no_day_and_no_title(text: str) -> None:
    found = request(text)
    assert (found.intent, found.series, found.title) == (Intent.FIND_TIME, "FREQ=WEEKLY", None)
    assert found.windows == ()
