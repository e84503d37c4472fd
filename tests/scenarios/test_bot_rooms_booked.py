"""The room of a meeting: booked after the event, changed, dropped, moved along; what is said where that fails."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from scenario import PATIENT, Talk, on_tuesday

ADD, REMOVE, QUERY = "addMeetingRooms", "removeMeetingRooms", "queryMeetingRooms"
ON = {"rooms": {"enabled": True}, "booking": {"enabled": True}}
THREE = on_tuesday(15)
HOUR = timedelta(hours=1)


@pytest.fixture
def lake(dingtalk):
    return dingtalk.room("lake", "西湖厅", capacity=8, place="3 楼")


@pytest.fixture
def pavilion(dingtalk):
    return dingtalk.room("pavilion", "永澄亭", capacity=10)


@pytest.fixture
def hall(dingtalk):
    return dingtalk.room("hall", "钱塘厅", capacity=20)


@pytest.fixture
def talk(alice, group):
    return Talk(alice, group)


@pytest.fixture
async def bot(start, group, lake, pavilion, hall):
    return await start(**ON)


def lines(card):
    return card.params["markdown"].split("\n\n")


def title(card):
    return card.params["title"]


def buttons(card):
    return [button.text for button in card.buttons]


def rooms(dingtalk):
    """The rooms of each event that is there."""
    return [[each["displayName"] for each in event.get("meetingRooms", ())] for event in dingtalk.calendar_events]


def doors(card):
    return [line for line in lines(card) if line.startswith("🚪")]


async def press(dingtalk, person, card, text):
    await person.presses(card, text)
    await dingtalk.settle()


async def slots(talk, bob):
    return await talk.asks("帮我和他明天下午3点到4点找1小时", bob)


# ---------------------------------------------------------------- with a slot
async def test_a_slot_is_booked_with_its_room_the_event_first(bot, dingtalk, talk, alice, bob):
    card = await slots(talk, bob)
    assert buttons(card)[:3] == ["约第 1 个＋西湖厅", "换会议室", "不要会议室"]
    await press(dingtalk, alice, card, "约第 1 个＋西湖厅")
    assert title(card).startswith("✅ 已约：周二")
    assert doors(card) == ["🚪 西湖厅（8 人 · 3 楼）"]
    assert rooms(dingtalk) == [["西湖厅"]]
    made = [call.api for call in dingtalk.calls if call.api in ("createEvent", ADD)]
    assert made == ["createEvent", ADD]
    [added] = dingtalk.calls_of(ADD)
    assert added.body == {"meetingRoomsToAdd": [{"roomId": "lake"}]}
    assert "location" not in dingtalk.calendar_events[0]


async def test_another_room_is_chosen_before_and_none_at_all(bot, dingtalk, talk, alice, bob):
    card = await slots(talk, bob)
    await press(dingtalk, alice, card, "换会议室")
    assert doors(card) == ["🚪 永澄亭（10 人）"]
    await press(dingtalk, alice, card, "不要会议室")
    assert doors(card) == []
    await press(dingtalk, alice, card, "约第 1 个")
    assert rooms(dingtalk) == [[]]
    assert dingtalk.calls_of(ADD) == []


@pytest.mark.parametrize(
    ("text", "book", "gone", "instead"),
    [
        ("帮我和他明天下午3点到4点找1小时", "约第 1 个＋西湖厅", "✅ 已约，西湖厅 刚被占", "还空着：永澄亭、钱塘厅"),
        (
            "find 1 hour tomorrow 3-4pm for me and him",
            "Book 1 + 西湖厅",
            "✅ Booked, but 西湖厅 is gone",
            "Still free: 永澄亭, 钱塘厅",
        ),
    ],
    ids=["zh", "en"],
)
async def test_a_room_that_is_gone_meanwhile_leaves_the_event_and_offers_the_next_two(
    bot, dingtalk, talk, alice, bob, lake, text, book, gone, instead
):
    card = await talk.asks(text, bob)
    lake.calendar.busy(THREE, THREE + HOUR)
    await press(dingtalk, alice, card, book)
    assert title(card) == gone
    assert instead in lines(card)
    assert rooms(dingtalk) == [[]]
    await press(dingtalk, alice, card, buttons(card)[1])
    assert rooms(dingtalk) == [["钱塘厅"]]
    assert title(card).startswith("✅")
    assert len(doors(card)) == 1


async def test_no_other_room_is_free_either(bot, dingtalk, talk, alice, bob, lake, pavilion, hall):
    card = await slots(talk, bob)
    for room in (lake, pavilion, hall):
        room.calendar.busy(THREE, THREE + HOUR)
    await press(dingtalk, alice, card, "约第 1 个＋西湖厅")
    assert title(card) == "✅ 已约，西湖厅 刚被占"
    assert "没有别的空会议室" in lines(card)


async def test_a_room_that_waits_for_approval_is_said_to(bot, dingtalk, talk, alice, bob, lake):
    lake.approval = True
    card = await slots(talk, bob)
    await press(dingtalk, alice, card, "约第 1 个＋西湖厅")
    assert doors(card) == ["🚪 西湖厅（8 人 · 3 楼）待审批"]
    listed = await talk.asks("我约的会")
    assert doors(listed) == ["🚪 西湖厅（8 人 · 3 楼）待审批"]


# ---------------------------------------------------------------- in an order
async def test_an_order_that_names_a_room_books_it(bot, dingtalk, talk, alice, bob):
    card = await talk.asks("约他周四下午3点 西湖厅", bob)
    assert title(card) == "还没约，请确认"
    assert doors(card) == ["🚪 西湖厅（8 人 · 3 楼）"]
    assert not any(line.startswith("地点") for line in lines(card))
    assert rooms(dingtalk) == []
    await press(dingtalk, alice, card, "就这样约")
    assert rooms(dingtalk) == [["西湖厅"]]


async def test_an_order_for_any_room_gets_one_that_is_large_enough(bot, dingtalk, talk, alice, bob):
    card = await talk.asks("book him Thursday at 3pm with a room for 10", bob)
    assert doors(card) == ["🚪 永澄亭 (seats 10)"]
    assert buttons(card) == ["Book it", "Other room", "No room", "Don't book"]
    await press(dingtalk, alice, card, "Other room")
    assert doors(card) == ["🚪 钱塘厅 (seats 20)"]
    await press(dingtalk, alice, card, "No room")
    assert doors(card) == []
    await press(dingtalk, alice, card, "Other room")
    await press(dingtalk, alice, card, "Book it")
    assert rooms(dingtalk) == [["永澄亭"]]


async def test_a_named_room_that_is_taken_is_said_and_not_booked(bot, dingtalk, talk, alice, bob, lake):
    lake.calendar.busy(on_tuesday(48 + 15), on_tuesday(48 + 16))
    card = await talk.asks("约他周四下午3点 西湖厅", bob)
    assert "⚠ 西湖厅 那时没空" in lines(card)
    assert "还空着：永澄亭、钱塘厅" in lines(card)
    await press(dingtalk, alice, card, "换会议室")
    assert doors(card) == ["🚪 永澄亭（10 人）"]
    await press(dingtalk, alice, card, "就这样约")
    assert rooms(dingtalk) == [["永澄亭"]]


async def test_a_place_that_is_no_room_stays_a_text(bot, dingtalk, talk, alice, bob):
    card = await talk.asks("约他周四下午3点 地点：星巴克", bob)
    assert "地点：星巴克（只写在日程里，没有订）" in lines(card)
    assert buttons(card) == ["就这样约", "换时间", "改人", "不约"]


async def test_a_room_alone_is_held_by_a_meeting_of_whoever_presses(bot, dingtalk, talk, alice, bob):
    card = await talk.asks("明天下午3点有哪些会议室空着")
    assert buttons(card)[:2] == ["约 西湖厅", "约 永澄亭"]
    await press(dingtalk, bob, card, "约 永澄亭")
    assert title(card) != "还没约，请确认"  # somebody else's button
    await press(dingtalk, alice, card, "约 永澄亭")
    assert title(card) == "还没约，请确认"
    assert doors(card) == ["🚪 永澄亭（10 人）"]
    await press(dingtalk, alice, card, "就这样约")
    assert rooms(dingtalk) == [["永澄亭"]]
    assert dingtalk.calendar_events[0]["attendees"] == []


# ---------------------------------------------------------------- changed and dropped
async def test_a_room_is_changed_and_dropped_by_button(bot, dingtalk, talk, alice, bob, lake):
    card = await slots(talk, bob)
    await press(dingtalk, alice, card, "约第 1 个＋西湖厅")
    assert buttons(card) == ["改时间", "取消", "换会议室", "不要会议室"]
    await press(dingtalk, alice, card, "换会议室")
    assert title(card) == "换哪间会议室？"
    assert buttons(card) == ["用 永澄亭", "用 钱塘厅", "不要会议室", "返回"]
    await press(dingtalk, alice, card, "用 永澄亭")
    assert rooms(dingtalk) == [["永澄亭"]]
    assert lake.calendar.items == []
    await press(dingtalk, alice, card, "不要会议室")
    assert rooms(dingtalk) == [[]]
    assert "已退掉 永澄亭" in lines(card)
    await press(dingtalk, alice, card, "加会议室")
    assert title(card) == "要哪间会议室？"
    await press(dingtalk, alice, card, "返回")
    assert title(card).startswith("✅ 已约")


async def test_only_the_organizer_changes_the_room(bot, dingtalk, talk, alice, bob):
    card = await slots(talk, bob)
    await press(dingtalk, alice, card, "约第 1 个＋西湖厅")
    await press(dingtalk, bob, card, "不要会议室")
    assert rooms(dingtalk) == [["西湖厅"]]


async def test_a_new_room_that_is_gone_leaves_the_old_one(bot, dingtalk, talk, alice, bob, pavilion):
    card = await slots(talk, bob)
    await press(dingtalk, alice, card, "约第 1 个＋西湖厅")
    await press(dingtalk, alice, card, "换会议室")
    pavilion.calendar.busy(THREE, THREE + HOUR)
    await press(dingtalk, alice, card, "用 永澄亭")
    assert rooms(dingtalk) == [["西湖厅"]]
    assert doors(card) == ["🚪 西湖厅（8 人 · 3 楼）"]
    assert title(card) == "✅ 已约，永澄亭 刚被占"
    assert "还空着：钱塘厅" in lines(card)


@pytest.mark.parametrize("staying", [False, True], ids=["follows", "stays behind"])
async def test_a_meeting_that_is_moved_keeps_its_room(bot, dingtalk, talk, alice, bob, lake, staying):
    if staying:
        dingtalk.faults.leave_rooms_behind()
    card = await slots(talk, bob)
    await press(dingtalk, alice, card, "约第 1 个＋西湖厅")
    card = await talk.asks("改到周四下午5点")
    assert title(card).startswith("✅ 已改到 周四")
    assert doors(card) == ["🚪 西湖厅（8 人 · 3 楼）"]
    assert rooms(dingtalk) == [["西湖厅"]]
    assert len(lake.calendar.items) == 1
    assert lake.calendar.items[0].start == on_tuesday(48 + 17)


async def test_a_meeting_that_is_moved_says_where_its_room_is_not_free(bot, dingtalk, talk, alice, bob, lake):
    card = await slots(talk, bob)
    await press(dingtalk, alice, card, "约第 1 个＋西湖厅")
    lake.calendar.busy(on_tuesday(48 + 17), on_tuesday(48 + 18))
    card = await talk.asks("改到周四下午5点")
    assert "⚠ 西湖厅 刚被占" in lines(card)
    assert "还空着：永澄亭、钱塘厅" in lines(card)
    assert rooms(dingtalk) == [[]]
    await press(dingtalk, alice, card, "用 永澄亭")
    assert rooms(dingtalk) == [["永澄亭"]]


async def test_a_meeting_that_is_cancelled_frees_its_room(bot, dingtalk, talk, alice, bob, lake):
    card = await slots(talk, bob)
    await press(dingtalk, alice, card, "约第 1 个＋西湖厅")
    await press(dingtalk, alice, card, "取消")
    assert title(card).startswith("已取消")
    assert lake.calendar.items == []


# ---------------------------------------------------------------- faults
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"status": 500, "code": "system.busy"}, "⚠ 西湖厅：钉钉没回应，请看一下日历"),
        ({"status": 400, "code": "invalidParameter"}, "⚠ 没约上 西湖厅：钉钉拒绝了"),
    ],
)
async def test_a_room_that_cannot_be_booked_leaves_the_event(bot, dingtalk, talk, alice, bob, fault, said):
    card = await slots(talk, bob)
    dingtalk.faults.fail(ADD, **fault)
    await press(dingtalk, alice, card, "约第 1 个＋西湖厅")
    assert title(card).startswith("✅ 已约：")
    assert said in lines(card)
    assert doors(card) == []
    dingtalk.faults.clear()
    await press(dingtalk, alice, card, "加会议室")
    await press(dingtalk, alice, card, "用 西湖厅")
    assert rooms(dingtalk) == [["西湖厅"]]


async def test_a_lost_answer_is_no_room_and_the_next_try_is_the_same_one(bot, dingtalk, talk, alice, bob):
    """The room is on the event; where a repeat would be refused it is taken off first."""
    dingtalk.faults.refuse_room_again()
    card = await slots(talk, bob)
    dingtalk.faults.drop_reply(ADD, times=1)
    await press(dingtalk, alice, card, "约第 1 个＋西湖厅")
    assert "⚠ 西湖厅：钉钉没回应，请看一下日历" in lines(card)
    assert rooms(dingtalk) == [["西湖厅"]]
    await press(dingtalk, alice, card, "加会议室")
    await press(dingtalk, alice, card, "用 永澄亭")
    assert rooms(dingtalk) == [["永澄亭"]]


@pytest.mark.parametrize("timing", [replace(PATIENT, call_within=0.5)], ids=["impatient"])
async def test_a_room_that_nobody_answers_for_leaves_the_event(bot, dingtalk, talk, alice, bob):
    card = await slots(talk, bob)
    dingtalk.faults.hang(ADD)
    await press(dingtalk, alice, card, "约第 1 个＋西湖厅")
    assert title(card).startswith("✅ 已约：")
    assert "⚠ 西湖厅：钉钉没回应，请看一下日历" in lines(card)
    assert len(dingtalk.calendar_events) == 1


async def test_a_slot_is_taken_in_words_with_its_room(bot, dingtalk, talk, bob):
    await slots(talk, bob)
    card = await talk.asks("订1")
    assert title(card).startswith("✅ 已约：")
    assert rooms(dingtalk) == [["西湖厅"]]


async def test_an_old_room_that_cannot_be_given_back_is_said(bot, dingtalk, talk, alice, bob):
    card = await slots(talk, bob)
    await press(dingtalk, alice, card, "约第 1 个＋西湖厅")
    await press(dingtalk, alice, card, "换会议室")
    dingtalk.faults.fail(REMOVE, status=500, code="system.busy")
    await press(dingtalk, alice, card, "用 永澄亭")
    assert doors(card) == ["🚪 永澄亭（10 人）"]
    assert "⚠ 西湖厅 没能退掉，请在日历里退" in lines(card)


async def test_a_missing_scope_of_events_is_named(bot, dingtalk, talk, alice, bob):
    card = await slots(talk, bob)
    await press(dingtalk, alice, card, "约第 1 个＋西湖厅")
    await press(dingtalk, alice, card, "换会议室")
    dingtalk.faults.deny_scope("Calendar.Event.Write")
    await press(dingtalk, alice, card, "用 永澄亭")
    assert "⚠ 没约上 永澄亭：应用缺少权限" in lines(card)
    assert doors(card) == ["🚪 西湖厅（8 人 · 3 楼）"]
