"""Leave, where it is read: in every answer, slot and digest; who is out; what is said where it cannot be read."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa
from scenario import MONDAY, Talk, line_of, on_tuesday, run, settings_of

from bot.store import Store
from bot.store.tables import metadata

LEAVE = "attendance/getleavestatus"
TUESDAY = on_tuesday(0).date()
ON = {"leave": {"enabled": True}}


@pytest.fixture
def talk(alice, group):
    return Talk(alice, group)


@pytest.fixture
async def bot(start, group):
    return await start(
        teams=[{"name": "design", "members": ["alice", "bob", "carol"]}],
        chats=[{"id": group.conversation_id, "team": "design"}],
        **ON,
    )


def lines(card):
    return card.params["markdown"].split("\n\n")


# ---------------------------------------------------------------- every answer
async def test_somebody_on_leave_is_not_free(bot, talk, bob, carol):
    bob.leave.days(TUESDAY)
    carol.leave.hours(on_tuesday(9), on_tuesday(12))
    card = await talk.asks("周二谁有空")
    assert line_of(card, "李博") == "⛔ 没空 1：李博 全天"
    assert line_of(card, "王芳") == "🟡 部分有空 1：王芳 13:00 起有空"
    card = await talk.asks("周二上午10点到11点谁有空")
    assert line_of(card, "王芳") == "⛔ 没空 2：李博 全天、王芳 到 12:00"


async def test_a_common_time_avoids_leave(bot, talk, bob):
    bob.leave.hours(on_tuesday(9), on_tuesday(17))
    card = await talk.asks("帮我和他周二找1小时", bob)
    assert [line for line in lines(card) if line.startswith("1️⃣")] == ["1️⃣ 周二 3/13 17:00–18:00 ⭐"]


async def test_the_next_free_time_comes_after_leave(bot, talk, bob):
    bob.leave.days(MONDAY.date(), 2)
    card = await talk.asks("他什么时候有空", bob)
    assert "3/14" in card.params["title"] + card.params["markdown"]


async def test_a_map_shows_leave_as_busy(bot, talk, bob):
    bob.leave.hours(on_tuesday(13), on_tuesday(18))
    card = await talk.asks("看下团队周二的忙闲")
    assert "🟦🟦🟦｜🟧🟧🟧🟧🟧 李博" in lines(card)


async def test_who_hides_the_calendar_and_is_on_leave_is_away_all_the_same(bot, dingtalk, talk, bob):
    dingtalk.faults.person_error(bob)
    bob.leave.days(TUESDAY)
    assert line_of(await talk.asks("周二他有空吗", bob), "李博") == "⛔ 没空 1：李博 全天"
    assert line_of(await talk.asks("周三他有空吗", bob), "李博").startswith("❔")


async def test_a_day_off_is_a_day_where_its_owner_is(start, dingtalk, alice, group):
    dan = dingtalk.person("dan", name="丹", zone="America/Los_Angeles")
    dan.leave.days(TUESDAY, zone="America/Los_Angeles")
    await start(people=[{"id": "dan", "timezone": "America/Los_Angeles"}], **ON)
    talk = Talk(alice, group)
    assert line_of(await talk.asks("周三上午9点到10点有空吗", dan), "丹").startswith("⛔")
    assert not line_of(await talk.asks("周四上午9点到10点有空吗", dan), "丹").startswith("⛔")


# ---------------------------------------------------------------- who is out
async def test_who_is_out_is_told_with_the_hours_and_nothing_else(bot, dingtalk, talk, bob, carol):
    bob.leave.days(TUESDAY)
    carol.leave.hours(on_tuesday(9), on_tuesday(12))
    card = await talk.asks("明天谁请假")
    assert card.params["title"] == "明天 3 人里 2 人不在"
    assert lines(card) == [
        "周二 3/13（北京时间）",
        "⛔ 不在 2：李博 全天、王芳 到 12:00",
        "其余 1 人在 · 只看时间，不看类型",
    ]


async def test_who_is_out_in_english(bot, talk, bob, carol, dingtalk):
    bob.leave.hours(on_tuesday(13), on_tuesday(18))
    dingtalk.faults.person_error(carol)
    card = await talk.asks("who's on leave tomorrow")
    assert card.params["title"] == "1 of 3 is out tomorrow"
    assert lines(card)[1:] == [
        "⛔ Out 1: 李博 from 1 pm",
        "❔ Unknown 1: 王芳 (not shared)",
        "1 other is in · no reasons shown",
    ]


@pytest.mark.parametrize(
    ("text", "title"), [("李博明天休假吗", "李博 明天不在"), ("李博周三休假吗", "李博 周三 3/14 在")]
)
async def test_one_person_is_named(bot, talk, bob, text, title):
    bob.leave.days(TUESDAY)
    assert (await talk.asks(text)).params["title"] == title


async def test_nobody_is_out(bot, talk):
    assert (await talk.asks("明天谁请假")).params["title"] == "明天 3 人都在"
    assert (await talk.asks("who's on leave tomorrow")).params["title"] == "All 3 are in tomorrow"


async def test_a_calendar_that_is_taken_all_day_is_no_leave_and_is_told(bot, talk, bob):
    bob.calendar.all_day(TUESDAY)
    card = await talk.asks("明天谁请假")
    assert card.params["title"] == "明天没人请假"
    assert lines(card)[1:] == ["⛔ 全天没空 1：李博", "其余 2 人在 · 只看时间，不看类型"]
    assert (await talk.asks("李博明天请假吗")).params["title"] == "李博 明天没请假"


async def test_after_work_today_is_still_the_whole_day(bot, talk, alice, group, bob):
    bob.leave.hours(MONDAY.replace(hour=9), MONDAY.replace(hour=12))
    await alice.says("今天谁请假", to=group, created_at=MONDAY.replace(hour=20))
    card = await group.next_card()
    assert card.params["title"] == "今天 3 人里 1 人不在"
    assert "⛔ 不在 1：李博 到 12:00" in lines(card)
    assert "其余 2 人在 · 只看时间，不看类型" in lines(card)


async def test_who_does_not_want_to_be_shown_is_counted_apart(bot, dingtalk, talk, bob, carol, group):
    bob.leave.days(TUESDAY)
    await Talk(bob, group).says("别在群里显示我")
    await group.next_message()
    card = await talk.asks("明天谁请假")
    assert card.params["title"] == "明天 2 人都在"
    assert lines(card)[1:] == ["❔ 不参与 1", "其余 2 人在 · 只看时间，不看类型"]
    assert "bob" not in json.dumps([call.body for call in dingtalk.calls_of(LEAVE)])


async def test_another_day_may_follow(bot, talk, bob):
    bob.leave.days(TUESDAY)
    await talk.asks("明天谁请假")
    card = await talk.asks("那周四呢")
    assert card.params["title"] == "周四 3/15 3 人都在"
    await talk.person.presses(card, "later")
    assert "3/16" in card.params["markdown"]


async def test_several_days_have_their_dates(bot, talk, bob, carol):
    bob.leave.days(TUESDAY, 2)
    carol.leave.hours(on_tuesday(9), on_tuesday(12))
    card = await talk.asks("这周谁请假")
    assert card.params["title"] == "3 人里 2 人不在"
    assert lines(card)[1:3] == ["⛔ 不在 2：李博 周二 3/13–周三 3/14", "王芳 周二 3/13 09:00–12:00"]


async def test_whoever_does_not_work_that_day_is_not_in(start, group, talk):
    await start(
        teams=[{"name": "d", "members": ["alice", "bob"]}],
        chats=[{"id": group.conversation_id, "team": "d"}],
        people=[{"id": "bob", "working_time": {"days": ["mon", "wed"]}}],
        **ON,
    )
    card = await talk.asks("明天谁请假")
    assert "⬜ 不上班 1：李博" in lines(card)
    assert "其余 1 人在 · 只看时间，不看类型" in lines(card)


# ---------------------------------------------------------------- off, and failed
async def test_off_it_costs_nothing_and_says_that_nobody_looked(start, dingtalk, group, talk, bob):
    bob.leave.days(TUESDAY)
    bob.calendar.all_day(TUESDAY)
    await start(teams=[{"name": "d", "members": ["bob"]}], chats=[{"id": group.conversation_id, "team": "d"}])
    card = await talk.asks("明天谁请假")
    assert card.params["title"] == "没看请假，按日历 李博 全天没空"
    assert "请管理员开通请假查询" in lines(card)
    assert dingtalk.calls_of(LEAVE) == []


async def test_where_leave_fails_calendars_stand_and_the_footer_says_so(bot, dingtalk, talk, bob):
    bob.leave.days(TUESDAY)
    dingtalk.faults.deny_scope("qyapi_get_attendance_data")
    card = await talk.asks("周二下午2点到3点谁有空")
    assert card.params["title"] == "3 人都有空"
    assert "没查到请假（应用缺少权限）" in card.params["tips"]
    card = await talk.asks("明天谁请假")
    assert card.params["title"] == "没查到请假（应用缺少权限），只按日历"
    assert "人在" not in card.params["markdown"]


@pytest.mark.parametrize("repeating", [False, True])
async def test_pages_that_never_end_are_a_failure_like_others(bot, dingtalk, talk, bob, repeating):
    dingtalk.faults.endless_leave(repeating=repeating)
    card = await talk.asks("周二下午2点到3点谁有空")
    assert "没查到请假" in card.params["tips"]
    assert len(dingtalk.calls_of(LEAVE)) <= 2


@pytest.mark.parametrize(
    "row",
    [
        {"start_time": "???", "end_time": None},
        {"start_time": 2215958400000, "end_time": 2216044800000, "duration_unit": "class", "duration_percent": 100},
        {"start_time": 2215958400000, "end_time": 2216044800000, "duration_unit": None, "leave_code": ["?"]},
        {
            "start_time": 2215958400000,
            "end_time": 2216044800000,
            "duration_unit": "percent_day",
            "duration_percent": {},
        },
    ],
)
async def test_an_odd_leave_makes_one_person_unknown_and_nobody_else(bot, talk, bob, row):
    bob.leave.raw(row)
    card = await talk.asks("周二下午2点到3点谁有空")
    assert line_of(card, "李博").startswith("❔")
    assert line_of(card, "王芳").startswith("✅ 有空 2")
    assert "没查到请假" not in card.params["tips"]


async def test_one_call_serves_half_an_hour(bot, dingtalk, talk):
    for text in ("周二下午2点到3点谁有空", "明天谁请假", "看下团队本周的忙闲", "下周谁有空"):
        await talk.asks(text)
    assert len(dingtalk.calls_of(LEAVE)) == 1


# ---------------------------------------------------------------- the kind
async def test_the_kind_of_leave_is_nowhere(launch, dingtalk, talk, group, bob, sqlite_url, tmp_path):
    bob.leave.days(TUESDAY, code="KIND-CANARY-1")
    bob.leave.hours(on_tuesday(9), on_tuesday(12), code="KIND-CANARY-2")
    process = await launch(
        teams=[{"name": "d", "members": ["alice", "bob"]}],
        chats=[{"id": group.conversation_id, "team": "d"}],
        logging={"level": "debug"},
        options=("-v",),
        **ON,
    )
    for text in ("明天谁请假", "周二谁有空", "看下团队周二的忙闲"):
        card = await talk.asks(text)
        assert "CANARY" not in json.dumps(card.params)
    assert dingtalk.calls_of(LEAVE)
    await process.terminate()
    assert "CANARY" not in process.stdout + process.stderr

    async with await Store.open(sqlite_url) as store:
        wanted = list(map(sa.select, metadata.sorted_tables))
        rows = await store.run(lambda connection: [connection.execute(each).all() for each in wanted])
    assert "CANARY" not in repr(rows)


# ---------------------------------------------------------------- commands
async def test_ask_prints_leave(dingtalk, alice, bob, sqlite_url, tmp_path):
    bob.leave.days(TUESDAY)
    for enabled in (True, False):
        path = tmp_path / f"{enabled}.yaml"
        settings = settings_of(dingtalk, sqlite_url, leave={"enabled": enabled}, teams=[])
        path.write_text(json.dumps(settings))
        text = f"{TUESDAY.year}年3月13日 李博 有空吗"
        found = await run(
            tmp_path / str(enabled), "ask", "-c", str(path), "--as", "alice", "--at", "bob", "--json", text
        )
        [person] = json.loads(found.stdout)["people"]
        if enabled:
            assert (person["state"], len(person["leave"])) == ("busy", 1)
            assert person["leave"][0]["start"].startswith("2040-03-13T00:00:00+08:00")
        else:
            assert (person["state"], person["leave"]) == ("free", None)


async def test_check_tries_leave_where_it_is_on(dingtalk, alice, sqlite_url, tmp_path):
    path = tmp_path / "config.yaml"
    path.write_text(json.dumps(settings_of(dingtalk, sqlite_url, teams=[{"name": "t", "members": ["alice"]}], **ON)))
    found = await run(tmp_path / "good", "check", "-c", str(path))
    assert "ok   leave: allowed" in found.stdout
    dingtalk.faults.deny_scope("qyapi_get_attendance_data")
    found = await run(tmp_path / "bad", "check", "-c", str(path))
    assert [line for line in found.stdout.splitlines() if line.startswith("FAIL leave")]
    assert "qyapi_get_attendance_data" in found.stdout
