"""What a month holds: nobody spends it alone, and whoever can do something about it is told before it is gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from scenario import (
    ASK,
    MONDAY,
    SHORT_LEASES,
    Talk,
    config_of,
    metric,
    on_tuesday,
    page,
    settings_of,
    until,
    verdict_lines,
)

from bot.app import App

SHARE = {"limits": {"questions_per_minute": 1_000_000, "share_of_month": 0.02}}
TOLD = "你今天的查询额度用完了，明天恢复"


@pytest.fixture
def frugal(dingtalk):
    """Ten calls for one person and day."""
    return {"dingtalk": settings_of(dingtalk, "")["dingtalk"] | {"monthly_calls": 500}, **SHARE}


async def flood(alice, bob, group, *, questions: int) -> None:
    """One question after the other, each about another time, so that nothing is remembered."""
    for number in range(questions):
        said = await alice.says(
            f"周二{8 + number % 10}点{number // 10}分谁有空",
            at=[bob],
            to=group,
            created_at=MONDAY + timedelta(seconds=number),
        )
        await said.acked(timeout=60)


async def test_one_person_cannot_spend_the_month_with_questions(start, dingtalk, alice, bob, carol, group, frugal):
    app = await start(**frugal)
    await flood(alice, bob, group, questions=40)
    over = 'youkong_answers_total{kind="none",outcome="over_share"}'
    told = 'youkong_answers_total{kind="none",outcome="text"}'
    while await metric(app.health_url, over) + await metric(app.health_url, told) < 30:
        pass
    await dingtalk.settle()
    assert 10 <= dingtalk.monthly_calls <= 12
    assert [message.text for message in group.messages] == [TOLD]
    calls = dingtalk.monthly_calls
    await carol.says(ASK, at=[bob], to=group, created_at=MONDAY)
    await until(lambda: dingtalk.monthly_calls > calls)
    await dingtalk.settle()
    assert verdict_lines(group.cards[-1])


async def test_nor_with_presses(start, dingtalk, alice, bob, group, frugal):
    app = await start(**frugal)
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    card = await group.next_card(timeout=60)
    for _ in range(60):
        await alice.presses(card, "later")
    await dingtalk.settle()
    assert 10 <= dingtalk.monthly_calls <= 12
    assert "你今天的额度用完了" in card.params["tips"]
    assert await metric(app.health_url, 'youkong_presses_total{outcome="over_share",verb="later"}') >= 20
    await bob.presses(card, "refresh")
    assert "额度" not in card.params["tips"]


async def test_a_restart_forgets_no_share(start, dingtalk, alice, bob, group, frugal):
    app = await start(**frugal)
    await flood(alice, bob, group, questions=20)
    while await metric(app.health_url, 'youkong_answers_total{kind="none",outcome="over_share"}') < 1:
        pass
    await dingtalk.settle()
    await app.stop()
    calls = dingtalk.monthly_calls
    again = await start(**frugal)
    await until(lambda: dingtalk.connections)
    await flood(alice, bob, group, questions=3)
    await dingtalk.settle()
    while await metric(again.health_url, 'youkong_answers_total{kind="none",outcome="over_share"}') < 3:
        pass
    assert dingtalk.monthly_calls == calls


async def test_administrators_are_told_once_when_the_pushes_run_out(start, dingtalk, alice, bob, carol, group):
    settings = settings_of(dingtalk, "")["dingtalk"] | {"monthly_pushes": 20}
    timing = replace(SHORT_LEASES, count_look=0.1)
    app = await start(timing=timing, dingtalk=settings, administrators=["carol"])
    for number in range(18):
        await (await alice.says("谢谢", to=group, created_at=MONDAY + timedelta(hours=number))).acked(timeout=60)
    while await metric(app.health_url, "youkong_monthly_pushes_spent") < 18:
        pass
    assert carol.direct.cards == []
    for number in range(18, 22):
        await (await alice.says("谢谢", to=group, created_at=MONDAY + timedelta(hours=number))).acked(timeout=60)
    told = await carol.direct.next_card(timeout=60)
    assert told.params["title"] == "本月消息额度快用完了"
    assert "/ 20（本机器人）" in told.params["markdown"]
    assert "请升级钉钉版本或加购" in told.params["markdown"]
    while await metric(app.health_url, "youkong_monthly_pushes_spent") < 22:
        pass
    await app.stop()
    async with App(
        config_of(dingtalk, app._config.store.url, administrators=["carol"], dingtalk=settings), timing=timing
    ):
        await until(lambda: dingtalk.connections)
        await dingtalk.settle()
    assert len(carol.direct.cards) == 1


async def test_they_are_told_at_once_where_dingtalk_says_that_none_are_left(start, dingtalk, alice, carol, group):
    await start(timing=replace(SHORT_LEASES, count_look=0.1), administrators=["carol"], locale="en")
    dingtalk.faults.push_quota_gone()
    await alice.says("谢谢", to=group, created_at=MONDAY)
    told = await carol.direct.next_card(timeout=60)
    assert told.params["title"] == "Message quota used up"
    assert " of 3,000 used (this bot)" in told.params["markdown"]
    assert "Now digests only, questions from" in told.params["markdown"]


async def test_a_reminder_looks_about_nine_times_in_a_working_day_and_not_at_night(bot, dingtalk, alice, bob, group):
    bob.calendar.busy(on_tuesday(-72), on_tuesday(100))
    talk = Talk(alice, group)
    card = await talk.asks("周三什么时候有空", bob)
    await alice.presses(card, "watch")
    await dingtalk.settle()

    async def looks(first: float, last: float) -> int:
        before, hour = len(dingtalk.calls_of("querySchedule")), first
        while hour < last:
            await bot.look_at_reminders(on_tuesday(hour))
            hour += 1 / 60
        return len(dingtalk.calls_of("querySchedule")) - before

    assert 8 <= await looks(9, 18) <= 11
    assert await looks(18.1, 32.9) <= 1
    assert await looks(32.9, 33.1) == 1


async def test_a_reminder_looks_once_more_just_before_it_is_too_late(bot, dingtalk, alice, bob, group):
    bob.calendar.busy(on_tuesday(14), on_tuesday(16))
    card = await Talk(alice, group).asks("周二下午2点到4点谁有空", bob)
    await alice.presses(card, "watch")
    await dingtalk.settle()
    for minute in range(9 * 60, 13 * 60 + 55):
        await bot.look_at_reminders(on_tuesday(minute / 60))
    bob.calendar.clear()
    for minute in range(13 * 60 + 55, 14 * 60):
        await bot.look_at_reminders(on_tuesday(minute / 60))
    assert (await alice.direct.next_card(timeout=60)).params["title"].endswith("有空")
    assert len(dingtalk.calls_of("querySchedule")) < 14


async def test_reminders_that_come_due_together_share_their_calls(bot, dingtalk, alice, bob, carol, group):
    talk = Talk(alice, group)
    for person in (bob, carol):
        person.calendar.busy(on_tuesday(-72), on_tuesday(100))
        card = await talk.asks("周三什么时候有空", person)
        await alice.presses(card, "watch")
    await dingtalk.settle()
    before = len(dingtalk.calls_of("querySchedule"))
    assert await bot.look_at_reminders(on_tuesday(9)) == 2
    assert len(dingtalk.calls_of("querySchedule")) == before + 1


async def test_an_api_that_fails_is_left_alone_and_the_answer_says_so(start, dingtalk, alice, bob, group):
    app = await start()
    dingtalk.faults.fail("querySchedule", status=503, code="serviceUnavailable")
    talk = Talk(alice, group)
    for number in range(10):
        await talk.asks(f"周二{8 + number}点谁有空", bob)
    assert len(dingtalk.calls_of("querySchedule")) == 20
    assert (await page(app.health_url + "/metrics"))[1].count('youkong_breaker_open{api="querySchedule"} 1.0') == 1
    assert all("✅" not in card.text for card in group.cards)
