"""Who is in a team: of the configuration with its departments, and of a chat with what people there changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.config import Chat, Team
from bot.dingtalk.http import Api, Credentials, Endpoints
from bot.emulator import Emulator
from bot.errors import PermissionDenied
from bot.model.people import ConversationId, StaffId, Who
from bot.people.directory import Directory
from bot.store import Store

HERE = ConversationId("cidHere")
ME, BOB, CAROL, DAVE = (StaffId(each) for each in ("me", "bob", "carol", "dave"))
TEAMS = (Team(name="design", members=("bob",), departments=(7,)), Team(name="qa", members=("dave",)))


class Clock:
    """A clock that goes on when told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 16, 2, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def goes_on(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def dingtalk():
    async with Emulator() as emulator:
        emulator.department(7, "设计部")
        emulator.department(70, "视觉组", parent=7)
        for staff_id, department in (("me", 1), ("bob", 1), ("carol", 70), ("dave", 1)):
            emulator.person(staff_id, name=staff_id.title(), department=department)
        yield emulator


@pytest.fixture
async def directory_at(dingtalk, clock):
    """Makes directories of one organisation, as several processes have them."""
    async with Api(
        Credentials(dingtalk.client_id, dingtalk.client_secret), Endpoints(api=dingtalk.url, oapi=dingtalk.url)
    ) as api:
        yield lambda store, chats=(): Directory(api, store, teams=TEAMS, chats=chats, clock=clock, look_up_within=60)


@pytest.fixture
def directory(directory_at, store):
    return directory_at(store)


async def add(directory, *people, team=None, present=True, clock, chat=HERE):
    clock.goes_on(0.1)
    return await directory.teams.change(chat, team, people, present=present, by=ME, at=clock())


async def members(directory, team=None, chat=HERE):
    return list(await directory.members_of_chat(chat, team))


async def test_a_department_brings_those_below_it(directory):
    assert await directory.teams.members("design") == (BOB, CAROL)


async def test_a_chat_without_a_team_has_nobody(directory, dingtalk):
    assert await members(directory) == []
    assert await directory.resolve(Who(everyone=True), me=ME, chat=HERE, team=None, most=200) == []
    assert dingtalk.calls == []


async def test_the_team_of_a_chat_is_the_configured_one_with_what_was_changed(directory, clock):
    assert await add(directory, DAVE, BOB, team="design", clock=clock) == (DAVE,)
    assert await add(directory, CAROL, team="design", present=False, clock=clock) == (CAROL,)
    assert await members(directory, "design") == [BOB, DAVE]
    found = await directory.resolve(Who(), me=ME, chat=HERE, team="design", most=200)
    assert [person.staff_id for person in found] == [BOB, DAVE]


async def test_the_team_of_a_chat_is_that_chats_only(directory, clock):
    await add(directory, DAVE, clock=clock)
    assert await members(directory, chat=ConversationId("cidThere")) == []
    assert await directory.teams.members("design") == (BOB, CAROL)


async def test_a_change_is_seen_at_once_and_by_another_process_within_five_seconds(directory_at, store_url, clock):
    async with await Store.open(store_url) as one, await Store.open(store_url) as two:
        here, there = directory_at(one), directory_at(two)
        assert await members(there) == []
        await add(here, BOB, clock=clock)
        assert await members(here) == [BOB]
        clock.goes_on(5.1)
        assert await members(there) == [BOB]


async def test_a_second_look_asks_neither_store_nor_dingtalk(directory_at, dingtalk, sqlite_url, clock):
    async with await Store.open(sqlite_url) as store:
        directory = directory_at(store)
        await add(directory, DAVE, team="design", clock=clock)
        await members(directory, "design")
        calls = len(dingtalk.calls)
    assert await members(directory, "design") == [BOB, CAROL, DAVE]  # though the store is closed
    assert len(dingtalk.calls) == calls


async def test_a_change_that_is_taken_back_leaves_the_team_as_it_was(directory, clock):
    await add(directory, BOB, DAVE, team="qa", clock=clock)
    at = clock()
    clock.goes_on(1)
    assert await directory.teams.undo(HERE, by=ME, at=at, now=clock()) == (BOB,)
    assert await members(directory, "qa") == [DAVE]


async def test_how_many_are_in_a_team_is_known_once_it_was_read(directory, clock):
    await add(directory, BOB, CAROL, clock=clock)
    assert directory.count(Who(everyone=True), me=ME, chat=HERE, team=None) is None
    await members(directory)
    assert directory.count(Who(everyone=True), me=ME, chat=HERE, team=None) == 2
    assert directory.count(Who(teams=("design",)), me=ME, chat=HERE, team=None) is None


def colleague(dingtalk, staff_id):
    return next(person for person in dingtalk.people if person.staff_id == staff_id)


@pytest.fixture
async def listed(directory_at, sqlite_url):
    """A directory that reads who is in the chat."""
    async with await Store.open(sqlite_url) as store:
        yield directory_at(store, [Chat(id=HERE, members="group")])


async def test_the_members_of_a_scene_group_are_its_team(listed, dingtalk, clock):
    dingtalk.group("Scene", [colleague(dingtalk, "bob"), colleague(dingtalk, "carol")], scene=True, id=HERE)
    assert listed.count(Who(everyone=True), me=ME, chat=HERE, team=None) is None
    assert await members(listed) == [BOB, CAROL]
    await add(listed, BOB, present=False, clock=clock)
    await add(listed, DAVE, clock=clock)
    assert await members(listed) == [CAROL, DAVE]
    assert len(dingtalk.calls_of("sceneGroups/members")) == 1


async def test_an_ordinary_group_that_is_not_listed_has_whom_people_added(listed, dingtalk, clock):
    dingtalk.group("Ordinary", [colleague(dingtalk, "bob")], id=HERE)
    await add(listed, CAROL, clock=clock)
    assert await members(listed) == [CAROL]


async def test_a_missing_permission_for_the_members_of_a_group_is_raised_by_its_name(listed, dingtalk):
    dingtalk.group("Scene", [colleague(dingtalk, "bob")], scene=True, id=HERE)
    dingtalk.faults.deny_scope("qyapi_chat_manage")
    with pytest.raises(PermissionDenied) as denied:
        await members(listed)
    assert denied.value.scopes == ("qyapi_chat_manage",)
