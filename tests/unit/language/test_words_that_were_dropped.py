"""Words that a reading once passed over or took for something else, each with its neighbours.

Those of the second lists were written before the rules.
"""

import pytest
from said import request

from bot.model.requests import Aspect, Intent

STANDING_IN = ("who can cover for me tomorrow", "明天谁能替我", "who can take over from me on Friday")
STANDING_IN_TOO = (
    "who can cover me on Friday",
    "who could fill in for me tomorrow afternoon",
    "who can stand in for me Thursday 2-4",
    "谁明天能顶我一下",
    "周五谁可以代我",
    "下午谁能替我开会",
)
BUSY_WITH = ("张伟在忙什么", "what is @Bob busy with", "what's @Bob doing now", "what is @Bob doing")
BUSY_WITH_TOO = (
    "李娜现在在干什么",
    "王芳今天在忙啥",
    "what is @Alice working on",
    "what's @Bob up to",
    "陈静在开什么会",
    "what meeting is @Bob in",
)
THEIR_TEAM = (
    "is @Bob and his team free tomorrow at 3",
    "张三和他的团队明天下午有空吗",
    "are @Bob and his team around tomorrow",
    "@Alice and her team free Friday at 10",
    "李四和她的团队周五有空吗",
)
APPOINTMENTS = {
    "make an appointment with @Bob tomorrow at 3pm": Intent.BOOK,
    "set up an appointment with @Bob on Thursday at 2pm": Intent.BOOK,
    "schedule an appointment with @Zoe for Friday 10am": Intent.BOOK,
    "I need an appointment with @Bob next week": Intent.FIND_TIME,
    "cancel my appointment tomorrow": Intent.BOOKINGS,
    "I have an appointment tomorrow at 3": Intent.THANKS,
    "I have a dentist appointment tomorrow": Intent.UNSUPPORTED,
    "book a doctor's appointment Friday": Intent.UNSUPPORTED,
}
DAYS = {
    "who is free Friday week": ["12-04"],
    "is @Bob free on Monday week": ["12-07"],
    "who is free Thursday week": ["12-03"],
    "@Bob Tuesday week, is he free": ["12-01"],
    "who's free this week or next": ["11-24", "11-30"],
    "who is free this or next week": ["11-24", "11-30"],
    "is @Bob free this Thursday or next": ["11-26", "12-03"],
    "who's free next week or the week after": ["11-30", "12-07"],
}


@pytest.mark.parametrize("text", STANDING_IN + STANDING_IN_TOO)
def test_whoever_stands_in_for_the_asker_is_one_of_the_others(text: str) -> None:
    found = request(text)
    assert found.intent is Intent.WHO_IS_FREE
    assert found.who.without_me
    assert not found.who.me
    assert not found.leftover


def test_somebody_who_is_asked_to_stand_in_is_asked_about_alone() -> None:
    found = request("can @Bob cover for me tomorrow")
    assert (found.who.names, found.who.me) == (("Bob",), False)


@pytest.mark.parametrize("text", BUSY_WITH + BUSY_WITH_TOO)
def test_what_somebody_is_busy_with_is_asked_of_this_moment_and_marked(text: str) -> None:
    found = request(text)
    assert found.intent in (Intent.PRESENCE, Intent.WHO_IS_FREE)
    assert found.aspect is Aspect.TITLE
    assert len(found.who.names) == 1
    assert not found.leftover
    assert found.problem is None


@pytest.mark.parametrize("text", ["is @Bob working on Friday", "张三在忙吗", "what time is @Bob free", "is @Bob busy"])
def test_whether_somebody_is_busy_asks_for_no_title(text: str) -> None:
    assert request(text).aspect is not Aspect.TITLE


@pytest.mark.parametrize("text", THEIR_TEAM)
def test_somebodys_own_team_is_not_the_chats_and_is_left_over(text: str) -> None:
    found = request(text)
    assert not found.who.everyone
    assert len(found.who.names) == 1
    assert [left.text for left in found.leftover] in (["team"], ["团队"])


@pytest.mark.parametrize(("text", "intent"), APPOINTMENTS.items())
def test_an_appointment_is_a_meeting_unless_it_is_an_errand(text: str, intent: Intent) -> None:
    found = request(text)
    assert found.intent is intent
    assert not found.title


@pytest.mark.parametrize(("text", "starts"), DAYS.items())
def test_every_day_and_week_of_a_list_is_read(text: str, starts: list[str]) -> None:
    assert [f"{window.start:%m-%d}" for window in request(text).windows] == starts


@pytest.mark.parametrize("text", ["cancel the Monday one", "what about the Thursday one", "move the Friday one to 3pm"])
def test_the_one_of_a_day_is_no_hour(text: str) -> None:
    assert all(window.start.hour != 13 for window in request(text).windows)


@pytest.mark.parametrize(
    "text", ["@Bob Friday at one", "is @Bob free Friday one to two", "the review on Friday at one"]
)
def test_one_as_an_hour_is_still_one(text: str) -> None:
    [window] = request(text).windows
    assert window.start.hour == 13


@pytest.mark.parametrize(
    "text",
    ["老板今天心情怎么样", "王芳心情好吗今天", "张三最近身体好吗", "how's the boss's mood today", "今天天气怎么样"],
)
def test_how_somebody_is_names_nobody(text: str) -> None:
    found = request(text)
    assert found.intent is Intent.UNCLEAR
    assert not any("心情" in name or "mood" in name for name in (*found.who.names, *found.who.unread))


@pytest.mark.parametrize("text", ["我下午忙不忙", "我明天在不在", "明天上午大家方不方便", "周五李娜空不空"])
def test_a_question_put_as_either_or_is_a_question(text: str) -> None:
    assert request(text).intent is Intent.WHO_IS_FREE


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("are ms chen and mr wu free on the 21st", ("ms chen", "mr wu")),
        ("are mrs wang and dr zhao free Friday", ("mrs wang", "dr zhao")),
        ("find an hour with mr wu and ms li tomorrow", ("mr wu", "ms li")),
    ],
)
def test_a_title_and_its_surname_are_one_name_in_a_list_too(text: str, names: tuple[str, ...]) -> None:
    assert request(text).who.names == names
