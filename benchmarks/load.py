"""The loads: one mention after the other, 256 at once, and all of HTTP hanging. Each is bounded."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter, process_time

from benchmarks.contenders import Contender
from benchmarks.gateway import Gateway, Pushed

LATENCY = 0.05
OUTSTANDING = 256
_INDEX = ("list", "listsub")
"""The last parts of `user/list` and `department/listsub`, by which the bot reads everybody's names, once a day and not
for a mention. Whatever else is called counts."""
_PATIENCE = 20.0
_RAMP = 0.5


@dataclass(frozen=True, slots=True)
class Serial:
    """Seconds, one value a mention: own time to the card, and push to ack. `calls` are HTTP calls for each mention."""

    own: tuple[float, ...]
    ack: tuple[float, ...]
    calls: float


@dataclass(frozen=True, slots=True)
class Burst:
    """Mentions a second, processor seconds a mention, the share of a core that the gateway took, push to ack."""

    rate: float
    cpu: float
    gateway_share: float
    ack: tuple[float, ...]


async def serial(contender: Contender, *, count: int) -> Serial:
    """`count` mentions, each after the card of the one before."""
    gateway = contender.gateway
    gateway.samples.clear()
    before = tally(gateway)
    for _ in range(count):
        await _answer(contender, gateway.push())
        await asyncio.sleep(0.005)  # what a bot does after its card is not in the next mention's time
    done = list(gateway.samples)
    calls = calls_a_mention(gateway, before=before)
    return Serial(tuple(each.own for each in done), await _acks(contender, done), calls)


async def burst(contender: Contender, *, seconds: float) -> Burst:
    """As many mentions as the bot answers in `seconds` with 256 open at any time, after half a second of run-up."""
    gateway = contender.gateway
    gateway.samples.clear()
    answered = 0
    until = perf_counter() + _RAMP + seconds

    async def keep_asking() -> None:
        nonlocal answered
        while perf_counter() < until:
            await _answer(contender, gateway.push())
            answered += 1

    asking = [asyncio.create_task(keep_asking()) for _ in range(OUTSTANDING)]
    try:
        await asyncio.sleep(_RAMP)
        before = answered, perf_counter(), contender.cpu_seconds(), process_time()
        await asyncio.sleep(max(until - perf_counter(), 0.1))
        after = answered, perf_counter(), contender.cpu_seconds(), process_time()
        await asyncio.gather(*asking)
    finally:
        for task in asking:
            task.cancel()
    count, wall, cpu, own = (b - a for a, b in zip(before, after, strict=True))
    return Burst(count / wall, cpu / max(count, 1), own / wall, await _acks(contender, gateway.samples))


async def mentions(contender: Contender, *, count: int, at_once: int = OUTSTANDING) -> None:
    """`count` mentions, `at_once` of them open at any time; nothing is measured."""
    gateway, left = contender.gateway, count

    async def keep_asking() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            await _answer(contender, gateway.push())

    async with asyncio.TaskGroup() as asking:
        for _ in range(at_once):
            asking.create_task(keep_asking())
    gateway.samples.clear()


async def hanging(contender: Contender, *, count: int) -> tuple[float, ...]:
    """Push to ack of `count` mentions, ten milliseconds apart, while no HTTP call is answered."""
    gateway = contender.gateway
    gateway.samples.clear()
    gateway.hanging = True
    try:
        for _ in range(count):
            gateway.push()
            await asyncio.sleep(0.01)
        acks = await _acks(contender, gateway.samples)
    finally:
        gateway.release()
    for each in tuple(gateway.samples):
        await _answer(contender, each)
    return acks


def calls_a_mention(gateway: Gateway, *, before: tuple[int, int]) -> float:
    """HTTP calls for each mention since `before`, which is `tally(gateway)` of then."""
    calls, pushed = tally(gateway)
    return (calls - before[0]) / max(pushed - before[1], 1)


def tally(gateway: Gateway) -> tuple[int, int]:
    """Calls and mentions so far; the reading of everybody's names is left out."""
    return gateway.calls.total() - sum(gateway.calls[api] for api in _INDEX), gateway.mentions


async def _answer(contender: Contender, mention: Pushed) -> None:
    try:
        async with asyncio.timeout(_PATIENCE):
            await mention.answered
    except TimeoutError:
        raise RuntimeError(
            f"{contender.name} left a mention unanswered for {_PATIENCE:g} s: {contender.tail()}"
        ) from None


async def _acks(contender: Contender, done: Sequence[Pushed]) -> tuple[float, ...]:
    """Seconds from push to ack, once all acks are there."""
    until = perf_counter() + 5
    while not all(each.acked for each in done):
        if perf_counter() > until:
            raise RuntimeError(f"{contender.name} left a push without ack for 5 s: {contender.tail()}")
        await asyncio.sleep(0.02)
    return tuple(each.acked - each.pushed for each in done)
