"""SIGTERM: what is in hand is finished, the exit is 0, and it does not take ten seconds."""

from __future__ import annotations

import asyncio
import json
import sys

from scenario import ASK, MONDAY, Process, settings_of, until


async def test_five_questions_in_hand_are_answered_before_the_end(launch, dingtalk, alice, bob, group):
    process = await launch()
    dingtalk.faults.slow("querySchedule", 2)
    for day in ("周二", "周三", "周四", "周五", "下周一"):
        await (await alice.says(f"{day}下午2点到4点谁有空", at=[bob], to=group, created_at=MONDAY)).acked()
    await until(lambda: len(dingtalk.calls_of("querySchedule")) == 5)
    code, seconds = await process.terminate()
    assert (code, len(group.cards)) == (0, 5)
    assert seconds < 10
    assert "outcome='lost'" not in process.stderr


async def test_an_idle_bot_ends_at_once(launch):
    code, seconds = await (await launch()).terminate()
    assert code == 0
    assert seconds < 6  # what a bot with work in hand may take


async def test_a_press_that_hangs_does_not_keep_the_bot_from_ending(launch, dingtalk, alice, bob, group):
    process = await launch()
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    card = await group.next_card()
    dingtalk.faults.hang("querySchedule")
    press = await bob.presses(card, "later")
    assert not press.timed_out
    code, seconds = await process.terminate()
    assert code == 0
    assert seconds < 10


async def test_a_bot_without_dingtalk_still_ends_at_once(launch, dingtalk):
    process = await launch()
    dingtalk.faults.open_refused(503, "unavailable")
    await dingtalk.reset()
    await until(lambda: len(dingtalk.calls_of("connections/open")) > 1)
    code, seconds = await process.terminate()
    assert code == 0
    assert seconds < 5


async def test_refused_credentials_end_the_bot_with_3(dingtalk, tmp_path, sqlite_url):
    settings = settings_of(dingtalk, sqlite_url)
    settings["dingtalk"]["client_secret"] = "wrong-secret-canary"
    (tmp_path / "bad.yaml").write_text(json.dumps(settings))
    process = Process(tmp_path / "run", "run", "-c", str(tmp_path / "bad.yaml"))
    assert await process.ended() == 3
    assert "check client id and secret" in process.stderr
    assert "wrong-secret-canary" not in process.stderr
    assert "Traceback" not in process.stderr
    assert len(dingtalk.calls_of("connections/open")) == 1


async def test_python_m_bot_is_the_same_program(dingtalk, tmp_path, sqlite_url):
    (tmp_path / "config.yaml").write_text(json.dumps(settings_of(dingtalk, sqlite_url)))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", "-c", str(tmp_path / "config.yaml"), stderr=asyncio.subprocess.DEVNULL
    )
    await dingtalk.connected(timeout=30)
    process.terminate()
    assert await asyncio.wait_for(process.wait(), 10) == 0
