"""Typed names over the wire: the index of the organisation, one search a miss, namesakes and what a card says."""

from __future__ import annotations

import asyncio

import pytest
from scenario import MONDAY, line_of, on_tuesday, verdict_lines

SEARCH, LIST, GET = "users/search", "user/list", "user/get"
PAGES = (LIST, "department/listsub")
WHEN, WHEN_EN = "周二下午2点到4点", "Tue 2-4pm"


async def ask(person, text, *at, to):
    await person.says(text, at=at, to=to, created_at=MONDAY)
    return await to.next_card()


def lines(card):
    return card.params["markdown"].split("\n\n")


@pytest.fixture
def company(dingtalk, alice, bob, carol):
    """A company of four departments, one of them below another."""
    dingtalk.department(10, "产品部")
    dingtalk.department(11, "测试部", parent=10)
    dingtalk.department(12, "市场部")
    people = {
        "xt": ("周晓彤", 10, "设计师"),
        "w1": ("张伟", 10, "产品经理"),
        "w2": ("张伟", 11, "测试"),
        "w3": ("张伟(小伟)", 12, ""),
        "xm": ("王小明", 11, ""),
        "zg": ("曾国强", 11, ""),
        "zoe": ("李娜 Zoe", 12, ""),
    }
    return {
        staff_id: dingtalk.person(staff_id, name=name, department=department, title=title)
        for staff_id, (name, department, title) in people.items()
    }


@pytest.fixture
async def indexed(start, company, group):
    """The bot, with everybody of the company in its index."""
    app = await start()
    await app.refresh_index()
    return app


@pytest.mark.parametrize(
    ("text", "name", "called"),
    [
        (f"周晓彤{WHEN}有空吗", "周晓彤", ""),
        (f"晓彤{WHEN}有空吗", "周晓彤", "周晓彤（即「晓彤」）"),
        (f"小周{WHEN}有空吗", "周晓彤", "周晓彤（即「小周」）"),
        (f"曾总{WHEN}有空吗", "曾国强", "曾国强（即「曾总」）"),
        (f"is zengguoqiang free {WHEN_EN}", "曾国强", '曾国强 ("zengguoqiang")'),
        (f"is Zhou Xiaotong free {WHEN_EN}", "周晓彤", '周晓彤 ("Zhou Xiaotong")'),
        (f"is xiaotong free {WHEN_EN}", "周晓彤", '周晓彤 ("xiaotong")'),
        (f"is Zoe free {WHEN_EN}", "李娜 Zoe", ""),
        (f"is alice free {WHEN_EN}", "Alice Chen", 'Alice Chen ("alice")'),
        (f"is Alice Chen free {WHEN_EN}", "Alice Chen", ""),
        (f"小伟{WHEN}有空吗", "张伟(小伟)", "张伟(小伟)（即「小伟」）"),
    ],
)
async def test_a_name_of_the_index_costs_no_call(indexed, dingtalk, bob, group, text, name, called):
    card = await ask(bob, text, to=group)
    assert line_of(card, name).startswith("✅")
    assert len(verdict_lines(card)) == 1
    assert line_of(card, name).endswith(called or name)
    assert dingtalk.calls_of(SEARCH) == []
    assert dingtalk.calls_of(GET) == []


async def test_the_index_is_read_page_by_page_from_every_department_and_costs_nothing(start, dingtalk, group):
    for n in range(230):
        dingtalk.person(f"many-{n:03}", name=f"员工{n:03}", department=40 + n % 2)
    before = dingtalk.monthly_calls
    await (await start()).refresh_index()
    assert {call.body["dept_id"] for call in dingtalk.calls_of(LIST)} == {1, 40, 41}
    assert len(dingtalk.calls_of(LIST)) == 1 + 2 * 2
    assert dingtalk.monthly_calls == before


async def test_a_restart_uses_the_stored_index_and_its_readings(indexed, start, dingtalk, alice, group):
    await ask(alice, f"is xiaotong free {WHEN_EN}", to=group)
    await dingtalk.settle()
    await indexed.stop()
    app, before = await start(), len(dingtalk.calls)
    await app.refresh_index()
    card = await ask(alice, f"is guoqiang free {WHEN_EN}", to=group)
    assert line_of(card, "曾国强").startswith("✅")
    assert {call.api for call in dingtalk.calls[before:]}.isdisjoint({*PAGES, SEARCH, GET})


