"""Tell me when free: one private card once it is so, listed and taken back by whoever asked for it."""

from __future__ import annotations

import asyncio

import pytest
from scenario import MONDAY, TUESDAY, on_tuesday

QUERY = "querySchedule"


@pytest.fixture
def busy_tuesday(bob):
    bob.calendar.busy(on_tuesday(9), on_tuesday(18))
    return bob


async def ask(who, text, group, *, at=()):
    await who.says(text, at=list(at), to=group, created_at=MONDAY)
    return await group.next_card()


async def wait_for(who, card):
    await who.presses(card, "watch")


async def test_whoever_waits_is_told_once_and_privately(bot, dingtalk, busy_tuesday, alice, bob, group):
    card = await ask(alice, "周二什么时候有空", group, at=[bob])
    await wait_for(alice, card)
    assert "🔔 有空时私下告诉：Alice Chen" in card.params["markdown"]
    assert await bot.look_at_reminders(on_tuesday(9.5)) == 1
    bob.calendar.clear()
    bob.calendar.busy(on_tuesday(9), on_tuesday(10))
    assert await bot.look_at_reminders(on_tuesday(9.9)) == 1  # not yet free
    await bot.look_at_reminders(on_tuesday(10.01))
    told = await alice.direct.next_card()
    assert told.params["title"] == "李博 现在有空，到 12:00"
    assert await bot.look_at_reminders(on_tuesday(11)) == 0
    assert len(dingtalk.calls_of("createAndDeliver")) == 2


async def test_nobody_is_told_of_whom_cannot_be_seen(bot, dingtalk, busy_tuesday, alice, bob, group):
    card = await ask(alice, "周二什么时候有空", group, at=[bob])
    await wait_for(alice, card)
    dingtalk.faults.person_error(bob, "No permission")
    assert await bot.look_at_reminders(on_tuesday(10)) == 1
    assert len(dingtalk.calls_of("createAndDeliver")) == 1


async def test_each_of_several_is_told_and_a_second_press_waits_once(bot, busy_tuesday, alice, bob, carol, group):
    card = await ask(alice, "周二什么时候有空", group, at=[bob])
    await wait_for(alice, card)
    await wait_for(carol, card)
    await wait_for(carol, card)
    assert "有空时私下告诉：Alice Chen、王芳" in card.params["markdown"]
    bob.calendar.clear()
    assert await bot.look_at_reminders(on_tuesday(9)) == 2
    assert (await alice.direct.next_card()).params["title"] == (await carol.direct.next_card()).params["title"]


async def test_a_reminder_ends_untold_when_its_time_is_over(bot, dingtalk, busy_tuesday, alice, bob, group):
    card = await ask(alice, "周二什么时候有空", group, at=[bob])
    await wait_for(alice, card)
    before = len(dingtalk.calls_of(QUERY))
    bob.calendar.clear()
    assert await bot.look_at_reminders(on_tuesday(24)) == 1
    assert await bot.look_at_reminders(on_tuesday(25)) == 0
    assert len(dingtalk.calls_of(QUERY)) == before


async def test_reminders_are_listed_and_taken_back_by_whose_they_are(bot, busy_tuesday, alice, bob, carol, group):
    card = await ask(alice, "周二什么时候有空", group, at=[bob])
    await wait_for(alice, card)
    await alice.says("我的提醒", to=alice.direct, created_at=MONDAY)
    listed = await alice.direct.next_card()
    assert listed.params["title"] == "你有 1 个有空提醒"
    assert listed.params["markdown"] == "1️⃣ 等 李博 有空 · 到 明天 24:00"
    await carol.presses(listed, listed.button("unwatch_1").id, forged=True)
    assert "只有本人" in listed.params["tips"]
    await alice.presses(listed, "unwatch_1")
    assert listed.params["title"] == "还没设有空提醒"
    assert await bot.look_at_reminders(on_tuesday(10)) == 0


async def test_a_free_alert_names_whom_it_waits_for_and_not_its_owner(bot, busy_tuesday, alice, bob, carol, group):
    card = await ask(alice, "周二下午2点到4点和他们找1小时", group, at=[bob, carol])
    await wait_for(alice, card)
    await alice.says("我的提醒", to=alice.direct, created_at=MONDAY)
    listed = await alice.direct.next_card()
    assert "等 李博、王芳 有空" in listed.params["markdown"]
    assert "Alice" not in listed.text


