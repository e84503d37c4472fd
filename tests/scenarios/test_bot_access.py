"""Whose right it is: calendars are read by whoever caused it, and presses of other organisations change nothing."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import unquote

import pytest
from digest_replica import Turned, replica
from scenario import MONDAY, SHANGHAI, on_tuesday

from bot.store import Store, cards

DUE = datetime(2040, 3, 12, 9, 10, tzinfo=SHANGHAI)
QUERY, DELIVER = "querySchedule", "createAndDeliver"
DIGEST = {"chat": "cidDesign==", "team": "design"}
ADDED = "团队加上"


def read_by(dingtalk, person):
    """The staffIds that were read in the name of somebody."""
    by_union = {each.union_id: each.staff_id for each in dingtalk.people}
    calls = [call for call in dingtalk.calls_of(QUERY) if f"/users/{person.union_id}/" in unquote(call.path)]
    return sorted(by_union[union_id] for call in calls for union_id in call.body["userIds"])


async def adds(person, added, group):
    await person.says(ADDED, at=[added], to=group, created_at=MONDAY)
    await group.next_card()


@pytest.fixture
def clock():
    return Turned(DUE)


@pytest.fixture
def teams():
    return {
        "teams": [{"name": "design", "members": ["alice", "bob"]}],
        "chats": [{"id": "cidDesign==", "team": "design"}],
    }


async def test_a_scheduled_digest_reads_each_person_by_whoever_put_them_into_the_team(
    start, dingtalk, alice, bob, carol, group, sqlite_url, clock, teams
):
    dora = dingtalk.person("dora", name="朵拉")
    app = await start(**teams)
    await adds(carol, dora, group)
    await app.stop()
    async with replica(dingtalk, sqlite_url, clock, digests=[DIGEST], **teams) as there:
        assert await there.look(DUE) == 1
    assert read_by(dingtalk, alice) == ["alice", "bob"]
    assert read_by(dingtalk, carol) == ["dora"]
    assert len(dingtalk.calls_of(QUERY)) == 2


async def test_whoever_was_added_by_somebody_who_has_left_is_unknown_by_name(
    start, dingtalk, alice, carol, group, sqlite_url, clock, teams
):
    dora = dingtalk.person("dora", name="朵拉")
    app = await start(**teams)
    await adds(carol, dora, group)
    await app.stop()
    dingtalk.remove(carol)
    async with await Store.open(sqlite_url) as store:
        await store.run(lambda connection: connection.exec_driver_sql("DELETE FROM people"))
    async with replica(dingtalk, sqlite_url, clock, digests=[DIGEST], **teams) as there:
        await there.look(DUE)
    [card] = group.cards[-1:]
    assert "朵拉" in card.params["markdown"]
    assert "设置的人已离开" in card.params["markdown"]
    assert read_by(dingtalk, carol) == []
    assert read_by(dingtalk, alice) == ["alice", "bob"]


async def test_a_digest_at_once_or_refreshed_is_read_by_whoever_asks(start, dingtalk, alice, bob, carol, group, teams):
    await start(**teams, digests=[{**DIGEST, "at": "23:59"}])
    await carol.says("今天的日报", to=group, created_at=MONDAY)
    card = await group.next_card()
    assert read_by(dingtalk, carol) == ["alice", "bob"]
    await bob.presses(card, "refresh")
    await dingtalk.settle()
    assert read_by(dingtalk, bob) == ["alice", "bob"]
    assert read_by(dingtalk, alice) == []


async def test_the_clock_sends_the_digest_of_a_group_that_is_its_own_team(dingtalk, alice, bob, sqlite_url, clock):
    scene = dingtalk.group("Scene", [alice, bob], scene=True, id="cidScene==")
    chats = [{"id": "cidScene==", "members": "group"}]
    async with replica(dingtalk, sqlite_url, clock, digests=[{"chat": "cidScene=="}], chats=chats) as there:
        await there.look(DUE)
    [card] = scene.cards
    assert "2 人" in card.params["title"] + card.params["markdown"]


async def test_one_private_question_a_person_and_meeting_whatever_card_it_is_asked_from(
    start, dingtalk, alice, bob, carol, group
):
    bob.calendar.busy(on_tuesday(9), on_tuesday(13.5))
    carol.calendar.busy(on_tuesday(15), on_tuesday(18))
    await start()
    asked = []
    for person in (alice, alice):
        await person.says("周二找两小时", at=[bob, carol], to=group, created_at=MONDAY)
        card = await group.next_card()
        await person.presses(card, "appeal")
        asked.append(card)
    letter = await bob.direct.next_card()
    await dingtalk.settle()
    assert len(bob.direct.cards) == 1
    await bob.presses(letter, "yes")
    for card in asked:
        await card.until(lambda card: "可以" in card.params["markdown"] or "李博 " in card.params["title"])
    assert len(bob.direct.cards) == 1


async def test_a_press_of_another_organisation_changes_nothing(start, dingtalk, alice, bob, group, sqlite_url):
    await start()
    await alice.says("周二下午2点到4点谁有空", at=[bob], to=group, created_at=MONDAY)
    card = await group.next_card()
    async with await Store.open(sqlite_url) as store:
        before = await cards.get(store, card.out_track_id)
        calls = len(dingtalk.calls_of(QUERY))
        for forged in ({"corpId": "dingcorpother"}, {"type": "other"}, {"userIdType": 2}):
            press = await bob.presses(card, "later", overrides=forged)
            assert press.ack in ({}, None), forged
        assert await cards.get(store, card.out_track_id) == before
    assert len(dingtalk.calls_of(QUERY)) == calls
    press = await bob.presses(card, "later")
    assert press.ack


# ---------------------------------------------------------------- who does not want to be shown
async def hides(person, text, to):
    said = await person.says(text, to=to, created_at=MONDAY)
    await to.next_message()
    return said


async def test_whoever_does_not_want_to_be_shown_is_counted_in_a_team_and_never_read(
    start, dingtalk, alice, bob, carol, group, teams
):
    await start(**teams)
    await hides(bob, "别在群里显示我", group)
    await alice.says("周二下午2点到4点大家有空吗", to=group, created_at=MONDAY)
    card = await group.next_card()
    assert "❔ 不参与 1" in card.params["markdown"]
    assert "李博" not in card.params["markdown"]
    assert "1 人不参与" in card.params["title"]
    await alice.says("周二下午2点到4点有空吗", at=[bob, carol], to=group, created_at=MONDAY)
    card = await group.next_card()
    assert "❔ 不参与 1：李博" in card.params["markdown"]
    assert bob.staff_id not in read_by(dingtalk, alice)


async def test_whoever_is_hidden_sees_themselves_and_is_shown_again_when_they_say_so(
    start, dingtalk, alice, bob, group, teams
):
    await start(**teams)
    await hides(bob, "hide me", group)
    await bob.says("我周二下午2点到4点有空吗", to=group, created_at=MONDAY)
    assert (await group.next_card()).params["title"] == "李博 有空"
    await hides(bob, "显示我", group)
    await alice.says("周二下午2点到4点有空吗", at=[bob], to=group, created_at=MONDAY)
    await group.next_card()
    assert read_by(dingtalk, alice) == ["bob"]


async def test_said_in_a_direct_chat_it_counts_everywhere(start, dingtalk, alice, bob, group, teams):
    await start(**teams)
    await hides(bob, "别显示我", bob.direct)
    await alice.says("李博周二下午2点到4点有空吗", to="direct", created_at=MONDAY)
    card = await alice.direct.next_card()
    assert "李博 不参与" in card.params["title"]
    await alice.says("李博什么时候有空", to=group, created_at=MONDAY)
    card = await group.next_card()
    assert "❔ 不参与 1：李博" in card.params["markdown"]
    assert read_by(dingtalk, alice) == []


# ---------------------------------------------------------------- cards that somebody else is the organizer of
async def test_a_meeting_that_is_shown_first_is_read_by_whoever_has_it_drawn_anew(
    start, dingtalk, alice, bob, carol, group
):
    dingtalk.faults.person_error(bob, "No permission")  # so that nothing is remembered of the first time
    await start(booking={"enabled": True})
    await alice.says("约周二下午3点", at=[bob], to=group, created_at=MONDAY)
    card = await group.next_card()
    outdated = card.button("people").id
    await alice.presses(card, outdated)
    before = read_by(dingtalk, alice)
    await carol.presses(card, outdated, forged=True)
    assert read_by(dingtalk, alice) == before
    assert read_by(dingtalk, carol) == ["alice", "bob"]


async def test_a_reminder_does_not_read_whoever_does_not_want_to_be_shown_where_it_was_asked_for(
    start, dingtalk, alice, bob, carol, group
):
    bob.calendar.busy(on_tuesday(9), on_tuesday(18))
    app = await start()
    await alice.says("周二什么时候有空", at=[bob, carol], to=group, created_at=MONDAY)
    await alice.presses(await group.next_card(), "watch")
    await hides(bob, "别在群里显示我", group)
    before = read_by(dingtalk, alice)
    await app.look_at_reminders(on_tuesday(9))
    assert read_by(dingtalk, alice) == sorted([*before, "carol"])
