"""Orders in words: made at once where every word was understood, with their title; else nothing is made."""

from __future__ import annotations

import pytest
from scenario import MONDAY, Talk

CREATE, QUERY = "createEvent", "querySchedule"


async def ask(person, text, *at, to):
    await person.says(text, at=at, to=to, created_at=MONDAY)
    return await to.next_card()


def lines(card):
    return card.params["markdown"].split("\n\n")


@pytest.fixture
async def bot(start, group):
    """The bot with booking enabled, everybody in its index, and a team of the chat."""
    app = await start(
        booking={"enabled": True, "at_once": True},
        teams=[{"name": "design", "members": ["bob", "carol"]}],
        chats=[{"id": group.conversation_id, "team": "design"}],
    )
    await app.refresh_index()
    return app


# ---------------------------------------------------------------- what an event says
@pytest.mark.parametrize(
    ("text", "title", "line"),
    [
        ("约李博周二下午3点 讨论评审", "评审", "标题：评审"),
        ("book Alice Chen Tue 3pm about the budget", "budget", "Title: budget"),
    ],
)
async def test_the_topic_of_an_order_is_the_title_of_its_event(bot, dingtalk, bob, alice, group, text, title, line):
    card = await ask(bob if "Alice" in text else alice, text, to=group)
    assert card.params["title"].startswith("✅")
    [event] = dingtalk.calendar_events
    assert event["summary"] == title
    assert line in lines(card)


async def test_without_a_topic_the_title_is_neutral(bot, dingtalk, alice, group):
    card = await ask(alice, "约李博周二下午3点", to=group)
    assert dingtalk.calendar_events[0]["summary"] == "会议"
    assert "标题" not in card.text


async def test_a_reminder_is_no_length_and_stands_in_the_event(bot, dingtalk, alice, group):
    card = await ask(alice, "约李博周二下午3点，提前5分钟提醒", to=group)
    assert card.params["title"] == "✅ 已约：周二 3/13 15:00–16:00"
    assert "提前 5 分钟提醒" in lines(card)
    assert dingtalk.calendar_events[0]["reminders"] == [{"method": "dingtalk", "minutes": 5}]


async def test_a_meeting_online_has_one_of_dingtalk(bot, dingtalk, alice, group):
    card = await ask(alice, "约李博周二下午3点线上开会", to=group)
    assert "线上" in lines(card)
    assert dingtalk.calendar_events[0]["onlineMeetingInfo"] == {"type": "dingtalk"}


async def test_the_title_of_a_question_is_that_of_the_meeting_booked_from_it(bot, dingtalk, alice, group):
    card = await ask(alice, "is 李博 free for a product demo Tue 3-4pm", to=group)
    await alice.presses(card, "book_1")
    assert dingtalk.calendar_events[0]["summary"] == "product demo"


async def test_a_title_is_no_markup_on_the_card(bot, dingtalk, alice, group):
    card = await ask(alice, "约李博周二下午3点 讨论[点我](http://evil)", to=group)
    assert "](" not in card.params["markdown"]


# ---------------------------------------------------------------- what is not done at once
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("约李博周二下午3点 还有财务", "⚠ 没读懂「财务」，没写进会议"),
        ("book 李博 Tue 3pm and finance", '⚠ I left out "finance"'),
    ],
)
async def test_an_order_with_words_left_over_makes_nothing_and_says_which(bot, dingtalk, alice, group, text, said):
    card = await ask(alice, text, to=group)
    assert dingtalk.calls_of(CREATE) == []
    assert said in lines(card)
    await alice.presses(card, "confirm")
    assert [each["displayName"] for each in dingtalk.calendar_events[0]["attendees"]] == ["李博"]


@pytest.mark.parametrize(
    ("text", "title", "button"),
    [
        ("约周二下午3点", "还没约：约谁？", "整个团队"),
        ("book Fri 5pm", "Not booked yet: who should come?", "The whole team"),
    ],
)
async def test_an_order_that_names_nobody_asks_whom(bot, dingtalk, alice, group, text, title, button):
    card = await ask(alice, text, to=group)
    assert card.params["title"] == title
    assert [each.text for each in card.buttons] == [button]
    assert dingtalk.calls_of(CREATE) == dingtalk.calls_of(QUERY) == []
    await alice.presses(card, "team")
    assert card.params["title"].endswith(("3 人共同空档 · 1 小时", "1 hour for 3 people"))
    assert dingtalk.calls_of(CREATE) == []


@pytest.mark.parametrize(
    ("text", "title", "said"),
    [
        ("find an hour with the frobnicator this week", "Who should I check?", 'I didn\'t get "frobnicator"'),
        (
            "book a meeting with the frobnicator Friday 5pm",
            "Not booked yet: who should come?",
            'I didn\'t get "frobnicator"',
        ),
    ],
)
async def test_the_team_never_stands_in_for_a_word_that_may_be_somebody(bot, dingtalk, alice, group, text, title, said):
    card = await ask(alice, text, to=group)
    assert card.params["title"] == title
    assert said in lines(card)
    assert dingtalk.calls_of(QUERY) == []


async def test_whom_a_team_order_means_is_pressed_after_a_restart(bot, start, dingtalk, alice, group):
    card = await ask(alice, "约周二下午3点", to=group)
    await dingtalk.settle()
    await bot.stop()
    await start(
        teams=[{"name": "design", "members": ["bob", "carol"]}],
        chats=[{"id": group.conversation_id, "team": "design"}],
    )
    await alice.presses(card, "team")
    assert "3 人共同空档" in card.params["title"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("隔周周三下午约李博", "说个钟点，就能一次约好；先看前几次"),
        ("book every other Wednesday afternoon with 李博", "Name an hour to book all; the first few:"),
    ],
)
async def test_a_series_that_names_no_hour_is_not_booked_as_one_meeting(bot, dingtalk, alice, group, text, said):
    card = await ask(alice, text, to=group)
    assert lines(card)[0] == said
    assert len([line for line in lines(card) if "3/14" in line or "14 Mar" in line]) == 1
    assert dingtalk.calls_of(CREATE) == []


async def test_a_change_with_words_left_over_makes_nothing(bot, dingtalk, alice, bob, group):
    bob.calendar.busy(MONDAY.replace(day=13, hour=15), MONDAY.replace(day=13, hour=16))
    talk = Talk(alice, group)
    assert (await talk.asks("约李博周二下午3点")).params["title"].startswith("⚠")
    await talk.asks("那周三呢 还有财务部")
    assert dingtalk.calendar_events == []


# ---------------------------------------------------------------- questions
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("李博周二下午2点到4点有空吗 冰激凌火锅", "没读懂「冰激凌火锅」"),
        ("is 李博 free Tue 2-4pm quickly zork blip", 'I didn\'t get "quickly zork blip"'),
        ("李博什么时候有空 冰激凌火锅", "没读懂「冰激凌火锅」"),
        ("找1小时和李博本周 还有冰激凌火锅", "没读懂「冰激凌火锅」"),
    ],
)
async def test_words_that_were_not_understood_are_named_on_the_answer(bot, alice, group, text, said):
    assert said in lines(await ask(alice, text, to=group))


async def test_words_that_were_not_understood_are_no_markup_and_not_long(bot, alice, group):
    card = await ask(alice, f"is 李博 free Tue 2-4pm **zork** {'blip' * 20}", to=group)
    [line] = [line for line in lines(card) if line.startswith("I didn't get")]
    assert len(line) < 70
    assert "**" not in line
