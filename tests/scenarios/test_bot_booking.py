"""Booking: by a button or in words, in the name of whoever asks, once, and never over somebody's head."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from scenario import MONDAY, PATIENT, SHORT_LEASES, on_tuesday, until

from bot.app import App

CREATE, DELETE, QUERY = "createEvent", "deleteEvent", "querySchedule"
ASK = "周二下午3点到4点有空吗"
BOOKED = "✅ 已约：周二 2040/3/13 15:00–16:00"
BOOKED_IN_WORDS = "✅ 已约：周二 3/13 15:00–16:00"
ON = {"booking": {"enabled": True, "at_once": True}}


@pytest.fixture
async def bot(start, group) -> App:
    """The bot with booking enabled."""
    return await start(**ON)


@pytest.fixture
async def card(bot, alice, bob, carol, group):
    """Bob and carol are free on Tuesday from three to four."""
    await alice.says(ASK, at=[bob, carol], to=group, created_at=MONDAY)
    return await group.next_card()


def attendees(event):
    return [event["organizer"]["displayName"], *(each["displayName"] for each in event["attendees"])]


def verbs(card):
    return [button.verb for button in card.buttons]


def busy_people(dingtalk):
    return {person.name for person in dingtalk.people if person.calendar.items}


async def test_a_slot_is_booked_by_its_button_in_the_name_of_whoever_presses(dingtalk, card, alice):
    assert card.buttons[0].text == "约在 15:00（2 人）"
    press = await alice.presses(card, "book_1")
    assert (press.code, press.timed_out) == (200, False)
    assert card.params["title"] == BOOKED
    assert "Alice Chen、李博、王芳" in card.params["markdown"]
    assert card.params["tips"].startswith("Alice Chen ")
    assert [button.text for button in card.buttons] == ["改时间", "取消"]
    [event] = dingtalk.calendar_events
    assert attendees(event) == ["Alice Chen", "李博", "王芳"]
    assert event["start"] == {"dateTime": "2040-03-13T15:00:00+08:00", "timeZone": "Asia/Shanghai"}
    assert event["summary"] == "会议"
    assert busy_people(dingtalk) == {"Alice Chen", "李博", "王芳"}


async def test_a_slot_is_booked_in_english(bot, dingtalk, alice, bob, group):
    await alice.says("is @李博 free Tue 3-4pm", at=[bob], to=group, created_at=MONDAY)
    card = await group.next_card()
    assert card.buttons[0].text == "Book 3 pm"
    await alice.presses(card, "book_1")
    assert card.params["title"] == "✅ Booked: Tue 13 Mar 2040, 3–4 pm"
    assert [button.text for button in card.buttons] == ["Move", "Cancel"]
    assert dingtalk.calendar_events[0]["summary"] == "Meeting"


async def test_somebody_else_books_for_themselves(dingtalk, card, bob):
    await bob.presses(card, "book_1")
    [event] = dingtalk.calendar_events
    assert attendees(event) == ["李博", "王芳"]
    assert dingtalk.calls_of(CREATE)[0].ids["union_id"] == bob.union_id
    assert dingtalk.calls_of(QUERY)[-1].ids["union_id"] == bob.union_id
    assert "李博 " in card.params["tips"]


async def test_calendars_are_read_anew_and_a_slot_that_was_taken_meanwhile_is_said_with_the_next_best(
    dingtalk, card, alice, bob
):
    bob.calendar.busy(on_tuesday(15.5), on_tuesday(16.5))
    await alice.presses(card, "book_1")
    assert card.params["title"] == "⚠ 15:00 刚被占用：李博 有了新安排"
    assert "还没约" in card.params["markdown"]
    assert dingtalk.calls_of(CREATE) == []
    assert verbs(card) == ["book_1", "book_2", "find"]
    await alice.presses(card, "book_1")
    assert card.params["title"].startswith("✅ 已约：")
    assert len(dingtalk.calendar_events) == 1


async def test_somebody_who_cannot_be_seen_at_the_second_look_is_not_taken_for_free(dingtalk, card, alice, bob):
    dingtalk.faults.person_error(bob)
    await alice.presses(card, "book_1")
    assert card.params["title"] == "还没约：有人现在查不到"
    assert "李博" in card.params["markdown"]
    assert dingtalk.calls_of(CREATE) == []
    dingtalk.faults.clear()
    await alice.presses(card, "book_1")
    assert card.params["title"] == BOOKED


async def test_whoever_was_unknown_from_the_start_is_invited_and_said_to_be_so(bot, dingtalk, alice, bob, carol, group):
    dingtalk.faults.person_error(carol)
    await alice.says(ASK, at=[bob, carol], to=group, created_at=MONDAY)
    card = await group.next_card()
    assert card.buttons[0].text == "约在 15:00"
    await alice.presses(card, "book_1")
    assert card.params["title"] == BOOKED
    assert "❔ 查不到：王芳\n\n也发了邀请，不知道是否有空" in card.params["markdown"]
    assert attendees(dingtalk.calendar_events[0]) == ["Alice Chen", "李博", "王芳"]


async def test_who_is_busy_in_the_slot_is_not_invited_and_named(bot, dingtalk, alice, bob, carol, group):
    dave = dingtalk.person("dave", name="赵磊")
    dave.calendar.busy(on_tuesday(15), on_tuesday(16))
    await alice.says(ASK, at=[bob, carol, dave], to=group, created_at=MONDAY)
    card = await group.next_card()
    await alice.presses(card, "book_1")
    assert "没有邀请：赵磊" in card.params["markdown"]
    assert attendees(dingtalk.calendar_events[0]) == ["Alice Chen", "李博", "王芳"]
    dave.calendar.busy(on_tuesday(-24), on_tuesday(24 * 9))
    await alice.presses(card, "move")
    assert "全员有空" in card.params["markdown"]
    assert "赵磊" not in card.params["markdown"]


async def test_a_double_click_and_a_redelivered_press_make_one_event(dingtalk, card, alice):
    dingtalk.faults.redeliver(0.01, times=2, presses=True)
    await asyncio.gather(*(alice.presses(card, "book_1") for _ in range(4)))
    await card.until(lambda card: card.params["title"] == BOOKED)
    await dingtalk.settle()
    assert card.params["title"] == BOOKED
    assert dingtalk.calendar_events_made == len(dingtalk.calls_of(CREATE)) == 1


async def test_two_people_at_once_make_one_event(dingtalk, card, alice, bob):
    await asyncio.gather(alice.presses(card, "book_1"), bob.presses(card, "book_1"))
    await card.until(lambda card: card.params["title"] == BOOKED)
    assert dingtalk.calendar_events_made == 1


async def test_two_cards_about_the_same_people_make_one_event(bot, dingtalk, alice, bob, carol, group):
    cards = []
    for who in (alice, carol):
        await who.says(ASK, at=[bob], to=group, created_at=MONDAY)
        cards.append(await group.next_card())
    await asyncio.gather(alice.presses(cards[0], "book_1"), carol.presses(cards[1], "book_1"))
    titles = sorted(card.params["title"] for card in cards)
    assert titles[1] == BOOKED
    assert titles[0].startswith("⚠ 15:00 刚被占用")
    assert dingtalk.calendar_events_made == 1


async def test_only_the_organizer_cancels(dingtalk, card, alice, bob):
    await alice.presses(card, "book_1")
    await bob.presses(card, "cancel")
    assert card.params["tips"] == "这个按钮只有本人能用"
    assert len(dingtalk.calendar_events) == 1
    await alice.presses(card, "cancel")
    assert card.params["title"] == "已取消：周二 2040/3/13 15:00–16:00"
    assert dingtalk.calendar_events == []
    assert dingtalk.calls_of(DELETE)[0].params == {"pushNotification": "true"}
    assert verbs(card) == ["find"]
    assert busy_people(dingtalk) == set()


async def test_what_was_cancelled_can_be_booked_again_as_another_event(bot, dingtalk, card, alice, bob, carol, group):
    await alice.presses(card, "book_1")
    await alice.presses(card, "cancel")
    await alice.says(ASK, at=[bob, carol], to=group, created_at=MONDAY)
    again = await group.next_card()
    await alice.presses(again, "book_1")
    assert again.params["title"] == BOOKED
    assert (len(dingtalk.calendar_events), dingtalk.calendar_events_made) == (1, 2)


async def test_an_event_that_is_gone_already_counts_as_cancelled(dingtalk, card, alice):
    await alice.presses(card, "book_1")
    dingtalk.faults.fail(DELETE, status=404, code="itemNotFound", times=1)
    await alice.presses(card, "cancel")
    assert card.params["title"].startswith("已取消")


async def test_what_could_not_be_cancelled_stays_booked(dingtalk, card, alice):
    await alice.presses(card, "book_1")
    dingtalk.faults.fail(DELETE, status=400, code="invalidParameter")
    await alice.presses(card, "cancel")
    assert card.params["title"] == "没有取消"
    assert verbs(card) == ["move", "cancel"]
    dingtalk.faults.clear()
    await alice.presses(card, "cancel")
    assert card.params["title"].startswith("已取消")


@pytest.mark.parametrize(
    ("fault", "title", "line"),
    [
        (
            lambda faults: faults.deny_scope("Calendar.Event.Write"),
            "还没约：应用缺少权限",
            "请管理员开通权限：Calendar.Event.Write",
        ),
        (
            lambda faults: faults.fail(CREATE, status=400, code="flowLimit"),
            "还没约：今天约得太多",
            "明天再约，或请别人来约",
        ),
        (
            lambda faults: faults.fail(CREATE, status=403, code="permissionDeny"),
            "还没约：有人不在应用范围内",
            "请管理员扩大应用的通讯录权限范围",
        ),
        (lambda faults: faults.fail(CREATE, status=400, code="invalidParameter"), "还没约", "钉钉拒绝了这次操作"),
    ],
)
async def test_a_refusal_says_why_and_the_same_button_works_once_it_is_gone(dingtalk, card, alice, fault, title, line):
    fault(dingtalk.faults)
    await alice.presses(card, "book_1")
    assert card.params["title"] == title
    assert line in card.params["markdown"]
    assert dingtalk.calendar_events == []
    dingtalk.faults.clear()
    await alice.presses(card, "book_1")
    assert card.params["title"] == BOOKED
    assert dingtalk.calendar_events_made == 1


@pytest.mark.parametrize("fault", ["drop_reply", "truncate"])
async def test_an_event_whose_answer_was_lost_is_made_once(dingtalk, card, alice, fault):
    getattr(dingtalk.faults, fault)(CREATE, times=2)
    await alice.presses(card, "book_1")
    await card.until(lambda card: card.params["title"] == BOOKED)
    assert dingtalk.calendar_events_made == 1


async def test_what_is_not_known_is_said_to_be_so_and_another_press_settles_it(dingtalk, card, alice):
    dingtalk.faults.drop_reply(CREATE)
    await alice.presses(card, "book_1")
    await card.until(lambda card: card.params["title"] == "不确定约上没有")
    dingtalk.faults.clear()
    await alice.presses(card, "book_1")
    await card.until(lambda card: card.params["title"] == BOOKED)
    assert dingtalk.calendar_events_made == 1


@pytest.mark.parametrize("timing", [replace(PATIENT, ack_within=0.05)], ids=["hasty"])
async def test_a_slow_event_is_acked_in_time_and_shown_later(dingtalk, card, alice):
    dingtalk.faults.hang(CREATE)
    press = await alice.presses(card, "book_1")
    assert (press.timed_out, press.code) == (False, 200)
    dingtalk.faults.clear()
    await card.until(lambda card: card.params["title"] == BOOKED)
    assert dingtalk.calendar_events_made == 1


async def test_a_button_outlives_a_restart(start, dingtalk, alice, bob, group):
    app = await start(**ON)
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    card = await group.next_card()
    await dingtalk.settle()
    await app.stop()
    await start(**ON)
    await alice.presses(card, "book_1")
    assert card.params["title"] == BOOKED


async def test_without_booking_there_is_no_button(start, group, alice, bob):
    await start()
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    assert "book_1" not in verbs(await group.next_card())


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("约周二下午3点和李博", BOOKED_IN_WORDS),
        ("约周二15:00-16:30 和李博", "✅ 已约：周二 3/13 15:00–16:30"),
        ("book Tue 3pm with 李博", "✅ Booked: Tue 13 Mar, 3–4 pm"),
    ],
)
async def test_an_exact_time_in_a_message_is_booked_at_once(bot, dingtalk, alice, bob, group, text, title):
    await alice.says(text, at=[bob], to=group, created_at=MONDAY)
    card = await group.next_card()
    assert card.params["title"] == title
    assert attendees(dingtalk.calendar_events[0]) == ["Alice Chen", "李博"]
    await alice.presses(card, "cancel")
    assert dingtalk.calendar_events == []


async def test_a_message_that_comes_twice_books_once(bot, dingtalk, alice, bob, group):
    dingtalk.faults.redeliver(0.02, times=2)
    await alice.says("约周二下午3点", at=[bob], to=group, created_at=MONDAY)
    await group.next_card()
    await dingtalk.settle()
    assert dingtalk.calendar_events_made == 1


async def test_a_message_for_a_time_that_does_not_suit_names_who_is_busy(bot, dingtalk, alice, bob, group):
    bob.calendar.busy(on_tuesday(15), on_tuesday(17))
    await alice.says("约周二下午3点", at=[bob], to=group, created_at=MONDAY)
    card = await group.next_card()
    assert card.params["title"] == "⚠ 没约上：李博 15:00 没空"
    assert dingtalk.calls_of(CREATE) == []
    await alice.presses(card, "book_1")
    assert card.params["title"].startswith("✅ 已约：")


async def test_somebody_whose_calendar_is_not_shared_is_invited_where_another_guest_is_seen(
    bot, dingtalk, alice, bob, carol, group
):
    dingtalk.faults.person_error(bob)
    await alice.says("约周二下午3点", at=[bob, carol], to=group, created_at=MONDAY)
    card = await group.next_card()
    assert card.params["title"] == BOOKED_IN_WORDS
    assert "❔ 查不到：李博" in card.params["markdown"]


async def test_where_no_guest_is_seen_the_meeting_is_shown_first_and_made_when_it_is_confirmed(
    bot, dingtalk, alice, bob, group
):
    dingtalk.faults.person_error(bob)
    await alice.says("约周二下午3点", at=[bob], to=group, created_at=MONDAY)
    card = await group.next_card()
    assert card.params["title"] == "还没约，请确认"
    assert "⚠ 查不到 李博，不知道是否有空" in card.params["markdown"]
    assert dingtalk.calls_of(CREATE) == []
    await alice.presses(card, "confirm")
    assert card.params["title"].startswith("✅ 已约：")


@pytest.mark.parametrize("text", ["约周二下午3点", "book Tue 3pm"])
async def test_a_message_without_booking_gets_who_is_free_and_one_line(start, dingtalk, alice, bob, group, text):
    await start()
    await alice.says(text, at=[bob], to=group, created_at=MONDAY)
    card = await group.next_card()
    assert any(line in card.params["markdown"] for line in ("这里没有开通预约", "Booking is off here"))
    assert "李博" in card.params["markdown"]
    assert dingtalk.calls_of(CREATE) == []


async def test_several_of_one_name_are_asked_about_before_anything_is_booked(bot, dingtalk, alice, group):
    for n in range(2):
        dingtalk.person(f"wei{n}", name="张伟")
    await alice.says("约周二下午3点和张伟", to=group, created_at=MONDAY)
    card = await group.next_card()
    assert "pick_1" in verbs(card)
    assert dingtalk.calls_of(CREATE) == []


async def by_a_press(dingtalk, alice, bob, group):
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    card = await group.next_card()
    await dingtalk.settle()
    dingtalk.faults.stall(CREATE)
    await alice.presses(card, "book_1")
    return BOOKED


async def by_a_message(dingtalk, alice, bob, group):
    dingtalk.faults.stall(CREATE)
    await alice.says("约周二下午3点", at=[bob], to=group, created_at=MONDAY)
    return BOOKED_IN_WORDS


@pytest.mark.parametrize("begin", [by_a_press, by_a_message])
async def test_a_bot_killed_between_event_and_card_books_once(launch, dingtalk, alice, bob, group, begin):
    """The event is made, its answer is lost with the process; who takes over makes the same event again."""
    timing = replace(SHORT_LEASES, ack_within=0.05)
    process = await launch(timing=timing, **ON)
    booked = await begin(dingtalk, alice, bob, group)
    await until(lambda: dingtalk.calendar_events_made)
    await process.kill()
    dingtalk.faults.clear()
    await launch(timing=timing, **ON)
    await until(lambda: [card.params["title"] for card in group.cards] == [booked])
    assert dingtalk.calendar_events_made == 1


async def test_a_slot_is_taken_and_cancelled_in_words_on_the_same_card(bot, dingtalk, alice, bob, group):
    await alice.says("帮我和李博周二找1小时", to=group, created_at=MONDAY)
    card = await group.next_card()
    second = next(line for line in card.params["markdown"].splitlines() if line.startswith("2️⃣"))
    await alice.says("订2", to=group, created_at=MONDAY)
    await card.until(lambda card: card.params["title"].startswith("✅ 已约"))
    assert card.params["title"].removeprefix("✅ 已约：").split(" 2040")[0][:2] in second
    assert attendees(dingtalk.calendar_events[0]) == ["Alice Chen", "李博"]
    await dingtalk.settle()
    await alice.says("取消", to=group, created_at=MONDAY)
    await card.until(lambda card: card.params["title"].startswith("已取消"))
    assert dingtalk.calendar_events == []
    assert len(group.cards) == 1


@pytest.mark.parametrize(
    ("text", "title", "line"),
    [
        ("订9", "没有这个选项，还没约", "可以选的是 1 到 3"),
        ("取消", "没有你约的会", ""),
    ],
)
async def test_an_order_that_means_nothing_says_so_and_takes_no_card_away(
    bot, dingtalk, alice, bob, group, text, title, line
):
    await alice.says("帮我和李博周二找1小时", to=group, created_at=MONDAY)
    found = await group.next_card()
    shown = dict(found.params)
    await alice.says(text, to=group, created_at=MONDAY)
    card = await group.next_card()
    assert card.params["title"] == title
    assert line in card.params["markdown"]
    assert found.params == shown
    assert dingtalk.calls_of(CREATE) == []


async def test_what_somebody_else_booked_is_not_cancelled_in_words(bot, dingtalk, alice, bob, group):
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    card = await group.next_card()
    await bob.presses(card, "book_1")
    await alice.says("取消", to=group, created_at=MONDAY)
    said = await group.next_card()
    assert said.params["title"] == "没有取消"
    assert "是 李博 约的，请本人取消" in said.params["markdown"]
    assert card.params["title"] == BOOKED
    assert len(dingtalk.calendar_events) == 1


async def test_a_booking_is_moved_by_whoever_made_it_as_the_same_event(dingtalk, card, alice, bob):
    await alice.presses(card, "book_1")
    [old] = dingtalk.calendar_events
    await bob.presses(card, "move")
    assert card.params["title"] == BOOKED
    await alice.presses(card, "move")
    assert verbs(card)[0] == "book_1"
    await bob.presses(card, "book_1")
    assert len(dingtalk.calendar_events) == 1
    await alice.presses(card, "book_1")
    [moved] = dingtalk.calendar_events
    assert (moved["id"], moved["start"]) != (old["id"], old["start"])
    assert moved["id"] == old["id"]
    assert card.params["title"].startswith("✅ 已改到 ")
    assert (dingtalk.calendar_events_made, dingtalk.calls_of(DELETE)) == (1, [])


async def test_an_old_event_that_could_not_be_deleted_is_named(dingtalk, card, alice):
    await alice.presses(card, "book_1")
    await alice.presses(card, "move")
    dingtalk.faults.fail("changeEvent", status=403, code="permissionDeny")
    dingtalk.faults.fail(DELETE, status=400, code="invalidParameter")
    await alice.presses(card, "book_1")
    assert "⚠ 新的约好了，原来的没能取消\n\n请在日历里删除 周二 2040/3/13 15:00–16:00" in card.params["markdown"]
    assert len(dingtalk.calendar_events) == 2
