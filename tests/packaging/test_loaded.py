"""What a bot that serves has loaded: nothing that only other commands, older stores or rare moments need."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = "import sys, bot.cli, bot.app, bot.config_file; print(*sys.modules)"


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    ran = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=True)
    return set(ran.stdout.split())


@pytest.mark.parametrize(
    "name",
    [
        "alembic",  # a store of the newest schema
        "holidays",  # a process of its own
        "pypinyin",  # likewise
        "psycopg",  # a store in SQLite
        "pydantic_settings",  # settings in the environment
        "requests.adapters",  # the SDK's own way to open a connection
        "mcp",
        "starlette",
        "bot.commands",
        "bot.emulator",
        "bot.features.card_state_v1",  # cards of older versions
        "bot.personal",
        "bot.playground",
    ],
)
def test_serving_does_not_load(loaded: set[str], name: str) -> None:
    assert "bot.app" in loaded
    assert not [each for each in loaded if each == name or each.startswith(f"{name}.")]
