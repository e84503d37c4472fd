"""The working calendars of the organisation and of single people."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.config import Config
from bot.features.services import Services
from bot.model.people import StaffId

DAY = date(2026, 3, 17)
PEOPLE = [
    {"id": "berlin", "timezone": "Europe/Berlin"},
    {"id": "late", "working_time": {"start": "11:00", "end": "20:00", "days": ["tue", "wed"]}},
    {"id": "plain"},
]


def services():
    """Nothing but calendars."""
    config = Config.model_validate({"dingtalk": {"client_id": "d", "client_secret": "s"}, "people": PEOPLE})
    return Services(config, None, None, None, None, None, None, clock=lambda: datetime.now(UTC), chats=None)


def hours_of(staff_id, day=DAY):
    hours = services().calendar_of(StaffId(staff_id), "Asia/Shanghai").hours_of(day)
    return (hours.start.hour, hours.end.hour) if hours else None


def test_somebody_in_another_zone_works_by_their_own_clock():
    assert hours_of("berlin") == (8, 17)  # UTC
    assert hours_of("anybody") == (1, 10)


def test_somebody_with_hours_of_their_own_works_in_the_chats_zone():
    assert hours_of("late") == (3, 12)
    assert hours_of("late", date(2026, 3, 16)) is None


def test_only_those_who_work_otherwise_have_calendars_of_their_own():
    given = services()
    own = given.own_calendars("Asia/Shanghai")
    assert set(own) == {"berlin", "late"}
    assert given.own_calendars("Asia/Shanghai") is own


def test_whoever_has_nothing_of_their_own_shares_one_calendar():
    given = services()
    calendars = [given.calendar_of(StaffId(each), "Asia/Shanghai") for each in ("plain", "anybody", "other")]
    assert all(calendar is given.calendar("Asia/Shanghai") for calendar in calendars)
