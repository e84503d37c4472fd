"""Presses on cards: answered in the ack, in every shape a client sends, once each, also after a restart."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from scenario import ASK, MONDAY, PATIENT, on_tuesday, until, verdict_lines

QUERY = "querySchedule"
HASTY = pytest.mark.parametrize("timing", [replace(PATIENT, ack_within=0.05)], ids=["hasty"])
SHAPES = ("params", "action_ids", "params_beside")


@pytest.fixture
async def card(bot, alice, bob, group):
    """The answer to Tuesday 14:00 to 16:00."""
    bob.calendar.busy(on_tuesday(16), on_tuesday(17))
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    return await group.next_card()


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    ("verb", "hours", "line"),
    [
        ("later", "16:00–18:00", "🟡 部分有空 1：李博 17:00 起有空"),
        ("earlier", "12:00–14:00", "✅ 有空 1：李博"),
        ("refresh", "14:00–16:00", "✅ 有空 1：李博"),
    ],
)
async def test_a_press_changes_the_card_in_its_ack(dingtalk, card, alice, group, shape, verb, hours, line):
    press = await alice.presses(card, verb, shape=shape)
    assert (press.code, press.timed_out) == (200, False)
    assert hours in card.params["markdown"]
    assert verdict_lines(card) == [line]
    assert [update.by for update in card.updates] == ["create", "ack"]
    assert dingtalk.calls_of("instances.update") == []
    assert len(group.timeline) == 2


async def test_presses_lead_on_from_each_other_and_back(card, alice):
    for verb, hours in (("later", "16:00–18:00"), ("later", "周三 2040/3/14 09:00–11:00"), ("earlier", "16:00–18:00")):
        await alice.presses(card, verb)
        assert hours in card.params["markdown"]


@pytest.mark.parametrize("suffix", ["_2", "2", "-17", "#0"])
async def test_an_id_with_a_number_appended_is_understood(card, alice, suffix):
    await alice.presses(card, card.button("later").id + suffix, forged=True)
    assert "16:00–18:00" in card.params["markdown"]


async def test_the_same_press_delivered_again_moves_once(dingtalk, card, alice):
    dingtalk.faults.redeliver(0.01, times=2, presses=True)
    press = await alice.presses(card, "later")
    await dingtalk.settle()
    assert [delivery.code for delivery in press.deliveries] == [200, 200, 200]
    assert "16:00–18:00" in card.params["markdown"]


async def test_a_double_click_moves_once(card, alice):
    await asyncio.gather(*(alice.presses(card, "later") for _ in range(4)))
    assert "16:00–18:00" in card.params["markdown"]


async def test_an_outdated_button_shows_what_stands(card, alice, carol):
    old = card.button("later").id
    await alice.presses(card, "later")
    await carol.presses(card, old, forged=True)
    assert "16:00–18:00" in card.params["markdown"]


async def test_buttons_outlive_a_restart(start, dingtalk, alice, bob, group):
    app = await start()
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    card = await group.next_card()
    await dingtalk.settle()
    await app.stop()
    await start()
    await alice.presses(card, "later")
    assert "16:00–18:00" in card.params["markdown"]


async def test_somebody_else_may_press_and_me_stays_who_asked(bot, dingtalk, alice, bob, group):
    await alice.says(f"我{ASK}", to=group, created_at=MONDAY)
    card = await group.next_card()
    await bob.presses(card, "later")
    assert verdict_lines(card) == ["✅ 有空 1：Alice Chen"]
    assert dingtalk.calls_of(QUERY)[-1].ids["union_id"] == bob.union_id
    assert "发起：Alice Chen" in card.params["tips"]


@pytest.mark.parametrize(
    ("forge", "overrides"),
    [
        (lambda card: "later:1-aaaaaaaa", {}),
        (lambda card: card.button("later").id[:-1], {}),
        (lambda card: card.button("later").id.replace("later", "erase"), {}),
        (lambda card: "later", {}),
        (lambda card: "", {}),
        (lambda card: "{{7*7}}", {}),
        (lambda card: card.button("later").id, {"outTrackId": "yk-0000"}),
        (lambda card: card.button("later").id, {"outTrackId": None}),
        (lambda card: card.button("later").id, {"outTrackId": ["x"]}),
        (lambda card: card.button("later").id, {"userId": ""}),
        (lambda card: card.button("later").id, {"userId": 7}),
        (lambda card: "x", {"content": "not JSON", "value": "{"}),
        (lambda card: "x", {"content": "[]", "value": "null"}),
        (lambda card: "x", {"content": 5, "value": None}),
    ],
)
async def test_a_forged_press_is_acked_and_changes_nothing(bot, dingtalk, card, alice, forge, overrides):
    asked, shown = len(dingtalk.calls), dict(card.params)
    press = await alice.presses(card, forge(card), forged=True, overrides=overrides)
    assert press.code == 200
    assert card.params["markdown"] == shown["markdown"]
    assert card.params["sys_full_json_obj"] == shown["sys_full_json_obj"]
    assert len(dingtalk.calls) == asked


async def test_parameters_beside_the_id_change_nothing(card, alice, carol):
    await alice.presses(card, "refresh", params={"people": [carol.union_id], "start": "2020-01-01", "version": 9})
    assert verdict_lines(card) == ["✅ 有空 1：李博"]
    assert "14:00–16:00" in card.params["markdown"]


async def test_a_button_of_one_card_does_not_move_another(bot, alice, bob, group):
    cards = []
    for _ in range(2):
        await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
        cards.append(await group.next_card())
    shown = [dict(card.params) for card in cards]
    await alice.presses(cards[0], cards[1].button("later").id, forged=True)
    assert [card.params for card in cards] == shown


@HASTY
async def test_a_press_that_takes_long_is_acked_in_time_and_updated_later(dingtalk, card, alice, carol):
    dingtalk.faults.hang(QUERY)
    press = await carol.presses(card, "later")
    assert (press.timed_out, press.code) == (False, 200)
    assert card.params["tips"] == "正在查…"
    assert "14:00–16:00" in card.params["markdown"]
    dingtalk.faults.clear()
    await card.until(lambda card: "16:00–18:00" in card.params["markdown"])
    assert [(update.by, update.during_press) for update in card.updates[1:]] == [("ack", False), ("put", False)]
    await dingtalk.settle()


@HASTY
async def test_a_late_update_that_is_overtaken_does_not_win(dingtalk, card, alice, bob, carol):
    dingtalk.faults.hang(QUERY, times=1)
    await carol.presses(card, "later")
    await alice.presses(card, "later")
    await card.until(lambda card: "16:00–18:00" in card.params["markdown"])
    await alice.presses(card, "later")
    await card.until(lambda card: "周三" in card.params["markdown"])
    dingtalk.faults.release()
    await until(lambda: dingtalk.calls_of(QUERY)[-1].ended)
    await dingtalk.settle(quiet=0.3)
    assert "周三" in card.params["markdown"]


async def test_the_forms_of_an_unclear_card_reuse_its_people(bot, dingtalk, alice, bob, group):
    await alice.says("李博怎么样", at=[bob], to=group, created_at=MONDAY)
    card = await group.next_card()
    assert {button.verb for button in card.buttons} == {"now", "today", "next_day", "find"}
    await alice.presses(card, "next_day")
    assert "周二" in card.params["markdown"]
    assert verdict_lines(card)[0].endswith("李博")


async def test_a_press_on_a_card_whose_answer_failed_tries_again(bot, dingtalk, alice, bob, group):
    dingtalk.faults.fail(QUERY, status=400, code="paramIllegal")
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    card = await group.next_card()
    assert card.button("refresh").text == "重试 1 人"
    dingtalk.faults.clear()
    await alice.presses(card, "refresh")
    assert verdict_lines(card) == ["✅ 有空 1：李博"]
    assert card.button("refresh").text == "刷新"
