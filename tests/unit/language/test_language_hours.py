"""Clock times, parts of the day and ranges of hours."""

import pytest
from said import FRIDAY, TUESDAY, alternatives, problem, request, windows

from bot.model.requests import AssumptionKind, WorkingHours
from bot.model.time import WindowKind


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("3pm", "11-24 15:00"),
        ("at 3 p.m.", "11-24 15:00"),
        ("3p tomorrow", "11-25 15:00"),
        ("15:00", "11-24 15:00"),
        ("１５：００", "11-24 15:00"),
        ("1400 tomorrow", "11-25 14:00"),
        ("14h30", "11-24 14:30"),
        ("half past two", "11-24 14:30"),
        ("quarter to four", "11-24 15:45"),
        ("twenty past five", "11-24 17:20"),
        ("seven thirty pm", "11-24 19:30"),
        ("five-thirty tomorrow evening", "11-25 17:30"),
        ("2ish", "11-24 14:00"),
        ("noon", "11-24 12:00"),
        ("midnight", "11-25 00:00"),
        ("midnight tonight", "11-25 00:00"),
        ("12am Saturday", "11-28 00:00"),
        ("tonight at 8", "11-24 20:00"),
        ("8 tonight", "11-24 20:00"),
        ("tomorrow morning at 9", "11-25 09:00"),
        ("下午3点", "11-24 15:00"),
        ("下午两点半", "11-24 14:30"),
        ("明天三点一刻", "11-25 15:15"),
        ("上午十一点三刻", "11-24 11:45"),
        ("十点十分", "11-24 10:10"),
        ("下午三点零五", "11-24 15:05"),
        ("两点四十五", "11-24 14:45"),
        ("差一刻三点", "11-24 14:45"),
        ("晚上8点", "11-24 20:00"),
        ("周五晚8点", "11-27 20:00"),
        ("今晚12点", "11-25 00:00"),
        ("明天零点", "11-25 00:00"),
        ("明天中午12点", "11-25 12:00"),
        ("明天凌晨2点", "11-25 02:00"),
        ("今天24:00", "11-25 00:00"),
        ("晚上一点", "11-25 01:00"),
    ],
)
def test_a_clock_time_is_an_hour_from_there(text: str, start: str) -> None:
    (found,) = request(text).windows
    assert f"{found.start:%m-%d %H:%M}" == start
    assert (found.end - found.start).total_seconds() == 3600
    assert found.kind is WindowKind.POINT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tomorrow 2-4pm", "11-25 14:00-16:00"),
        ("tomorrow 9:30-11am", "11-25 09:30-11:00"),
        ("tomorrow 11-1", "11-25 11:00-13:00"),
        ("tomorrow 11am-1pm", "11-25 11:00-13:00"),
        ("tomorrow 11:30-12:15pm", "11-25 11:30-12:15"),
        ("tomorrow noon to 2", "11-25 12:00-14:00"),
        ("tomorrow 10 to noon", "11-25 10:00-12:00"),
        ("between 1 and 3 pm tomorrow", "11-25 13:00-15:00"),
        ("from 9 to 5 tomorrow", "11-25 09:00-17:00"),
        ("tomorrow 9:00-18:00", "11-25 09:00-18:00"),
        ("tomorrow 6:00-20:00", "11-25 06:00-20:00"),
        ("tomorrow 1p.m. to 4", "11-25 13:00-16:00"),
        ("0730-0930 tomorrow", "11-25 07:30-09:30"),
        ("9.30-10.30 tomorrow", "11-25 09:30-10:30"),
        ("between 8 and 10 tomorrow morning", "11-25 08:00-10:00"),
        ("8-9 tomorrow evening", "11-25 20:00-21:00"),
        ("half past two to quarter past four tomorrow", "11-25 14:30-16:15"),
        ("tonight 10pm to 2am", "11-24 22:00..11-25 02:00"),
        ("明天下午2点到4点", "11-25 14:00-16:00"),
        ("明天两点到四点", "11-25 14:00-16:00"),
        ("明天9点-11点", "11-25 09:00-11:00"),
        ("明天3-5点", "11-25 15:00-17:00"),
        ("明天三四点", "11-25 15:00-16:00"),
        ("明天14点至15点30分", "11-25 14:00-15:30"),
        ("明天上午11点到下午1点", "11-25 11:00-13:00"),
        ("明天上午9点到5点", "11-25 09:00-17:00"),
        ("明天早上9点半到晚上6点", "11-25 09:30-18:00"),
        ("明晚8点到24:00", "11-25 20:00..11-26 00:00"),
        ("今晚10点到明天凌晨2点", "11-24 22:00..11-25 02:00"),
        ("明天13:20~次日05:40", "11-25 13:20..11-26 05:40"),
        ("14:00 for 90 minutes tomorrow", "11-25 14:00-15:30"),
        ("tomorrow from 9:30am for 2 hours", "11-25 09:30-11:30"),
        ("明天下午3点开始开一个半小时的会", "11-25 15:00-16:30"),
    ],
)
def test_a_range_of_hours_lends_each_end_what_the_other_lacks(text: str, expected: str) -> None:
    assert windows(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tomorrow morning", "11-25 09:00-12:00"),
        ("明天上午", "11-25 09:00-12:00"),
        ("明早", "11-25 08:00-12:00"),
        ("tomorrow lunchtime", "11-25 12:00-14:00"),
        ("明天中午", "11-25 12:00-14:00"),
        ("tomorrow afternoon", "11-25 13:00-18:00"),
        ("周三下午", "11-25 13:00-18:00"),
        ("this evening", "11-24 18:00-22:00"),
        ("今晚", "11-24 18:00-22:00"),
        ("明天凌晨", "11-25 00:00-06:00"),
        ("tomorrow during working hours", "11-25 09:00-18:00"),
        ("明天工作时间", "11-25 09:00-18:00"),
        ("Tuesday AM", "11-24 10:00-12:00"),
        ("after lunch tomorrow", "11-25 13:00-18:00"),
        ("午饭后", "11-24 13:00-18:00"),
        ("下班前", "11-24 10:00-18:00"),
        ("by EOD", "11-24 10:00-18:00"),
        ("late afternoon tomorrow", "11-25 15:30-18:00"),
    ],
)
def test_a_part_of_the_day_has_its_hours(text: str, expected: str) -> None:
    assert windows(text) == [expected]


