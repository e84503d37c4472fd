"""The team of a chat: changed, shown and used by its people, on the wire."""

from __future__ import annotations

import pytest
from scenario import MONDAY, Talk, crowd, on_tuesday, until

ADD = "团队加上"
DESIGN = {"teams": [{"name": "design", "aliases": ["设计组"], "members": ["bob", "carol"]}]}
HERE = {"chats": [{"id": "cidDesign==", "team": "design"}]}


@pytest.fixture
def alice_here(alice, group):
    return Talk(alice, group)


@pytest.fixture
def bob_here(bob, group):
    return Talk(bob, group)


def lines(card):
    return card.params["markdown"].split("\n\n")


def verbs(card):
    return [button.verb for button in card.buttons]


async def test_mentioned_people_become_the_team_and_are_asked_about_from_then_on(bot, alice_here, bob, carol):
    carol.calendar.busy(on_tuesday(14), on_tuesday(16))
    card = await alice_here.asks(ADD, bob, carol)
    assert card.params["title"] == "已加上 2 人 · 团队共 2 人"
    assert lines(card) == ["➕ 李博、王芳", "👥 李博、王芳"]
    assert card.params["tips"] == "Alice Chen 今天 10:00 改动"
    assert verbs(card) == ["week", "find", "undo"]
    asked = await alice_here.asks("大家周二下午2点到4点有空吗")
    assert asked.params["title"] == "2 人里 1 人有空"
    again = await alice_here.asks("周二下午2点到4点谁有空")
    assert again.params["title"] == "2 人里 1 人有空"


async def test_a_team_is_changed_and_shown_in_english(bot, alice_here, bob, carol):
    card = await alice_here.asks("team add", bob, carol)
    assert card.params["title"] == "Added 2 · 2 in the team"
    card = await alice_here.asks("team remove Wang", carol)
    assert card.params["title"] == "Removed 1 · 1 in the team"
    card = await alice_here.asks("who's on the team")
    assert (card.params["title"], lines(card)[0]) == ("Team: 1 person", "👥 李博")
    assert card.params["tips"].startswith("Changed by Alice Chen")


async def test_typed_names_and_oneself_can_be_added(bot, alice_here, bob, carol):
    await alice_here.asks("@李博 现在有空吗", bob)
    card = await alice_here.asks("团队加上我和李博")
    assert card.params["title"] == "已加上 2 人 · 团队共 2 人"
    assert "👥 Alice Chen、李博" in lines(card)


async def test_who_is_a_member_already_and_who_is_not_found_are_told_apart(bot, alice_here, bob, carol):
    await alice_here.asks(ADD, bob)
    card = await alice_here.asks("团队加上赵六", bob)
    assert card.params["title"] == "没有变化 · 团队共 1 人"
    assert lines(card) == ["已经在团队里：李博", "❔ 查不到 1：赵六（没找到）", "👥 李博"]
    assert verbs(card) == ["week", "find"]
    card = await alice_here.asks("团队去掉", carol)
    assert "本来就不在团队里：王芳" in lines(card)


async def test_one_of_several_people_of_a_name_is_picked(bot, dingtalk, alice_here, alice, bob):
    for staff_id, place in (("w1", 2), ("w2", 3)):
        dingtalk.department(place, f"{place} 部")
        dingtalk.person(staff_id, name="张伟", department=place)
    card = await alice_here.asks("团队加上张伟", bob)
    assert card.params["title"] == "「张伟」有 2 位，选一位"
    assert "已加上 1 人 · 团队共 1 人" in lines(card)
    await alice.presses(card, "pick_2")
    assert card.params["title"] == "已加上 1 人 · 团队共 2 人"
    shown = await alice_here.asks("团队有谁")
    assert shown.params["title"] == "团队 2 人"


