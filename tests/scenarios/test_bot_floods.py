"""Somebody who asks without end is told so once, then left alone; the others in the chat are answered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from scenario import ASK, MONDAY, metric, until, verdict_lines

from bot.chat.frames.mention import Mention
from bot.chat.rate_limit import Flow, RateLimit

MOST = 3


def mention(number, who="alice"):
    return Mention(f"m{number}", "cid", in_group=True, sender=who, sender_name=who, text=ASK, created_at=MONDAY)


@pytest.fixture
async def limited(start, group):
    return await start(limits={"questions_per_minute": MOST})


async def test_one_question_too_many_is_said_and_the_rest_is_left_alone(limited, dingtalk, alice, bob, carol, group):
    said = [await alice.says(ASK, at=[bob], to=group, created_at=MONDAY) for _ in range(MOST + 5)]
    for each in said:
        assert (await each.acked()).code == 200
    await until(lambda: len(group.cards) == MOST + 1)
    await dingtalk.settle()
    assert sorted(bool(verdict_lines(card)) for card in group.cards) == [False, True, True, True]
    [told] = [card for card in group.cards if not verdict_lines(card)]
    assert "问得有点快" in told.params["title"]
    assert "过一分钟再问" in told.params["title"]
    assert await metric(limited.health_url, 'youkong_messages_total{outcome="flood"}') == 4
    calls = len(dingtalk.calls)
    assert (await (await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)).acked()).code == 200
    await dingtalk.settle()
    assert len(dingtalk.calls) == calls
    await carol.says(ASK, at=[bob], to=group, created_at=MONDAY)
    await until(lambda: len(group.cards) == MOST + 2)
    assert verdict_lines(group.cards[-1]) == ["✅ 有空 1：李博"]


async def test_messages_delivered_again_are_no_questions_more(limited, dingtalk, alice, bob, group):
    dingtalk.faults.redeliver(0.01, times=3)
    for _ in range(MOST):
        await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    await until(lambda: len(group.cards) == MOST)
    await dingtalk.settle()
    assert all(verdict_lines(card) for card in group.cards)


def test_after_a_minute_questions_are_answered_again():
    floods = RateLimit(per_minute=MOST)
    flows = [floods.judge(mention(number), now=MONDAY) for number in range(MOST + 3)]
    assert flows == [Flow.ANSWER] * MOST + [Flow.TELL, Flow.LEAVE, Flow.LEAVE]
    assert floods.judge(mention(MOST), now=MONDAY) is Flow.TELL
    assert floods.judge(mention(99), now=MONDAY + timedelta(seconds=59)) is Flow.LEAVE
    assert floods.judge(mention(99), now=MONDAY + timedelta(seconds=60)) is Flow.ANSWER


def test_each_person_is_counted_alone():
    floods = RateLimit(per_minute=1)
    assert [floods.judge(mention(who, who), now=MONDAY) for who in ("alice", "bob")] == [Flow.ANSWER] * 2
