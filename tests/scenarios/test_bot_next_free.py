"""When somebody is next free: the next stretch in working time and the one after, on the wire."""

from __future__ import annotations

from datetime import timedelta

import pytest
from scenario import MONDAY, on_tuesday

QUERY = "querySchedule"


@pytest.fixture
async def booking_bot(start, group):
    return await start(booking={"enabled": True})


def lines(card):
    return card.params["markdown"].split("\n\n")


async def ask(who, text, group, *, at=(), now=MONDAY):
    await who.says(text, at=list(at), to=group, created_at=now)
    return await group.next_card()


async def test_a_busy_person_is_said_to_be_free_from(bot, alice, bob, group):
    bob.calendar.busy(MONDAY, MONDAY + timedelta(minutes=90))
    card = await ask(alice, "什么时候有空", group, at=[bob])
    assert card.params["title"] == "李博 现在没空，11:30 起有空"
    assert lines(card)[:5] == [
        "今天 周一 3/12 · 现在 10:00",
        "🟧🟧🟧🟦⬜⬜🟦🟦🟦🟦 10:00–15:00",
        "🟦🟦🟦🟦🟦🟦 15:00–18:00",
        "今天 11:30–12:00 有空，30 分钟",
        "再往后：今天 13:00–18:00",
    ]


@pytest.mark.parametrize("text", ["什么时候有空", "今天什么时候有空"])
@pytest.mark.parametrize("freed", [-60, 1])
async def test_between_marks_of_the_clock_too_whoever_is_free_is_free_now(bot, alice, bob, group, text, freed):
    bob.calendar.busy(MONDAY - timedelta(hours=2), MONDAY + timedelta(minutes=freed))
    card = await ask(alice, text, group, at=[bob], now=MONDAY + timedelta(minutes=3))
    assert card.params["title"] == "李博 现在有空，到 12:00"


async def test_a_free_person_is_said_to_be_free_until_in_english(bot, alice, bob, group):
    bob.calendar.busy(MONDAY.replace(hour=14), MONDAY.replace(hour=16))
    card = await ask(alice, "when is he next free", group, at=[bob], now=MONDAY.replace(hour=13))
    assert card.params["title"] == "李博 is free until 2 pm"
    assert lines(card)[2:4] == ["Free today 1–2 pm (1 hour)", "Then: today 4–6 pm"]


async def test_another_day_does_not_show_today_as_unknown(bot, alice, bob, group):
    card = await ask(alice, "除了上午，周四什么时候有空", group, at=[bob])
    assert card.params["title"] == "李博 周四 3/15 13:00 起有空"
    assert "❔" not in card.params["markdown"]


async def test_a_stretch_must_be_as_long_as_was_asked(bot, alice, bob, group):
    bob.calendar.busy(MONDAY, MONDAY.replace(hour=17, minute=30))
    bob.calendar.busy(on_tuesday(9), on_tuesday(10.5))
    card = await ask(alice, "接下来什么时候有空，要一个小时", group, at=[bob])
    assert card.params["title"] == "李博 明天 10:30 起有空"


async def test_tentative_time_is_not_free_time(bot, alice, bob, group):
    bob.calendar.tentative(MONDAY, MONDAY.replace(hour=18))
    card = await ask(alice, "什么时候有空", group, at=[bob])
    assert card.params["title"] == "李博 明天 09:00 起有空"
    assert "🟨🟨🟨🟨" in lines(card)[1]


async def test_who_cannot_be_seen_is_never_said_to_be_free(bot, dingtalk, alice, bob, group):
    dingtalk.faults.person_error(bob, "No permission")
    card = await ask(alice, "什么时候有空", group, at=[bob])
    assert card.params["title"] == "查不到忙闲，不代表有空"
    assert "❔ 查不到 1：李博（未开放忙闲）" in lines(card)
    assert "有空时" not in card.params["markdown"]


async def test_with_nothing_free_it_says_until_when_it_looked(bot, alice, bob, group):
    bob.calendar.all_day(MONDAY.date(), days=30)
    card = await ask(alice, "什么时候有空", group, at=[bob])
    assert card.params["title"] == "李博 到 周一 3/26 都没有空档"


async def test_several_people_are_free_where_all_who_can_be_seen_are(booking_bot, dingtalk, alice, bob, carol, group):
    bob.calendar.busy(MONDAY, MONDAY.replace(hour=12))
    dingtalk.faults.person_error(carol, "No permission")
    dan = dingtalk.person("dan", name="丁丹")
    dan.calendar.busy(MONDAY, MONDAY.replace(hour=15))
    card = await ask(alice, "什么时候有空", group, at=[bob, carol, dan])
    assert card.params["title"] == "2 人今天 15:00 起都有空"
    assert "❔ 查不到 1：王芳（未开放忙闲）" in lines(card)
    assert card.button("book_1").text == "约在 15:00"


async def test_it_costs_one_reading_and_one_card_and_the_day_one_reading_more(bot, dingtalk, alice, bob, group):
    await ask(alice, "现在有空吗", group, at=[bob])
    before = len(dingtalk.calls_of(QUERY)), len(dingtalk.calls_of("createAndDeliver"))
    card = await ask(alice, "什么时候有空", group, at=[bob])
    assert (len(dingtalk.calls_of(QUERY)) - before[0], len(dingtalk.calls_of("createAndDeliver")) - before[1]) == (1, 1)
    await alice.presses(card, "day")
    assert card.params["title"] == "李博 · 周一 2040/3/12"  # pressed long before that day