async def test_only_whoever_made_a_change_takes_it_back(bot, alice_here, alice, bob, carol):
    await alice_here.asks(ADD, bob)
    card = await alice_here.asks(ADD, bob, carol)
    await bob.presses(card, "undo")
    assert card.params["tips"] == "这个按钮只有本人能用"
    await alice.presses(card, "undo")
    assert card.params["title"] == "已撤销 · 团队共 1 人"
    assert verbs(card) == ["week", "find"]
    assert (await alice_here.asks("团队有谁")).params["title"] == "团队 1 人"


async def test_a_change_that_somebody_has_changed_since_is_not_taken_back(bot, alice_here, bob_here, alice, bob, carol):
    card = await alice_here.asks(ADD, carol)
    bob_here.now = alice_here.now
    await bob_here.asks("团队去掉", carol)
    await alice.presses(card, "undo")
    assert card.params["title"] == "没有撤销：之后有人改过 · 团队共 0 人"


async def test_anybody_in_the_group_may_change_the_team_and_is_named(bot, alice_here, bob_here, bob, carol):
    await alice_here.asks(ADD, bob, carol)
    bob_here.now = alice_here.now
    await bob_here.asks("团队去掉", carol)
    shown = await alice_here.asks("团队有谁")
    assert shown.params["tips"] == "李博 今天 10:00 改动"


async def test_the_teams_week_and_a_common_time_are_one_tap_away(bot, alice_here, alice, bob, carol):
    card = await alice_here.asks(ADD, bob, carol)
    await alice.presses(card, "week")
    assert card.params["title"].startswith("2 人的忙闲")
    card = await alice_here.asks("团队有谁")
    await alice.presses(card, "find")
    assert card.params["title"].startswith("3 人共同空档")


@pytest.mark.parametrize(
    ("text", "line", "way"),
    [
        ("大家明天下午有空吗", "这个群还没有团队", "1️⃣ @有空 团队加上 @张三 @李四"),
        ("我们本周找一小时", "钉钉不给我看普通群的成员", "2️⃣ @有空 @张三 @李四 明天下午有空吗"),
        ("团队有谁", "这个群还没有团队", "1️⃣ @有空 团队加上 @张三 @李四"),
        ("is the team free tomorrow 2pm", "This group has no team yet", "1️⃣ @Youkong team add @Alice @Bob"),
    ],
)
async def test_a_group_without_a_team_is_told_how_to_have_one(bot, dingtalk, alice_here, text, line, way):
    card = await alice_here.asks(text)
    assert line in lines(card)
    assert way in lines(card)
    assert dingtalk.calls_of("querySchedule") == []


async def test_the_question_is_asked_again_once_there_is_a_team(bot, alice_here, alice, bob, carol):
    card = await alice_here.asks("大家周二下午2点到4点有空吗")
    await alice_here.asks(ADD, bob, carol)
    await alice.presses(card, "refresh")
    assert card.params["title"] == "2 人都有空"


async def test_a_change_without_people_is_asked_back(bot, alice_here):
    card = await alice_here.asks("团队加上")
    assert "@有空 团队加上 @张三 @李四" in lines(card)


async def test_an_outsider_cannot_be_a_member(bot, dingtalk, alice_here, bob):
    card = await alice_here.asks(ADD, bob, dingtalk.outsider("Guest"))
    assert "❔ 查不到 1：外部成员（不在本组织）" in lines(card)
    assert "👥 李博" in lines(card)


async def test_a_configured_member_can_be_removed_here_and_stays_elsewhere(start, alice_here, alice, bob, carol):
    await start(**DESIGN, **HERE)
    card = await alice_here.asks("团队去掉", carol)
    assert card.params["title"] == "已去掉 1 人 · 团队共 1 人"
    assert (await alice_here.asks("周二下午2点到4点谁有空")).params["title"].startswith("李博 有空")
    named = await alice_here.asks("设计组有谁")
    assert named.params["title"] == "design 2 人"
    assert (await alice_here.asks(ADD, carol)).params["title"] == "已加上 1 人 · 团队共 2 人"


