"""Follow-ups over the wire: one thing of the same person's last question changes, and nobody else's is touched."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from scenario import ASK, ASK_EN, MONDAY, PATIENT, Talk, line_of, on_tuesday, until, verdict_lines

MINUTE = timedelta(minutes=1)
QUERY = "querySchedule"
BOTH = "✅ 有空 2：李博、王芳"
HOURS = "周二 3/13 14:00–16:00"
ZH = (
    ("那周四呢", "周四 3/15 14:00–16:00", BOTH),
    ("改成3点", "周二 3/13 15:00–16:00", BOTH),
    ("换到上午", "周二 3/13 09:00–12:00", BOTH),
    ("那明天上午呢", "周二 3/13 09:00–12:00", BOTH),
    ("换成周五下午3点到4点", "周五 3/16 15:00–16:00", BOTH),
    ("换成30分钟", "周二 3/13 14:00–14:30", BOTH),
    ("去掉李博", HOURS, "✅ 有空 1：王芳"),
    ("不算王芳", HOURS, "✅ 有空 1：李博"),
    ("再加上我", HOURS, "✅ 有空 3：李博、王芳、Alice Chen"),
    ("那王芳呢", HOURS, "✅ 有空 1：王芳"),
    ("王芳不算", HOURS, "✅ 有空 1：李博"),
    ("李博可选", HOURS, BOTH),
    ("周四同一时间", "周四 3/15 14:00–16:00", BOTH),
    ("那下周呢", "周二 3/20 14:00–16:00", BOTH),
    ("不要下午3点到4点", "周二 3/13 14:00–15:00", BOTH),
    ("再晚点", "周二 3/13 16:00–18:00", BOTH),
    ("早一点", "周二 3/13 12:00–14:00", BOTH),
)
EN = (
    ("what about Thursday", "Thu 15 Mar, 2–4 pm", "✅ Free 2: Zoe Wu, 王芳"),
    ("and Friday?", "Fri 16 Mar, 2–4 pm", "✅ Free 2: Zoe Wu, 王芳"),
    ("how about 3pm", "Tue 13 Mar, 3–4 pm", "✅ Free 2: Zoe Wu, 王芳"),
    ("what about tomorrow morning", "Tue 13 Mar, 9 am–12 pm", "✅ Free 2: Zoe Wu, 王芳"),
    ("make it 30 min", "Tue 13 Mar, 2–2:30 pm", "✅ Free 2: Zoe Wu, 王芳"),
    ("without Zoe", "Tue 13 Mar, 2–4 pm", "✅ Free 1: 王芳"),
    ("add me", "Tue 13 Mar, 2–4 pm", "✅ Free 3: Zoe Wu, 王芳, Alice Chen"),
    ("what about me", "Tue 13 Mar, 2–4 pm", "✅ Free 1: Alice Chen"),
    ("leave out Zoe", "Tue 13 Mar, 2–4 pm", "✅ Free 1: 王芳"),
    ("make Zoe optional", "Tue 13 Mar, 2–4 pm", "✅ Free 2: Zoe Wu, 王芳"),
    ("same time Friday", "Fri 16 Mar, 2–4 pm", "✅ Free 2: Zoe Wu, 王芳"),
    ("same time next week", "Tue 20 Mar, 2–4 pm", "✅ Free 2: Zoe Wu, 王芳"),
    ("in the morning instead", "Tue 13 Mar, 9 am–12 pm", "✅ Free 2: Zoe Wu, 王芳"),
    ("a bit later", "Tue 13 Mar, 4–6 pm", "✅ Free 2: Zoe Wu, 王芳"),
)
TEAMS = [{"name": "design", "members": ["bob", "carol"]}]


def first_line(card):
    return card.params["markdown"].split("\n\n")[0]


@pytest.fixture
def talk(alice, group):
    return Talk(alice, group)


@pytest.fixture
async def team_bot(start, alice, bob, carol, group):
    """The bot in a chat with a team of 李博 and 王芳."""
    return await start(teams=TEAMS, chats=[{"id": group.conversation_id, "team": "design"}])


async def test_each_changes_the_one_thing_it_names_in_chinese(bot, talk, bob, carol):
    for text, when, who in ZH:
        await talk.asks(ASK, bob, carol)
        card = await talk.asks(text)
        assert first_line(card).startswith(when), text
        assert verdict_lines(card) == [who], text


async def test_each_changes_the_one_thing_it_names_in_english(bot, dingtalk, talk, carol):
    zoe = dingtalk.person("zoe", name="Zoe Wu")
    for text, when, who in EN:
        await talk.asks(ASK_EN, zoe, carol)
        card = await talk.asks(text)
        assert first_line(card).startswith(when), text
        assert verdict_lines(card) == [who], text


async def test_they_lead_on_from_each_other(bot, talk, bob, carol):
    await talk.asks(ASK, bob)
    for text, at, when, who in (
        ("那周四呢", (), "周四 3/15 14:00–16:00", "✅ 有空 1：李博"),
        ("加上", (carol,), "周四 3/15 14:00–16:00", BOTH),
        ("换成30分钟", (), "周四 3/15 14:00–14:30", BOTH),
        ("去掉李博", (), "周四 3/15 14:00–14:30", "✅ 有空 1：王芳"),
        ("再晚点", (), "周四 3/15 14:30–15:00", "✅ 有空 1：王芳"),
        ("改成16点", (), "周四 3/15 16:00–17:00", "✅ 有空 1：王芳"),
        ("加上", (bob,), "周四 3/15 16:00–17:00", "✅ 有空 2：王芳、李博"),
    ):
        card = await talk.asks(text, *at)
        assert first_line(card).startswith(when), text
        assert verdict_lines(card) == [who], text


async def test_the_calendars_of_the_new_time_are_read(bot, dingtalk, talk, bob):
    bob.calendar.busy(on_tuesday(14 + 48), on_tuesday(15 + 48))
    assert verdict_lines(await talk.asks(ASK, bob)) == ["✅ 有空 1：李博"]
    assert line_of(await talk.asks("那周四呢"), "李博") == "🟡 部分有空 1：李博 15:00 起有空"


async def test_a_linked_mention_is_added_with_small_words_around_it(bot, talk, bob, carol):
    for text in ("加上", "再加上", "with  too", "and ?"):
        await talk.asks(ASK, bob)
        card = await talk.asks(text, carol)
        assert verdict_lines(card) in ([BOTH], ["✅ Free 2: 李博, 王芳"]), text


async def test_an_outsider_is_added_as_unknown(bot, dingtalk, talk, bob, carol):
    await talk.asks(ASK, bob)
    card = await talk.asks("再加上", carol, dingtalk.outsider("Guest"))
    assert verdict_lines(card) == [BOTH, "❔ 查不到 1：外部成员（不在本组织）"]


async def test_somebody_unknown_is_added_as_unknown(bot, talk, bob):
    await talk.asks(ASK_EN, bob)
    assert verdict_lines(await talk.asks("add Zorro")) == ["✅ Free 1: 李博", "❔ Unknown 1: Zorro (not found)"]
    assert verdict_lines(await talk.asks("without Zorro")) == ["✅ Free 1: 李博"]


async def test_the_other_reading_of_a_new_hour_is_one_tap_away(bot, alice, talk, bob):
    await talk.asks(ASK, bob)
    card = await talk.asks("改成7点")
    assert first_line(card).startswith("周二 3/13 19:00–20:00")
    assert "7点」按 周二 3/13 19:00–20:00 算" in card.text
    await alice.presses(card, "other")
    assert "3/13 07:00–08:00" in first_line(card)
    assert verdict_lines(card)[0].endswith("李博")


# ---------------------------------------------------------------- leaving somebody out
@pytest.mark.parametrize("text", ["不算王小明", "去掉小王", "without 王小明"])
async def test_somebody_of_the_chats_team_is_left_out_by_name(start, dingtalk, bob, group, talk, text):
    dingtalk.person("xm", name="王小明")
    await start(
        teams=[{"name": "design", "members": ["bob", "xm"]}], chats=[{"id": group.conversation_id, "team": "design"}]
    )
    assert verdict_lines(await talk.asks(ASK)) == ["✅ 有空 2：李博、王小明"]
    assert verdict_lines(await talk.asks(text)) == ["✅ 有空 1：李博"]
    assert verdict_lines(await talk.asks("那周四呢")) == ["✅ 有空 1：李博"]


@pytest.mark.parametrize("text", ["without Bob", "drop Bob", "except Bob"])
async def test_somebody_of_the_chats_team_is_left_out_in_english(start, dingtalk, carol, group, talk, text):
    dingtalk.person("bobby", name="Bob Stone")
    await start(
        teams=[{"name": "design", "members": ["bobby", "carol"]}],
        chats=[{"id": group.conversation_id, "team": "design"}],
    )
    assert verdict_lines(await talk.asks(ASK_EN)) == ["✅ Free 2: Bob Stone, 王芳"]
    assert verdict_lines(await talk.asks(text)) == ["✅ Free 1: 王芳"]


async def test_somebody_of_the_chats_team_is_left_out_by_mention(team_bot, talk, bob, carol):
    await talk.asks(ASK)
    assert verdict_lines(await talk.asks("不算", bob)) == ["✅ 有空 1：王芳"]
    assert verdict_lines(await talk.asks("那周四呢")) == ["✅ 有空 1：王芳"]
    assert verdict_lines(await talk.asks("再加上", bob)) == [BOTH]


async def test_one_more_than_the_team_keeps_the_team(team_bot, talk):
    await talk.asks(ASK)
    assert verdict_lines(await talk.asks("再加上我")) == ["✅ 有空 3：Alice Chen、李博、王芳"]


async def test_a_name_means_somebody_who_was_asked_about_before_namesakes(bot, dingtalk, talk, bob):
    dingtalk.person("bo2", name="李博")
    wang = dingtalk.person("w1", name="王小明")
    dingtalk.person("w2", name="王小刚")
    await bot.refresh_index()
    for text, line in (("不算李博", "✅ 有空 1：王小明"), ("不算小王", "✅ 有空 1：李博")):
        await talk.asks(ASK, bob, wang)
        assert verdict_lines(await talk.asks(text)) == [line]


async def test_of_two_namesakes_none_is_left_out_at_a_guess(bot, dingtalk, talk, bob):
    other = dingtalk.person("bo2", name="李博")
    await talk.asks(ASK, bob, other)
    asked = len(dingtalk.calls_of(QUERY))
    card = await talk.asks("不算李博")
    assert card.params["title"] == "没看懂"
    assert len(dingtalk.calls_of(QUERY)) == asked


async def test_whoever_was_not_asked_about_cannot_be_left_out(bot, dingtalk, talk, bob, carol):
    await talk.asks(ASK, bob)
    card = await talk.asks("不算王芳")
    assert card.params["title"] == "没看懂"
    assert "看懂的时间：周二" in card.text
    assert card.button("asked")
    assert verdict_lines(await talk.asks("那周四呢")) == ["✅ 有空 1：李博"]


async def test_with_the_last_person_left_out_nobody_is_asked_about(team_bot, dingtalk, talk, bob):
    await talk.asks(ASK, bob)
    asked = len(dingtalk.calls_of(QUERY))
    for text, at in (("不算李博", ()), ("去掉", (bob,))):
        card = await talk.asks(text, *at)
        assert card.params["title"] == "想问谁？"
        assert "还没有团队" not in card.text
    assert len(dingtalk.calls_of(QUERY)) == asked
    assert verdict_lines(await talk.asks("再晚点")) == ["✅ 有空 1：李博"]


async def test_a_team_that_cannot_be_read_is_said_to_be_unread(start, dingtalk, alice, bob, group, talk):
    dingtalk.department(7, "R&D")
    await start(teams=[{"name": "rnd", "departments": [7]}])
    await talk.asks(ASK, bob)
    dingtalk.faults.deny_scope("qyapi_get_department_member")
    card = await talk.asks("去掉 rnd")
    assert "应用缺少权限" in card.params["title"]
    assert verdict_lines(card) == []


# ---------------------------------------------------------------- whose, where and how long
async def test_another_persons_question_is_out_of_reach(bot, dingtalk, talk, bob, carol, group):
    await talk.asks(ASK, bob)
    asked = len(dingtalk.calls_of(QUERY))
    reaching = (
        "那周四呢",
        "再晚点",
        "不算李博",
        "换成30分钟",
        "what about Thursday",
        "same time next week",
        "不要周二",
    )
    for text in (*reaching, "不要周二", "李博可选", "订2", "cancel", "有空时告诉我"):
        card = await Talk(carol, group).asks(text)
        assert "李博" not in card.text or "李博" in text, text
        assert verdict_lines(card) == [], text
    assert len(dingtalk.calls_of(QUERY)) == asked
    assert verdict_lines(await talk.asks("那周四呢")) == ["✅ 有空 1：李博"]


async def test_two_people_who_talk_at_once_keep_to_their_own(bot, alice, bob, carol, group):
    hers, theirs = Talk(alice, group), Talk(carol, group)
    await hers.asks(ASK, bob)
    await theirs.asks("周三上午谁有空", alice)
    assert first_line(await hers.asks("那周五呢")).startswith("周五 3/16 14:00–16:00")
    card = await theirs.asks("那周五呢")
    assert first_line(card).startswith("周五 3/16 09:00–12:00")
    assert verdict_lines(card) == ["✅ 有空 1：Alice Chen"]


async def test_another_chats_question_is_out_of_reach(bot, dingtalk, alice, bob, carol, talk):
    other = dingtalk.group("Sales", [alice, bob], id="cidSales==")
    await talk.asks(ASK, bob)
    asked = len(dingtalk.calls_of(QUERY))
    for chat in (other, alice.direct):
        for text in ("那周四呢", "same time next week", "不算李博", "book 1"):
            assert verdict_lines(await Talk(alice, chat).asks(text)) == [], text
    assert len(dingtalk.calls_of(QUERY)) == asked


@pytest.mark.parametrize("text", ["那周四呢", "再晚点", "那下周呢", "what about Thursday", "same time Friday"])
async def test_after_ten_minutes_a_question_is_forgotten(bot, talk, bob, text):
    await talk.asks(ASK, bob)
    assert verdict_lines(await talk.asks(text, later=10 * MINUTE))
    assert verdict_lines(await talk.asks(text, later=10 * MINUTE + timedelta(seconds=1))) == []


async def test_what_was_asked_survives_a_restart(start, dingtalk, talk, bob, carol):
    app = await start()
    await talk.asks(ASK, bob, carol)
    await dingtalk.settle()
    await app.stop()
    await start()
    card = await talk.asks("不算李博")
    assert first_line(card).startswith(HOURS)
    assert verdict_lines(card) == ["✅ 有空 1：王芳"]


async def test_what_was_answered_in_a_text_is_followed_up_too(bot, dingtalk, talk, bob, group):
    dingtalk.faults.refuse_card()
    await talk.person.says(ASK, at=[bob], to=group, created_at=talk.now)
    await group.next_message()
    dingtalk.faults.clear()
    card = await talk.asks("那周四呢")
    assert first_line(card).startswith("周四 3/15 14:00–16:00")
    assert verdict_lines(card) == ["✅ 有空 1：李博"]


async def test_what_was_asked_first_and_answered_last_is_not_the_last_question(
    start, dingtalk, talk, bob, carol, group
):
    await start(timing=replace(PATIENT, turn_patience=0.05))
    dingtalk.faults.hang(QUERY, times=1)
    await talk.person.says(ASK, at=[bob], to=group, created_at=talk.now)
    await until(lambda: dingtalk.calls_of(QUERY))
    await talk.asks("周三上午谁有空", carol, later=MINUTE)
    dingtalk.faults.release()
    await group.next_card()
    await dingtalk.settle()
    assert verdict_lines(await talk.asks("那周四呢")) == ["✅ 有空 1：王芳"]


# ---------------------------------------------------------------- what is none
async def test_a_whole_question_stands_for_itself(bot, talk, bob, carol):
    await talk.asks(ASK, bob)
    own = (("周四下午3点到4点谁有空", (carol,)), ("那周四下午3点到4点呢", (carol,)), ("王芳周四下午3点到4点有空吗", ()))
    for text, at in own:
        card = await talk.asks(text, *at)
        assert first_line(card).startswith("周四 3/15 15:00–16:00"), text
        assert verdict_lines(card) == ["✅ 有空 1：王芳"], text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("那周四呢", "想问谁？"),
        ("改成3点", "没看懂"),
        ("换成30分钟", "想问谁？"),
        ("再晚点", "没看懂"),
        ("去掉李博", "想问什么时候？"),
        ("what about Thursday", "Who should I check?"),
        ("without Zoe", "I didn't get that"),
        ("later", "I didn't get that"),
    ],
)
async def test_without_a_last_question_nothing_is_guessed(bot, dingtalk, talk, text, title):
    card = await talk.asks(text)
    assert card.params["title"] == title
    assert dingtalk.calls_of(QUERY) == []


async def test_without_a_last_question_a_day_means_the_team_and_can_be_followed_up(team_bot, talk):
    card = await talk.asks("那周四呢")
    assert first_line(card).startswith("周四 3/15（")
    assert verdict_lines(card) == [BOTH]
    assert first_line(await talk.asks("换到下午")).startswith("周四 3/15 13:00–18:00")


@pytest.mark.parametrize("between", ["帮助", "天气怎么样", "！！！", "停止日报", "用中文"])
async def test_what_is_no_question_leaves_the_last_one_in_its_place(bot, talk, bob, between):
    await talk.asks(ASK, bob)
    await talk.asks(between)
    assert verdict_lines(await talk.asks("那周四呢")) == ["✅ 有空 1：李博"]


async def test_people_with_no_time_are_asked_about_at_the_time_that_follows(bot, talk, bob, carol):
    await talk.asks(ASK, bob)
    assert (await talk.asks("", carol)).params["title"] == "王芳"
    card = await talk.asks("那周四上午呢")
    assert first_line(card).startswith("周四 3/15 09:00–12:00")
    assert verdict_lines(card) == ["✅ 有空 1：王芳"]


@pytest.mark.parametrize("text", ["那昨天呢", "换成昨天下午"])
async def test_back_into_the_past_is_said_to_be_over(bot, dingtalk, talk, bob, text):
    await talk.asks(ASK, bob)
    asked = len(dingtalk.calls_of(QUERY))
    card = await talk.asks(text)
    assert card.params["title"] == "这个时间已经过去"
    assert len(dingtalk.calls_of(QUERY)) == asked


async def test_hours_that_are_over_today_are_meant_in_full_on_another_day(bot, talk, bob):
    talk.now = MONDAY.replace(hour=15)
    for text, asked, when in (
        ("换到下午", "今天16点到17点谁有空", "今天 周一 3/12 15:00–18:00"),
        ("换到下午", "周四16点到17点谁有空", "周四 3/15 13:00–18:00"),
        ("改成9点", "周四16点到17点谁有空", "周四 3/15 09:00–10:00"),
    ):
        await talk.asks(asked, bob)
        assert first_line(await talk.asks(text)).startswith(when), (asked, text)
    await talk.asks("今天16点到17点谁有空", bob)
    assert (await talk.asks("改成9点")).params["title"] == "这个时间已经过去"


@pytest.mark.parametrize(
    ("text", "when"), [("那明天呢", "周二 3/13 13:00–18:00"), ("那下周呢", "周一 3/19 13:00–18:00")]
)
async def test_hours_that_had_begun_are_meant_in_full_on_another_day(bot, talk, bob, text, when):
    talk.now = MONDAY.replace(hour=15)
    assert first_line(await talk.asks("今天下午谁有空", bob)).startswith("今天 周一 3/12 15:00–18:00")
    assert first_line(await talk.asks(text)).startswith(when)


@pytest.mark.parametrize("text", ["订2", "book the second one", "取消", "不约了", "我的提醒"])
async def test_an_order_about_the_answer_changes_no_question(bot, dingtalk, talk, bob, text):
    await talk.asks(ASK, bob)
    asked = len(dingtalk.calls_of(QUERY))
    assert verdict_lines(await talk.asks(text)) == []
    assert len(dingtalk.calls_of(QUERY)) == asked
    assert verdict_lines(await talk.asks("那周四呢")) == ["✅ 有空 1：李博"]


async def test_somebody_else_is_asked_about_instead(bot, talk, bob, carol):
    await talk.asks(ASK, bob)
    assert verdict_lines(await talk.asks("那  呢", carol)) == ["✅ 有空 1：王芳"]
    assert verdict_lines(await talk.asks("那李博呢")) == ["✅ 有空 1：李博"]
    assert first_line(await talk.asks("那周四呢")).startswith("周四 3/15 14:00–16:00")


async def test_nothing_earlier_that_is_still_to_come_is_said_to_be_so(bot, talk, bob):
    await talk.asks("今天10点到11点谁有空", bob)
    assert (await talk.asks("早一点")).params["title"] == "这个时间已经过去"
    card = await talk.asks("晚一点")
    assert "11:00–12:00" in first_line(card)
    assert verdict_lines(card) == ["✅ 有空 1：李博"]
