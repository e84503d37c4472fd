"""A series: looked at eight times before anything is made, made as one event, cancelled as a whole."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from scenario import MONDAY, SHANGHAI, crowd

CREATE, QUERY = "createEvent", "querySchedule"
ON = {"booking": {"enabled": True}}
WEDNESDAY = datetime(2040, 3, 14, 15, 0, tzinfo=SHANGHAI)
HOUR = timedelta(hours=1)
ZH, EN = "每周三下午3点约李博", "book every Wednesday 3pm with 李博"


@pytest.fixture
async def bot(start, group):
    """The bot with booking enabled."""
    return await start(**ON)


def week(number, start=WEDNESDAY):
    return start + timedelta(weeks=number)


def is_busy(person, *weeks, hours=1):
    for number in weeks:
        person.calendar.busy(week(number), week(number) + hours * HOUR)


async def ordered(person, text, chat, at=(), **more):
    await person.says(text, at=at, to=chat, created_at=MONDAY, **more)
    return await chat.next_card()


def texts(card):
    return [button.text for button in card.buttons]


def created(dingtalk):
    return [call for call in dingtalk.calls_of(CREATE) if call.status == 200]


# ---------------------------------------------------------------- shown first
async def test_eight_weeks_are_looked_at_before_anything_is_made(bot, dingtalk, alice, bob, group):
    is_busy(bob, 2)
    bob.calendar.tentative(week(4), week(4) + HOUR)
    card = await ordered(alice, ZH, group)
    assert card.params["title"] == "每周三 15:00：8 周里 6 周都有空"
    lines = card.params["markdown"].split("\n\n")
    assert lines[0] == "3/14 – 5/2（北京时间）"
    assert "李博（1 人会收到邀请）" in lines
    assert "⛔ 3/28 李博 忙到 16:00" in lines
    assert "🟡 4/11 李博 待定" in lines
    assert "更好：每周三 14:00，8 周都行" in lines
    assert texts(card) == ["约每周三", "约每周三 14:00", "只约这周", "不约"]
    assert dingtalk.calls_of(CREATE) == []


async def test_it_is_shown_in_english(bot, alice, bob, group):
    is_busy(bob, 2)
    card = await ordered(alice, EN, group)
    assert card.params["title"] == "Wednesdays 3 pm: free in 7 of 8 weeks"
    lines = card.params["markdown"].split("\n\n")
    assert "⛔ 28 Mar: 李博 until 4 pm" in lines
    assert "Better: Wednesdays 2 pm, all 8 weeks" in lines
    assert texts(card) == ["Book Wednesdays", "Book Wednesdays 2 pm", "This week only", "Don't book"]


async def test_eight_weeks_of_twenty_people_are_two_calls(bot, dingtalk, alice, group):
    people = crowd(dingtalk, 19)
    card = await ordered(alice, "约每周三下午3点", group, at=people)
    assert card.params["title"] == "每周三 15:00：8 周都有空"
    calls = dingtalk.calls_of(QUERY)
    assert len(calls) == 2
    assert {len(call.body["userIds"]) for call in calls} == {20}
    for call in calls:
        start, end = (datetime.fromisoformat(call.body[name]) for name in ("startTime", "endTime"))
        assert end - start <= timedelta(days=31)


async def test_somebody_who_cannot_be_seen_is_apart_and_free_for_nobody(bot, dingtalk, alice, bob, carol, group):
    dingtalk.faults.person_error(carol)
    card = await ordered(alice, "约每周三下午3点", group, at=[bob, carol])
    assert card.params["title"] == "每周三 15:00：8 周都有空"
    assert "❔ 查不到 1：王芳（未开放忙闲）" in card.params["markdown"]
    card = await ordered(alice, "约每周三下午3点", group, at=[carol])
    assert "❔ 查不到 1：王芳（未开放忙闲）" in card.params["markdown"]


async def test_a_guest_who_is_busy_every_time_is_said_once_and_not_booked_over(bot, alice, bob, group):
    is_busy(bob, *range(8))
    card = await ordered(alice, ZH, group)
    assert card.params["title"] == "每周三 15:00：8 周都不行"
    assert "⛔ 李博 8 次都没空" in card.params["markdown"]
    assert card.params["markdown"].count("李博") == 2
    assert texts(card) == ["约每周三 14:00", "只约这周", "不约"]


async def test_only_this_week_leads_to_the_meeting_as_it_is_shown_before_it_is_made(bot, dingtalk, alice, group):
    card = await ordered(alice, ZH, group)
    await alice.presses(card, "once")
    assert card.params["title"] == "还没约，请确认"
    assert dingtalk.calls_of(CREATE) == []
    await alice.presses(card, "confirm")
    assert card.params["title"].startswith("✅ 已约：周三")
    [call] = created(dingtalk)
    assert "recurrence" not in call.body


async def test_what_is_dropped_makes_nothing(bot, dingtalk, alice, bob, group):
    card = await ordered(alice, ZH, group)
    await bob.presses(card, "drop")
    assert card.params["title"].startswith("每周三")
    await alice.presses(card, "drop")
    assert card.params["title"] == "好，没约"
    assert dingtalk.calls_of(CREATE) == []


# ---------------------------------------------------------------- made
async def test_it_is_one_event_with_a_recurrence_and_exactly_the_guests_that_were_shown(
    bot, dingtalk, alice, bob, group
):
    is_busy(bob, 2)
    card = await ordered(alice, ZH, group)
    await bob.presses(card, "series_1")
    assert dingtalk.calls_of(CREATE) == []
    await alice.presses(card, "series_1")
    assert card.params["title"] == "✅ 已约：每周三 15:00，共 8 次"
    assert "只改其中一次，请在钉钉日历里改" in card.params["markdown"]
    [call] = created(dingtalk)
    assert call.body["recurrence"] == {
        "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": "wednesday", "firstDayOfWeek": "monday"},
        "range": {"type": "numbered", "numberOfOccurrences": 8},
    }
    assert call.body["start"] == {"dateTime": "2040-03-14T15:00:00+08:00", "timeZone": "Asia/Shanghai"}
    assert [each["id"] for each in call.body["attendees"]] == [bob.union_id]
    assert f"/users/{alice.union_id}/" in call.path
    assert texts(card) == ["取消"]


async def test_the_better_one_is_booked_by_its_own_button(bot, dingtalk, alice, bob, group):
    is_busy(bob, 2)
    card = await ordered(alice, ZH, group)
    await alice.presses(card, "series_2")
    assert card.params["title"] == "✅ 已约：每周三 14:00，共 8 次"
    assert created(dingtalk)[0].body["start"]["dateTime"] == "2040-03-14T14:00:00+08:00"


async def test_all_of_it_is_cancelled_from_its_card_by_its_organizer(bot, dingtalk, alice, bob, group):
    card = await ordered(alice, ZH, group)
    await alice.presses(card, "series_1")
    await bob.presses(card, "cancel")
    assert card.params["title"].startswith("✅")
    await alice.presses(card, "cancel")
    assert card.params["title"] == "已取消：每周三 15:00"
    assert len(dingtalk.calls_of("deleteEvent")) == 1
    card = await ordered(alice, ZH, group)
    assert card.params["title"] == "每周三 15:00：8 周都有空"


async def test_it_is_cancelled_in_words_too(bot, dingtalk, alice, group):
    card = await ordered(alice, ZH, group)
    await alice.presses(card, "series_1")
    await alice.says("取消", to=group, created_at=MONDAY + timedelta(seconds=5))
    await card.until(lambda card: card.params["title"] == "已取消：每周三 15:00")
    assert len(dingtalk.calls_of("deleteEvent")) == 1


async def test_somebody_who_got_busy_meanwhile_is_shown_before_anything_is_made(bot, dingtalk, alice, bob, group):
    card = await ordered(alice, ZH, group)
    is_busy(bob, 3)
    await alice.presses(card, "series_1")
    assert card.params["title"] == "⚠ 刚有人有了新安排，还没约"
    assert "⛔ 4/4 李博 忙到 16:00" in card.params["markdown"]
    assert dingtalk.calls_of(CREATE) == []
    await alice.presses(card, "series_1")
    assert card.params["title"] == "✅ 已约：每周三 15:00，共 8 次"
    assert dingtalk.calendar_events_made == 1


async def test_each_of_its_times_is_known_to_the_next_answer(bot, dingtalk, alice, bob, group):
    card = await ordered(alice, ZH, group)
    await alice.presses(card, "series_1")
    bob.calendar.clear()  # DingTalk lags behind
    for day in ("3月14日", "4月4日", "5月2日"):
        asked = await ordered(alice, f"李博{day}下午3点有空吗", group)
        assert "⛔" in asked.params["markdown"], day
    asked = await ordered(alice, "李博5月9日下午3点有空吗", group)
    assert "⛔" not in asked.params["markdown"]
