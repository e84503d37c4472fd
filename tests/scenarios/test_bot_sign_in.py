"""`youkong login`: end to end, declined, with every fault of DingTalk, and under attack."""

from __future__ import annotations

import asyncio
import os
import socket
import sys

import aiohttp
import pytest
from scenario import until
from signing_in import Home, SignIn, visit

from bot.emulator import Emulator

SECRET = "s3cr3t-canary-0123456789"


@pytest.fixture
async def dingtalk():
    """A DingTalk where the app is a third-party personal one: it gets no token but those of users."""
    async with Emulator(app="personal", client_secret=SECRET, redeliver_unacked=None) as emulator:
        yield emulator
        assert emulator.violations == []


@pytest.fixture
def home(tmp_path, dingtalk, alice):
    return Home(tmp_path / "home", dingtalk)


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-CN,zh;q=0.9", "Alice Chen 已登录"), ("en-GB", "Alice Chen is signed in")],
)
async def test_a_user_signs_in_and_the_tokens_are_kept_for_their_owner_alone(home, dingtalk, alice, language, words):
    waiting = await home.sign_in()
    assert waiting.asked["client_id"] == dingtalk.client_id
    assert (waiting.asked["response_type"], waiting.asked["scope"], waiting.asked["prompt"]) == (
        "code", "openid", "consent",
    )  # fmt: skip
    status, page = await waiting.agree("alice", **{"Accept-Language": language})
    assert status == 200
    assert words in page
    assert await waiting.process.ended() == 0
    assert "Alice Chen" in waiting.process.stdout
    assert os.stat(home.tokens).st_mode & 0o777 == 0o600
    assert home.kept()["union_id"] == alice.union_id
    assert [(call.api, call.status) for call in dingtalk.calls] == [("userAccessToken", 200), ("users/me", 200)]


async def test_the_page_that_ends_it_leaves_no_trace_of_the_code(home):
    waiting = await home.sign_in()
    async with aiohttp.ClientSession() as session, session.get(await waiting.target("alice")) as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


async def test_whoever_declines_keeps_what_was_there(home):
    await home.signed_in()
    before = home.kept()
    waiting = await home.sign_in()
    status, page = await waiting.agree("", **{"Accept-Language": "zh"})
    assert (status, "你没有同意" in page) == (200, True)
    assert await waiting.process.ended() == 3
    assert "declined" in waiting.process.stderr
    assert home.kept() == before


async def test_a_name_of_somebody_stays_text_on_the_page_and_the_terminal(home, dingtalk):
    dingtalk.person("mallory", name="<script>x()</script>\x1b[31m")
    waiting = await home.sign_in()
    _, page = await waiting.agree("mallory")
    assert "<script>" not in page
    await waiting.process.ended()
    assert "\x1b" not in waiting.process.stdout


# ---------------------------------------------------------------- attacks
async def refused(waiting: SignIn, url: str, status: int, **headers: str) -> None:
    """A request gets nothing, and the sign-in goes on."""
    assert (await visit(url, **headers))[0] == status
    assert waiting.process.exit_code is None


async def test_a_foreign_state_is_refused_and_the_sign_in_goes_on(home, dingtalk):
    waiting = await home.sign_in()
    code = (await waiting.target("alice")).partition("authCode=")[2].partition("&")[0]
    state = waiting.asked["state"]
    for query in (f"authCode={code}", f"authCode={code}&state=", f"authCode={code}&state=foreign",
                  f"authCode={code}&state={state}x", f"authCode={code}&state={state}&state={state}",
                  f"authCode={code}&state=%F0%9F%98%80", f"error=access_denied&state={state[:-1]}", ""):  # fmt: skip
        await refused(waiting, f"{waiting.redirect_uri}?{query}", 403)
    assert dingtalk.calls == []
    assert not home.tokens.exists()
    assert (await waiting.agree("alice"))[0] == 200
    assert await waiting.process.ended() == 0


async def test_another_hosts_redirect_is_refused(home, dingtalk):
    """A name that somebody points at 127.0.0.1 while the page is open."""
    waiting = await home.sign_in()
    target = await waiting.target("alice")
    for host in (f"evil.example:{waiting.port}", "127.0.0.1", "127.0.0.1:1", f"localhost:{waiting.port}", "x"):
        await refused(waiting, target, 404, Host=host)
    await refused(waiting, target.replace("/callback", "/other"), 404)
    async with aiohttp.ClientSession() as session, session.post(target) as answer:
        assert answer.status == 404
    assert dingtalk.calls == []
    assert (await visit(target))[0] == 200
    assert await waiting.process.ended() == 0


async def test_a_redirect_that_comes_again_is_exchanged_once(home, dingtalk):
    waiting = await home.sign_in()
    dingtalk.faults.slow("userAccessToken", 0.3)
    target = await waiting.target("alice")
    found = await asyncio.gather(*(visit(target) for _ in range(5)), return_exceptions=True)
    statuses = sorted(each[0] for each in found if isinstance(each, tuple))
    assert statuses.count(200) == 1
    assert set(statuses) <= {200, 409}
    assert await waiting.process.ended() == 0
    assert len(dingtalk.calls_of("userAccessToken")) == 1


