"""When a digest is due: its days, its hours, and clocks that are changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.availability.due import WhyNot, due_on, edition_on, kind_on, next_due, week_from, why_not
from bot.availability.holidays import HolidayTable
from bot.availability.working_time import WorkingCalendar
from bot.model.digest_orders import DigestDays, EditionKind
from bot.model.digests import Digest
from bot.model.people import ConversationId
from bot.model.requests import Language

NATIONAL_DAY, MAKE_UP = date(2026, 10, 1), date(2026, 10, 10)
TABLE = HolidayTable("CN", {NATIONAL_DAY: ("国庆节", "National Day")}, frozenset({MAKE_UP}), frozenset({2026}))
CALENDAR = WorkingCalendar(ZoneInfo("Asia/Shanghai"), holidays=TABLE)
DIGEST = Digest(ConversationId("cid="), time(9, 10), "Asia/Shanghai", Language.ZH)
MONDAY, SATURDAY = date(2026, 10, 12), date(2026, 10, 17)


@pytest.mark.parametrize(
    ("days", "day", "reason"),
    [
        (DigestDays.WORKDAYS, MONDAY, None),
        (DigestDays.WORKDAYS, SATURDAY, WhyNot.DAY_OFF),
        (DigestDays.WORKDAYS, MAKE_UP, None),
        (DigestDays.WORKDAYS, NATIONAL_DAY, WhyNot.HOLIDAY),
        (DigestDays.DAILY, SATURDAY, None),
        (DigestDays.DAILY, NATIONAL_DAY, None),
        ((0, 2), MONDAY, None),
        ((0, 2), date(2026, 10, 13), WhyNot.NOT_ITS_DAY),
        ((0, 2), MAKE_UP, WhyNot.NOT_ITS_DAY),
        ((3,), NATIONAL_DAY, WhyNot.HOLIDAY),
        ((5,), SATURDAY, None),
    ],
)
def test_a_digest_goes_out_on_its_days_only(days, day, reason):
    digest = replace(DIGEST, days=days)
    assert why_not(digest, day, CALENDAR) is reason
    assert (due_on(digest, day, CALENDAR) is None) == (reason is not None)


@pytest.mark.parametrize(
    ("days", "sent"),
    [
        (DigestDays.WORKDAYS, ["2026-10-10", "2026-10-16", "2026-10-23"]),  # a make-up Saturday, two Fridays
        ((0,), ["2026-10-05", "2026-10-12", "2026-10-19"]),
        ((3,), ["2026-10-08", "2026-10-15", "2026-10-22"]),
    ],
)
def test_a_weekly_digest_goes_out_on_its_weekday_or_on_the_last_working_day(days, sent):
    digest = replace(DIGEST, kind=EditionKind.WEEK, days=days)
    october = [date(2026, 10, day) for day in range(5, 26)]
    assert [day.isoformat() for day in october if due_on(digest, day, CALENDAR)] == sent


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        ("2026-10-12", "2026-10-12"),  # Monday
        ("2026-10-13", "2026-10-19"),
        ("2026-10-16", "2026-10-19"),
        ("2026-10-18", "2026-10-19"),  # Sunday
        ("2026-09-28", "2026-09-28"),
    ],
)
def test_the_week_to_come_is_its_own_only_before_work_has_begun_in_it(day, monday):
    assert week_from(date.fromisoformat(day), CALENDAR) == date.fromisoformat(monday)
    weekly = edition_on(replace(DIGEST, kind=EditionKind.WEEK), date.fromisoformat(day), CALENDAR)
    assert weekly.week == date.fromisoformat(monday)


def test_week_ahead_is_about_the_week_on_its_last_working_day_alone():
    digest = replace(DIGEST, week_ahead=True)
    kinds = [kind_on(digest, date(2026, 10, day), CALENDAR) for day in range(12, 17)]
    assert kinds == [EditionKind.DAY] * 4 + [EditionKind.WEEK]


def test_nothing_goes_out_while_it_is_off_or_through_the_last_day_of_a_pause():
    assert why_not(replace(DIGEST, on=False), MONDAY, CALENDAR) is WhyNot.OFF
    paused = replace(DIGEST, paused_until=MONDAY)
    assert why_not(paused, MONDAY, CALENDAR) is WhyNot.PAUSED
    assert why_not(paused, date(2026, 10, 13), CALENDAR) is None


def test_a_digest_is_due_on_the_clocks_of_its_own_zone():
    tokyo = replace(DIGEST, zone="Asia/Tokyo")
    assert due_on(DIGEST, MONDAY, CALENDAR) == datetime(2026, 10, 12, 1, 10, tzinfo=UTC)
    assert due_on(tokyo, MONDAY, CALENDAR) == datetime(2026, 10, 12, 0, 10, tzinfo=UTC)


def test_a_time_that_a_clock_change_skips_comes_once_after_it():
    digest = replace(DIGEST, zone="America/New_York", at=time(2, 30), days=DigestDays.DAILY)
    due = due_on(digest, date(2027, 3, 14), CALENDAR)
    assert due == datetime(2027, 3, 14, 7, 30, tzinfo=UTC)
    assert due.astimezone(ZoneInfo(digest.zone)).time() == time(3, 30)


def test_a_time_that_comes_twice_is_its_first():
    digest = replace(DIGEST, zone="America/New_York", at=time(1, 30), days=DigestDays.DAILY)
    assert due_on(digest, date(2026, 11, 1), CALENDAR) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert next_due(digest, CALENDAR, after=datetime(2026, 11, 1, 5, 30, tzinfo=UTC)) == datetime(
        2026, 11, 2, 6, 30, tzinfo=UTC
    )


def test_a_skipped_time_at_the_end_of_a_day_comes_in_the_first_hour_of_the_next():
    digest = replace(DIGEST, zone="America/Nuuk", at=time(23, 30), days=DigestDays.DAILY)
    due = due_on(digest, date(2027, 3, 27), CALENDAR)
    assert due.astimezone(ZoneInfo(digest.zone)) == datetime(2027, 3, 28, 0, 30, tzinfo=ZoneInfo(digest.zone))
    assert next_due(digest, CALENDAR, after=due.replace(minute=0)) == due


def test_the_next_one_is_strictly_later_and_leaves_out_holidays():
    due = due_on(DIGEST, date(2026, 9, 30), CALENDAR)
    assert next_due(DIGEST, CALENDAR, after=due).date() == date(2026, 10, 2)
    assert next_due(replace(DIGEST, on=False), CALENDAR, after=due) is None
