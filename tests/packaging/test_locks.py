"""What the image installs is what the project asks for, told by hashes and by nothing that names a place."""

from __future__ import annotations

import re

import pytest
from locks import ROOT, project, read_pins
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

EXTRAS = project()["project"]["optional-dependencies"]
WANTED = [
    *(("requirements.txt", text) for text in project()["project"]["dependencies"]),
    *(("requirements.txt", text) for extra in ("mcp", "postgres") for text in EXTRAS[extra]),
    *(("requirements-build.txt", text) for text in project()["build-system"]["requires"]),
]


@pytest.mark.parametrize(("file", "text"), WANTED)
def test_every_dependency_is_pinned_to_a_version_it_allows(file: str, text: str) -> None:
    wanted = Requirement(text)
    pin = read_pins(ROOT / file).get(canonicalize_name(wanted.name))
    assert pin is not None, f"{wanted.name} is not in {file}: run `make lock`"
    assert wanted.specifier.contains(pin.version, prereleases=True), f"{file} holds {pin.version}: run `make lock`"


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-build.txt"])
def test_every_pin_has_a_hash(file: str) -> None:
    pins = read_pins(ROOT / file)
    assert pins
    for name, pin in pins.items():
        assert pin.hashes, name
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", each) for each in pin.hashes), name


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-build.txt"])
def test_no_lock_names_an_index_a_host_or_a_path(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    assert not re.findall(r"://|--index|--find-links|--extra|--trusted| @ |^[-./~]", text, re.MULTILINE)


def test_the_drivers_with_binary_wheels_are_pinned_for_more_than_one_platform() -> None:
    pins = read_pins(ROOT / "requirements.txt")
    for name in ("aiohttp", "psycopg-binary", "pydantic-core", "sqlalchemy"):
        assert len(pins[name].hashes) > 10, name
