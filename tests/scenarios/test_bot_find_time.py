"""A common time, on the wire: slots with their reasons, or what comes nearest and what opens some."""

from __future__ import annotations

import json

import pytest
from scenario import MONDAY, Talk, crowd, on_tuesday, run, settings_of

QUERY, DELIVER = "querySchedule", "createAndDeliver"
ASK, ASK_EN = "周二找一小时", "find 1h on Tuesday"


def lines(card):
    return card.params["markdown"].split("\n\n")


def title(card):
    return card.params["title"]


def buttons(card):
    return [button.id.partition(":")[0] for button in card.buttons]


def texts(card):
    return [button.text for button in card.buttons]


def slots(card):
    """The day and hours of each slot, without the year that a press may add."""
    return [line[3:].strip(" ⭐").replace("2040/", "") for line in lines(card) if line[1:3] == "️⃣"]


async def ask(who, text, *at, to, now=MONDAY):
    await who.says(text, at=list(at), to="direct" if to is who.direct else to, created_at=now)
    return await to.next_card()


@pytest.fixture
async def booking_bot(start, group):
    return await start(booking={"enabled": True})


@pytest.fixture
def crossed(bob, carol):
    """On Tuesday nobody has an hour with both, and only half an hour at the end of 李博's meetings."""
    bob.calendar.busy(on_tuesday(9), on_tuesday(12))
    bob.calendar.busy(on_tuesday(13), on_tuesday(16.5))
    carol.calendar.busy(on_tuesday(17), on_tuesday(18))


# ---------------------------------------------------------------- slots
async def test_slots_are_ranked_each_with_its_reason(bot, alice, bob, carol, group):
    bob.calendar.busy(on_tuesday(9), on_tuesday(10))
    carol.calendar.busy(on_tuesday(10), on_tuesday(13.5))
    carol.calendar.tentative(on_tuesday(16), on_tuesday(18))
    card = await ask(alice, ASK, bob, carol, to=group)
    assert title(card) == "3 人共同空档 · 1 小时"
    assert lines(card) == [
        "周二 3/13（北京时间）",
        "1️⃣ 周二 3/13 13:30–14:30 ⭐",
        "全员有空，王芳 前一场刚结束",
        "2️⃣ 周二 3/13 14:30–15:30",
        "全员有空，前后各留 30 分钟",
        "3️⃣ 周二 3/13 16:30–17:30",
        "2 人有空，王芳 待定，前后各留 30 分钟",
    ]


async def test_the_same_in_english_in_a_direct_chat(bot, alice, bob):
    bob.calendar.busy(on_tuesday(9), on_tuesday(15))
    card = await ask(alice, "find 2 hours with 李博 on Tuesday", to=alice.direct)
    assert title(card) == "2 hours for 2 people"
    assert lines(card)[:3] == [
        "Tue 13 Mar (Beijing)",
        "1️⃣ Tue 13 Mar, 3–5 pm ⭐",
        "Both free, right after 李博's meeting",
    ]


async def test_without_a_time_five_working_days_are_searched(bot, alice, bob, group):
    bob.calendar.busy(on_tuesday(-24), on_tuesday(7 * 24))
    card = await ask(alice, "找个时间", bob, to=group)
    assert lines(card)[0] == "周一 3/12 – 周一 3/19（北京时间）"
    assert title(card) == "6 天内没有 2 人都有空的 1 小时"
    assert "延到 周二 3/20 → 8 个" in card.text


async def test_the_author_comes_along_unless_left_out(bot, alice, bob, group):
    alice.calendar.busy(on_tuesday(0), on_tuesday(24))
    assert title(await ask(alice, ASK, bob, to=group)) == "没有 2 人都有空的 1 小时"
    for text in (f"{ASK}，不用算我", f"{ASK}，我不参加", f"{ASK_EN} without me"):
        assert len(slots(await ask(alice, text, bob, to=group))) == 3, text


async def test_optional_with_no_name_is_the_one_who_is_mentioned_and_of_several_asked_back(
    bot, alice, bob, carol, group
):
    bob.calendar.busy(on_tuesday(9), on_tuesday(18))
    alone = await ask(alice, "周二找一小时，@李博可选", bob, to=group)
    assert "少 1 人：李博（可选）" in alone.text
    several = await ask(alice, "周二找一小时，可选", bob, carol, to=group)
    assert title(several) == "没看懂"
    assert "没读懂「可选」" in several.text


async def test_nobody_named_means_the_chats_team(start, alice, bob, carol, group):
    await start(
        teams=[{"name": "design", "members": ["bob", "carol"]}], chats=[{"id": "cidDesign==", "team": "design"}]
    )
    assert title(await ask(alice, ASK, to=group)) == "3 人共同空档 · 1 小时"


