"""This moment, and a day that is over: answered as asked, and never with night hours as anybody's free time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from scenario import MONDAY, on_tuesday

EVENING = MONDAY.replace(hour=20, minute=27)
SATURDAY = MONDAY + timedelta(days=5)


def lines(card):
    return card.params["markdown"].split("\n\n")


def labels(card):
    return [button.text for button in card.buttons]


async def ask(who, text, group, *, at=(), now=MONDAY):
    await who.says(text, at=list(at), to=group, created_at=now)
    return await group.next_card()


@pytest.mark.parametrize(
    ("text", "title", "then"),
    [
        ("在忙吗", "李博 忙到 11:30", "之后有空：11:30–12:00、13:00–15:00"),
        ("现在有空吗", "李博 忙到 11:30", "之后有空：11:30–12:00、13:00–15:00"),
        ("is he in a meeting", "李博 is busy until 11:30 am", "Then free: 11:30 am–12 pm, 1–3 pm"),
        ("is he free right now?", "李博 is busy until 11:30 am", "Then free: 11:30 am–12 pm, 1–3 pm"),
    ],
)
async def test_who_is_in_a_meeting_is_busy_until_it_is_over(bot, alice, bob, group, text, title, then):
    bob.calendar.busy(MONDAY.replace(hour=9), MONDAY.replace(hour=10, minute=20))
    bob.calendar.busy(MONDAY.replace(hour=10, minute=20), MONDAY.replace(hour=11, minute=30))
    bob.calendar.busy(MONDAY.replace(hour=15), MONDAY.replace(hour=18))
    card = await ask(alice, text, group, at=[bob])
    assert card.params["title"] == title
    assert then in lines(card)


async def test_who_gets_out_within_the_half_hour_is_busy_until_then(bot, alice, bob, group):
    bob.calendar.busy(MONDAY.replace(hour=9), MONDAY.replace(hour=10, minute=15))
    card = await ask(alice, "现在有空吗", group, at=[bob])
    assert card.params["title"] == "李博 忙到 10:15"


@pytest.mark.parametrize(
    ("text", "title"), [("现在有空吗", "李博 现在有空，到 14:00"), ("is he free now", "李博 is free until 2 pm")]
)
async def test_who_is_free_is_free_until_their_next_meeting(bot, alice, bob, group, text, title):
    bob.calendar.busy(MONDAY.replace(hour=14), MONDAY.replace(hour=15))
    card = await ask(alice, text, group, at=[bob])
    assert card.params["title"] == title


async def test_who_has_nothing_else_is_free_until_work_ends(bot, alice, bob, group):
    assert (await ask(alice, "现在有空吗", group, at=[bob])).params["title"] == "李博 现在有空，到 18:00"


async def test_who_is_tentative_now_is_neither(bot, alice, bob, group):
    bob.calendar.tentative(MONDAY, MONDAY + timedelta(hours=1))
    assert (await ask(alice, "现在有空吗", group, at=[bob])).params["title"] == "李博 待定"


async def test_several_people_are_counted_as_ever(bot, alice, bob, carol, group):
    bob.calendar.busy(MONDAY, MONDAY + timedelta(hours=1))
    card = await ask(alice, "现在谁有空", group, at=[bob, carol])
    assert card.params["title"] == "2 人里 1 人有空"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("李博什么时候开完会", "李博 忙到 10:20"),
        ("when does 李博 get out of his meeting", "李博 is busy until 10:20 am"),
    ],
)
async def test_when_a_meeting_is_over_is_not_when_the_next_half_hour_is_free(bot, alice, bob, group, text, title):
    bob.calendar.busy(MONDAY.replace(hour=9), MONDAY.replace(hour=10, minute=20))
    bob.calendar.busy(MONDAY.replace(hour=10, minute=30), MONDAY.replace(hour=12))
    assert (await ask(alice, text, group)).params["title"] == title


async def test_who_is_in_no_meeting_is_free_now(bot, alice, bob, group):
    card = await ask(alice, "李博什么时候开完会", group)
    assert card.params["title"] == "李博 现在有空，到 12:00"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("现在谁有空", "今天已下班，先看 周二 3/13"),
        ("今天谁有空", "今天已下班，先看 周二 3/13"),
        ("谁在", "今天已下班，先看 周二 3/13"),
        ("今天谁最闲", "今天已下班，先看 周二 3/13"),
        ("who's around", "Work's over for today, here's Tue 13 Mar"),
    ],
)
async def test_after_work_the_day_is_over_and_the_next_one_is_shown(bot, alice, bob, carol, group, text, title):
    bob.calendar.busy(EVENING.replace(hour=20, minute=0), EVENING.replace(hour=21, minute=0))
    bob.calendar.busy(on_tuesday(10), on_tuesday(11))
    card = await ask(alice, text, group, at=[bob, carol], now=EVENING)
    assert card.params["title"] == title
    assert "20:" not in card.params["markdown"]
    assert "21:" not in card.params["markdown"]


async def test_what_is_shown_instead_are_the_next_hours_of_work(bot, alice, bob, carol, group):
    bob.calendar.busy(on_tuesday(9), on_tuesday(12))
    card = await ask(alice, "现在谁有空", group, at=[bob, carol], now=EVENING)
    assert lines(card)[0] == "周二 3/13 09:00–12:00（北京时间）"
    assert "⛔ 没空 1：李博 到 12:00" in lines(card)
    assert "✅ 有空 1：王芳" in lines(card)
    assert labels(card)[0] == "看今晚"
    assert not any("约" in label for label in labels(card))


async def test_this_evening_is_one_tap_away(bot, alice, bob, group):
    card = await ask(alice, "现在有空吗", group, at=[bob], now=EVENING)
    await alice.presses(card, "tonight")
    assert card.params["title"] == "李博 不在工作时间"
    assert "3/12 20:27–22:00" in lines(card)[0]


async def test_somebody_who_is_in_a_meeting_after_work_is_busy(bot, alice, bob, group):
    bob.calendar.busy(EVENING.replace(hour=20, minute=0), EVENING.replace(hour=21, minute=0))
    card = await ask(alice, "在忙吗", group, at=[bob], now=EVENING)
    assert card.params["title"] == "李博 忙到 21:00"


async def test_before_work_and_on_a_day_off_it_says_so(bot, alice, bob, group):
    early = await ask(alice, "现在有空吗", group, at=[bob], now=MONDAY.replace(hour=7))
    assert early.params["title"] == "还没上班，先看 周一 3/12"
    off = await ask(alice, "现在有空吗", group, at=[bob], now=SATURDAY)
    assert off.params["title"] == "今天休息，先看 周一 3/19"


async def test_hours_that_are_named_are_answered_after_work_too(bot, alice, bob, group):
    card = await ask(alice, "今晚9点有空吗", group, at=[bob], now=EVENING)
    assert card.params["title"] == "李博 不在工作时间"


async def test_somebody_who_is_still_at_work_elsewhere_is_answered_now(start, alice, bob, group):
    await start(people=[{"id": bob.staff_id, "timezone": "Europe/Berlin"}])
    card = await ask(alice, "现在有空吗", group, at=[bob], now=EVENING)
    assert card.params["title"] == "李博 现在有空，到 明天 01:00"
