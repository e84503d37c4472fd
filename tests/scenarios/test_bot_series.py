"""A series: looked at eight times before anything is made, made as one event, cancelled as a whole."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from scenario import MONDAY, SHANGHAI, crowd, until

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


# ---------------------------------------------------------------- rules
@pytest.mark.parametrize(
    ("text", "title", "pattern"),
    [
        ("隔周周五下午3点约李博", "隔周周五 15:00：8 次都有空",
         {"type": "weekly", "interval": 2, "daysOfWeek": "friday", "firstDayOfWeek": "monday"}),
        ("每月第一个周一上午10点约李博", "每月第一个周一 10:00：8 次都有空",
         {"type": "relativeMonthly", "interval": 1, "daysOfWeek": "monday", "firstDayOfWeek": "monday",
          "index": "first"}),
        ("book the last Friday of every month at 3pm with 李博", "Last Friday of the month, 3 pm: free all 8 times",
         {"type": "relativeMonthly", "interval": 1, "daysOfWeek": "friday", "firstDayOfWeek": "monday",
          "index": "last"}),
        ("每周二和周四上午10点约李博", "每周二、周四 10:00：8 次都有空",
         {"type": "weekly", "interval": 1, "daysOfWeek": "tuesday,thursday", "firstDayOfWeek": "monday"}),
        ("book 李博 every day at 11am", "Every day, 11 am: free all 8 times", {"type": "daily", "interval": 1}),
    ],
)  # fmt: skip
async def test_a_rule_is_shown_and_made_as_dingtalk_knows_it(bot, dingtalk, alice, bob, group, text, title, pattern):
    card = await ordered(alice, text, group)
    assert card.params["title"] == title
    await alice.presses(card, "series_1")
    assert card.params["title"].startswith("✅")
    [call] = created(dingtalk)
    assert call.body["recurrence"]["pattern"] == pattern
    assert len(bob.calendar.items) == 8


async def test_a_month_without_that_day_is_skipped_as_dingtalk_does_and_said(bot, dingtalk, alice, bob, group):
    card = await ordered(alice, "每月31号上午10点约李博", group)
    assert card.params["title"] == "每月 31 号 10:00：8 次都有空"
    assert "4 月、6 月、9 月、11 月、2 月没有这一天，跳过" in card.params["markdown"]
    await alice.presses(card, "series_1")
    assert created(dingtalk)[0].body["recurrence"]["pattern"] == {
        "type": "absoluteMonthly", "interval": 1, "dayOfMonth": 31,
    }  # fmt: skip
    starts = sorted(item.start.astimezone(SHANGHAI) for item in bob.calendar.items)
    assert [(start.month, start.day) for start in starts] == [
        (3, 31), (5, 31), (7, 31), (8, 31), (10, 31), (12, 31), (1, 31), (3, 31),
    ]  # fmt: skip


async def test_a_fifth_friday_is_shown_and_only_the_first_can_be_booked(bot, dingtalk, alice, group):
    card = await ordered(alice, "每月第五个周五上午10点约李博", group)
    assert "钉钉没有这种重复，只能约第一次" in card.params["markdown"]
    assert texts(card) == ["只约第一次", "不约"]


@pytest.mark.parametrize("text", [ZH, EN])
async def test_a_series_is_never_quietly_one_meeting_not_even_where_orders_are_carried_out_at_once(
    start, dingtalk, alice, bob, group, text
):
    await start(booking={"enabled": True, "at_once": True})
    card = await ordered(alice, text, group)
    assert card.buttons[0].verb == "series_1"
    assert dingtalk.calls_of(CREATE) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("每周三下午3点约李博，共400次", "一次最多约 52 次，还没约；少约几次，到期再续"),
        (
            "book every Wednesday 3pm with 李博 400 times",
            "At most 52 meetings in a series, nothing booked; ask for fewer",
        ),
    ],
)
async def test_four_hundred_are_one_clear_line(bot, dingtalk, alice, group, text, line):
    await alice.says(text, to=group, created_at=MONDAY)
    await until(lambda: group.messages)
    assert line in group.messages[0].text
    assert dingtalk.calls_of(QUERY) == dingtalk.calls_of(CREATE) == []


async def test_as_many_as_were_said_are_looked_at_and_made(bot, dingtalk, alice, bob, group):
    card = await ordered(alice, "每周三下午3点约李博，共10次", group)
    assert card.params["title"] == "每周三 15:00：10 周都有空"
    assert len(dingtalk.calls_of(QUERY)) == 3
    await alice.presses(card, "series_1")
    assert card.params["title"] == "✅ 已约：每周三 15:00，共 10 次"
    assert len(bob.calendar.items) == 10


async def test_the_hour_stays_by_the_clocks_of_the_chat(start, dingtalk, alice, bob, group):
    """Clocks go forward in Berlin on 25 March 2040."""
    berlin = ZoneInfo("Europe/Berlin")
    await start(timezone="Europe/Berlin", **ON)
    is_late = datetime(2040, 4, 4, 15, tzinfo=berlin)
    bob.calendar.busy(is_late, is_late + HOUR)
    card = await ordered(alice, EN, group)
    assert card.params["title"] == "Wednesdays 3 pm: free in 7 of 8 weeks"
    assert "⛔ 4 Apr: 李博 until 4 pm" in card.params["markdown"]
    await alice.presses(card, "series_1")
    assert created(dingtalk)[0].body["start"]["timeZone"] == "Europe/Berlin"
    starts = [item.start.astimezone(berlin) for item in alice.calendar.items]
    assert {start.hour for start in starts} == {15}
    assert len({start.utcoffset() for start in starts}) == 2


async def test_a_holiday_is_named_and_its_meeting_made_too(start, dingtalk, alice, bob, group):
    """The first of October of next year, which every table has."""
    holiday = datetime(datetime.now(SHANGHAI).year + 1, 10, 1, 15, tzinfo=SHANGHAI)
    await start(holidays="CN", **ON)
    day = "一二三四五六日"[holiday.weekday()]
    asked = (holiday - timedelta(days=17)).replace(hour=10)
    await alice.says(f"每周{day}下午3点约李博", to=group, created_at=asked)
    card = await group.next_card()
    assert "周都有空" in card.params["title"]
    assert "8 周都有空" not in card.params["title"]
    [line] = [line for line in card.params["markdown"].split("\n\n") if line.startswith("🏖 10/1 ")]
    assert line.endswith("放假，那次也会约")
    await alice.presses(card, "series_1")
    assert "放假，那次也约了" in card.params["markdown"]
    assert any(item.start == holiday for item in bob.calendar.items)


# ---------------------------------------------------------------- a fixed weekly time
@pytest.mark.parametrize(
    ("text", "title", "first"),
    [
        ("和李博找个固定时间每周45分钟", "每周的固定时间，选一个", "1️⃣ 每周二 10:00：8 周都有空"),
        ("find a weekly 45 minute slot for me and 李博", "Weekly times, choose one",
         "1️⃣ Tuesdays 10 am: free in all 8 weeks"),
    ],
)  # fmt: skip
async def test_a_fixed_weekly_time_is_three_numbered_choices(bot, dingtalk, alice, bob, group, text, title, first):
    for number in range(8):
        nine = datetime(2040, 3, 12, 9, tzinfo=SHANGHAI) + timedelta(weeks=number)
        for day in range(5):
            bob.calendar.busy(nine + timedelta(days=day), nine + timedelta(days=day) + HOUR)
        bob.calendar.busy(nine + timedelta(days=3), nine + timedelta(days=3, hours=9))
    card = await ordered(alice, text, group)
    assert card.params["title"] == title
    lines = card.params["markdown"].split("\n\n")
    assert first in lines
    assert not any(line.startswith("4️⃣") for line in lines)
    assert len(texts(card)) == 4
    assert len(dingtalk.calls_of(QUERY)) == 2
    assert dingtalk.calls_of(CREATE) == []
    await alice.presses(card, "series_2")
    assert card.params["title"].startswith("✅")
    [call] = created(dingtalk)
    assert call.body["recurrence"]["pattern"]["daysOfWeek"] == "wednesday"
    assert call.body["end"]["dateTime"].endswith("10:45:00+08:00")


async def test_the_best_afternoon_of_a_named_weekday(bot, alice, bob, group):
    is_busy(bob, *range(8), hours=3)
    card = await ordered(alice, "每周三下午约李博", group)
    assert "1️⃣ 每周三 13:00：8 周都有空" in card.params["markdown"]


async def test_a_plain_question_answers_for_the_next_four_each_with_its_day(bot, alice, bob, group):
    card = await ordered(alice, "每周一下午都有空吗", group, at=[bob])
    days = [line for line in card.params["markdown"].split("\n\n") if "周一" in line]
    assert len(days) == 4


async def test_where_booking_is_off_the_first_times_are_answered(start, dingtalk, alice, bob, group):
    await start()
    card = await ordered(alice, ZH, group)
    assert "这里没有开通预约" in card.params["markdown"]
    assert "周三 3/14" in card.params["markdown"]


async def test_a_follow_up_moves_it_to_another_weekday(bot, dingtalk, alice, group):
    await ordered(alice, ZH, group)
    await alice.says("那周四呢", to=group, created_at=MONDAY + timedelta(seconds=9))
    await group.cards[-1].until(lambda card: card.params["title"].startswith("每周四 15:00"))
    assert dingtalk.calls_of(CREATE) == []


async def test_a_name_of_several_is_asked_back_first(bot, dingtalk, alice, group):
    for number in range(2):
        dingtalk.person(f"wei{number}", name="张伟")
    card = await ordered(alice, "每周三下午3点约张伟", group)
    assert [button.verb for button in card.buttons][:2] == ["pick_1", "pick_2"]
    await alice.presses(card, "pick_1")
    assert card.params["title"] == "每周三 15:00：8 周都有空"


async def test_a_numbered_time_is_taken_in_words(bot, dingtalk, alice, bob, group):
    card = await ordered(alice, "和李博找个固定时间每周45分钟", group)
    await alice.says("订2", to=group, created_at=MONDAY + timedelta(seconds=9))
    await card.until(lambda card: card.params["title"].startswith("✅ 已约：每周三"))
    assert dingtalk.calendar_events_made == 1


@pytest.mark.parametrize("text", ["隔周周五下午都有空吗", "每月第一个周一下午都有空吗"])
async def test_a_question_about_times_that_lie_far_apart_is_answered_for_four(bot, alice, bob, group, text):
    bob.calendar.busy(MONDAY.replace(month=7, day=2, hour=13), MONDAY.replace(month=7, day=2, hour=18))
    card = await ordered(alice, text, group, at=[bob])
    days = [line for line in card.params["markdown"].split("\n\n") if "13:00–18:00" in line and line[0] == "周"]
    assert len(days) == 4
    assert ("🟡" in card.params["markdown"]) == text.startswith("每月")


async def test_one_that_does_not_suit_at_all_is_shown_and_a_reading_that_failed_is_not_free(
    bot, dingtalk, alice, bob, group
):
    dingtalk.faults.person_error(bob)
    dingtalk.faults.person_error(alice)
    card = await ordered(alice, ZH, group)
    assert card.params["title"] == "每周三 15:00：查不到忙闲"
    assert "❔ 查不到 2" in card.params["markdown"]


async def test_a_follow_up_on_a_series_that_is_made_asks_and_books_nothing(bot, dingtalk, alice, group):
    card = await ordered(alice, ZH, group)
    await alice.presses(card, "series_1")
    await alice.says("那周四呢", to=group, created_at=MONDAY + timedelta(seconds=9))
    answer = await group.next_card()
    assert "周四" in answer.params["markdown"]
    assert card.params["title"].startswith("✅")
    assert dingtalk.calendar_events_made == 1


async def test_another_zone_keeps_its_own_hour_and_the_chats_stands_beside_it(bot, dingtalk, alice, bob, group):
    """Clocks go forward in Berlin on 25 March 2040."""
    card = await ordered(alice, "book every Wednesday 9am Berlin time with 李博", group)
    lines = card.params["markdown"].split("\n\n")
    assert card.params["title"] == "Wednesdays 9 am: free in all 8 weeks"
    assert lines[:2] == ["14 Mar – 2 May (Berlin)", "Beijing Wed 14 Mar, 4 pm"]
    await alice.presses(card, "series_1")
    assert created(dingtalk)[0].body["start"] == {
        "dateTime": "2040-03-14T09:00:00+01:00", "timeZone": "Europe/Berlin",
    }  # fmt: skip
    assert {item.start.astimezone(SHANGHAI).hour for item in bob.calendar.items} == {15, 16}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("每周三下午3点约李博，一直到4月底", "每周三 15:00：7 周都有空"),
        ("book every Wednesday 3pm with 李博 until the end of May", "Wednesdays 3 pm: free in all 12 weeks"),
    ],
)
async def test_a_series_ends_with_the_day_that_was_said(bot, dingtalk, alice, bob, group, text, title):
    card = await ordered(alice, text, group)
    assert card.params["title"] == title
    await alice.presses(card, "series_1")
    assert len(bob.calendar.items) == created(dingtalk)[0].body["recurrence"]["range"]["numberOfOccurrences"]


async def test_whoever_picks_the_person_is_in_whose_name_calendars_are_read(bot, dingtalk, alice, carol, group):
    """The series stays that of whoever ordered it."""
    for number in range(2):
        dingtalk.person(f"wei{number}", name="张伟")
    card = await ordered(alice, "每周三下午3点约张伟", group)
    await carol.presses(card, "pick_1")
    assert card.params["title"] == "每周三 15:00：8 周都有空"
    assert {asked.asker for asked in dingtalk.schedules_asked()} == {carol.union_id}
    await carol.presses(card, "series_1")
    assert dingtalk.calls_of(CREATE) == []
    await alice.presses(card, "series_1")
    assert card.params["title"].startswith("✅")
