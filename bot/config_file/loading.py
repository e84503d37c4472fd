"""File, environment and secret together, as one configuration."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.config import EXAMPLE_SECRET, Config
from bot.config_file.environment import Variables, read_environment
from bot.config_file.faults import Fault, faults_of, section_of
from bot.config_file.yaml_text import Document, read_document
from bot.errors import ConfigError, all_of

_SECRET = ("dingtalk", "client_secret")
_NO_SECRET = "no client secret: set client_secret, client_secret_file or YOUKONG_DINGTALK__CLIENT_SECRET"  # noqa: S105


def load(path: Path, *, environ: Mapping[str, str] = os.environ) -> Config:
    """The settings of the file at `path` with the environment on top.

    Raises ConfigError with a line for each fault: file and line number (or variable), key, what was found and what is
    expected.
    """
    _need_zones()
    document = read_document(path)
    variables = read_environment(environ)
    values = merged(document.values, variables.values)
    secret = _read_secret(values)
    found = faults_of(values)
    if secret and not any("'client_secret" in fault.text for fault in found):  # else it is there, but misspelt
        found.append(secret)
    faults = [*_in_order(found, document, variables, path), *variables.faults]
    if faults:
        raise all_of(faults)
    return Config.model_validate(values)


def load_without_secret(path: Path, *, environ: Mapping[str, str] = os.environ) -> Config:
    """The same for whoever calls no DingTalk: the secret may be missing. Raises ConfigError."""
    return load(path, environ={**environ, "YOUKONG_DINGTALK__CLIENT_SECRET": "none"})


def _need_zones() -> None:
    """Neither the system nor the package brings time zones: without them no time means anything."""
    try:
        ZoneInfo("Asia/Shanghai")
    except ZoneInfoNotFoundError:
        raise ConfigError("found no time zone data, expected the package tzdata: pip install tzdata") from None


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Settings with others on top of them, section by section."""
    both = dict(below)
    for key, value in above.items():
        old = both.get(key)
        both[key] = merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return both


def _in_order(found: Iterable[Fault], document: Document, variables: Variables, path: Path) -> Iterable[ConfigError]:
    """As they stand in the file, then those of the environment."""
    placed = []
    for fault in found:
        name = variables.name_of(fault.place)
        line = None if name else document.line_of(fault.place)
        key = ".".join(map(str, fault.place))
        error = ConfigError(fault.text, source=name or str(path), key=key, line=line)
        placed.append(((name or "", line or 0), error))
    return [error for _, error in sorted(placed, key=lambda each: each[0])]


def _read_secret(values: dict[str, Any]) -> Fault | None:
    """Puts the secret of `client_secret_file` into its place, unless one is given as it is; what is wrong with it."""
    settings = section_of(values, "dingtalk")
    path, given = settings.get("client_secret_file"), settings.get("client_secret")
    if path and given in (None, "", EXAMPLE_SECRET):
        try:
            settings["client_secret"] = Path(str(path)).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "not a text"
            return Fault(("dingtalk", "client_secret_file"), f"cannot read {str(path)!r}: {reason.lower()}")
    text = settings.get("client_secret")
    missing = text is None or (isinstance(text, str) and not text.strip())
    return Fault(_SECRET, _NO_SECRET) if missing else None
