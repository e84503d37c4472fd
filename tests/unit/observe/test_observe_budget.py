"""The month's calls."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import structlog

from bot.errors import StoreError
from bot.model.billing import month_of
from bot.observe.budget import Budget
from bot.observe.metrics import Metrics
from bot.store import Store

NOW = datetime(2026, 3, 31, 15, 59, tzinfo=UTC)


def budget(store, monthly_calls=10, clock=lambda: NOW):
    return Budget(store, Metrics(), monthly_calls=monthly_calls, monthly_pushes=10, clock=clock)


def test_months_are_those_of_beijing():
    assert month_of(NOW) == "2026-03"
    assert month_of(NOW.replace(hour=16, minute=0)) == "2026-04"


async def test_calls_of_all_processes_are_added_up(sqlite_url):
    async with await Store.open(sqlite_url) as first, await Store.open(sqlite_url) as second:
        ours, theirs = budget(first), budget(second)
        for each in (ours, ours, theirs):
            each.spend("querySchedule")
        assert await ours.flush() == 2
        assert await theirs.flush() == 3
        assert await ours.flush() == 3


async def test_a_new_month_begins_at_nothing(store):
    moment = NOW
    counted = budget(store, clock=lambda: moment)
    counted.spend("x")
    assert await counted.flush() == 1
    moment = NOW.replace(hour=16, minute=0)
    assert await counted.flush() == 0


async def test_a_warning_is_given_once_a_month_from_80_percent(store):
    counted = budget(store)
    with structlog.testing.capture_logs() as logs:
        for _ in range(7):
            counted.spend("x")
        await counted.flush()
        assert logs == []
        counted.spend("x")
        await counted.flush()
        counted.spend("x")
        await counted.flush()
    assert [(log["event"], log["spent"], log["budget"]) for log in logs] == [("monthly_calls_running_out", 8, 10)]


async def test_nothing_is_lost_while_the_store_is_gone(sqlite_url):
    opened = await Store.open(sqlite_url)
    counted = budget(opened)
    counted.spend("x")
    await opened.close()
    with pytest.raises(StoreError):
        await counted.flush()
    async with await Store.open(sqlite_url) as again:
        counted._store = again
        assert await counted.flush() == 1
