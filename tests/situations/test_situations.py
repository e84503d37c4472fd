"""Every situation file in this folder is a test: it is played on a stage of its own, and each step must come true."""

from __future__ import annotations

from pathlib import Path

import pytest
from stage_pace import ACK_WINDOW, UNHURRIED

from bot.playground import Player, Stage, read_situation
from bot.playground.running import LANGUAGES, tour, tours

FILES = sorted(Path(__file__).parent.glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_what_is_expected_comes_true(file):
    await played(read_situation(file))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name, _ in tours()])
async def test_every_tour_comes_true(name, language):
    await played(tour(name, language))


async def played(situation):
    async with Stage(situation, timing=UNHURRIED, ack_window=ACK_WINDOW) as stage:
        await stage.names_known()
        await Player(stage, situation.steps).play()
        assert stage.emulator.violations == []
