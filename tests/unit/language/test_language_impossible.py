"""Times that cannot be: which problem they are, in which words, and the nearest time that there is."""

import pytest
from said import FRIDAY, TUESDAY, alternatives, problem, request, windows

IMPOSSIBLE = "impossible_time"
TURNED = "end_before_start"


@pytest.mark.parametrize(
    ("text", "words", "nearest"),
    [
        ("2月30号下午3点谁有空", "2月30号", ["02-28 15:00-16:00", "03-01 15:00-16:00"]),
        ("free 31 Feb?", "31 Feb", ["02-28 00:00..03-01 00:00", "03-01 00:00..03-02 00:00"]),
        ("4月31日谁有空", "4月31日", ["04-30 00:00..05-01 00:00", "05-01 00:00..05-02 00:00"]),
        ("32号谁有空", "32号", ["11-30 00:00..12-01 00:00", "12-01 00:00..12-02 00:00"]),
        ("40号谁有空", "40号", ["11-30 00:00..12-01 00:00", "12-01 00:00..12-02 00:00"]),
        ("0号谁有空", "0号", ["12-01 00:00..12-02 00:00"]),
        ("13月5号谁有空", "13月5号", ["12-05 00:00..12-06 00:00", "01-05 00:00..01-06 00:00"]),
        ("2026-13-01 who is free", "2026-13-01", ["12-01 00:00..12-02 00:00", "01-01 00:00..01-02 00:00"]),
        ("11/45 who is free", "11/45", ["11-30 00:00..12-01 00:00", "12-01 00:00..12-02 00:00"]),
        ("明天25点谁有空", "25点", ["11-26 01:00-02:00"]),
        ("who's free Fri 25:00", "25:00", ["11-28 01:00-02:00"]),
        ("24:30谁有空", "24:30", ["11-25 00:30-01:30"]),
        ("14:75", "14:75", ["11-24 15:15-16:15"]),
        ("3点60分谁有空", "3点60分", ["11-24 16:00-17:00"]),
        ("99点谁有空", "99点", ["11-25 09:00-10:00"]),
        ("3.7 pm", "3.7 pm", ["11-24 15:00-16:00"]),
        ("13am tomorrow", "13am", ["11-25 13:00-14:00", "11-25 01:00-02:00"]),
        ("25pm", "25pm", ["11-25 01:00-02:00"]),
    ],
)
def test_an_impossible_time_is_named_and_the_nearest_one_is_offered(text: str, words: str, nearest: list[str]) -> None:
    found = request(text).problem
    assert found is not None
    assert (found.code.value, found.words, windows(text)) == (IMPOSSIBLE, words, [])
    assert alternatives(text) == [[window] for window in nearest]


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("周五下午4点到2点谁有空", ["11-27 14:00-16:00", "11-27 16:00..11-28 02:00"]),
        ("4pm to 2pm tomorrow", ["11-25 14:00-16:00"]),
        ("明天16:00-14:00", ["11-25 14:00-16:00"]),
        ("明天下午到上午", ["11-25 09:00-18:00"]),
        ("11月28号到11月25号", ["11-25 00:00..11-29 00:00"]),
        ("2026-12-05 to 2026-12-01", ["12-01 00:00..12-06 00:00"]),
        ("11月28日下午3点到11月27日5点", ["11-27 17:00..11-28 15:00"]),
        ("明天晚上2点到1am", ["11-26 01:00-02:00"]),
    ],
)
def test_a_range_the_wrong_way_round_is_offered_turned(text: str, nearest: list[str]) -> None:
    assert problem(text) == TURNED
    assert windows(text) == []
    assert alternatives(text) == [[window] for window in nearest]


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("本周一下午谁有空", "11-30 13:00-18:00"),
        ("this Monday 2-4pm", "11-30 14:00-16:00"),
        ("本周一到周三谁有空", "11-30 00:00..12-03 00:00"),
        ("昨天下午谁有空", "11-27 16:30-18:00"),
        ("yesterday at 9am", "11-28 09:00-10:00"),
        ("三天前谁有空", "11-27 16:30..11-28 00:00"),
        ("who was free 3 days ago", "11-27 16:30..11-28 00:00"),
        ("上个月谁有空", "11-27 16:30..12-01 00:00"),
        ("2025年12月3日谁有空", "12-03 00:00..12-04 00:00"),
        ("上上周五谁有空", "11-27 16:30..11-28 00:00"),
    ],
)
def test_for_a_time_that_is_over_the_next_of_its_kind_is_offered(text: str, nearest: str) -> None:
    assert problem(text, now=FRIDAY) == "in_the_past"
    assert alternatives(text, now=FRIDAY) == [[nearest]]


