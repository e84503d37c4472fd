"""When the replies to a meeting are looked at: two hours before it, in the organizer's hours, once it makes sense."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.availability.response_look import BEFORE, response_look
from bot.availability.working_time import WorkingCalendar
from bot.model.time import Interval

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkingCalendar(ZONE)
WEEKS_AGO = datetime(2040, 2, 20, 10, tzinfo=ZONE)


def at(day: int, hour: float) -> datetime:
    """A time in March 2040, whose 12th is a Monday."""
    return datetime(2040, 3, day, tzinfo=ZONE) + timedelta(hours=hour)


@pytest.mark.parametrize(
    ("start", "look"),
    [
        (at(15, 15), at(15, 13)),
        (at(15, 16.5), at(15, 14.5)),
        (at(15, 14.5), at(15, 11.5)),  # half an hour before the break
        (at(15, 9.5), at(14, 17.5)),  # the evening before
        (at(12, 10), at(9, 17.5)),  # on Friday, for a Monday morning
        (at(17, 15), at(16, 17.5)),  # a Saturday
        (at(15, 21), at(15, 17.5)),
    ],
)
def test_two_hours_before_or_before_work_ended_last(start, look):
    assert response_look(start, CALENDAR, after=WEEKS_AGO) == look


def test_what_is_made_in_the_evening_for_the_morning_is_looked_at_when_work_begins():
    assert response_look(at(15, 10), CALENDAR, after=at(14, 20)) == at(15, 9)


def test_what_is_made_in_the_evening_for_first_thing_is_not_looked_at():
    assert response_look(at(15, 9.25), CALENDAR, after=at(14, 20)) is None


@pytest.mark.parametrize("hours", [0.5, 1, 2])
def test_what_begins_within_two_hours_is_not_looked_at(hours):
    assert response_look(at(15, 15), CALENDAR, after=at(15, 15 - hours)) is None


def test_whoever_never_works_is_not_looked_after():
    assert response_look(at(15, 15), WorkingCalendar(ZONE, weekdays=frozenset()), after=WEEKS_AGO) is None


@given(minutes=st.integers(0, 14 * 24 * 60), ahead=st.integers(1, 7 * 24 * 60))
def test_it_is_after_now_before_the_start_and_in_working_time(minutes, ahead):
    now = WEEKS_AGO + timedelta(minutes=minutes)
    start = now + timedelta(minutes=ahead)
    look = response_look(start, CALENDAR, after=now)
    if look is None:
        return
    assert now < look <= start - timedelta(minutes=30)
    assert look <= start - BEFORE or look.astimezone(ZONE).hour in (9, 13)  # when work begins, or goes on
    assert CALENDAR.touches(Interval(look, look + timedelta(minutes=1)))
