"""The weekday and hour that suits in most weeks: by a plain count over every half hour."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.availability.holidays import HolidayTable
from bot.availability.series import Seen, standing, suiting
from bot.availability.weekly import SoughtWeekly, best, better_than, candidates, working_hours
from bot.availability.working_time import WorkingCalendar
from bot.model.freebusy import Busy, BusyStatus, FreeBusy, Unknown
from bot.model.people import StaffId, UnknownReason
from bot.model.time import Interval

BERLIN = ZoneInfo("Europe/Berlin")
FIRST = date(2026, 3, 17)
NOW = datetime(2026, 3, 16, 10, tzinfo=BERLIN)
LABOUR = HolidayTable("DE", {date(2026, 5, 1): ("劳动节", "Labour Day")}, frozenset(), frozenset({2026}))
CALENDAR = WorkingCalendar(BERLIN, holidays=LABOUR)
HALVES = (
    Interval(datetime(2026, 3, 17, tzinfo=BERLIN), datetime(2026, 4, 15, tzinfo=BERLIN)),
    Interval(datetime(2026, 4, 14, tzinfo=BERLIN), datetime(2026, 5, 13, tzinfo=BERLIN)),
)
BUSY = st.lists(
    st.builds(
        lambda day, half_hours, length, status: Busy(
            Interval(
                datetime(2026, 3, 17, tzinfo=BERLIN) + timedelta(days=day, minutes=30 * half_hours),
                datetime(2026, 3, 17, tzinfo=BERLIN) + timedelta(days=day, minutes=30 * (half_hours + length)),
            ),
            status,
        ),
        st.integers(0, 55),
        st.integers(16, 36),
        st.integers(1, 8),
        st.sampled_from(BusyStatus),
    ),
    max_size=60,
)
PART = BUSY.map(sorted)


def person(name, items, *, hidden=None):
    def known(half):
        inside = tuple(item for item in items if item.interval.overlaps(half))
        return FreeBusy(half, inside)

    gone = Unknown(UnknownReason.TIMEOUT)
    return Seen(StaffId(name), tuple(gone if hidden == at else known(half) for at, half in enumerate(HALVES)))


def sought(*people, minutes=60):
    return SoughtWeekly(people, FIRST, 8, timedelta(minutes=minutes), CALENDAR, NOW, working_hours(CALENDAR))


@given(PART, PART, st.sampled_from([None, 0, 1]), st.sampled_from([30, 45, 60]))
def test_what_suits_is_what_a_plain_count_says(one, other, hidden, minutes):
    people = (person("a", one), person("b", other, hidden=hidden))
    for found in candidates(sought(*people, minutes=minutes)):
        slots = [standing(time, people) for time in found.times]
        assert found.suiting == len(suiting(slots, len(people), CALENDAR))
        starts = [time.start.astimezone(BERLIN) for time in found.times]
        assert {(start.weekday(), start.hour * 60 + start.minute) for start in starts} == {
            (found.weekday, found.minute)
        }
        assert len(starts) == 8
        assert all(start >= NOW for start in starts)


def test_the_better_one_is_on_the_same_weekday_if_it_can_be_and_strictly_better():
    weeks = [
        Interval(*(datetime(2026, 3, 18, hour, tzinfo=BERLIN) + timedelta(weeks=n) for hour in (15, 16)))
        for n in (1, 2)
    ]
    found = candidates(sought(person("a", [Busy(each) for each in weeks])))
    better = better_than(6, 2, 15 * 60, found)
    assert better is not None
    assert (better.weekday, better.minute, better.suiting) == (2, 14 * 60, 8)
    assert better_than(8, 2, 15 * 60, found) is None


def test_a_friday_with_a_holiday_does_worse():
    found = candidates(sought(person("a", [])))
    assert {each.suiting for each in found if each.weekday == 4} == {7}
    assert {each.suiting for each in found if each.weekday != 4} == {8}


def test_the_best_are_on_days_of_their_own():
    assert [(each.weekday, each.minute) for each in best(candidates(sought(person("a", []))), 3)] == [
        (1, 540), (2, 540), (3, 540),
    ]  # fmt: skip


def test_where_nobody_can_be_seen_there_is_none():
    gone = Unknown(UnknownReason.NOT_SHARED)
    assert candidates(sought(Seen(StaffId("a"), (gone, gone)))) == []