@pytest.mark.parametrize("text", ["未来一年谁有空", "who is free in the next 2 years", "12月1号到明年3月1号谁有空"])
def test_of_a_time_that_is_too_long_the_first_31_days_are_offered(text: str) -> None:
    assert problem(text) == "too_long"
    ((first,),) = [other.windows for other in request(text).alternatives]
    assert first.start == max(request(text).windows[0].start, TUESDAY)
    assert (first.end.date() - first.start.date()).days == 31


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13pm Tue", ["11-24 13:00-14:00"]),
        ("谁周二13pm有空", ["11-24 13:00-14:00"]),
        ("14:30 PM tomorrow", ["11-25 14:30-15:30"]),
        ("1330pm tomorrow", ["11-25 13:30-14:30"]),
        ("2026-25-12 who is free", ["12-25 00:00..12-26 00:00"]),
        ("12月27号到3号", ["12-27 00:00..01-04 00:00"]),
        ("大盘涨了3.5点，明天下午谁有空", ["11-25 13:00-18:00"]),
        ("比分98:95，明天下午谁有空", ["11-25 13:00-18:00"]),
    ],
)
def test_what_only_looks_odd_is_read(text: str, expected: list[str]) -> None:
    assert (windows(text), problem(text)) == (expected, None)


@pytest.mark.parametrize(
    "text", ["周一25点 - 13am", "0号0点到0号0点", "9999年13月99号 99:99", "13月到0月 3.7 pm到3.7 am"]
)
def test_several_things_that_cannot_be_are_one_problem(text: str) -> None:
    assert problem(text) == IMPOSSIBLE


@pytest.mark.parametrize("text", ["第3点建议谁看", "第3点谁看", "一点建议"])
def test_a_point_of_a_list_is_no_time(text: str) -> None:
    assert windows(text) == []
    assert problem(text) != IMPOSSIBLE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("下周五谁有空", ["下周五"]),
        ("北京时间下周一上午10点到11点半谁方便", ["下周一"]),
        ("明天3点谁有空", ["3点"]),
        ("周四2-4点谁有空", ["2-4点"]),
        ("下周五3点谁有空", ["3点", "下周五"]),
        ("who's free at 2 next Monday", ["2", "next Monday"]),
        ("who is free on 01/02 at 3pm", ["01/02"]),
        ("下周二和周四3点谁有空", ["下周二", "3点", "周四"]),
    ],
)
def test_an_assumption_names_just_the_words_it_concerns(text: str, words: list[str]) -> None:
    assert [assumption.words for assumption in request(text).assumptions] == words


NAMES = "、".join(
    family + given for family in "王李张刘陈杨黄赵周吴徐孙马胡朱郭何林罗高" for given in "伟芳娜敏静丽强磊军洋"
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_understood"),
        ("   ", "not_understood"),
        ("？？？", "not_understood"),
        ("!!!", "not_understood"),
        ("@张三 @李四", "no_time"),
        ("@Bob @Alice", "no_time"),
        ("谁有空", "no_time"),
        ("who is free", "no_time"),
        ("谁有空 5", "no_time"),
        ("2月31号谁有空", IMPOSSIBLE),
        ("free on Feb 31?", IMPOSSIBLE),
        ("明天25:00谁有空", IMPOSSIBLE),
        ("free tomorrow at 25:00?", IMPOSSIBLE),
        ("周五下午4点到2点谁有空", TURNED),
        ("free Fri 4pm-2pm?", TURNED),
        ("昨天谁有空", "in_the_past"),
        ("who was free yesterday", "in_the_past"),
        ("未来400天谁有空", "too_long"),
        ("who's free in the next 400 days", "too_long"),
        (f"{NAMES}明天下午谁有空", "too_long"),
    ],
)
def test_bad_input_is_told_by_its_problem(text: str, code: str) -> None:
    assert problem(text) == code
