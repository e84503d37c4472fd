"""Nobody is called free without data: whatever goes wrong on the way, the person stays unknown, with the reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from scenario import ASK, MONDAY, PATIENT, TUESDAY, crowd, line_of, on_tuesday, verdict_lines

HOUR = {"dateTime": on_tuesday(15).isoformat(), "timeZone": "Asia/Shanghai"}
NONSENSE = (
    {"status": "BUSY", "start": HOUR},
    {"status": "BUSY", "start": {"date": "2040-03-13"}},
    {"status": "BUSY", "start": {"date": "2040-03-13"}, "end": {"date": None}},
    {"status": "BUSY", "start": {"dateTime": None}, "end": {"dateTime": None}},
    {"status": "BUSY", "start": {"date": "2040-03-14"}, "end": {"date": "2040-03-13"}},
    {"status": "BUSY", "start": {"dateTime": "soon"}, "end": HOUR},
    {"status": "BUSY", "start": {"dateTime": "2040-03-13T14:00:00"}, "end": HOUR},
    {"status": "BUSY", "start": {"dateTime": "2040-03-13T14:00:00", "timeZone": "Mars/Olympus"}, "end": HOUR},
    {"start": "2040-03-13T14:00:00+08:00", "end": "2040-03-13T15:00:00+08:00"},
)


async def ask(person, *at, to, text=ASK):
    await person.says(text, at=at, to=to, created_at=MONDAY)
    return await to.next_card()


async def test_a_calendar_that_is_not_shared_is_unknown(bot, dingtalk, alice, bob, carol, group):
    dingtalk.faults.person_error(bob, "No permission")
    card = await ask(alice, bob, carol, to=group)
    assert verdict_lines(card) == ["✅ 有空 1：王芳", "❔ 查不到 1：李博（未开放忙闲）"]
    assert card.params["title"] == "1 人有空，1 人查不到"
    assert "查不到不算有空" in card.text
    assert [button.text for button in card.buttons if button.verb == "refresh"] == ["刷新"]


async def test_what_may_pass_is_offered_to_be_tried_again_once(bot, dingtalk, alice, bob, group):
    dingtalk.faults.omit_person(bob)
    card = await ask(alice, bob, to=group)
    assert verdict_lines(card) == ["❔ 查不到 1：李博（钉钉没回应）"]
    assert [button.text for button in card.buttons if button.verb == "refresh"] == ["重试 1 人"]


async def test_somebody_left_out_of_the_answer_is_unknown(bot, dingtalk, alice, bob, carol, group):
    dingtalk.faults.omit_person(bob)
    dingtalk.faults.shuffle_schedule()
    card = await ask(alice, bob, carol, to=group)
    assert verdict_lines(card) == ["✅ 有空 1：王芳", "❔ 查不到 1：李博（钉钉没回应）"]


async def test_somebody_listed_twice_is_busy_by_either_entry(bot, dingtalk, alice, bob, carol, group):
    dingtalk.faults.repeat_person(bob)
    bob.calendar.busy(on_tuesday(14), on_tuesday(16))
    card = await ask(alice, bob, carol, to=group)
    assert verdict_lines(card) == ["✅ 有空 1：王芳", "⛔ 没空 1：李博 到 16:00"]


@pytest.mark.parametrize("item", NONSENSE)
async def test_an_item_that_makes_no_sense_leaves_its_owner_unknown(bot, alice, bob, carol, group, item):
    bob.calendar.raw(item)
    card = await ask(alice, bob, carol, to=group)
    assert verdict_lines(card) == ["✅ 有空 1：王芳", "❔ 查不到 1：李博（数据异常）"]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (lambda faults: faults.html("querySchedule"), "数据异常"),
        (lambda faults: faults.truncate("querySchedule"), "数据异常"),
        (lambda faults: faults.endless("querySchedule"), "数据异常"),
        (lambda faults: faults.fail("querySchedule", status=400, code="paramIllegal"), "查询失败"),
        (lambda faults: faults.fail("querySchedule", status=500), "查询失败"),
        (lambda faults: faults.fail("querySchedule", status=200, code="x", extra={"scheduleInformation": None}), None),
        (lambda faults: faults.close_connection("querySchedule"), "查询超时"),
        (lambda faults: faults.deny_scope("Calendar.EventSchedule.Read"), "应用缺少权限"),
        (lambda faults: faults.fail("user/get", errcode=60121), "没找到"),
        (lambda faults: faults.deny_scope("qyapi_get_member"), "应用缺少权限"),
        (lambda faults: faults.html("user/get"), "数据异常"),
    ],
)
async def test_an_answer_that_is_none_makes_nobody_free(bot, dingtalk, alice, bob, carol, group, fault, reason):
    fault(dingtalk.faults)
    card = await ask(alice, bob, carol, to=group)
    assert [line[0] for line in verdict_lines(card)] == ["❔"]
    assert card.params["title"].startswith("2 人都查不到")
    assert reason is None or reason in card.params["title"]
    assert "没查到任何人的忙闲" in card.text
    assert "✅" not in card.text


@pytest.mark.parametrize("scope", ["Calendar.EventSchedule.Read", "qyapi_get_member"])
async def test_a_missing_permission_point_is_named(bot, dingtalk, alice, bob, group, scope):
    dingtalk.faults.deny_scope(scope)
    card = await ask(alice, bob, to=group)
    assert f"请管理员开通权限：{scope}" in card.text


async def test_a_spent_quota_is_told_over_the_session_that_costs_nothing(bot, dingtalk, alice, bob, group):
    dingtalk.faults.quota_gone()
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    message = await group.next_message()
    assert "本月额度已用完" in message.text
    assert "✅" not in message.text


async def test_one_failing_batch_of_45_people_leaves_the_others_answered(start, dingtalk, alice, group):
    people = crowd(dingtalk, 45)
    dingtalk.faults.fail("querySchedule", status=400, code="paramIllegal", person=people[30])
    await start(teams=[{"name": "all", "departments": [45]}])
    card = await ask(alice, to=group, text=f"all {ASK}")
    assert card.params["title"] == "25 人有空，20 人查不到"


async def test_a_throttled_call_is_made_again_a_little_later(bot, dingtalk, alice, bob, group):
    code = "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"
    dingtalk.faults.fail("querySchedule", status=403, code=code, times=1)
    assert verdict_lines(await ask(alice, bob, to=group)) == ["✅ 有空 1：李博"]


@pytest.mark.parametrize(
    ("api", "timing", "line"),
    [
        ("querySchedule", replace(PATIENT, call_within=1), "❔ 查不到 1：李博（查询超时）"),
        ("user/get", replace(PATIENT, look_up_within=0.1), "❔ 查不到 1：bob（查询超时）"),
    ],
    ids=["a calendar", "the directory"],
)
async def test_a_call_that_never_answers_is_unknown_in_time(bot, dingtalk, alice, bob, group, api, line):
    dingtalk.faults.hang(api)
    card = await ask(alice, bob, to=group)
    assert verdict_lines(card) == [line]
    assert {call.status for call in dingtalk.calls_of(api)} == {0}


async def test_an_external_member_is_unknown_and_counted(bot, dingtalk, alice, bob, group):
    eve = dingtalk.outsider("eve", name="Eve")
    card = await ask(alice, bob, eve, to=group)
    assert verdict_lines(card) == ["✅ 有空 1：李博", "❔ 查不到 1：外部成员（不在本组织）"]


async def test_only_external_members_do_not_become_the_team(start, dingtalk, alice, group):
    await start(teams=[{"name": "design", "members": ["bob"]}], chats=[{"id": group.conversation_id, "team": "design"}])
    card = await ask(alice, dingtalk.outsider("eve", name="Eve"), to=group)
    assert verdict_lines(card) == ["❔ 查不到 1：外部成员（不在本组织）"]


async def test_somebody_who_left_is_unknown_and_the_others_are_answered(bot, dingtalk, alice, bob, carol, group):
    dingtalk.remove(bob)
    card = await ask(alice, bob, carol, to=group)
    assert verdict_lines(card) == ["✅ 有空 1：王芳", "❔ 查不到 1：bob（没找到）"]


async def test_somebody_who_may_not_ask_sees_everybody_unknown(bot, dingtalk, alice, bob, carol, group):
    dingtalk.faults.fail("user/get", errcode=60011, person=alice)
    card = await ask(alice, bob, carol, to=group)
    assert verdict_lines(card) == ["❔ 查不到 2：李博、王芳（应用缺少权限）"]
    assert dingtalk.calls_of("querySchedule") == []


async def test_an_item_that_says_free_blocks_nothing(bot, alice, bob, group):
    bob.calendar.free(on_tuesday(14), on_tuesday(16))
    assert verdict_lines(await ask(alice, bob, to=group)) == ["✅ 有空 1：李博"]


async def test_an_all_day_tentative_item_is_tentative(bot, alice, bob, group):
    bob.calendar.all_day(TUESDAY.date(), status="TENTATIVE")
    assert line_of(await ask(alice, bob, to=group), "李博").startswith("🟡")
