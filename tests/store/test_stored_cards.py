"""Cards as they are stored: what each version reads of the other, and where old buttons lead."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from bot.config import Config
from bot.features.card_state import CARD_NAMES, DEED_NAMES, dump, load
from bot.features.registry import DOES, FEATURES, fresh_card, led, steps_of
from bot.features.services import Services
from bot.holiday_reader import HolidayTables
from bot.model.card_state import CardState, PlainCard, SlotsCard, moved_from
from bot.model.deeds import Book, Deed, Move, OptOut
from bot.model.questions import Asked
from bot.model.steps import Verb

OLD = [json.loads(line) for line in Path(__file__).with_name("cards_v1.jsonl").read_text("utf-8").splitlines()]
"""Rows that the version before stored: each kind of card with its buttons, and what it stored after a press on each."""
NAMES = (
    "verdicts next_free slots no_slot heat_map draft booked moved meetings meeting taken cancelled refused ask"
    " subscriptions digest digest_settings team settings help plain series series_booked responses declined"
    " own_hours out rooms"
)
DEEDS = (
    "book cancel move change_guests ask_them answer_ask subscribe unsubscribe change_team undo set_chat set_digest"
    " set_up_digest opt_out hide book_series cancel_series read_responses set_hours undo_hours change_room"
)


@pytest.fixture
def services():
    """As much of them as the buttons need."""
    config = Config.model_validate(
        {"dingtalk": {"client_id": "a", "client_secret": "b"}, "booking": {"enabled": True}, "holidays": None}
    )
    return Services(config, *[None] * 7, tables=HolidayTables({}, clock=lambda: None), clock=None, chats=None)


@pytest.mark.parametrize("row", OLD, ids=lambda row: row["name"])
def test_a_card_of_the_version_before_has_its_buttons_and_each_leads_where_it_led(row, services):
    kept = load(json.dumps(row["state"]))
    assert type(kept.card) is not PlainCard or row["name"] in PLAIN
    steps = [step for step in steps_of(kept, services) if step.verb is not Verb.STAY]  # which that version had not
    assert [step.id for step in steps] == [step["verb"] for step in row["steps"]]
    assert [step.only for step in steps] == [step["only"] for step in row["steps"]]
    for step, before in zip(steps, row["steps"], strict=True):
        then, now = load(json.dumps(before["led"])), led(kept, step)
        assert then.question.request == asked_then(step, now.question.request, then.question.request), step.id
        deed = now.deed
        if isinstance(deed, Move):  # a new event then, the same one now
            assert deed.booking == moved_from(kept.card)
            deed = Book(deed.slot)
        assert type(then.deed) is type(deed)
        assert then.deed == deed or isinstance(deed, OptOut)
        if now.deed is None and not step.request:
            assert leads_alike(then.card, now.card), step.id


def asked_then(step, now, then):
    """Another time was sought for whom the words named, and is for those who come."""
    return replace(now, who=then.who, acts=then.acts) if step.verb is Verb.MOVE else now


PLAIN = {"no time", "not understood", "an order for nobody", "help"}


def leads_alike(then: CardState, now: CardState) -> bool:
    """The version before kept on a fresh search what it showed until the answer was there."""
    return then == now or (isinstance(now, SlotsCard) and not now.offered)


@pytest.mark.parametrize("row", OLD, ids=lambda row: row["name"])
def test_what_is_read_is_written_in_the_new_format_and_read_back_equal(row):
    kept = load(json.dumps(row["state"]))
    written = dump(kept)
    assert json.loads(written)["v"] == 2
    assert load(written) == kept


def test_the_version_before_finds_no_question_in_the_new_format():
    stored = json.loads(dump(load(json.dumps(OLD[0]["state"]))))
    assert set(stored) == {"v", "asked", "card"}
    assert "request" not in stored


def test_a_name_once_stored_is_for_ever():
    assert " ".join(CARD_NAMES) == NAMES
    assert " ".join(DEED_NAMES) == DEEDS


def test_every_card_and_every_deed_has_one_name_and_one_row():
    assert set(CARD_NAMES.values()) == {row.card for row in FEATURES} == set(get_args(CardState))
    assert set(DEED_NAMES.values()) == {row.deed for row in DOES} == set(get_args(Deed))
    assert len(FEATURES) == len(CARD_NAMES)
    assert len(DOES) == len(DEED_NAMES)


@pytest.mark.parametrize("state", ["", "[]", "{}", '{"v": 3}', '{"v": 2, "asked": {}, "card": {"plain": {}}}'])
def test_what_nobody_knows_is_refused(state):
    with pytest.raises(ValueError):
        load(state)


def test_a_card_of_a_kind_that_is_not_known_is_refused():
    stored = json.loads(dump(Asked(load(json.dumps(OLD[0]["state"])).question, fresh_card(request()))))
    with pytest.raises(ValueError, match="expected one that this version knows"):
        load(json.dumps({**stored, "card": {"hologram": {}}}))


def request():
    return load(json.dumps(OLD[0]["state"])).question.request