async def test_two_processes_read_the_organisation_once(start, company, dingtalk, group):
    first, second = await start(), await start()
    await asyncio.gather(first.refresh_index(), second.refresh_index())
    assert len(dingtalk.calls_of(LIST)) == 4


async def test_a_miss_is_searched_once_however_often_it_is_asked(indexed, dingtalk, alice, group):
    for _ in range(3):
        await alice.says(f"is Zorro free {WHEN_EN}", to=group, created_at=MONDAY)
    for _ in range(3):
        assert verdict_lines(await group.next_card()) == ["❔ Unknown 1: Zorro (not found)"]
    assert verdict_lines(await ask(alice, f"is Zorro free {WHEN_EN}", to=group)) == ["❔ Unknown 1: Zorro (not found)"]
    assert len(dingtalk.calls_of(SEARCH)) == 1


async def test_who_came_after_the_index_was_read_is_searched_and_found(indexed, dingtalk, alice, group):
    dingtalk.person("new", name="赵磊")
    for _ in range(2):
        assert line_of(await ask(alice, f"赵磊{WHEN}有空吗", to=group), "赵磊").startswith("✅")
    assert len(dingtalk.calls_of(SEARCH)) == 1


async def test_a_name_that_only_dingtalk_knows_is_said_to_be_read_so(indexed, dingtalk, alice, group):
    dingtalk.person("kim", name="金敏", aliases=("Minnie",))
    card = await ask(alice, f"is Minnie free {WHEN_EN}", to=group)
    assert line_of(card, "金敏").endswith('金敏 ("Minnie")')
    assert line_of(card, "金敏").startswith("✅")


async def test_without_the_permission_names_are_searched_and_the_log_says_so_once(
    start, company, dingtalk, alice, group, capsys
):
    dingtalk.faults.deny_scope("qyapi_get_department_member")
    app = await start()
    for _ in range(2):
        await app.refresh_index()
    card = await ask(alice, f"周晓彤{WHEN}有空吗", to=group)
    assert verdict_lines(card) == ["✅ 有空 1：周晓彤"]
    assert len(dingtalk.calls_of(SEARCH)) == 1
    assert capsys.readouterr().out.count("people_not_indexed") == 1


async def test_where_the_root_is_out_of_range_the_configured_departments_are_read(
    start, company, dingtalk, alice, group
):
    dingtalk.faults.fail(LIST, errcode=50004, times=1)
    app = await start(teams=[{"name": "product", "departments": [10]}])
    await app.refresh_index()
    assert [call.body["dept_id"] for call in dingtalk.calls_of(LIST)] == [1, 10, 11]
    card = await ask(alice, f"晓彤{WHEN}有空吗", to=group)
    assert line_of(card, "周晓彤").startswith("✅")
    assert dingtalk.calls_of(SEARCH) == []


async def test_the_team_of_the_chat_comes_before_the_rest(start, company, dingtalk, alice, group):
    dingtalk.person("xh", name="王小红", department=12)
    app = await start(
        teams=[{"name": "design", "members": ["w2", "xm"]}], chats=[{"id": group.conversation_id, "team": "design"}]
    )
    await app.refresh_index()
    company["w2"].calendar.busy(on_tuesday(13), on_tuesday(17))
    assert verdict_lines(await ask(alice, f"张伟{WHEN}有空吗", to=group)) == ["⛔ 没空 1：张伟 到 17:00"]
    card = await ask(alice, f"小王{WHEN}有空吗", to=group)
    assert verdict_lines(card) == ["✅ 有空 1：王小明（即「小王」）"]


async def test_somebody_left_out_by_name_is_not_on_the_card(start, company, alice, group):
    app = await start(
        teams=[{"name": "design", "members": ["w2", "xm"]}], chats=[{"id": group.conversation_id, "team": "design"}]
    )
    await app.refresh_index()
    card = await ask(alice, f"除了王小明{WHEN}谁有空", to=group)
    assert verdict_lines(card) == ["✅ 有空 1：张伟"]


async def test_somebody_mentioned_is_meant_by_the_name_beside_it(indexed, company, alice, group):
    card = await ask(alice, f"张伟{WHEN}有空吗", company["w1"], to=group)
    assert verdict_lines(card) == ["✅ 有空 1：张伟"]