@pytest.mark.parametrize("text", ["设计组有谁", "who is in design", "设计组成员"])
async def test_a_configured_team_is_shown_by_its_name_or_alias(start, alice_here, text):
    await start(**DESIGN)
    card = await alice_here.asks(text)
    assert "👥 李博" in card.params["markdown"]
    assert card.params["tips"] in ("由管理员配置", "Set by an admin")
    assert verbs(card) == ["week", "find"]


async def test_a_configured_team_is_not_changed_from_a_chat(start, alice_here, alice):
    await start(**DESIGN)
    card = await alice_here.asks("add Alice to the design team", alice)
    assert card.params["title"] == "Only an admin can change design"
    assert (await alice_here.asks("设计组有谁")).params["title"] == "design 2 人"


async def test_a_team_of_ones_own_in_a_1_1_chat(bot, alice, bob, carol):
    here = Talk(alice, alice.direct)
    assert "你还没有团队" in lines(await here.asks("大家明天下午有空吗"))
    await here.asks("@李博 现在有空吗", bob)
    card = await here.asks("团队加上李博")
    assert card.params["title"] == "已加上 1 人 · 团队共 1 人"
    assert (await here.asks("团队有谁")).params["title"] == "你的团队 1 人"
    assert (await here.asks("大家周二下午2点到4点有空吗")).params["title"] == "李博 有空"


async def test_a_team_outlives_a_restart(start, alice_here, bob, sqlite_url):
    app = await start()
    await alice_here.asks(ADD, bob)
    await app.stop()
    await start()
    assert "👥 李博" in lines(await alice_here.asks("团队有谁"))


async def test_a_large_team_stays_within_a_card_and_200_is_the_most(bot, dingtalk, alice_here, alice, bob):
    people = crowd(dingtalk, 199)
    await bot.refresh_index()  # so that nobody needs to be looked up
    card = await alice_here.asks(ADD, *people)
    assert card.params["title"] == "已加上 199 人 · 团队共 199 人"
    assert max(len(value.encode()) for value in card.params.values()) < 3000
    card = await alice_here.asks(ADD, alice, bob)
    assert card.params["title"] == "一次最多问 200 人"
    assert (await alice_here.asks("团队有谁")).params["title"] == "团队 199 人"


async def test_a_change_that_is_delivered_twice_is_made_once(bot, alice, bob, group):
    said = await alice.says(ADD, at=[bob], to=group, created_at=MONDAY)
    card = await group.next_card()
    await alice.presses(card, "undo")
    again = await alice.says(ADD, at=[bob], to=group, created_at=MONDAY, msg_id=said.msg_id)
    assert (await again.acked()).code == 200
    assert len(group.cards) == 1
    assert "这个群还没有团队" in lines(await Talk(alice, group).asks("团队有谁"))


async def test_another_process_knows_of_a_change(launch, start, alice, bob, carol, group):
    process = await launch()
    here = Talk(alice, group)
    await here.asks(ADD, bob, carol)
    await until(lambda: "outcome=" in process.stderr)  # or the next message waits for the lease of this one
    await process.kill()
    await start()
    assert "👥 李博、王芳" in lines(await here.asks("团队有谁"))


@pytest.mark.parametrize("granted", [True, False])
async def test_a_scene_group_is_its_own_team_where_the_permission_is_granted(start, dingtalk, alice, bob, granted):
    scene = dingtalk.group("Scene", [alice, bob], scene=True, id="cidScene==")
    await start(chats=[{"id": "cidScene==", "members": "group"}])
    if not granted:
        dingtalk.faults.deny_scope("qyapi_chat_manage")
    card = await Talk(alice, scene).asks("大家周二下午2点到4点有空吗")
    assert card.params["title"] == ("2 人都有空" if granted else "没查到：应用缺少权限")
    assert ("请管理员开通权限：qyapi_chat_manage" in lines(card)) is not granted
