"""Heat maps, against a look at every minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from plain_search import CALENDARS, MINUTE, STEP, Plain, random_search

from bot.availability.heatmap import day_map, day_rows
from bot.availability.sought import Attendee
from bot.availability.working_time import WorkingCalendar
from bot.model.freebusy import Busy, BusyStatus, FreeBusy, Unknown
from bot.model.overview import Cell, Share
from bot.model.people import Person, StaffId, UnionId, UnknownReason
from bot.model.requests import WorkingHours
from bot.model.time import Interval

SEEDS = st.integers(0, 10**9)
OFFICE = CALENDARS["office"]
TUESDAY = date(2026, 3, 17)
ALL_WEEK = Interval(datetime(2026, 3, 14, tzinfo=UTC), datetime(2026, 3, 24, tzinfo=UTC))


def person(name: str) -> Person:
    return Person(StaffId(name), UnionId(name), name)


def on_tuesday(start: float, end: float, status: BusyStatus = BusyStatus.BUSY) -> Busy:
    midnight = datetime(2026, 3, 17, tzinfo=OFFICE.zone)
    return Busy(Interval(midnight + timedelta(hours=start), midnight + timedelta(hours=end)), status)


def row(*busy: Busy, calendar: WorkingCalendar = OFFICE) -> str:
    drawn = day_map([(person("ann"), FreeBusy(ALL_WEEK, busy), calendar)], day=TUESDAY, calendar=OFFICE)
    return "".join(cell.value[0] for cell in drawn.rows[0].cells)


def test_a_day_is_eight_squares_with_noon_between_the_third_and_the_fourth():
    drawn = day_map([], day=TUESDAY, calendar=OFFICE)
    assert (len(drawn.hours), drawn.split) == (8, 3)
    assert drawn.hours[3].start == datetime(2026, 3, 17, 5, tzinfo=UTC)


def test_what_is_left_of_an_hour_is_a_square():
    calendar = replace(OFFICE, hours=WorkingHours(9 * 60, 17 * 60 + 30, ()))
    drawn = day_map([], day=TUESDAY, calendar=calendar)
    assert (len(drawn.hours), drawn.split, drawn.hours[-1].length) == (9, 0, timedelta(minutes=30))


def test_the_least_free_moment_decides():
    tentative = on_tuesday(14, 15.5, BusyStatus.TENTATIVE)
    assert row(on_tuesday(9.9, 10), tentative, on_tuesday(15.25, 15.5)) == "bffftbff"


def test_a_meeting_in_the_break_fills_no_square():
    assert row(on_tuesday(12, 13)) == "f" * 8


def test_somebody_in_berlin_is_outside_until_their_morning():
    assert row(calendar=CALENDARS["berlin"]) == "ooooooff"


def test_a_day_off_has_no_map():
    assert day_map([], day=date(2026, 3, 15), calendar=OFFICE) is None


def test_unknown_people_have_a_row_and_no_part_in_the_shares():
    unknown = Unknown(UnknownReason.NOT_SHARED)
    people = [(person("ann"), FreeBusy(ALL_WEEK), OFFICE), (person("bob"), unknown, OFFICE)]
    drawn = day_map(people, day=TUESDAY, calendar=OFFICE)
    assert drawn.rows[1].unknown == unknown
    assert set(drawn.rows[1].cells) == {Cell.UNKNOWN}
    assert drawn.free == (1,) * 8
    [shares] = day_rows(people, days=[TUESDAY], calendar=OFFICE)
    assert set(shares.squares) == {Share.ALL}


def test_where_nobody_can_be_seen_there_are_no_shares():
    people = [(person("bob"), Unknown(UnknownReason.TIMEOUT), OFFICE)]
    [shares] = day_rows(people, days=[TUESDAY], calendar=OFFICE)
    assert (len(shares.hours), shares.squares, shares.free) == (8, (), ())


def test_a_day_off_among_others_has_no_squares():
    people = [(person("ann"), FreeBusy(ALL_WEEK), OFFICE)]
    monday, sunday = date(2026, 3, 16), date(2026, 3, 15)
    found = day_rows(people, days=[sunday, monday], calendar=OFFICE)
    assert [(each.day, len(each.hours), len(each.squares)) for each in found] == [(sunday, 0, 0), (monday, 8, 8)]


@settings(max_examples=120, deadline=None)
@given(SEEDS)
def test_every_square_says_what_its_minutes_say(seed):
    sought = random_search(seed)
    plain = Plain(sought)
    people = [(person(each.staff_id), each.known, each.calendar) for each in sought.attendees]
    first = sought.windows[0].start.astimezone(sought.calendar.zone).date()
    days = [first + timedelta(days=n) for n in range(3)]
    shares = day_rows(people, days=days, calendar=sought.calendar)
    for day, shared in zip(days, shares, strict=True):
        drawn = day_map(people, day=day, calendar=sought.calendar)
        if drawn is None:
            assert shared.hours == ()
            continue
        assert (drawn.hours, drawn.split) == (shared.hours, shared.split)
        for n, hour in enumerate(drawn.hours):
            cells = [least_free(plain, each, hour) for each in sought.attendees]
            assert [each.cells[n] for each in drawn.rows] == cells
            assert drawn.free[n] == cells.count(Cell.FREE)
            if shared.squares:
                assert shared.squares[n] is (share(cells) if len(cells) > 1 else cells[0])
                assert shared.free[n] == drawn.free[n]
        unseen = [all(each.cells[n] is Cell.UNKNOWN for each in drawn.rows) for n in range(len(drawn.hours))]
        assert (shared.squares == ()) == any(unseen)
        covered = sum((hour.length for hour in drawn.hours), timedelta(0))
        worked = [mark for mark in plain.worked[id(sought.calendar)] if local_day(mark, sought.calendar) == day]
        assert covered == len(worked) * STEP


def local_day(mark: datetime, calendar: WorkingCalendar) -> date:
    return mark.astimezone(calendar.zone).date()


def least_free(plain: Plain, attendee: Attendee, hour: Interval) -> Cell:
    if plain.state(attendee, hour.start, hour.end) == "unknown":
        return Cell.UNKNOWN
    minutes = [hour.start + n * MINUTE for n in range(hour.length // MINUTE)]
    found = [plain.state(attendee, start, start + MINUTE) for start in minutes]
    if "missing" in found:
        return Cell.BUSY
    if "tentative" in found:
        return Cell.TENTATIVE
    return Cell.FREE if "free" in found else Cell.OUTSIDE


def share(cells: list[Cell]) -> Share:
    seen = [cell for cell in cells if cell is not Cell.UNKNOWN]
    part = seen.count(Cell.FREE) / len(seen)
    if part == 1:
        return Share.ALL
    return Share.MOST if part > 1 / 2 else Share.HALF if part else Share.NONE