def test_working_time_and_its_break_shape_the_parts() -> None:
    hours = WorkingHours(start=8 * 60, end=17 * 60, breaks=((11 * 60 + 30, 12 * 60 + 30),))
    assert windows("tomorrow morning", hours=hours) == ["11-25 08:00-12:00"]
    assert windows("明天下午", hours=hours) == ["11-25 12:30-17:00"]
    assert windows("明天3点以后", hours=hours) == ["11-25 15:00-17:00"]
    assert windows("tomorrow before noon", hours=hours) == ["11-25 08:00-12:00"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("after 3pm tomorrow", "11-25 15:00-18:00"),
        ("明天下午3点以后", "11-25 15:00-18:00"),
        ("from 2pm onwards tomorrow", "11-25 14:00-18:00"),
        ("明天下午6点以后", "11-25 18:00-22:00"),
        ("before noon", "11-24 10:00-12:00"),
        ("中午之前", "11-24 10:00-12:00"),
        ("明天中午之前", "11-25 09:00-12:00"),
        ("until 6pm", "11-24 10:00-18:00"),
        ("到下午6点", "11-24 10:00-18:00"),
        ("by tomorrow noon", "11-24 10:00..11-25 12:00"),
        ("after 2pm and before 4pm tomorrow", "11-25 14:00-16:00"),
        ("明天下午2点以后4点以前", "11-25 14:00-16:00"),
    ],
)
def test_a_bound_ends_with_the_working_day(text: str, expected: str) -> None:
    assert windows(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now", "11-24 10:00-10:30"),
        ("现在", "11-24 10:00-10:30"),
        ("in half an hour", "11-24 10:30-11:30"),
        ("半小时后", "11-24 10:30-11:30"),
        ("一刻钟后", "11-24 10:15-11:15"),
        ("in 2 hours", "11-24 12:00-13:00"),
        ("within two hours", "11-24 10:00-12:00"),
        ("未来两小时内", "11-24 10:00-12:00"),
        ("within the next hour", "11-24 10:00-11:00"),
        ("in 1 day 2 hours", "11-25 12:00-13:00"),
        ("from now until 5pm", "11-24 10:00-17:00"),
        ("从现在到下午5点", "11-24 10:00-17:00"),
    ],
)
def test_what_counts_from_now(text: str, expected: str) -> None:
    assert windows(text) == [expected]


@pytest.mark.parametrize(
    ("text", "main", "other"),
    [
        ("tomorrow 2-4", "11-25 14:00-16:00", "11-25 02:00-04:00"),
        ("明天3点", "11-25 15:00-16:00", "11-25 03:00-04:00"),
        ("tomorrow at 9", "11-25 09:00-10:00", "11-25 21:00-22:00"),
        ("明天12点", "11-25 12:00-13:00", "11-26 00:00-01:00"),
    ],
)
def test_a_bare_hour_offers_the_other_half_of_the_day(text: str, main: str, other: str) -> None:
    assert windows(text) == [main]
    assert alternatives(text) == [[other]]


@pytest.mark.parametrize("text", ["tomorrow at 3pm", "明天下午3点", "tomorrow 08:00", "明天15点", "tomorrow 11-1"])
def test_an_hour_that_is_certain_offers_nothing_else(text: str) -> None:
    assert alternatives(text) == []


def test_a_bare_hour_is_told_as_an_assumption() -> None:
    (assumption,) = request("明天3点谁有空").assumptions
    assert (assumption.kind, assumption.words) == (AssumptionKind.AFTERNOON, "3点")


def test_a_time_that_is_over_is_tomorrows() -> None:
    assert windows("3pm", now=FRIDAY) == ["11-28 15:00-16:00"]
    assert windows("下午3点", now=FRIDAY) == ["11-28 15:00-16:00"]
    assert windows("at 9:30", now=FRIDAY) == ["11-28 09:30-10:30"]
    assert alternatives("at 9:30", now=FRIDAY) == [["11-27 21:30-22:30"]]
    kinds = {assumption.kind for assumption in request("3pm", now=FRIDAY).assumptions}
    assert AssumptionKind.ROLLED_FORWARD in kinds


def test_today_at_a_bare_hour_that_is_over_is_tonight() -> None:
    assert windows("today at 9", now=FRIDAY) == ["11-27 21:00-22:00"]
    assert problem("today at 9", now=FRIDAY) is None
    assert problem("today at 9am", now=FRIDAY) == "in_the_past"


def test_a_window_that_has_begun_starts_at_now() -> None:
    assert windows("today 9am-5pm", now=TUESDAY) == ["11-24 10:00-17:00"]
    assert windows("today", now=TUESDAY) == ["11-24 10:00..11-25 00:00"]
    assert windows("this week", now=TUESDAY) == ["11-24 10:00..11-30 00:00"]
