"""Digests as people set them in chats: when, a pause, off and on, who is left out, one at once; on the wire."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from digest_replica import Turned, replica
from scenario import MONDAY, Talk

from bot.model.digest_orders import DigestDays, EditionKind
from bot.model.digests import digest_key
from bot.model.people import ConversationId
from bot.store import Store, digests, hidden

PLACE = ConversationId("cidDesign==")
TEAM = {"name": "design", "members": ["alice", "bob", "carol"]}
TOMORROW = MONDAY.replace(hour=9, minute=10) + timedelta(days=1)
WITH_TEAM = {"teams": [TEAM], "chats": [{"id": PLACE, "team": "design"}]}


@pytest.fixture
async def bot(start, group):
    return await start(**WITH_TEAM)


@pytest.fixture
def here(alice, group):
    return Talk(alice, group)


@pytest.fixture
async def kept(sqlite_url):
    """Another process's look at what is stored."""
    async with await Store.open(sqlite_url) as store:
        yield store


@pytest.fixture
def sets(here, alice):
    """Alice has a digest of the group begun in words, as it is shown; the card of how it is set then."""

    async def go(text):
        await alice.presses(await here.asks(text), "set_up")
        what = (
            ("周报" if "周报" in text else "日报")
            if text[-1] > "z"
            else "weekly digest"
            if "weekly" in text
            else "digest"
        )
        return await here.asks(f"{what}设置" if text[-1] > "z" else f"{what} settings")

    return go


def lines(card):
    return card.params["markdown"].split("\n\n")


def verbs(card):
    return [button.verb for button in card.buttons]


async def digest_of(kept, place=PLACE, kind=EditionKind.DAY):
    found = await digests.get(kept, digest_key(place, kind))
    assert found is not None
    return found.digest


async def test_a_digest_is_set_and_shows_its_next_run(bot, here, sets, kept):
    assert "「每天」按工作日算" in lines(await here.asks("每天9点10分发团队日报"))
    card = await sets("每天9点10分发团队日报")
    assert card.params["title"] == "日报：工作日 09:10"
    assert "✅ 开 · 工作日 09:10 · 北京时间" in lines(card)
    assert "下次：明天 09:10" in lines(card)
    digest = await digest_of(kept)
    assert (digest.at, digest.days, digest.operator, digest.team, digest.zone) == (
        time(9, 10), DigestDays.WORKDAYS, "alice", "design", "Asia/Shanghai",
    )  # fmt: skip
    assert digest.set_in_chat


async def test_in_english(bot, here, sets):
    card = await sets("digest every Mon, Wed and Fri at 9")
    assert card.params["title"] == "Digest: Mon, Wed, Fri 9 am"
    assert "Next: Wed 14 Mar, 9 am" in lines(card)
    assert [button.text for button in card.buttons] == ["Change time", "Pause through Sun", "Opt out", "Turn off"]


async def test_one_thing_is_changed_and_the_rest_stays(bot, here, sets, kept):
    await sets("周一三五9点发日报")
    await here.asks("日报改到8点45")
    await here.asks("日报有事再发")
    card = await here.asks("日报设置")
    assert card.params["title"] == "日报：周一、三、五 08:45"
    assert "没有要说的就不发" in lines(card)
    digest = await digest_of(kept)
    assert (digest.at, digest.days, digest.quiet) == (time(8, 45), (0, 2, 4), True)


async def test_a_pause_over_the_weekend_ends_by_itself(bot, here, sets, kept):
    await sets("工作日9点10分发日报")
    card = await here.asks("暂停到周五")
    assert card.params["title"] == "日报暂停到 周五 3/16"
    assert "下次：周一 3/19 09:10" in lines(card)
    assert (await digest_of(kept)).paused_until == date(2040, 3, 16)
    later = await here.asks("日报设置", later=timedelta(days=7))
    assert later.params["title"] == "日报：工作日 09:10"


