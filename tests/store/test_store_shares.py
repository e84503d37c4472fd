"""Calls by person and day, and pushes by month, of all processes together."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

from bot.model.people import MsgId, StaffId
from bot.store import Store, pushes, shares

DAY = date(2026, 3, 16)
ALICE, BOB = StaffId("alice"), StaffId("bob")


async def test_calls_of_all_processes_are_added_up_by_person_and_day(store, store_url):
    async with await Store.open(store_url) as other:
        await shares.add(store, DAY, {ALICE: 3, BOB: 1})
        await shares.add(other, DAY, {ALICE: 4})
        await shares.add(other, DAY - timedelta(days=1), {ALICE: 100})
        assert await shares.of_day(store, DAY, least=2) == {ALICE: 7}
        assert await shares.of_day(store, DAY, least=1) == {ALICE: 7, BOB: 1}


async def test_one_message_a_day_is_told_whoever_asks_and_the_same_one_again(store, store_url):
    async with await Store.open(store_url) as other:
        messages = [MsgId(f"m{number}") for number in range(20)]
        asked = [shares.tell(each, DAY, ALICE, msg_id) for msg_id in messages for each in (store, other)]
        told = await asyncio.gather(*asked)
        [first] = {
            msg_id for msg_id, answer in zip([each for each in messages for _ in (0, 1)], told, strict=True) if answer
        }
        assert sum(told) == 2
        assert await shares.tell(other, DAY, ALICE, first)
        assert await shares.tell(store, DAY, BOB, MsgId("m1"))
        assert await shares.tell(store, DAY + timedelta(days=1), ALICE, MsgId("m1"))
    await shares.add(store, DAY, {ALICE: 2})
    assert await shares.of_day(store, DAY, least=1) == {ALICE: 2}


async def test_days_are_forgotten(store):
    for days in range(3):
        await shares.add(store, DAY + timedelta(days=days), {ALICE: 1})
    await shares.prune(store, before=DAY + timedelta(days=2))
    left = [await shares.of_day(store, DAY + timedelta(days=days), least=1) for days in range(3)]
    assert left == [{}, {}, {ALICE: 1}]


async def test_pushes_are_added_up_by_month(store):
    await pushes.add(store, "2026-03", {"message": 2, "press": 1})
    await pushes.add(store, "2026-03", {"message": 5})
    await pushes.add(store, "2026-04", {"press": 9})
    assert [await pushes.spent(store, month) for month in ("2026-02", "2026-03", "2026-04")] == [0, 8, 9]
