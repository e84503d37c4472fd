"""Time zones come with the bot; a machine without any data of its own is enough, and without both it does not start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from locks import ROOT

COMMAND = ("parse", "--now", "2040-03-12T10:00:00+08:00", "--json", "Tue 2-4pm Tokyo time who is free")
WITHOUT_TZDATA = "import sys; sys.modules['tzdata'] = None; from bot.cli import main; main(sys.argv[1:])"


def run(*command: str, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "PYTHONTZPATH": str(tmp_path), "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True, timeout=100, check=False)


def test_the_bundled_zones_are_enough(tmp_path: Path) -> None:
    found = run(sys.executable, "-m", "bot", *COMMAND, tmp_path=tmp_path)
    assert found.returncode == 0, found.stderr
    assert "Asia/Tokyo" in found.stdout


@pytest.mark.parametrize("command", ["run", "check"])
def test_without_any_zones_it_says_what_is_missing(tmp_path: Path, command: str) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("dingtalk: {client_id: ding, client_secret: hush}\n")
    found = run(sys.executable, "-c", WITHOUT_TZDATA, command, "-c", str(path), tmp_path=tmp_path)
    assert found.returncode == 2, found.stderr
    assert found.stderr == "youkong: found no time zone data, expected the package tzdata: pip install tzdata\n"
