"""Follow-ups: what a text changes of the last request, and that it changes nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.language import apply_change, parse
from bot.model.people import StaffId, Who
from bot.model.requests import ChangeKind, Intent, Problem, ProblemCode, Request
from bot.model.time import Window, WindowKind

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=SHANGHAI)
"""A Tuesday morning."""
TEAMS = {"design": "design", "设计组": "design"}
PEOPLE = (StaffId("alice"), StaffId("bob"))

TIMES = (
    ("那周四呢", "day", "11-26 14:00-16:00"),
    ("周四呢？", "day", "11-26 14:00-16:00"),
    ("那下周一呢", "day", "11-30 14:00-16:00"),
    ("后天呢", "day", "11-26 14:00-16:00"),
    ("换成周五", "day", "11-27 14:00-16:00"),
    ("改到27号", "day", "11-27 14:00-16:00"),
    ("那周四和周五呢", "day", "11-26 14:00-16:00, 11-27 14:00-16:00"),
    ("换到下午", "clock", "11-25 13:00-18:00"),
    ("那晚上呢", "clock", "11-25 18:00-22:00"),
    ("改成3点", "clock", "11-25 15:00-16:00"),
    ("三点半呢", "clock", "11-25 15:30-16:30"),
    ("换成下午4点到5点", "clock", "11-25 16:00-17:00"),
    ("那明天上午呢", "time", "11-25 09:00-12:00"),
    ("改成周四下午3点到4点", "time", "11-26 15:00-16:00"),
    ("那现在呢", "time", "11-24 10:00-10:30"),
    ("what about Thursday", "day", "11-26 14:00-16:00"),
    ("how about next Monday?", "day", "11-30 14:00-16:00"),
    ("and Friday?", "day", "11-27 14:00-16:00"),
    ("and on Friday?", "day", "11-27 14:00-16:00"),
    ("Thursday instead", "day", "11-26 14:00-16:00"),
    ("make it Thursday", "day", "11-26 14:00-16:00"),
    ("Thursday or Friday instead", "day", "11-26 14:00-16:00, 11-27 14:00-16:00"),
    ("how about 3pm", "clock", "11-25 15:00-16:00"),
    ("what about 3-4pm", "clock", "11-25 15:00-16:00"),
    ("what about the evening?", "clock", "11-25 18:00-22:00"),
    ("and in the afternoon?", "clock", "11-25 13:00-18:00"),
    ("how about tomorrow morning", "time", "11-25 09:00-12:00"),
    ("what about Friday at 4pm", "time", "11-27 16:00-17:00"),
    ("what about now", "time", "11-24 10:00-10:30"),
)
LENGTHS = (
    ("换成30分钟", 30),
    ("半小时的", 30),
    ("45分钟呢", 45),
    ("改成一个半小时", 90),
    ("1小时就行", 60),
    ("只要30分钟", 30),
    ("make it 30 min", 30),
    ("30 minutes instead", 30),
    ("how about 45 minutes", 45),
    ("only half an hour", 30),
    ("for an hour instead", 60),
)
REMOVED = (
    ("去掉李四", Who(names=("李四",))),
    ("不算李四", Who(names=("李四",))),
    ("把李四去掉", Who(names=("李四",))),
    ("不要李四了", Who(names=("李四",))),
    ("不算我", Who(me=True)),
    ("去掉设计组", Who(teams=("design",))),
    ("without Bob", Who(names=("Bob",))),
    ("drop Bob", Who(names=("Bob",))),
    ("except Bob please", Who(names=("Bob",))),
    ("without me", Who(me=True)),
    ("skip design", Who(teams=("design",))),
)
ADDED = (
    ("加上王五", Who(names=("王五",))),
    ("再加上王五", Who(names=("王五",))),
    ("把王五加上", Who(names=("王五",))),
    ("还有王五呢", Who(names=("王五",))),
    ("再加上我", Who(me=True)),
    ("加上设计组", Who(teams=("design",))),
    ("add Carol", Who(names=("Carol",))),
    ("with Carol too", Who(names=("Carol",))),
    ("and Carol?", Who(names=("Carol",))),
    ("add me", Who(me=True)),
)
STEPS = (
    ("再晚点", "later"),
    ("再晚一点", "later"),
    ("再晚些呢", "later"),
    ("往后推", "later"),
    ("早一点", "earlier"),
    ("再早点呢", "earlier"),
    ("更早", "earlier"),
    ("later", "later"),
    ("a bit later?", "later"),
    ("something later please", "later"),
    ("earlier", "earlier"),
    ("how about earlier", "earlier"),
)
OWN = (
    "周四下午2点到4点谁有空",
    "那周四李四有空吗",
    "周四下午2点到4点",
    "李四明天有空吗",
    "加上王五周四有空吗",
    "团队加上王五",
    "find 45 min this week",
    "who's free on Thursday",
    "is Bob free later today",
    "add Bob to the team",
    "help",
    "天气怎么样",
    "",
)


def at(day: int, start: float, end: float, kind: WindowKind = WindowKind.RANGE) -> Window:
    """Hours of a day of that November."""
    midnight = datetime(2026, 11, day, tzinfo=SHANGHAI)
    return Window(midnight + timedelta(hours=start), midnight + timedelta(hours=end), kind)


def asked(*windows: Window, who: Who = Who(PEOPLE, names=("李四",)), intent: Intent = Intent.WHO_IS_FREE) -> Request:  # noqa: B008
    """What was asked last, in the words of somebody who wanted everything said."""
    last = parse("3 of Alice, Bob and 李四 free Wed 2-4pm Tokyo time", now=NOW, zone=SHANGHAI)
    return replace(last, intent=intent, windows=windows or (at(25, 14, 16),), who=who, quorum=2, problem=None)


def said(text: str, *, mentioned: tuple[StaffId, ...] = (), now: datetime = NOW) -> Request:
    """The text as it is read by itself."""
    return parse(text, now=now, zone=SHANGHAI, mentioned=mentioned, teams=TEAMS)


def after(text: str, last: Request, *, mentioned: tuple[StaffId, ...] = (), now: datetime = NOW) -> Request:
    """The last request with what the text changes."""
    change = said(text, mentioned=mentioned, now=now).change
    assert change is not None
    return apply_change(change, last, now=now, zone=SHANGHAI)


def shown(request: Request) -> str:
    return ", ".join(f"{w.start:%m-%d %H:%M}-{w.end:%H:%M}" for w in request.windows)


@pytest.mark.parametrize(("text", "kind", "windows"), TIMES)
def test_another_time_changes_the_windows_and_nothing_else(text: str, kind: str, windows: str) -> None:
    found = said(text).change
    assert found is not None
    assert found.kind is ChangeKind(kind)
    last = asked()
    request = after(text, last)
    assert shown(request) == windows
    assert replace(request, windows=last.windows) == last


@pytest.mark.parametrize(("text", "minutes"), LENGTHS)
def test_another_length_changes_how_long_and_nothing_else(text: str, minutes: int) -> None:
    last = asked(intent=Intent.FIND_TIME)
    assert after(text, last) == replace(last, duration=timedelta(minutes=minutes))


def test_another_length_of_hours_ends_them_sooner_or_later() -> None:
    for hours, minutes in ((at(25, 14, 16), 30), (at(25, 14, 15, WindowKind.POINT), 90)):
        request = after(f"换成{minutes}分钟", asked(hours))
        assert [(w.start, w.end - w.start) for w in request.windows] == [(hours.start, timedelta(minutes=minutes))]
    whole = asked(at(25, 0, 24, WindowKind.DAYS))
    assert after("make it 30 min", whole) == replace(whole, duration=timedelta(minutes=30))


@pytest.mark.parametrize(("text", "who"), REMOVED)
def test_leaving_somebody_out_names_them_and_changes_nothing_else(text: str, who: Who) -> None:
    found = said(text).change
    assert found is not None
    assert (found.kind, found.who) == (ChangeKind.REMOVE, who)
    last = asked(who=Who(PEOPLE, names=("李四", "bob"), teams=("design",), me=True))
    request = after(text, last)
    left = Who(
        PEOPLE,
        names=tuple(name for name in ("李四", "bob") if name not in [said.lower() for said in who.names]),
        teams=() if who.teams else ("design",),
        me=not who.me,
    )
    assert request == replace(last, who=left)


@pytest.mark.parametrize(("text", "who"), ADDED)
def test_one_more_is_added_and_nothing_else_changes(text: str, who: Who) -> None:
    found = said(text).change
    assert found is not None
    assert (found.kind, found.who) == (ChangeKind.ADD, who)
    last = asked()
    both = Who(PEOPLE, names=("李四", *who.names), teams=who.teams, me=who.me)
    assert after(text, last) == replace(last, who=both)


@pytest.mark.parametrize("text", ["加上", "再加上", "加上 呢", "add", "with  too", "and ?", "plus"])
def test_a_linked_mention_is_added(text: str) -> None:
    last = asked()
    more = replace(last, who=replace(last.who, mentioned=(*PEOPLE, StaffId("carol"))))
    assert after(text, last, mentioned=(StaffId("carol"),)) == more


@pytest.mark.parametrize("text", ["去掉", "不算 了", "without", "drop"])
def test_a_linked_mention_is_left_out_also_where_a_team_is_meant(text: str) -> None:
    bob = StaffId("bob")
    request = after(text, asked(), mentioned=(bob,))
    assert request.who == Who((StaffId("alice"),), names=("李四",), without=(bob,))
    assert after(text, asked(who=Who()), mentioned=(bob,)).who == Who(without=(bob,))


def test_one_more_than_the_team_of_the_chat_keeps_the_team() -> None:
    assert after("加上王五", asked(who=Who())).who == Who(names=("王五",), everyone=True)


def test_somebody_left_out_and_added_again_is_in() -> None:
    bob = StaffId("bob")
    without = after("without", asked(), mentioned=(bob,))
    assert after("add", without, mentioned=(bob,)).who == Who((StaffId("alice"), bob), names=("李四",))


def test_leaving_out_everybody_is_a_problem_and_means_no_team() -> None:
    request = after("去掉李四", asked(who=Who(names=("李四",))))
    assert request.problem is not None
    assert request.problem.code is ProblemCode.NO_PEOPLE
    assert not request.who.nobody


@pytest.mark.parametrize(("text", "kind"), STEPS)
def test_later_and_earlier_change_nothing_here(text: str, kind: str) -> None:
    found = said(text).change
    assert found is not None
    assert found.kind is ChangeKind(kind)
    assert after(text, asked()) == asked()


@pytest.mark.parametrize("text", OWN)
def test_a_request_of_its_own_is_no_follow_up(text: str) -> None:
    assert said(text).change is None


@pytest.mark.parametrize("text", ["那周四呢", "换到下午", "30分钟", "再晚点", "what about Thursday", "make it 30 min"])
def test_with_people_beside_it_a_time_is_a_request_of_its_own(text: str) -> None:
    assert said(text, mentioned=PEOPLE).change is None


def test_two_changes_at_once_are_none() -> None:
    for text in ("换成周五30分钟", "make it Friday for 30 min", "without Bob on Friday", "再晚点，去掉李四"):
        assert said(text).change is None, text


def test_the_hours_of_several_windows_go_with_the_day() -> None:
    last = asked(at(25, 10, 11), at(25, 14, 15))
    assert shown(after("那周四呢", last)) == "11-26 10:00-11:00, 11-26 14:00-15:00"


def test_a_part_of_a_day_stays_a_part() -> None:
    [window] = after("周四呢", asked(at(25, 13, 18, WindowKind.PART))).windows
    assert window == at(26, 13, 18, WindowKind.PART)


def test_whole_days_and_now_have_no_hours_to_carry_over() -> None:
    for last in (at(25, 0, 24, WindowKind.DAYS), at(24, 10, 10.5, WindowKind.NOW)):
        assert after("那周四呢", asked(last)).windows == (at(26, 0, 24, WindowKind.DAYS),)


def test_hours_go_on_every_day_that_was_asked_about() -> None:
    last = asked(at(25, 0, 48, WindowKind.DAYS))
    assert shown(after("换到下午", last)) == "11-25 13:00-18:00, 11-26 13:00-18:00"


def test_hours_over_midnight_stay_as_long_as_they_were() -> None:
    [window] = after("那周四呢", asked(at(25, 22, 26))).windows
    assert (window.start, window.end) == (at(26, 22, 26).start, at(26, 22, 26).end)


def test_a_window_that_has_begun_starts_at_now() -> None:
    request = after("那今天呢", asked(at(25, 9, 12)))
    assert shown(request) == "11-24 10:00-12:00"
    assert request.problem is None


@pytest.mark.parametrize("text", ["那今天呢", "那昨天呢", "what about today"])
def test_hours_that_are_over_are_in_the_past(text: str) -> None:
    request = after(text, asked(at(25, 8, 9)))
    assert request.problem is not None
    assert request.problem.code is ProblemCode.IN_THE_PAST


def test_another_time_takes_what_was_in_the_way_with_it() -> None:
    past = replace(asked(at(23, 14, 16)), problem=Problem(ProblemCode.IN_THE_PAST, "over"))
    assert after("那周四呢", past).problem is None
    assert after("加上王五", past).problem is past.problem
    unclear = replace(asked(), intent=Intent.UNCLEAR, windows=(), problem=Problem(ProblemCode.NOT_UNDERSTOOD, "what"))
    request = after("那周四呢", unclear)
    assert (request.intent, request.problem) == (Intent.WHO_IS_FREE, None)
    assert after("改成3点", unclear).windows == (at(24, 15, 16, WindowKind.POINT),)


def test_other_readings_of_the_last_time_go_with_that_time_only() -> None:
    last = said("周五3点李四有空吗")
    assert last.alternatives
    assert after("加上王五", last).alternatives == last.alternatives
    assert after("那周四呢", last).alternatives == ()
    [other] = after("换成30分钟", last).alternatives
    assert [window.end - window.start for window in other.windows] == [timedelta(minutes=30)]


def test_the_clock_of_a_day_is_kept_over_a_clock_change() -> None:
    zone = ZoneInfo("America/New_York")
    now = datetime(2026, 10, 30, 10, 0, tzinfo=zone)
    last = parse("is Bob free today 2-4pm", now=now, zone=zone)
    change = parse("what about Monday", now=now, zone=zone).change
    assert change is not None
    [window] = apply_change(change, last, now=now, zone=zone).windows
    assert (f"{window.start:%m-%d %H:%M %z}", f"{window.end:%H:%M}") == ("11-02 14:00 -0500", "16:00")
