"""Meetings that are there already: asked about, stated, deleted, with other guests; none is an order of a new one."""

import pytest
from said import request

from bot.model.requests import Intent
from bot.model.time import WindowKind


@pytest.mark.parametrize(
    "text",
    [
        "when is my meeting with Dan",
        "what time is the review on Wednesday",
        "what time am I meeting John",
        "i wanna know when my meeting is with dan",
        "when is the next meeting with Claire",
        "do I have a meeting with Steve this week",
        "周三的会是什么时候",
        "is the meeting with Lisa today",
        "what is my last meeting of the day this week",
    ],
)
def test_a_question_about_a_meeting_shows_the_calendar(text: str) -> None:
    assert request(text).intent is Intent.OVERVIEW


@pytest.mark.parametrize(
    "text", ["when can we meet", "when should Bob and I meet this week", "when is Bob free to meet"]
)
def test_a_question_when_to_meet_is_none(text: str) -> None:
    assert request(text).intent in (Intent.FIND_TIME, Intent.NEXT_FREE)


@pytest.mark.parametrize(
    "text",
    ["I have a meeting with @Nicole on Monday at 10 am", "我和@张伟周三3点有会", "I've got a call with @Bob at 3pm"],
)
def test_a_statement_of_a_meeting_orders_nothing(text: str) -> None:
    found = request(text)
    assert found.intent is not Intent.BOOK
    assert not found.acts


@pytest.mark.parametrize(
    "text",
    [
        "delete my breakfast meeting with Karina tomorrow",
        "add Steve and Robin to the review on Thursday at 1 PM",
        "把张伟从会议里去掉",
        "add Bob to my 3pm",
        "please add Bob and Carol to the Friday 10am",
        "周三的会加上李娜",
        "把周三的会提前半小时",
        "周三的会把李娜去掉",
        "周五的会不开了",
        "remove Bob from the 3pm",
        "remove @Bob from my Friday 10am",
        "take Bob off the 3pm",
        "周三那个会把李娜去掉",
        "周三那个会加上李娜",
        "把李娜从周三的会里去掉",
        "push the 3pm to 5",
    ],
)
def test_meetings_that_are_changed_are_bookings(text: str) -> None:
    assert request(text).intent is Intent.BOOKINGS


@pytest.mark.parametrize(
    "text",
    [
        "is Bob free for my 3pm",
        "add Bob tomorrow 3pm",
        "周三的会李娜去吗",
        "周五的会不开了吗",
        "3点的会谁有空",
        "张三周三的会和李娜",
        "is Bob free from the 3pm",
        "周三那个会李娜去吗",
    ],
)
def test_what_changes_no_meeting_is_none(text: str) -> None:
    assert request(text).intent is not Intent.BOOKINGS


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("remove Bob from the 3pm", 15),
        ("push the 3pm to 5", 17),
        ("move it to 5", 17),
        ("push it to 11 please", 11),
        ("改到5", 17),
    ],
)
def test_the_hour_of_a_meeting_and_the_one_it_moves_to_are_points(text: str, hour: int) -> None:
    [window] = request(text).windows
    assert (window.kind, window.start.hour) == (WindowKind.POINT, hour)


@pytest.mark.parametrize("text", ["move it to 5 minutes", "move it to 30", "is Bob free from 3pm"])
def test_a_length_and_a_bound_are_no_such_hour(text: str) -> None:
    assert [window.kind for window in request(text).windows] != [WindowKind.POINT]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("please set a reminder", Intent.UNSUPPORTED),
        ("我的提醒", Intent.SETTINGS),
        ("show my reminders", Intent.SETTINGS),
        ("list out my meetings today", Intent.OVERVIEW),
        ("Not yet, I want to see when I'm free tomorrow", Intent.NEXT_FREE),
    ],
)
def test_other_words_around_meetings(text: str, intent: Intent) -> None:
    assert request(text).intent is intent


def test_marking_is_nobodys_name() -> None:
    assert request("add a review for Friday at 7 pm, mark it as busy").who.names == ()


OWN_DAY = (
    "我今天还有会吗",
    "我明天有会吗",
    "我下午有什么安排",
    "do I have anything tomorrow",
    "any meetings for me this afternoon",
)
OWN_DAY_TOO = (
    "我周五有会没有",
    "我明早有会吗",
    "我下周一有几个会",
    "我今天还有几个会",
    "明天我有什么会",
    "我后天上午有安排吗",
    "我今晚有会议吗",
    "do I have any meetings on Friday",
    "have I got anything on tomorrow morning",
    "what have I got on Thursday",
    "what's on my calendar tomorrow",
    "anything on for me today",
)
"""Written before the rule."""


@pytest.mark.parametrize("text", OWN_DAY + OWN_DAY_TOO)
def test_whether_one_has_anything_on_is_answered_by_ones_own_day(text: str) -> None:
    found = request(text)
    assert found.intent is Intent.OVERVIEW
    assert found.who.me
    assert not found.who.everyone
    assert not found.leftover


@pytest.mark.parametrize(
    "text",
    [
        "我明天有空吗",
        "do I have time tomorrow",
        "我3点有会吗",
        "张三明天有会吗",
        "我今天还有会议室吗",
        "am I free tomorrow",
    ],
)
def test_whether_one_is_free_or_has_an_hour_is_answered_by_a_verdict(text: str) -> None:
    assert request(text).intent is Intent.WHO_IS_FREE


def test_that_one_has_a_meeting_asks_nothing() -> None:
    assert request("我明天有会").intent is Intent.THANKS
