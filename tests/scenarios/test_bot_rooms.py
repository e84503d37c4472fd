"""Meeting rooms, where they are on: which are free, with slots, and what is said where they cannot be read."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from scenario import MONDAY, Talk, config_of, on_tuesday, run, settings_of

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
        "✅ 有空 2：永澄亭（10 人 · 3 楼）\n　钱塘厅（20 人 · 5 楼）",
        "⛔ 没空 1：西湖厅 到 16:30",
    ]
    assert "电话间" not in str(card.params)
