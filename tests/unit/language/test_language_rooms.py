"""Rooms in words: how many people one is to hold, which one is meant, and what is no room at all."""

from __future__ import annotations

import pytest
from said import request as read

from bot.model.requests import Intent


@pytest.mark.parametrize(
    ("text", "seats"),
    [
        ("明天下午3点有哪些会议室空着, 能坐8个人的", 8),
        ("找1小时，要能坐8个人的会议室", 8),
        ("需要一个容纳十二人的会议室，后天上午十点", 12),
        ("8人会议室 明天下午3点到4点", 8),
        ("明天3点会议室，6个人用", 6),
        ("有没有坐得下二十人的会议室 明天上午", 20),
        ("which rooms are free tomorrow 3pm for 8 people", 8),
        ("any meeting room free tomorrow at 3 that seats 10", 10),
        ("a 10-person meeting room tomorrow at 3", 10),
        ("is there a room that fits twelve people friday 2pm", 12),
        ("rooms for 8 tomorrow at 3pm", 8),
        ("a meeting room big enough for 6 tomorrow at 3", 6),
    ],
)
def test_a_room_is_asked_for_by_how_many_it_holds(text, seats):
    found = read(text)
    assert (found.intent, found.seats, found.leftover) == (Intent.ROOMS, seats, ())
    assert found.quorum is None


@pytest.mark.parametrize(
    "text",
    [
        "book a room for 3pm",
        "which rooms are free for 2 hours tomorrow",
        "会议室 明天8点到9点空着吗",
        "room for 3 pm tomorrow",
    ],
)
def test_a_time_behind_a_room_is_no_number_of_people(text):
    assert read(text).seats == 0


@pytest.mark.parametrize("text", ["8个人明天下午3点有空吗", "find a time for 8 people this week"])
def test_people_are_no_seats_where_no_room_is_spoken_of(text):
    assert read(text).seats == 0


@pytest.mark.parametrize("text", ["西湖厅明天下午3点空着吗", "明天下午3点西湖厅空着吗", "西湖厅今天下午有空吗"])
def test_a_hall_is_a_room_and_nobody(text):
    found = read(text)
    assert (found.intent, found.place, found.who.nobody) == (Intent.ROOMS, "西湖厅", True)


@pytest.mark.parametrize("hall", ["西湖厅", "钱塘厅"])
def test_a_hall_before_what_is_wanted_is_a_place(hall):
    found = read(f"和张三明天下午在{hall}找1小时")
    assert (found.intent, found.place, found.leftover) == (Intent.FIND_TIME, hall, ())


def test_somebody_with_a_title_is_no_hall():
    assert read("王厅明天下午3点有空吗").who.names == ("王厅",)


@pytest.mark.parametrize(
    ("text", "intent", "seats"),
    [
        ("帮我和张三本周找45分钟，要6人会议室", Intent.FIND_TIME, 6),
        ("find 1 hour this week for me and Bob with a room for 8", Intent.FIND_TIME, 8),
        ("约张三明天下午3点，要个会议室", Intent.BOOK, 0),
        ("book Bob tomorrow at 3pm with a room for 6", Intent.BOOK, 6),
    ],
)
def test_a_room_beside_people_is_part_of_their_meeting(text, intent, seats):
    found = read(text)
    assert (found.intent, found.room, found.seats, found.leftover) == (intent, True, seats, ())


def test_an_order_that_wants_a_room_is_shown_before_it_is_carried_out():
    assert read("约张三明天下午3点").acts
    assert not read("约张三明天下午3点，要个会议室").acts
    assert not read("约张三明天下午3点，要个6人会议室").acts


def test_a_room_without_a_name_is_no_topic():
    found = read("book a room tomorrow at 3pm")
    assert (found.intent, found.title) == (Intent.ROOMS, None)
