"""The file with a user's tokens: who may read it, how it is replaced, and what is said of one that is of no use."""

from __future__ import annotations

import asyncio
import json
import os
from datetime import UTC, datetime

import pytest

from bot.dingtalk.sign_in import User, UserTokens
from bot.errors import ConfigError, NotSignedIn
from bot.personal.token_file import StoredSignIn, TokenFile

NOW = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
TOKENS = UserTokens("access-canary", "refresh-canary", 7200.0, "ding1")
KEPT = StoredSignIn.of(TOKENS, User("union-1", "张三"), client_id="ding", now=NOW)


@pytest.fixture
def file(tmp_path):
    return TokenFile(tmp_path / "folder" / "config.tokens")


def write(file, kept=KEPT):
    with file.replacing() as put:
        put(kept)


def test_what_is_written_is_read_again_and_only_its_owner_may(file):
    write(file)
    assert file.read() == KEPT
    assert os.stat(file.path).st_mode & 0o777 == 0o600
    write(file)
    assert os.stat(file.path).st_mode & 0o777 == 0o600
    assert sorted(os.listdir(file.path.parent)) == ["config.tokens"]


def test_tokens_stand_in_no_repr(file):
    assert "canary" not in f"{KEPT!r} {KEPT} {TOKENS!r}"


def test_without_a_file_nobody_is_signed_in(file):
    with pytest.raises(NotSignedIn, match="run youkong login"):
        file.read()


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_file_that_others_may_read_is_not_trusted(file, mode):
    write(file)
    file.path.chmod(mode)
    with pytest.raises(ConfigError, match=f"found mode {mode:o}, expected 600.*run youkong login"):
        file.read()


GOOD = json.loads(KEPT.model_dump_json())


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", "\x00\xff", json.dumps({**GOOD, "version": 2}), json.dumps({**GOOD, "access_token": ""}),
     json.dumps({**GOOD, "access_until": "2026-12-01T08:00:00"}), json.dumps({**GOOD, "access_until": "soon"}),
     json.dumps({key: value for key, value in GOOD.items() if key != "refresh_token"}),
     json.dumps({**GOOD, "more": "x"})],
)  # fmt: skip
def test_a_file_of_another_kind_is_told_with_the_way_out_and_without_what_it_holds(file, content):
    write(file)
    file.path.write_text(content)
    with pytest.raises(ConfigError, match="run youkong login again") as caught:
        file.read()
    assert str(file.path) in str(caught.value)
    assert "canary" not in str(caught.value)


def test_a_place_that_cannot_be_written_is_told_before_anything_is_done(tmp_path):
    (tmp_path / "plain").write_text("")
    done = []
    with pytest.raises(ConfigError, match=r"personal\.token_file"), TokenFile(tmp_path / "plain" / "x").replacing():
        done.append(1)
    assert done == []


def test_what_fails_meanwhile_leaves_the_old_tokens(file):
    write(file)
    with pytest.raises(RuntimeError), file.replacing():
        raise RuntimeError
    assert file.read() == KEPT
    assert os.listdir(file.path.parent) == ["config.tokens"]


async def test_one_at_a_time_is_inside(file):
    inside, most = 0, 0

    async def enter():
        nonlocal inside, most
        async with file.locked():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(enter() for _ in range(5)))
    assert (inside, most) == (0, 1)
