"""Times as people write them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from drawn import NOON, at

from bot.cards.times import TimeWords
from bot.cards.zones import zone_name
from bot.model.replies import DayNote
from bot.model.requests import Language
from bot.model.time import Interval, Window, WindowKind

ZH = TimeWords(Language.ZH, "Asia/Shanghai", NOON.date())
EN = TimeWords(Language.EN, "Asia/Shanghai", NOON.date())


@pytest.mark.parametrize(
    ("start", "end", "chinese", "english"),
    [
        (14, 16, "14:00–16:00", "2–4 pm"),
        (9, 9.5, "09:00–09:30", "9–9:30 am"),
        (11, 13, "11:00–13:00", "11 am–1 pm"),
        (0, 1, "00:00–01:00", "12–1 am"),
        (12, 13, "12:00–13:00", "12–1 pm"),
        (22, 24, "22:00–24:00", "10 pm–midnight"),
        (22, 26, "22:00–次日 02:00", "10 pm–2 am (Wed 18 Mar)"),
        (0, 24, "00:00–24:00", "12 am–midnight"),
    ],
)
def test_hours_are_written_in_both_languages(start, end, chinese, english):
    interval = Interval(at(start), at(end))
    assert (ZH.hours(interval), EN.hours(interval)) == (chinese, english)


@pytest.mark.parametrize(
    ("hour", "chinese", "english"),
    [(0, "00:00", "12 am"), (7.5, "07:30", "7:30 am"), (12, "12:00", "12 pm"), (15.25, "15:15", "3:15 pm")],
)
def test_clocks_are_written_in_both_languages(hour, chinese, english):
    assert (ZH.clock(at(hour)), EN.clock(at(hour))) == (chinese, english)


def test_a_day_has_its_year_only_where_it_is_another():
    assert (ZH.day(NOON), EN.day(NOON)) == ("周二 3/17", "Tue 17 Mar")
    later = NOON + timedelta(days=300)
    assert (ZH.day(later), EN.day(later)) == ("周一 2027/1/11", "Mon 11 Jan 2027")


def test_an_end_at_midnight_closes_its_day():
    assert (ZH.until(at(24)), EN.until(at(24))) == ("周二 3/17 24:00", "Tue 17 Mar, midnight")
    assert (ZH.until(at(18)), EN.until(at(18))) == ("周二 3/17 18:00", "Tue 17 Mar, 6 pm")


@pytest.mark.parametrize(
    ("window", "chinese", "english"),
    [
        (Window(at(0), at(24), WindowKind.DAYS), "周二 3/17", "Tue 17 Mar"),
        (Window(at(10), at(24), WindowKind.DAYS), "周二 3/17 10:00 起", "Tue 17 Mar, from 10 am"),
        (Window(at(0), at(72), WindowKind.DAYS), "周二 3/17 – 周四 3/19", "Tue 17 – Thu 19 Mar"),
        (
            Window(at(10), at(72), WindowKind.DAYS),
            "周二 3/17 – 周四 3/19，10:00 起",
            "Tue 17 – Thu 19 Mar, from 10 am",
        ),
        (Window(at(13), at(18), WindowKind.PART), "周二 3/17 13:00–18:00", "Tue 17 Mar, 1–6 pm"),
    ],
)
def test_windows_are_dates_with_weekday_and_hours(window, chinese, english):
    assert (ZH.window(window, DayNote()), EN.window(window, DayNote())) == (chinese, english)


def test_a_button_names_the_day_where_it_changes():
    seen = [Window(at(14), at(16))]
    assert ZH.moved([Window(at(16), at(18))], seen) == "16:00–18:00"
    assert ZH.moved([Window(at(33), at(35))], seen) == "周三 3/18 09:00–11:00"
    assert EN.moved([Window(at(24), at(48), WindowKind.DAYS)], seen) == "Wed 18 Mar"


def test_zones_have_names():
    assert zone_name("Asia/Shanghai", Language.ZH) == "北京时间"
    assert zone_name("Europe/Berlin", Language.EN) == "Berlin"
    assert zone_name("America/Argentina/Buenos_Aires", Language.EN) == "Buenos Aires"
    assert zone_name("UTC", Language.EN) == "UTC"


def test_an_hour_that_comes_twice_is_written_by_its_wall():
    berlin = TimeWords(Language.ZH, "Europe/Berlin", NOON.date())
    first = datetime.fromisoformat("2026-10-25T00:30:00+00:00")
    assert [berlin.clock(first + timedelta(hours=n)) for n in range(3)] == ["02:30", "02:30", "03:30"]


def test_an_offset_is_shown_as_such():
    shown = [zone_name(zone, language) for zone in ("+05:30", "-03:00") for language in Language]
    assert shown == ["UTC+5:30", "UTC+5:30", "UTC-3", "UTC-3"]
