"""The stage over its JSON API, and what it refuses; no browser."""

from __future__ import annotations

import asyncio

import pytest

from bot.playground.situations import read_situation
from bot.playground.steps import settled

ASK = "下周二下午2点到4点谁有空"


async def ask(page_api, text=ASK, at=("lina", "chenjing"), *, who="zhangwei"):
    """Asks in the product group; the entries of its timeline once all is settled."""
    await page_api.say(text, who=who, chat="产品群", at=list(at))
    await settled(page_api.playground.stage)
    _, shown = await page_api.timeline(who=who, chat="产品群")
    return shown["entries"]


async def board(page_api, **more):
    chat = page_api.company.groups[0].conversation_id
    _, shown = await page_api.get("api/calendars", params={"as": "zhangwei", "chat": chat, **more})
    return shown


async def test_the_clock_starts_on_a_working_tuesday_at_ten(page_api):
    _, stage = await page_api.get("api/stage")
    assert stage["clock"]["now"].startswith("2026-03-17T02:00")
    assert stage["clock"]["digest"] == "2026-03-18T01:10:00+00:00"


async def test_the_board_follows_the_last_card(page_api):
    assert (await board(page_api))["day"] == "2026-03-17"
    await ask(page_api)
    shown = await board(page_api)
    assert shown["day"] == "2026-03-24"
    assert shown["windows"] == [{"from": 840, "to": 960}]
    assert {each["id"] for each in shown["people"] if each["asked"]} == {"lina", "chenjing"}
    assert [each["day"] for each in shown["days"] if each["asked"]] == ["2026-03-24"]


async def test_another_day_can_be_looked_at(page_api):
    shown = await board(page_api, day="2026-03-19")
    leave = [item for each in shown["people"] for item in each["items"] if item["all_day"]]
    assert leave == []
    shown = await board(page_api, day="2026-03-26")
    [leave] = [item for each in shown["people"] for item in each["items"] if item["all_day"]]
    assert (leave["kind"], leave["from"], leave["to"]) == ("leave", 0, 1440)
    status, refused = await page_api.get(
        "api/calendars", params={"as": "zhangwei", "chat": page_api.company.groups[0].conversation_id, "day": "soon"}
    )
    assert (status, "YYYY-MM-DD" in refused["error"]) == (400, True)


async def test_a_calendar_that_is_changed_changes_the_next_answer(page_api):
    entry = {"start": "2026-03-24T14:00:00+08:00", "end": "2026-03-24T16:00:00+08:00"}
    assert (await page_api.post("api/calendars/lina", {"put": entry}))[0] == 200
    entries = await ask(page_api)
    assert "李娜" in entries[-1]["html"].split("⛔")[1]
    [item] = [each for each in (await board(page_api))["people"][1]["items"] if each["from"] == 840]
    later = {"start": "2026-03-24T16:00:00+08:00", "end": "2026-03-24T17:00:00+08:00", "key": item["key"]}
    await page_api.post("api/calendars/lina", {"put": later})
    assert "✅ 有空 1：李娜" in (await ask(page_api))[-1]["html"]
    await page_api.post("api/calendars/lina", {"shares": False})
    assert "❔ 查不到 1：李娜" in (await ask(page_api))[-1]["html"]


@pytest.mark.parametrize(
    ("change", "status", "says"),
    [
        ({"put": {"start": "2026-03-24T14:00:00+08:00", "end": "2026-03-24T13:00:00+08:00"}}, 409, "after"),
        ({"put": {"start": "2026-03-24T14:00:00", "end": "2026-03-24T15:00:00+08:00"}}, 400, "put.start"),
        ({"put": {"start": "2026-03-24T14:00:00+08:00"}}, 400, "a day, or a start and an end"),
        ({"put": {"day": "2026-03-24", "kind": "party"}}, 400, "put.kind"),
        ({"put": {"day": "2026-03-24", "key": 10**9}}, 409, "no entry"),
        ({"remove": 10**9}, 409, "no entry"),
        ({"own_time": {"days": ["mon"], "start": "01:00", "end": "23:00"}}, 409, "expected an end after the start"),
        ({"own_time": {"start": "noon"}}, 409, 'such as "09:00"'),
        ({"own_time": {"zone": "Mars/Olympus"}}, 400, "IANA time zone"),
        ({"gone": 1}, 400, "gone"),
    ],
)
async def test_a_change_that_cannot_be_is_refused(page_api, change, status, says):
    found, answer = await page_api.post("api/calendars/lina", change)
    assert (found, says in answer["error"]) == (status, True)


async def row_of(page_api, staff_id, **more):
    [row] = [each for each in (await board(page_api, **more))["people"] if each["id"] == staff_id]
    return row


