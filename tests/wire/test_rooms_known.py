"""What is known of rooms, and for how long: the list of a day, schedules of a minute, in each asker's name."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.dingtalk.http import Api, Credentials, Endpoints
from bot.emulator import Emulator
from bot.model.freebusy import Busy, BusyStatus, FreeBusy, Unknown
from bot.model.people import Person, StaffId, UnionId, UnknownReason
from bot.model.rooms import Room, RoomId
from bot.model.time import Interval
from bot.rooms import Rooms

THREE = datetime(2026, 3, 10, 7, tzinfo=UTC)
HOUR = Interval(THREE, THREE + timedelta(hours=1))
LIST, QUERY = "meetingRoomLists", "queryMeetingRooms"


@pytest.fixture
async def dingtalk():
    async with Emulator() as emulator:
        yield emulator
        assert emulator.violations == []


@pytest.fixture
async def api(dingtalk):
    credentials = Credentials(dingtalk.client_id, dingtalk.client_secret)
    endpoints = Endpoints(dingtalk.url, dingtalk.url)
    async with Api(credentials, endpoints, calls_per_second=1000, throttle_pause=0) as opened:
        yield opened


def asker(dingtalk, name):
    found = dingtalk.person(name, name=name)
    return Person(StaffId(name), UnionId(found.union_id), name)


@pytest.fixture
def alice(dingtalk):
    return asker(dingtalk, "alice")


def calls(dingtalk):
    return len(dingtalk.calls_of(LIST)), len(dingtalk.calls_of(QUERY))


async def read(rooms, who, *listed, **how):
    wanted = [Room(RoomId(each), each) for each in listed]
    return await rooms.schedules(who, wanted, window=HOUR, zone=UTC, **how)


async def test_everybody_who_asks_at_once_shares_one_list(dingtalk, api, alice):
    dingtalk.room("r1", "A201", capacity=4, place="3F")
    rooms = Rooms(api)
    found = await asyncio.gather(*(rooms.listed(alice) for _ in range(5)))
    assert found == [(Room(RoomId("r1"), "A201", 4, "3F"),)] * 5
    assert calls(dingtalk) == (1, 0)


async def test_a_list_that_is_over_is_read_anew_and_the_old_one_serves_where_that_fails(dingtalk, api, alice):
    dingtalk.room("r1", "A201")
    rooms = Rooms(api, listed_seconds=0)
    assert len(await rooms.listed(alice)) == 1
    dingtalk.room("r2", "A202")
    assert len(await rooms.listed(alice)) == 2
    dingtalk.faults.deny_scope("VideoConference.Conference.Read")
    assert len(await rooms.listed(alice)) == 2
    assert len(await rooms.listed(alice)) == 2  # not asked again for a minute
    assert calls(dingtalk) == (3, 0)


async def test_a_list_that_was_never_read_is_unknown_with_its_scope(dingtalk, api, alice):
    dingtalk.faults.deny_scope("VideoConference.Conference.Read")
    found = await Rooms(api).listed(alice)
    assert found == Unknown(UnknownReason.NO_SCOPE, "VideoConference.Conference.Read")


async def test_a_room_is_asked_about_once_a_minute_in_one_name_and_anew_where_that_is_wanted(dingtalk, api, alice):
    dingtalk.room("r1", "A201").calendar.tentative(HOUR.start, HOUR.end)
    bob, rooms = asker(dingtalk, "bob"), Rooms(api)
    known = FreeBusy(HOUR, (Busy(HOUR, BusyStatus.TENTATIVE),))
    for who, how, count in ((alice, {}, 1), (alice, {}, 1), (bob, {}, 2), (alice, {"anew": True}, 3)):
        assert await read(rooms, who, "r1", **how) == {"r1": known}
        assert calls(dingtalk) == (0, count)


async def test_what_is_unknown_is_asked_again(dingtalk, api, alice):
    room = dingtalk.room("r1", "A201")
    dingtalk.room("r2", "A202")
    dingtalk.faults.omit_room(room)
    rooms = Rooms(api)
    found = await read(rooms, alice, "r1", "r2")
    assert found == {"r1": Unknown(UnknownReason.NO_ANSWER), "r2": FreeBusy(HOUR)}
    dingtalk.faults.clear()
    assert (await read(rooms, alice, "r1", "r2"))["r1"] == FreeBusy(HOUR)
    assert [call.body["roomIds"] for call in dingtalk.calls_of(QUERY)] == [["r1", "r2"], ["r1"]]


async def test_a_call_that_fails_leaves_the_rooms_of_the_others_known(dingtalk, api, alice):
    listed = [dingtalk.room(f"r{number}", f"A{number}").room_id for number in range(7)]
    dingtalk.faults.fail(QUERY, status=400, code="invalidParameter", times=1)
    found = await read(Rooms(api), alice, *listed)
    assert sorted(type(each).__name__ for each in found.values()) in (
        ["FreeBusy"] * 2 + ["Unknown"] * 5,
        ["FreeBusy"] * 5 + ["Unknown"] * 2,
    )
