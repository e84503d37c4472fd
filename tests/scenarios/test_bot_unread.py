"""Words in a person's place that no name of the directory has: searched, asked back, never the team instead."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from scenario import MONDAY, SHANGHAI, Talk, on_tuesday, verdict_lines

SEARCH, EVENTS = "users/search", "createEvent"
WHEN, WHEN_EN = "周二下午2点到4点", "Tue 2-4pm"


async def ask(person, text, *at, to):
    await person.says(text, at=at, to=to, created_at=MONDAY)
    return await to.next_card()


def lines(card):
    return card.params["markdown"].split("\n\n")


def verbs(card):
    return [button.verb for button in card.buttons]


@pytest.fixture
def company(dingtalk, alice, bob, carol):
    """A company in which some names sound alike."""
    dingtalk.department(10, "市场部")
    dingtalk.department(11, "研发部")
    people = {
        "xm": ("王小明", 10),
        "xt": ("周晓彤", 11),
        "xo": ("周筱桐", 11),
        "na": ("李娜", 11),
        "mike": ("Michael Brown", 10),
    }
    return {
        staff_id: dingtalk.person(staff_id, name=name, department=department)
        for staff_id, (name, department) in people.items()
    }


@pytest.fixture
async def indexed(start, company, group):
    """The bot with everybody in its index, and a chat with a team."""
    app = await start(
        teams=[{"name": "design", "members": ["bob", "carol"]}],
        chats=[{"id": group.conversation_id, "team": "design"}],
        booking={"enabled": True, "at_once": True},
    )
    await app.refresh_index()
    return app


# ---------------------------------------------------------------- a name that sounds like somebody's
async def test_a_name_that_nobody_has_is_asked_back_with_the_one_that_sounds_like_it(indexed, dingtalk, alice, group):
    card = await ask(alice, f"王晓明{WHEN}有空吗", to=group)
    assert card.params["title"] == "没找到「王晓明」，是 王小明 吗？"
    assert "1️⃣ 王小明 · 市场部" in lines(card)
    assert verdict_lines(card) == ["❔ 查不到 1：王晓明（没找到）"]
    assert card.buttons[0].text == "是"
    assert len(dingtalk.calls_of(SEARCH)) == 1
    await alice.presses(card, "pick_1")
    assert verdict_lines(card) == ["✅ 有空 1：王小明"]


async def test_several_that_sound_alike_are_numbered(indexed, dingtalk, alice, group):
    card = await ask(alice, f"周小彤{WHEN}有空吗", to=group)
    assert card.params["title"] == "没找到「周小彤」，是哪位？"
    assert lines(card)[1:3] == ["1️⃣ 周晓彤 · 研发部", "2️⃣ 周筱桐 · 研发部"]
    assert verbs(card)[:2] == ["pick_1", "pick_2"]
    await alice.presses(card, "pick_2")
    assert verdict_lines(card) == ["✅ 有空 1：周筱桐"]


async def test_the_others_are_answered_on_the_same_card(indexed, company, alice, group):
    company["xt"].calendar.busy(on_tuesday(13), on_tuesday(17))
    card = await ask(alice, f"王晓明和周晓彤{WHEN}有空吗", to=group)
    assert card.params["title"] == "没找到「王晓明」，是 王小明 吗？"
    assert verdict_lines(card) == ["⛔ 没空 1：周晓彤 到 17:00", "❔ 查不到 1：王晓明（没找到）"]
    assert [button.text for button in card.buttons][:2] == ["是", "先跳过"]
    await alice.presses(card, "leave_out")
    assert verdict_lines(card) == ["⛔ 没空 1：周晓彤 到 17:00"]


async def test_a_letter_too_few_is_asked_back_in_english(indexed, alice, group):
    card = await ask(alice, f"is Micheal free {WHEN_EN}", to=group)
    assert card.params["title"] == 'No "Micheal" found. Is it Michael Brown?'
    assert card.buttons[0].text == "Yes"
    await alice.presses(card, "pick_1")
    assert verdict_lines(card) == ["✅ Free 1: Michael Brown"]


async def test_a_name_like_nobodys_is_not_found_and_stands_for_no_team(indexed, dingtalk, alice, group):
    card = await ask(alice, f"is Zorro free {WHEN_EN}", to=group)
    assert card.params["title"] == 'No "Zorro" found, please @ them'
    assert verdict_lines(card) == ["❔ Unknown 1: Zorro (not found)"]
    card = await ask(alice, f"慕容复{WHEN}有空吗", to=group)
    assert card.params["title"] == "没找到「慕容复」，请 @ 本人"
    assert verdict_lines(card) == ["❔ 查不到 1：慕容复（没找到）"]


async def test_a_small_name_of_the_directory_is_that_person(indexed, dingtalk, alice, group):
    card = await ask(alice, f"is lina free {WHEN_EN}", to=group)
    assert verdict_lines(card) == ['✅ Free 1: 李娜 ("lina")']
    assert dingtalk.calls_of(SEARCH) == []


# ---------------------------------------------------------------- searches and orders
async def test_a_common_time_with_somebody_who_is_not_found_offers_nothing(indexed, alice, group):
    card = await ask(alice, "帮我和王晓明本周找45分钟", to=group)
    assert card.params["title"] == "没找到「王晓明」，是 王小明 吗？"
    assert verbs(card)[0] == "pick_1"
    assert "1️⃣ 周" not in card.text
    await alice.presses(card, "pick_1")
    assert "空档" in card.params["title"]


async def test_an_order_with_a_name_that_is_not_found_makes_nothing(indexed, dingtalk, alice, group):
    card = await ask(alice, "约王晓明周二下午3点", to=group)
    assert card.params["title"] == "没找到「王晓明」，是 王小明 吗？"
    await ask(alice, "book Zorro and lina Tue 3pm for 30 min", to=group)
    assert dingtalk.calls_of(EVENTS) == []


async def test_when_somebody_is_free_who_is_not_found_is_asked_back(indexed, alice, group):
    card = await ask(alice, "王晓明什么时候有空", to=group)
    assert card.params["title"] == "没找到「王晓明」，是 王小明 吗？"
    assert verbs(card)[0] == "pick_1"


async def test_the_week_of_somebody_who_is_not_found_is_asked_back_without_a_map(indexed, dingtalk, alice, group):
    card = await ask(alice, "看下王晓明下周的日程", to=group)
    assert card.params["title"] == "没找到「王晓明」，是 王小明 吗？"
    assert "🟦" not in card.text
    await alice.presses(card, "pick_1")
    assert "🟦" in card.text


async def test_nobody_waits_for_somebody_who_is_not_found_until_it_is_said_who_is_meant(
    indexed, company, dingtalk, alice, group
):
    pressed = datetime.now(SHANGHAI)  # what a press leads to is of the moment of the press
    for begin in (MONDAY, pressed - timedelta(hours=1)):
        company["mike"].calendar.busy(begin, begin + timedelta(days=14))
    card = await ask(alice, "tell me when Micheal is free", to=group)
    assert card.params["title"] == 'No "Micheal" found. Is it Michael Brown?'
    assert "Alice Chen" not in card.params["markdown"]
    await alice.presses(card, "pick_1")
    assert card.params["title"].startswith("Michael Brown")
    assert "🔔 I'll message when free: Alice Chen" in lines(card)


# ---------------------------------------------------------------- the directory of names
async def test_without_an_index_the_card_says_that_the_app_may_not_see_everybody(start, company, alice, group):
    await start()
    card = await ask(alice, f"王晓明{WHEN}有空吗", to=group)
    assert "也可能在应用的通讯录范围之外" in lines(card)


async def test_with_the_whole_organisation_read_a_name_is_nobodys(indexed, alice, group):
    card = await ask(alice, f"王晓明{WHEN}有空吗", to=group)
    assert "通讯录" not in card.text


async def test_a_restart_reads_with_the_stored_names(indexed, start, dingtalk, alice, group):
    await dingtalk.settle()
    await indexed.stop()
    app = await start()
    await app.warm()
    card = await ask(alice, f"is lina free {WHEN_EN}", to=group)
    assert verdict_lines(card) == ['✅ Free 1: 李娜 ("lina")']


async def test_a_member_of_the_team_who_is_newer_than_the_index_is_known(indexed, dingtalk, alice, group):
    newcomer = dingtalk.person("new", name="欧阳锋")
    await ask(alice, "团队加上", newcomer, to=group)
    await ask(alice, f"谁{WHEN}有空", to=group)  # from now on the name is being made known
    card = await ask(alice, f"欧阳锋{WHEN}有空吗", to=group)
    assert verdict_lines(card) == ["✅ 有空 1：欧阳锋"]
    assert dingtalk.calls_of(SEARCH) == []


async def test_where_a_department_is_out_of_range_the_card_says_that_somebody_may_be_there(
    start, company, dingtalk, alice, group
):
    dingtalk.faults.fail("user/list", errcode=50004, times=1)
    app = await start(teams=[{"name": "product", "departments": [10]}])
    await app.refresh_index()
    card = await ask(alice, f"慕容复{WHEN}有空吗", to=group)
    assert "也可能在应用的通讯录范围之外" in lines(card)


# ---------------------------------------------------------------- one more, one less
async def test_one_more_who_is_not_found_is_asked_back(indexed, alice, bob, group):
    talk = Talk(alice, group)
    await talk.asks(f"{WHEN}有空吗", bob)
    card = await talk.asks("再加上王晓明")
    assert card.params["title"] == "没找到「王晓明」，是 王小明 吗？"
    assert verdict_lines(card) == ["✅ 有空 1：李博", "❔ 查不到 1：王晓明（没找到）"]


async def test_somebody_to_be_left_out_who_is_not_found_is_asked_back(indexed, dingtalk, alice, bob, carol, group):
    card = await ask(alice, f"除了王方{WHEN}谁有空", to=group)
    assert card.params["title"] == "没找到「王方」，是 王芳 吗？"
    assert verdict_lines(card) == ["✅ 有空 2：李博、王芳", "❔ 查不到 1：王方（没找到）"]
    await alice.presses(card, "pick_1")
    assert verdict_lines(card) == ["✅ 有空 1：李博"]
