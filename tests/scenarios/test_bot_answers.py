"""Questions and the cards that answer them, over the wire."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from scenario import (
    ACK_WINDOW,
    ASK,
    ASK_EN,
    MONDAY,
    PATIENT,
    TUESDAY,
    crowd,
    line_of,
    on_tuesday,
    settings_of,
    verdict_lines,
)

from bot.emulator import Emulator
from bot.timing import Timing

TEAMS = [
    {"name": "design", "aliases": ["设计组"], "members": ["bob", "carol"]},
    {"name": "sales", "members": ["alice", "carol"]},
]


async def ask(person, text, *at, to, created_at=MONDAY):
    said = await person.says(text, at=at, to=to, created_at=created_at)
    return await said.conversation.next_card()


async def test_a_group_is_answered_in_chinese(bot, alice, bob, carol, group):
    carol.calendar.busy(on_tuesday(13), on_tuesday(16.5))
    card = await ask(alice, ASK, bob, carol, to=group)
    assert card.params["title"] == "2 人里 1 人有空"
    assert card.params["markdown"].split("\n\n") == [
        "周二 3/13 14:00–16:00（北京时间）",
        "✅ 有空 1：李博",
        "⛔ 没空 1：王芳 到 16:30",
    ]
    assert "发起：Alice Chen" in card.params["tips"]
    assert [button.verb for button in card.buttons] == ["later", "watch", "earlier", "refresh"]


async def test_a_group_is_answered_in_english(bot, alice, bob, carol, group):
    carol.calendar.busy(on_tuesday(13), on_tuesday(16.5))
    card = await ask(alice, ASK_EN, bob, carol, to=group)
    assert card.params["title"] == "1 of 2 is free"
    assert card.params["markdown"].split("\n\n") == [
        "Tue 13 Mar, 2–4 pm (Beijing)",
        "✅ Free 1: 李博",
        "⛔ Busy 1: 王芳 until 4:30 pm",
    ]


@pytest.mark.parametrize("text", ["周二2-4pm谁 free", "@李博 周二 2-4pm free 吗", "Tuesday下午2点到4点谁有空"])
async def test_a_mixed_question_is_understood(bot, alice, bob, group, text):
    card = await ask(alice, text, bob, to=group)
    assert "14:00–16:00" in card.text or "2–4 pm" in card.text
    assert "李博" in line_of(card, "李博")


async def test_a_direct_chat_needs_no_mention_and_shows_every_stretch(bot, dingtalk, alice, bob):
    for hour in (14.5, 15.5):
        alice.calendar.busy(on_tuesday(hour), on_tuesday(hour + 0.25))
    card = await ask(alice, "我周二下午2点到4点有空吗", to="direct")
    assert card.params["title"] == "Alice Chen 部分有空"
    assert "14:00–14:30、14:45–15:30、15:45–16:00" in line_of(card, "Alice Chen")
    assert "发起" not in card.text
    [made] = dingtalk.calls_of("createAndDeliver")
    assert made.body["openSpaceId"] == "dtv1.card//IM_ROBOT.alice"


async def test_a_direct_chat_is_answered_in_english(bot, alice):
    card = await ask(alice, "am I free Tue 2-4pm", to="direct")
    assert card.params["title"] == "Alice Chen is free"
    assert verdict_lines(card) == ["✅ Free 1: Alice Chen"]


async def test_everybody_is_on_the_one_line_of_their_state(bot, dingtalk, alice, group):
    people = {
        name: dingtalk.person(name, name=name)
        for name in ("free", "partly", "maybe", "until", "allday", "hidden", "gone", "after")
    }
    people["partly"].calendar.busy(on_tuesday(14), on_tuesday(15))
    people["maybe"].calendar.tentative(on_tuesday(14), on_tuesday(15))
    people["until"].calendar.busy(on_tuesday(10), on_tuesday(16))
    people["until"].calendar.busy(on_tuesday(16), on_tuesday(17.5))
    people["allday"].calendar.all_day(TUESDAY.date())
    people["after"].calendar.busy(on_tuesday(16), on_tuesday(17))
    dingtalk.faults.person_error(people["hidden"])
    dingtalk.faults.omit_person(people["gone"])
    card = await ask(alice, ASK, *people.values(), to=group)
    assert verdict_lines(card) == [
        "✅ 有空 2：free、after",
        "🟡 部分有空 1：partly 15:00 起有空",
        "🟡 待定 1：maybe 14:00–15:00",
        "⛔ 没空 2：until 到 17:30、allday 全天",
        "❔ 查不到 2：hidden（未开放忙闲）、gone（钉钉没回应）",
    ]
    assert "查不到不算有空" in card.text
    assert card.params["title"].startswith("8 人里 2 人有空，")
    assert "💡 15:00–16:00 有 4 人有空" in card.text


async def test_tentative_time_is_neither_free_nor_busy(bot, alice, bob, group):
    bob.calendar.tentative(on_tuesday(14), on_tuesday(16))
    card = await ask(alice, ASK, bob, to=group)
    assert card.params["title"] == "李博 待定"
    assert "有空" not in line_of(card, "李博")


async def test_time_outside_work_is_not_called_free(bot, alice, bob, group):
    card = await ask(alice, "周二晚上8点到9点有空吗", bob, to=group)
    assert verdict_lines(card) == ["⬜ 非工作时间 1：李博"]
    assert card.params["title"] == "李博 不在工作时间"


@pytest.mark.parametrize(("begins", "ends", "line"), [(19, 20, "✅ 有空 1：李博"), (9, 18, "⛔ 没空 1：李博")])
async def test_a_whole_day_stands_for_its_working_time(bot, alice, bob, group, begins, ends, line):
    bob.calendar.busy(on_tuesday(begins), on_tuesday(ends))
    [said] = verdict_lines(await ask(alice, "周二有空吗", bob, to=group))
    assert said.startswith(line)


@pytest.mark.parametrize(("day", "busy"), [("周一", False), ("周二", True), ("周三", False)])
@pytest.mark.parametrize("hours", ["早上7点到7点30", "23点到23点30"])
async def test_an_all_day_item_blocks_the_local_day_and_no_other_hour(bot, alice, bob, group, day, busy, hours):
    bob.calendar.all_day(TUESDAY.date())
    card = await ask(alice, f"{day}{hours}有空吗", bob, to=group, created_at=MONDAY.replace(hour=1))
    assert line_of(card, "李博").startswith("⛔" if busy else "⬜")


async def test_an_all_day_item_of_two_days_ends_before_the_third(bot, alice, bob, group):
    bob.calendar.all_day(TUESDAY.date(), days=2)
    marks = [
        line_of(await ask(alice, f"{day}下午2点到3点有空吗", bob, to=group), "李博")[0]
        for day in ("周二", "周三", "周四")
    ]
    assert marks == ["⛔", "⛔", "✅"]


async def test_nobody_named_means_the_team_of_the_chat(start, alice, bob, carol, group):
    await start(teams=TEAMS, chats=[{"id": group.conversation_id, "team": "design"}])
    card = await ask(alice, ASK, to=group)
    assert verdict_lines(card) == ["✅ 有空 2：李博、王芳"]


async def test_everybody_is_the_team_of_the_chat_and_me_comes_on_top(start, alice, bob, carol, group):
    await start(teams=TEAMS, chats=[{"id": group.conversation_id, "team": "design"}])
    assert verdict_lines(await ask(alice, f"大家{ASK}", to=group)) == ["✅ 有空 2：李博、王芳"]
    assert verdict_lines(await ask(alice, f"我和大家{ASK}", to=group)) == ["✅ 有空 3：Alice Chen、李博、王芳"]


@pytest.mark.parametrize("name", ["design", "设计组"])
async def test_a_named_team_is_meant_anywhere(start, alice, bob, carol, group, name):
    await start(teams=TEAMS)
    assert verdict_lines(await ask(alice, f"{name} {ASK}", to=group)) == ["✅ 有空 2：李博、王芳"]
    assert verdict_lines(await ask(alice, f"{name} {ASK}", to="direct")) == ["✅ 有空 2：李博、王芳"]


async def test_a_team_holds_its_departments_with_those_below(start, dingtalk, alice, group):
    dingtalk.department(7, "R&D")
    dingtalk.department(8, "Lab", parent=7)
    for staff_id, department in (("x1", 7), ("x2", 8), ("x3", 9)):
        dingtalk.person(staff_id, name=f"研发{staff_id}", department=department)
    await start(teams=[{"name": "rnd", "departments": [7]}])
    assert verdict_lines(await ask(alice, f"rnd {ASK}", to=group)) == ["✅ 有空 2：研发x1、研发x2"]


@pytest.mark.parametrize(
    "text",
    [
        "@王芳 周二下午2点到4点有空吗",
        "周二下午2点到4点王芳有空吗",
        "王芳周二下午2点到4点有空吗",
        "is 王芳 free Tue 14:00-16:00",
    ],
)
async def test_a_typed_name_is_looked_up(bot, alice, bob, carol, group, text):
    card = await ask(alice, text, to=group)
    assert line_of(card, "王芳").startswith("✅")
    assert len(verdict_lines(card)) == 1


async def test_a_typed_name_of_two_people_is_nobody_free(bot, dingtalk, alice, group):
    for staff_id in ("w1", "w2"):
        dingtalk.person(staff_id, name="张伟")
    card = await ask(alice, "@张伟 周二下午2点到4点有空吗", to=group)
    assert verdict_lines(card) == ["❔ 查不到 1：张伟（有重名，请 @ 本人）"]


async def test_a_typed_name_of_nobody_is_said_to_be_nobody(bot, alice, group):
    card = await ask(alice, "is Zorro free Tue 2-4pm", to=group)
    assert verdict_lines(card) == ["❔ Unknown 1: Zorro (not found)"]


async def test_somebody_named_twice_is_counted_once(start, alice, bob, carol, group):
    await start(teams=TEAMS)
    card = await ask(alice, f"我和设计组 {ASK}", bob, alice, to=group)
    assert verdict_lines(card) == ["✅ 有空 3：李博、Alice Chen、王芳"]


async def test_without_people_and_team_the_bot_asks(bot, dingtalk, alice, group):
    card = await ask(alice, ASK, to=group)
    assert card.params["title"] == "想问谁？"
    assert "这个群还没有团队" in card.text
    assert dingtalk.calls_of("querySchedule") == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("2月31日有空吗", "没有「2月31日」这个时间"),
        ("昨天有空吗", "这个时间已经过去"),
        ("未来60天谁有空", "一次最多看 31 天"),
        ("help", "Ask me who's free"),
        ("帮助", "谁有空，问我就行"),
        ("天气怎么样", "没看懂"),
    ],
)
async def test_what_cannot_be_answered_is_asked_back(bot, dingtalk, alice, bob, group, text, title):
    card = await ask(alice, text, bob, to=group)
    assert card.params["title"] == title
    assert dingtalk.calls_of("querySchedule") == []


async def test_the_language_and_zone_of_a_chat_can_be_set(start, alice, bob, group):
    await start(chats=[{"id": group.conversation_id, "locale": "en", "timezone": "Asia/Tokyo"}])
    card = await ask(alice, ASK, bob, to=group)
    assert card.params["markdown"].startswith("Tue 13 Mar, 2–4 pm (Tokyo)")


async def test_another_zone_is_printed_beside_the_chats_own(bot, alice, bob, group):
    card = await ask(alice, "who's free Tue 2-4pm Tokyo time", bob, to=group)
    assert card.params["markdown"].split("\n\n")[:2] == ["Tue 13 Mar, 2–4 pm (Tokyo)", "Beijing Tue 13 Mar, 1–3 pm"]


async def test_the_other_reading_of_a_time_is_one_tap_away(bot, alice, bob, group):
    bob.calendar.busy(on_tuesday(19), on_tuesday(20))
    card = await ask(alice, "周二7点到8点有空吗", bob, to=group)
    assert "19:00–20:00" in card.params["markdown"]
    await alice.presses(card, "other")
    assert "07:00–08:00" in card.params["markdown"]


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York"])
async def test_the_day_is_counted_in_the_chats_zone(start, alice, bob, group, zone):
    await start(timezone=zone)
    card = await ask(alice, "明天下午2点到4点有空吗", bob, to=group, created_at=MONDAY.replace(hour=8))
    assert ("周二 3/13" if zone == "Asia/Shanghai" else "周一 3/12") in card.params["markdown"]


async def test_more_people_than_can_be_asked_are_told_so(start, dingtalk, alice, group):
    for n in range(201):
        dingtalk.person(f"many-{n}", department=77)
    await start(teams=[{"name": "all", "departments": [77]}])
    card = await ask(alice, f"all {ASK_EN}", to=group)
    assert card.params["title"] == "200 people at most"
    assert dingtalk.calls_of("querySchedule") == []


async def test_two_hundred_strangers_are_looked_up_at_dingtalks_pace(start, sqlite_url):
    """At three times its pace, and with a third of the time that a call may take: the last one waits for longer."""
    async with Emulator(redeliver_unacked=None, ack_window=ACK_WINDOW, calls_per_second=60) as dingtalk:
        alice, people = dingtalk.person("alice"), crowd(dingtalk, 190)
        group = dingtalk.group("Design", [alice])
        paced = settings_of(dingtalk, sqlite_url)["dingtalk"] | {"calls_per_second": 60}
        app = await start(at=dingtalk, dingtalk=paced, timing=replace(PATIENT, call_within=Timing().call_within / 3))
        await alice.says(ASK, at=people, to=group, created_at=MONDAY)
        card = await group.next_card(timeout=60)
        assert card.params["title"] == "190 人都有空"
        await app.stop()


@pytest.mark.parametrize(("seconds", "day"), [(-0.1, "周二 3/13"), (0.1, "周三 3/14")])
async def test_days_are_counted_from_when_it_was_said_and_not_from_when_it_is_answered(
    bot, alice, bob, group, seconds, day
):
    midnight = TUESDAY + timedelta(seconds=seconds)
    card = await ask(alice, "明天下午2点到4点谁有空", bob, to=group, created_at=midnight)
    assert card.params["markdown"].startswith(day)


async def test_nothing_of_an_event_but_its_times_goes_any_further(
    start, dingtalk, alice, bob, group, sqlite_url, tmp_path, capfd
):
    canaries = {"summary": "canary-title", "location": "canary-place", "organizer": "canary-who", "id": "canary-id"}
    times = [{"dateTime": on_tuesday(hour).isoformat(), "timeZone": "Asia/Shanghai"} for hour in (14, 15)]
    bob.calendar.raw({"status": "BUSY", "start": times[0], "end": times[1], **canaries})
    app = await start(logging={"level": "debug"})
    card = await ask(alice, ASK, bob, to=group)
    assert "🟡 部分有空 1：李博 15:00 起有空" in card.params["markdown"]
    await dingtalk.settle()
    await app.stop()
    stored = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    sent = "".join(str(call.body) for call in dingtalk.calls)
    printed = "".join(capfd.readouterr())
    assert b"cidDesign==" in stored
    assert "canary" not in sent + printed + stored.decode(errors="replace")
