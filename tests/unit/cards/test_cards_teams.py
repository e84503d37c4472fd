"""Teams and settings in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from drawn import ASKED, columns, person, question

from bot.cards import Renderer
from bot.model.card_state import SettingsCard, SettingsEdit, TeamCard, TeamEdit
from bot.model.people import Missing, StaffId, UnknownReason
from bot.model.replies import SetBy, SettingsShown, TeamChange, TeamShown
from bot.model.requests import Language

ME = StaffId("liu")
PEOPLE = tuple(person(f"同事{n}") for n in range(7))
LOST = Missing("staff-9", UnknownReason.NOT_FOUND, StaffId("staff-9"))


def card_of(reply):
    return Renderer().card(reply, key="1-x", clock_zone="Asia/Shanghai", now=ASKED)


@pytest.mark.parametrize("language", Language)
def test_every_line_of_a_team_is_as_wide_as_a_phone(language):
    change = TeamChange("刘洋", ASKED, added=PEOPLE[:2])
    edit = TeamEdit(ME, ASKED, (ME,))
    for team in (TeamCard(), TeamCard(edit), TeamCard(replace(edit, undone=True))):
        shown = TeamShown(question(language), team, (*PEOPLE, LOST), change=change, already=PEOPLE[2:], unknown=(LOST,))
        card = card_of(shown)
        assert max(columns(line) for line in (card.title, *card.markdown.split("\n\n"), card.tips)) <= 40, card.text


def test_somebody_who_is_gone_from_the_directory_is_counted_apart():
    card = card_of(TeamShown(question(), TeamCard(), (PEOPLE[0], LOST)))
    assert card.title == "团队 2 人"
    assert card.markdown.split("\n\n")[:2] == ["👥 同事0", "❔ 查不到 1：staff-9（没找到）"]


def test_a_nickname_stays_a_name_in_a_team():
    card = card_of(TeamShown(question(), TeamCard(), (person("[x](http://evil)"),)))
    assert "](" not in card.markdown


def test_two_hundred_long_names_fit_into_a_card():
    people = tuple(person("很长的名字" * 5) for _ in range(200))
    change = TeamChange("刘洋", ASKED, added=people)
    card = card_of(TeamShown(question(), TeamCard(TeamEdit(ME, ASKED, (ME,))), people, change=change, already=people))
    assert len(card.markdown.encode()) <= 2900


@pytest.mark.parametrize("language", Language)
def test_every_line_of_the_settings_is_as_wide_as_a_phone(language):
    by = {"locale": SetBy("刘洋", ASKED), "timezone": SetBy("刘洋", ASKED)}
    both = ("locale", "timezone")
    edit = SettingsEdit(ME, ASKED, both)
    for shown in (SettingsCard(), SettingsCard(edit), SettingsCard(replace(edit, undone=True))):
        for unknown in ("", "火星"):
            card = card_of(SettingsShown(question(language), shown, "zh", "Asia/Tokyo", by, unknown=unknown))
            assert max(columns(line) for line in (card.title, *card.markdown.split("\n\n"), card.tips)) <= 40, card.text


def test_a_zone_beside_utc_is_named_by_its_hours():
    assert "时区：UTC+9" in card_of(SettingsShown(question(), SettingsCard(), "auto", "Etc/GMT-9", {})).markdown
