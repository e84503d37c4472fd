"""Teams and settings in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from drawn import ASKED, columns, person, question

from bot.cards import Renderer
from bot.model.deeds import SetBy, SettingsShown, TeamChange, TeamShown
from bot.model.people import Missing, StaffId, UnknownReason
from bot.model.questions import Edit
from bot.model.requests import Language

ME = StaffId("liu")
PEOPLE = tuple(person(f"同事{n}") for n in range(7))
LOST = Missing("staff-9", UnknownReason.NOT_FOUND, StaffId("staff-9"))


def card_of(reply):
    return Renderer().card(reply, key="1-x", clock_zone="Asia/Shanghai", now=ASKED)


def edited(language=Language.ZH, **edit):
    asked = question(language)
    return replace(asked, view=replace(asked.view, edit=Edit(ME, ASKED, **edit)))


@pytest.mark.parametrize("language", Language)
def test_every_line_of_a_team_is_as_wide_as_a_phone(language):
    change = TeamChange("刘洋", ASKED, added=PEOPLE[:2])
    for asked in (question(language), edited(language, people=(ME,)), edited(language, people=(ME,), undone=True)):
        shown = TeamShown(asked, (*PEOPLE, LOST), change=change, already=PEOPLE[2:], unknown=(LOST,))
        card = card_of(shown)
        assert max(columns(line) for line in (card.title, *card.markdown.split("\n\n"), card.tips)) <= 40, card.text


def test_somebody_who_is_gone_from_the_directory_is_counted_apart():
    card = card_of(TeamShown(question(), (PEOPLE[0], LOST)))
    assert card.title == "团队 2 人"
    assert card.markdown.split("\n\n")[:2] == ["👥 同事0", "❔ 查不到 1：staff-9（没找到）"]


def test_a_nickname_stays_a_name_in_a_team():
    card = card_of(TeamShown(question(), (person("[x](http://evil)"),)))
    assert "](" not in card.markdown


def test_two_hundred_long_names_fit_into_a_card():
    people = tuple(person("很长的名字" * 5) for _ in range(200))
    change = TeamChange("刘洋", ASKED, added=people)
    card = card_of(TeamShown(edited(people=(ME,)), people, change=change, already=people))
    assert len(card.markdown.encode()) <= 2900


@pytest.mark.parametrize("language", Language)
def test_every_line_of_the_settings_is_as_wide_as_a_phone(language):
    by = {"locale": SetBy("刘洋", ASKED), "timezone": SetBy("刘洋", ASKED)}
    both = ("locale", "timezone")
    for asked in (question(language), edited(language, settings=both), edited(language, settings=both, undone=True)):
        for unknown in ("", "火星"):
            card = card_of(SettingsShown(asked, "zh", "Asia/Tokyo", by, unknown=unknown))
            assert max(columns(line) for line in (card.title, *card.markdown.split("\n\n"), card.tips)) <= 40, card.text


def test_a_zone_beside_utc_is_named_by_its_hours():
    assert "时区：UTC+9" in card_of(SettingsShown(question(), "auto", "Etc/GMT-9", {})).markdown
