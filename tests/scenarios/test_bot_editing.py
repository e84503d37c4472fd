"""Follow-ups change the card of the last answer, once each; where somebody else spoke in between they get their own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from scenario import ASK, MONDAY, SHORT_LEASES, Talk, on_tuesday, until, verdict_lines

from bot.emulator import Emulator
from bot.features.card_state import dump, load
from bot.model.card_state import BookedCard
from bot.model.deeds import Book
from bot.model.meetings import Booking, Slot
from bot.model.time import Interval
from bot.store import Store, cards

DELIVER, UPDATE, QUERY = "createAndDeliver", "instances.update", "querySchedule"


def shows(card, day, hours):
    """True where the card's first line has them; a press adds the year, as it comes long before the question."""
    line = card.params["markdown"].split("\n\n")[0]
    return line.startswith(day) and f" {hours}" in line


@pytest.fixture
def talk(alice, group):
    return Talk(alice, group)


@pytest.fixture
async def card(bot, talk, bob):
    """The answer to Tuesday 14:00 to 16:00."""
    return await talk.asks(ASK, bob)


async def test_follow_ups_change_one_card_and_post_nothing(dingtalk, card, alice, talk, carol, group):
    for text, at, when in (
        ("那周四呢", (), "周四 14:00–16:00"),
        ("再加上", (carol,), "周四 14:00–16:00"),
        ("再晚点", (), "周四 16:00–18:00"),
    ):
        assert await talk.asks(text, *at) is card
        assert shows(card, *when.split()), text
    await dingtalk.settle()
    assert [update.by for update in card.updates] == ["create", "put", "put", "put"]
    assert (len(group.cards), len(group.messages), len(dingtalk.calls_of(DELIVER))) == (1, 0, 1)
    assert verdict_lines(card) == ["✅ 有空 2：李博、王芳"]
    await alice.presses(card, "earlier")
    assert shows(card, "周四", "14:00–16:00")


async def test_a_follow_up_in_a_direct_chat_changes_the_card(bot, alice):
    talk = Talk(alice, alice.direct)
    card = await talk.asks(f"我{ASK}")
    assert await talk.asks("那周四呢") is card


async def test_after_somebody_else_spoke_there_is_a_new_card_which_then_changes(bot, card, talk, carol, group):
    for between in (ASK, "帮助"):
        await Talk(carol, group).asks(between)
        newer = await talk.asks("那周四呢")
        assert newer is not card
        assert shows(card, "周二", "14:00–16:00")
        await card.until(lambda card: card.params["tips"] == "👇 见下方新卡片")
        assert await talk.asks("那周二呢") is newer
        card = newer


async def test_where_something_else_was_said_in_between_there_is_a_new_card(bot, card, talk):
    await talk.asks("帮助")
    newer = await talk.asks("那周四呢")
    assert newer is not card
    assert shows(newer, "周四", "14:00–16:00")
    await card.until(lambda card: card.params["tips"] == "👇 见下方新卡片")


async def test_words_of_others_before_the_question_or_elsewhere_change_nothing(
    bot, dingtalk, alice, bob, carol, group, talk
):
    other = dingtalk.group("Sales", [alice, carol], id="cidSales==")
    await Talk(carol, group).asks(ASK, bob)
    card = await talk.asks(ASK, bob)
    await Talk(carol, other).asks(ASK, bob)
    assert await talk.asks("那周四呢") is card


async def test_what_a_press_has_made_of_the_card_is_what_changes(dingtalk, card, talk, alice, bob):
    await bob.presses(card, "later")
    assert await talk.asks("那周四呢") is card
    assert shows(card, "周四", "16:00–18:00")
    assert dingtalk.calls_of(QUERY)[-1].ids["union_id"] == alice.union_id


async def test_a_button_from_before_shows_what_stands(card, talk, carol):
    old = card.button("later").id
    await talk.asks("那周四呢")
    await carol.presses(card, old, forged=True)
    assert shows(card, "周四", "14:00–16:00")


async def test_a_press_meanwhile_is_not_overwritten(dingtalk, card, talk, carol, bob):
    dingtalk.faults.hang(QUERY, times=1)
    said = await talk.says("那周四呢")
    await said.acked()
    await until(lambda: len(dingtalk.calls_of(QUERY)) == 2)
    shown = card.button("later")
    await carol.presses(card, "later")  # the card has moved on: it shows Thursday
    assert shows(card, "周四", "14:00–16:00")
    await carol.presses(card, "later")
    assert shown.id != card.button("later").id
    assert shows(card, "周四", "16:00–18:00")
    dingtalk.faults.release()
    await dingtalk.settle(quiet=0.3)
    assert shows(card, "周四", "16:00–18:00")


