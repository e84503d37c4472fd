"""SIGTERM: what is in hand is finished, the exit is 0, and nothing that hangs holds it up."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import replace

from scenario import ASK, MONDAY, PATIENT, Process, settings_of, until

UNHURRIED = replace(PATIENT, stop_within=3600, store_within=3600, ended_within=3600)
"""Whoever waits for as long as a stop may take waits longer than any test."""


async def test_five_questions_in_hand_are_answered_before_the_end(launch, dingtalk, alice, bob, group):
    process = await launch(timing=UNHURRIED)
    dingtalk.faults.hang("querySchedule")
    for day in ("周二", "周三", "周四", "周五", "下周一"):
        await (await alice.says(f"{day}下午2点到4点谁有空", at=[bob], to=group, created_at=MONDAY)).acked()
    await until(lambda: dingtalk.calls_of("querySchedule"))  # the other four wait for their turn
    process.tell_to_end()
    await until(lambda: not dingtalk.connections)
    assert group.cards == []
    dingtalk.faults.clear()
    assert (await process.ended(), len(group.cards)) == (0, 5)
    assert "stopped_with_work_left" not in process.stderr
    assert "outcome='lost'" not in process.stderr


async def test_an_idle_bot_waits_for_nothing_before_the_end(launch):
    assert await (await launch(timing=UNHURRIED)).terminate() == 0


async def test_a_press_that_hangs_does_not_keep_the_bot_from_ending(launch, dingtalk, alice, bob, group):
    process = await launch(timing=replace(PATIENT, ack_within=0.05, stop_within=0.1))
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    card = await group.next_card()
    dingtalk.faults.hang("querySchedule")
    press = await bob.presses(card, "later")
    assert not press.timed_out
    assert await process.terminate() == 0
    assert dingtalk.calls_of("querySchedule")[-1].status == 0  # it was never answered


async def test_a_bot_without_dingtalk_still_ends(launch, dingtalk):
    process = await launch(timing=UNHURRIED)
    dingtalk.faults.open_refused(503, "unavailable")
    await dingtalk.reset()
    await until(lambda: len(dingtalk.calls_of("connections/open")) > 1)
    assert await process.terminate() == 0


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
    assert await asyncio.wait_for(process.wait(), 60) == 0
