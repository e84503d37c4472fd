"""Asking the one who stands in the way: a private card to them, and their answer on the first card."""

from __future__ import annotations

from datetime import timedelta

import pytest
from scenario import MONDAY, on_tuesday

ASK = "帮我和他们找周二下午2点到4点的60分钟"


@pytest.fixture
def blocked(alice, bob, carol):
    """Carol has something all the time, the others have nothing."""
    carol.calendar.busy(on_tuesday(13), on_tuesday(18))


async def no_slot(who, people, group, text=ASK):
    await who.says(text, at=people, to=group, created_at=MONDAY)
    return await group.next_card()


async def test_the_one_in_the_way_is_asked_privately_and_their_yes_opens_the_slot(
    bot, blocked, dingtalk, alice, bob, carol, group
):
    card = await no_slot(alice, [bob, carol], group)
    assert card.button("appeal").text == "私下问 王芳"
    await alice.presses(card, "appeal")
    assert "✉️ 已私下问 王芳：周二 2040/3/13 14:00" in card.params["markdown"]
    assert "appeal" not in [button.verb for button in card.buttons]
    letter = await carol.direct.next_card()
    assert letter.params["title"] == "Alice Chen 问：周二 2040/3/13 14:00 能不能空出来？"
    assert [button.verb for button in letter.buttons] == ["yes", "no", "other_time"]
    await carol.presses(letter, "yes")
    assert letter.params["title"] == "已回复：可以"
    assert letter.buttons == []
    await card.until(lambda card: "王芳 说 周二 2040/3/13 14:00 可以" in card.params["markdown"])
    assert "1️⃣ 周二 2040/3/13 14:00–15:00" in card.params["markdown"]


@pytest.mark.parametrize(("verb", "said"), [("no", "不行"), ("other_time", "想换个时间")])
async def test_a_no_opens_nothing(bot, blocked, alice, bob, carol, group, verb, said):
    card = await no_slot(alice, [bob, carol], group)
    await alice.presses(card, "appeal")
    await carol.presses(await carol.direct.next_card(), verb)
    await card.until(lambda card: f"王芳 说 周二 2040/3/13 14:00 {said}" in card.params["markdown"])
    assert "没有" in card.params["title"]


async def test_only_whoever_was_asked_answers(bot, blocked, alice, bob, carol, group):
    card = await no_slot(alice, [bob, carol], group)
    await alice.presses(card, "appeal")
    letter = await carol.direct.next_card()
    await bob.presses(letter, letter.button("yes").id, forged=True)
    assert letter.params["title"].startswith("Alice Chen 问")
    assert "只有本人" in letter.params["tips"]


async def test_two_who_ask_at_once_send_one_letter(bot, blocked, dingtalk, alice, bob, carol, group):
    card = await no_slot(alice, [bob, carol], group)
    appeal = card.button("appeal").id
    await alice.presses(card, appeal)
    await bob.presses(card, appeal, forged=True)
    await carol.direct.next_card()
    await dingtalk.settle()
    assert len(dingtalk.calls_of("createAndDeliver")) == 2


async def test_a_letter_that_is_refused_leaves_the_card_as_it_is(bot, blocked, dingtalk, alice, bob, carol, group):
    card = await no_slot(alice, [bob, carol], group)
    dingtalk.faults.fail("createAndDeliver", code="param.invalid", times=1)
    await alice.presses(card, "appeal")
    assert "已私下问 王芳" in card.params["markdown"]


async def test_it_is_asked_in_english(bot, blocked, alice, bob, carol, group):
    card = await no_slot(alice, [bob, carol], group, "find 60 minutes for us on Tuesday 2-4pm")
    assert card.button("appeal").text == "Ask 王芳"
    await alice.presses(card, "appeal")
    letter = await carol.direct.next_card()
    assert letter.params["title"] == "Alice Chen: free up Tue 13 Mar 2040, 2 pm?"
    await carol.presses(letter, "yes")
    await card.until(lambda card: "王芳 can make Tue 13 Mar 2040, 2 pm" in card.params["markdown"])


async def test_a_follow_up_leaves_the_card_that_somebody_was_asked_from(
    bot, blocked, dingtalk, alice, bob, carol, group
):
    card = await no_slot(alice, [bob, carol], group)
    await alice.presses(card, "appeal")
    letter = await carol.direct.next_card()
    await alice.says("那周三呢", to=group, created_at=MONDAY + timedelta(seconds=30))
    other = await group.next_card()
    assert other is not card
    await carol.presses(letter, "yes")
    await card.until(lambda card: "王芳 说 周二 2040/3/13 14:00 可以" in card.params["markdown"])
