"""The stage's clock, situations as text, and an organisation of a configuration; no browser."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config_file import load_without_secret
from bot.playground import Player, Situation, Stage, StepError, read_situation
from bot.playground.clock import StageClock
from bot.playground.moments import advance_of, entry_of, leave_of, moment_of
from bot.playground.running import FOLDER, LANGUAGES, tours
from bot.playground.situations import as_yaml

NOW = moment_of("2026-03-17 10:00", "Asia/Shanghai")


class Ticks:
    """Seconds that pass when a test says so."""

    def __init__(self):
        self.at = 100.0

    def __call__(self):
        return self.at


def test_the_clock_runs_with_the_machines_and_faster_when_told():
    ticks = Ticks()
    clock = StageClock(NOW, ticks=ticks)
    ticks.at += 5
    assert clock() == NOW + timedelta(seconds=5)
    clock.run(60)
    ticks.at += 5
    assert clock() == NOW + timedelta(seconds=305)
    clock.run(1)
    ticks.at += 1
    assert clock() == NOW + timedelta(seconds=306)
    assert clock().tzinfo is UTC


def test_the_clock_is_set_forward_only():
    clock = StageClock(NOW, ticks=Ticks())
    clock.set(NOW + timedelta(hours=1))
    assert clock() == NOW + timedelta(hours=1)
    with pytest.raises(ValueError, match="expected a time after"):
        clock.set(NOW)
    with pytest.raises(ValueError, match="expected one of 1, 60, 600"):
        clock.run(0)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026-03-20 9:00-10:30", "2026-03-20 09:00", "2026-03-20 10:30"),
        ("tue 14:00-15:00", "2026-03-17 14:00", "2026-03-17 15:00"),
        ("mon 14:00–15:00", "2026-03-23 14:00", "2026-03-23 15:00"),
        ("tomorrow 22:00-1:00", "2026-03-18 22:00", "2026-03-19 01:00"),
    ],
)
def test_an_entry_is_read_in_the_situations_zone(text, start, end):
    entry = entry_of(text, now=NOW, zone="Asia/Shanghai")
    assert (entry.start, entry.end) == (moment_of(start, "Asia/Shanghai"), moment_of(end, "Asia/Shanghai"))


def test_whole_days_and_question_marks_are_read():
    entry = entry_of("2026-03-20?", now=NOW, zone="Asia/Shanghai")
    assert (entry.day, entry.days, entry.tentative) == (date(2026, 3, 20), 1, True)


def test_nobody_is_tentatively_on_leave():
    assert leave_of("2026-03-20", now=NOW, zone="Asia/Shanghai").day == date(2026, 3, 20)
    with pytest.raises(ValueError, match="expected leave without"):
        leave_of("2026-03-20?", now=NOW, zone="Asia/Shanghai")


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_entries(text):
    with suppress(ValueError):
        entry_of(text, now=NOW, zone="Asia/Shanghai")
    with suppress(ValueError):
        moment_of(text, "Asia/Shanghai")
    advance_of(text)


def test_a_situation_that_is_written_is_read_as_it_was():
    for path in sorted(FOLDER.glob("*/*.yaml")):
        situation = read_situation(path)
        assert read_situation(as_yaml(situation)) == situation


def test_every_tour_exists_in_both_languages_with_a_word_to_each_scene():
    found = tours()
    assert [name for name, _ in found] == ["ask", "find", "book", "digest", "abroad", "down", "away"]
    for _, languages in found:
        assert set(languages) == set(LANGUAGES)
        for situation in languages.values():
            assert situation.title
            assert all(step.note or step.verb == "calendar" for step in situation.steps)


async def test_a_configuration_brings_its_own_teams_and_hours(tmp_path):
    path = tmp_path / "config.yaml"
    path.write_text(
        "dingtalk: {client_id: dingreal}\n"
        "working_time: {start: '08:00', end: '17:00'}\n"
        "people: [{id: eve, timezone: Europe/Berlin}]\n"
        "teams: [{name: 平台, members: [eve, max, zoe]}, {name: 法务, members: [zoe]}]\n"
        "chats: [{id: cidReal==, team: 平台}]\n"
    )
    config = load_without_secret(path, environ={})
    steps = [{"say": "大家明天上午8点到9点有空吗", "by": "max", "in": "平台"}]
    situation = Situation.model_validate({"steps": steps})
    async with Stage(situation, config=config) as stage:
        await Player(stage, situation.steps).play()
        assert [each.title for each in stage.company.groups] == ["平台", "法务"]
        assert stage.company.groups[0].conversation_id == "cidReal=="
        [card] = stage.company.groups[0].cards
        for name in ("eve", "max", "zoe"):
            assert name in card.text
        assert "柏林" in card.text
        assert stage.emulator.client_id != "dingreal"
        assert not stage.app.services.config.leave.enabled


async def test_the_sample_reads_leave_unless_a_situation_turns_it_off():
    for settings, enabled in (({}, True), ({"leave": {"enabled": False}}, False)):
        async with Stage(Situation(settings=settings)) as stage:
            assert stage.app.services.config.leave.enabled is enabled


async def test_a_step_that_replies_needs_a_meeting_to_reply_to():
    steps = [{"calendar": "lina", "reply": "accepted", "by": "zhangwei"}]
    async with Stage(Situation()) as stage:
        with pytest.raises(StepError, match="no meeting of the bot's in the calendar of 'lina'"):
            await Player(stage, Situation.model_validate({"steps": steps}).steps).play()


async def test_a_clock_that_runs_a_minute_a_second_answers_once():
    steps = [
        {"say": "下周二下午2点到4点谁有空", "by": "zhangwei", "in": "产品群", "at": ["lina"]},
        {"say": "约李娜 明天下午1点", "expect": {"says": ["还没约"]}},
        {"press": "就这样约", "expect": {"says": ["已约"], "events": 1}},
    ]
    situation = Situation.model_validate({"steps": steps})
    async with Stage(situation) as stage:
        stage.clock.run(60)
        await Player(stage, situation.steps).play()
        assert len(stage.company.groups[0].cards) == 2
        assert all(each.api != "createAndDeliver" or each.status == 200 for each in stage.emulator.calls)


def test_a_clock_set_to_another_zone_names_the_same_instant():
    assert moment_of("2026-03-17T03:00:00+01:00", "Asia/Shanghai") == datetime(2026, 3, 17, 2, tzinfo=UTC)
