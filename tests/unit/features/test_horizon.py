"""How far a common time is looked for: working days, holidays and make-up days, and the days after the horizon."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.availability.holidays import HolidayTable
from bot.availability.slots import Attendee, Sought, find_slots
from bot.availability.working_time import WorkingCalendar
from bot.features.times.horizon import farther, with_horizon
from bot.model.freebusy import FreeBusy
from bot.model.people import StaffId
from bot.model.requests import Intent, Language, Problem, ProblemCode, Request
from bot.model.time import Interval, Window, WindowKind

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
NATIONAL_DAY = {date(2026, 10, day): ("国庆节", "National Day") for day in range(1, 8)}
HOLIDAYS = HolidayTable("CN", NATIONAL_DAY, frozenset({date(2026, 10, 10)}), frozenset({2026}))
CALENDAR = WorkingCalendar(SHANGHAI, holidays=HOLIDAYS)
TUESDAY = datetime(2026, 9, 29, 14, 5, tzinfo=SHANGHAI)
DAY = timedelta(days=1)


def request(*windows, **more):
    return Request(Intent.FIND_TIME, Language.ZH, tuple(windows), **more)


def window(day, start, end, kind=WindowKind.RANGE):
    """Hours of a day of October 2026, 0 being the last of September."""
    midnight = datetime(2026, 9, 30, tzinfo=SHANGHAI) + day * DAY
    return Window(midnight + timedelta(hours=start), midnight + timedelta(hours=end), kind)


def days(windows):
    return [(each.start.month, each.start.day) for each in windows]


def test_without_a_time_it_reaches_through_five_working_days_over_holidays():
    [found] = with_horizon(request(), TUESDAY, CALENDAR).windows
    assert (found.start, found.end, found.kind) == (TUESDAY, window(13, 0, 0.5).start, WindowKind.DAYS)
    # 30 September, 8 and 9 October, Saturday the 10th in exchange for a day off, Monday the 12th


def test_a_time_that_was_named_stays_and_a_problem_gets_none():
    named = request(window(0, 9, 18))
    assert with_horizon(named, TUESDAY, CALENDAR) is named
    unread = request(problem=Problem(ProblemCode.NOT_UNDERSTOOD, ""))
    assert with_horizon(unread, TUESDAY, CALENDAR).windows == ()


def test_slots_leave_holidays_out_and_use_make_up_days():
    [found] = with_horizon(request(), TUESDAY, CALENDAR).windows
    seen = FreeBusy(Interval(TUESDAY - DAY, TUESDAY + 30 * DAY))
    attendee = Attendee(StaffId("a"), seen, CALENDAR)
    sought = Sought((attendee,), (found,), timedelta(hours=3), CALENDAR, TUESDAY)
    starts = [slot.interval.start.astimezone(SHANGHAI) for slot in find_slots(sought, most=20)]
    assert sorted({(each.month, each.day) for each in starts}) == [
        (9, 29),
        (9, 30),
        (10, 8),
        (10, 9),
        (10, 10),
        (10, 12),
    ]


@pytest.mark.parametrize(
    ("windows", "expected"),
    [
        ([window(0, 13, 18, WindowKind.PART)], (13, 18)),
        ([window(0, 20, 22)], (20, 22)),
        ([window(-1, 9, 12), window(0, 10, 11)], (10, 11)),
        ([window(0, 14.5, 24, WindowKind.DAYS)], (0, 24)),
        ([window(-2, 0, 72, WindowKind.DAYS)], (0, 24)),
        ([window(0, 22, 26)], (22, 26)),
    ],
)
def test_farther_days_have_the_hours_of_the_last_one(windows, expected):
    found = farther(request(*windows), CALENDAR)
    assert days(found) == [(10, 8), (10, 9), (10, 10), (10, 12), (10, 13)]
    assert found[0] == window(8, *expected, windows[-1].kind)


def test_what_is_avoided_stays_avoided_on_farther_days():
    found = farther(request(window(0, 9, 12, WindowKind.DAYS), window(0, 13, 24, WindowKind.DAYS)), CALENDAR)
    assert found[:2] == (window(8, 0, 12, WindowKind.DAYS), window(8, 13, 24, WindowKind.DAYS))
    assert len(found) == 10


def test_hours_that_had_begun_are_whole_on_farther_days():
    begun = request(window(0, 15, 18, WindowKind.PART), full=(window(0, 13, 18, WindowKind.PART),))
    assert farther(begun, CALENDAR)[0] == window(8, 13, 18, WindowKind.PART)


def test_no_more_than_31_days_are_read_in_all():
    found = farther(request(window(1, 0, 28 * 24, WindowKind.DAYS)), CALENDAR)
    assert days(found) == [(10, 29), (10, 30)]
    assert farther(request(window(1, 0, 31 * 24, WindowKind.DAYS)), CALENDAR) == ()


def test_farther_hours_stay_on_the_clock_where_it_changes():
    friday = datetime(2026, 10, 23, 9, tzinfo=BERLIN)
    found = farther(request(Window(friday, friday + timedelta(hours=1))), WorkingCalendar(BERLIN))
    assert [(each.start.hour, each.start.utcoffset()) for each in found[:1]] == [(9, timedelta(hours=1))]


def test_a_calendar_without_working_days_has_no_farther_ones():
    idle = WorkingCalendar(SHANGHAI, weekdays=frozenset())
    assert farther(request(window(0, 9, 18)), idle) == ()
    assert len(with_horizon(request(), TUESDAY, idle).windows) == 1