async def test_leave_that_is_taken_and_ended_changes_the_next_answer(page_api):
    assert "✅ 有空 1：李娜" in (await ask(page_api))[-1]["html"]
    assert (await page_api.post("api/calendars/lina", {"put": {"day": "2026-03-24", "kind": "leave"}}))[0] == 200
    assert "⛔ 没空 2" in (await ask(page_api))[-1]["html"]
    out = await ask(page_api, "下周二谁请假", at=["lina", "wangfang"])
    assert "李娜" in out[-1]["html"].split("⛔")[1]
    [leave] = [each for each in (await row_of(page_api, "lina", day="2026-03-24"))["items"] if each["kind"] == "leave"]
    assert (leave["all_day"], leave["from"], leave["to"]) == (True, 0, 1440)
    await page_api.post("api/calendars/lina", {"end_leave": "2026-03-24"})
    assert "✅ 有空 1：李娜" in (await ask(page_api))[-1]["html"]


async def test_leave_of_hours_is_moved_like_a_meeting(page_api):
    hours = {"start": "2026-03-24T14:00:00+08:00", "end": "2026-03-24T16:00:00+08:00", "kind": "leave"}
    await page_api.post("api/calendars/lina", {"put": hours})
    assert "⛔ 没空 2" in (await ask(page_api))[-1]["html"]
    [leave] = [each for each in (await row_of(page_api, "lina"))["items"] if each["kind"] == "leave"]
    later = {"start": "2026-03-24T16:00:00+08:00", "end": "2026-03-24T18:00:00+08:00", "kind": "leave"}
    await page_api.post("api/calendars/lina", {"put": {**later, "key": leave["key"]}})
    assert "✅ 有空 1：李娜" in (await ask(page_api))[-1]["html"]
    [leave] = [each for each in (await row_of(page_api, "lina"))["items"] if each["kind"] == "leave"]
    assert (leave["from"], leave["to"]) == (960, 1080)
    await page_api.post("api/calendars/lina", {"remove": leave["key"]})
    assert [each for each in (await row_of(page_api, "lina"))["items"] if each["kind"] == "leave"] == []


async def test_days_of_leave_are_those_where_their_owner_lives(page_api):
    await page_api.post("api/calendars/lina", {"own_time": {"zone": "America/Los_Angeles"}})
    await page_api.post("api/calendars/lina", {"put": {"day": "2026-03-24", "kind": "leave"}})
    row = await row_of(page_api, "lina", day="2026-03-24")
    assert (row["zone"], row["hours"]) == ("America/Los_Angeles", [{"from": 0, "to": 180}, {"from": 240, "to": 540}])
    assert [(each["from"], each["to"]) for each in row["items"] if each["kind"] == "leave"] == [(15 * 60, 1440)]


async def test_own_hours_that_are_set_change_the_next_answer_and_end_again(page_api):
    own = {"days": ["mon", "wed"], "start": "10:00", "end": "15:00", "zone": "Asia/Shanghai"}
    assert (await page_api.post("api/calendars/lina", {"own_time": own}))[0] == 200
    assert "⬜ 非工作时间 1：李娜" in (await ask(page_api))[-1]["html"]
    row = await row_of(page_api, "lina", day="2026-03-24")
    assert (row["hours"], row["own"]) == ([], {"is": True, **own})
    row = await row_of(page_api, "lina", day="2026-03-25")
    assert row["hours"] == [{"from": 600, "to": 720}, {"from": 780, "to": 900}]
    await page_api.say("我的工作时间", who="lina", chat="产品群")
    await settled(page_api.playground.stage)
    _, shown = await page_api.timeline(who="lina", chat="产品群")
    assert "10:00–15:00" in shown["entries"][-1]["title"] + shown["entries"][-1]["html"]
    await page_api.post("api/calendars/lina", {"as_configured": True})
    assert "✅ 有空 1：李娜" in (await ask(page_api))[-1]["html"]
    assert (await row_of(page_api, "lina"))["own"]["is"] is False


async def test_what_is_said_of_ones_own_hours_is_drawn(page_api):
    await page_api.say("我周二不上班", who="lina", chat="产品群")
    await settled(page_api.playground.stage)
    row = await row_of(page_api, "lina", day="2026-03-24")
    assert (row["hours"], row["own"]["days"]) == ([], ["mon", "wed", "thu", "fri"])


def replies(page_api):
    [event] = page_api.playground.emulator.calendar_events
    return {each["displayName"]: each["responseStatus"] for each in event["attendees"]}


