"""Card markdown as HTML, the sample calendars, and the playground's port."""

from __future__ import annotations

import socket
from datetime import date, datetime, timedelta

import pytest

from bot.emulator import Calendar, Emulator
from bot.errors import YoukongError
from bot.playground import Playground, sample_company
from bot.playground.diaries import LEAVE, LEAVE_TODAY, TODAY, WEEKLY, ZONE, fill
from bot.playground.markdown import to_html

WEDNESDAY = date(2026, 3, 11)


@pytest.mark.parametrize("line_break", ["<br>", "<br/>", "<BR />"])
def test_br_breaks_a_line(line_break):
    assert to_html(f"a{line_break}b") == "<p>a<br />\nb</p>\n"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <b onclick=x()>b</b>",
        "<br onclick=x()>",
        "![x](http://evil.example/x.png)",
        "[x](javascript:alert(1))",
        "<javascript:alert(1)>",
        "    <b>indented</b>",
    ],
)
def test_markup_of_others_stays_text(text):
    html = to_html(text)
    for tag in ("<script", "<b", "<img", 'href="javascript'):
        assert tag not in html.replace("<br />", "")


def test_bold_and_links_are_shown():
    assert to_html("**a**") == "<p><strong>a</strong></p>\n"
    assert 'rel="noopener noreferrer"' in to_html("[a](https://example.com)")


def filled(staff_id: str, today: date) -> Calendar:
    calendar = Calendar()
    fill(calendar, staff_id, today=today)
    return calendar


def busy(calendar: Calendar, day: date, start: int, end: int) -> int:
    begin = datetime(day.year, day.month, day.day, tzinfo=ZONE)
    return len(calendar.between(begin + timedelta(hours=start), begin + timedelta(hours=end)))


def test_one_day_gives_one_company():
    for staff_id in WEEKLY:
        assert filled(staff_id, WEDNESDAY).items == filled(staff_id, WEDNESDAY).items


@pytest.mark.parametrize("offset", range(7))
def test_any_day_has_somebody_busy_and_somebody_free_at_any_hour_of_work(offset):
    today = WEDNESDAY + timedelta(days=offset)
    at_hour = [{busy(filled(each, today), today, hour, hour + 1) > 0 for each in TODAY} for hour in range(9, 18)]
    assert all(states == {True, False} for states in at_hour)


@pytest.mark.parametrize("offset", range(7))
def test_the_coming_two_weeks_hold_meetings(offset):
    today = WEDNESDAY + timedelta(days=offset)
    for staff_id in WEEKLY:
        assert busy(filled(staff_id, today), today + timedelta(days=1), 0, 24 * 13) >= 5


def test_some_are_on_leave_today_and_some_later():
    emulator = Emulator()
    company = sample_company(emulator, WEDNESDAY)
    away = {each.staff_id: each.leave.entries for each in company.people if each.leave.entries}
    assert set(away) == {*LEAVE, *LEAVE_TODAY}
    assert {each for each in away if away[each][0].start.astimezone(ZONE).date() == WEDNESDAY} == set(LEAVE_TODAY)


async def test_a_taken_port_that_was_asked_for_is_one_clear_line():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(YoukongError, match=f"port {port} is taken, expected a free one"):
            await Playground(port=port).__aenter__()