async def test_the_author_is_not_meant_by_half_a_name(indexed, dingtalk, company, carol, group):
    card = await ask(carol, f"小王{WHEN}有空吗", to=group)  # carol is 王芳
    assert verdict_lines(card) == ["✅ 有空 1：王小明（即「小王」）"]


async def test_namesakes_are_offered_while_the_others_are_answered(indexed, company, alice, group):
    company["w2"].calendar.busy(on_tuesday(13), on_tuesday(17))
    card = await ask(alice, f"张伟和周晓彤{WHEN}有空吗", to=group)
    assert card.params["title"] == "「张伟」有 3 位，选一位"
    assert lines(card)[1:4] == ["1️⃣ 张伟 · 产品部 · 产品经理", "2️⃣ 张伟 · 测试部 · 测试", "3️⃣ 张伟(小伟) · 市场部"]
    assert verdict_lines(card) == ["✅ 有空 1：周晓彤", "❔ 查不到 1：张伟（有重名，请 @ 本人）"]
    assert [button.text for button in card.buttons] == ["1", "2", "3", "先跳过"]
    await alice.presses(card, "2")
    assert card.params["title"] == "2 人里 1 人有空"
    assert verdict_lines(card) == ["✅ 有空 1：周晓彤", "⛔ 没空 1：张伟 到 17:00"]
    assert [button.verb for button in card.buttons] == ["later", "watch", "earlier", "refresh"]
    await alice.presses(card, "later")
    assert "16:00–18:00" in card.params["markdown"]
    assert {line[-2:] for line in verdict_lines(card)} == {"晓彤", "有空"}


async def test_namesakes_are_offered_in_english(indexed, alice, group):
    card = await ask(alice, f"are Zhang Wei and Zoe free {WHEN_EN}", to=group)
    assert card.params["title"] == '3 people match "Zhang Wei": pick one'
    assert [button.text for button in card.buttons] == ["1", "2", "3", "Skip this name"]
    await alice.presses(card, "Skip this name")
    assert verdict_lines(card) == ["✅ Free 1: 李娜 Zoe"]


async def test_the_only_person_asked_about_cannot_be_left_out(indexed, alice, group):
    card = await ask(alice, f"张伟{WHEN}有空吗", to=group)
    assert [button.verb for button in card.buttons] == ["pick_1", "pick_2", "pick_3", "later"]
    assert "没查到任何人的忙闲" in card.text


async def test_several_names_of_several_people_are_picked_one_after_the_other(indexed, dingtalk, alice, group):
    for staff_id in ("n1", "n2"):
        dingtalk.person(staff_id, name="李强", department=12)
    card = await ask(alice, f"张伟和李强{WHEN}有空吗", to=group)
    assert card.params["title"].startswith("「张伟」有 3 位")
    await alice.presses(card, "pick_1")
    assert card.params["title"].startswith("「李强」有 2 位")
    assert [button.text for button in card.buttons][:3] == ["1", "2", "先跳过"]
    await alice.presses(card, "pick_2")
    assert card.params["title"] == "2 人都有空"


async def test_a_pick_means_whom_the_card_shows_also_after_a_restart(indexed, start, dingtalk, company, alice, group):
    card = await ask(alice, f"张伟{WHEN}有空吗", to=group)
    await dingtalk.settle()
    await indexed.stop()
    dingtalk.person("a0", name="张伟", department=12)
    company["w2"].calendar.busy(on_tuesday(13), on_tuesday(17))
    await start()
    await alice.presses(card, "pick_2")
    assert verdict_lines(card) == ["⛔ 没空 1：张伟 到 17:00"]


async def test_more_namesakes_than_buttons_are_counted(indexed, dingtalk, alice, group):
    for n in range(5):
        dingtalk.person(f"many-{n}", name="刘洋")
    card = await ask(alice, f"刘洋{WHEN}有空吗", to=group)
    assert card.params["title"] == "「刘洋」有 5 位，选一位"
    assert "还有 2 位，请 @ 本人" in lines(card)


async def test_a_pick_that_is_not_offered_changes_nothing(indexed, alice, bob, group):
    card = await ask(alice, f"周晓彤{WHEN}有空吗", to=group)
    forged = card.button("later").id.replace("later", "pick_1")
    await bob.presses(card, forged, forged=True)
    assert verdict_lines(card) == ["✅ 有空 1：周晓彤"]
    assert "14:00–16:00" in card.params["markdown"]
