"""Which rooms come into question and how they stand: by name, by size, by what is known of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.availability.rooms import is_free, judge_room, likeness, ranked
from bot.model.freebusy import Busy, BusyStatus, FreeBusy, State, Unknown
from bot.model.people import UnknownReason
from bot.model.rooms import Room, RoomId, RoomWish
from bot.model.time import Interval

NINE = datetime(2026, 3, 10, 9, tzinfo=UTC)
DAY = Interval(NINE, NINE + timedelta(hours=9))
HIDDEN = Unknown(UnknownReason.NOT_SHARED, "No permission")


def room(name, capacity=None, place=""):
    return Room(RoomId(name), name, capacity, place)


def hours(start, end):
    return Interval(NINE + timedelta(hours=start), NINE + timedelta(hours=end))


def known(*busy, tentative=()):
    items = [Busy(each) for each in busy] + [Busy(each, BusyStatus.TENTATIVE) for each in tentative]
    return FreeBusy(DAY, tuple(sorted(items)))


@pytest.mark.parametrize(
    ("said", "name", "far"),
    [
        ("西湖厅", "西湖厅", 0),
        ("西湖厅会议室", "西湖厅", 0),
        ("the West Lake room", "West-Lake", 0),
        ("会议室 A201", "Room A201", 0),
        ("西湖", "西湖厅", 1),
        ("A201", "A201 (video)", 1),
        ("西湖听厅", "西湖厅", 2),
        ("Pavillion", "Pavilion", 2),
        ("洱海厅", "西湖厅", None),
        ("星巴克", "西湖厅", None),
        ("A", "A201", None),
        ("会议室", "西湖厅", None),
        ("", "西湖厅", None),
    ],
)
def test_how_near_a_name_comes(said, name, far):
    assert likeness(said, room(name)) == far


def test_a_floor_is_nearer_than_nothing():
    assert likeness("3楼", room("西湖厅", place="3 楼")) == 3


def test_a_name_goes_before_a_size_and_the_smallest_that_will_do_comes_first():
    rooms = [room("hall", 20), room("lake", 8), room("plain"), room("phone", 2), room("pavilion", 10)]
    names = [each.name for each in ranked(rooms, RoomWish(seats=4))]
    assert names == ["lake", "pavilion", "hall", "plain"]
    names = [each.name for each in ranked(rooms, RoomWish("hall", seats=4, told=True))]
    assert names == ["hall", "lake", "pavilion"]
    assert [each.name for each in ranked(rooms, RoomWish())] == [each.name for each in rooms]


def test_a_room_that_is_named_is_large_enough_unless_a_size_is_said():
    rooms = [room("lake", 8), room("phone", 2)]
    assert [each.name for each in ranked(rooms, RoomWish("phone", seats=3))] == ["phone", "lake"]
    assert [each.name for each in ranked(rooms, RoomWish("phone", seats=3, told=True))] == ["lake"]


def test_a_room_that_is_not_known_is_never_free():
    assert not is_free(None, hours(0, 1))
    assert not is_free(HIDDEN, hours(0, 1))
    assert not is_free(FreeBusy(hours(0, 1)), hours(0, 2))
    assert judge_room(room("a"), HIDDEN, [hours(0, 1)]).unknown == HIDDEN
    assert judge_room(room("a"), FreeBusy(hours(0, 1)), [hours(0, 2)]).state is State.UNKNOWN


def test_what_waits_for_approval_is_neither_free_nor_busy():
    found = judge_room(room("a"), known(tentative=[hours(1, 2)]), [hours(1, 2)])
    assert (found.state, found.free) == (State.TENTATIVE, ())
    assert not is_free(known(tentative=[hours(1, 2)]), hours(1, 2))


def test_a_part_and_the_end_are_told():
    found = judge_room(room("a"), known(hours(1, 2)), [hours(0, 3)])
    assert (found.state, found.partly, found.free) == (State.BUSY, True, (hours(0, 1), hours(2, 3)))
    found = judge_room(room("a"), known(hours(0, 2), hours(2, 4)), [hours(1, 3)])
    assert (found.state, found.until) == (State.BUSY, hours(3, 4).end)


STRETCHES = st.lists(st.tuples(st.integers(0, 17), st.integers(1, 4)), max_size=6).map(
    lambda spans: [hours(start / 2, min((start + length) / 2, 9)) for start, length in spans]
)


@given(STRETCHES, STRETCHES, st.integers(0, 16), st.integers(1, 4))
def test_what_is_called_free_meets_nothing(busy, tentative, start, length):
    asked = hours(start / 2, min((start + length) / 2, 9))
    what = known(*busy, tentative=tentative)
    found = judge_room(room("a"), what, [asked])
    items = [*busy, *tentative]
    assert (found.state is State.FREE) == is_free(what, asked) == (not any(map(asked.overlaps, items)))
    assert not any(free.overlaps(item) for free in found.free for item in items)


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.none() | st.integers(1, 30)), unique_by=lambda each: each[0]))
def test_no_room_that_is_too_small_comes_into_question(listed):
    rooms = [room(name, capacity) for name, capacity in listed]
    found = ranked(rooms, RoomWish(seats=10, told=True))
    assert all(each.capacity and each.capacity >= 10 for each in found)
    assert set(found) == {each for each in rooms if each.capacity and each.capacity >= 10}
