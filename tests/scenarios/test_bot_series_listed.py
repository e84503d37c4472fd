"""A series among somebody's meetings: listed with its next time, cancelled as a whole, changed elsewhere."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from scenario import Talk, run, settings_of

ON = {"booking": {"enabled": True}}
LATER = timedelta(minutes=20)


@pytest.fixture
async def bot(start, group):
    """The bot with booking enabled."""
    return await start(**ON)


@pytest.fixture
async def talk(bot, alice, group):
    """Somebody who has booked a series, and goes on talking."""
    talk = Talk(alice, group)
    card = await talk.asks("每周三下午3点约李博 讨论评审")
    await alice.presses(card, "series_1")
    assert card.params["title"] == "✅ 已约：每周三 15:00，共 8 次"
    return talk


def texts(card):
    return [button.text for button in card.buttons]


def lines(card):
    return card.params["markdown"].split("\n\n")


@pytest.mark.parametrize(
    ("text", "title", "line", "following"),
    [
        ("我约的会", "你约的会还有 1 个", "1️⃣ 每周三 15:00 · 共 8 次 评审", "下一次：周三 3/14 15:00–16:00"),
        ("my bookings", "1 meeting ahead", "1️⃣ Wednesdays 3 pm, 8 times · 评审", "Next: Wed 14 Mar, 3–4 pm"),
    ],
)
async def test_it_is_listed_with_its_next_time(talk, text, title, line, following):
    card = await talk.asks(text, later=LATER)
    assert card.params["title"] == title
    assert lines(card) == [line, following, "李博"]
    assert len(texts(card)) == 2


async def test_weeks_later_its_next_time_has_moved_on_and_then_it_is_over(talk):
    card = await talk.asks("我约的会", later=timedelta(weeks=3))
    assert "下一次：周三 4/4 15:00–16:00" in lines(card)
    card = await talk.asks("我约的会", later=timedelta(weeks=6))
    assert card.params["title"] == "没有你约的会"


async def test_it_is_cancelled_as_a_whole_from_the_list(talk, alice, bob, dingtalk):
    card = await talk.asks("我约的会", later=LATER)
    await alice.presses(card, "cancel_1")
    assert card.params["title"] == "取消 每周三 15:00「评审」，8 次都取消？"
    assert texts(card) == ["取消这个", "不取消"]
    assert len(dingtalk.calendar_events) == 1
    await alice.presses(card, "keep")
    assert card.params["title"] == "✅ 已约：每周三 15:00，共 8 次"
    card = await talk.asks("我约的会", later=LATER)
    await alice.presses(card, "cancel_1")
    await alice.presses(card, "cancel_this")
    assert card.params["title"] == "已取消：每周三 15:00"
    assert dingtalk.calendar_events == []
    assert (await talk.asks("我约的会")).params["title"] == "没有你约的会"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("把周三的会改到周四下午3点", "整个要换时间或换人，先取消再约"),
        ("move my Wednesday 3pm to 5pm", "For another time or other people, cancel and book anew"),
        ("周三的会加上王芳", "整个要换时间或换人，先取消再约"),
    ],
)
async def test_what_is_to_change_of_it_is_one_clear_line_and_nothing_changes(talk, alice, dingtalk, text, line):
    [before] = dingtalk.calendar_events
    card = await talk.asks(text, later=LATER)
    assert line in lines(card)
    assert len(texts(card)) == 1
    assert dingtalk.calendar_events == [before]


async def test_its_button_for_another_time_says_so_too(talk, alice, dingtalk):
    card = await talk.asks("我约的会", later=LATER)
    await alice.presses(card, "move_1")
    assert "只改其中一次，请在钉钉日历里改" in lines(card)
    assert "整个要换时间或换人，先取消再约" in lines(card)


@pytest.mark.parametrize("text", ["取消", "取消周三的会", "cancel the 评审"])
async def test_in_words_all_of_it_is_shown_before_it_is_cancelled(talk, alice, dingtalk, text):
    card = await talk.asks(text, later=LATER)
    assert "8" in card.params["title"]
    assert len(dingtalk.calendar_events) == 1
    await alice.presses(card, "cancel_this")
    assert dingtalk.calendar_events == []


async def test_a_series_deleted_by_hand_is_found_to_be_gone(talk, alice, dingtalk):
    alice.deletes(dingtalk.calendar_events[0])
    card = await talk.asks("取消", later=LATER)
    await alice.presses(card, "cancel_this")
    assert (await talk.asks("我约的会")).params["title"] == "没有你约的会"


async def test_beside_other_meetings_each_is_what_its_button_means(talk, alice, dingtalk):
    card = await talk.asks("约李博周二下午3点", later=LATER)
    await alice.presses(card, "confirm")
    card = await talk.asks("我约的会")
    assert [line[:6] for line in lines(card) if line[0] in "12"] == ["1️⃣ 周二", "2️⃣ 每周"]
    await alice.presses(card, "cancel_1")
    await alice.presses(card, "cancel_this")
    [left] = dingtalk.calendar_events
    assert "recurrence" in left


async def test_on_a_terminal_it_has_its_rule_and_its_next_time(talk, dingtalk, sqlite_url, tmp_path):
    path = tmp_path / "config.yaml"
    path.write_text(json.dumps(settings_of(dingtalk, sqlite_url, **ON)))
    found = await run(tmp_path / "out", "ask", "-c", str(path), "--as", "alice", "--json", "我约的会")
    [meeting] = json.loads(found.stdout)["meetings"]
    assert (meeting["series"], meeting["start"]) == ("FREQ=WEEKLY;BYDAY=WE", "2040-03-14T15:00:00+08:00")
