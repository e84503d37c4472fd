"""`youkong ask --personal`: a third-party personal app, which has no token but that of whoever signed in."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from scenario import on_tuesday
from signing_in import Home
from structlog.testing import capture_logs

from bot.config_file import load
from bot.emulator import Emulator
from bot.errors import NotSignedIn
from bot.personal.session import Session
from bot.personal.token_file import TokenFile
from bot.wiring import api_of

ZH, EN = "我2040年3月13日下午2点到4点有空吗", "am I free 2040-03-13 2-4pm"


@pytest.fixture
async def dingtalk():
    async with Emulator(app="personal", redeliver_unacked=None) as emulator:
        yield emulator
        assert emulator.violations == []


@pytest.fixture
async def home(tmp_path, dingtalk, alice, bob):
    """Alice is signed in."""
    found = Home(tmp_path / "home", dingtalk)
    await found.signed_in()
    return found


async def asked(home, text, *arguments, code=0):
    """The JSON of an answer."""
    found = await home.run("ask", "--personal", "--json", *arguments, text)
    assert found.exit_code == code, found.stderr
    return json.loads(found.stdout)


def spent(home):
    """The calls of the month, by the store."""
    with sqlite3.connect(home.folder / "youkong.db") as connection:
        return dict(connection.execute("SELECT api, SUM(n) FROM calls GROUP BY api").fetchall())


@pytest.mark.parametrize("text", [ZH, EN])
async def test_a_user_asks_by_their_own_token_and_no_other_call_is_made(home, dingtalk, alice, text):
    answer = await asked(home, text)
    assert [(each["name"], each["state"]) for each in answer["people"]] == [("Alice Chen", "free")]
    [call] = dingtalk.calls_of("querySchedule")
    assert call.ids["union_id"] == alice.union_id == call.user
    assert call.body["userIds"] == [alice.union_id]
    assert [each.api for each in dingtalk.calls] == ["userAccessToken", "users/me", "querySchedule"]
    assert spent(home) == {"querySchedule": 1}


async def test_a_user_who_is_busy_is_busy(home, alice):
    alice.calendar.busy(on_tuesday(13), on_tuesday(17))
    answer = await asked(home, EN)
    assert [each["state"] for each in answer["people"]] == ["busy"]


async def test_somebody_else_is_unknown_and_not_free(home, dingtalk):
    """A personal app may read no directory; who asks is answered all the same."""
    for text in ("李博2040年3月13日下午2点到4点有空吗", "李博和我2040年3月13日下午2点到4点谁有空"):
        answer = await asked(home, text)
        states = {each["name"]: (each["state"], each["reason"]) for each in answer["people"]}
        assert states["李博"] == ("unknown", "no_scope")
        assert states.get("Alice Chen", ("free", None)) == ("free", None)


async def test_where_the_app_may_read_the_directory_others_are_read_by_the_users_token(tmp_path):
    async with Emulator(redeliver_unacked=None) as dingtalk:
        alice, bob = dingtalk.person("alice", name="Alice Chen"), dingtalk.person("bob", name="李博")
        dingtalk.faults.person_error(bob, asker=alice)
        home = Home(tmp_path / "home", dingtalk, teams=[{"name": "design", "members": ["alice", "bob"]}])
        await home.signed_in()
        answer = await asked(home, "design team 和我2040年3月13日下午2点到4点谁有空")
        assert [(each["name"], each["state"]) for each in answer["people"]] == [
            ("Alice Chen", "free"),
            ("李博", "unknown"),
        ]
        assert {each.user for each in dingtalk.calls_of("querySchedule")} == {alice.union_id}
        assert dingtalk.violations == []


# ---------------------------------------------------------------- tokens that end
def ends_in(**more):
    return (datetime.now(UTC) + timedelta(**more)).isoformat()


async def test_a_token_is_renewed_before_it_ends(home, dingtalk):
    before = home.kept()
    home.change(access_until=ends_in(seconds=60))
    await asked(home, ZH)
    after = home.kept()
    assert [call.body["grantType"] for call in dingtalk.calls_of("userAccessToken")] == [
        "authorization_code", "refresh_token",
    ]  # fmt: skip
    assert not {before["access_token"], before["refresh_token"]} & {after["access_token"], after["refresh_token"]}
    assert {call.status for call in dingtalk.calls_of("querySchedule")} == {200}
    assert home.tokens.stat().st_mode & 0o777 == 0o600


async def test_a_token_that_dingtalk_ended_is_renewed_and_the_call_made_again(home, dingtalk):
    dingtalk.faults.expire_user_tokens()
    answer = await asked(home, ZH)
    assert [each["state"] for each in answer["people"]] == ["free"]
    assert [call.code for call in dingtalk.calls_of("querySchedule")] == ["accesstoken.expired", ""]


async def test_of_several_processes_one_renews_and_all_are_answered(home, dingtalk):
    home.change(access_until=ends_in(seconds=1))
    dingtalk.faults.slow("userAccessToken", 0.2)
    found = await asyncio.gather(*(home.run("ask", "--personal", EN) for _ in range(4)))
    assert [each.exit_code for each in found] == [0] * 4, [each.stderr for each in found]
    assert len(dingtalk.calls_of("userAccessToken")) == 2


ENDED = {
    "by DingTalk": lambda home, dingtalk: dingtalk.faults.end_sign_ins(),
    "unused for 30 days": lambda home, dingtalk: home.change(
        access_until=ends_in(seconds=-1), refresh_until=ends_in(seconds=-1)
    ),
    "never begun": lambda home, dingtalk: home.tokens.unlink(),
    "of another app": lambda home, dingtalk: home.change(client_id="dingother"),
}


@pytest.mark.parametrize("how", ENDED)
async def test_a_sign_in_that_is_over_says_so_and_answers_nothing(home, dingtalk, how):
    ENDED[how](home, dingtalk)
    found = await home.run("ask", "--personal", ZH)
    assert (found.exit_code, found.stdout) == (3, "")
    assert "run youkong login" in found.stderr
    assert "Traceback" not in found.stderr


async def test_a_file_that_is_of_no_use_is_told_with_the_way_out(home):
    home.tokens.chmod(0o644)
    found = await home.run("ask", "--personal", ZH)
    assert (found.exit_code, found.stdout) == (2, "")
    assert f"{home.tokens}: found mode 644, expected 600" in found.stderr
    home.tokens.chmod(0o600)
    home.tokens.write_text("{}")
    found = await home.run("ask", "--personal", ZH)
    assert (found.exit_code, "run youkong login again" in found.stderr) == (2, True)


# ---------------------------------------------------------------- faults
FAULTS = {
    "scope missing": (lambda f: f.deny_scope("Calendar.EventSchedule.Read"), "Calendar.EventSchedule.Read"),
    "500": (lambda f: f.fail("querySchedule", status=500), "failed"),
    "calls spent": (lambda f: f.quota_gone(), "quota"),
    "not shared": (lambda f: f.fail("querySchedule", status=400, code="paramIllegal"), "failed"),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("text", [ZH, EN])
async def test_whoever_cannot_be_read_is_unknown_with_the_reason(home, dingtalk, fault, text):
    inject, reason = FAULTS[fault]
    inject(dingtalk.faults)
    answer = await asked(home, text)
    assert [(each["state"], each["reason"]) for each in answer["people"]] == [("unknown", reason)]
    assert "✅" not in answer["text"]


@pytest.mark.parametrize("status", [500, 429])
async def test_a_renewal_that_fails_for_now_keeps_the_sign_in(home, dingtalk, status):
    before = home.kept()
    home.change(access_until=ends_in(seconds=-1))
    dingtalk.faults.fail("userAccessToken", status=status)
    found = await home.run("ask", "--personal", ZH)
    assert (found.exit_code, found.stdout) == (1, "")
    assert home.kept()["refresh_token"] == before["refresh_token"]
    dingtalk.faults.clear()
    assert (await asked(home, ZH))["people"][0]["state"] == "free"


@pytest.mark.parametrize("arguments", [(), ("--as", "alice", "--personal")])
async def test_one_of_the_two_ways_to_ask_is_named(home, arguments):
    found = await home.run("ask", *arguments, ZH)
    assert (found.exit_code, "one of --as STAFF_ID and --personal" in found.stderr) == (2, True)


async def test_check_tries_a_sign_in_that_is_there(home, dingtalk):
    found = await home.run("check")
    assert "ok   sign-in: Alice Chen is signed in" in found.stdout
    dingtalk.faults.end_sign_ins()
    found = await home.run("check")
    assert "FAIL sign-in:" in found.stdout
    home.tokens.unlink()
    found = await home.run("check")
    assert "sign-in" not in found.stdout


async def test_no_token_and_no_code_stands_in_a_log_an_error_or_an_answer(tmp_path):
    """Whatever goes wrong, at debug level, in the processes and in this one."""
    faults = (
        lambda f: f.html("userAccessToken"),
        lambda f: f.truncate("userAccessToken"),
        lambda f: f.drop_reply("userAccessToken"),
        lambda f: f.fail("userAccessToken", status=400, code="x", message="refused: {refreshToken} {code}"),
        lambda f: f.expire_user_tokens(),
        lambda f: f.fail("querySchedule", status=500),
        lambda f: f.end_sign_ins(),
    )
    async with Emulator(app="personal", client_secret="s3cr3t-canary", keep_answers=True) as dingtalk:
        dingtalk.person("alice", name="Alice Chen")
        home = Home(tmp_path / "home", dingtalk, logging={"level": "debug", "format": "json"})
        said = []
        for inject in faults:
            await home.signed_in()
            home.change(access_until=ends_in(seconds=-1))
            inject(dingtalk.faults)
            waiting = await home.sign_in()
            await waiting.agree("alice")
            await waiting.process.ended()
            for command in (("ask", "--personal", ZH), ("ask", "--personal", "--json", ZH), ("check",)):
                found = await home.run(*command)
                said.append(found.stdout + found.stderr)
            said.append((waiting.process.stdout + waiting.process.stderr).replace(waiting.asked["state"], ""))
            dingtalk.faults.clear()
        said += await logged_here(home, dingtalk)
        issued = [call.answer or {} for call in dingtalk.calls_of("userAccessToken")]
        tokens = {each[key] for each in issued for key in ("accessToken", "refreshToken") if key in each}
        assert len(tokens) > 10
        text = "\n".join(said)
        assert "Traceback" not in text
        assert [
            each for each in (*tokens, "s3cr3t-canary", *re.findall(r"\b[0-9a-f]{32}\b", text)) if each in text
        ] == []


async def logged_here(home, dingtalk):
    """What the parts log at debug level while a token is renewed, refused, and renewed again."""
    await home.signed_in()
    async with api_of(load(home.config)) as api:
        session = Session(api, TokenFile(home.tokens), clock=lambda: datetime.now(UTC))
        with capture_logs() as logged:
            first = await session.tokens.get()
            session.tokens.refused(first)
            second = await session.tokens.get()
            assert first != second
            dingtalk.faults.end_sign_ins()
            session.tokens.refused(second)
            with pytest.raises(NotSignedIn) as caught:
                await session.tokens.get()
        await session.tokens.aclose()
    lines = [
        *map(str, logged),
        str(caught.value),
        repr(caught.value),
        repr(session.stored()),
        repr(session),
        repr(session.tokens),
    ]
    assert any("user_token_renewed" in line for line in lines)
    return lines