async def test_it_is_resumed_and_stopped_in_words(bot, here, sets, kept):
    await sets("工作日9点10分发日报")
    await here.asks("pause the digest until Friday")
    await here.asks("恢复")
    assert (await digest_of(kept)).paused_until is None
    card = await here.asks("停止日报")
    assert card.params["title"] == "日报已关闭"
    assert "下次：不会发" in lines(card)
    assert verbs(card) == ["turn_on", "not_me"]
    assert not (await digest_of(kept)).on


async def test_whoever_opened_the_card_changes_it_there(bot, here, sets, alice, bob, kept):
    card = await sets("工作日9点10分发日报")
    assert verbs(card) == ["reschedule", "pause", "not_me", "turn_off"]
    await bob.presses(card, "turn_off")
    assert (await digest_of(kept)).on
    await alice.presses(card, "reschedule")
    assert [button.text for button in card.buttons] == ["08:40", "09:40", "10:10", "返回"]
    await alice.presses(card, "at_1")
    assert card.params["title"] == "日报：工作日 08:40"
    await alice.presses(card, "pause")
    assert (await digest_of(kept)).paused_until.weekday() == 6
    assert any(line.startswith("下次：周一") for line in lines(card))
    await alice.presses(card, "resume")
    await alice.presses(card, "turn_off")
    assert card.params["title"] == "日报已关闭"
    await alice.presses(card, "turn_on")
    assert card.params["title"] == "日报：工作日 08:40"


async def test_anybody_leaves_the_digest_and_comes_back_without_a_call(bot, here, sets, dingtalk, bob, carol, kept):
    card = await sets("工作日9点10分发日报")
    for person in (bob, carol):
        await person.presses(card, "not_me")
    assert "2 人已退出，不查也不算有空" in lines(card)
    assert await hidden.of_chat(kept, PLACE) == {"bob", "carol"}
    await bob.presses(card, "not_me")
    assert await hidden.of_chat(kept, PLACE) == {"carol"}
    assert dingtalk.calls_of("querySchedule") == []


async def test_words_leave_out_who_says_them(bot, bob, group, kept):
    there = Talk(bob, group)
    card = await there.asks("日报不要算我")
    assert "1 人已退出，不查也不算有空" in lines(card)
    assert await hidden.of_chat(kept, PLACE) == {"bob"}
    await there.asks("include me in the digest")
    assert await hidden.of_chat(kept, PLACE) == set()


async def test_one_at_once_is_the_answer_and_leaves_out_who_left(bot, here, dingtalk, alice, bob, carol, kept):
    alice.calendar.busy(MONDAY.replace(hour=9), MONDAY.replace(hour=18))
    await Talk(bob, here.chat).asks("日报不要算我")
    card = await here.asks("现在发一份")
    assert "⛔ 全天没空 1：Alice Chen" in lines(card)
    assert "1 人已退出" in card.params["markdown"]
    asked = [call.body["userIds"] for call in dingtalk.calls_of("querySchedule")]
    assert asked == [[alice.union_id, carol.union_id]]
    assert await digests.get(kept, digest_key(PLACE, EditionKind.DAY)) is None


async def test_the_settings_lie_behind_a_digest_and_lead_back(bot, here, alice, bob):
    card = await here.asks("现在发一份")
    assert "最适合开会" in card.params["title"]
    await bob.presses(card, "settings")
    assert card.params["title"] == "这个群还没有日报"
    assert verbs(card) == ["turn_on", "not_me", "digest"]
    await bob.presses(card, "turn_on")
    assert card.params["title"] == "日报：工作日 09:10"
    await alice.presses(card, "digest")
    assert "最适合开会" in card.params["title"]


async def test_a_group_without_a_team_is_asked_for_one_first(start, here, alice, bob, kept):
    await start()
    card = await here.asks("每天9点10分发团队日报")
    assert lines(card)[0] == "这个群还没有团队"
    assert await digests.get(kept, digest_key(PLACE, EditionKind.DAY)) is None
    await here.asks("团队加上", bob)
    await alice.presses(card, "refresh")
    assert card.params["title"] == "日报还没设，请确认"
    await alice.presses(card, "set_up")
    assert card.params["title"] == "日报：工作日 09:10"
    assert (await digest_of(kept)).team is None


