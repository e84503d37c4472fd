"""The bot where DingTalk, its clock or the way to it are not what they should be: it starts, waits and answers."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from scenario import ACK_WINDOW, ASK, MONDAY, PATIENT, SHORT_LEASES, Process, line_of, metric, run, settings_of, until

from bot.app import App
from bot.config import Config
from bot.emulator import Emulator

sys.path.append(str(Path(__file__).parent.parent / "wire"))
from wire_servers import AUTHORITY, connect_proxy, trusted_server

OPEN = "connections/open"


@pytest.mark.parametrize(
    ("status", "code"),
    [(302, ""), (400, "unknown"), (400, "systemError"), (403, "Forbidden"), (404, ""), (405, ""), (418, ""), (500, "")],
)
async def test_an_odd_refusal_at_the_start_is_tried_again(launch, dingtalk, alice, bob, group, status, code):
    dingtalk.faults.open_refused(status, code, times=1)
    process = await launch()
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    await group.next_card(timeout=60)
    assert len(dingtalk.calls_of(OPEN)) == 2
    assert await process.terminate() == 0


@pytest.mark.parametrize("spoil", ["html", "truncate", "close_connection"])
async def test_an_odd_answer_at_the_start_is_asked_for_again(launch, dingtalk, alice, bob, group, spoil):
    getattr(dingtalk.faults, spoil)(OPEN, times=1)
    process = await launch()
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    await group.next_card(timeout=60)
    assert await process.terminate() == 0


@pytest.mark.parametrize(
    "endpoint",
    [
        "wss://" + 64 * "a" + ".dingtalk.com/connect",
        "wss://a..dingtalk.com/connect",
        "wss://.dingtalk.com/connect",
        "wss://dingtalk.com.evil.example/connect",
        "wss://dingtalk.com:99999/connect",
        "wss://[::1/connect",
        "ws://evil.example/connect",
        "wss://",
        "nonsense",
    ],
)
async def test_an_impossible_endpoint_is_refused_and_the_next_one_tried(
    dingtalk, alice, bob, group, tmp_path, sqlite_url, endpoint
):
    dingtalk.faults.foreign_endpoint(endpoint)
    (tmp_path / "config.yaml").write_text(json.dumps(settings_of(dingtalk, sqlite_url)))
    process = Process(tmp_path / "run", "run", "-c", str(tmp_path / "config.yaml"), timing=PATIENT)
    try:
        await until(lambda: len(dingtalk.calls_of(OPEN)) > 1)
        dingtalk.faults.foreign_endpoint("")
        await dingtalk.connected(timeout=30)
        await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
        await group.next_card(timeout=60)
        assert "pass_failed" not in process.stderr
        assert await process.terminate() == 0
    finally:
        await process.kill()


async def test_behind_a_proxy_with_a_private_authority_questions_are_answered(launch, tmp_path):
    async with (
        Emulator(redeliver_unacked=None, ack_window=ACK_WINDOW, ssl_context=trusted_server()) as dingtalk,
        connect_proxy("bot:s3cret-word") as proxy,
    ):
        alice, bob = dingtalk.person("alice", name="Alice Chen"), dingtalk.person("bob", name="李博")
        group = dingtalk.group("Design", [alice, bob], id="cidDesign==")
        network = {"proxy": proxy.url("bot:s3cret-word"), "ca_file": str(AUTHORITY / "ca.pem")}
        settings = settings_of(dingtalk, "")["dingtalk"] | network
        process = await launch(at=dingtalk, dingtalk=settings)
        await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
        assert "李博" in line_of(await group.next_card(timeout=60), "李博")
        assert await process.terminate() == 0
        assert set(proxy.tunnels) == {dingtalk.url.removeprefix("https://")}
        assert proxy.refused == []
        assert "s3cret-word" not in process.stderr


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("ca_file", "/no/such/authority.pem", "expected a PEM file of certificates"),
        ("ca_file", __file__, "expected a PEM file of certificates"),
        ("proxy", "socks5://bot:s3cret-word@proxy:1080", "expected http://host:port"),
        ("proxy", "http://bot:s3cret@word@proxy:port", "expected http://host:port"),
    ],
)
async def test_what_cannot_be_a_proxy_or_an_authority_is_named(dingtalk, tmp_path, sqlite_url, key, value, told):
    settings = settings_of(dingtalk, sqlite_url)
    settings["dingtalk"][key] = value
    (tmp_path / "config.yaml").write_text(json.dumps(settings))
    found = await run(tmp_path / "run", "run", "-c", str(tmp_path / "config.yaml"))
    assert found.exit_code == 2
    assert f"dingtalk.{key}" in found.stderr
    assert told in found.stderr
    assert "s3cret" not in found.stderr


@pytest.mark.parametrize("minutes", [-31, 31], ids=["behind", "ahead"])
async def test_a_clock_half_an_hour_off_drops_nothing_is_told_and_is_not_gone_by(minutes, tmp_path, sqlite_url):
    def dingtalk_now() -> datetime:
        return datetime.now(UTC) + timedelta(minutes=minutes)

    async with Emulator(now=dingtalk_now, redeliver_unacked=None, ack_window=ACK_WINDOW) as dingtalk:
        alice, bob = dingtalk.person("alice", name="Alice Chen"), dingtalk.person("bob", name="李博")
        bob.calendar.busy(dingtalk_now() - timedelta(minutes=20), dingtalk_now() + timedelta(minutes=20))
        config = Config.model_validate(settings_of(dingtalk, sqlite_url))
        async with App(config, timing=PATIENT) as app:
            await app.connected()
            await until(lambda: dingtalk.calls_of("accessToken"))
            await dingtalk.settle()
            skew = await metric(app.health_url, "youkong_clock_skew_seconds")
            assert abs(skew + minutes * 60) < 60
            group = dingtalk.group("Design", [alice, bob], id="cidDesign==")
            await alice.says("现在有空吗", at=[bob], to=group)
            card = await group.next_card(timeout=60)
            before = len(dingtalk.calls_of("querySchedule"))
            assert "⛔" in line_of(card, "李博")
            await alice.presses(card, "refresh")
            await until(lambda: len(card.updates) or len(dingtalk.calls_of("querySchedule")) > before)
            await dingtalk.settle()
            assert "⛔" in line_of(card, "李博")
            assert await metric(app.health_url, 'youkong_messages_total{outcome="accepted"}') == 1
        (tmp_path / "config.yaml").write_text(json.dumps(settings_of(dingtalk, sqlite_url)))
        checked = await run(tmp_path / "check", "check", "-c", str(tmp_path / "config.yaml"))
        assert f"FAIL clock: 31 min {'behind' if minutes > 0 else 'ahead of'} DingTalk's" in checked.stdout


@pytest.mark.parametrize("hours", [-1, 1], ids=["back", "forward"])
async def test_a_clock_that_jumps_loses_and_doubles_nothing(hours, sqlite_url):
    by = [timedelta(0)]
    async with Emulator(
        now=lambda: datetime.now(UTC) + by[0], redeliver_unacked=None, ack_window=ACK_WINDOW
    ) as dingtalk:
        alice, bob = dingtalk.person("alice", name="Alice Chen"), dingtalk.person("bob", name="李博")
        group = dingtalk.group("Design", [alice, bob], id="cidDesign==")
        async with App(Config.model_validate(settings_of(dingtalk, sqlite_url)), timing=SHORT_LEASES) as app:
            await app.connected()
            dingtalk.faults.hang("querySchedule", times=1)
            await alice.says("明天下午2点谁有空", at=[bob], to=group)
            await until(lambda: dingtalk.calls_of("querySchedule"))
            by[0] = timedelta(hours=hours)
            for number in range(3):
                await alice.says(f"后天下午{number + 1}点谁有空", at=[bob], to=group)
            dingtalk.faults.release()
            for _ in range(4):
                await group.next_card(timeout=60)
            await dingtalk.settle()
            assert len(group.cards) == 4
            assert await metric(app.health_url, 'youkong_messages_total{outcome="accepted"}') == 4
