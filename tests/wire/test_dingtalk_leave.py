"""Leave on the wire: pages, odd rows, pages without end, and no kind of leave in what is given."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.dingtalk.attendance import LeaveStatus, leave_statuses
from bot.dingtalk.http import Api, Credentials, Endpoints
from bot.emulator import Emulator
from bot.errors import MalformedReply, PermissionDenied
from bot.leave import Leave, leave_read
from bot.model.leave import LeaveSpan, LeaveUnread
from bot.model.people import StaffId, UnknownReason
from bot.model.time import Interval

TUESDAY = datetime(2026, 3, 10, tzinfo=UTC)
DAY = timedelta(days=1)
WEEK = Interval(TUESDAY, TUESDAY + 7 * DAY)


@pytest.fixture
async def dingtalk():
    async with Emulator() as emulator:
        yield emulator
        assert emulator.violations == []


@pytest.fixture
async def api(dingtalk):
    credentials = Credentials(dingtalk.client_id, dingtalk.client_secret)
    async with Api(credentials, Endpoints(dingtalk.url, dingtalk.url), calls_per_second=1000, throttle_pause=0) as api:
        yield api


@pytest.fixture
def bob(dingtalk):
    return dingtalk.person("bob", name="Bob")


@pytest.fixture
def leave(api):
    return Leave(api, enabled=True)


def calls(dingtalk):
    return dingtalk.calls_of("attendance/getleavestatus")


async def of_bob(api):
    return await leave_statuses(api, people=["bob"], start=TUESDAY, end=TUESDAY + 30 * DAY)


async def test_all_pages_are_read_and_no_kind_of_leave_is_given(dingtalk, api, bob):
    for day in range(25):
        bob.leave.hours(TUESDAY + day * DAY, TUESDAY + day * DAY + timedelta(hours=1), code="KIND-CANARY")
    found = await of_bob(api)
    assert [len(found), len(calls(dingtalk))] == [25, 2]
    assert "CANARY" not in repr(found)


@pytest.mark.parametrize("repeating", [False, True])
async def test_pages_that_never_end_are_given_up_after_the_first_that_brings_nothing(dingtalk, api, bob, repeating):
    bob.leave.days(date(2026, 3, 11))
    dingtalk.faults.endless_leave(repeating=repeating)
    with pytest.raises(MalformedReply):
        await of_bob(api)
    assert len(calls(dingtalk)) == 2


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"start_time": None, "end_time": None},
        {"start_time": "x", "end_time": "y"},
        {"start_time": True, "end_time": False},
        {"start_time": 1773200000000, "end_time": 1773100000000, "duration_unit": "percent_day"},
        {"start_time": 1773100000000, "end_time": 1773100000000, "duration_unit": "percent_hour"},
        {"start_time": 1773100000000, "end_time": 10**20},
        {"start_time": -5, "end_time": 1773100000000},
    ],
)
async def test_a_leave_that_makes_no_sense_is_told_from_none(api, bob, row):
    bob.leave.raw(row)
    assert await of_bob(api) == (LeaveStatus("bob"),)


@pytest.mark.parametrize("unit", ["percent_day", "percent_hour"])
async def test_numbers_may_come_as_text(api, bob, unit):
    bob.leave.raw({"start_time": "1773100000000", "end_time": "1773200000000", "duration_unit": unit,
                   "duration_percent": "250"})  # fmt: skip
    [row] = await of_bob(api)
    assert row.start == datetime.fromtimestamp(1773100000, UTC)
    assert row.days == (2.5 if unit == "percent_day" else None)


@pytest.mark.parametrize(
    ("unit", "percent"),
    [
        *(("class", "100"), ("", "100"), (None, "100"), (7, "100"), ({"a": 1}, "100"), ("PERCENT_DAY", 100)),
        *(("percent_day", None), ("percent_day", "much"), ("percent_day", 0), ("percent_day", -100)),
    ],
)
async def test_a_leave_in_an_odd_unit_is_told_from_none(api, bob, unit, percent):
    """Whether its last day is counted in would be a guess, and whoever is away then would be free."""
    bob.leave.raw({"start_time": 1773072000000, "end_time": 1773158400000, "duration_unit": unit,
                   "duration_percent": percent})  # fmt: skip
    assert await of_bob(api) == (LeaveStatus("bob"),)


async def test_a_leave_of_nobody_is_no_reply(api, bob):
    bob.leave.raw({"userid": None})
    with pytest.raises(MalformedReply):
        await of_bob(api)


async def test_a_missing_scope_is_named(dingtalk, api, bob):
    dingtalk.faults.deny_scope("qyapi_get_attendance_data")
    with pytest.raises(PermissionDenied) as refused:
        await of_bob(api)
    assert refused.value.scopes == ("qyapi_get_attendance_data",)


# ---------------------------------------------------------------- kept for half an hour
async def test_everybody_is_read_in_one_call_and_again_only_after_half_an_hour(dingtalk, leave):
    people = [StaffId(dingtalk.person(f"p{n}", name=f"P{n}").staff_id) for n in range(100)]
    for _ in range(3):
        assert set((await leave.of(people, window=WEEK)).values()) == {()}
    await leave.of(people[:3], window=Interval(TUESDAY + DAY, TUESDAY + 2 * DAY))
    assert len(calls(dingtalk)) == 1


async def test_what_lies_far_ahead_is_read_for_itself(dingtalk, leave, bob):
    bob.leave.days(date(2026, 6, 1))
    june = Interval(datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 6, 2, tzinfo=UTC))
    assert (await leave.of([StaffId("bob")], window=WEEK))["bob"] == ()
    [span] = (await leave.of([StaffId("bob")], window=june))["bob"]
    assert span.days == 1
    assert len(calls(dingtalk)) == 2


async def test_where_nothing_is_to_be_kept_every_question_reads_what_is_true_now(dingtalk, api, bob):
    leave = Leave(api, enabled=True, kept_seconds=0)
    assert (await leave.of([StaffId("bob")], window=WEEK))["bob"] == ()
    bob.leave.days(date(2026, 3, 11))
    [entry] = bob.leave.entries
    [span] = (await leave.of([StaffId("bob")], window=WEEK))["bob"]
    assert span.days == 1
    bob.leave.remove(entry.key)
    assert (await leave.of([StaffId("bob")], window=WEEK))["bob"] == ()
    assert len(calls(dingtalk)) == 3


async def test_off_it_costs_nothing(dingtalk, api, bob):
    off = Leave(api, enabled=False)
    assert await off.of([StaffId("bob")], window=WEEK) == {}
    assert dingtalk.calls == []


async def test_who_has_an_odd_leave_is_unread_and_everybody_else_is_read(dingtalk, leave, bob):
    dingtalk.person("alice", name="Alice").leave.days(date(2026, 3, 11))
    bob.leave.raw({"start_time": "never"})
    found = await leave.of([StaffId("alice"), StaffId("bob")], window=WEEK)
    assert found["bob"] == LeaveUnread(UnknownReason.UNREADABLE, theirs=True)
    [span] = found["alice"]
    assert isinstance(span, LeaveSpan)
    assert leave_read(found).failed is None


async def test_a_call_that_fails_leaves_everybody_unread_with_the_reason(dingtalk, leave, bob):
    dingtalk.faults.deny_scope("qyapi_get_attendance_data")
    found = await leave.of([StaffId("bob")], window=WEEK)
    assert found == {"bob": LeaveUnread(UnknownReason.NO_SCOPE)}
    assert leave_read(found).failed is UnknownReason.NO_SCOPE
    await leave.of([StaffId("bob")], window=WEEK)
    assert len(calls(dingtalk)) == 1  # a failure is not asked for again within a minute