async def test_a_code_that_was_used_elsewhere_is_refused(home, dingtalk):
    waiting = await home.sign_in()
    target = await waiting.target("alice")
    code = target.partition("authCode=")[2].partition("&")[0]
    body = {"clientId": dingtalk.client_id, "clientSecret": SECRET, "code": code, "grantType": "authorization_code"}
    async with aiohttp.ClientSession() as session:
        await session.post(f"{dingtalk.url}/v1.0/oauth2/userAccessToken", json=body)
    status, page = await visit(target, **{"Accept-Language": "en"})
    assert (status, "Not signed in" in page) == (502, True)
    assert await waiting.process.ended() == 3
    assert "run youkong login" in waiting.process.stderr
    assert not home.tokens.exists()


async def test_a_second_listener_on_the_port_is_refused(home, dingtalk):
    waiting = await home.sign_in()
    second = await home.sign_in(port=waiting.port)
    assert await second.process.ended() == 1
    assert f"port {waiting.port} of 127.0.0.1 is taken" in second.process.stderr
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        with pytest.raises(OSError, match="in use"):
            other.bind(("127.0.0.1", waiting.port))
    assert (await waiting.agree("alice"))[0] == 200
    assert await waiting.process.ended() == 0


async def test_nobody_is_listened_to_from_outside(home):
    waiting = await home.sign_in()
    addresses = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for address in addresses - {"127.0.0.1"}:
        if address.startswith("127."):
            with socket.socket() as probe:
                assert probe.connect_ex((address, waiting.port)) != 0
    with socket.socket(socket.AF_INET6) as probe:
        assert probe.connect_ex(("::1", waiting.port)) != 0


@pytest.mark.skipif(sys.platform == "darwin", reason="every Mac has a desktop")
async def test_without_a_desktop_the_address_is_printed_and_nothing_is_opened(home, tmp_path):
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f"#!/bin/sh\ntouch {opened}\n")
    browser.chmod(0o755)
    environ = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "BROWSER": str(browser)}
    process = home.start("login", "--port", "0", environ=environ)
    await until(lambda: "/oauth2/auth?" in process.stdout)
    waiting = SignIn(process)
    assert (await waiting.agree("alice"))[0] == 200
    assert await process.ended() == 0
    assert not opened.exists()


@pytest.mark.skipif(sys.platform == "darwin", reason="there the desktop's own browser is taken")
async def test_with_a_desktop_the_browser_is_opened_and_not_waited_for(home, tmp_path):
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    closed = tmp_path / "closed"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}\nwhile [ ! -e {closed} ]; do sleep 0.1; done\n')
    browser.chmod(0o755)
    process = home.start("login", "--port", "0", environ={"DISPLAY": ":9", "BROWSER": f"{browser} %s"})
    await until(lambda: opened.exists() and opened.read_text().endswith("\n"))
    waiting = SignIn(process)
    assert opened.read_text().strip() == waiting.address
    assert (await waiting.agree("alice"))[0] == 200
    assert await process.ended() == 0
    closed.touch()


async def test_it_times_out_by_itself(home):
    waiting = await home.sign_in("--timeout", "1")
    assert await waiting.process.ended() == 1
    assert "nobody signed in within 1 s" in waiting.process.stderr
    assert not home.tokens.exists()


# ---------------------------------------------------------------- faults
FAULTS = {
    "500": (lambda f: f.fail("userAccessToken", status=500), 1, "try again later"),
    "lost": (lambda f: f.drop_reply("userAccessToken"), 1, "userAccessToken"),
    "nonsense": (lambda f: f.html("userAccessToken"), 1, "userAccessToken"),
    "throttled": (lambda f: f.fail("userAccessToken", status=403, code="Forbidden.QpsLimit"), 1, "too many calls"),
    "scope": (lambda f: f.deny_scope("Contact.User.Read"), 1, "Contact.User.Read"),
    "who": (lambda f: f.fail("users/me", status=500), 1, "users/me"),
    "secret": (lambda f: f.fail("userAccessToken", status=400, code="invalidClientIdOrSecret"), 3, "check client id"),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_what_goes_wrong_is_told_on_the_page_and_the_terminal_and_nothing_is_kept(home, dingtalk, fault):
    inject, code, words = FAULTS[fault]
    waiting = await home.sign_in()
    inject(dingtalk.faults)
    status, page = await waiting.agree("alice", **{"Accept-Language": "en"})
    assert (status, "Not signed in" in page) == (502, True)
    assert await waiting.process.ended() == code
    assert words in waiting.process.stderr
    assert "Traceback" not in waiting.process.stderr
    assert not home.tokens.exists()
    if fault not in ("scope", "who", "throttled"):
        assert len(dingtalk.calls_of("userAccessToken")) == 1, "a code is good once, so a repeat would be refused"


async def test_a_place_that_cannot_be_written_is_told_before_anybody_signs_in(tmp_path, dingtalk, alice):
    (tmp_path / "plain").write_text("")
    home = Home(tmp_path / "home", dingtalk, personal={"token_file": str(tmp_path / "plain" / "tokens")})
    waiting = await home.sign_in()
    assert waiting.address == ""
    assert await waiting.process.ended() == 2
    assert "personal.token_file" in waiting.process.stderr
