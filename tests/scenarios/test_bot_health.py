"""The operator's pages."""

from __future__ import annotations

import json

from scenario import ASK, MONDAY, PATIENT, config_of, metric, page, until

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
)


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
        assert await page(app.health_url + "/readyz") == (200, '{"stream": true, "token": true, "store": true}')
        dingtalk.faults.open_refused(503, "unavailable")
        await dingtalk.reset()
        await until(lambda: len(dingtalk.calls_of("connections/open")) > 1)
        status, body = await page(app.health_url + "/readyz")
        assert (status, json.loads(body)["stream"]) == (503, False)
        assert (await page(app.health_url + "/healthz"))[0] == 200
        dingtalk.faults.clear()
        await dingtalk.connected()


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