async def test_without_people_and_team_the_bot_asks_whom(bot, dingtalk, alice, group):
    for text in ("周二找一小时", "大家周二找一小时"):
        card = await ask(alice, text, to=group)
        assert title(card) == "想问谁？"
    assert dingtalk.calls_of(QUERY) == []


async def test_a_time_that_is_over_is_asked_back_with_one_to_come(bot, dingtalk, alice, bob, group):
    card = await ask(alice, "昨天找一小时", bob, to=group)
    assert title(card) == "这个时间已经过去"
    assert dingtalk.calls_of(QUERY) == []
    await alice.presses(card, "next_day")
    assert title(card) == "2 人共同空档 · 1 小时"


async def test_somebody_optional_may_be_missing(bot, alice, bob, carol, group):
    carol.calendar.busy(on_tuesday(9), on_tuesday(17))
    card = await ask(alice, f"{ASK}，王芳可选", bob, carol, to=group)
    assert lines(card)[1:5] == [
        "1️⃣ 周二 3/13 17:00–18:00 ⭐",
        "全员有空，王芳 前一场刚结束",
        "2️⃣ 周二 3/13 09:00–10:00",
        "少 1 人：王芳（可选），后面留 1 小时",
    ]


async def test_a_quorum_is_enough(bot, alice, bob, carol, group):
    carol.calendar.busy(on_tuesday(9), on_tuesday(18))
    card = await ask(alice, f"{ASK}，至少 2 个人", bob, carol, to=group)
    assert title(card) == "至少 2 人的空档 · 1 小时"
    assert lines(card)[2] == "2 人有空，少 1 人：王芳，后面留 1 小时"


async def test_own_hours_and_zones_rank_a_slot_lower_and_are_said(start, alice, bob, group):
    await start(people=[{"id": "bob", "timezone": "Europe/Berlin"}])
    card = await ask(alice, ASK, bob, to=group)
    assert slots(card)[0] == "周二 3/13 16:00–17:00"  # 9 in Berlin
    assert len(slots(card)) == 2  # both inside everybody's hours: nothing else beside them
    await alice.presses(card, "more")
    assert "09:00–10:00" in slots(card)[0]
    assert "全员有空，李博 不在工作时间" in lines(card)


async def test_a_slot_in_another_zone_stands_in_both(bot, alice, bob, group):
    card = await ask(alice, "东京时间周二下午2点到4点找一小时", bob, to=group)
    assert lines(card)[0] == "周二 3/13 14:00–16:00（东京时间）"
    assert "北京时间：周二 3/13 13:00–14:00" in lines(card)


# ---------------------------------------------------------------- unknown people
async def test_somebody_unknown_is_counted_apart(bot, dingtalk, alice, bob, carol, group):
    dingtalk.faults.person_error(carol)
    card = await ask(alice, ASK, bob, carol, to=group)
    assert title(card) == "2 人共同空档 · 1 小时 · 1 人查不到"
    assert lines(card)[2] == "其余 2 人有空，后面留 1 小时"
    assert lines(card)[-2:] == ["❔ 查不到 1：王芳（未开放忙闲）", "查不到不算有空"]
    assert "全员有空" not in card.text


async def test_where_nobody_required_can_be_seen_it_says_so(bot, dingtalk, alice, bob, carol, group):
    dingtalk.faults.person_error(bob)
    card = await ask(alice, f"{ASK}，不用算我，王芳可选", bob, carol, to=group)
    assert title(card) == "必到的人都查不到"
    assert buttons(card) == ["refresh", "later"]
    assert texts(card)[0] == "刷新"


async def test_one_of_several_people_is_picked_while_the_others_are_answered(bot, dingtalk, alice, bob, group):
    first, second = dingtalk.person("w1", name="张伟"), dingtalk.person("w2", name="张伟")
    second.calendar.busy(on_tuesday(9), on_tuesday(17))
    card = await ask(alice, "周二和张伟找一小时，张伟可选", bob, to=group)
    assert title(card) == "「张伟」有 2 位，选一位"
    assert "2 人共同空档 · 1 小时 · 1 人查不到" in lines(card)
    await alice.presses(card, "pick_2" if first.staff_id < second.staff_id else "pick_1")
    assert title(card) == "3 人共同空档 · 1 小时"
    assert slots(card)[0] == "周二 3/13 17:00–18:00"
    assert "少 1 人：张伟（可选），后面留 1 小时" in lines(card)