async def test_waiting_is_asked_for_in_words(bot, busy_tuesday, alice, bob, group):
    card = await ask(alice, "李博周二有空时告诉我", group)
    assert "🔔 有空时私下告诉：Alice Chen" in card.params["markdown"]
    bob.calendar.clear()
    await bot.look_at_reminders(on_tuesday(9))
    assert (await alice.direct.next_card()).params["title"].startswith("李博 现在有空")


async def test_reminders_outlive_a_restart_and_are_told_once_by_two_processes(
    start, dingtalk, busy_tuesday, alice, bob, group
):
    first = await start()
    card = await ask(alice, "周二什么时候有空", group, at=[bob])
    await wait_for(alice, card)
    await dingtalk.settle()
    await first.stop()
    bob.calendar.clear()
    apps = [await start(), await start()]
    looked = await asyncio.gather(*(app.look_at_reminders(TUESDAY.replace(hour=9)) for app in apps))
    assert sum(looked) == 1
    assert (await alice.direct.next_card()).params["title"].startswith("李博 现在有空")


async def test_who_is_free_already_needs_no_reminder(bot, alice, bob, group):
    card = await ask(alice, "现在什么时候有空", group, at=[bob])
    assert "watch" not in [button.verb for button in card.buttons]


async def test_a_window_that_gets_free_is_told(bot, alice, bob, carol, group):
    bob.calendar.busy(on_tuesday(14), on_tuesday(15))
    card = await ask(alice, "周二下午2点到4点谁有空", group, at=[bob, carol])
    assert card.button("watch").text == "有空时告诉我"
    await wait_for(alice, card)
    assert await bot.look_at_reminders(on_tuesday(9)) == 1
    bob.calendar.clear()
    assert await bot.look_at_reminders(on_tuesday(10)) == 1
    assert (await alice.direct.next_card()).params["title"] == "2 人都有空"


async def test_a_common_slot_that_opens_is_told_also_where_it_was_asked_for_in_words(bot, alice, bob, carol, group):
    bob.calendar.busy(on_tuesday(9), on_tuesday(18))
    card = await ask(alice, "帮我和他们找周二下午2点到4点的一小时", group, at=[bob, carol])
    await alice.says("有空时告诉我", to=group, created_at=MONDAY)
    await card.until(lambda card: "🔔 有空时私下告诉：Alice Chen" in card.params["markdown"])
    bob.calendar.clear()
    assert await bot.look_at_reminders(on_tuesday(9)) == 1
    assert (await alice.direct.next_card()).params["title"] == "3 人共同空档 · 1 小时"


async def test_the_card_takes_back_what_it_has_noted(bot, busy_tuesday, alice, bob, carol, group):
    card = await ask(alice, "周二什么时候有空", group, at=[bob])
    await wait_for(alice, card)
    await wait_for(carol, card)
    assert "取消有空提醒" in [button.text for button in card.buttons]
    await alice.presses(card, "unwatch")
    assert "🔔 有空时私下告诉：王芳" in card.params["markdown"]
    bob.calendar.clear()
    assert await bot.look_at_reminders(on_tuesday(9)) == 1
    assert (await carol.direct.next_card()).params["title"].startswith("李博 现在有空")
    assert alice.direct.cards == []


async def test_alone_the_button_shows_that_it_was_pressed_and_takes_it_back(bot, busy_tuesday, alice, bob):
    await alice.says("李博周二什么时候有空", to=alice.direct, created_at=MONDAY)
    card = await alice.direct.next_card()
    assert "有空时告诉我" in [button.text for button in card.buttons]
    await wait_for(alice, card)
    texts = [button.text for button in card.buttons]
    assert ("取消有空提醒" in texts, "有空时告诉我" in texts) == (True, False)
    await alice.presses(card, "unwatch")
    assert "🔔" not in card.params["markdown"]
    assert "有空时告诉我" in [button.text for button in card.buttons]
    assert await bot.look_at_reminders(on_tuesday(9)) == 0
