"""Digests go out once a day each: at their time, late or not at all, after a crash, without data, without quota."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from digest_replica import Turned, replica
from scenario import SHANGHAI

from bot.model.digest_orders import DigestDays, EditionKind
from bot.model.digests import Digest, DigestKey
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


# ---------------------------------------------------------------- the week's
WEEKLY = {**DIGEST, "edition": "week", "days": ["mon"]}
WEEK_KEY = "week:cidDesign=="


async def runs(url):
    async with await Store.open(url) as store:
        return await digest_runs.outcomes(store)


async def test_the_days_and_the_weeks_go_out_once_each_for_all_replicas_and_after_a_restart(
    dingtalk, group, store_url, clock
):
    settings = {"digests": [DIGEST, WEEKLY], **TEAM}
    async with (
        replica(dingtalk, store_url, clock, **settings) as one,
        replica(dingtalk, store_url, clock, **settings) as other,
    ):
        looked = await asyncio.gather(*(each.look(DUE) for each in (one, other, one, other)))
    assert sum(looked) == 2
    async with replica(dingtalk, store_url, clock, **settings) as again:
        assert await again.look(DUE + MINUTE) == 0
        assert await again.look(DUE + timedelta(days=1)) == 1
    sent = [("cidDesign==", MONDAY), (WEEK_KEY, MONDAY), ("cidDesign==", MONDAY + timedelta(days=1))]
    assert await runs(store_url) == dict.fromkeys(sent, "sent")
    titles = sorted(card.params["title"] for card in group.cards)
    assert [title[:2] for title in titles] == ["今天", "今天", "本周"]
    assert len({card.out_track_id for card in group.cards}) == 3


async def test_a_weekly_digest_goes_out_on_the_last_working_day_about_the_week_after(
    dingtalk, group, sqlite_url, clock
):
    weekly = {**DIGEST, "edition": "week", "at": "16:10"}
    async with replica(dingtalk, sqlite_url, clock, digests=[weekly], **TEAM) as bot:
        due = DUE.replace(hour=16)
        assert [await bot.look(due + timedelta(days=each)) for each in range(8)] == [0, 0, 0, 0, 1, 0, 0, 0]
    [card] = group.cards
    assert card.params["title"].startswith("下周最适合开会：周一")
    assert await runs(sqlite_url) == {(WEEK_KEY, MONDAY + timedelta(days=4)): "sent"}


async def test_week_ahead_makes_the_last_edition_of_a_week_the_weekly_one(dingtalk, group, sqlite_url, clock):
    settings = {"digests": [{**DIGEST, "week_ahead": True}], **TEAM}
    friday = DUE + timedelta(days=4)
    async with replica(dingtalk, sqlite_url, clock, **settings) as bot:
        assert [await bot.look(DUE + timedelta(days=each)) for each in range(5)] == [1] * 5
        own = Digest(
            ConversationId("cidDesign=="), time(9, 11), "Asia/Shanghai", Language.ZH, team="design", days=(4,),
            kind=EditionKind.WEEK,
        )  # fmt: skip
        await digests.put(bot.runner.store, own, by=StaffId("alice"), now=friday)
        assert await bot.look(friday + MINUTE) == 0  # that day has had its weekly edition
    kept = await runs(sqlite_url)
    assert {key for key, _ in kept} == {"cidDesign==", WEEK_KEY}
    assert kept[(WEEK_KEY, friday.date())] == "sent"
    assert [card.params["title"][:2] for card in group.cards] == ["今天"] * 4 + ["下周"]


async def test_a_weekly_digest_that_was_begun_by_a_process_that_died_is_sent_by_another(
    dingtalk, group, store_url, clock
):
    settings = {"digests": [WEEKLY], **TEAM}
    async with replica(dingtalk, store_url, clock, **settings) as dying:
        clock.now = DUE
        assert len(await dying.runner.begin(DUE)) == 1
    async with replica(dingtalk, store_url, clock, **settings) as other:
        assert await other.look(DUE + MINUTE) == 1
    assert len(group.cards) == 1
    assert await runs(store_url) == {(WEEK_KEY, MONDAY): "sent"}


async def test_a_digest_of_a_scene_group_is_about_its_members(dingtalk, alice, bob, sqlite_url, clock):
    scene = dingtalk.group("Scene", [alice, bob], id="cidScene==", scene=True)
    chats = [{"id": "cidScene==", "members": "group"}]
    async with replica(dingtalk, sqlite_url, clock, chats=chats, digests=[{"chat": "cidScene=="}]) as bot:
        assert await bot.look(DUE) == 1
    [card] = scene.cards
    assert "2 人大多有空" in card.params["markdown"]
    assert await outcomes(sqlite_url) == {MONDAY: "sent"}


# ---------------------------------------------------------------- a group without the bot
@pytest.fixture
def set_in_chat():
    """Digests that Alice set in the group, as the store has them."""

    async def go(url, *kinds, **changes):
        async with await Store.open(url) as store:
            for kind in kinds:
                digest = Digest(
                    ConversationId("cidDesign=="), time(9, 10), "Asia/Shanghai", Language.ZH, team="design", kind=kind,
                    days=DigestDays.WORKDAYS if kind is EditionKind.DAY else (0,), operator=StaffId("alice"),
                    set_in_chat=True, **changes,
                )  # fmt: skip
                await digests.put(store, digest, by=StaffId("alice"), now=DUE - timedelta(hours=1))

    return go


@pytest.mark.parametrize("how", ["removed", "disbanded", "refused"])
async def test_a_group_that_removed_the_bot_stops_its_digests_and_whoever_set_them_is_told_once(
    dingtalk, alice, group, store_url, clock, set_in_chat, how
):
    await set_in_chat(store_url, *EditionKind)
    group.disband() if how == "disbanded" else group.remove_bot()
    if how == "refused":
        dingtalk.faults.card_error("param.openSpaceIdInvalid", times=2)
    async with (
        replica(dingtalk, store_url, clock, **TEAM) as one,
        replica(dingtalk, store_url, clock, **TEAM) as other,
    ):
        await asyncio.gather(one.look(DUE), other.look(DUE))
        for minute in (1, 2, 11):
            await one.look(DUE + minute * MINUTE)
            await other.look(DUE + minute * MINUTE)
        calls = len(dingtalk.calls)
        for day in range(1, 9):
            assert await one.look(DUE + timedelta(days=day)) == 0
        assert len(dingtalk.calls) == calls
    [notice] = alice.direct.cards
    assert notice.params["title"] == "群里没有我了，日报已停发"
    assert notice.params["markdown"].split("\n\n") == [
        "团队：design", "日报：工作日 09:10", "周报：周一 09:10", "要继续：把我加回群里，再说「打开日报」",
    ]  # fmt: skip
    kept = {outcome for (key, _), outcome in (await runs(store_url)).items() if not key.startswith("removed")}
    assert "removed" in kept
    async with await Store.open(store_url) as store:
        assert [(each.digest.on, each.by) for each in await digests.all_set(store)] == [(False, "alice")] * 2


async def test_a_digest_of_the_configuration_stops_administrators_are_told_and_it_goes_on_once_it_is_turned_on(
    dingtalk, alice, bob, group, sqlite_url, clock
):
    settings = {"digests": [DIGEST], "administrators": ["bob"], **TEAM}
    group.remove_bot()
    async with replica(dingtalk, sqlite_url, clock, **settings) as bot:
        assert [await bot.look(DUE + timedelta(minutes=each)) for each in range(3)] == [1, 1, 0]
        assert [await bot.look(DUE + timedelta(days=each)) for each in (1, 2)] == [0, 0]
        assert (len(alice.direct.cards), len(bob.direct.cards)) == (0, 1)
        group.add_bot()
        kept = await digests.get(bot.runner.store, DigestKey("cidDesign=="))
        later = DUE + timedelta(days=2, hours=1)
        await digests.put(bot.runner.store, replace(kept.digest, on=True), by=StaffId("alice"), now=later)
        assert await bot.look(DUE + timedelta(days=3)) == 1
    assert len(group.cards) == 1
    kept = await runs(sqlite_url)
    days = {day: outcome for (key, day), outcome in kept.items() if key == "cidDesign=="}
    assert days == {MONDAY: "removed", MONDAY + timedelta(days=3): "sent"}


async def test_a_message_that_is_refused_for_another_reason_stops_nothing(dingtalk, group, sqlite_url, clock):
    dingtalk.faults.refuse_card()
    dingtalk.faults.fail("groupMessages/send", status=400, code="bot.forbidden.sendMessage")
    async with replica(dingtalk, sqlite_url, clock, digests=[DIGEST], **TEAM) as bot:
        assert [await bot.look(DUE + timedelta(days=each)) for each in range(2)] == [1, 1]


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
