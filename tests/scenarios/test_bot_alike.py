"""Two who look the same on a card are told apart, and a name from right to left leaves the hours behind it."""

from __future__ import annotations

import pytest
from scenario import MONDAY, line_of, on_tuesday, verdict_lines

WHEN = "周二下午2点到4点"


async def ask(person, text, *at, to):
    await person.says(text, at=at, to=to, created_at=MONDAY)
    return await to.next_card()


@pytest.fixture
def namesakes(dingtalk):
    dingtalk.department(10, "产品部")
    dingtalk.department(11, "测试部")
    return dingtalk.person("w1", name="张伟", department=10), dingtalk.person("w2", name="张伟", department=11)


@pytest.fixture
async def indexed(start, namesakes, group):
    app = await start(booking={"enabled": True})
    await app.refresh_index()
    return app


async def test_namesakes_who_are_mentioned_have_their_departments(indexed, alice, namesakes, group):
    namesakes[1].calendar.busy(on_tuesday(14), on_tuesday(17))
    card = await ask(alice, f"{WHEN}谁有空", *namesakes, to=group)
    assert verdict_lines(card) == ["✅ 有空 1：张伟（产品部）", "⛔ 没空 1：张伟（测试部） 到 17:00"]


async def test_somebody_alone_needs_no_department(indexed, alice, bob, namesakes, group):
    card = await ask(alice, f"{WHEN}谁有空", namesakes[0], bob, to=group)
    assert verdict_lines(card) == ["✅ 有空 2：张伟、李博"]


async def test_they_are_told_apart_wherever_they_are_named(indexed, alice, namesakes, group):
    namesakes[1].calendar.busy(on_tuesday(9), on_tuesday(12))
    drawn = await ask(alice, "看下周二的忙闲", *namesakes, to=group)
    assert "张伟（产品部）" in drawn.params["markdown"]
    assert "张伟（测试部）" in drawn.params["markdown"]
    shown = await ask(alice, "约周二下午5点开会", *namesakes, to=group)
    assert "张伟（产品部）、张伟（测试部）" in shown.params["markdown"]


async def test_without_departments_titles_tell_them_apart(bot, dingtalk, alice, group):
    first = dingtalk.person("t1", name="Ann Lee", title="Designer")
    second = dingtalk.person("t2", name="Ann Lee", title="Tester")
    card = await ask(alice, "who is free Tue 2-4pm", first, second, to=group)
    assert verdict_lines(card) == ["✅ Free 2: Ann Lee (Designer), Ann Lee (Tester)"]


async def test_long_names_keep_the_part_by_which_they_differ(bot, dingtalk, alice, group):
    north = dingtalk.person("n", name="Research and Development North")
    south = dingtalk.person("s", name="Research and Development South")
    south.calendar.busy(on_tuesday(14), on_tuesday(17))
    card = await ask(alice, "who is free Tue 2-4pm", north, south, to=group)
    free, busy = verdict_lines(card)
    assert "North" in free
    assert "South" in busy


async def test_hours_stand_behind_a_name_from_right_to_left(bot, dingtalk, alice, group):
    dana = dingtalk.person("dana", name="דנה כהן")
    dana.calendar.busy(on_tuesday(14), on_tuesday(15))
    card = await ask(alice, "who is free Tue 2-4pm", dana, to=group)
    assert "\u2068דנה כהן\u2069 from 3 pm" in line_of(card, "דנה כהן")


@pytest.mark.parametrize(
    "text", ["给我和李四本周找45分钟", "find 45 min this week for me and Lisi", "李四这周还有空档吗"]
)
async def test_nobody_is_searched_without_whom_nobody_knows(bot, alice, group, text):
    card = await ask(alice, text, to=group)
    assert "1️⃣" not in card.params["markdown"]
    assert "李四" in card.params["title"] or "Lisi" in card.params["title"]
