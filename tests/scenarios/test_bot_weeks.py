"""Several days: stretches stand with their day, never as a sum, and one colour means one thing on every map."""

from __future__ import annotations

import pytest
from scenario import MONDAY, on_tuesday

NINE_TO_SIX = [(9, 12), (13, 18)]


def lines(card):
    return card.params["markdown"].split("\n\n")


async def ask(who, text, group, *, at=(), now=MONDAY):
    await who.says(text, at=list(at), to=group, created_at=now)
    return await group.next_card()


def fill(person, *days):
    """Busy throughout the working time of these days, counted from this Monday."""
    for day in days:
        for start, end in NINE_TO_SIX:
            person.calendar.busy(on_tuesday(24 * (day - 1) + start), on_tuesday(24 * (day - 1) + end))


@pytest.mark.parametrize(
    ("text", "said", "map_says"),
    [
        ("下周有空吗", "🟡 部分有空 1：李博", "🟦有空 🟨待定 🟧没空 ⬜休息 ❔查不到"),
        ("is he free next week", "🟡 Partly free 1: 李博", "🟦free 🟨maybe 🟧busy ⬜off ❔unknown"),
    ],
)
async def test_a_week_of_one_person_is_their_map(bot, alice, bob, group, text, said, map_says):
    fill(bob, 7, 8, 9)
    bob.calendar.tentative(on_tuesday(9 + 24 * 9), on_tuesday(12 + 24 * 9))
    card = await ask(alice, text, group, at=[bob])
    text = card.params["markdown"]
    assert said in text
    assert map_says in lines(card)
    assert "🟧🟧🟧｜🟧🟧🟧🟧🟧" in text
    assert "🟨🟨🟨｜🟦🟦🟦🟦🟦" in text
    assert "h free" not in text
    assert "小时" not in text.replace("每格 1 小时", "")


async def test_stretches_of_several_days_have_their_day(bot, alice, bob, carol, group):
    fill(bob, 1, 2)
    fill(carol, 0, 1, 2)
    carol.calendar.busy(on_tuesday(9 + 48), on_tuesday(17 + 48))
    card = await ask(alice, "周二到周四有空吗", group, at=[bob, carol])
    assert "周四" in card.params["markdown"]
    assert "27 h" not in card.params["markdown"]
    assert "共空" not in card.params["markdown"]


async def test_the_best_part_of_a_week_has_its_day(bot, alice, bob, carol, group):
    fill(bob, 0, 1, 2, 3)
    fill(carol, 0, 2, 3)
    bob.calendar.busy(on_tuesday(9 + 72), on_tuesday(16 + 72))
    card = await ask(alice, "本周谁有空", group, at=[bob, carol])
    [best] = [line for line in lines(card) if line.startswith("💡")]
    assert best == "💡 周五 3/16 16:00–18:00 有 2 人有空"


async def test_the_overview_of_one_person_has_their_colours(bot, alice, bob, group):
    bob.calendar.tentative(on_tuesday(9), on_tuesday(12))
    fill(bob, 2)
    card = await ask(alice, "本周的日程", group, at=[bob])
    assert card.params["title"] == "李博 的忙闲 · 3/12–3/16"
    assert "每格 1 小时：9–12 ｜ 13–18" in lines(card)
    assert "🟨🟨🟨｜🟦🟦🟦🟦🟦 周二" in lines(card)
    assert "🟧🟧🟧｜🟧🟧🟧🟧🟧 周三" in lines(card)


async def test_a_team_week_is_drawn_by_share(bot, alice, bob, carol, group):
    fill(bob, 1)
    fill(carol, 1, 2)
    card = await ask(alice, "看下本周的忙闲", group, at=[bob, carol])
    assert "🟦全员 🟩过半 🟫一半及以下 🟧没人" in lines(card)
    assert "🟧🟧🟧｜🟧🟧🟧🟧🟧 周二" in lines(card)
    assert "🟫🟫🟫｜🟫🟫🟫🟫🟫 周三" in lines(card)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("下周哪天最空", "周四 3/22 最有空"),
        ("which day next week are they most free", "Thu 22 Mar is best"),
        ("which day is best next week", "Thu 22 Mar is best"),
    ],
)
async def test_which_day_is_answered_with_a_day(bot, alice, bob, carol, group, text, title):
    fill(bob, 7, 8, 9, 11)
    fill(carol, 7, 8, 9, 11)
    card = await ask(alice, text, group, at=[bob, carol])
    assert card.params["title"] == title
