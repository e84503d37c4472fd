"""Every card there is: each line fits a phone, with names of everyday length."""

from __future__ import annotations

from typing import get_args

import pytest
from drawn import ASKED, columns
from every_card import every_reply

from bot.cards import Renderer
from bot.cards.lines import WIDEST
from bot.model.replies import PlainLine, Reply
from bot.model.requests import Language

RENDERER = Renderer()


def drawn(reply):
    return RENDERER.card(reply, key="k", clock_zone="Asia/Shanghai", now=ASKED)


@pytest.mark.parametrize("language", list(Language))
def test_every_kind_of_card_is_among_them(language):
    assert {type(reply) for reply in every_reply(language)} == set(get_args(Reply))


@pytest.mark.parametrize("in_group", [True, False], ids=["group", "direct"])
@pytest.mark.parametrize("language", list(Language))
def test_every_line_fits_a_phone(language, in_group):
    cards = [drawn(each) for each in every_reply(language, in_group=in_group) if not isinstance(each, PlainLine)]
    assert {line for card in cards for line in card.lines.splitlines() if columns(line) > WIDEST} == set()