async def test_a_complaint_leaves_the_answer_as_it_is(card, talk, group):
    complaint = await talk.asks("那昨天呢")
    assert complaint is not card
    assert complaint.params["title"] == "这个时间已经过去"
    assert shows(card, "周二", "14:00–16:00")


async def test_a_follow_up_delivered_again_changes_the_card_once(bot, dingtalk, card, talk):
    dingtalk.faults.redeliver(0.02, times=2)
    await talk.asks("再晚点")
    await dingtalk.settle()
    assert shows(card, "周二", "16:00–18:00")
    assert [update.by for update in card.updates] == ["create", "put"]


async def test_a_card_answers_follow_ups_after_a_restart(start, dingtalk, talk, bob):
    app = await start()
    card = await talk.asks(ASK, bob)
    await dingtalk.settle()
    await app.stop()
    await start()
    assert await talk.asks("那周四呢") is card


@pytest.mark.parametrize(
    "refuse",
    [
        lambda faults: faults.fail(UPDATE, status=400, code="param.cardNotExist"),
        lambda faults: faults.fail(UPDATE, status=404, code="card.notFound"),
    ],
)
async def test_a_card_that_cannot_be_changed_gives_way_to_a_new_one(dingtalk, card, talk, alice, refuse):
    refuse(dingtalk.faults)
    newer = await talk.asks("再晚点")
    dingtalk.faults.clear()
    assert newer is not card
    assert shows(newer, "周二", "16:00–18:00")
    await dingtalk.settle()
    assert await talk.asks("那周四呢") is newer
    assert shows(newer, "周四", "16:00–18:00")
    await alice.presses(newer, "earlier")
    assert shows(newer, "周四", "14:00–16:00")


@pytest.mark.parametrize("after", ["drop_reply", "close_connection"])
async def test_a_change_that_may_have_arrived_is_repeated(dingtalk, card, talk, group, after):
    getattr(dingtalk.faults, after)(UPDATE, times=3)
    await talk.says("再晚点")
    await until(lambda: len(dingtalk.calls_of(UPDATE)) == 4)
    await dingtalk.settle()
    assert shows(card, "周二", "16:00–18:00")
    assert (len(group.cards), len(group.messages)) == (1, 0)


@pytest.mark.parametrize("step", [QUERY, UPDATE])
async def test_a_bot_killed_while_it_changes_a_card_changes_it_once(launch, dingtalk, talk, bob, step, group):
    process = await launch(timing=SHORT_LEASES)
    card = await talk.asks("周二谁有空", bob)
    await until(lambda: "outcome='card'" in process.stderr)
    seen = len(dingtalk.calls_of(step))
    dingtalk.faults.hang(step)
    await (await talk.says("再晚点")).acked()
    await until(lambda: len(dingtalk.calls_of(step)) > seen)
    await process.kill()
    dingtalk.faults.clear()
    survivor = await launch(timing=SHORT_LEASES)
    await until(lambda: "outcome='edited'" in survivor.stderr)
    await dingtalk.settle()
    assert card.params["markdown"].startswith("周三 ")
    assert len(group.cards) == 1


async def test_of_two_processes_on_one_store_one_changes_the_card(launch, dingtalk, talk, bob, store_url, group):
    processes = [await launch(store_url), await launch(store_url)]
    dingtalk.faults.deliver_to_all()
    card = await talk.asks(ASK, bob)
    await until(lambda: any("outcome='card'" in process.stderr for process in processes))
    assert await talk.asks("再晚点") is card
    await dingtalk.settle()
    assert shows(card, "周二", "16:00–18:00")
    assert [update.by for update in card.updates] == ["create", "put"]


SLOT = Slot(Interval(on_tuesday(14), on_tuesday(15)))


@pytest.mark.parametrize("what", ["a task that is being worked on", "a booking"])
async def test_a_card_with_something_on_it_is_left_alone(start, dingtalk: Emulator, talk, bob, sqlite_url, what):
    app = await start()
    card = await talk.asks(ASK, bob)
    await dingtalk.settle()
    await app.stop()
    booking = Booking("event", SLOT.interval, talk.person.staff_id, "Alice Chen", (), MONDAY)
    async with await Store.open(sqlite_url) as store:
        row = await cards.get(store, card.out_track_id)
        kept = load(row.state)
        under_way = replace(kept, deed=Book(SLOT))
        kept = under_way if what.startswith("a task") else replace(kept, card=BookedCard(booking))
        await cards.settle(store, card.out_track_id, version=row.version, state=dump(kept))
    await start()
    newer = await talk.asks("再晚点")
    assert newer is not card
    assert shows(newer, "周二", "16:00–18:00")
    async with await Store.open(sqlite_url) as store:
        row = await cards.get(store, card.out_track_id)
    assert load(row.state) == kept
