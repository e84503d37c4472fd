"""The bot goes by the clock that it is given, whatever the machine's says."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from digest_replica import Turned
from scenario import PATIENT, SHANGHAI, config_of, until

from bot.app import App

LONG_AGO = datetime(2031, 3, 11, 9, 0, tzinfo=SHANGHAI)
DIGEST = {"chat": "cidDesign==", "team": "design"}
TEAM = {"teams": [{"name": "design", "members": ["alice", "bob", "carol"]}]}


@pytest.fixture
def clock():
    return Turned(LONG_AGO)


@pytest.fixture
async def bot(dingtalk, group, sqlite_url, clock):
    config = config_of(dingtalk, sqlite_url, digests=[DIGEST], **TEAM)
    async with App(config, clock=clock, timing=replace(PATIENT, digest_look=0.05)) as app:
        await app.connected()
        yield app


async def test_a_digest_goes_out_once_the_clock_is_set_forward(bot, clock, group):
    await until(lambda: bot.next_digest() == LONG_AGO.replace(minute=10))
    assert group.cards == []
    clock.now = LONG_AGO + timedelta(minutes=11)
    card = await group.next_card()
    assert "3/11" in card.text
    await until(lambda: bot.next_digest() == LONG_AGO.replace(day=12, minute=10))


async def test_a_question_is_about_the_day_of_the_clock(bot, alice, bob, group):
    await alice.says("现在有空吗", to=group, at=[bob], created_at=LONG_AGO)
    assert "3/11" in (await group.next_card()).text
