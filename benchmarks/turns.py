"""How long other people wait while one person floods one chat: this version beside an earlier one, in turns.

`python -m benchmarks.turns --before PATH`, where PATH is a checkout of the earlier version; about two minutes.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks import load
from benchmarks.contenders import Contender, youkong
from benchmarks.gateway import Gateway
from benchmarks.report import percentile

OPEN = 16
SECONDS = 3.0
BURST, EVERY = 20, 1.0
"""So many messages the one person sends at once, and how often."""
AT_MOST_SECONDS = 600


@dataclass(slots=True)
class Samples:
    """Seconds from push to card of other people's messages, by round."""

    alone: list[list[float]] = field(default_factory=list)
    beside: list[list[float]] = field(default_factory=list)


async def others(contender: Contender, *, seconds: float) -> list[float]:
    """Messages of other people, each in a chat of its own, `OPEN` at any time."""
    until, waits = perf_counter() + seconds, list[float]()

    async def keep_asking() -> None:
        while perf_counter() < until:
            began = perf_counter()
            async with asyncio.timeout(20):
                await contender.gateway.push().answered
            waits.append(perf_counter() - began)

    async with asyncio.TaskGroup() as asking:
        for _ in range(OPEN):
            asking.create_task(keep_asking())
    return waits


async def flood(contender: Contender, said: int) -> None:
    """Bursts of one person in one chat until it is cancelled."""
    while True:
        for _ in range(BURST):
            said += 1
            contender.gateway.push_of_one(said)
        await asyncio.sleep(EVERY)


async def measure(before: Path, *, rounds: int) -> dict[str, Samples]:
    """Both versions in changing order, each with a gateway and a store of its own."""
    async with AsyncExitStack() as opened:
        contenders: dict[str, Contender] = {}
        for name, root in (("before", before), ("now", Path(__file__).parents[1])):
            folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="youkong-bench-")))
            gateway = await opened.enter_async_context(Gateway())
            contenders[name] = youkong(gateway, folder, root=root.resolve())
            opened.push_async_callback(contenders[name].stop)
            await contenders[name].start()
            gateway.latency = load.LATENCY
            await load.mentions(contenders[name], count=200, at_once=OPEN)
        samples = {name: Samples() for name in contenders}
        for number in range(rounds):
            for name in random.sample([*contenders], len(contenders)):
                contender = contenders[name]
                samples[name].alone.append(await others(contender, seconds=SECONDS))
                flooding = asyncio.create_task(flood(contender, number * 10_000))
                samples[name].beside.append(await others(contender, seconds=SECONDS))
                flooding.cancel()
                await asyncio.sleep(2.0)  # for what the one person still waits for
        return samples


def line(label: str, rounds: list[list[float]]) -> str:
    """Medians of the rounds, and the lowest and highest p95, in milliseconds."""
    p50, p95 = ([percentile(each, share) * 1e3 for each in rounds] for share in (0.5, 0.95))
    count = sum(map(len, rounds))
    return (
        f"{label:28} p50 {median(p50):5.0f}  p95 {median(p95):5.0f} ({min(p95):.0f}–{max(p95):.0f})  {count} messages"
    )


async def _main(before: Path, rounds: int) -> None:
    async with asyncio.timeout(AT_MOST_SECONDS):
        samples = await measure(before, rounds=rounds)
    print(f"push to card in ms, {OPEN} open, {load.LATENCY * 1e3:.0f} ms a call, {rounds} rounds in turns")
    for what in ("alone", "beside"):
        for name, each in samples.items():
            print(line(f"others {what}, {name}" if what == "alone" else f"beside a flood, {name}", getattr(each, what)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.turns", description=__doc__)
    parser.add_argument("--before", type=Path, required=True, help="a checkout of the earlier version")
    parser.add_argument("--rounds", type=int, default=6)
    asked = parser.parse_args()
    sys.exit(asyncio.run(_main(asked.before, asked.rounds)))
