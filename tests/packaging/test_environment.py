"""One command sets up an environment on a bare machine. Interpreters here are stand-ins that keep a diary."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from locks import ROOT

PYTHON = """#!/bin/sh
echo "$(basename "$0") $*" >>"{diary}"
case "$1 $2" in
"-c "*) exec "{real}" "$@" ;;
"-m venv") {venv} ;;
"-m pip") {pip} ;;
esac
"""
MAKES_ENVIRONMENTS = 'for last; do :; done; mkdir -p "$last/bin"; cp "$0" "$last/bin/python"; : >"$last/pyvenv.cfg"'


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine with nothing on PATH but a few tools and what a test puts there."""

    folder: Path

    @property
    def checkout(self) -> Path:
        """A project with pyproject.toml and the script."""
        return self.folder / "checkout"

    def program(self, name: str, text: str) -> None:
        """Puts a program on PATH."""
        path = self.folder / "bin" / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)

    def python(self, name: str, *, venv: str = MAKES_ENVIRONMENTS, pip: str = "exit 0") -> None:
        """Puts an interpreter on PATH."""
        diary = self.folder / "diary"
        self.program(name, PYTHON.format(diary=diary, real=sys.executable, venv=venv, pip=pip))

    def diary(self) -> list[str]:
        """What the programs were asked to do, without mere looks at their version; empties the diary."""
        path = self.folder / "diary"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        return [line for line in lines if " -c " not in line]

    def set_up(self, extra: str = "test", **environ: str) -> subprocess.CompletedProcess[str]:
        """Runs the script as `make` does."""
        command = ["/bin/sh", "tools/environment.sh", ".venv", extra]
        path = {"PATH": str(self.folder / "bin"), "HOME": str(self.folder)}
        return subprocess.run(
            command, cwd=self.checkout, env=path | environ, capture_output=True, text=True, check=False, timeout=60
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine without Python."""
    (tmp_path / "bin").mkdir()
    for tool in ("basename", "cat", "cksum", "cp", "mkdir", "rm"):
        os.symlink(shutil.which(tool) or tool, tmp_path / "bin" / tool)
    (tmp_path / "checkout" / "tools").mkdir(parents=True)
    shutil.copy(ROOT / "tools" / "environment.sh", tmp_path / "checkout" / "tools")
    (tmp_path / "checkout" / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    return Machine(tmp_path)


def installed(lines: list[str]) -> list[str]:
    """What was installed from the checkout."""
    return [line.rpartition(" ")[2] for line in lines if "--editable" in line]


def test_an_environment_is_made_once_and_then_left_alone(machine: Machine) -> None:
    machine.python("python3")
    assert machine.set_up().returncode == 0
    assert installed(machine.diary()) == [".[test]"]
    again = machine.set_up()
    assert (again.returncode, again.stderr) == (0, "")
    assert machine.diary() == []


def test_a_changed_project_is_installed_again_into_the_same_environment(machine: Machine) -> None:
    machine.python("python3")
    machine.set_up()
    machine.diary()
    (machine.checkout / "pyproject.toml").write_text("[project]\nname = 'other'\n", encoding="utf-8")
    machine.set_up()
    lines = machine.diary()
    assert installed(lines) == [".[test]"]
    assert not [line for line in lines if "-m venv" in line]


def test_a_larger_set_holds_the_smaller_ones(machine: Machine) -> None:
    machine.python("python3")
    machine.set_up("run")
    machine.set_up("dev")
    assert installed(machine.diary()) == [".", ".[dev]"]
    machine.set_up("run")
    machine.set_up("test")
    assert machine.diary() == []


def test_a_checkout_that_moved_gets_a_new_environment(machine: Machine) -> None:
    machine.python("python3")
    machine.set_up()
    machine.diary()
    moved = Machine(machine.folder / "moved")
    shutil.copytree(machine.folder, moved.folder, symlinks=True, ignore=shutil.ignore_patterns("moved"))
    moved.set_up()
    assert [line for line in machine.diary() if "-m venv" in line]


def test_an_interrupted_installation_is_begun_again(machine: Machine) -> None:
    machine.python("python3", pip='test "$3" = --version')
    assert machine.set_up().returncode != 0
    machine.python("python3")
    shutil.copy(machine.folder / "bin" / "python3", machine.checkout / ".venv" / "bin" / "python")
    machine.diary()
    assert machine.set_up().returncode == 0
    assert installed(machine.diary()) == [".[test]"]


def test_the_newest_interpreter_that_runs_is_taken(machine: Machine) -> None:
    machine.program("python3.14", "#!/bin/sh\necho 'this version is not installed' >&2\nexit 127\n")
    machine.python("python3.12")
    machine.python("python3")
    assert machine.set_up().returncode == 0
    assert [line.split()[0] for line in machine.diary() if "-m venv" in line] == ["python3.12"]


def test_a_named_interpreter_is_taken_before_any_other(machine: Machine) -> None:
    machine.python("python3.12")
    machine.python("mine")
    assert machine.set_up(PYTHON="mine").returncode == 0
    assert [line.split()[0] for line in machine.diary() if "-m venv" in line] == ["mine"]


def test_without_a_new_enough_python_one_line_says_what_to_install(machine: Machine) -> None:
    machine.program("python3", "#!/bin/sh\nexit 1\n")
    failed = machine.set_up()
    assert failed.returncode == 1
    (line,) = failed.stderr.splitlines()[1:]
    assert line.startswith("found no python of 3.11 or newer: install one")


def test_without_the_venv_module_one_line_names_its_package(machine: Machine) -> None:
    machine.python("python3", venv="exit 1", pip="exit 1")
    failed = machine.set_up()
    assert failed.returncode == 1
    (line,) = failed.stderr.splitlines()[1:]
    assert f"apt-get install python{sys.version_info[0]}.{sys.version_info[1]}-venv" in line
    assert not (machine.checkout / ".venv").exists()


def test_without_ensurepip_the_pip_of_the_machine_serves_the_environment(machine: Machine) -> None:
    machine.python("python3", venv=f'case "$*" in *--without-pip*) {MAKES_ENVIRONMENTS} ;; *) exit 1 ;; esac')
    assert machine.set_up().returncode == 0
    lines = machine.diary()
    assert "python3 -m pip --python .venv/bin/python install --quiet pip" in lines
    assert installed(lines) == [".[test]"]


def test_uv_is_used_where_it_is_there(machine: Machine) -> None:
    machine.python("python3")
    make = f'mkdir -p .venv/bin; cp "{machine.folder}/bin/python3" .venv/bin/python; : >.venv/pyvenv.cfg'
    text = f'#!/bin/sh\necho "uv $*" >>"{machine.folder}/diary"\nif test "$1" = venv; then {make}; fi\n'
    machine.program("uv", text)
    assert machine.set_up().returncode == 0
    assert [line.split()[:2] for line in machine.diary()] == [["uv", "venv"], ["uv", "pip"]]


def test_where_uv_fails_pip_steps_in(machine: Machine) -> None:
    machine.python("python3")
    machine.program("uv", "#!/bin/sh\nexit 2\n")
    assert machine.set_up().returncode == 0
    assert installed(machine.diary()) == [".[test]"]


def test_a_folder_that_is_no_environment_is_not_touched(machine: Machine) -> None:
    machine.python("python3")
    (machine.checkout / ".venv").mkdir()
    (machine.checkout / ".venv" / "mine.txt").write_text("mine", encoding="utf-8")
    failed = machine.set_up()
    assert failed.returncode == 1
    assert "no Python environment" in failed.stderr
    assert (machine.checkout / ".venv" / "mine.txt").exists()
