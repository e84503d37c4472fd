"""The files that `youkong init` writes: a short configuration with comments, and the secret apart from it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from bot.commands.init import Answers, TeamAnswer
from bot.errors import ConfigError

_ONLY_OURS = 0o600


def secret_path(path: Path) -> Path:
    """Where the secret goes: beside the configuration, `config.secret` for `config.yaml`."""
    return path.absolute().with_suffix(".secret")


def write(path: Path, answers: Answers) -> None:
    """Both files. Raises ConfigError where one cannot be written; whoever calls this has asked about old ones."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_secret(secret_path(path), answers.secret)
        path.write_text(_text(path, answers), encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"cannot be written: {error.strerror}", source=str(error.filename or path)) from None


def _write_secret(path: Path, secret: str) -> None:
    path.unlink(missing_ok=True)  # the mode of one that is there would stay
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _ONLY_OURS), "w", encoding="utf-8") as file:
        file.write(f"{secret}\n")


def _text(path: Path, answers: Answers) -> str:
    lines = [
        "# Youkong's settings. config.example.yaml lists every other key with its default.",
        "# Any key can come from the environment instead: YOUKONG_ + the path in capitals joined by __.",
        "dingtalk:",
        f"  client_id: {_quoted(answers.client_id)}",
        f"  client_secret_file: {_quoted(str(secret_path(path)))}  # readable by its owner only",
        f"  edition: {answers.edition}  # mainland | international",
    ]
    lines += [f"  {key}: {_quoted(url)}" for key, url in _urls(answers) if url]
    lines += [f"timezone: {answers.timezone}  # of chats that have none of their own"]
    lines += ['# Who "everyone" is: name, aliases, members (staffIds), departments (ids, with those below).']
    lines += ["teams:", *(line for team in answers.teams for line in _team(team))] if answers.teams else ["teams: []"]
    lines += [
        "# A group and the team it speaks of. Its id: say 群号 to the bot there, or run `youkong chats`.",
        "chats: []  # e.g. [{id: cidXXXX==, team: design}]",
        'digests: []  # e.g. [{chat: cidXXXX==, team: design, at: "09:10"}]',
        "booking:",
        "  enabled: false  # true needs Calendar.Event.Write",
        "  replies: false  # true needs Calendar.Event.Read",
        "leave:",
        "  enabled: false  # true needs qyapi_get_attendance_data",
        "store:",
        "  url: sqlite:///var/youkong.db  # relative to where the bot is started",
    ]
    return "\n".join(lines) + "\n"


def _urls(answers: Answers) -> list[tuple[str, str | None]]:
    return [("api_url", answers.api_url), ("oapi_url", answers.oapi_url)]


def _team(team: TeamAnswer) -> list[str]:
    lines = [f"  - name: {_quoted(team.name)}"]
    if team.people:
        lines.append("    members:")
        lines += [f"      - {_quoted(staff_id)}  # {_comment(name)}" for staff_id, name in team.people]
    if team.departments:
        lines.append(f"    departments: {list(team.departments)}")
    return lines


def _comment(name: str) -> str:
    return "".join(sign for sign in name if sign.isprintable())


def _quoted(text: Any) -> str:
    """A scalar that YAML reads as this very text."""
    import json

    return json.dumps(text, ensure_ascii=False)