async def test_a_meeting_of_the_bot_is_moved_by_its_organizer_alone(page_api):
    entries = await ask(page_api, "约明天下午1点 评审", at=["lina"])
    [book] = [each for each in entries[-1]["buttons"] if each["id"].startswith("confirm:")]
    await page_api.post(f"api/cards/{entries[-1]['id']}/presses", {"as": "zhangwei", "button": book["id"]})
    await settled(page_api.playground.stage)
    people = {each["id"]: each for each in (await board(page_api))["people"]}
    [mine] = [each for each in people["zhangwei"]["items"] if each["event"] == "评审"]
    [hers] = [each for each in people["lina"]["items"] if each["event"] == "评审"]
    assert (mine["mine"], hers["mine"]) == (True, False)
    to = {"start": "2026-03-18T16:00:00+08:00", "end": "2026-03-18T17:00:00+08:00"}
    assert (await page_api.post("api/calendars/lina", {"put": {**to, "key": hers["key"]}}))[0] == 409
    assert (await page_api.post("api/calendars/zhangwei", {"put": {**to, "key": mine["key"]}}))[0] == 200
    people = {each["id"]: each for each in (await board(page_api, day="2026-03-18"))["people"]}
    [hers] = [each for each in people["lina"]["items"] if each["event"] == "评审"]
    assert (hers["from"], hers["to"]) == (960, 1020)
    assert (await page_api.post("api/calendars/lina", {"reply": {"key": hers["key"], "answer": "accepted"}}))[0] == 200
    assert replies(page_api)["李娜"] == "accepted"
    status, refused = await page_api.post(
        "api/calendars/zhangwei", {"reply": {"key": mine["key"], "answer": "declined"}}
    )
    assert (status, "no meeting" in refused["error"]) == (409, True)  # the move gave it another key
    [hers] = [each for each in (await row_of(page_api, "lina", day="2026-03-18"))["items"] if each["event"] == "评审"]
    await page_api.post("api/calendars/lina", {"remove": hers["key"]})
    assert replies(page_api)["李娜"] == "declined"


async def test_the_clock_moves_on_and_the_digest_comes(page_api):
    status, clock = await page_api.post("api/clock", {"ahead": 15})
    assert (status, clock["now"][:16], clock["restarted"]) == (200, "2026-03-17T02:15", False)
    await page_api.post("api/clock", {"digest": True})
    await settled(page_api.playground.stage)
    _, shown = await page_api.timeline(who="zhangwei", chat="产品群")
    assert "3/18" in shown["entries"][-1]["html"]


async def test_a_digest_is_traced_to_the_clock(page_api):
    await ask(page_api)
    await page_api.post("api/clock", {"digest": True})
    await settled(page_api.playground.stage)
    _, shown = await page_api.timeline(who="zhangwei", chat="产品群")
    _, found = await page_api.get("api/trace", params={"key": shown["entries"][-1]["key"]})
    assert found["steps"][0]["hop"] == "clock"
    assert "verdicts" in [each["hop"] for each in found["steps"]]


async def test_a_clock_set_back_or_far_ahead_begins_anew(page_api):
    await ask(page_api)
    for text in ("2026-03-16 09:00", "2026-09-07 10:00"):
        _, before = await page_api.get("api/stage")
        _, clock = await page_api.post("api/clock", {"set": text})
        _, after = await page_api.get("api/stage")
        assert (clock["restarted"], after["generation"]) == (True, before["generation"] + 1)
        assert (await page_api.timeline(who="zhangwei", chat="产品群"))[1]["entries"] == []
        assert any(each["items"] for each in (await board(page_api))["people"])


async def test_a_clock_that_runs_faster_says_so(page_api):
    assert (await page_api.post("api/clock", {"speed": 600}))[1]["speed"] == 600
    status, refused = await page_api.post("api/clock", {"speed": 7})
    assert (status, "expected one of 1, 60, 600" in refused["error"]) == (409, True)
    assert (await page_api.post("api/clock", {"set": "soon"}))[0] == 409


async def test_a_fault_is_switched_without_touching_the_others(page_api):
    for name, on in (("slow", True), ("error_500", True), ("slow", False)):
        _, answer = await page_api.post("api/faults", {"name": name, "on": on})
    assert answer["on"] == ["error_500"]
    entries = await ask(page_api, at=["lina", "sunyue"])
    assert "✅" not in entries[-1]["html"]
    _, answer = await page_api.post("api/faults", {"name": "error_500", "on": False})
    assert answer["on"] == []
    assert "❔ 查不到 1：孙悦（未开放忙闲）" in (await ask(page_api, at=["lina", "sunyue"]))[-1]["html"]
    status, refused = await page_api.post("api/faults", {"name": "gremlins"})
    assert (status, "gremlins" in refused["error"]) == (404, True)


async def test_a_connection_that_is_closed_comes_back_and_loses_nothing(page_api):
    await page_api.post("api/faults", {"name": "disconnect"})
    assert "✅ 有空 1：李娜" in (await ask(page_api))[-1]["html"]


