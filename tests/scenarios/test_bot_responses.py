"""What guests replied: looked at by a press and once before the start; a decline comes with the next time for all."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest
from scenario import TUESDAY, Talk, run, settings_of

READ, QUERY, CHANGE, CREATE = "getEvent", "querySchedule", "changeEvent", "createEvent"
ON = {"booking": {"enabled": True, "at_once": True, "replies": True}}
OFF = {"booking": {"enabled": True, "at_once": True}}
THURSDAY = TUESDAY + timedelta(days=2)
LOOK = THURSDAY + timedelta(hours=13)
"""Two hours before the meeting of these tests, Thursday at three."""


@pytest.fixture
async def bot(start, group):
    """The bot with booking and replies on, and everybody in its index."""
    app = await start(**ON)
    await app.refresh_index()
    return app


@pytest.fixture
def talk(bot, alice, group):
    return Talk(alice, group)


@pytest.fixture
def private(bot, alice):
    return Talk(alice, alice.direct)


def texts(card):
    return [button.text for button in card.buttons]


def lines(card):
    return card.params["markdown"].split("\n\n")


def starts(dingtalk):
    return [event["start"]["dateTime"][:16] for event in dingtalk.calendar_events]


async def told(alice):
    """The private card, the only one."""
    return await alice.direct.next_card()


# ---------------------------------------------------------------- when asked
@pytest.mark.parametrize(
    ("text", "counts", "read", "button"),
    [
        ("约他们周四下午3点 讨论评审", "1 人接受 · 1 人没回复", "查看", "查看回复"),
        ("book Thu 3pm with them about the review", "1 accepted · 1 no reply", "Checked", "Replies"),
    ],
)
async def test_the_card_says_how_many_replied_what(talk, alice, bob, carol, dingtalk, text, counts, read, button):
    card = await talk.asks(text, bob, carol)
    assert texts(card)[2] == button
    bob.replies(dingtalk.calendar_events[0], "accepted")
    await alice.presses(card, "responses")
    assert card.params["title"].endswith((" 评审", " review"))
    assert card.params["title"].startswith("✅")
    assert lines(card) == [counts]  # in a group nobody by name
    assert read in card.params["tips"]
    assert texts(card)[2] == button
    assert len(dingtalk.calls_of(READ)) == 1


async def test_in_the_private_chat_it_says_who(private, alice, bob, carol, dingtalk):
    card = await private.asks("约李博王芳周四下午3点")
    [event] = dingtalk.calendar_events
    bob.replies(event, "accepted")
    carol.replies(event, "tentative")
    await alice.presses(card, "responses")
    assert lines(card) == ["1 人接受 · 1 人待定", "✅ 接受 1：李博", "🟡 待定 1：王芳"]


async def test_nobody_but_the_organizer_looks(talk, bob, dingtalk):
    card = await talk.asks("约李博王芳周四下午3点")
    await bob.presses(card, card.button("responses").id, forged=True)
    assert dingtalk.calls_of(READ) == []


async def test_off_there_is_no_button_and_nothing_is_read(start, group, alice, bob, dingtalk):
    app = await start(**OFF)
    await app.refresh_index()
    card = await Talk(alice, group).asks("约李博周四下午3点")
    assert texts(card) == ["改时间", "取消"]
    bob.replies(dingtalk.calendar_events[0], "declined")
    assert await app.look_at_responses(LOOK) == 0
    assert dingtalk.calls_of(READ) == []


async def test_my_meetings_has_the_button_and_who_declined_by_what_was_read_last(talk, alice, bob, carol, dingtalk):
    await talk.asks("约李博王芳周四下午3点 讨论评审")
    card = await talk.asks("我约的会")
    assert texts(card) == ["改第 1 个", "取消第 1 个", "第 1 个的回复"]
    carol.replies(dingtalk.calendar_events[0], "declined")
    await alice.presses(card, "responses_1")
    assert lines(card) == ["1 人拒绝 · 1 人没回复"]
    reads = len(dingtalk.calls_of(READ))
    card = await talk.asks("我约的会")
    assert "李博、王芳 · 1 人拒绝" in lines(card)
    assert len(dingtalk.calls_of(READ)) == reads


async def test_the_list_on_a_terminal_says_who_replied_what_when_that_was_read(
    private, alice, bob, dingtalk, sqlite_url, tmp_path
):
    card = await private.asks("约李博王芳周四下午3点 讨论评审")
    bob.replies(dingtalk.calendar_events[0], "accepted")
    await alice.presses(card, "responses")
    path = tmp_path / "config.yaml"
    path.write_text(json.dumps(settings_of(dingtalk, sqlite_url, **ON)))
    found = await run(tmp_path / "out", "ask", "-c", str(path), "--as", "alice", "--json", "我约的会")
    [meeting] = json.loads(found.stdout)["meetings"]
    replies = meeting["replies"]
    assert (replies["accepted"], replies["declined"], replies["silent"]) == (["bob"], [], ["carol"])
    assert replies["read_at"].endswith("+08:00")


# ---------------------------------------------------------------- what cannot be read
@pytest.mark.parametrize(
    ("fault", "title", "line"),
    [
        (lambda d: d.faults.deny_scope("Calendar.Event.Read"), "没查到回复：应用缺少权限", "Calendar.Event.Read"),
        (lambda d: d.faults.fail(READ, status=400, code="invalidParameter"), "没查到回复", "请稍后再试"),
        (lambda d: d.faults.truncate(READ), "没查到回复", "请稍后再试"),
        (lambda d: d.faults.quota_gone(), "没查到回复：本月额度已用完", "下个月再试"),
    ],
    ids=["scope", "refused", "garbled", "quota"],
)
async def test_what_cannot_be_read_is_one_clear_line_and_the_meeting_stays(talk, alice, dingtalk, fault, title, line):
    card = await talk.asks("约李博王芳周四下午3点")
    fault(dingtalk)
    await alice.presses(card, "responses")
    assert card.params["title"] == title
    assert line in card.text
    assert texts(card) == ["改时间", "取消", "查看回复"]
    dingtalk.faults.clear()
    await alice.presses(card, "responses")
    assert lines(card) == ["2 人没回复"]


async def test_an_event_deleted_by_hand_is_said_to_be_gone(talk, alice, dingtalk):
    card = await talk.asks("约李博王芳周四下午3点")
    alice.deletes(dingtalk.calendar_events[0])
    await alice.presses(card, "responses")
    assert card.params["title"] == "这个会已经不在日历里了"
    assert (await talk.asks("我约的会")).params["title"] == "没有你约的会"


async def test_an_event_moved_by_hand_is_shown_where_it_is(talk, alice, dingtalk):
    card = await talk.asks("约李博王芳周四下午3点")
    friday = THURSDAY + timedelta(days=1, hours=10)
    alice.moves(dingtalk.calendar_events[0], friday, friday + timedelta(hours=1))
    await alice.presses(card, "responses")
    assert "周五" in card.params["title"]
    assert "10:00–11:00" in card.params["title"]


# ---------------------------------------------------------------- a decline
async def test_a_decline_brings_the_organizer_the_next_time_and_taking_it_moves_the_one_event(
    talk, alice, bob, carol, dingtalk
):
    card = await talk.asks("约李博王芳周四下午3点 讨论评审")
    [event] = dingtalk.calendar_events
    carol.replies(event, "declined")
    carol.calendar.busy(THURSDAY + timedelta(hours=15), THURSDAY + timedelta(hours=17))
    await alice.presses(card, "responses")
    assert lines(card) == ["1 人拒绝 · 1 人没回复"]
    letter = await told(alice)
    assert letter.params["title"] == "王芳 拒绝了 3/15 15:00「评审」"
    assert lines(letter)[1:] == ["大家都有空的下一个：周四 2040/3/15 17:00", "没回复：李博"]
    assert texts(letter) == ["改到 17:00", "改时间", "不改了"]
    await alice.presses(letter, "take")
    assert letter.params["title"] == "✅ 已改到 周四 2040/3/15 17:00–18:00"
    assert starts(dingtalk) == ["2040-03-15T17:00"]
    assert (dingtalk.calendar_events[0]["id"], dingtalk.calendar_events_made) == (event["id"], 1)
    await alice.presses(letter, "responses")  # DingTalk keeps the reply to the time before
    assert lines(letter)[0] == "1 人拒绝 · 1 人没回复"
    carol.replies(event["id"], "accepted")
    await alice.presses(letter, "responses")
    assert len(alice.direct.cards) == 1
    carol.replies(event["id"], "declined")
    await alice.presses(letter, "responses")
    assert len(alice.direct.cards) == 2


async def test_where_dingtalk_asks_anew_after_a_move_everybody_is_silent_again(talk, alice, carol, dingtalk):
    dingtalk.faults.reset_replies()
    card = await talk.asks("约王芳周四下午3点")
    carol.replies(dingtalk.calendar_events[0], "declined")
    await alice.presses(card, "responses")
    letter = await told(alice)
    await alice.presses(letter, "take")
    await alice.presses(letter, "responses")
    assert lines(letter)[0] == "1 人没回复"
    assert (await talk.asks("我约的会")).params["markdown"].endswith("王芳")


async def test_looking_again_tells_of_the_same_decline_once_and_of_another_one_too(talk, alice, bob, carol, dingtalk):
    card = await talk.asks("约李博王芳周四下午3点")
    [event] = dingtalk.calendar_events
    carol.replies(event, "declined")
    await alice.presses(card, "responses")
    letter = await told(alice)
    await alice.presses(letter, "stay")
    assert letter.params["title"].startswith("✅ 已约")
    await alice.presses(card, "responses")
    assert len(alice.direct.cards) == 1
    assert letter.params["title"].startswith("✅ 已约")
    bob.replies(event, "declined")
    await alice.presses(card, "responses")
    second = await alice.direct.next_card()
    assert second.params["title"].startswith("李博 拒绝了")
    assert len(alice.direct.cards) == 2


async def test_without_a_time_for_all_it_says_so_and_offers_the_search(talk, alice, carol, dingtalk):
    card = await talk.asks("约王芳周四下午3点")
    carol.replies(dingtalk.calendar_events[0], "declined")
    carol.calendar.busy(THURSDAY, THURSDAY + timedelta(days=14))
    await alice.presses(card, "responses")
    letter = await told(alice)
    assert lines(letter)[1] == "五个工作日内没有大家都有空的时间"
    assert texts(letter) == ["改时间", "不改了"]


async def test_whoever_cannot_be_seen_is_not_taken_for_free(talk, alice, bob, carol, dingtalk):
    card = await talk.asks("约李博王芳周四下午3点")
    carol.replies(dingtalk.calendar_events[0], "declined")
    dingtalk.faults.person_error(bob, "No permission")
    await alice.presses(card, "responses")
    letter = await told(alice)
    assert any(line.startswith(("除了查不到的，下一个", "大家都有空的下一个")) for line in lines(letter))


# ---------------------------------------------------------------- once before the start
async def test_two_hours_before_the_start_it_is_looked_at_once_in_the_organizers_name(
    bot, talk, alice, bob, carol, dingtalk
):
    card = await talk.asks("约李博王芳周四下午3点 讨论评审")
    carol.replies(dingtalk.calendar_events[0], "declined")
    assert await bot.look_at_responses(LOOK - timedelta(minutes=1)) == 0
    assert await bot.look_at_responses(LOOK) == 1
    letter = await told(alice)
    assert letter.params["title"] == "王芳 拒绝了 周四 15:00「评审」"
    assert lines(card) == ["1 人拒绝 · 1 人没回复"]
    assert await bot.look_at_responses(LOOK + timedelta(hours=1)) == 0
    [read], asked = dingtalk.calls_of(READ), dingtalk.schedules_asked()[-1]
    assert read.ids["union_id"] == asked.asker == alice.union_id
    assert set(asked.people) == {alice.union_id, bob.union_id, carol.union_id}
    await alice.presses(letter, "take")
    assert len(dingtalk.calendar_events) == dingtalk.calendar_events_made == 1


async def test_where_nobody_declined_only_the_card_of_the_meeting_changes(bot, talk, alice, bob, dingtalk):
    card = await talk.asks("约李博周四下午3点")
    bob.replies(dingtalk.calendar_events[0], "accepted")
    assert await bot.look_at_responses(LOOK) == 1
    assert lines(card) == ["1 人接受"]
    assert alice.direct.cards == []


async def test_a_card_that_shows_something_else_by_now_is_left_alone(bot, talk, alice, carol, dingtalk):
    card = await talk.asks("约王芳周四下午3点")
    carol.replies(dingtalk.calendar_events[0], "declined")
    await alice.presses(card, "move")
    shown = card.params["title"]
    assert await bot.look_at_responses(LOOK) == 1
    await told(alice)
    assert card.params["title"] == shown


@pytest.mark.parametrize(
    ("text", "before", "at"),
    [
        ("约王芳周四上午9点半", THURSDAY - timedelta(hours=6, minutes=31), THURSDAY - timedelta(hours=6, minutes=30)),
        ("约王芳周四下午2点半", THURSDAY + timedelta(hours=11, minutes=29), THURSDAY + timedelta(hours=11, minutes=30)),
    ],
    ids=["in the morning", "after lunch"],
)
async def test_out_of_the_organizers_hours_it_is_looked_at_before_they_end(bot, talk, dingtalk, text, before, at):
    await talk.asks(text)
    assert await bot.look_at_responses(before) == 0
    assert await bot.look_at_responses(at) == 1


async def test_a_meeting_that_was_moved_is_looked_at_before_its_new_time(bot, talk, dingtalk):
    await talk.asks("约王芳周四下午3点")
    await talk.asks("改到周五下午4点")
    assert await bot.look_at_responses(LOOK + timedelta(minutes=1)) == 0
    assert await bot.look_at_responses(LOOK + timedelta(days=1, hours=1)) == 1


async def test_a_meeting_that_was_cancelled_or_is_over_is_not_read(bot, talk, dingtalk):
    await talk.asks("约王芳周四下午3点")
    await talk.asks("取消")
    await talk.asks("约王芳周三下午3点")
    assert await bot.look_at_responses(LOOK) == 1
    assert dingtalk.calls_of(READ) == []


async def test_a_look_that_fails_is_tried_again_later(bot, talk, alice, carol, dingtalk):
    await talk.asks("约王芳周四下午3点")
    carol.replies(dingtalk.calendar_events[0], "declined")
    dingtalk.faults.fail(READ, status=400, code="invalidParameter")
    assert await bot.look_at_responses(LOOK) == 1
    dingtalk.faults.clear()
    assert await bot.look_at_responses(LOOK + timedelta(minutes=1)) == 0
    assert await bot.look_at_responses(LOOK + timedelta(minutes=15)) == 1
    await told(alice)


async def test_two_processes_look_once_and_tell_once(start, group, alice, carol, dingtalk):
    apps = [await start(**ON), await start(**ON)]
    await apps[0].refresh_index()
    await Talk(alice, group).asks("约王芳周四下午3点")
    carol.replies(dingtalk.calendar_events[0], "declined")
    looked = await asyncio.gather(*(app.look_at_responses(LOOK) for app in apps))
    assert sum(looked) == 1
    await told(alice)
    await dingtalk.settle()
    assert len(alice.direct.cards) == len(dingtalk.calls_of(READ)) == 1
