"""What the Dockerfile promises, as far as it can be told without an engine."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from locks import ROOT

from bot.config import StoreSettings

Instruction = tuple[str, str]


def instructions() -> list[Instruction]:
    """The instructions in order, comments and line ends taken out; HEALTHCHECK keeps its options."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    text = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [(line.split()[0].upper(), line.split(maxsplit=1)[1]) for line in lines if line.strip()]


def final_stage() -> list[Instruction]:
    """The instructions after the last FROM."""
    found = instructions()
    start = max(index for index, (word, _) in enumerate(found) if word == "FROM")
    return found[start + 1 :]


def only(word: str) -> str:
    """The argument of the one instruction of that name in the final stage."""
    (argument,) = [rest for name, rest in final_stage() if name == word]
    return argument


def environment() -> dict[str, str]:
    """The ENV of the final stage."""
    words = [word for name, rest in final_stage() if name == "ENV" for word in rest.split()]
    return dict(word.split("=", 1) for word in words)


def health_command() -> list[str]:
    """The words of the health check."""
    words: list[str] = json.loads(only("HEALTHCHECK").partition("CMD ")[2])
    return words


@contextmanager
def health_page(status: int) -> Iterator[int]:
    """A server whose /healthz answers `status`; gives its port."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/healthz" else 404)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing to say."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


def run_health_command(port: int | str, **extra: str) -> int:
    """The exit code of the image's own words, run with this Python."""
    command = [sys.executable, *health_command()[1:]]
    environ = os.environ | {"YOUKONG_SERVER__PORT": str(port)} | extra
    return subprocess.run(command, env=environ, capture_output=True, check=False, timeout=60).returncode


def test_the_bot_runs_as_a_numbered_user_that_is_not_root() -> None:
    user = only("USER")
    assert re.fullmatch(r"\d+:\d+", user)
    assert "0" not in user.split(":")


def test_every_base_is_the_argument_and_its_default_names_a_version() -> None:
    found = instructions()
    assert {rest.split()[0] for name, rest in found if name == "FROM"} == {"${PYTHON_IMAGE}"}
    (image,) = [rest.split("=")[1] for name, rest in found if rest.startswith("PYTHON_IMAGE=")]
    assert re.fullmatch(r"python:3\.\d+-slim-[a-z]+", image)


def test_nothing_is_fetched_from_an_address() -> None:
    assert not [rest for name, rest in instructions() if name == "ADD" or "://" in rest or "@" in rest]


def test_whatever_pip_fetches_is_checked_by_its_hash() -> None:
    installs = [part for name, rest in instructions() if name == "RUN" for part in rest.split("&&") if "pip" in part]
    assert installs
    for command in installs:
        assert "--require-hashes" in command or "--no-deps" in command or "--without-pip" in command, command


def test_the_final_stage_installs_nothing() -> None:
    assert not [rest for name, rest in final_stage() if name == "RUN" and re.search(r"\b(pip|uv|apt-get|curl)\b", rest)]


def test_start_and_health_check_need_no_shell() -> None:
    assert json.loads(only("ENTRYPOINT")) == ["youkong"]
    assert json.loads(only("CMD")) == ["run", "-c", "/etc/youkong/config.yaml"]
    assert health_command()[:2] == ["python", "-c"]
    assert only("STOPSIGNAL") == "SIGTERM"


def test_the_default_store_lies_in_the_volume() -> None:
    path = StoreSettings().url.removeprefix("sqlite:///")
    folder = Path(only("WORKDIR"))
    assert not Path(path).is_absolute()
    assert (folder / path).is_relative_to(only("VOLUME"))
    assert "YOUKONG_STORE__URL" not in environment(), "the environment wins over the file, so a file could not name one"


def test_the_pages_listen_where_the_container_can_be_reached() -> None:
    assert environment()["YOUKONG_SERVER__HOST"] == "0.0.0.0"
    assert environment()["YOUKONG_SERVER__PORT"] == only("EXPOSE")


def test_nothing_needs_to_be_written_outside_the_volume() -> None:
    assert environment()["PYTHONDONTWRITEBYTECODE"] == "1"


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1), (404, 1)])
def test_the_health_check_follows_the_page(status: int, code: int) -> None:
    with health_page(status) as port:
        assert run_health_command(port) == code


def test_the_health_check_fails_where_nobody_listens() -> None:
    with health_page(200) as port:
        pass
    assert run_health_command(port) == 1


def test_the_health_check_goes_past_a_proxy() -> None:
    with health_page(200) as port:
        assert run_health_command(port, http_proxy="http://127.0.0.1:9", HTTP_PROXY="http://127.0.0.1:9") == 0


def test_every_source_of_a_copy_exists_and_is_let_through() -> None:
    let_through = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    copies = [rest.split() for name, rest in instructions() if name == "COPY" and "--from=" not in rest]
    assert copies
    for source in {source for words in copies for source in words[:-1]}:
        assert (ROOT / source).exists(), source
        assert f"!{source}" in let_through, source


def test_hadolint_finds_nothing() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    if not hadolint.exists():
        pytest.skip("no hadolint: install youkong[dev]")
    found = subprocess.run([hadolint, ROOT / "Dockerfile"], capture_output=True, text=True, check=False, timeout=60)
    assert (found.returncode, found.stdout) == (0, "")
