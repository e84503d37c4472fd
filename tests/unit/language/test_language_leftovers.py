"""Numbers and words of time that no phrase took in, and numbers that are something else."""

import pytest
from said import doubts, request, windows


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("谁有空 5点3", "3"),
        ("谁有空 3点 4", "4"),
        ("谁5点有空 6", "6"),
        ("明天谁有空2", "2"),
        ("free Tue 2-4pm 5?", "5"),
        ("2pm 17", "17"),
        ("who is free 3", "3"),
        ("who is free Tuesday 2-4pm 3", "3"),
        ("who's free Tue 930", "930"),
        ("周二 周 谁有空", "周"),
        ("周八下午谁有空", "周八"),
        ("星期八下午谁有空", "星期八"),
        ("PM 周二有空吗", "pm"),
    ],
)
def test_a_number_or_a_word_of_time_that_nothing_took_in_is_left_over(text: str, left: str) -> None:
    assert [word.lower() for word in doubts(text)] == [left]


@pytest.mark.parametrize(
    "text",
    [
        "3号楼明天下午谁有空",
        "205会议室明天下午谁有空",
        "v2.14.3 明天下午谁有空",
        "3个人明天下午有空吗",
        "明天下午3点 2人 谁有空",
        "第3点建议明天下午谁看",
        "大盘涨了50点，明天下午谁有空",
        "明天3点，电话 010-1234，谁有空",
        "电话138 0013 8000 明天下午谁有空",
        "call 138-0013-8000, who's free tomorrow 3pm",
        "ext 5521 who's free tomorrow 3pm",
        "top 3 people free tomorrow 3pm",
        "Q3 review tomorrow 3pm who's free",
        "2 of us free tomorrow 3pm",
        "at least 3 free tomorrow 3pm",
        "2 ppl free tomorrow 3pm",
        "明天下午3点至少3人有空",
        "is anyone free tomorrow 3pm for 2 interviews",
        "1、明天下午 2、周四下午 谁有空",
        "1. 明天下午 2. 周四下午 谁有空",
        "张伟2 明天下午有空吗",
        "这周三3点，预算5万，谁有空",
        "am I free Tue at 3pm",
    ],
)
def test_a_number_that_is_something_else_makes_no_request_doubtful(text: str) -> None:
    found = request(text)
    assert (doubts(text), found.problem) == ([], None)
    assert len(found.windows) == (2 if "周四" in text else 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1、明天下午 2、周四下午 谁有空", ["11-25 13:00-18:00", "11-26 13:00-18:00"]),
        ("1:1 with Bob tomorrow 3pm", ["11-25 15:00-16:00"]),
        ("1-1 with Bob tomorrow 3pm", ["11-25 15:00-16:00"]),
        ("一对一 明天下午3点有空吗", ["11-25 15:00-16:00"]),
        ("Q3 3pm tomorrow who's free", ["11-25 15:00-16:00"]),
        ("room 402 3pm tomorrow who's free", ["11-25 15:00-16:00"]),
        ("b4 3pm tomorrow who is free", ["11-25 09:00-15:00"]),
        ("明天2、3点谁有空", ["11-25 14:00-15:00", "11-25 15:00-16:00"]),
        ("明天下午2、3号楼谁有空", ["11-25 13:00-18:00"]),
        ("明天1-1:30谁有空", ["11-25 13:00-13:30"]),
    ],
)
def test_a_number_of_something_else_takes_no_time_from_its_neighbours(text: str, expected: list[str]) -> None:
    assert (windows(text), doubts(text)) == (expected, [])


def test_a_number_behind_a_name_tells_people_of_one_name_apart() -> None:
    assert request("张伟2和张伟3明天下午有空吗").who.names == ("张伟2", "张伟3")
    assert request("张三3点有空吗").who.names == ("张三",)
    assert request("张三2-4点有空吗").who.names == ("张三",)
