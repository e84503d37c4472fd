"""Answers that take long: one card at once that says what is being checked, and then the answer in its place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from scenario import ASK, ASK_EN, MONDAY, PATIENT, until, verdict_lines

AT_ONCE = replace(PATIENT, interim_after=0)
DELIVER, UPDATE, QUERY = "createAndDeliver", "instances.update", "querySchedule"


@pytest.fixture
async def hasty(start, group):
    """The bot, taking every answer for a slow one."""
    return await start(timing=AT_ONCE)


async def test_a_slow_answer_is_announced_and_takes_its_place(hasty, dingtalk, alice, bob, carol, group):
    dingtalk.faults.hang(QUERY)
    await alice.says(ASK, at=[bob, carol], to=group, created_at=MONDAY)
    card = await group.next_card()
    assert (card.params["title"], card.params["markdown"], card.buttons) == ("正在查 2 人…", "", [])
    assert card.preview["ZH_CN"] == "正在查 2 人…"
    dingtalk.faults.clear()
    await card.until(verdict_lines)
    await dingtalk.settle()
    assert card.params["title"] == "2 人都有空"
    assert [update.by for update in card.updates] == ["create", "put"]
    assert (len(group.timeline), len(dingtalk.calls_of(DELIVER)), len(dingtalk.calls_of(UPDATE))) == (2, 1, 1)
    await alice.presses(card, "later")
    assert "16:00–18:00" in card.text


async def test_an_answer_in_time_is_one_call(bot, dingtalk, alice, bob, group):
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    card = await group.next_card()
    await dingtalk.settle()
    assert [update.by for update in card.updates] == ["create"]
    assert dingtalk.calls_of(UPDATE) == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (ASK, "正在查 45 人…"),
        (ASK_EN, "Checking 45 people…"),
        (f"设计组{ASK}", "正在查 45 人…"),
        (f"rnd{ASK}", "正在查…"),
        (f"我{ASK}", "正在查…"),
        (f"我和李博{ASK}", "正在查 2 人…"),
    ],
)
async def test_how_many_are_checked_is_said_where_it_is_known(start, dingtalk, alice, bob, group, text, title):
    people = [dingtalk.person(f"staff-{n}", name=f"同事{n}") for n in range(45)]
    dingtalk.department(7, "R&D")
    design = {"name": "design", "aliases": ["设计组"], "members": [person.staff_id for person in people]}
    chats = [{"id": group.conversation_id, "team": "design"}]
    dingtalk.faults.hang("user/get")
    dingtalk.faults.hang("department/listsub")
    app = await start(timing=AT_ONCE, teams=[design, {"name": "rnd", "departments": [7]}], chats=chats)
    for person in (bob, alice):  # who is in the chat's team is read from the store with the first
        await person.says(text, to=group, created_at=MONDAY)
        card = await group.next_card()
        await until(lambda: any(call.ended is None for call in dingtalk.calls))
    assert card.updates[0].params["title"] == title
    dingtalk.faults.clear()
    await card.until(lambda card: len(card.updates) == 2)
    await dingtalk.settle()
    await app.stop()


@pytest.mark.parametrize("after", ["drop_reply", "truncate", "close_connection"])
async def test_where_nobody_knows_whether_it_arrived_the_answer_is_put_on_the_card(
    hasty, dingtalk, alice, bob, group, after
):
    getattr(dingtalk.faults, after)(DELIVER, times=3)
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    card = await group.next_card()
    await card.until(verdict_lines)
    await dingtalk.settle()
    assert len({call.body["outTrackId"] for call in dingtalk.calls_of(DELIVER)}) == len(group.cards) == 1
    assert group.messages == []


async def test_an_update_that_may_have_arrived_is_repeated(hasty, dingtalk, alice, bob, group):
    dingtalk.faults.drop_reply(UPDATE, times=3)
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    card = await group.next_card()
    await until(lambda: len(dingtalk.calls_of(UPDATE)) == 4)
    await dingtalk.settle()
    assert verdict_lines(card) == ["✅ 有空 1：李博"]
    assert (len(group.cards), len(group.messages)) == (1, 0)


async def test_where_cards_are_refused_the_answer_is_a_text(hasty, dingtalk, alice, bob, group):
    dingtalk.faults.refuse_card()
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    message = await group.next_message()
    await dingtalk.settle()
    assert "李博" in message.text
    assert (len(group.cards), len(group.messages)) == (0, 1)


async def test_a_card_refused_at_first_shows_the_answer_later(hasty, dingtalk, alice, bob, group):
    dingtalk.faults.refuse_card(times=1)
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    card = await group.next_card()
    await card.until(verdict_lines)
    await dingtalk.settle()
    assert (len(group.cards), len(group.messages)) == (1, 0)


async def test_where_the_update_is_refused_the_answer_is_a_text(hasty, dingtalk, alice, bob, group):
    dingtalk.faults.fail(UPDATE, status=400, code="param.cardNotExist")
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    card, message = await group.next_card(), await group.next_message()
    await dingtalk.settle()
    assert "李博" in message.text
    assert verdict_lines(card) == []
    assert (len(group.cards), len(group.messages)) == (1, 1)


async def test_an_answer_to_somebody_of_another_organisation_is_not_announced(hasty, dingtalk, bob, group):
    await dingtalk.outsider("eve", name="Eve").says(ASK, at=[bob], to=group, created_at=MONDAY)
    await group.next_message()
    await dingtalk.settle()
    assert dingtalk.calls_of(DELIVER) == []
