"""Ids of buttons, wherever a client puts them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.button_ids import Pressed, find_pressed, key_of, tag_of
from bot.model.card_ids import CardIds
from bot.model.steps import Verb

CARD = CardIds("s").of_message("msg1")
ID = f"later:{key_of(CARD, version=3)}"
PRESSED = Pressed(Verb.LATER, 3, tag_of(CARD))
TEXT = st.text(max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda value: st.lists(value, max_size=3) | st.dictionaries(TEXT, value, max_size=3),
    max_leaves=10,
)


@pytest.mark.parametrize(
    "payload",
    [
        {"params": {"id": ID}},
        {"params": {"action": ID}},
        {"cardPrivateData": {"actionIds": [ID], "params": {}}},
        {"cardPrivateData": {"actionIds": ["node_ocltl6e6foq"], "params": {"id": ID + "_2"}}},
        {"cardPrivateData": {"actionIds": ["single_button_node"]}, "params": {"id": ID}},
        {"content": [{"cardPrivateData": {"params": {"value": {"index": 0, "value": ID}}}}]},
        {"value": ID + "7"},
    ],
)
def test_the_id_is_found_in_every_shape(payload):
    assert find_pressed(payload) == PRESSED


@pytest.mark.parametrize("text", ["", "later", "later:1", "later:1-ABCDEFGH", "xlater:1-abcdefgh", "booked:1-abcdefgh"])
def test_other_texts_are_no_ids(text):
    assert find_pressed({"params": {"id": text}}) is None


def test_parameters_come_before_everything_else():
    other = f"refresh:{key_of(CARD, version=1)}"
    assert find_pressed({"a": other, "params": {"id": ID}}) == PRESSED


@given(st.dictionaries(TEXT, JSON, max_size=4))
def test_reading_never_raises(payload):
    assert find_pressed(payload) is None


def test_cards_of_other_messages_or_secrets_have_other_names():
    names = {CardIds(secret).of_message(msg_id) for msg_id in ("a", "b") for secret in ("x", "y")}
    assert len(names) == len({tag_of(each) for each in names}) == 4
    assert CardIds("x").of_message("a") in names
