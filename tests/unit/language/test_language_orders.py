"""Short orders about an answer: a slot taken, a booking undone, word once somebody is free, the asker's reminders."""

from __future__ import annotations

import pytest
from said import request

from bot.model.requests import ChangeKind, Intent

TAKEN = (
    ("book 2", 2),
    ("book #2", 2),
    ("book option 3", 3),
    ("book the second one", 2),
    ("take option 1", 1),
    ("the first one please", 1),
    ("go with 3", 3),
    ("订2", 2),
    ("订二", 2),
    ("约第二个", 2),
    ("就第一个", 1),
    ("第二个吧", 2),
    ("选第三个", 3),
)
NOT_TAKEN = (
    "book 2pm",
    "book 2 hours",
    "book 2 rooms",
    "book the 2nd",
    "book Bob at 2",
    "book 30",
    "2",
    "订2点",
    "订2号",
    "约2个小时",
    "约两个人",
    "第二天",
    "第一周",
)
UNDONE = ("cancel", "cancel that", "cancel it please", "cancel the booking", "取消", "取消预约", "不约了", "不订了")
NOT_UNDONE = ("cancel the digest", "cancel Friday", "stop", "取消日报", "周五取消", "不", "不要")
WATCHED = (
    ("tell me when Bob is free", ("Bob",)),
    ("let me know when Bob's free", ("Bob",)),
    ("张三有空时告诉我", ("张三",)),
    ("张三有空了通知我", ("张三",)),
)


@pytest.mark.parametrize(("text", "option"), TAKEN)
def test_a_number_behind_a_word_of_booking_takes_that_slot(text: str, option: int) -> None:
    found = request(text)
    assert (found.intent, found.option, found.windows) == (Intent.BOOK, option, ())
    assert found.change is not None
    assert (found.change.kind, found.change.option) == (ChangeKind.TAKE, option)


@pytest.mark.parametrize("text", NOT_TAKEN)
def test_a_number_of_something_else_takes_no_slot(text: str) -> None:
    found = request(text)
    assert found.option is None
    assert found.change is None or found.change.kind is not ChangeKind.TAKE


@pytest.mark.parametrize("text", UNDONE)
def test_a_booking_is_undone(text: str) -> None:
    found = request(text)
    assert found.intent is Intent.BOOKINGS
    assert found.change is not None
    assert found.change.kind is ChangeKind.CANCEL


@pytest.mark.parametrize("text", NOT_UNDONE)
def test_what_is_stopped_otherwise_is_no_booking(text: str) -> None:
    change = request(text).change
    assert change is None or change.kind is not ChangeKind.CANCEL


@pytest.mark.parametrize(("text", "names"), WATCHED)
def test_word_is_wanted_once_somebody_is_free(text: str, names: tuple[str, ...]) -> None:
    found = request(text)
    assert (found.watch, found.who.names, found.who.me, found.change) == (True, names, False, None)


@pytest.mark.parametrize("text", ["有空时告诉我", "等有空了告诉我", "tell me when they're free"])
def test_word_is_wanted_of_the_people_of_the_last_answer(text: str) -> None:
    found = request(text)
    assert found.watch
    assert found.change is not None
    assert found.change.kind is ChangeKind.WATCH


@pytest.mark.parametrize(
    "text", ["tell me who is free tomorrow", "提醒我明天下午谁有空", "告诉我张三什么时候有空", "when is Bob next free"]
)
def test_a_question_that_begins_with_telling_is_a_question(text: str) -> None:
    assert not request(text).watch


@pytest.mark.parametrize("text", ["我的提醒", "看看我的提醒", "my reminders", "show my reminders"])
def test_reminders_are_shown(text: str) -> None:
    found = request(text)
    assert (found.intent, found.reminders, found.problem) == (Intent.SETTINGS, True, None)
