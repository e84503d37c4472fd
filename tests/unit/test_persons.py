"""Who people are, as days go by: names change, people leave, and DingTalk is not always there."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.dingtalk.http import Api, Credentials, Endpoints
from bot.emulator import Emulator
from bot.model.people import Missing, StaffId
from bot.people.persons import Persons
from bot.store import Store

GET = "user/get"
BOB = StaffId("bob")


class Clock:
    def __init__(self):
        self.now = datetime(2026, 11, 30, 2, tzinfo=UTC)

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def dingtalk():
    async with Emulator() as emulator:
        yield emulator


@pytest.fixture(autouse=True)
def bob(dingtalk):
    return dingtalk.person("bob", name="李博", title="设计师")


@pytest.fixture
async def store(sqlite_url):
    async with await Store.open(sqlite_url) as opened:
        yield opened


@pytest.fixture
async def known(dingtalk, store, clock):
    credentials = Credentials(dingtalk.client_id, dingtalk.client_secret)
    async with Api(credentials, Endpoints(api=dingtalk.url, oapi=dingtalk.url)) as api:
        persons = Persons(api, store, clock=clock, look_up_within=5)
        yield persons
        await persons.aclose()


async def test_a_name_is_looked_up_again_after_a_day(known, dingtalk, bob, clock):
    assert (await known.one(BOB)).name == "李博"
    bob.name = "李博文"
    clock.now += timedelta(hours=23)
    assert (await known.one(BOB)).name == "李博"
    assert len(dingtalk.calls_of(GET)) == 1
    clock.now += timedelta(hours=2)
    assert (await known.one(BOB)).name == "李博文"
    assert (await known.several([BOB]))[BOB].name == "李博文"
    assert len(dingtalk.calls_of(GET)) == 2


async def test_whoever_cannot_be_looked_up_again_is_who_they_were(known, dingtalk, clock):
    await known.one(BOB)
    dingtalk.faults.fail(GET, status=500)
    clock.now += timedelta(days=2)
    assert (await known.one(BOB)).name == "李博"
    assert (await known.several([BOB]))[BOB].name == "李博"


async def test_whoever_has_left_is_asked_about_once_an_hour(known, dingtalk, clock):
    left = [StaffId(f"left-{n}") for n in range(60)]
    await known.several(left)
    calls = len(dingtalk.calls_of(GET))
    for _ in range(3):
        found = await known.several(left)
        assert all(isinstance(each, Missing) for each in found.values())
    assert len(dingtalk.calls_of(GET)) == calls
    clock.now += timedelta(hours=1, minutes=1)
    await known.several(left)
    assert len(dingtalk.calls_of(GET)) >= calls + 60


async def test_whoever_has_left_since_is_gone_after_a_day(known, dingtalk, bob, clock):
    await known.one(BOB)
    dingtalk.remove(bob)
    clock.now += timedelta(days=1, minutes=1)
    assert isinstance((await known.several([BOB]))[BOB], Missing)


async def test_a_large_team_does_not_wait_for_names_that_may_have_changed(known, dingtalk, clock):
    many = [StaffId(f"many-{n}") for n in range(60)]
    team = [dingtalk.person(each, name=f"员工{each}") for each in many]
    await known.several(many)
    for person in team:
        person.name = person.name.replace("员工", "新")
    clock.now += timedelta(days=1, minutes=1)
    assert (await known.several(many))[many[0]].name == "员工many-0"
    async with asyncio.timeout(30):
        while len(dingtalk.calls_of(GET)) < 120:  # noqa: ASYNC110 - DingTalk tells nobody of its calls
            await asyncio.sleep(0.05)
    assert (await known.several(many))[many[-1]].name == "新many-59"