async def test_whoever_is_found_by_less_than_their_name_is_named(bot, dingtalk, alice, group):
    dingtalk.person("xm", name="王小明")
    card = await ask(alice, "和小明周二找一小时", to=group)
    assert lines(card)[-1] == "「小明」是 王小明"


# ---------------------------------------------------------------- no slot
async def test_no_slot_tells_who_blocks_and_what_opens_some(bot, alice, bob, carol, group, crossed):
    card = await ask(alice, ASK, bob, carol, to=group)
    assert title(card) == "没有 3 人都有空的 1 小时"
    assert lines(card) == [
        "周二 3/13（北京时间）",
        "最接近：",
        "1️⃣ 周二 3/13 09:00–10:00",
        "只缺 李博（12:00 起有空）",
        "2️⃣ 周二 3/13 16:30–17:00",
        "全员有空，但只有 30 分钟",
        "放宽一项就有：",
        "30 分钟 → 1 个 · 延到 周三 3/14 → 8 个",
        "李博 可选 → 7 个 · 不限工作时间 → 3 个",
    ]
    assert texts(card) == ["缩到 30 分钟", "延到 周三 3/14", "李博 可选", "私下问 李博"]


@pytest.mark.parametrize(
    ("verb", "first", "reason", "count"),
    [
        ("shorter", "周二 3/13 16:30–17:00", "全员有空，李博 前一场刚结束", 1),
        ("farther", "周三 3/14 09:00–10:00", "全员有空，后面留 1 小时", 3),
        ("optional", "周二 3/13 09:00–10:00", "少 1 人：李博（可选），后面留 1 小时", 3),
    ],
)
async def test_each_relaxation_opens_what_it_promised_without_a_call(
    bot, dingtalk, alice, bob, carol, group, crossed, verb, first, reason, count
):
    card = await ask(alice, ASK, bob, carol, to=group)
    before = len(dingtalk.calls_of(QUERY))
    press = await alice.presses(card, verb)
    assert (press.code, press.timed_out) == (200, False)
    assert slots(card)[0] == first
    assert reason in lines(card)
    assert len(slots(card)) == count
    asked_again = len(dingtalk.calls_of(QUERY)) - before
    assert asked_again == (verb == "farther")  # whose own next days lie one day farther


async def test_hours_off_work_are_opened_where_the_working_days_are_full(bot, alice, bob, group):
    for day in range(8):
        bob.calendar.busy(on_tuesday(24 * day + 9), on_tuesday(24 * day + 18))
    card = await ask(alice, ASK, bob, to=group)
    await alice.presses(card, "off_hours")
    assert slots(card)[:2] == ["周二 3/13 08:00–09:00", "周二 3/13 18:00–19:00"]
    assert "全员有空，不在工作时间" in lines(card)


async def test_whoever_asks_is_not_offered_a_letter_to_themselves(bot, alice, bob, group):
    alice.calendar.busy(on_tuesday(9), on_tuesday(18))
    card = await ask(alice, ASK, bob, to=group)
    assert "只缺 Alice Chen" in card.text
    assert "appeal" not in buttons(card)


async def test_where_nothing_helps_it_says_so(bot, alice, bob, carol, group):
    for person in (bob, carol):
        person.calendar.busy(on_tuesday(-24), on_tuesday(24 * 21))
    card = await ask(alice, ASK_EN, bob, carol, to=group)
    assert title(card) == "No 1 hour that suits all 3"
    assert lines(card)[1:] == [
        "Closest:",
        "1️⃣ Tue 13 Mar, 9–10 am",
        "2 busy: 李博, 王芳",
        "No single change helps: try other days",
    ]
    assert buttons(card) == ["refresh", "watch", "later"]


async def test_the_other_reading_is_one_tap_away(bot, alice, bob, group):
    bob.calendar.busy(on_tuesday(8), on_tuesday(9))
    card = await ask(alice, "周二8点到9点找一小时", bob, to=group)
    assert buttons(card)[1] == "other"
    await alice.presses(card, "other")
    assert slots(card) == ["周二 3/13 20:00–21:00"]


# ---------------------------------------------------------------- buttons
async def test_other_slots_cost_no_call_and_end_with_the_last_of_them(bot, dingtalk, alice, bob, group):
    bob.calendar.busy(on_tuesday(9), on_tuesday(13))
    card = await ask(alice, ASK, bob, to=group)
    before = len(dingtalk.calls)
    seen = slots(card)
    assert buttons(card)[0] == "more"
    await alice.presses(card, "more")
    seen += slots(card)
    assert len(set(seen)) == len(seen) == 5
    assert "more" not in buttons(card)
    assert len(dingtalk.calls) == before


