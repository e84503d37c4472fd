"""What is no question, and what cannot be done: one plain line or nothing, and never the general card twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from scenario import MONDAY, Talk, on_tuesday, verdict_lines

QUERY, CREATE = "querySchedule", "createEvent"
MINUTE = timedelta(minutes=1)


async def line_to(person, text, *at, to, created_at=MONDAY):
    """The one message that answers; it is no card."""
    await person.says(text, at=at, to="direct" if to is person.direct else to, created_at=created_at)
    message = await to.next_message()
    assert message.via == "sendBySession"
    return message.text


async def ask(person, text, *at, to):
    await person.says(text, at=at, to=to, created_at=MONDAY)
    return await to.next_card()


def lines(card):
    return card.params["markdown"].split("\n\n")


def texts(card):
    return [button.text for button in card.buttons]


@pytest.fixture
def talk(bot, alice, group):
    return Talk(alice, group)


# ---------------------------------------------------------------- talk
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("谢谢", "不客气 👋"),
        ("多谢啦十分给力", "不客气 👋"),
        ("明天见", "回头见 👋"),
        ("see you tomorrow", "See you 👋"),
    ],
)
async def test_talk_is_answered_by_one_plain_line(bot, dingtalk, alice, group, text, line):
    assert await line_to(alice, text, to=group) == line
    await dingtalk.settle()
    assert (len(group.messages), len(group.cards)) == (1, 0)
    assert dingtalk.calls_of(QUERY) == []


async def test_thanks_are_answered_once_a_minute_and_never_twice_the_same(bot, dingtalk, alice, bob, group):
    assert await line_to(alice, "谢谢", to=group) == "不客气 👋"
    await alice.says("谢谢", to=group, created_at=MONDAY + MINUTE / 2)
    assert await line_to(bob, "谢谢", to=group, created_at=MONDAY + MINUTE / 2) == "不客气 👋"
    assert await line_to(alice, "谢谢", to=group, created_at=MONDAY + 2 * MINUTE) == "应该的"
    await dingtalk.settle()
    assert len(group.messages) == 3


@pytest.mark.parametrize("text", ["好的", "👍"])
async def test_other_talk_is_left_alone(bot, dingtalk, alice, group, text):
    await alice.says(text, to=group, created_at=MONDAY)
    assert await line_to(alice, "谢谢", to=group, created_at=MONDAY + timedelta(seconds=1)) == "不客气 👋"
    await dingtalk.settle()
    assert (len(group.messages), len(group.cards)) == (1, 0)


async def test_a_message_that_is_pushed_again_is_thanked_for_once(bot, dingtalk, alice, group):
    await alice.says("谢谢", to=group, created_at=MONDAY)
    await group.next_message()
    await alice.says("谢谢", to=group, created_at=MONDAY)
    await dingtalk.settle()
    assert len(group.messages) == 1


async def test_thanks_do_not_end_a_series_of_follow_ups(talk, bob):
    await talk.asks("周二下午2点到4点有空吗", bob)
    await talk.says("谢谢")
    card = await talk.asks("那周四呢")
    assert "周四 3/15" in card.params["markdown"]


# ---------------------------------------------------------------- what cannot be done
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("提醒我明天9点交报告", "待办我不会提醒，会前提醒可以：约的时候说「提前 10 分钟提醒」"),
        (
            "remind me tomorrow at 9 to send the report",
            'No to-dos, but meeting reminders, yes: say "remind 10 min before" when you book',
        ),
        ("周五下午3点订盒饭", "这个我不会订，会议可以约"),
        ("通知大家周四下午5点开会", "这个我不会，谁有空可以问我"),
        (
            "which rooms are free tomorrow at 3",
            'Rooms are off, ask an admin. I can find a time: say "find 1 hour this week"',
        ),
        ("我明天不上班", "我只记每周固定的时间，请假请走钉钉审批"),
        ("Bob est libre mardi 14h-16h", "I only read Chinese and English · 我只懂中文和英文"),
    ],
)
async def test_what_cannot_be_done_is_said_in_one_line_with_what_can(bot, dingtalk, alice, group, text, line):
    assert await line_to(alice, text, to=group) == line
    await dingtalk.settle()
    assert group.cards == []
    assert dingtalk.calls_of(CREATE) == dingtalk.calls_of(QUERY) == []


async def test_a_zone_of_ones_own_leaves_the_chat_as_it_is(bot, dingtalk, alice, group):
    await ask(alice, "my timezone is Berlin", to=group)
    card = await ask(alice, "设置", to=group)
    assert "北京" in card.text


async def test_meetings_of_others_are_not_moved_and_it_says_which_can_be(start, dingtalk, alice, group):
    await start(booking={"enabled": True})
    said = "这个会不是我约的，改不了；另找时间可以说「本周找 1 小时」"
    assert await line_to(alice, "把周三的评审挪到周五上午", to=group) == said
    assert await line_to(alice, "move my 3pm to 4pm", to=group) == (
        "I didn't book that one, so I can't change it. For a new time: \"find 1 hour this week\""
    )


async def test_without_booking_there_is_no_meeting_to_change(bot, alice, group):
    assert await line_to(alice, "move my 3pm to 4pm", to=group) == (
        "Booking is off here, so there is no meeting I could change"
    )


async def test_what_was_just_booked_is_still_cancelled_in_a_word(start, dingtalk, alice, bob, group):
    await start(booking={"enabled": True, "at_once": True})
    talk = Talk(alice, group)
    await talk.asks("约 周二下午3点", bob)
    assert len(dingtalk.calendar_events) == 1
    card = await talk.asks("取消")
    assert card.params["title"].startswith("已取消")
    assert dingtalk.calendar_events == []


# ---------------------------------------------------------------- the general card
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("so what do you think", 'I still didn\'t get that. Say "help" to see what I can do'),
        ("天空为什么是蓝的", "还是没读懂，说「帮助」看看能问什么"),
    ],
)
async def test_the_general_card_comes_once_and_then_a_line(bot, dingtalk, alice, group, text, line):
    card = await ask(alice, text, to=group)
    assert card.params["title"] in ("没看懂", "I didn't get that")
    assert await line_to(alice, text, to=group, created_at=MONDAY + MINUTE) == line
    await dingtalk.settle()
    assert len(group.cards) == 1


async def test_after_an_answer_the_general_card_may_come_again(bot, alice, bob, group):
    await ask(alice, "so what do you think", to=group)
    await ask(alice, "周二下午2点到4点有空吗", bob, to=group)
    assert (await ask(alice, "so what do you think", to=group)).params["title"] == "I didn't get that"


# ---------------------------------------------------------------- now, and leave
@pytest.mark.parametrize("text", ["谁在", "李博在忙吗"])
async def test_who_is_around_is_asked_of_now(start, dingtalk, alice, bob, group, text):
    await start(teams=[{"name": "design", "members": ["bob"]}], chats=[{"id": group.conversation_id, "team": "design"}])
    bob.calendar.busy(MONDAY, MONDAY + timedelta(hours=1))
    card = await ask(alice, text, to=group)
    assert verdict_lines(card) == ["⛔ 没空 1：李博 到 11:00"]
    assert "10:00–10:30" in lines(card)[0]


@pytest.mark.parametrize(
    ("text", "title", "line"),
    [
        ("李博周二请假吗", "没看请假，按日历 李博 全天没空", "⛔ 全天没空 1：李博"),
        ("is 李博 out on Tuesday", "By calendar only: 李博 is busy all day", "⛔ Busy all day 1: 李博"),
    ],
)
async def test_leave_is_answered_from_the_calendar_and_says_so(bot, dingtalk, alice, bob, group, text, title, line):
    bob.calendar.busy(on_tuesday(0), on_tuesday(24))
    card = await ask(alice, text, to=group)
    assert card.params["title"] == title
    assert verdict_lines(card) == [line]
    assert "book_1" not in [button.verb for button in card.buttons]
    await alice.presses(card, "later")
    assert card.params["title"].startswith(title[:6])


async def test_leave_without_a_day_is_asked_of_today(start, alice, bob, group):
    await start(teams=[{"name": "design", "members": ["bob"]}], chats=[{"id": group.conversation_id, "team": "design"}])
    card = await ask(alice, "谁请假", to=group)
    assert lines(card)[0] == "今天 周一 3/12（北京时间）"
    assert card.params["title"].startswith("没看请假")


# ---------------------------------------------------------------- a name and nothing else
async def test_a_bare_mention_is_asked_what_is_wanted_of_them(bot, dingtalk, alice, bob, group):
    card = await ask(alice, "", bob, to=group)
    assert card.params["title"] == "李博"
    assert [button.verb for button in card.buttons] == ["now", "today", "next_day", "find"]
    assert dingtalk.calls_of(QUERY) == []
    await alice.presses(card, "now")
    assert verdict_lines(card) == ["✅ 有空 1：李博"]


async def test_bare_names_lead_to_a_common_time(bot, alice, group):
    await bot.refresh_index()
    card = await ask(alice, "李博和王芳怎么样", to=group)
    assert card.params["title"] == "李博、王芳"
    await alice.presses(card, "find")
    assert "空档" in card.params["title"]


async def test_a_bare_name_that_nobody_has_is_asked_back(bot, dingtalk, alice, bob, group):
    card = await ask(alice, "慕容复怎么样", bob, to=group)
    assert card.params["title"] == "没找到「慕容复」，请 @ 本人"
    assert texts(card) == ["先跳过"]
    await alice.presses(card, "leave_out")
    assert card.params["title"] == "李博"
    assert texts(card)[0] == "现在"


# ---------------------------------------------------------------- ways of a line
async def test_a_line_goes_to_a_direct_chat_too(bot, alice):
    assert await line_to(alice, "我明天不上班", to=alice.direct) == "我只记每周固定的时间，请假请走钉钉审批"


async def test_without_a_session_a_line_is_a_message_of_the_robot(bot, dingtalk, alice, group):
    dingtalk.faults.webhook_expired()
    await alice.says("谢谢", to=group, created_at=MONDAY)
    message = await group.next_message()
    assert (message.via, message.text) == ("groupMessages/send", "不客气 👋")


@pytest.mark.parametrize(("text", "line"), [("群号", "群号：cidDesign=="), ("chat id", "Chat id: cidDesign==")])
async def test_the_id_of_the_chat_is_told_to_whoever_asks(bot, alice, group, text, line):
    assert (await ask(alice, text, to=group)).params["title"] == line


async def test_the_settings_show_the_id_of_the_chat(bot, alice, group):
    assert "群号：cidDesign==" in lines(await ask(alice, "设置", to=group))
    assert "Chat id: cidDesign==" in lines(await ask(alice, "settings", to=group))
