"""Meeting rooms, where they are on: which are free, with slots, and what is said where they cannot be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from scenario import MONDAY, PATIENT, Talk, on_tuesday

LIST, QUERY, CREATE = "meetingRoomLists", "queryMeetingRooms", "createEvent"
ADD, REMOVE = "addMeetingRooms", "removeMeetingRooms"
ON = {"rooms": {"enabled": True}}
WITH_BOOKING = {**ON, "booking": {"enabled": True}}
THREE = on_tuesday(15)
HOUR = timedelta(hours=1)


@pytest.fixture
def lake(dingtalk):
    return dingtalk.room("lake", "西湖厅", capacity=8, place="3 楼")


@pytest.fixture
def pavilion(dingtalk):
    return dingtalk.room("pavilion", "永澄亭", capacity=10, place="3 楼")


@pytest.fixture
def hall(dingtalk):
    return dingtalk.room("hall", "钱塘厅", capacity=20, place="5 楼")


@pytest.fixture
def phone(dingtalk):
    return dingtalk.room("phone", "电话间", capacity=2)


@pytest.fixture
def talk(alice, group):
    return Talk(alice, group)


@pytest.fixture
async def bot(start, group, lake, pavilion, hall, phone):
    return await start(**ON)


def lines(card):
    return card.params["markdown"].split("\n\n")


def title(card):
    return card.params["title"]


def buttons(card):
    return [button.text for button in card.buttons]


def calls(dingtalk):
    return len(dingtalk.calls_of(LIST)), len(dingtalk.calls_of(QUERY))


# ---------------------------------------------------------------- asked for alone
async def test_free_rooms_are_named_with_seats_and_place(bot, talk, lake, hall):
    lake.calendar.busy(on_tuesday(14), on_tuesday(16.5))
    card = await talk.asks("明天下午3点有哪些会议室空着, 能坐8个人的")
    assert title(card) == "2 间会议室有空 · 8 人以上"
    assert lines(card) == [
        "周二 3/13 15:00–16:00（北京时间）",
        "✅ 有空 2：永澄亭（10 人 · 3 楼）",
        "钱塘厅（20 人 · 5 楼）",
        "⛔ 没空 1：西湖厅 到 16:30",
    ]
    assert "电话间" not in str(card.params)


async def test_free_rooms_in_english(bot, dingtalk, talk, lake, hall):
    lake.calendar.tentative(on_tuesday(14), on_tuesday(16.5))
    dingtalk.faults.room_error(hall)
    card = await talk.asks("which rooms are free tomorrow 3pm for 8 people")
    assert title(card) == "1 room is free, seats 8+, 1 unknown"
    assert lines(card) == [
        "Tue 13 Mar, 3–4 pm (Beijing)",
        "✅ Free 1: 永澄亭 (seats 10, 3 楼)",
        "🟡 Awaits approval 1: 西湖厅",
        "❔ Unknown 1: 钱塘厅 (not shared)",
        "Unknown isn't counted as free",
    ]


async def test_a_room_with_an_error_and_one_that_is_missing_are_never_free(bot, dingtalk, talk, lake, pavilion):
    dingtalk.faults.room_error(lake)
    dingtalk.faults.omit_room(pavilion)
    card = await talk.asks("明天下午3点有哪些会议室空着")
    assert title(card) == "2 间会议室有空，2 间查不到"
    assert "❔ 查不到 2：西湖厅（未开放忙闲）" in lines(card)
    assert "永澄亭（钉钉没回应）" in lines(card)
    assert "查不到不算有空" in lines(card)


async def test_an_item_that_makes_no_sense_makes_its_room_unknown(bot, talk, lake):
    lake.calendar.raw({"status": "BUSY", "start": {"dateTime": "soon"}, "end": {}})
    card = await talk.asks("西湖厅明天下午3点空着吗")
    assert title(card) == "西湖厅 查不到"


async def test_a_room_is_found_by_a_name_that_is_near(bot, talk, lake):
    lake.calendar.busy(on_tuesday(14), on_tuesday(16.5))
    assert title(await talk.asks("西湖厅明天下午3点空着吗")) == "西湖厅 忙到 16:30"
    assert title(await talk.asks("明天下午5点西湖厅会议室空着吗")) == "西湖厅 有空"
    card = await talk.asks("明天下午3点洱海厅空着吗")
    assert title(card) == "3 间会议室有空"
    assert "没找到会议室「洱海厅」" in lines(card)


async def test_a_part_of_the_time_is_told_with_its_hours(bot, talk, lake, pavilion):
    lake.calendar.busy(on_tuesday(13), on_tuesday(15))
    pavilion.calendar.busy(on_tuesday(13), on_tuesday(18))
    card = await talk.asks("明天下午哪些会议室有空")
    assert "🟡 部分有空 1：西湖厅 15:00–18:00" in lines(card)
    assert "⛔ 没空 1：永澄亭 到 18:00" in lines(card)


async def test_the_list_is_read_once_and_ten_rooms_are_asked_about_five_a_call(start, dingtalk, talk, group):
    for number in range(30):
        dingtalk.room(f"r{number}", f"A{number:02}", capacity=4 + number)
    await start(**ON)
    card = await talk.asks("明天下午3点有哪些会议室空着，能坐6个人的")
    assert "还有 18 间没看，一次最多看 10 间" in lines(card)
    asked = [call.body["roomIds"] for call in dingtalk.calls_of(QUERY)]
    assert sorted(map(len, asked)) == [5, 5]
    assert {room for rooms in asked for room in rooms} == {f"r{number}" for number in range(2, 12)}
    await talk.asks("明天下午3点有哪些会议室空着，能坐6个人的")  # within a minute
    await talk.asks("周四下午3点有哪些会议室空着，能坐6个人的")
    assert calls(dingtalk) == (1, 4)


async def test_without_a_time_this_moment_is_meant_and_with_a_length_the_rest_of_the_day(bot, talk, lake):
    lake.calendar.busy(MONDAY, MONDAY + timedelta(hours=2))
    card = await talk.asks("哪些会议室空着")
    assert lines(card)[0].startswith("今天 周一 3/12 10:00–10:30")
    assert "⛔ 没空 1：西湖厅 到 12:00" in lines(card)
    card = await talk.asks("找1小时，要能坐8个人的会议室")
    assert any(line.startswith("🟡 部分有空 1：西湖厅 13:00") for line in lines(card))


async def test_words_that_only_change_the_time_go_on_with_rooms(bot, talk):
    await talk.asks("明天下午3点有哪些会议室空着，能坐8个人的")
    card = await talk.asks("那周四呢")
    assert title(card) == "3 间会议室有空 · 8 人以上"
    assert lines(card)[0] == "周四 3/15 15:00–16:00（北京时间）"


@pytest.mark.parametrize(
    ("scope", "said"),
    [("VideoConference.Conference.Read", LIST), ("Calendar.Event.Read", QUERY)],
)
async def test_a_missing_scope_is_named(bot, dingtalk, talk, scope, said):
    dingtalk.faults.deny_scope(scope)
    card = await talk.asks("明天下午3点有哪些会议室空着")
    assert title(card) == "没查到会议室：应用缺少权限"
    assert scope in card.params["markdown"]
    dingtalk.faults.clear()
    assert len(dingtalk.calls_of(said)) == 1


@pytest.mark.parametrize("api", [LIST, QUERY])
async def test_what_fails_is_said_and_is_no_free_room(bot, dingtalk, talk, api):
    dingtalk.faults.fail(api, status=500, code="system.busy")
    assert title(await talk.asks("明天下午3点有哪些会议室空着")) == "没查到会议室：查询失败"
    assert title(await talk.asks("which rooms are free tomorrow 3pm")) == "Couldn't check rooms: lookup failed"


@pytest.mark.parametrize("timing", [replace(PATIENT, call_within=0.5)], ids=["impatient"])
@pytest.mark.parametrize("api", [LIST, QUERY])
async def test_rooms_that_are_slow_are_unknown_in_time_and_hold_no_slot_up(bot, dingtalk, talk, bob, api):
    dingtalk.faults.hang(api)
    assert title(await talk.asks("明天下午3点有哪些会议室空着")) == "没查到会议室：查询超时"
    card = await talk.asks("帮我和他明天下午3点到4点找1小时", bob)
    assert title(card) == "2 人共同空档 · 1 小时"
    assert "❔ 会议室查不到（查询超时）" in lines(card)


@pytest.mark.parametrize("repeating", [False, True])
async def test_a_list_without_end_is_no_list(bot, dingtalk, talk, repeating):
    dingtalk.faults.endless_rooms(repeating=repeating)
    assert title(await talk.asks("明天下午3点有哪些会议室空着")) == "没查到会议室：数据异常"


async def test_no_room_is_large_enough(bot, talk):
    card = await talk.asks("明天下午3点有哪些会议室空着，能坐50个人的")
    assert title(card) == "没有能坐 50 人的会议室"


# ---------------------------------------------------------------- off
async def test_while_rooms_are_off_nothing_is_asked_and_the_line_says_so(start, dingtalk, talk, bob, group, lake):
    await start(booking={"enabled": True})
    await talk.says("明天下午3点有哪些会议室空着")
    said = await group.next_message()
    assert said.text.startswith("会议室没开通，请管理员打开")
    card = await talk.asks("帮我和他明天下午找1小时，要6人会议室", bob)
    assert "会议室没开通，请管理员打开" in lines(card)
    card = await talk.asks("约他周四下午3点 西湖厅", bob)
    assert "地点：西湖厅（只写在日程里，没有订）" in lines(card)
    assert buttons(card) == ["就这样约", "换时间", "改人", "不约"]
    assert calls(dingtalk) == (0, 0)


# ---------------------------------------------------------------- with slots
async def test_each_slot_has_a_free_room_that_is_large_enough(bot, dingtalk, talk, bob, carol, lake, pavilion):
    lake.calendar.busy(on_tuesday(13), on_tuesday(14))
    for room in (lake, pavilion):
        room.calendar.busy(on_tuesday(15), on_tuesday(16))
    card = await talk.asks("帮我和他们明天下午找1小时", bob, carol)
    assert title(card) == "3 人共同空档 · 1 小时"
    assert [line for line in lines(card) if line.startswith("🚪")] == [
        "🚪 永澄亭（10 人 · 3 楼）",
        "🚪 钱塘厅（20 人 · 5 楼）",
        "🚪 西湖厅（8 人 · 3 楼）",
    ]
    assert calls(dingtalk) == (1, 1)


async def test_slots_in_english_with_a_size(bot, talk, bob, hall, lake, pavilion):
    for room in (lake, pavilion, hall):
        room.calendar.busy(on_tuesday(13), on_tuesday(14))
    card = await talk.asks("find 1 hour tomorrow afternoon for me and him with a room for 6", bob)
    assert title(card) == "1 hour for 2 people, seats 6+"
    assert [line for line in lines(card) if line.startswith("🚪")] == [
        "🚪 No room free",
        "🚪 西湖厅 (seats 8, 3 楼)",
        "🚪 西湖厅 (seats 8, 3 楼)",
    ]


async def test_what_is_not_known_of_rooms_is_no_free_one(bot, dingtalk, talk, bob):
    dingtalk.faults.fail(QUERY, status=500, code="system.busy")
    card = await talk.asks("帮我和他明天下午找1小时", bob)
    assert lines(card).count("❔ 会议室查不到（查询失败）") == 3
    assert not any("🚪" in line for line in lines(card))


async def test_a_meeting_online_wants_no_room(bot, dingtalk, talk, bob):
    card = await talk.asks("帮我和他明天下午找1小时 线上", bob)
    assert not any("🚪" in line for line in lines(card))
    assert calls(dingtalk) == (0, 0)


async def test_a_room_that_is_named_comes_first(bot, talk, bob, hall):
    card = await talk.asks("帮我和他明天下午在钱塘厅找1小时", bob)
    assert [line for line in lines(card) if line.startswith("🚪")] == ["🚪 钱塘厅（20 人 · 5 楼）"] * 3


async def test_others_than_the_first_five_are_asked_about_where_none_of_these_is_free(
    start, dingtalk, talk, bob, group
):
    rooms = [dingtalk.room(f"r{number}", f"A{number:02}", capacity=6) for number in range(8)]
    for room in rooms[:5]:
        room.calendar.busy(on_tuesday(0), on_tuesday(24))
    await start(**ON)
    card = await talk.asks("帮我和他明天下午找1小时", bob)
    assert [line for line in lines(card) if line.startswith("🚪")] == ["🚪 A05（6 人）"] * 3
    assert calls(dingtalk) == (1, 2)


# ---------------------------------------------------------------- what nobody keeps
async def test_who_holds_a_room_and_what_for_is_kept_nowhere(
    start, dingtalk, talk, bob, group, lake, capfd, sqlite_url
):
    dingtalk.faults.tell_room_titles()
    lake.calendar.busy(on_tuesday(15), on_tuesday(16), event_id="EVENT-CANARY")
    lake.holders["EVENT-CANARY"] = ("ORGANIZER-CANARY", "TITLE-CANARY")
    app = await start(**WITH_BOOKING, logging={"level": "debug"})
    await talk.asks("明天下午3点有哪些会议室空着")
    card = await talk.asks("帮我和他明天下午找1小时", bob)
    await talk.person.presses(card, buttons(card)[0])
    await dingtalk.settle()
    [row] = lake.schedule(on_tuesday(15), on_tuesday(16), titles=True)
    assert (row["eventId"], row["organizer"]["id"], row["summary"]) == (
        "EVENT-CANARY",
        "ORGANIZER-CANARY",
        "TITLE-CANARY",
    )
    await app.stop()
    out, err = capfd.readouterr()
    stored = b"".join(path.read_bytes() for path in Path(sqlite_url.removeprefix("sqlite:///")).parent.iterdir())
    shown = str([card.params for card in group.cards])
    for kept in (out, err, stored.decode("utf-8", "replace"), shown):
        assert "CANARY" not in kept