async def test_where_booking_is_on_slots_are_taken_first(booking_bot, alice, bob, group):
    card = await ask(alice, ASK, bob, to=group)
    assert texts(card) == ["约第 1 个", "约第 2 个", "约第 3 个", "换一批"]


async def test_nobody_is_booked_before_it_is_known_who_is_meant(booking_bot, dingtalk, alice, bob, group):
    for staff_id in ("w1", "w2"):
        dingtalk.person(staff_id, name="张伟")
    card = await ask(alice, "周二和张伟找一小时", bob, to=group)
    assert buttons(card) == ["pick_1", "pick_2", "leave_out", "more"]


async def test_buttons_outlive_a_restart(start, dingtalk, alice, bob, group):
    app = await start()
    card = await ask(alice, ASK, bob, to=group)
    first = slots(card)
    await dingtalk.settle()
    await app.stop()
    await start()
    await alice.presses(card, "more")
    assert slots(card)
    assert not set(slots(card)) & set(first)


# ---------------------------------------------------------------- calls
async def test_20_people_over_5_days_cost_two_calls(bot, dingtalk, alice, group):
    people = crowd(dingtalk, 20)
    for number, person in enumerate(people):
        person.calendar.busy(on_tuesday(9 + number % 8), on_tuesday(10 + number % 8))
    await ask(alice, "周二下午2点到4点谁有空", *people, to=group)  # so that everybody was met
    await dingtalk.settle()
    before = len(dingtalk.calls)
    card = await ask(alice, "下周找一小时，不用算我", *people, to=group)
    await dingtalk.settle()
    assert title(card) == "20 人共同空档 · 1 小时"
    assert [call.api for call in dingtalk.calls[before:]] == [QUERY, DELIVER]
    await alice.presses(card, "more")
    assert [call.api for call in dingtalk.calls[before:]] == [QUERY, DELIVER]


async def test_no_more_than_31_days_are_read(bot, dingtalk, alice, bob, group):
    await ask(alice, "未来30天找一小时", bob, to=group)
    [call] = dingtalk.calls_of(QUERY)
    assert call.body["startTime"].startswith("2040-03-12T00:00")
    assert call.body["endTime"] <= "2040-04-12T00:00:00+08:00"


# ---------------------------------------------------------------- follow-ups
async def test_a_follow_up_keeps_searching_with_one_thing_changed(bot, alice, bob, carol, group):
    carol.calendar.busy(on_tuesday(9), on_tuesday(24))
    talk = Talk(alice, group)
    for text, at, when, said in (
        (ASK, (bob, carol), "周二", "没有 3 人都有空的 1 小时"),
        ("换成30分钟", (), "周二", "没有 3 人都有空的 30 分钟"),
        ("那周四呢", (), "周四", "3 人共同空档 · 30 分钟"),
        ("去掉王芳", (), "周四", "2 人共同空档 · 30 分钟"),
        ("再晚点", (), "周五", "2 人共同空档 · 30 分钟"),
        ("再加上", (carol,), "周五", "3 人共同空档 · 30 分钟"),
        ("那周二呢", (), "周二", "没有 3 人都有空的 30 分钟"),
        ("王芳可选", (), "周二", "3 人共同空档 · 30 分钟"),
        ("去掉我", (), "周二", "2 人共同空档 · 30 分钟"),
    ):
        card = await talk.asks(text, *at)
        assert lines(card)[0].startswith(when), text
        assert title(card) == said, text
    assert "少 1 人：王芳（可选），后面留 1 小时" in lines(card)


# ---------------------------------------------------------------- the terminal
async def test_ask_prints_the_slots(dingtalk, alice, bob, carol, group, tmp_path, sqlite_url):
    path = tmp_path / "config.yaml"
    path.write_text(json.dumps(settings_of(dingtalk, sqlite_url)))
    dingtalk.faults.person_error(carol)
    arguments = ("ask", "-c", str(path), "--as", "alice", "--at", "bob", "--at", "carol", "--json", "找一小时")
    found = await run(tmp_path / "out", *arguments)
    answer = json.loads(found.stdout)
    assert found.exit_code == 0
    assert answer["intent"] == "find_time"
    assert len(answer["windows"]) == 1
    assert [(each["staff_id"], each["state"]) for each in answer["people"]][-1] == ("alice", "free")
    assert [set(slot) for slot in answer["slots"]] == [{"start", "end", "missing", "tentative", "unknown", "room"}] * 3
    assert {tuple(slot["unknown"]) for slot in answer["slots"]} == {("carol",)}
    assert answer["text"].startswith("2 人共同空档 · 1 小时 · 1 人查不到\n")
