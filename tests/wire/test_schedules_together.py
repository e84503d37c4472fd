"""Questions that are expected together share their calls: full batches, each person once in each asker's name."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.dingtalk.http import Api, Credentials, Endpoints
from bot.emulator import Emulator
from bot.model.causes import OnBehalfOf
from bot.model.people import Person, StaffId, UnionId, UnknownReason
from bot.model.time import Interval
from bot.schedules import Schedules

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 3, 16, tzinfo=ZONE)
DAY = Interval(MONDAY, MONDAY + timedelta(days=1))


@pytest.fixture
async def dingtalk():
    async with Emulator() as emulator:
        yield emulator


@pytest.fixture
async def schedules(dingtalk):
    async with Api(
        Credentials(dingtalk.client_id, dingtalk.client_secret), Endpoints(dingtalk.url, dingtalk.url)
    ) as api:
        opened = Schedules(api)
        yield opened
        await opened.aclose()


@pytest.fixture
def people(dingtalk):
    listed = [dingtalk.person(f"staff-{n:03}") for n in range(60)]
    return [Person(StaffId(each.staff_id), UnionId(each.union_id), each.name) for each in listed]


def asking(schedules, who, *, asker):
    return schedules.free_busy(OnBehalfOf(asker, tuple(who)), window=DAY, zone=ZONE)


async def inside(expected, question):
    with expected:
        return await question


def sizes(dingtalk):
    return sorted(len(call.body["userIds"]) for call in dingtalk.calls_of("querySchedule"))


async def test_groups_of_any_size_are_read_in_full_batches_and_nobody_twice(schedules, dingtalk, people):
    groups = [people[0:7], people[5:30], people[28:45], people[0:3]]
    expected = [schedules.expect() for _ in groups]
    questions = [
        inside(each, asking(schedules, who, asker=people[0])) for each, who in zip(expected, groups, strict=True)
    ]
    answers = await asyncio.gather(*questions)
    assert [len(answer) for answer in answers] == [7, 25, 17, 3]
    assert sizes(dingtalk) == [5, 20, 20]


async def test_what_is_seen_in_one_name_is_not_shown_in_another(schedules, dingtalk, people):
    expected = [schedules.expect(), schedules.expect()]
    await asyncio.gather(
        *(inside(each, asking(schedules, people[:10], asker=people[n])) for n, each in enumerate(expected))
    )
    assert sizes(dingtalk) == [10, 10]


async def test_a_full_batch_waits_for_nobody(schedules, dingtalk, people):
    first, second = schedules.expect(), schedules.expect()
    answer = await inside(first, asking(schedules, people[:20], asker=people[0]))
    assert len(answer) == len(people[:20])
    with second:
        pass
    assert sizes(dingtalk) == [20]


async def test_whoever_needs_nothing_or_fails_holds_up_nobody(schedules, dingtalk, people):
    first, second, third = (schedules.expect() for _ in range(3))
    waiting = asyncio.create_task(inside(first, asking(schedules, people[:5], asker=people[0])))
    await asyncio.sleep(0)
    with second:
        pass
    assert not dingtalk.calls_of("querySchedule")
    with pytest.raises(ValueError), third:
        raise ValueError
    assert len(await waiting) == 5


async def test_what_one_question_reads_at_once_counts_as_one_coming(schedules, dingtalk, people):
    async def both():
        next_day = DAY.moved(timedelta(days=1))
        with first:
            await asyncio.gather(
                asking(schedules, people[:5], asker=people[0]),
                schedules.free_busy(OnBehalfOf(people[0], tuple(people[:5])), window=next_day, zone=ZONE),
            )

    first, second = schedules.expect(), schedules.expect()
    waiting = asyncio.create_task(both())
    await asyncio.sleep(0)
    await inside(second, asking(schedules, people[5:9], asker=people[0]))
    await waiting
    assert sizes(dingtalk) == [5, 9]


async def test_nobody_waits_for_what_is_given_up_before_it_was_asked(schedules, dingtalk, people):
    waiting = asyncio.create_task(asking(schedules, people[:20], asker=people[0]))
    await asyncio.sleep(0)
    await schedules.aclose()
    answer = await asyncio.wait_for(waiting, 5)
    assert {reading.known.reason for reading in answer.values()} == {UnknownReason.FAILED}
    assert dingtalk.calls_of("querySchedule") == []
