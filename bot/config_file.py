"""One YAML file, overridden by the environment, refused with one clear line where it makes no sense.

YAML is read safely: no tags, no aliases that multiply, no file larger than a configuration ever is.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import SecretStr, ValidationError

from bot.config import Config
from bot.errors import ConfigError

_ENV_PREFIX = "YOUKONG_"
_NOT_OURS = ("YOUKONG_TEST_", "YOUKONG_PORT", "YOUKONG_SERVICE_")  # Kubernetes sets these for a Service called youkong
_MAX_BYTES = 256 * 1024
_DEEPEST = 16


def load(path: Path, *, environ: Mapping[str, str] = os.environ) -> Config:
    """The settings of the file at `path` with the environment on top.

    Raises ConfigError, naming file (or variable), key, what was found and what is expected.
    """
    values = read_yaml(path)
    from_environment = _overlay(values, environ)
    _read_secret(values, source=str(path))
    try:
        return Config.model_validate(values)
    except ValidationError as error:
        raise _explain(error, values, sources=from_environment, otherwise=str(path)) from None


def load_without_secret(path: Path, *, environ: Mapping[str, str] = os.environ) -> Config:
    """The same for whoever calls no DingTalk: the secret may be missing. Raises ConfigError."""
    return load(path, environ={**environ, f"{_ENV_PREFIX}DINGTALK__CLIENT_SECRET": "none"})


def _overlay(values: dict[str, Any], environ: Mapping[str, str]) -> dict[str, str]:
    """Puts YOUKONG_A__B=… at a.b and gives {"a.b": "YOUKONG_A__B"}; lists and numbers are written as YAML."""
    sources = {}
    for name, text in environ.items():
        path = name.removeprefix(_ENV_PREFIX).lower().split("__")
        if not name.startswith(_ENV_PREFIX) or name.startswith(_NOT_OURS):
            continue
        if path[0] not in Config.model_fields:
            raise ConfigError(f"found no such setting, expected one of {', '.join(Config.model_fields)}", source=name)
        _put(values, path, text if _takes_text(path) and text != "null" else _typed(text), name)
        sources[".".join(path)] = name
    return sources


def _put(values: dict[str, Any], path: list[str], value: object, name: str) -> None:
    for parent in path[:-1]:
        if values.get(parent) is None:
            values[parent] = {}
        values = values[parent]
        if not isinstance(values, dict):
            raise ConfigError("found a path through a value that is no section", source=name)
    values[path[-1]] = value


def _takes_text(path: list[str]) -> bool:
    """Whether the setting is a plain text: an id or a secret made of digits is no number."""
    fields = Config.model_fields
    for section in path[:-1]:
        fields = getattr(fields[section].annotation, "model_fields", {}) if section in fields else {}
    kind = fields[path[-1]].annotation if path[-1] in fields else None
    return bool({str, SecretStr} & {kind, *get_args(kind)})


def _typed(text: str) -> object:
    """A list, a section, a number, true, false or null where the text is one; else the text itself."""
    if text[:1] in ("[", "{") or text in ("true", "false", "null") or re.fullmatch(r"-?\d{1,9}", text):
        return read_yaml(text)
    return text


def _read_secret(values: dict[str, Any], *, source: str) -> None:
    section = values.get("dingtalk")
    if not isinstance(section, dict):
        return
    path = section.get("client_secret_file")
    if path and not section.get("client_secret"):
        section["client_secret"] = _secret_in(Path(str(path)), source)
    if not section.get("client_secret"):
        text = "found no secret, expected client_secret, client_secret_file or YOUKONG_DINGTALK__CLIENT_SECRET"
        raise ConfigError(text, source=source, key="dingtalk.client_secret")


def _secret_in(path: Path, source: str) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not a text"
        text = f"cannot read {str(path)!r}: {reason.lower()}"
        raise ConfigError(text, source=source, key="dingtalk.client_secret_file") from None


_EXPECTED = {
    "extra_forbidden": "found an unknown key, expected one that config.example.yaml lists",
    "missing": "found nothing, expected a value",
}


def _explain(
    error: ValidationError, values: dict[str, Any], *, sources: Mapping[str, str], otherwise: str
) -> ConfigError:
    """The first thing wrong, as one line."""
    first = error.errors(include_url=False)[0]
    location = [p for p in first["loc"] if isinstance(p, int) or not p.startswith(("literal", "tuple", "function"))]
    key = ".".join(str(part) for part in location)
    text = _EXPECTED.get(first["type"]) or _found(values, location, key) + _wanted(first["msg"])
    named = (name for path, name in sources.items() if path == key or path.startswith(f"{key}."))
    return ConfigError(text, source=next(named, otherwise), key=key)


def _found(values: Any, location: list[int | str], key: str) -> str:
    for part in location:
        try:
            values = values[part]
        except (KeyError, IndexError, TypeError):
            return ""
    secret = "secret" in key or key in ("store.url", "dingtalk.proxy")
    return "" if secret or not location or isinstance(values, dict) else f"found {values!r:.60}, "


def _wanted(message: str) -> str:
    text = message.removeprefix("Value error, ").replace("Input should be", "expected", 1)
    return text[:1].lower() + text[1:]


def read_yaml(source: Path | str) -> Any:
    """The content of a file (`Path`) or of a text, as plain dicts, lists and scalars (YAML 1.2).

    Raises ConfigError for a missing or unreadable file, for YAML that is none, for tags and for aliases.
    """
    name = str(source) if isinstance(source, Path) else "environment"
    text = _text(source) if isinstance(source, Path) else source
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        _refuse_bombs(text, name)
        values = YAML(typ="safe", pure=True).load(text)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        raise ConfigError(f"found no readable YAML{where}, expected plain keys and values", source=name) from None
    except (ValueError, RecursionError):
        raise ConfigError("found no readable YAML, expected plain keys and values", source=name) from None
    if isinstance(source, Path) and not isinstance(values, dict):
        raise ConfigError(f"found {type(values).__name__}, expected sections such as `dingtalk:`", source=name)
    return values


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ConfigError(f"found more than {_MAX_BYTES} bytes, expected a configuration", source=str(path))
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigError("found no such file, expected a copy of config.example.yaml", source=str(path)) from None
    except UnicodeDecodeError:
        raise ConfigError("found bytes that are not UTF-8, expected a text file", source=str(path)) from None
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", source=str(path)) from None


def _refuse_bombs(text: str, name: str) -> None:
    """A few nested aliases unfold into gigabytes, and deep nesting takes minutes: refused before anything unfolds."""
    from ruamel.yaml import YAML
    from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent

    depth = 0
    for event in YAML(typ="safe", pure=True).parse(text):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        line = event.start_mark.line + 1 if event.start_mark else "?"
        if isinstance(event, AliasEvent):
            raise ConfigError(f"found an alias (*) in line {line}, expected the value written out", source=name)
        if depth > _DEEPEST:
            raise ConfigError(f"found {depth} levels in line {line}, expected {_DEEPEST} at most", source=name)
