"""The working calendars of the organisation and of single people."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.availability.holidays import HolidayTable
from bot.availability.working_time import DayKind
from bot.config import Config
from bot.features.services import Services
from bot.holiday_reader import HolidayTables
from bot.model.own_hours import NOTHING_OWN, OwnHours
from bot.model.people import StaffId

DAY = date(2026, 3, 17)
PEOPLE = [
    {"id": "berlin", "timezone": "Europe/Berlin"},
    {"id": "late", "working_time": {"start": "11:00", "end": "20:00", "days": ["tue", "wed"]}},
    {"id": "plain"},
]


def clock():
    return datetime.now(UTC)


def services(**changes):
    """Nothing but calendars."""
    settings = {"dingtalk": {"client_id": "d", "client_secret": "s"}, "people": PEOPLE, **changes}
    config = Config.model_validate(settings)
    tables = {"DE": HolidayTable("DE", {date(2026, 10, 3): ("统一日", "Unity")}, frozenset(), frozenset({2026}))}
    return Services(config, *[None] * 7, tables=HolidayTables(tables, clock=clock), clock=clock, chats=None)


def calendar_of(staff_id, said=NOTHING_OWN, **changes):
    return services(**changes).by_words(StaffId(staff_id), said)


def hours_of(staff_id, day=DAY, said=NOTHING_OWN, **changes):
    hours = calendar_of(staff_id, said, **changes).hours_of(day)
    return (hours.start.hour, hours.end.hour) if hours else None


def test_somebody_in_another_zone_works_by_their_own_clock():
    assert hours_of("berlin") == (8, 17)  # UTC
    assert hours_of("anybody") == (1, 10)


def test_somebody_with_hours_of_their_own_works_in_the_configurations_zone():
    assert hours_of("late") == (3, 12)
    assert hours_of("late", date(2026, 3, 16)) is None


def test_whoever_has_nothing_of_their_own_shares_one_calendar():
    given = services()
    calendars = [given.by_words(StaffId(each), NOTHING_OWN) for each in ("plain", "anybody", "other")]
    assert all(calendar is given.calendar("Asia/Shanghai") for calendar in calendars)


def test_own_words_go_before_the_configuration_and_that_before_the_organisation():
    said = OwnHours(start=7 * 60, end=15 * 60)
    assert hours_of("berlin", said=said) == (6, 14)  # UTC; still in Berlin
    assert hours_of("berlin", said=replace(said, zone="Asia/Tokyo")) == (22, 6)
    assert hours_of("late", date(2026, 3, 16), said=OwnHours(days=((0, None),))) == (3, 12)


def test_somebodys_holidays_are_those_of_their_country_and_the_organisations_own_days_are_everybodys():
    people = [{"id": "anna", "timezone": "Europe/Berlin", "holidays": "DE", "working_time": {"days": ["fri", "sat"]}}]
    own_days = {"days_off": ["2026-12-24"], "worked_days": ["2026-10-10"]}
    anna = calendar_of("anna", people=people, **own_days)
    assert anna.kind(date(2026, 10, 3)) is DayKind.HOLIDAY
    assert anna.kind(date(2026, 10, 10)) is DayKind.MAKE_UP
    assert calendar_of("bob", people=people, **own_days).kind(date(2026, 12, 24)) is DayKind.HOLIDAY
    assert calendar_of("bob", people=people, **own_days).kind(date(2026, 10, 3)) is DayKind.DAY_OFF


def test_an_organisations_own_days_need_no_country():
    bob = calendar_of("bob", holidays=None, days_off=["2026-12-24"], worked_days=["2026-12-26"])
    assert [bob.is_worked(date(2026, 12, day)) for day in (23, 24, 25, 26, 27)] == [True, False, True, True, False]
    assert bob.holidays.announced(2031)