async def test_what_is_said_in_a_chat_goes_before_the_configuration(start, here, kept):
    changes = {**WITH_TEAM, "digests": [{"chat": PLACE, "at": "08:30", "days": ["mon", "wed"]}]}
    await start(**changes)
    card = await here.asks("日报设置")
    assert (card.params["title"], "由管理员配置" in lines(card)) == ("日报：周一、三 08:30", True)
    card = await here.asks("日报改到8点45")
    assert card.params["title"] == "日报：周一、三 08:45"
    assert "这里设的优先于管理员配置" in lines(card)
    assert (await digest_of(kept)).operator is None  # still the first of the team


async def test_the_team_of_a_configured_digest_is_one(start, here, kept):
    await start(teams=[TEAM], digests=[{"chat": PLACE, "team": "design", "at": "23:59"}])
    card = await here.asks("日报改到8点45")
    assert card.params["title"] == "日报：工作日 08:45"
    assert (await digest_of(kept)).team == "design"


async def test_a_digest_may_be_about_a_team_that_is_named(start, here, sets, kept):
    await start(teams=[TEAM])
    card = await sets("工作日9点10分发design日报")
    assert "团队：design" in lines(card)
    assert (await digest_of(kept)).team == "design"


async def test_a_time_is_one_of_the_chats_zone_unless_another_is_named(bot, here, sets, alice, kept):
    card = await sets("每天东京时间9点发日报")
    assert "✅ 开 · 工作日 09:00 · 东京时间" in lines(card)
    await alice.presses(card, "reschedule")
    await alice.presses(card, "at_1")
    assert "✅ 开 · 工作日 08:30 · 东京时间" in lines(card)
    await here.asks("时区 柏林")
    card = await here.asks("日报改到8点45")
    assert "✅ 开 · 工作日 08:45 · 柏林时间" in lines(card)


async def test_nothing_is_stored_for_a_digest_that_was_never_there(bot, here, kept):
    for text in ("停止日报", "暂停到周五", "日报设置"):
        assert (await here.asks(text)).params["title"] == "这个群还没有日报"
    assert await digests.get(kept, digest_key(PLACE, EditionKind.DAY)) is None


async def test_a_time_that_cannot_be_is_asked_back(bot, here, sets, kept):
    await sets("工作日9点10分发日报")
    card = await here.asks("日报改到25点")
    assert card.params["title"] != "日报：工作日 09:10"
    assert (await digest_of(kept)).at == time(9, 10)


async def test_one_of_ones_own_is_about_oneself_and_the_team(bot, alice, dingtalk, kept):
    alone = Talk(alice, alice.direct)
    card = await alone.asks("每天9点10分发日报")
    assert "你的一天和 design，只发给你" in lines(card)
    assert verbs(card) == ["reschedule", "pause", "turn_off"]
    digest = await digest_of(kept, ConversationId("direct:alice"))
    assert (digest.user, digest.team, digest.operator) == ("alice", "design", "alice")
    card = await alone.asks("日报退订")
    assert card.params["title"] == "日报已关闭"


async def test_ones_own_digest_without_any_team_is_about_oneself(start, alice, group, dingtalk):
    await start()
    alice.calendar.busy(MONDAY.replace(hour=9), MONDAY.replace(hour=18))
    card = await Talk(alice, alice.direct).asks("现在发一份")
    assert "⛔ 全天没空 1：Alice Chen" in lines(card)


async def test_ones_own_digest_looks_at_the_team_of_the_1_1_chat(start, alice, bob, group, dingtalk):
    await start()
    alone = Talk(alice, alice.direct)
    await alone.asks("团队加上 李博")
    await alone.asks("现在发一份")
    asked = [call.body["userIds"] for call in dingtalk.calls_of("querySchedule")]
    assert asked == [[alice.union_id, bob.union_id]]


async def test_a_digest_survives_a_restart_and_another_process_sees_it(start, here, sets, group):
    first = await start(**WITH_TEAM)
    await sets("工作日8点45发日报")
    await first.stop()
    await start(**WITH_TEAM)
    assert (await here.asks("日报设置")).params["title"] == "日报：工作日 08:45"


