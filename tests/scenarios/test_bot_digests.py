"""Digests go out once a day each: at their time, late or not at all, after a crash, without data, without quota."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from digest_replica import Turned, replica
from scenario import SHANGHAI

from bot.model.digests import Digest
from bot.model.people import ConversationId, StaffId
from bot.model.requests import Language
from bot.store import Store, digest_runs, digests

MONDAY = date(2040, 3, 12)
DUE = datetime(2040, 3, 12, 9, 10, tzinfo=SHANGHAI)
DELIVER, QUERY, UPDATE = "createAndDeliver", "querySchedule", "updateCard"
MINUTE = timedelta(minutes=1)


TEAM = {"teams": [{"name": "design", "members": ["alice", "bob", "carol"]}]}
DIGEST = {"chat": "cidDesign==", "team": "design"}


@pytest.fixture
def clock():
    return Turned(DUE)


@pytest.fixture
async def bot(dingtalk, group, sqlite_url, clock):
    async with replica(dingtalk, sqlite_url, clock, digests=[DIGEST], **TEAM) as opened:
        yield opened


async def outcomes(url):
    async with await Store.open(url) as store:
        return {day: outcome for (_, day), outcome in (await digest_runs.outcomes(store)).items()}


async def test_a_digest_goes_out_at_its_time_and_once(bot, dingtalk, bob, group, sqlite_url):
    bob.calendar.busy(DUE.replace(hour=9, minute=0), DUE.replace(hour=18))
    assert await bot.look(DUE - MINUTE) == 0
    assert await bot.look(DUE) == 1
    assert await bot.look(DUE + MINUTE) == 0
    [card] = group.cards
    assert "李博" in card.params["markdown"]
    assert len(dingtalk.calls_of(QUERY)) == len(dingtalk.calls_of(DELIVER)) == 1
    assert await outcomes(sqlite_url) == {MONDAY: "sent"}


@pytest.mark.parametrize(("late", "outcome"), [(4, "sent"), (6, "late"), (90, "late"), (91, "skipped")])
async def test_one_that_comes_late_is_marked_and_after_90_minutes_only_recorded(bot, group, sqlite_url, late, outcome):
    await bot.look(DUE + late * MINUTE)
    assert await outcomes(sqlite_url) == {MONDAY: outcome}
    assert ["补发" in card.params["markdown"] for card in group.cards] == (
        [] if outcome == "skipped" else [outcome == "late"]
    )


async def test_days_that_nobody_was_there_for_are_recorded_as_skipped(dingtalk, group, sqlite_url, clock):
    async with replica(dingtalk, sqlite_url, clock, digests=[DIGEST], **TEAM) as bot:
        await bot.look(DUE)
    async with replica(dingtalk, sqlite_url, clock, digests=[DIGEST], **TEAM) as bot:
        await bot.look(DUE + timedelta(days=3))
    days = [MONDAY + timedelta(days=each) for each in range(4)]
    assert await outcomes(sqlite_url) == dict(zip(days, ["sent", "skipped", "skipped", "sent"], strict=True))
    assert len(group.cards) == 2


async def test_two_replicas_send_one(dingtalk, group, store_url, clock):
    settings = {"digests": [DIGEST], **TEAM}
    async with (
        replica(dingtalk, store_url, clock, **settings) as one,
        replica(dingtalk, store_url, clock, **settings) as other,
    ):
        looked = await asyncio.gather(*(each.look(DUE) for each in (one, other, one, other)))
    assert sorted(looked) == [0, 0, 0, 1]
    assert len(group.cards) == len(dingtalk.calls_of(DELIVER)) == 1


async def test_without_data_it_says_so_and_the_same_card_shows_the_day_ten_minutes_later(
    bot, dingtalk, group, sqlite_url
):
    dingtalk.faults.fail(QUERY, status=500)
    await bot.look(DUE)
    [card] = group.cards
    first = card.params["title"]
    dingtalk.faults.clear()
    assert await bot.look(DUE + 9 * MINUTE) == 0
    assert await bot.look(DUE + 10 * MINUTE) == 1
    assert group.cards == [card]
    assert card.params["title"] != first
    assert await outcomes(sqlite_url) == {MONDAY: "sent"}


async def test_without_data_twice_it_is_left_at_that(bot, dingtalk, group, sqlite_url):
    dingtalk.faults.fail(QUERY, status=500)
    await bot.look(DUE)
    assert await bot.look(DUE + 10 * MINUTE) == 1
    dingtalk.faults.clear()
    assert await bot.look(DUE + 20 * MINUTE) == 0
    assert len(group.cards) == 1
    assert await outcomes(sqlite_url) == {MONDAY: "failed"}


async def test_a_quiet_digest_with_nothing_to_say_is_not_sent(dingtalk, group, sqlite_url, clock):
    async with replica(dingtalk, sqlite_url, clock, digests=[{**DIGEST, "quiet": True}], **TEAM) as bot:
        await bot.look(DUE)
    assert group.cards == []
    assert await outcomes(sqlite_url) == {MONDAY: "quiet"}


async def test_a_refused_card_goes_out_as_one_message(bot, dingtalk, group, sqlite_url):
    dingtalk.faults.refuse_card()
    await bot.look(DUE)
    await bot.look(DUE + 30 * MINUTE)
    assert len(group.messages) == 1
    assert await outcomes(sqlite_url) == {MONDAY: "text"}


async def test_a_card_that_nobody_confirmed_is_sent_again_as_the_same_card(bot, dingtalk, group, sqlite_url):
    dingtalk.faults.drop_reply(DELIVER, times=3)
    await bot.look(DUE)
    await bot.look(DUE + 2 * MINUTE)
    assert len(group.cards) == 1
    assert await outcomes(sqlite_url) == {MONDAY: "sent"}


async def test_without_quota_digests_stop_and_try_once_in_ten_minutes_until_it_is_back(
    bot, dingtalk, alice, group, sqlite_url
):
    dingtalk.faults.quota_gone()
    await bot.look(DUE)
    refused = len(dingtalk.calls_of(QUERY))
    for minute in range(1, 30):
        await bot.look(DUE + minute * MINUTE)
    assert len(dingtalk.calls_of(QUERY)) - refused <= 2
    assert dingtalk.calls_of(DELIVER) == []
    dingtalk.faults.clear()
    for minute in range(30, 45):
        await bot.look(DUE + minute * MINUTE)
    assert len(group.cards) == 1
    assert await outcomes(sqlite_url) == {date(2040, 3, 1): "warned", MONDAY: "late"}
    [notice] = alice.direct.cards
    assert notice.params["title"] == "本月额度用完，日报暂停"


async def test_a_digest_set_in_its_chat_goes_before_the_configured_one_from_then_on(dingtalk, group, sqlite_url, clock):
    async with replica(dingtalk, sqlite_url, clock, digests=[DIGEST], **TEAM) as bot:
        await bot.look(DUE - 30 * MINUTE)
        earlier = Digest(
            ConversationId("cidDesign=="), time(8, 30), "Asia/Shanghai", Language.EN, team="design", set_in_chat=True
        )
        await digests.put(bot.runner.store, earlier, by=StaffId("alice"), now=DUE - 20 * MINUTE)
        assert await bot.look(DUE) == 0  # its time of this day was over when it was set
        assert await bot.look(DUE + timedelta(hours=23, minutes=20)) == 1
        last = DUE + timedelta(days=2) - 10 * MINUTE
        await bot.look(last)
        nine = replace(earlier, at=time(9, 0))
        await digests.put(bot.runner.store, nine, by=StaffId("alice"), now=last - timedelta(seconds=1))
        assert await bot.look(last + timedelta(seconds=5)) == 0  # that day has had its digest
    assert len(group.cards) == 2


async def test_a_digest_set_just_before_its_time_is_not_missed_by_a_look_that_came_between(
    dingtalk, group, sqlite_url, clock
):
    async with replica(dingtalk, sqlite_url, clock, **TEAM) as bot:
        await bot.look(DUE)
        soon = Digest(ConversationId("cidDesign=="), DUE.time(), "Asia/Shanghai", Language.ZH, team="design")
        await digests.put(bot.runner.store, soon, by=StaffId("alice"), now=DUE - timedelta(seconds=1))
        assert await bot.look(DUE + timedelta(seconds=10)) == 1
    assert len(group.cards) == 1
