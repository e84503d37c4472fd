"""The times of a series, what is read for them, and what is told of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from bot.availability.holidays import HolidayTable
from bot.availability.series import (
    LONGEST_READING,
    MOST,
    Seen,
    busy_always,
    is_day_of,
    readings,
    skipped,
    standing,
    suiting,
    times_of,
    unseen,
    weeks_read,
)
from bot.availability.working_time import WorkingCalendar
from bot.model.freebusy import Busy, BusyStatus, FreeBusy, Unknown
from bot.model.people import StaffId, UnknownReason
from bot.model.series import Frequency, SeriesEnd, SeriesRule, read_rule
from bot.model.time import Interval

SHANGHAI, BERLIN, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
HOUR = timedelta(hours=1)
ANN, BOB = StaffId("ann"), StaffId("bob")


def at(zone, *when, hours=1):
    start = datetime(*when, tzinfo=zone)
    return Interval(start, start + hours * HOUR)


def local_starts(times, zone):
    return [time.start.astimezone(zone) for time in times]


# ---------------------------------------------------------------- rules
RULES = st.one_of(
    st.builds(SeriesRule, st.just(Frequency.DAILY), st.integers(1, 5)),
    st.builds(
        SeriesRule,
        st.just(Frequency.WEEKLY),
        st.integers(1, 4),
        st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    ),
    st.builds(
        SeriesRule,
        st.just(Frequency.MONTHLY),
        st.integers(1, 3),
        st.integers(0, 6).map(lambda day: (day,)),
        st.sampled_from([1, 2, 3, 4, 5, -1]),
    ),
    st.builds(SeriesRule, st.just(Frequency.MONTHLY), st.integers(1, 3), month_day=st.integers(1, 31)),
)
EARLIEST, LATEST = datetime(2025, 1, 1), datetime(2027, 12, 31)  # noqa: DTZ001 - on clocks of any zone
STARTS = st.datetimes(EARLIEST, LATEST).map(lambda moment: moment.replace(microsecond=0))


@given(RULES)
def test_a_rule_is_read_from_its_text(rule):
    assert read_rule(rule.text) == (rule, SeriesEnd())


@pytest.mark.parametrize(
    "text",
    ["", "FREQ=YEARLY", "FREQ=MONTHLY", "FREQ=WEEKLY;BYDAY=1MO", "FREQ=MONTHLY;BYDAY=MO,TU", "FREQ=DAILY;BYHOUR=9",
     "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=3", "FREQ=WEEKLY;BYDAY=XX", "FREQ=DAILY;INTERVAL=0"],
)  # fmt: skip
def test_a_rule_that_nobody_orders_is_refused(text):
    with pytest.raises(ValueError):
        read_rule(text)


@given(RULES, STARTS, st.integers(1, MOST), st.sampled_from([SHANGHAI, BERLIN, NEW_YORK]))
def test_the_times_are_those_of_dateutil_at_the_same_hour(rule, start, count, zone):
    """By the clocks of the zone, as RFC 5545 has it; dateutil reckons on the clocks alone."""
    naive = list(rrule.rrulestr(f"RRULE:{rule.text};COUNT={count + 1}", dtstart=start))
    first = next((day for day in naive if day >= start), None)
    if first is None:
        return
    expected = list(rrule.rrulestr(f"RRULE:{rule.text};COUNT={count}", dtstart=first))
    times = times_of(
        rule, SeriesEnd(count), Interval(first.replace(tzinfo=zone), first.replace(tzinfo=zone) + HOUR), zone
    )
    assert [time.start for time in times] == [day.replace(tzinfo=zone).astimezone(UTC) for day in expected]
    assert {time.length for time in times} == {HOUR}
    assert is_day_of(rule, first.date())


def test_the_hour_stays_over_a_clock_change():
    for zone, first in ((BERLIN, (2026, 3, 18, 15)), (NEW_YORK, (2026, 10, 21, 9))):
        rule = SeriesRule(Frequency.WEEKLY, weekdays=(2,))
        starts = local_starts(times_of(rule, SeriesEnd(), at(zone, *first), zone), zone)
        assert {start.hour for start in starts} == {first[3]}
        assert len({start.utcoffset() for start in starts}) == 2
        assert len(starts) == 8


def test_where_no_end_is_said_there_are_eight_and_never_more_than_one_too_many():
    rule, first = SeriesRule(Frequency.DAILY), at(SHANGHAI, 2026, 3, 16, 10)
    assert len(times_of(rule, SeriesEnd(), first, SHANGHAI)) == 8
    assert len(times_of(rule, SeriesEnd(count=400), first, SHANGHAI)) == MOST + 1
    assert len(times_of(rule, SeriesEnd(until=date(2026, 3, 20)), first, SHANGHAI)) == 5
    until = datetime(2026, 3, 20, 1, 59, tzinfo=UTC)
    assert len(times_of(rule, SeriesEnd(until=until), first, SHANGHAI)) == 4
    assert len(times_of(rule, SeriesEnd(until=date(2030, 1, 1)), first, SHANGHAI)) == MOST + 1


def test_a_month_without_that_day_is_passed_over_and_told():
    rule = SeriesRule(Frequency.MONTHLY, month_day=31)
    days = [
        each.date()
        for each in local_starts(times_of(rule, SeriesEnd(4), at(SHANGHAI, 2026, 3, 31, 10), SHANGHAI), SHANGHAI)
    ]
    assert [day.month for day in days] == [3, 5, 7, 8]
    assert skipped(rule, days) == [date(2026, 4, 1), date(2026, 6, 1)]
    fifth = SeriesRule(Frequency.MONTHLY, weekdays=(4,), nth=5)
    assert skipped(fifth, [date(2026, 5, 29), date(2026, 7, 31)]) == [date(2026, 6, 1)]
    assert skipped(SeriesRule(Frequency.WEEKLY, weekdays=(4,)), [date(2026, 5, 29), date(2026, 7, 31)]) == []


# ---------------------------------------------------------------- what is read
@given(RULES, STARTS, st.integers(1, MOST), st.sampled_from([SHANGHAI, BERLIN]))
def test_every_time_lies_in_one_reading_of_a_month_at_most(rule, start, count, zone):
    calendar = WorkingCalendar(zone)
    first = start.replace(tzinfo=zone)
    times = times_of(rule, SeriesEnd(count), Interval(first, first + HOUR), zone)
    found = readings(times, calendar)
    for time in times:
        assert any(reading.clip(time) == time for reading in found)
    assert all(reading.length <= LONGEST_READING + HOUR for reading in found)


def test_eight_weeks_are_two_readings_of_whole_weeks():
    calendar = WorkingCalendar(SHANGHAI)
    found = weeks_read(date(2026, 3, 17), 8, calendar)
    assert len(found) == 2
    assert all(reading.length == timedelta(days=29) for reading in found)
    assert found[1].end == datetime(2026, 5, 13, tzinfo=SHANGHAI)


# ---------------------------------------------------------------- who is in the way
TIMES = [at(SHANGHAI, 2026, 4, day, 15) for day in (22, 29)] + [at(SHANGHAI, 2026, 5, 6, 15)]
WHOLE = Interval(datetime(2026, 4, 20, tzinfo=SHANGHAI), datetime(2026, 5, 10, tzinfo=SHANGHAI))
GONE = Unknown(UnknownReason.TIMEOUT)


def seen(who, *busy, status=BusyStatus.BUSY):
    return Seen(who, (FreeBusy(WHOLE, tuple(Busy(each, status) for each in busy)),))


def slots(*people):
    return [standing(time, people) for time in TIMES]


def test_busy_tentative_and_unknown_are_told_apart():
    found = slots(seen(ANN, TIMES[0]), seen(BOB, TIMES[1], status=BusyStatus.TENTATIVE), Seen(StaffId("c"), (GONE,)))
    assert [slot.missing for slot in found] == [(ANN,), (), ()]
    assert [slot.tentative for slot in found] == [(), (BOB,), ()]
    assert unseen(found) == {"c"}
    assert busy_always(found) == set()
    assert suiting(found, 3, WorkingCalendar(SHANGHAI)) == [found[2]]


def test_nobody_seen_suits_nobody():
    assert suiting(slots(Seen(ANN, (GONE,))), 1, WorkingCalendar(SHANGHAI)) == []


def test_who_is_not_seen_for_once_is_not_taken_for_free_then():
    half = FreeBusy(Interval(WHOLE.start, TIMES[1].start))
    found = slots(seen(ANN), Seen(BOB, (half, GONE)))
    assert [slot.unknown for slot in found] == [(), (BOB,), (BOB,)]
    assert suiting(found, 2, WorkingCalendar(SHANGHAI)) == [found[0]]


def test_a_holiday_suits_nobody():
    table = HolidayTable("CN", {date(2026, 5, 6): ("劳动节", "Labour Day")}, frozenset(), frozenset({2026}))
    found = slots(seen(ANN))
    assert suiting(found, 1, WorkingCalendar(SHANGHAI, holidays=table)) == found[:2]
    assert busy_always(slots(seen(ANN, WHOLE))) == {ANN}
