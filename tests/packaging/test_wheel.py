"""What people install is whole: templates, migrations and the command are in it, tests are not."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from configparser import ConfigParser
from pathlib import Path

import pytest
from locks import ROOT

pytest.importorskip("hatchling", reason="no hatchling: install youkong[test]")


def build(source: Path, kind: str, folder: Path) -> Path:
    """Builds a wheel or an sdist of the project at `source`."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True, timeout=100)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel of this checkout."""
    return zipfile.ZipFile(build(ROOT, "wheel", tmp_path_factory.mktemp("wheel")))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked sdist of this checkout."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(build(ROOT, "sdist", folder)) as archive:
        archive.extractall(tmp_path_factory.mktemp("unpacked"), filter="data")
        return Path(tmp_path_factory.getbasetemp(), "unpacked0", archive.getnames()[0].split("/")[0])


def test_the_wheel_holds_every_template_beside_the_code(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()
    templates = [path.relative_to(ROOT) for path in (ROOT / "templates").rglob("*.j2")]
    assert templates
    assert {f"bot/{path.as_posix()}" for path in templates} <= set(names)
    assert not [name for name in names if name.startswith("templates/")]


def test_the_wheel_holds_every_module_and_migration(wheel: zipfile.ZipFile) -> None:
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "bot").rglob("*.py")}
    assert modules <= set(wheel.namelist())
    assert [name for name in wheel.namelist() if name.startswith("bot/store/migrations/versions/v")]


def test_the_wheel_holds_nothing_else(wheel: zipfile.ZipFile) -> None:
    assert {name.split("/")[0].split("-")[0] for name in wheel.namelist()} == {"bot", "youkong"}
    assert not [name for name in wheel.namelist() if "__pycache__" in name or name.endswith((".pyc", ".db"))]


def test_the_wheel_brings_the_command_and_the_licence(wheel: zipfile.ZipFile) -> None:
    (entry_points,) = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    parser = ConfigParser()
    parser.read_string(wheel.read(entry_points).decode())
    assert dict(parser["console_scripts"]) == {"youkong": "bot.__main__:main"}
    assert [name for name in wheel.namelist() if name.endswith("licenses/LICENSE")]


def test_the_code_of_an_unpacked_wheel_finds_its_templates(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path)
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from bot.cards import Renderer; import bot; "
        "from bot.model.requests import Language; print(bot.__file__, Renderer().working(Language.EN))"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith(str(tmp_path))


def test_the_sdist_holds_what_a_wheel_and_its_tests_are_made_of(sdist: Path) -> None:
    for name in ("bot/__init__.py", "templates/cards/who_is_free.j2", "tests/conftest.py", "config.example.yaml"):
        assert (sdist / name).is_file(), name


def test_the_wheel_of_the_sdist_is_the_wheel_of_the_checkout(
    sdist: Path, wheel: zipfile.ZipFile, tmp_path: Path
) -> None:
    with zipfile.ZipFile(build(sdist, "wheel", tmp_path)) as again:
        assert sorted(again.namelist()) == sorted(wheel.namelist())
