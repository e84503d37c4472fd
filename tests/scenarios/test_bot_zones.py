"""People who work by clocks and hours of their own, as cards show them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from scenario import MONDAY, line_of

PEOPLE = [
    {"id": "bob", "timezone": "Europe/Berlin"},
    {"id": "carol", "working_time": {"start": "11:00", "end": "20:00"}},
]


@pytest.fixture
async def bot(start, group):
    return await start(people=PEOPLE)


@pytest.fixture
def asks(alice, bob, carol, group):
    """Alice asks about Bob in Berlin and Carol, who starts late."""

    async def go(text):
        await alice.says(text, at=[alice, bob, carol], to=group, created_at=MONDAY)
        return await group.next_card()

    return go


async def test_who_sleeps_is_outside_working_time_with_their_clock(bot, asks):
    card = await asks("周二上午9点到10点谁有空")
    assert card.params["title"] == "3 人里 1 人有空"
    assert line_of(card, "李博") == "⬜ 非工作时间 2：李博（柏林时间 02:00）、王芳"
    assert "💡" not in card.params["markdown"]


async def test_their_clock_is_written_in_english_too(bot, asks):
    card = await asks("who's free Tue 9-10am")
    assert line_of(card, "李博") == "⬜ Outside working hours 2: 李博 (Berlin 2 am), 王芳"


async def test_the_evening_of_a_chat_is_working_time_elsewhere(bot, asks):
    card = await asks("周二晚上7点到8点谁有空")
    assert line_of(card, "李博") == "✅ 有空 2：李博、王芳"
    assert line_of(card, "Alice") == "⬜ 非工作时间 1：Alice Chen"


async def test_a_heat_map_shows_everybodys_own_working_time(bot, asks):
    card = await asks("明天的日程")
    rows = card.params["markdown"].split("\n\n")
    assert "⬜⬜⬜｜⬜⬜⬜🟦🟦 李博" in rows
    assert "⬜⬜🟦｜🟦🟦🟦🟦🟦 王芳" in rows
    week = await asks("下周的日程")
    assert "🟫🟫🟩｜🟩🟩🟩🟦🟦 周一" in week.params["markdown"].split("\n\n")


async def test_a_day_off_abroad_is_the_day_there(start, dingtalk, alice, group):
    dan = dingtalk.person("dan", name="丹", zone="America/Los_Angeles")
    dan.calendar.all_day(MONDAY.date() + timedelta(days=1))
    await start(people=[{"id": "dan", "timezone": "America/Los_Angeles"}])
    await alice.says("周三上午9点到10点有空吗", at=[dan], to=group, created_at=MONDAY)
    card = await group.next_card()
    assert line_of(card, "丹").startswith("⛔ 没空 1：丹")
    await alice.says("周四上午9点到10点有空吗", at=[dan], to=group, created_at=MONDAY)
    assert not line_of(await group.next_card(), "丹").startswith("⛔")
