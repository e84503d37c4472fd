"""A bot that is killed at any step of a digest, or stopped, or has a replica: exactly one digest all the same."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from scenario import SHANGHAI, until
from sqlalchemy import make_url

from bot.emulator import Emulator

DELIVER = "createAndDeliver"
TEAMS = [{"name": "design", "members": ["alice", "bob"]}]


@dataclass(frozen=True)
class Step:
    """A moment to be killed at: a fault that holds the bot there, and the call that shows it has come so far."""

    name: str
    hold: Callable[[Emulator], object]
    reached: str
    calls: int = 1
    another_runs: bool = False
    gently: bool = False


def drop_then_hang(dingtalk):
    dingtalk.faults.drop_reply(DELIVER, times=1)
    dingtalk.faults.hang(DELIVER)


STEPS = (
    Step("claimed, looking people up", lambda d: d.faults.hang("user/get"), "user/get"),
    Step("reading calendars", lambda d: d.faults.hang("querySchedule"), "querySchedule"),
    Step("another is there to take over", lambda d: d.faults.hang("querySchedule"), "querySchedule", another_runs=True),
    Step("stopped while calendars hang", lambda d: d.faults.hang("querySchedule"), "querySchedule", gently=True),
    Step("sending, not received", lambda d: d.faults.hang(DELIVER), DELIVER),
    Step("sent, the answer lost", drop_then_hang, DELIVER, calls=2),
    Step("sent, the answer cut", lambda d: d.faults.stall(DELIVER), DELIVER),
)


def due_now():
    """The digest of everybody that is due in the minute that runs."""
    at = f"{datetime.now(UTC).astimezone(SHANGHAI):%H:%M}"
    return {"teams": TEAMS, "digests": [{"chat": "cidDesign==", "team": "design", "days": "daily", "at": at}]}


@pytest.fixture
def urls(request, store_url, tmp_path):
    """An empty store for each step: files, or databases of one server."""
    if store_url.startswith("sqlite"):
        yield [f"sqlite:///{tmp_path}/killed-{number}.db" for number, _ in enumerate(STEPS)]
        return
    psycopg = pytest.importorskip("psycopg")
    url = make_url(store_url)
    names = [f"{url.database}_{number}" for number, _ in enumerate(STEPS)]
    with psycopg.connect(store_url, autocommit=True) as connection:
        for name in names:
            connection.execute(f"CREATE DATABASE {name}")
        yield [url.set(database=name).render_as_string(hide_password=False) for name in names]
        for name in names:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


async def test_a_bot_killed_or_stopped_at_any_step_sends_one_digest(launch, urls):
    """All steps at once, each in a company of its own: the survivor waits until the lease of the dead has run out."""

    async def killed_at(step, url):
        async with Emulator() as dingtalk:
            members = [dingtalk.person("alice"), dingtalk.person("bob", name="李博")]
            group = dingtalk.group("Design", members, id="cidDesign==")
            settings = due_now()
            step.hold(dingtalk)
            process = await launch(url, at=dingtalk, **settings)
            await until(lambda: len(dingtalk.calls_of(step.reached)) >= step.calls, timeout=30)
            survivor = await launch(url, at=dingtalk, **settings) if step.another_runs else None
            if step.gently:
                assert (await process.terminate())[0] == 0
            await process.kill()
            dingtalk.faults.clear()
            survivor = survivor or await launch(url, at=dingtalk, **settings)
            await until(lambda: "outcome='sent'" in survivor.stderr, timeout=60)
            await dingtalk.settle()
            assert len(group.cards) == 1, step.name
            assert len({call.body["outTrackId"] for call in dingtalk.calls_of(DELIVER)}) == 1, step.name
            assert group.messages == [], step.name
            assert dingtalk.violations == []

    async with asyncio.TaskGroup() as tasks:
        for step, url in zip(STEPS, urls, strict=True):
            tasks.create_task(killed_at(step, url))


async def test_a_bot_killed_after_its_digest_sends_no_other(launch, dingtalk, alice, bob, group):
    settings = due_now()
    process = await launch(**settings)
    await until(lambda: "outcome='sent'" in process.stderr, timeout=30)
    await process.kill()
    await launch(**settings)
    await dingtalk.settle()
    assert len(group.cards) == len(dingtalk.calls_of(DELIVER)) == 1
