"""The operator's pages."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from scenario import ASK, MONDAY, PATIENT, SHORT_LEASES, config_of, metric, page, until

from bot.app import App

NAMES = (
    "youkong_messages_total",
    "youkong_answers_total",
    "youkong_answer_seconds_bucket",
    "youkong_presses_total",
    "youkong_api_calls_total",
    "youkong_api_seconds_bucket",
    "youkong_stream_events_total",
    "youkong_stream_reconnects_total",
    "youkong_queue_depth",
    "youkong_monthly_calls_spent",
    "youkong_monthly_calls_budget",
    "youkong_loop_failures_total",
    "youkong_log_lines_dropped_total",
)
LOOPS = (
    "stream",
    "token",
    "workers",
    "turns",
    "leases",
    "presses",
    "reminders",
    "digests",
    "call_count",
    "pruning",
    "index",
)
PARTS = (*LOOPS, "store", "messages", "digest_leases")


async def test_readiness_comes_with_the_connection_and_goes_with_it(dingtalk, sqlite_url):
    dingtalk.faults.hang("connections/open")
    async with App(config_of(dingtalk, sqlite_url), timing=PATIENT) as app:
        assert (await page(app.health_url + "/healthz"))[0] == 200
        status, body = await page(app.health_url + "/readyz")
        assert (status, json.loads(body)["stream"]) == (503, False)
        dingtalk.faults.clear()
        await app.connected()
        await until(lambda: dingtalk.calls_of("accessToken"))
        await dingtalk.settle()
        status, body = await page(app.health_url + "/readyz")
        assert (status, json.loads(body)) == (200, dict.fromkeys(PARTS, True))
        dingtalk.faults.open_refused(503, "unavailable")
        await dingtalk.reset()
        await until(lambda: len(dingtalk.calls_of("connections/open")) > 1)
        status, body = await page(app.health_url + "/readyz")
        assert (status, json.loads(body)["stream"]) == (503, False)
        assert (await page(app.health_url + "/healthz"))[0] == 200
        dingtalk.faults.clear()
        await dingtalk.connected()


@pytest.mark.parametrize("name", LOOPS)
async def test_readiness_names_an_endless_task_that_has_ended(bot, name):
    [task, *_] = [task for task in asyncio.all_tasks() if task.get_name() == name]
    task.cancel()
    await asyncio.wait([task])
    status, body = await page(bot.health_url + "/readyz")
    assert (status, [part for part, good in json.loads(body).items() if not good]) == (503, [name])


async def test_readiness_names_the_endless_tasks_that_a_locked_store_holds_up(start, tmp_path):
    timing = replace(SHORT_LEASES, loop_patience=0.2, reminder_look=0.1)
    app = await start(f"sqlite:///{tmp_path}/youkong.db?timeout=60", timing=timing)
    with closing(sqlite3.connect(tmp_path / "youkong.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        while True:
            status, body = await page(app.health_url + "/readyz")
            late = {part for part, good in json.loads(body).items() if not good}
            if late >= {"leases", "presses", "digests"}:
                break
        assert status == 503
        assert late <= {"store", "leases", "presses", "digests", "reminders"}
        other.execute("ROLLBACK")
    async with asyncio.timeout(60):
        while (await page(app.health_url + "/readyz"))[0] != 200:
            pass


async def test_an_endless_task_that_raises_at_each_pass_goes_on_and_is_counted(start, dingtalk, alice, bob, group):
    app = await start(timing=replace(SHORT_LEASES, press_lease=timedelta.max))
    failures = 'youkong_loop_failures_total{loop="presses"}'
    while await metric(app.health_url, failures) < 2:
        pass
    assert (await page(app.health_url + "/readyz"))[0] == 200
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    await group.next_card()


async def test_every_number_has_its_name(bot, dingtalk, alice, bob, group):
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    card = await group.next_card()
    await alice.presses(card, "later")
    await dingtalk.settle()
    _, text = await page(bot.health_url + "/metrics")
    assert [name for name in NAMES if f"\n{name}" not in text] == []
    for sample in (
        'youkong_messages_total{outcome="accepted"}',
        'youkong_answers_total{kind="who_is_free",outcome="card"}',
        'youkong_presses_total{outcome="done",verb="later"}',
        'youkong_api_calls_total{api="querySchedule",outcome="ok"}',
        'youkong_api_calls_total{api="createAndDeliver",outcome="ok"}',
        'youkong_stream_events_total{event="connected"}',
    ):
        assert await metric(bot.health_url, sample) == 1, sample
    assert await metric(bot.health_url, "youkong_queue_depth") == 0
    assert await metric(bot.health_url, "youkong_monthly_calls_budget") == 5000
    assert await metric(bot.health_url, "youkong_monthly_calls_spent") >= 0


async def test_a_message_that_came_before_is_counted_as_a_duplicate(bot, dingtalk, alice, bob, group):
    dingtalk.faults.redeliver(0.01)
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    await group.next_card()
    await dingtalk.settle()
    assert await metric(bot.health_url, 'youkong_messages_total{outcome="duplicate"}') == 1


async def test_health_can_be_turned_off(start):
    app = await start(server={"port": None})
    assert app.health_url == ""
