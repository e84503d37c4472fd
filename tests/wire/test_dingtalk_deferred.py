"""What the SDK imports and nobody calls costs nothing, and works where somebody does."""

import subprocess
import sys

LOADED = "import sys; import bot.dingtalk.stream; print('requests.adapters' in sys.modules)"
USED = "import bot.dingtalk.stream, requests; print(requests.Session().__class__.__name__, requests.codes.ok)"


def run(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()


def test_the_stream_is_imported_without_the_library_of_blocking_calls():
    assert run(LOADED) == "False"


def test_whoever_uses_that_library_has_it():
    assert run(USED) == "Session 200"


def test_a_part_of_it_can_be_imported_by_itself():
    assert run("import bot.dingtalk.stream; import requests.exceptions as e; print(e.Timeout.__name__)") == "Timeout"
