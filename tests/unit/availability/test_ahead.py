"""What the next days hold for a digest, by China's table of 2026."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from bot.availability.ahead import ahead, unannounced
from bot.availability.holidays import read_table
from bot.availability.working_time import WorkingCalendar
from bot.model.digests import Digest, DigestDays, Pause
from bot.model.people import ConversationId
from bot.model.requests import Language

TABLE = read_table("CN", [2026, 2027])
CALENDAR = WorkingCalendar(ZoneInfo("Asia/Shanghai"), holidays=TABLE)
MID_AUTUMN = Pause(date(2026, 9, 25), date(2026, 9, 27), "中秋节", "Mid-Autumn Festival")
NATIONAL = Pause(date(2026, 10, 1), date(2026, 10, 7), "国庆节", "National Day")
MAKE_UP = Pause(date(2026, 10, 10), date(2026, 10, 10), make_up=True)


def digest(days=DigestDays.WORKDAYS):
    return Digest(ConversationId("cid"), time(9, 10), "Asia/Shanghai", Language.ZH, days=days)


@pytest.mark.parametrize(
    ("day", "days", "found"),
    [
        (date(2026, 9, 23), DigestDays.WORKDAYS, None),
        (date(2026, 9, 24), DigestDays.WORKDAYS, MID_AUTUMN),
        (date(2026, 9, 30), DigestDays.WORKDAYS, NATIONAL),
        (date(2026, 10, 8), DigestDays.WORKDAYS, None),
        (date(2026, 10, 9), DigestDays.WORKDAYS, MAKE_UP),
        (date(2026, 10, 10), DigestDays.WORKDAYS, None),
        (date(2026, 3, 20), DigestDays.WORKDAYS, None),  # a Friday
        (date(2026, 9, 24), DigestDays.DAILY, None),
        (date(2026, 9, 24), (0, 3), None),  # Mondays and Thursdays
        (date(2026, 9, 24), (3, 4), replace(MID_AUTUMN, last=date(2026, 9, 25))),
    ],
)
def test_a_pause_or_a_make_up_day_is_told_by_the_digest_before_it(day, days, found):
    assert ahead(digest(days), day, CALENDAR) == found


def test_without_a_table_nothing_is_told():
    assert ahead(digest(), date(2026, 9, 24), WorkingCalendar(CALENDAR.zone)) is None
    assert unannounced(date(2027, 1, 4), WorkingCalendar(CALENDAR.zone)) is None


def test_a_year_whose_table_is_not_out_is_named_a_week_before_it_begins():
    assert unannounced(date(2026, 12, 20), CALENDAR) is None
    assert unannounced(date(2026, 12, 28), CALENDAR) == 2027
    assert unannounced(date(2027, 3, 1), CALENDAR) == 2027
