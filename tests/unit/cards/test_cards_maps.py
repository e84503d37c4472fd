"""Heat maps in words and squares."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from drawn import DAY, NOON, SHANGHAI, columns, person, question

from bot.availability.heatmap import day_map, day_rows
from bot.availability.holidays import read_table
from bot.availability.working_time import WorkingCalendar
from bot.cards import Renderer
from bot.features.common.requests import day_note
from bot.model.card_state import HeatMapCard
from bot.model.freebusy import BestStretch, Busy, FreeBusy
from bot.model.replies import Overview
from bot.model.requests import Language
from bot.model.time import Interval, Window, WindowKind

WORKED = WorkingCalendar(SHANGHAI, holidays=read_table("CN", [2026]))
WEEK_OF_MID_AUTUMN = [date(2026, 9, day) for day in range(21, 26)]


def days_of(language: Language, days: list[date], **others: object) -> list[str]:
    """The lines of the card that shows these days."""
    whole = Interval(WORKED.day(days[0]).start, WORKED.day(days[-1]).end)
    people = [(person(each), FreeBusy(whole, ()), WORKED) for each in ("张伟", "李娜")]
    notes = [
        day_note(Window(day.start.astimezone(SHANGHAI), day.end.astimezone(SHANGHAI), WindowKind.DAYS), NOON, WORKED)
        for day in map(WORKED.day, days)
    ]
    reply = Overview(
        question(language),
        HeatMapCard(),
        people=2,
        unknown=(),
        checked_at=NOON,
        days=day_rows(people, days=days, calendar=WORKED),
        day_notes=tuple(notes),
        **others,
    )
    return Renderer().card(reply, key="1-x", clock_zone="Asia/Shanghai", now=NOON).markdown.split("\n\n")


def test_a_holiday_is_one_line_with_its_name_and_no_squares():
    assert days_of(Language.ZH, WEEK_OF_MID_AUTUMN)[-1] == "周五 9/25 中秋节"
    assert days_of(Language.EN, WEEK_OF_MID_AUTUMN)[-1] == "Fri 25 Sep (Mid-Autumn Festival)"
    assert sum("🟦" in line for line in days_of(Language.ZH, WEEK_OF_MID_AUTUMN)) == 5  # four days and the legend


def test_a_make_up_saturday_has_squares_and_says_so():
    assert days_of(Language.ZH, [date(2026, 10, 9), date(2026, 10, 10)])[-1].endswith("周六 补班")


@pytest.mark.parametrize("language", Language)
def test_lines_are_as_wide_as_a_phone(language):
    best = (BestStretch(Interval(NOON + timedelta(hours=1), NOON + timedelta(hours=6)), 2),) * 2
    assert max(map(columns, days_of(language, WEEK_OF_MID_AUTUMN, best=best))) <= 40


def test_an_hour_that_is_busy_for_a_minute_is_busy():
    busy = Busy(Interval(NOON + timedelta(hours=1), NOON + timedelta(hours=1, minutes=1)))
    drawn = day_map([(person("张伟"), FreeBusy(DAY, (busy,)), WORKED)], day=NOON.date(), calendar=WORKED)
    reply = Overview(question(), HeatMapCard(), people=1, unknown=(), checked_at=NOON, day=drawn)
    card = Renderer().card(reply, key="1-x", clock_zone="Asia/Shanghai", now=NOON)
    assert "🟦🟦🟦｜🟧🟦🟦🟦🟦 张伟" in card.markdown
