"""A bot that is killed at any step of a digest, or stopped, or has a replica: exactly one digest all the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from scenario import SHANGHAI, SHORT_LEASES, until

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


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
async def test_a_bot_killed_or_stopped_at_any_step_sends_one_digest(launch, dingtalk, group, store_url, step):
    settings = due_now()
    step.hold(dingtalk)
    process = await launch(store_url, timing=SHORT_LEASES, **settings)
    await until(lambda: len(dingtalk.calls_of(step.reached)) >= step.calls)
    survivor = await launch(store_url, timing=SHORT_LEASES, **settings) if step.another_runs else None
    if step.gently:
        assert await process.terminate() == 0
    await process.kill()
    dingtalk.faults.clear()
    survivor = survivor or await launch(store_url, timing=SHORT_LEASES, **settings)
    await until(lambda: "outcome='sent'" in survivor.stderr)
    await dingtalk.settle()
    assert len(group.cards) == 1
    assert len({call.body["outTrackId"] for call in dingtalk.calls_of(DELIVER)}) == 1
    assert group.messages == []


async def test_a_bot_killed_after_its_digest_sends_no_other(launch, dingtalk, alice, bob, group):
    settings = due_now()
    process = await launch(**settings)
    await until(lambda: "outcome='sent'" in process.stderr)
    await process.kill()
    await launch(**settings)
    await dingtalk.settle()
    assert len(group.cards) == len(dingtalk.calls_of(DELIVER)) == 1