# ---------------------------------------------------------------- shown before it is set
async def test_a_digest_of_a_group_is_shown_before_it_is_set(bot, here, alice, bob, kept):
    card = await here.asks("每天9点10分发团队日报")
    assert card.params["title"] == "日报还没设，请确认"
    assert lines(card)[0] == "工作日 09:10 · 北京时间"
    assert "第一次：明天 09:10" in lines(card)
    assert [button.text for button in card.buttons] == ["就这样发", "先看一份", "改时间", "不发"]
    await alice.presses(card, "preview")
    assert "最适合开会" in card.params["title"]
    assert verbs(card) == ["set_up", "back"]
    await alice.presses(card, "back")
    await alice.presses(card, "reschedule")
    await alice.presses(card, "at_2")
    assert (card.params["title"], lines(card)[0]) == ("日报还没设，请确认", "工作日 09:40 · 北京时间")
    assert await digests.get(kept, digest_key(PLACE, EditionKind.DAY)) is None
    await bob.presses(card, "set_up")
    assert await digests.get(kept, digest_key(PLACE, EditionKind.DAY)) is None
    await alice.presses(card, "set_up")
    assert card.params["title"] == "日报：工作日 09:40"
    assert (await digest_of(kept)).at == time(9, 40)


async def test_what_is_shown_may_be_left_and_may_be_set_from_its_preview(bot, here, alice, kept):
    card = await here.asks("daily digest at 9:10")
    assert card.params["title"] == "Digest not set yet, please check"
    assert [button.text for button in card.buttons] == ["Set it up", "Preview", "Change time", "Don't"]
    await alice.presses(card, "leave_it")
    assert card.params["title"] == "This group has no digest yet"
    card = await here.asks("daily digest at 9:10")
    await alice.presses(card, "preview")
    await alice.presses(card, "set_up")
    assert card.params["title"] == "Digest: workdays 9:10 am"
    assert (await digest_of(kept)).operator == "alice"


async def test_a_running_digest_is_changed_and_ones_own_is_set_at_once(bot, here, sets, alice, kept):
    await sets("工作日9点10分发日报")
    assert (await here.asks("日报改到8点45")).params["title"] == "日报：工作日 08:45"
    assert (await here.asks("停止日报")).params["title"] == "日报已关闭"
    assert (await here.asks("打开日报")).params["title"] == "日报还没设，请确认"
    assert not (await digest_of(kept)).on
    own = await Talk(alice, alice.direct).asks("每天9点10分发日报")
    assert own.params["title"] == "日报：工作日 09:10"


# ---------------------------------------------------------------- the week's
async def test_a_weekly_digest_stands_beside_the_daily_one(bot, here, sets, kept):
    await sets("工作日9点10分发日报")
    card = await sets("每周一早上发周报")
    assert card.params["title"] == "周报：周一 09:10"
    assert "另有日报：工作日 09:10" in lines(card)
    assert any(line.startswith("下次：周一 3/19") for line in lines(card))
    weekly = await digest_of(kept, kind=EditionKind.WEEK)
    assert (weekly.days, weekly.at, weekly.team, weekly.operator) == ((0,), time(9, 10), "design", "alice")
    await here.asks("把周报改到周五下午4点")
    assert (await digest_of(kept, kind=EditionKind.WEEK)).days == (4,)
    await here.asks("关闭周报")
    assert not (await digest_of(kept, kind=EditionKind.WEEK)).on
    assert (await digest_of(kept)).on


async def test_a_weekly_digest_without_a_day_goes_out_on_the_last_working_day(bot, here, sets):
    card = await sets("send a weekly digest")
    assert card.params["title"] == "Weekly digest: last working day of a week 4:10 pm"
    assert any(line.startswith("Next: Fri 16 Mar") for line in lines(card))


async def test_what_is_said_of_no_kind_is_about_the_digest_that_is_there(bot, here, sets, kept):
    await sets("每周一早上发周报")
    assert (await here.asks("stop the digest")).params["title"] == "The weekly digest is off"


