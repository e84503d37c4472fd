"""A message that a process holds and no longer moves on: readiness says so, and another process answers it, once."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

from scenario import ASK, MONDAY, SHORT_LEASES, metric, page, until

from bot.model.people import MsgId
from bot.store import Store, messages

QUERY, DELIVER = "querySchedule", "createAndDeliver"
IMPATIENT = replace(SHORT_LEASES, unanswered_within=SHORT_LEASES.message_lease.total_seconds() / 2)
"""In the first half of a lease a message is its holder's without asking, and so nothing is let go in it."""


async def is_unready(app, *names: str) -> bool:
    """True where readiness is false by all of these names."""
    status, body = await page(app.health_url + "/readyz")
    return status == 503 and not any(json.loads(body)[name] for name in names)


async def becomes_unready(app, *names: str) -> None:
    async with asyncio.timeout(60):
        while not await is_unready(app, *names):
            pass


async def becomes_ready(app) -> None:
    async with asyncio.timeout(60):
        while (await page(app.health_url + "/readyz"))[0] != 200:
            pass


async def has_answered(app, count: int) -> None:
    """Returns once it has; the card comes a little before."""
    async with asyncio.timeout(60):
        while await answers_of(app) < count:
            pass


async def answers_of(app) -> float:
    return await metric(app.health_url, 'youkong_answers_total{kind="who_is_free",outcome="card"}')


async def test_what_hangs_in_a_worker_is_answered_by_another_process(start, dingtalk, alice, bob, group, store_url):
    stuck = await start(store_url, timing=IMPATIENT)
    first = dingtalk.connections[0].id
    other = await start(store_url, timing=SHORT_LEASES)
    dingtalk.faults.hang(QUERY, times=1)
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY, connection=first)
    await group.next_card()
    await becomes_ready(stuck)
    dingtalk.faults.release()
    await dingtalk.settle()
    await has_answered(other, 1)
    assert await answers_of(stuck) == 0
    assert len(dingtalk.calls_of(DELIVER)) == 1
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY, connection=first)
    await group.next_card()
    await has_answered(stuck, 1)


async def test_what_dead_workers_hold_is_answered_by_another_process(start, dingtalk, alice, bob, group, store_url):
    stuck = await start(store_url, timing=IMPATIENT)
    first = dingtalk.connections[0].id
    dingtalk.faults.hang(QUERY, times=1)
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY, connection=first)
    await until(lambda: dingtalk.calls_of(QUERY))
    workers = [task for task in asyncio.all_tasks() if task.get_name() == "workers"]
    for task in workers:
        task.cancel()
    await asyncio.wait(workers)
    await alice.says("周三下午2点谁有空", at=[bob], to=group, created_at=MONDAY, connection=first)
    await becomes_unready(stuck, "workers", "messages")
    other = await start(store_url, timing=SHORT_LEASES)
    for _ in range(2):
        await group.next_card()
    dingtalk.faults.release()
    await dingtalk.settle()
    await has_answered(other, 2)
    assert await is_unready(stuck, "workers")
    assert len(dingtalk.calls_of(DELIVER)) == 2


async def test_a_lone_process_takes_back_what_hung(start, dingtalk, alice, bob, group, sqlite_url):
    app = await start(timing=IMPATIENT)
    dingtalk.faults.hang(QUERY, times=1)
    said = await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    await becomes_unready(app, "messages")
    async with asyncio.timeout(60):
        while await attempt_of(sqlite_url, MsgId(said.msg_id)) == 1:
            pass
    dingtalk.faults.release()
    await group.next_card()
    await becomes_ready(app)
    await dingtalk.settle()
    assert len(dingtalk.calls_of(DELIVER)) == 1


async def attempt_of(store_url: str, msg_id: MsgId) -> int:
    """How many processes have held a message."""
    async with await Store.open(store_url) as store:
        statement = messages.messages.select().where(messages.messages.c.msg_id == msg_id)
        row = await store.run(lambda connection: connection.execute(statement).mappings().one())
        return int(row["attempt"])
