"""Who has little time on a day, against plain examples, and against the heat map of that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.availability.day_parts import engaged, noon
from bot.availability.heatmap import day_map
from bot.availability.working_time import WorkingCalendar
from bot.model.digests import DayPart, Engaged
from bot.model.freebusy import Busy, BusyStatus, FreeBusy
from bot.model.overview import Cell
from bot.model.people import Person, StaffId, UnionId
from bot.model.requests import WorkingHours
from bot.model.time import Interval

DAY = date(2026, 3, 17)
OFFICE = WorkingCalendar(ZoneInfo("Asia/Shanghai"))
ANN = Person(StaffId("ann"), UnionId("ann"), "Ann")
ALL, MOST, MORNING, AFTERNOON = DayPart


def at(hour: float) -> datetime:
    return datetime(2026, 3, 17, tzinfo=OFFICE.zone) + timedelta(hours=hour)


def hours(start: float, end: float) -> Interval:
    return Interval(at(start), at(end))


def map_of(*busy: tuple[float, float] | tuple[float, float, str], own: WorkingCalendar = OFFICE):
    """Ann's Tuesday, who is busy between these hours, tentatively with a third value."""
    items = [Busy(hours(*each[:2]), BusyStatus.TENTATIVE if each[2:] else BusyStatus.BUSY) for each in busy]
    drawn = day_map([(ANN, FreeBusy(OFFICE.day(DAY), tuple(items)), own)], day=DAY, calendar=OFFICE)
    assert drawn is not None
    return drawn


def day_of(*busy: tuple[float, float] | tuple[float, float, str], own: WorkingCalendar = OFFICE) -> Engaged | None:
    drawn = map_of(*busy, own=own)
    return engaged(drawn.rows[0], drawn, parted_at=noon(DAY, OFFICE))


@pytest.mark.parametrize(
    ("busy", "taken"),
    [
        ([], None),
        ([(9, 10), (14, 15)], None),
        ([(0, 24)], Engaged(ANN, ALL)),
        ([(9, 12), (13, 18)], Engaged(ANN, ALL)),
        ([(9, 10.5), (10.75, 12)], Engaged(ANN, MORNING)),
        ([(9, 11)], Engaged(ANN, MORNING, until=at(11))),
        ([(10, 12)], Engaged(ANN, MORNING, since=at(10))),
        ([(9, 10), (11, 12)], Engaged(ANN, MORNING, between=(hours(10, 11),))),
        ([(9, 16)], Engaged(ANN, MOST, until=at(16))),
        ([(13, 16)], Engaged(ANN, AFTERNOON, until=at(16))),
        ([(13, 16), (17, 17.5)], Engaged(ANN, AFTERNOON, between=(hours(16, 17),))),
        ([(15, 18)], Engaged(ANN, AFTERNOON, since=at(15))),
        ([(10, 18)], Engaged(ANN, MOST, since=at(10))),
        ([(10, 16)], Engaged(ANN, MOST, since=at(10), until=at(16))),
        ([(9, 12), (14, 18)], Engaged(ANN, MOST, between=(hours(13, 14),))),
        ([(13.5, 17.5)], Engaged(ANN, AFTERNOON)),
        ([(12, 13)], None),
        ([(0, 24, "?")], Engaged(ANN, ALL, firm=False)),
        ([(9, 12, "?")], Engaged(ANN, MORNING, firm=False)),
        ([(9, 10), (10, 11, "?"), (13, 14, "?")], Engaged(ANN, MORNING, firm=False, until=at(11))),
        ([(9, 10), (10, 11, "?"), (11, 12)], Engaged(ANN, MORNING)),
        ([(9, 12), (13, 18, "?")], Engaged(ANN, MORNING, rest_tentative=True)),
        ([(9, 12), (14, 15, "?")], Engaged(ANN, MORNING)),
        ([(0, 24), (9, 12, "?")], Engaged(ANN, ALL)),
    ],
)
def test_what_is_taken_is_told_by_half_days(busy, taken):
    assert day_of(*busy) == taken


def test_somebody_with_a_short_meeting_in_every_hour_is_not_mostly_free():
    assert day_of(*((hour, hour + 0.25) for hour in range(9, 18))) == Engaged(ANN, ALL)


def test_somebody_of_another_zone_is_looked_at_while_both_are_at_work():
    berlin = replace(OFFICE, zone=ZoneInfo("Europe/Berlin"))
    assert day_of((16, 18), own=berlin) == Engaged(ANN, AFTERNOON)
    assert day_of((17, 18), own=berlin) is None


def test_whoever_does_not_work_on_that_day_is_off_whatever_stands_in_their_calendar():
    mondays = replace(OFFICE, weekdays=frozenset({0}))
    assert map_of((10, 11), own=mondays).rows[0].off
    assert not map_of(own=OFFICE).rows[0].off


def test_a_day_is_parted_at_its_lunch_break_and_without_one_at_noon():
    assert noon(DAY, replace(OFFICE, hours=WorkingHours(10 * 60, 16 * 60, ()))) == at(12)
    assert noon(DAY, replace(OFFICE, hours=WorkingHours(9 * 60, 18 * 60, ((690, 780),)))) == at(11.5)


QUARTERS = st.tuples(st.integers(28, 76), st.integers(1, 24), st.booleans())
CLOCKS = st.sampled_from(
    [
        WorkingHours(),
        WorkingHours(9 * 60, 18 * 60, ()),
        WorkingHours(8 * 60 + 30, 17 * 60 + 30, ((12 * 60, 13 * 60 + 30),)),
        WorkingHours(10 * 60, 19 * 60, ((10 * 60 + 30, 10 * 60 + 45), (12 * 60, 13 * 60))),
        WorkingHours(14 * 60, 17 * 60, ()),
    ]
)


@given(st.lists(st.lists(QUARTERS, max_size=10), min_size=1, max_size=5), CLOCKS, CLOCKS)
@settings(max_examples=400, deadline=None)
def test_words_and_map_tell_the_same_of_everybody(calendars, clock, own):
    chat, mine = replace(OFFICE, hours=clock), replace(OFFICE, hours=own)
    people = [
        (
            replace(ANN, staff_id=StaffId(str(number))),
            FreeBusy(
                chat.day(DAY),
                tuple(
                    Busy(hours(start / 4, (start + length) / 4), BusyStatus.TENTATIVE if maybe else BusyStatus.BUSY)
                    for start, length, maybe in items
                ),
            ),
            (chat, mine)[number % 2],
        )
        for number, items in enumerate(calendars)
    ]
    drawn = day_map(people, day=DAY, calendar=chat)
    for row in drawn.rows:
        theirs = [cell for cell in row.cells if cell is not Cell.OUTSIDE]
        free = theirs.count(Cell.FREE)
        told = engaged(row, drawn, parted_at=noon(DAY, chat))
        if row.off:
            assert free == 0
        elif told is None:
            assert theirs
            assert 2 * free >= len(theirs)
        else:
            assert 2 * free < len(theirs) or told.part in (MORNING, AFTERNOON)
            busy = [square for square, cell in zip(drawn.hours, row.cells, strict=True) if cell is Cell.BUSY]
            assert told.part is not ALL or free == 0
            assert not told.firm or busy
            for stretch in told.between:
                within = [cell for square, cell in zip(drawn.hours, row.cells, strict=True) if stretch.overlaps(square)]
                assert set(within) == {Cell.FREE}
    columns = list(zip(*(row.cells for row in drawn.rows), strict=True))
    assert drawn.free == tuple(column.count(Cell.FREE) for column in columns)
