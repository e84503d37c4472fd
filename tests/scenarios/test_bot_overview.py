"""Heat maps of a day and of a week, on the wire."""

from __future__ import annotations

import pytest
from scenario import MONDAY, crowd, on_tuesday


@pytest.fixture
async def booking_bot(start, group):
    return await start(booking={"enabled": True})


def lines(card):
    return card.params["markdown"].split("\n\n")


async def ask(who, text, group, *, at=()):
    await who.says(text, at=list(at), to=group, created_at=MONDAY)
    return await group.next_card()


@pytest.fixture
def tuesday(bob, carol):
    """A Tuesday with firm and tentative meetings."""
    bob.calendar.busy(on_tuesday(9), on_tuesday(11))
    bob.calendar.tentative(on_tuesday(15), on_tuesday(16))
    carol.calendar.busy(on_tuesday(10.5), on_tuesday(12))


async def test_a_day_is_drawn_by_person(booking_bot, dingtalk, tuesday, alice, bob, carol, group):
    sun = dingtalk.person("sun", name="孙悦")
    dingtalk.faults.person_error(sun, "No permission")
    card = await ask(alice, "明天的日程", group, at=[bob, carol, sun])
    assert card.params["title"] == "明天 · 3 人 · 周二 3/13"
    assert lines(card) == [
        "每格 1 小时：9–12 ｜ 13–18",
        "🟦有空 🟨待定 🟧没空 ⬜休息 ❔查不到",
        "🟧🟧🟦｜🟦🟦🟨🟦🟦 李博",
        "🟦🟧🟧｜🟦🟦🟦🟦🟦 王芳",
        "❔❔❔｜❔❔❔❔❔ 孙悦",
        "①⓪①｜②②①②② 有空人数",
        "查得到的人都有空：13–15 点、16–18 点",
        "❔ 查不到 1：孙悦（未开放忙闲）",
        "查不到不算有空",
    ]
    assert [button.verb for button in card.buttons] == ["book_1", "later", "week", "refresh"]
    assert card.button("book_1").text == "约在 13:00"


async def test_a_week_is_drawn_by_share_and_leads_on(bot, tuesday, alice, bob, carol, group):
    card = await ask(alice, "show this week", group, at=[bob, carol])
    assert card.params["title"] == "2 people · 12–16 Mar"
    assert "🟫🟧🟫｜🟦🟦🟫🟦🟦 Tue" in lines(card)
    assert lines(card)[-1] == "Longest all-free: Mon 1–6 pm, Wed 1–6 pm"
    await alice.presses(card, "later")
    assert card.params["title"] == "2 people · 19–23 Mar"


async def test_the_next_week_is_called_so(bot, alice, bob, carol, group):
    card = await ask(alice, "看本周忙闲", group, at=[bob, carol])
    assert card.button("later").text == "看下周"
    await alice.presses(card, "later")
    assert card.button("later").text.startswith("往后看 周一")


async def test_above_eight_people_names_come_on_demand(bot, dingtalk, alice, group):
    people = crowd(dingtalk, 12)
    people[3].calendar.busy(on_tuesday(9), on_tuesday(18))
    card = await ask(alice, "明天的日程", group, at=people)
    assert not any("同事" in line for line in lines(card))
    assert "⑪⑪⑪｜⑪⑪⑪⑪⑪ 有空人数" in lines(card)
    await alice.presses(card, "names")
    assert "🟧🟧🟧｜🟧🟧🟧🟧🟧 同事03" in lines(card)
    assert sum("同事" in line for line in lines(card)) == 12
    assert "names" not in [button.verb for button in card.buttons]


async def test_sixty_people_stay_within_a_card(bot, dingtalk, alice, group):
    card = await ask(alice, "明天的日程", group, at=crowd(dingtalk, 60))
    await alice.presses(card, "names")
    assert max(len(value.encode()) for value in card.params.values()) < 3000
    assert "还有 15 人没有列出" in lines(card)


async def test_nobody_who_can_be_seen_leaves_no_best(bot, dingtalk, alice, bob, group):
    dingtalk.faults.person_error(bob, "No permission")
    card = await ask(alice, "本周的忙闲", group, at=[bob])
    assert "🟦🟦" not in card.params["markdown"]
    assert not any(line.startswith("最") for line in lines(card))
    assert "❔ 查不到 1：李博（未开放忙闲）" in lines(card)


async def test_find_a_time_is_one_tap_from_a_week(bot, alice, bob, carol, group):
    card = await ask(alice, "本周的忙闲", group, at=[bob, carol])
    assert "find" in [button.verb for button in card.buttons]
