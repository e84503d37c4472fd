"""The language and the zone of a chat, set by its people, on the wire."""

from __future__ import annotations

import pytest
from scenario import Talk, on_tuesday


@pytest.fixture
def here(alice, group):
    return Talk(alice, group)


def lines(card):
    return card.params["markdown"].split("\n\n")


async def test_answers_come_in_the_language_that_was_set(bot, here, bob):
    card = await here.asks("用英文")
    assert card.params["title"] == "Answers in English"
    assert lines(card)[:2] == ["Language: English", "set by Alice Chen, today"]
    asked = await here.asks("周二下午2点到4点谁有空", bob)
    assert asked.params["title"] == "李博 is free"
    card = await here.asks("speak Chinese")
    assert card.params["title"] == "以后用中文回答"
    assert (await here.asks("who's free Tue 2-4pm", bob)).params["title"] == "李博 有空"


async def test_times_are_read_and_shown_in_the_zone_that_was_set(bot, here, bob):
    bob.calendar.busy(on_tuesday(13), on_tuesday(14))
    card = await here.asks("时区 东京")
    assert card.params["title"] == "时区改为 东京时间"
    assert lines(card)[1] == "时区：东京时间 · Alice Chen 今天 设置"
    asked = await here.asks("周二下午2点到3点谁有空", bob)
    assert "（东京时间）" in asked.params["markdown"]
    assert asked.params["title"].startswith("李博 忙到 15:00")  # 14:00 there is 13:00 here


async def test_a_setting_is_taken_back_by_whoever_set_it(bot, here, alice, bob):
    card = await here.asks("timezone Tokyo")
    await bob.presses(card, "undo")
    assert card.params["tips"] == "Only the person it's for can press this"
    await alice.presses(card, "undo")
    assert card.params["title"] == "Undone"
    assert "Time zone: Beijing" in lines(card)
    assert card.buttons == []


async def test_a_zone_that_nobody_knows_is_said_with_examples(bot, here):
    card = await here.asks("时区 火星")
    assert card.params["title"] == "没有「火星」这个时区"
    assert lines(card)[0] == "例如：时区 东京 · 时区 Europe/Berlin"
    assert "时区：北京时间" in lines(card)


async def test_settings_are_shown(bot, here):
    assert (await here.asks("设置")).params["title"] == "这个群的设置"
    card = await here.asks("settings")
    assert lines(card)[:2] == ["Language: as you ask", "Time zone: Beijing"]


async def test_what_people_set_goes_before_the_configuration_of_the_chat(start, here, bob):
    await start(chats=[{"id": "cidDesign==", "locale": "zh", "timezone": "Europe/Berlin"}])
    assert lines(await here.asks("settings"))[:2] == ["语言：中文", "时区：柏林时间"]
    await here.asks("用英文，时区东京")
    assert lines(await here.asks("设置"))[2:4] == ["Time zone: Tokyo", "set by Alice Chen, today"]


async def test_each_questions_own_language_can_come_back(bot, here, bob):
    await here.asks("用英文")
    await here.asks("language auto")
    assert (await here.asks("周二下午2点到4点谁有空", bob)).params["title"] == "李博 有空"


async def test_a_setting_is_for_one_chat_and_outlives_a_restart(start, here, alice):
    app = await start()
    await here.asks("speak English")
    await app.stop()
    await start()
    assert (await here.asks("设置")).params["title"] == "This group's settings"
    assert (await Talk(alice, alice.direct).asks("设置")).params["title"] == "你的设置"
