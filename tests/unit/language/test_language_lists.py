"""Several windows, what is shared among them, and what is left out."""

import pytest
from said import TUESDAY, alternatives, windows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tue or Thu 2-4pm", ["11-24 14:00-16:00", "11-26 14:00-16:00"]),
        ("Tue/Thu 2-4pm", ["11-24 14:00-16:00", "11-26 14:00-16:00"]),
        ("周二或周四下午2点到4点", ["11-24 14:00-16:00", "11-26 14:00-16:00"]),
        ("周三周四下午2点到3点", ["11-25 14:00-15:00", "11-26 14:00-15:00"]),
        ("周三五下午", ["11-25 13:00-18:00", "11-27 13:00-18:00"]),
        ("Wednesday and Thursday morning", ["11-25 09:00-12:00", "11-26 09:00-12:00"]),
        ("周三上午或者周四", ["11-25 09:00-12:00", "11-26 09:00-12:00"]),
        ("tomorrow 10-11am or Friday 3-4pm", ["11-25 10:00-11:00", "11-27 15:00-16:00"]),
        ("明天10点到11点,或者周五下午3点到4点", ["11-25 10:00-11:00", "11-27 15:00-16:00"]),
        ("tomorrow at 2 or 3", ["11-25 14:00-15:00", "11-25 15:00-16:00"]),
        (
            "tomorrow 9-10am, 11am-12pm or 4-5pm",
            ["11-25 09:00-10:00", "11-25 11:00-12:00", "11-25 16:00-17:00"],
        ),
        ("明天9-10点、11-12点、16-17点", ["11-25 09:00-10:00", "11-25 11:00-12:00", "11-25 16:00-17:00"]),
        ("11月25号和26号下午2点", ["11-25 14:00-15:00", "11-26 14:00-15:00"]),
        ("25、26号下午", ["11-25 13:00-18:00", "11-26 13:00-18:00"]),
        ("the 26th and 27th", ["11-26 00:00..11-27 00:00", "11-27 00:00..11-28 00:00"]),
        ("next Mon or Tue at 3pm", ["11-30 15:00-16:00", "12-01 15:00-16:00"]),
        ("Tue 11am, Wed 2pm, or Thu 4pm", ["11-24 11:00-12:00", "11-25 14:00-15:00", "11-26 16:00-17:00"]),
        ("2pm or 4pm tomorrow", ["11-25 14:00-15:00", "11-25 16:00-17:00"]),
    ],
)
def test_a_list_shares_the_day_over_times_and_the_time_over_days(text: str, expected: list[str]) -> None:
    assert windows(text) == expected


@pytest.mark.parametrize("text", ["下周一到周三下午", "next Mon-Wed afternoons"])
def test_a_range_of_days_with_a_time_has_a_window_on_each(text: str) -> None:
    assert windows(text) == ["11-30 13:00-18:00", "12-01 13:00-18:00", "12-02 13:00-18:00"]


@pytest.mark.parametrize("text", ["next week at 3pm", "下周下午3点", "weekdays next week at 3pm"])
def test_a_week_with_a_time_means_its_monday_to_friday(text: str) -> None:
    assert [window[:5] for window in windows(text)] == ["11-30", "12-01", "12-02", "12-03", "12-04"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from 4pm today to 5pm tomorrow", "11-24 16:00..11-25 17:00"),
        ("从今天下午两点到明天下午四点", "11-24 14:00..11-25 16:00"),
        ("今天下午到明天上午", "11-24 13:00..11-25 12:00"),
        ("between now and Friday", "11-24 10:00..11-28 00:00"),
    ],
)
def test_a_range_of_moments_runs_through(text: str, expected: str) -> None:
    assert windows(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("next week but not Friday, 1 hour", ["11-30 00:00..12-04 00:00", "12-05 00:00..12-07 00:00"]),
        ("下周找一小时,不要周五", ["11-30 00:00..12-04 00:00", "12-05 00:00..12-07 00:00"]),
        ("下周除周三外都可以，找1小时", ["11-30 00:00..12-02 00:00", "12-03 00:00..12-07 00:00"]),
        ("周五不行，下周找一小时", ["11-30 00:00..12-04 00:00", "12-05 00:00..12-07 00:00"]),
        ("find an hour tomorrow avoiding lunch", ["11-25 00:00-12:00", "11-25 13:00..11-26 00:00"]),
        ("明天找一小时，避开午饭", ["11-25 00:00-12:00", "11-25 13:00..11-26 00:00"]),
        ("any day but Monday next week", ["12-01 00:00..12-07 00:00"]),
        ("find an hour tomorrow, not before 11", ["11-25 11:00..11-26 00:00"]),
    ],
)
def test_what_is_refused_is_taken_out(text: str, expected: list[str]) -> None:
    assert windows(text) == expected


@pytest.mark.parametrize("text", ["find an hour next week, mornings only", "下周找一小时，只要上午"])
def test_only_a_part_of_the_day_is_kept(text: str) -> None:
    assert windows(text) == [f"{day} 09:00-12:00" for day in ("11-30", "12-01", "12-02", "12-03", "12-04")]


def test_a_search_with_nothing_but_an_exclusion_has_the_next_week_left() -> None:
    assert windows("find an hour, not Friday") == ["11-24 10:00..11-27 00:00", "11-28 00:00..12-01 00:00"]


def test_the_other_reading_of_a_list_keeps_its_certain_members() -> None:
    assert alternatives("tomorrow 2-4 or Friday 3pm", now=TUESDAY) == [["11-25 02:00-04:00", "11-27 15:00-16:00"]]
