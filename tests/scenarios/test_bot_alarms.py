"""What an operator is to be woken by has a number and a line of its own."""

from __future__ import annotations

import asyncio
import math

import pytest
from scenario import ASK, MONDAY, Talk, metric, page, until


async def becomes(app, name: str, value: float) -> None:
    """Returns once a sample is that; the card comes a little before what is counted of it."""
    async with asyncio.timeout(60):
        while await metric(app.health_url, name) != value:
            pass


async def test_an_answer_that_knows_nobody_is_an_outcome_of_its_own(bot, dingtalk, alice, bob, carol, group):
    talk, answers = Talk(alice, group), 'youkong_answers_total{{kind="who_is_free",outcome="{}"}}'
    dingtalk.faults.person_error(bob)
    await talk.asks(ASK, bob)
    await becomes(bot, answers.format("all_unknown"), 1)
    await talk.asks("周三下午2点谁有空", bob, carol)
    await becomes(bot, answers.format("card"), 1)
    assert await metric(bot.health_url, answers.format("all_unknown")) == 1
    assert await metric(bot.health_url, 'youkong_people_total{state="unknown"}') == 2
    assert await metric(bot.health_url, 'youkong_people_total{state="free"}') == 1


@pytest.mark.parametrize("text", ["周二下午谁有空", "周二什么时候有空", "周二找半小时", "下周忙闲"])
async def test_so_it_is_where_the_permission_is_gone(launch, dingtalk, alice, bob, group, text):
    process = await launch(logging={"format": "json"})
    dingtalk.faults.deny_scope("Calendar.EventSchedule.Read")
    await alice.says(text, at=[bob], to=group, created_at=MONDAY)
    await group.next_card(timeout=60)
    await until(lambda: "nobody_known" in process.stderr)
    assert '"reasons": "no_scope"' in process.stderr
    assert '"outcome": "all_unknown"' in process.stderr
    assert "李博" not in process.stderr
    assert await process.terminate() == 0


@pytest.mark.parametrize(
    ("text", "kind"), [("谁有空 5点3", "leftover"), ("周二下午鱼香肉有空吗", "unread"), ("谁有空", "no_time")]
)
async def test_what_is_asked_back_is_counted_by_kind_without_a_word_of_it(bot, dingtalk, alice, group, text, kind):
    await alice.says(text, to=group, created_at=MONDAY)
    await group.next_card(timeout=60)
    await becomes(bot, f'youkong_leftover_total{{kind="{kind}"}}', 1)
    assert "鱼香" not in (await page(bot.health_url + "/metrics"))[1]


async def test_the_age_of_the_last_frame_and_of_the_oldest_message_are_numbers(bot, dingtalk, alice, bob, group):
    dingtalk.faults.hang("querySchedule")
    await (await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)).acked(timeout=60)
    await until(lambda: dingtalk.calls_of("querySchedule"))
    while not await metric(bot.health_url, "youkong_oldest_message_seconds"):
        pass
    assert await metric(bot.health_url, "youkong_last_frame_age_seconds") > 0
    dingtalk.faults.clear()
    await group.next_card(timeout=60)
    dingtalk.faults.open_refused(503, "unavailable")
    await dingtalk.reset()
    while not math.isnan(await metric(bot.health_url, "youkong_last_frame_age_seconds")):
        pass
    dingtalk.faults.clear()


async def test_the_build_tells_its_version_and_schema(bot):
    from bot import __version__
    from bot.store.schema import HEAD

    _, text = await page(bot.health_url + "/metrics")
    [line] = [line for line in text.splitlines() if line.startswith("youkong_build_info{")]
    assert f'version="{__version__}"' in line
    assert f'schema="{HEAD}"' in line