@pytest.mark.parametrize(
    ("text", "title", "first"),
    [
        ("明天的日报", "明天最适合开会：9–10 点", "design · 周二 3/13（北京时间）"),
        ("show tomorrow's digest", "Best team hour tomorrow: 9–10 am", "design · Tue 13 Mar (Beijing)"),
        ("周五的日报", "周五 3/16 最适合开会：9–10 点", None),
        ("看下周的周报", "下周最适合开会：周一 13–18 点", None),
        ("本周的周报", "本周最适合开会：周一 13–18 点", None),
        ("show next week's digest", "Best time next week: Mon 1–6 pm", None),
        ("周六的日报", "周一 3/19 最适合开会：9–10 点", None),
    ],
)
async def test_tomorrows_and_the_weeks_are_shown_on_demand(bot, here, kept, text, title, first):
    card = await here.asks(text)
    assert card.params["title"] == title
    assert first is None or lines(card)[0] == first
    assert await digests.get(kept, digest_key(PLACE, EditionKind.DAY)) is None


async def test_one_on_demand_is_in_the_language_of_who_asks(start, here):
    await start(**WITH_TEAM, digests=[{"chat": PLACE, "at": "23:59"}])  # none that is due while this runs
    assert (await here.asks("show tomorrow's digest")).params["title"].startswith("Best team hour")
    assert (await here.asks("明天的日报")).params["title"].startswith("明天最适合开会")


# ---------------------------------------------------------------- from there to the round
async def test_what_was_set_goes_out_at_its_time_once_for_all_processes(start, dingtalk, here, sets, group, sqlite_url):
    await start(**WITH_TEAM)
    await sets("工作日9点10分发日报")
    before = len(group.cards)
    clock = Turned(TOMORROW)
    async with (
        replica(dingtalk, sqlite_url, clock, **WITH_TEAM) as one,
        replica(dingtalk, sqlite_url, clock, **WITH_TEAM) as other,
    ):
        assert sum([await one.look(TOMORROW), await other.look(TOMORROW)]) == 1
        assert len(group.cards) == before + 1
        card = await here.asks("日报改到10点40", later=timedelta(days=1))  # said at 10:00, after today's
        assert "下次：明天 10:40" in lines(card)
        before = len(group.cards)
        assert await other.look(TOMORROW + timedelta(minutes=95)) == 0
        assert await one.look(TOMORROW + timedelta(days=1, minutes=90)) == 1
    assert len(group.cards) == before + 1


async def test_nothing_goes_out_while_it_is_paused_or_off(start, dingtalk, here, sets, group, sqlite_url):
    await start(**WITH_TEAM)
    await sets("工作日9点10分发日报")
    await here.asks("暂停到周三")
    async with replica(dingtalk, sqlite_url, Turned(TOMORROW), **WITH_TEAM) as process:
        days = [await process.look(TOMORROW + timedelta(days=each)) for each in range(3)]
        assert days == [0, 0, 1]  # Tuesday, Wednesday, Thursday
        await here.asks("停止日报")
        assert await process.look(TOMORROW + timedelta(days=3)) == 0


async def test_one_of_the_configuration_goes_out_as_its_chat_says(start, dingtalk, here, group, sqlite_url):
    changes = {**WITH_TEAM, "digests": [{"chat": PLACE, "at": "08:30"}]}
    await start(**changes)
    await here.asks("日报改到9点10分")
    async with replica(dingtalk, sqlite_url, Turned(TOMORROW), **changes) as process:
        assert await process.look(TOMORROW - timedelta(minutes=10)) == 0
        assert await process.look(TOMORROW) == 1


async def test_ones_own_goes_to_the_1_1_chat(start, dingtalk, alice, group, sqlite_url):
    await start(**WITH_TEAM)
    await Talk(alice, alice.direct).asks("工作日9点10分发日报")
    before = len(alice.direct.cards)
    async with replica(dingtalk, sqlite_url, Turned(TOMORROW), **WITH_TEAM) as process:
        assert await process.look(TOMORROW) == 1
    assert len(alice.direct.cards) == before + 1
    assert group.cards == []
