"""Reads requirements files with hashes, for tests."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]


class Pin(NamedTuple):
    """One pinned distribution."""

    version: str
    hashes: tuple[str, ...]


def read_pins(path: Path) -> dict[str, Pin]:
    """The pins of a file by normalized name. Raises ValueError for a line of any other form."""
    pins = {}
    joined = re.sub(r"\\\n", " ", path.read_text(encoding="utf-8"))
    for line in joined.splitlines():
        words = line.partition("#")[0].split(" --hash=")
        if not words[0].strip():
            continue
        requirement = Requirement(words[0].strip())
        versions = [specifier.version for specifier in requirement.specifier if specifier.operator == "=="]
        if len(versions) != 1 or requirement.url or len(requirement.specifier) != 1:
            raise ValueError(f"found {line!r}, expected name==version")
        pins[canonicalize_name(requirement.name)] = Pin(versions[0], tuple(word.strip() for word in words[1:]))
    return pins


def project() -> dict[str, Any]:
    """pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
