"""Leave laid over calendars."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.availability.judge import judge
from bot.availability.on_leave import times_off, with_leave
from bot.availability.working_time import WorkingCalendar
from bot.model.freebusy import Busy, FreeBusy, State, Unknown
from bot.model.leave import LeaveSpan, LeaveUnread
from bot.model.people import Person, StaffId, UnionId, UnknownReason
from bot.model.time import Interval, Window, WindowKind

SHANGHAI, LOS_ANGELES = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/Los_Angeles")
OFFICE = WorkingCalendar(SHANGHAI)
TUESDAY = datetime(2026, 3, 17, tzinfo=SHANGHAI)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WHOLE = Interval(TUESDAY, TUESDAY + DAY)
ANN = Person(StaffId("ann"), UnionId("ann"), "Ann")


def hours(start: float, end: float) -> LeaveSpan:
    return LeaveSpan((TUESDAY + start * HOUR).astimezone(UTC), (TUESDAY + end * HOUR).astimezone(UTC))


def laid(known, *spans, calendar=OFFICE):
    return with_leave(known, spans, calendar=calendar, office=SHANGHAI, window=WHOLE)


def state(known, start: float, end: float, kind=WindowKind.RANGE):
    window = Window(TUESDAY + start * HOUR, TUESDAY + end * HOUR, kind)
    return judge(ANN, known, windows=[window], calendar=OFFICE)


def test_leave_is_firmly_busy_beside_what_the_calendar_says():
    known = laid(FreeBusy(WHOLE, (Busy(Interval(TUESDAY + 14 * HOUR, TUESDAY + 15 * HOUR)),)), hours(9, 12))
    assert state(known, 9, 10).state is State.BUSY
    assert state(known, 9, 10).until == TUESDAY + 12 * HOUR
    assert state(known, 14, 15).state is State.BUSY
    assert state(known, 16, 17).state is State.FREE
    assert state(known, 16, 17).leave == ()
    assert state(known, 9, 10).leave == (Interval(TUESDAY + 9 * HOUR, TUESDAY + 12 * HOUR),)


def test_who_cannot_be_seen_and_is_on_leave_all_day_is_known_to_be_away():
    hidden = Unknown(UnknownReason.NOT_SHARED, "No permission")
    known = laid(hidden, hours(9, 18))
    assert state(known, 0, 24, WindowKind.DAYS).state is State.BUSY
    assert state(known, 10, 11).state is State.BUSY
    evening = state(known, 20, 21)
    assert (evening.state, evening.unknown.reason) == (State.UNKNOWN, UnknownReason.NOT_SHARED)


def test_who_cannot_be_seen_and_is_on_leave_for_a_part_stays_unknown():
    known = laid(Unknown(UnknownReason.NOT_SHARED), hours(9, 12))
    assert state(known, 9, 10).state is State.UNKNOWN
    assert state(known, 9, 10).leave == (Interval(TUESDAY + 9 * HOUR, TUESDAY + 12 * HOUR),)


def test_a_leave_that_makes_no_sense_makes_its_person_unknown_and_a_failed_call_nobody():
    for theirs, expected in ((True, State.UNKNOWN), (False, State.FREE)):
        unread = LeaveUnread(UnknownReason.UNREADABLE, theirs=theirs)
        known = with_leave(FreeBusy(WHOLE), unread, calendar=OFFICE, office=SHANGHAI, window=WHOLE)
        assert state(known, 9, 10).state is expected


def test_nobody_looked_is_not_the_same_as_no_leave():
    assert with_leave(FreeBusy(WHOLE), None, calendar=OFFICE, office=SHANGHAI, window=WHOLE).leave is None
    assert laid(FreeBusy(WHOLE)).leave == ()


def off(start, end, days=None, home=SHANGHAI):
    return list(times_off(LeaveSpan(start, end, days), home=home, office=SHANGHAI))


@pytest.mark.parametrize(("end", "days"), [(TUESDAY + DAY, 1), (TUESDAY, 1), (TUESDAY + DAY - timedelta(seconds=1), 1)])
def test_a_day_is_the_same_day_however_its_end_is_written(end, days):
    assert off(TUESDAY, end, days) == [WHOLE]


def test_two_days_may_end_at_the_midnight_of_the_last():
    assert off(TUESDAY, TUESDAY + DAY, 2) == [Interval(TUESDAY, TUESDAY + 2 * DAY)]


def test_half_days_end_where_they_say():
    assert off(TUESDAY + 9 * HOUR, TUESDAY + 12 * HOUR, 0.5) == [Interval(TUESDAY + 9 * HOUR, TUESDAY + 12 * HOUR)]
    assert off(TUESDAY, TUESDAY, 0.5) == [WHOLE]  # which half is not said


def test_a_day_of_leave_is_a_day_where_its_owner_is():
    there = datetime(2026, 3, 17, tzinfo=LOS_ANGELES)
    assert off(there, there + DAY, 1, LOS_ANGELES) == [Interval(there, there + DAY)]


def test_a_day_counted_by_the_office_is_taken_for_both_days_it_may_be():
    there = datetime(2026, 3, 17, tzinfo=LOS_ANGELES)
    assert off(TUESDAY, TUESDAY + DAY, 1, LOS_ANGELES) == [WHOLE, Interval(there, there + DAY)]
