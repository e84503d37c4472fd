"""My meetings: listed, cancelled, moved, with other guests, by words and by buttons, as long as they lie ahead."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from scenario import TUESDAY, Talk, run, settings_of

CREATE, DELETE, CHANGE = "createEvent", "deleteEvent", "changeEvent"
ON = {"booking": {"enabled": True, "at_once": True}}
DAY = timedelta(days=1)


@pytest.fixture
async def bot(start, group):
    """The bot with booking enabled and everybody in its index."""
    app = await start(**ON)
    await app.refresh_index()
    return app


@pytest.fixture
def talk(bot, alice, group):
    return Talk(alice, group)


def texts(card):
    return [button.text for button in card.buttons]


def lines(card):
    return card.params["markdown"].split("\n\n")


def starts(dingtalk):
    return [event["start"]["dateTime"][:16] for event in dingtalk.calendar_events]


def invited(dingtalk):
    [event] = dingtalk.calendar_events
    return [each["displayName"] for each in event["attendees"]]


# ---------------------------------------------------------------- the list
@pytest.mark.parametrize(
    ("text", "title", "line", "buttons"),
    [
        (
            "我约的会",
            "你约的会还有 2 个",
            "1️⃣ 周二 3/13 15:00–16:00 评审",
            ["改第 1 个", "取消第 1 个", "改第 2 个", "取消第 2 个"],
        ),
        (
            "my bookings",
            "2 meetings ahead",
            "1️⃣ Tue 13 Mar, 3–4 pm · 评审",
            ["Move 1", "Cancel 1", "Move 2", "Cancel 2"],
        ),
    ],
)
async def test_what_lies_ahead_is_listed_in_order(talk, text, title, line, buttons):
    await talk.asks("约李博周三下午2点")
    await talk.asks("约王芳周二下午3点 讨论评审")
    card = await talk.asks(text)
    assert card.params["title"] == title
    assert lines(card)[:2] == [line, "王芳"]
    assert texts(card) == buttons


async def test_without_a_meeting_ahead_it_says_so(talk):
    assert (await talk.asks("我约的会")).params["title"] == "没有你约的会"
    assert (await talk.asks("my bookings")).params["title"] == "No meetings booked through me"


async def test_meetings_that_are_over_are_not_listed(talk):
    await talk.asks("约李博周二下午3点")
    assert (await talk.asks("我约的会", later=3 * DAY)).params["title"] == "没有你约的会"


async def test_a_group_lists_what_was_booked_there_and_a_private_chat_everything(bot, talk, alice, bob, dingtalk):
    other = dingtalk.group("Other", [alice, bob])
    await talk.asks("约李博周二下午3点")
    await Talk(alice, other).asks("约王芳周三下午3点")
    assert (await talk.asks("我约的会")).params["title"] == "你约的会还有 1 个"
    assert (await Talk(alice, alice.direct).asks("我约的会")).params["title"] == "你约的会还有 2 个"
    assert (await Talk(bob, talk.chat).asks("我约的会")).params["title"] == "没有你约的会"


async def test_more_than_two_are_gone_through_one_by_one(talk, alice):
    for day in "二三四":
        await talk.asks(f"约李博周{day}下午3点")
    card = await talk.asks("我约的会")
    assert texts(card) == ["改第 1 个", "取消第 1 个", "下一个"]
    await alice.presses(card, "next")
    assert texts(card) == ["改第 2 个", "取消第 2 个", "下一个"]


async def test_on_a_terminal_the_list_is_json_and_nothing_is_done(talk, alice, dingtalk, sqlite_url, tmp_path):
    await talk.asks("约李博周二下午3点 讨论评审")
    path = tmp_path / "config.yaml"
    path.write_text(json.dumps(settings_of(dingtalk, sqlite_url, **ON)))
    for number, text in enumerate(["我约的会", "取消评审"]):
        found = await run(tmp_path / f"out{number}", "ask", "-c", str(path), "--as", "alice", "--json", text)
        answer = json.loads(found.stdout)
        assert (found.exit_code, answer["intent"]) == (0, "bookings")
        assert answer["meetings"] == [
            {
                "start": "2040-03-13T15:00:00+08:00",
                "end": "2040-03-13T16:00:00+08:00",
                "title": "评审",
                "people": ["alice", "bob"],
            }
        ]
    assert len(dingtalk.calendar_events) == 1


# ---------------------------------------------------------------- cancelled
@pytest.mark.parametrize("text", ["取消", "cancel"])
async def test_the_meeting_that_was_just_booked_is_cancelled_at_once(talk, dingtalk, text):
    await talk.asks("约李博周二下午3点")
    card = await talk.asks(text)
    assert card.params["title"].startswith(("已取消：周二 3/13", "Cancelled: Tue 13"))
    assert dingtalk.calendar_events == []


@pytest.mark.parametrize(
    ("text", "title", "told", "buttons"),
    [
        ("取消", "取消 周四 3/15 13:00 的会？", "1 人会收到通知", ["取消这个", "不取消"]),
        ("cancel", "Cancel the meeting, Thu 15 Mar, 1 pm?", "1 person will be told", ["Cancel it", "Keep it"]),
    ],
)
async def test_after_other_talk_the_only_meeting_ahead_is_shown_first(
    talk, alice, bob, dingtalk, text, title, told, buttons
):
    await talk.asks("约李博周四下午1点")
    await talk.asks("王芳周二下午2点有空吗")
    card = await talk.asks(text)
    assert (card.params["title"], texts(card)) == (title, buttons)
    assert told in lines(card)
    assert len(dingtalk.calendar_events) == 1
    await bob.presses(card, "cancel_this")
    assert len(dingtalk.calendar_events) == 1
    await alice.presses(card, "keep")
    assert card.params["title"].startswith(("✅ 已约", "✅ Booked"))
    card = await talk.asks(text, later=DAY)
    await alice.presses(card, "cancel_this")
    assert card.params["title"].startswith(("已取消", "Cancelled"))
    assert dingtalk.calendar_events == []
    assert (await talk.asks("我约的会")).params["title"] == "没有你约的会"


async def test_the_meeting_that_is_shown_is_cancelled_by_the_same_word_again(talk, dingtalk):
    await talk.asks("约李博周四下午1点")
    await talk.asks("取消", later=DAY)
    await talk.asks("取消")
    assert dingtalk.calendar_events == []


@pytest.mark.parametrize(
    "text", ["取消周三的会", "cancel Wednesday's meeting", "取消评审", "cancel my 2pm", "取消第2个"]
)
async def test_the_meeting_of_that_day_hour_or_title_is_shown_first(talk, text):
    await talk.asks("约李博周三下午2点 讨论评审")
    await talk.asks("约王芳周二下午3点 讨论预算")
    card = await talk.asks(text, later=timedelta(minutes=20))
    assert ("周三 3/14 14:00" in card.params["title"]) or ("Wed 14 Mar, 2 pm" in card.params["title"])


async def test_of_several_it_is_asked_which(talk, alice, dingtalk):
    await talk.asks("约李博周三下午2点")
    await talk.asks("约王芳周二下午3点")
    card = await talk.asks("取消", later=timedelta(minutes=20))
    assert (card.params["title"], texts(card)) == ("取消哪个？", ["取消第 1 个", "取消第 2 个"])
    await alice.presses(card, "cancel_2")
    assert card.params["title"] == "取消 周三 2040/3/14 14:00 的会？"
    await alice.presses(card, "cancel_this")
    assert starts(dingtalk) == ["2040-03-13T15:00"]


@pytest.mark.parametrize("text", ["取消周五的会", "cancel my 11am"])
async def test_a_meeting_that_the_bot_did_not_make_is_one_plain_line(talk, dingtalk, text):
    await talk.asks("约李博周二下午3点")
    await talk.says(text, later=timedelta(minutes=20))
    line = (await talk.chat.next_message()).text
    assert line.startswith(("这个会不是我约的，改不了", "I didn't book that one, so I can't change it"))
    assert len(dingtalk.calendar_events) == 1


async def test_not_to_cancel_cancels_nothing(talk, dingtalk):
    await talk.asks("约李博周二下午3点")
    await talk.says("不要取消")
    await dingtalk.settle()
    assert len(dingtalk.calendar_events) == 1


async def test_a_meeting_deleted_by_hand_is_said_to_be_gone_and_dropped(talk, alice, dingtalk):
    await talk.asks("约李博周二下午3点")
    alice.deletes(dingtalk.calendar_events[0])
    card = await talk.asks("取消", later=timedelta(minutes=20))
    await alice.presses(card, "cancel_this")
    assert "日历里已经没有这个会" in lines(card)
    assert (await talk.asks("我约的会")).params["title"] == "没有你约的会"


async def test_days_later_after_a_restart_in_the_private_chat(bot, start, talk, alice, dingtalk):
    await talk.asks("约李博周五下午3点 讨论评审")
    await dingtalk.settle()
    await bot.stop()
    await start(**ON)
    direct = Talk(alice, alice.direct)
    card = await direct.asks("取消", later=3 * DAY)
    assert card.params["title"] == "取消 周五 3/16 15:00「评审」？"
    await alice.presses(card, "cancel_this")
    assert dingtalk.calendar_events == []


# ---------------------------------------------------------------- moved
@pytest.mark.parametrize(
    ("text", "title", "was"),
    [
        ("改到周五下午4点", "✅ 已改到 周五 3/16 16:00–17:00", "原来是 周四 3/15 15:00"),
        ("改到4点", "✅ 已改到 周四 3/15 16:00–17:00", "原来是 周四 3/15 15:00"),
        ("改到周五", "✅ 已改到 周五 3/16 15:00–16:00", "原来是 周四 3/15 15:00"),
        ("推迟半小时", "✅ 已改到 周四 3/15 15:30–16:30", "原来是 周四 3/15 15:00"),
        ("move it to Friday 2pm", "✅ Moved to Fri 16 Mar, 2–3 pm", "Was Thu 15 Mar, 3 pm"),
        ("push it by an hour", "✅ Moved to Thu 15 Mar, 4–5 pm", "Was Thu 15 Mar, 3 pm"),
    ],
)
async def test_the_meeting_just_booked_is_moved_at_once_as_one_event(talk, dingtalk, text, title, was):
    await talk.asks("约王芳周四下午3点 讨论评审")
    [before] = dingtalk.calendar_events
    card = await talk.asks(text)
    assert card.params["title"] == title
    assert was in lines(card)
    assert "已通知 王芳" in lines(card) or "王芳 was told" in lines(card)
    [event] = dingtalk.calendar_events
    assert (event["id"], event["summary"], dingtalk.calendar_events_made) == (before["id"], "评审", 1)
    assert len(dingtalk.calls_of(CHANGE)) == 1
    assert (await talk.asks("我约的会")).params["title"] == "你约的会还有 1 个"


async def test_after_other_talk_the_move_is_shown_first(talk, alice, dingtalk):
    await talk.asks("约王芳周四下午3点")
    card = await talk.asks("把周四的会改到周五下午4点", later=timedelta(minutes=20))
    assert card.params["title"] == "还没改，请确认"
    assert "原来是 周四 3/15 15:00" in lines(card)
    assert texts(card) == ["就这样改", "换时间", "不改了"]
    assert starts(dingtalk) == ["2040-03-15T15:00"]
    await alice.presses(card, "move_this")
    assert card.params["title"] == "✅ 已改到 周五 2040/3/16 16:00–17:00"
    assert starts(dingtalk) == ["2040-03-16T16:00"]


@pytest.mark.parametrize("text", ["把周四的评审挪到周五上午", "move the 评审 to Friday morning"])
async def test_a_move_to_no_exact_time_offers_slots_and_one_of_them_moves_the_event(talk, alice, dingtalk, text):
    await talk.asks("约王芳周四下午3点 讨论评审")
    card = await talk.asks(text, later=timedelta(minutes=20))
    assert "改到什么时候？" in card.params["title"] or "to when?" in card.params["title"]
    assert "stay" in [button.verb for button in card.buttons]
    await alice.presses(card, "book_1")
    assert len(dingtalk.calendar_events) == dingtalk.calendar_events_made == 1
    assert starts(dingtalk)[0].startswith("2040-03-16T")


async def test_the_button_of_a_booked_card_moves_the_same_event_or_leaves_it(talk, alice, dingtalk):
    card = await talk.asks("约王芳周四下午3点")
    await alice.presses(card, "move")
    assert card.params["title"] == "这个会改到什么时候？"
    assert texts(card)[:3] == ["改到第 1 个", "改到第 2 个", "改到第 3 个"]
    await alice.presses(card, "stay")
    assert card.params["title"].startswith("✅ 已约")
    await alice.presses(card, "move")
    await alice.presses(card, "book_1")
    assert card.params["title"].startswith("✅ 已改到")
    assert texts(card) == ["改时间", "取消"]
    assert dingtalk.calendar_events_made == len(dingtalk.calls_of(CHANGE)) == 1


async def test_a_slot_that_is_taken_says_who_and_the_next_ones_which_move_it(talk, alice, carol, dingtalk):
    await talk.asks("约王芳周四下午3点")
    carol.calendar.busy(TUESDAY + timedelta(days=3, hours=16), TUESDAY + timedelta(days=3, hours=17))
    card = await talk.asks("改到周五下午4点")
    assert card.params["title"].startswith("⚠ 16:00 ")
    assert "王芳" in card.params["title"]
    assert "还没改。最近的全员空档：" in lines(card)
    assert starts(dingtalk) == ["2040-03-15T15:00"]
    await alice.presses(card, "book_1")
    assert len(dingtalk.calendar_events) == dingtalk.calendar_events_made == 1


@pytest.mark.parametrize("text", ["改到周五下午4点", "move the meeting to Friday 4pm"])
async def test_where_two_meetings_fit_a_move_it_is_asked_which(talk, alice, dingtalk, text):
    await talk.asks("约李博周三下午2点")
    await talk.asks("约王芳周二下午3点")
    card = await talk.asks(text, later=timedelta(minutes=20))
    assert (card.params["title"], texts(card)[:2]) in (
        ("改哪个？", ["改第 1 个", "改第 2 个"]),
        ("Move which?", ["Move 1", "Move 2"]),
    )
    assert starts(dingtalk) == ["2040-03-14T14:00", "2040-03-13T15:00"]
    await alice.presses(card, "move_2")
    await alice.presses(card, "move_this")
    assert sorted(starts(dingtalk)) == ["2040-03-13T15:00", "2040-03-16T16:00"]
    assert dingtalk.calendar_events_made == 2


async def test_moved_and_then_cancelled_after_other_talk_there_was_one_event_and_there_is_none(talk, alice, dingtalk):
    await talk.asks("约王芳周四下午3点 讨论评审")
    await talk.asks("李博周二下午2点有空吗")
    card = await talk.asks("把评审改到周五下午4点", later=timedelta(minutes=20))
    await alice.presses(card, "move_this")
    assert starts(dingtalk) == ["2040-03-16T16:00"]
    await talk.asks("王芳周二下午2点有空吗", later=timedelta(minutes=20))
    card = await talk.asks("取消评审", later=timedelta(minutes=20))
    await alice.presses(card, "cancel_this")
    assert dingtalk.calendar_events == []
    assert dingtalk.calendar_events_made == 1


async def test_nobody_moves_or_cancels_somebody_elses_meeting(bot, talk, bob, dingtalk):
    await talk.asks("约王芳周四下午3点 讨论评审")
    other = Talk(bob, talk.chat)
    for text in ("取消周四的会", "把评审改到周五下午4点", "周四的会加上李博"):
        await other.says(text, later=timedelta(minutes=20))
        line = (await talk.chat.next_message()).text
        assert line.startswith("这个会不是我约的，改不了"), text
        other.now += timedelta(minutes=20)
    assert starts(dingtalk) == ["2040-03-15T15:00"]


async def test_a_move_over_the_askers_own_meeting_is_asked_first(talk, alice, dingtalk):
    await talk.asks("约王芳周四下午3点")
    alice.calendar.busy(TUESDAY + timedelta(days=3, hours=16), TUESDAY + timedelta(days=3, hours=17))
    card = await talk.asks("改到周五下午4点")
    assert card.params["title"] == "还没改，请确认"
    assert "⚠ 你 16:00–17:00 有安排" in lines(card)
    await alice.presses(card, "move_this")
    assert starts(dingtalk) == ["2040-03-16T16:00"]


async def test_a_move_into_the_past_is_said(talk, dingtalk):
    await talk.asks("约王芳周四下午3点")
    card = await talk.asks("改到今天上午9点")
    assert "过去" in card.text
    assert starts(dingtalk) == ["2040-03-15T15:00"]


async def test_a_move_of_a_meeting_deleted_by_hand_says_that_it_is_gone(talk, alice, dingtalk):
    await talk.asks("约王芳周四下午3点")
    alice.deletes(dingtalk.calendar_events[0])
    card = await talk.asks("改到周五下午4点")
    assert card.params["title"] == "这个会已经不在日历里了"
    assert dingtalk.calendar_events_made == 1
    assert (await talk.asks("我约的会")).params["title"] == "没有你约的会"


async def test_where_events_may_not_be_changed_a_new_one_takes_its_place(talk, dingtalk):
    await talk.asks("约王芳周四下午3点 讨论评审")
    dingtalk.faults.fail(CHANGE, status=403, code="permissionDeny")
    card = await talk.asks("改到周五下午4点")
    assert card.params["title"] == "✅ 已改到 周五 3/16 16:00–17:00"
    assert starts(dingtalk) == ["2040-03-16T16:00"]
    assert dingtalk.calendar_events[0]["summary"] == "评审"


async def test_a_new_event_in_its_place_is_held_as_the_old_one_was(talk, alice, dingtalk):
    card = await talk.asks("约王芳周四下午3点 线上 讨论评审 会议室A201 提前5分钟提醒")
    await alice.presses(card, "confirm")
    [old] = dingtalk.calendar_events
    assert (old["location"], old["onlineMeetingInfo"]) == ({"displayName": "会议室A201"}, {"type": "dingtalk"})
    dingtalk.faults.fail(CHANGE, status=403, code="permissionDeny")
    await talk.asks("改到周五下午4点")
    [new] = dingtalk.calendar_events
    assert new["id"] != old["id"]
    held = ("summary", "location", "onlineMeetingInfo", "reminders")
    assert [new[name] for name in held] == [old[name] for name in held]


async def test_an_old_event_that_cannot_be_deleted_is_said_and_stays_listed(talk, dingtalk):
    await talk.asks("约王芳周四下午3点")
    dingtalk.faults.fail(CHANGE, status=403, code="permissionDeny")
    dingtalk.faults.fail(DELETE, status=400, code="invalidParameter")
    card = await talk.asks("改到周五下午4点")
    assert "⚠ 新的约好了，原来的没能取消" in lines(card)
    assert (await talk.asks("我约的会")).params["title"] == "你约的会还有 2 个"


async def test_the_old_time_is_free_and_the_new_one_busy_at_once(talk):
    await talk.asks("约王芳周四下午3点")
    await talk.asks("改到周五下午4点")
    assert "没空" in (await talk.asks("王芳周五下午4点有空吗")).text or "忙" in talk.chat.cards[-1].text
    card = await talk.asks("王芳周四下午3点有空吗")
    assert "✅" in card.text
    assert "⛔" not in card.text


# ---------------------------------------------------------------- other guests
async def test_a_guest_is_added_and_taken_off_at_once(talk, dingtalk):
    await talk.asks("约王芳周四下午3点")
    card = await talk.asks("再加上李博")
    assert card.params["title"] == "✅ 已加上 李博：周四 3/15 15:00–16:00"
    assert invited(dingtalk) == ["王芳", "李博"]
    card = await talk.asks("王芳不用来了")
    assert card.params["title"] == "✅ 已去掉 王芳：周四 3/15 15:00–16:00"
    assert invited(dingtalk) == ["李博"]
    assert dingtalk.calendar_events_made == 1


async def test_a_guest_is_added_after_other_talk_once_it_is_confirmed(talk, alice, dingtalk):
    await talk.asks("约王芳周四下午3点")
    card = await talk.asks("add 李博", later=timedelta(minutes=20))
    assert card.params["title"] == "周四 3/15 15:00 的会加上 李博？"
    assert invited(dingtalk) == ["王芳"]
    await alice.presses(card, "change_this")
    assert invited(dingtalk) == ["王芳", "李博"]


@pytest.mark.parametrize("text", ["周四的会加上李博", "add 李博 to my Thursday 3pm"])
async def test_a_guest_is_added_to_the_meeting_of_that_time(talk, alice, dingtalk, text):
    await talk.asks("约王芳周三下午3点")
    await talk.asks("约王芳周四下午3点")
    card = await talk.asks(text, later=timedelta(minutes=20))
    await alice.presses(card, "change_this")
    assert [len(event["attendees"]) for event in dingtalk.calendar_events] == [1, 2]


@pytest.mark.parametrize("text", ["remove 李博 from the 3pm", "周四那个会把李博去掉", "把李博从周四的会里去掉"])
async def test_a_guest_is_taken_off_the_meeting_of_that_time(talk, alice, dingtalk, text):
    await talk.asks("约王芳周三下午4点")
    await talk.asks("约李博王芳周四下午3点")
    card = await talk.asks(text, later=timedelta(minutes=20))
    assert "李博" in card.params["title"]
    await alice.presses(card, "change_this")
    assert [each["displayName"] for each in dingtalk.calendar_events[1]["attendees"]] == ["王芳"]
    assert len(dingtalk.calendar_events[0]["attendees"]) == 1


@pytest.mark.parametrize("text", ["push the 3pm to 5", "move my 3pm to 5pm", "把3点的挪到5点"])
async def test_a_meeting_called_by_its_hour_alone_is_moved(talk, alice, dingtalk, text):
    await talk.asks("约王芳周三下午4点")
    await talk.asks("约王芳周四下午3点")
    card = await talk.asks(text, later=timedelta(minutes=20))
    await alice.presses(card, "move_this")
    assert starts(dingtalk) == ["2040-03-14T16:00", "2040-03-15T17:00"]


async def test_the_meeting_of_that_time_is_moved_by_a_length_or_called_off(talk, alice, dingtalk):
    await talk.asks("约王芳周三下午3点")
    await talk.asks("约王芳周四下午3点")
    card = await talk.asks("把周四下午3点的会提前半小时", later=timedelta(minutes=20))
    await alice.presses(card, "move_this")
    assert starts(dingtalk)[1].endswith("14:30")
    card = await talk.asks("周三的会不开了", later=timedelta(minutes=40))
    await alice.presses(card, "cancel_this")
    assert len(dingtalk.calendar_events) == 1


async def test_whoever_is_busy_then_is_not_added(talk, bob, dingtalk):
    await talk.asks("约王芳周四下午3点")
    bob.calendar.busy(TUESDAY + timedelta(days=2, hours=15), TUESDAY + timedelta(days=2, hours=16))
    card = await talk.asks("再加上李博")
    assert card.params["title"] == "还没改：那时有人没空"
    assert "⛔ 没空：李博" in lines(card)
    assert invited(dingtalk) == ["王芳"]


async def test_whoever_was_not_invited_cannot_be_taken_off(talk, dingtalk):
    await talk.asks("约王芳周四下午3点")
    card = await talk.asks("李博不用来了")
    assert card.params["title"] == "没找到「李博」，还没改"
    assert invited(dingtalk) == ["王芳"]
