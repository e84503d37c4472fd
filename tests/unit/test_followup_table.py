"""A table of follow-ups: what was asked, what was said then, and the one thing that is another."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language import apply_change, parse
from bot.model.people import StaffId
from bot.model.requests import Intent, Request
from bot.model.time import Window

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=SHANGHAI)
"""A Tuesday morning."""
HOURS = "张三李四明天下午2点到4点有空吗"
HOURS_EN = "are Bob and Alice free tomorrow 2-4pm"
SEARCH = "帮我和张三、李四在下周一到周五找45分钟"
SEARCH_EN = "find 45 min for me, Bob and Alice Monday to Friday next week"
MORNINGS = ", ".join(f"{day} 09:00-12:00" for day in ("11-30", "12-01", "12-02", "12-03", "12-04"))
TODAY = "张三今天上午有空吗"
TODAY_EN = "is Bob free this morning"

WORDS = (
    *(
        "那",
        "呢",
        "换成",
        "不要",
        "加上",
        "去掉",
        "同一时间",
        "周五",
        "下周",
        "上午",
        "30分钟",
        "3点",
        "王五",
        "我",
        "可选",
    ),
    *("what about", "instead", "not", "add", "without", "same time", "Friday", "next week", "morning", "30 min", "Bob"),
)
ZH = (
    (HOURS, "那王五呢", "who", "王五"),
    (HOURS, "换成王五和赵六", "who", "王五, 赵六"),
    (HOURS, "那我呢", "who", "me"),
    (SEARCH, "那王五呢", "who", "王五, me"),
    (HOURS, "不算李四", "who", "张三"),
    (HOURS, "李四不算", "who", "张三"),
    (HOURS, "去掉李四", "who", "张三"),
    (HOURS, "加一个王五", "who", "张三, 李四, 王五"),
    (HOURS, "也叫上王五", "who", "张三, 李四, 王五"),
    (HOURS, "王五也来", "who", "张三, 李四, 王五"),
    (SEARCH, "李四可选", "optional", "李四"),
    ("帮我和李四下周找一小时", "周四", "windows", "12-03 00:00-12-04 00:00"),
    ("帮我和李四下周找一小时", "那本周四呢", "windows", "11-26 00:00-11-27 00:00"),
    ("find an hour with Bob next week", "what about Thursday", "windows", "12-03 00:00-12-04 00:00"),
    (HOURS, "周四同一时间", "windows", "11-26 14:00-16:00"),
    (HOURS, "同一时间下周", "windows", "12-02 14:00-16:00"),
    (HOURS, "那下周呢", "windows", "12-02 14:00-16:00"),
    (HOURS, "改到周四", "windows", "11-26 14:00-16:00"),
    (HOURS, "推迟到周五", "windows", "11-27 14:00-16:00"),
    (HOURS, "往后推半小时", "windows", "11-25 14:30-16:30"),
    (HOURS, "提前一小时", "windows", "11-25 13:00-15:00"),
    (HOURS, "只要上午的", "windows", "11-25 09:00-12:00"),
    (SEARCH, "只要上午的", "windows", MORNINGS),
    (HOURS, "李四不用来了", "who", "张三"),
    (HOURS, "上午呢", "windows", "11-25 09:00-12:00"),
    (HOURS, "换成下午3点", "windows", "11-25 15:00-16:00"),
    (HOURS, "那后天上午呢", "windows", "11-26 09:00-12:00"),
    (HOURS, "周四", "windows", "11-26 14:00-16:00"),
    (HOURS, "下午3点吧", "windows", "11-25 15:00-16:00"),
    (SEARCH, "换成30", "duration", "0:30:00"),
    (TODAY, "明天呢", "windows", "11-25 09:00-12:00"),
    (SEARCH, "不要周五", "windows", "11-30 00:00-12-04 00:00"),
    (SEARCH, "周五不行", "windows", "11-30 00:00-12-04 00:00"),
    (SEARCH, "周四周五都不行", "windows", "11-30 00:00-12-03 00:00"),
    (HOURS, "改到3点以后", "windows", "11-25 15:00-18:00"),
    (HOURS, "只看李四", "who", "李四"),
    (HOURS, "帮我加上王五", "who", "张三, 李四, 王五"),
    (SEARCH, "李四可以不来", "optional", "李四"),
    (
        SEARCH,
        "上午呢",
        "windows",
        ", ".join(f"{day} 09:00-12:00" for day in ("11-30", "12-01", "12-02", "12-03", "12-04")),
    ),
    (SEARCH, "换成30分钟", "duration", "0:30:00"),
    (SEARCH, "半小时就行", "duration", "0:30:00"),
    (SEARCH, "延长到一个半小时", "duration", "1:30:00"),
)
EN = (
    (HOURS_EN, "what about Carol", "who", "Carol"),
    (HOURS_EN, "how about Carol and Dan?", "who", "Carol, Dan"),
    (HOURS_EN, "Carol instead", "who", "Carol"),
    (HOURS_EN, "what about me", "who", "me"),
    (SEARCH_EN, "what about Carol", "who", "Carol, me"),
    (HOURS_EN, "leave out Bob", "who", "Alice"),
    (HOURS_EN, "leave Bob out", "who", "Alice"),
    (HOURS_EN, "without Bob", "who", "Alice"),
    (HOURS_EN, "add Carol", "who", "Bob, Alice, Carol"),
    (HOURS_EN, "plus Carol", "who", "Bob, Alice, Carol"),
    (HOURS_EN, "Carol too", "who", "Bob, Alice, Carol"),
    (SEARCH_EN, "make Bob optional", "optional", "Bob"),
    (HOURS_EN, "same time Friday", "windows", "11-27 14:00-16:00"),
    (HOURS_EN, "same time next week", "windows", "12-02 14:00-16:00"),
    (HOURS_EN, "what about next week", "windows", "12-02 14:00-16:00"),
    (HOURS_EN, "in the morning instead", "windows", "11-25 09:00-12:00"),
    (HOURS_EN, "move it to Thursday", "windows", "11-26 14:00-16:00"),
    (HOURS_EN, "make it 3pm", "windows", "11-25 15:00-16:00"),
    (HOURS_EN, "Thursday", "windows", "11-26 14:00-16:00"),
    (HOURS_EN, "on Thursday please", "windows", "11-26 14:00-16:00"),
    (SEARCH_EN, "make it 30", "duration", "0:30:00"),
    (TODAY_EN, "what about tomorrow", "windows", "11-25 09:00-12:00"),
    (SEARCH_EN, "not Friday", "windows", "11-30 00:00-12-04 00:00"),
    (SEARCH_EN, "Friday doesn't work", "windows", "11-30 00:00-12-04 00:00"),
    (SEARCH_EN, "Thursday and Friday don't work for me", "windows", "11-30 00:00-12-03 00:00"),
    (HOURS_EN, "what about after 3pm", "windows", "11-25 15:00-18:00"),
    (HOURS_EN, "only Bob", "who", "Bob"),
    (HOURS_EN, "add zhang wei", "who", "Bob, Alice, zhang wei"),
    (HOURS_EN, "push it by an hour", "windows", "11-25 15:00-17:00"),
    (HOURS_EN, "push it back by 30 minutes", "windows", "11-25 14:30-16:30"),
    (HOURS_EN, "bring it forward by an hour", "windows", "11-25 13:00-15:00"),
    (HOURS_EN, "mornings only", "windows", "11-25 09:00-12:00"),
    (SEARCH_EN, "mornings only", "windows", MORNINGS),
    (SEARCH_EN, "make it 30 min", "duration", "0:30:00"),
    (SEARCH_EN, "half an hour is enough", "duration", "0:30:00"),
    (SEARCH_EN, "shorten it to 15 minutes", "duration", "0:15:00"),
)


def said(text: str, *, now: datetime = NOW) -> Request:
    return parse(text, now=now, zone=SHANGHAI)


def after(text: str, last: Request, *, now: datetime = NOW) -> Request:
    change = said(text, now=now).change
    assert change is not None
    return apply_change(change, last, now=now, zone=SHANGHAI)


def shown(request: Request, field: str) -> str:
    """One field of a request in a few letters."""
    match field:
        case "who":
            return ", ".join((*request.who.names, *(["me"] if request.who.me else [])))
        case "optional":
            return ", ".join(request.optional)
        case "duration":
            return str(request.duration)
    return ", ".join(map(spoken, request.windows))


def spoken(window: Window) -> str:
    """A window; its end with the day only where that is another one."""
    same = window.end.date() == window.start.date()
    return f"{window.start:%m-%d %H:%M}-{window.end.strftime('%H:%M' if same else '%m-%d %H:%M')}"


@pytest.mark.parametrize(("asked", "text", "field", "value"), [*ZH, *EN])
def test_a_follow_up_changes_one_thing_and_nothing_else(asked: str, text: str, field: str, value: str) -> None:
    last = replace(said(asked), full=())
    request = after(text, last) if asked not in (TODAY, TODAY_EN) else after(text, said(asked))
    assert shown(request, field) == value
    assert replace(request, **{field: getattr(last, field)}) == last
    assert shown(last, field) != value


@pytest.mark.parametrize(
    ("asked", "text"), [(HOURS, "换一天"), (HOURS, "别的日子"), (HOURS_EN, "any other day"), (HOURS_EN, "another day")]
)
def test_any_other_day_has_the_same_hours_on_the_working_days_that_were_not_asked_about(asked: str, text: str) -> None:
    last = said(asked)
    windows = [spoken(window) for window in after(text, last).windows]
    assert windows[:3] == ["11-24 14:00-16:00", "11-26 14:00-16:00", "11-27 14:00-16:00"]


@pytest.mark.parametrize("text", ["book it", "就约这个", "book that one"])
def test_book_it_takes_the_first_slot(text: str) -> None:
    request = said(text)
    assert (request.intent, request.option) == (Intent.BOOK, 1)


def test_the_table_holds_twenty_follow_ups_in_each_language() -> None:
    assert min(len(ZH), len(EN)) >= 20


@pytest.mark.parametrize(
    ("asked", "text", "windows"),
    [
        ("张三今天下午有空吗", "那明天呢", "11-25 13:00-18:00"),
        ("is Bob free this afternoon", "what about tomorrow", "11-25 13:00-18:00"),
        ("张三今天下午1点到5点有空吗", "那明天呢", "11-25 13:00-17:00"),
        ("张三今天下午1点到5点有空吗", "那下周呢", "12-01 13:00-17:00"),
        ("张三今天下午有空吗", "加上王五", "11-24 15:07-18:00"),
    ],
)
def test_hours_that_had_begun_are_meant_in_full_on_another_day(asked: str, text: str, windows: str) -> None:
    now = NOW.replace(hour=15, minute=7)
    assert shown(after(text, said(asked, now=now), now=now), "windows") == windows


def test_hours_that_had_begun_stay_whole_through_several_follow_ups() -> None:
    now = NOW.replace(hour=15, minute=7)
    request = said("张三今天下午1点到5点有空吗", now=now)
    for text, windows in (
        ("不算李四", "11-24 15:07-17:00"),
        ("那明天呢", "11-25 13:00-17:00"),
        ("那今天呢", "11-24 15:07-17:00"),
        ("那后天呢", "11-26 13:00-17:00"),
    ):
        request = after(text, request, now=now)
        assert shown(request, "windows") == windows, text


def test_the_rest_of_a_week_becomes_the_whole_of_another_and_two_days_stay_two() -> None:
    thursday = NOW.replace(day=26)
    rest = said("本周下午找45分钟", now=thursday)
    assert len(rest.windows) == 2
    assert len(after("那下周呢", rest, now=thursday).windows) == 5
    two = said("张三周三和周四下午有空吗")
    assert shown(after("那下周呢", two), "windows") == "12-02 13:00-18:00, 12-03 13:00-18:00"


def test_an_exclusion_takes_away_every_such_day_and_part_of_a_day() -> None:
    last = said("find 45 min in the next 14 days with Bob")
    days = {w.start.strftime("%a") for w in after("not Friday", last).windows} | {
        w.end.strftime("%a") for w in after("not Friday", last).windows
    }
    assert len(after("not Friday", last).windows) == 3
    assert "Fri" in days  # where windows end at its midnight
    mornings = after("not in the morning", said("find 45 min tomorrow with Bob"))
    assert shown(mornings, "windows") == "11-25 00:00-09:00, 11-25 12:00-11-26 00:00"


def test_an_exclusion_of_all_that_was_asked_about_leaves_no_time() -> None:
    request = after("不要周三", said(HOURS))
    assert request.problem is not None
    assert request.windows == said(HOURS).windows


def test_somebody_else_takes_what_was_said_of_the_others_with_them() -> None:
    last = said("find 45 min for me, Bob and Alice this week, Alice optional, at least 2 people")
    request = after("what about Carol", last)
    assert (request.optional, request.quorum, request.intent) == ((), None, Intent.FIND_TIME)


NONE = (
    "把李四换成王五",
    "what about the budget",
    "add a note for Bob",
    "那天气呢",
    "make it 3",
    "周四下午",
    "不加王五",
    "Great!",
)


@pytest.mark.parametrize("text", NONE)
def test_two_changes_or_none_are_no_follow_up(text: str) -> None:
    assert said(text).change is None


@given(
    asked=st.sampled_from([HOURS, HOURS_EN, SEARCH, SEARCH_EN, TODAY, "", "本周下午找45分钟"]),
    words=st.lists(st.sampled_from(WORDS), max_size=5),
    mentioned=st.sampled_from([(), (StaffId("carol"),)]),
)
@settings(max_examples=300, deadline=None)
def test_any_words_change_any_question_without_failing(
    asked: str, words: list[str], mentioned: tuple[StaffId, ...]
) -> None:
    change = parse(" ".join(words), now=NOW, zone=SHANGHAI, mentioned=mentioned).change
    if change is None:
        return
    request = apply_change(change, said(asked), now=NOW, zone=SHANGHAI)
    assert list(request.windows) == sorted(request.windows, key=lambda window: window.start)
    assert request.change is None
