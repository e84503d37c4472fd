"""Who has little time on a day, against plain examples."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.availability.day_parts import engaged, halves
from bot.availability.intervals import subtract
from bot.availability.working_time import WorkingCalendar
from bot.model.digests import DayPart, Engaged
from bot.model.freebusy import Busy, BusyStatus, FreeBusy
from bot.model.people import Person, StaffId, UnionId
from bot.model.requests import WorkingHours
from bot.model.time import Interval

DAY = date(2026, 3, 17)
OFFICE = WorkingCalendar(ZoneInfo("Asia/Shanghai"))
ANN = Person(StaffId("ann"), UnionId("ann"), "Ann")
ALL, MORNING, AFTERNOON = DayPart


def at(hour: float) -> datetime:
    return datetime(2026, 3, 17, tzinfo=OFFICE.zone) + timedelta(hours=hour)


def day_of(*busy: tuple[float, float] | tuple[float, float, str], own: WorkingCalendar = OFFICE) -> Engaged | None:
    """What is taken of Ann's Tuesday, who is busy between these hours, tentatively with a third value."""
    items = [
        Busy(Interval(at(each[0]), at(each[1])), BusyStatus.TENTATIVE if each[2:] else BusyStatus.BUSY) for each in busy
    ]
    return engaged(ANN, FreeBusy(OFFICE.day(DAY), tuple(items)), at_work=halves(DAY, OFFICE, own=own))


@pytest.mark.parametrize(
    ("busy", "taken"),
    [
        ([], None),
        ([(9, 10.5), (14, 15)], None),
        ([(0, 24)], Engaged(ANN, ALL)),
        ([(9, 12), (13, 18)], Engaged(ANN, ALL)),
        ([(9, 10.5), (10.75, 12)], Engaged(ANN, MORNING)),
        ([(9, 11)], Engaged(ANN, MORNING, until=at(11))),
        ([(9, 16)], Engaged(ANN, MORNING, until=at(16))),
        ([(13, 16)], Engaged(ANN, AFTERNOON, until=at(16))),
        ([(13, 16), (17, 17.5)], Engaged(ANN, AFTERNOON, until=at(16))),
        ([(15, 18)], Engaged(ANN, AFTERNOON, since=at(15))),
        ([(10, 18)], Engaged(ANN, AFTERNOON, since=at(10))),
        ([(10, 16)], Engaged(ANN, AFTERNOON, since=at(10), until=at(16))),
        ([(13.5, 17.5)], None),
        ([(12, 13)], None),
        ([(0, 24, "?")], Engaged(ANN, ALL, firm=False)),
        ([(9, 12, "?")], Engaged(ANN, MORNING, firm=False)),
        ([(9, 12), (13, 18, "?")], Engaged(ANN, MORNING, rest_tentative=True)),
        ([(9, 12), (14, 15, "?")], Engaged(ANN, MORNING)),
        ([(0, 24), (9, 12, "?")], Engaged(ANN, ALL)),
    ],
)
def test_what_is_taken_is_told_by_half_days(busy, taken):
    assert day_of(*busy) == taken


def test_somebody_of_another_zone_is_looked_at_while_both_are_at_work():
    berlin = replace(OFFICE, zone=ZoneInfo("Europe/Berlin"))
    assert halves(DAY, OFFICE, own=berlin) == ([], [Interval(at(16), at(18))])
    assert day_of((16, 18), own=berlin) == Engaged(ANN, AFTERNOON)
    assert day_of((9, 16), own=berlin) is None


def test_whoever_does_not_work_on_that_day_has_no_halves():
    assert halves(DAY, OFFICE, own=replace(OFFICE, weekdays=frozenset({0}))) == ([], [])


def test_a_day_without_a_break_is_parted_at_noon():
    straight = replace(OFFICE, hours=WorkingHours(10 * 60, 16 * 60, ()))
    assert halves(DAY, straight, own=straight) == ([Interval(at(10), at(12))], [Interval(at(12), at(16))])


@given(st.lists(st.tuples(st.integers(32, 76), st.integers(1, 20), st.booleans()), max_size=6))
@settings(max_examples=200, deadline=None)
def test_a_half_day_is_taken_only_where_that_is_true(busy):
    items = [(start / 4, (start + length) / 4, *(["?"] if maybe else [])) for start, length, maybe in busy]
    found = day_of(*items)
    intervals = [Interval(at(each[0]), at(each[1])) for each in items]
    free = subtract(OFFICE.working_time(OFFICE.day(DAY)), intervals)
    if found is None:
        assert any(gap.length >= timedelta(minutes=30) for gap in free)
    elif found.part is ALL:
        assert all(gap.length < timedelta(minutes=30) for gap in free)
    elif found.firm:
        assert any(not each[2:] for each in items)


def test_times_are_instants():
    found = day_of((9, 11))
    assert found is not None
    assert found.until == datetime(2026, 3, 17, 3, tzinfo=UTC)