async def test_a_trace_has_every_hop_in_order_and_no_secret(page_api):
    await page_api.playground.stage.names_known()
    entries = await ask(page_api)
    status, found = await page_api.get("api/trace", params={"key": entries[-1]["key"]})
    hops = [each["hop"] for each in found["steps"]]
    assert status == 200
    assert hops[:4] == ["frame", "claim", "ack", "words"]
    assert hops[4:] == ["call", "call", "verdicts", "call", "delivery"]
    called = [each["api"] for each in found["steps"] if each["hop"] == "call"]
    assert sorted(called) == ["attendance/getleavestatus", "createAndDeliver", "querySchedule"]
    assert called[-1] == "createAndDeliver"
    text = str(found)
    assert page_api.playground.emulator.client_secret not in text
    assert "robot/sendBySession?session=" not in text
    assert (await page_api.get("api/trace", params={"key": "said-none"}))[0] == 404


async def test_what_is_saved_can_be_loaded_and_played_again(page_api):
    await ask(page_api, "约明天下午1点 评审", at=["lina"])
    await page_api.post("api/calendars/wangfang", {"shares": False})
    await page_api.post("api/faults", {"name": "slow"})
    await page_api.post("api/calendars/wangfang", {"put": {"day": "2026-03-20", "kind": "leave"}})
    own = {"days": ["mon", "fri"], "start": "10:00", "end": "19:00", "zone": "Europe/Berlin"}
    await page_api.post("api/calendars/lina", {"own_time": own})
    async with page_api.session.get(page_api.url + "api/situation") as answer:
        text = await answer.text()
    saved = read_situation(text)
    assert [step.say for step in saved.steps] == ["约明天下午1点 评审"]
    assert [each.id for each in saved.people if not each.shares] == ["wangfang", "sunyue"]
    assert saved.faults == ("slow",)
    assert {each.id: each.leave for each in saved.people if each.leave}["wangfang"] == ("2026-03-26", "2026-03-20")
    assert [(each.id, each.zone) for each in saved.people if each.zone] == [
        ("lina", "Europe/Berlin"),
        ("hans", "Europe/Berlin"),
    ]
    assert "start: 10:00" in text
    before = (await board(page_api, day="2026-03-20"))["people"]
    assert (await page_api.post("api/situation", {"yaml": text}))[0] == 200
    after = (await board(page_api, day="2026-03-20"))["people"]
    same = ("id", "name", "shares", "zone", "hours", "own")
    assert [{key: each[key] for key in same} for each in after] == [{key: each[key] for key in same} for each in before]
    times = [[(item["from"], item["to"], item["kind"]) for item in each["items"]] for each in after]
    assert times == [[(item["from"], item["to"], item["kind"]) for item in each["items"]] for each in before]
    _, step = await page_api.post("api/tours/next", {})
    assert (step["at"], step["of"], step["me"]) == (1, 1, "zhangwei")
    _, shown = await page_api.timeline(who="zhangwei", chat="产品群")
    assert "还没约" in shown["entries"][-1]["title"]
    assert (await page_api.post("api/tours/next", {}))[0] == 409


@pytest.mark.parametrize(
    ("yaml", "says"),
    [
        ("steps: [{say: hi, press: ho}]", "expected one of say, press"),
        ("people: [{id: a, name: A, leave: ['today?']}]", "expected leave without"),
        ("people: [{id: a, name: A, working_time: {start: '1:00', end: '23:00'}}]", "expected an end after the start"),
        ("people: [{id: a, name: A, busy: [never]}]", "expected an entry such as"),
        ("groups: [{title: G, members: [ghost]}]", "ghost"),
        ("colour: red", "colour"),
        ("now: noonish", "expected a time such as"),
        ("- 1", "expected keys"),
        ("faults: [gremlins]", "gremlins"),
        ("settings: {working_time: {start: '25:00'}}", "working_time"),
    ],
)
async def test_a_situation_that_makes_no_sense_is_refused_and_the_stage_goes_on(page_api, yaml, says):
    status, answer = await page_api.post("api/situation", {"yaml": yaml})
    assert (status, says in answer["error"]) == (status, True), answer
    assert status in (400, 409)
    assert "✅ 有空 1：李娜" in (await ask(page_api))[-1]["html"]


async def test_a_change_of_the_stage_arrives_as_an_event(page_api):
    async with asyncio.timeout(30), page_api.session.get(page_api.url + "api/events", params={"as": "bob"}) as events:
        await events.content.readuntil(b"\n\n")
        await page_api.post("api/faults", {"name": "slow"})
        assert await events.content.readuntil(b"\n\n") == b"event: stage\ndata: faults\n\n"


async def test_the_gallery_is_refused_in_another_language(page_api):
    assert (await page_api.get("api/gallery", params={"language": "fr"}))[0] == 400
    assert (await page_api.post("api/tours", {"name": "nowhere", "language": "zh"}))[0] == 404
