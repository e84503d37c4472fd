"""One run of everything: start both bots, load them in turns, print the table. Exit 1 where a goal is missed."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import random
import sys
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks import company, language, load
from benchmarks.contenders import FLOOR, OURS, PEER, Contender, floor, sdk_bot, youkong
from benchmarks.gateway import Gateway
from benchmarks.report import Figure, Goal, percentile, table

AT_MOST_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is done: rounds, mentions of a serial round, seconds of a burst, starts, settling, mentions in all."""

    rounds: int = 9
    serial: int = 40
    burst: float = 4.0
    starts: int = 5
    settle: float = 4.0
    mentions: int = 10_000


QUICK = Plan(rounds=3, serial=20, burst=2.0, starts=2, settle=3.0, mentions=1_500)


@dataclass(slots=True)
class Run:
    """What was measured of one bot."""

    started: list[float] = field(default_factory=list)
    connected_mb: list[float] = field(default_factory=list)
    settled_mb: list[float] = field(default_factory=list)
    loaded_mb: list[float] = field(default_factory=list)
    serials: list[load.Serial] = field(default_factory=list)
    bursts: list[load.Burst] = field(default_factory=list)
    hanging: list[tuple[float, ...]] = field(default_factory=list)


async def measure(plan: Plan, *, threads: int) -> dict[str, Run]:
    """Both bots and the floor through the whole plan; in each round one after the other, in changing order."""
    async with AsyncExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="youkong-bench-")))
        gateways = [await opened.enter_async_context(Gateway()) for _ in range(3)]
        contenders = [
            youkong(gateways[0], folder),
            sdk_bot(gateways[1], folder, threads=threads),
            floor(gateways[2], folder),
        ]
        for contender in contenders:
            opened.push_async_callback(contender.stop)
        runs = {contender.name: Run() for contender in contenders}
        await _starts(plan, contenders, runs)
        for contender in contenders:
            await _warm_up(contender)
        for number in range(plan.rounds):
            _say(f"round {number + 1} of {plan.rounds}")
            for contender in random.sample(contenders, len(contenders)):
                runs[contender.name].serials.append(await load.serial(contender, count=plan.serial))
                runs[contender.name].bursts.append(await load.burst(contender, seconds=plan.burst))
        for contender in contenders[:2]:
            await _finish(plan, contender, runs[contender.name])
        return runs


async def _starts(plan: Plan, contenders: Sequence[Contender], runs: dict[str, Run]) -> None:
    """Starts of which the first is not counted (it fills the disk cache and makes the tables) and the last goes on."""
    for number in range(plan.starts + 1):
        _say(f"start {number + 1} of {plan.starts + 1}")
        for contender in contenders:
            await contender.stop()
            seconds = await contender.start()
            if number:
                runs[contender.name].started.append(seconds)
                runs[contender.name].connected_mb.append(contender.megabytes())
    await asyncio.sleep(plan.settle)
    for contender in contenders:
        runs[contender.name].settled_mb.append(contender.megabytes())


async def _warm_up(contender: Contender) -> None:
    """Every asker asks once, so that all unionIds are known.

    Raises RuntimeError where the card counts people otherwise than the calendars say.
    """
    contender.gateway.latency = load.LATENCY
    await load.mentions(contender, count=len(company.ASKERS), at_once=16)
    if contender.name == FLOOR:
        return
    found = company.counted(json.loads(contender.gateway.last_card))
    if found != company.EXPECTED:
        raise RuntimeError(f"{contender.name} counts {found}, expected {company.EXPECTED}")


async def _finish(plan: Plan, contender: Contender, run: Run) -> None:
    """The rest of the mentions, then memory, and last what hanging HTTP does."""
    _say(f"{contender.name}: up to {plan.mentions} mentions")
    await load.mentions(contender, count=max(plan.mentions - contender.gateway.mentions, 1))
    run.loaded_mb.append(contender.megabytes())
    run.hanging.append(await load.hanging(contender, count=100))


def figures_of(runs: dict[str, Run], plan: Plan) -> list[Figure]:
    """The rows of the table."""
    ours, peer, bare = runs[OURS], runs[PEER], runs[FLOOR]

    def own(run: Run, share: float) -> list[float]:
        return [percentile(one.own, share) * 1e3 for one in run.serials]

    def calls(run: Run) -> list[float]:
        return [median(one.calls for one in run.serials)]

    def acks(name: str, of: str) -> list[Figure]:
        samples = [_acks(run, of) for run in (ours, peer)]
        rows = [[percentile(each, share) * 1e3] for share in (0.5, 0.99) for each in samples]
        return [Figure(f"{name} p50", "ms", rows[0], rows[1]), Figure(f"{name} p99", "ms", rows[2], rows[3])]

    def worst(run: Run) -> list[float]:
        return [percentile([value for one in run.serials for value in one.own], 0.99) * 1e3]

    return [
        Figure("own time of a mention, median", "ms", own(ours, 0.5), own(peer, 0.5), Goal("<", ratio=0.75), digits=2),
        Figure("the same, x that of the floor", "", *_above(bare, ours, peer)),
        Figure("own time of a mention, p99", "ms", worst(ours), worst(peer), digits=2),
        Figure(
            f"mentions a second, {load.OUTSTANDING} open",
            "1/s",
            *_bursts(ours, peer, "rate"),
            Goal(">=", ratio=2.7),
            digits=0,
        ),
        Figure("processor time of a mention", "ms", *_bursts(ours, peer, "cpu", 1e3), Goal("<", ratio=0.35), digits=2),
        # One by one: an answer that waits for its turn says meanwhile what is being checked, which is a call more.
        Figure("calls of a warm mention", "", calls(ours), calls(peer), Goal("=", value=2.0), digits=3),
        Figure("memory when connected", "MB", ours.connected_mb, peer.connected_mb),
        Figure("memory idle, settled", "MB", ours.settled_mb, peer.settled_mb, Goal("<", value=80.0)),
        Figure(f"memory after {plan.mentions:,} mentions", "MB", ours.loaded_mb, peer.loaded_mb, Goal("<", value=90.0)),
        Figure("start to connected", "s", ours.started, peer.started, Goal("<", value=0.8), digits=2),
        *acks("push to ack, one by one,", "serials"),
        *acks(f"push to ack, {load.OUTSTANDING} open,", "bursts"),
        *acks("push to ack, HTTP hanging,", "hanging"),
    ]


def _above(bare: Run, *bots: Run) -> tuple[list[float], ...]:
    """Median own times as multiples of what no bot can leave out."""
    floors = [percentile(one.own, 0.5) for one in bare.serials]
    return tuple(
        [percentile(one.own, 0.5) / least for one, least in zip(bot.serials, floors, strict=True)] for bot in bots
    )


def _bursts(ours: Run, peer: Run, name: str, scale: float = 1.0) -> tuple[list[float], list[float]]:
    first, second = ([getattr(burst, name) * scale for burst in run.bursts] for run in (ours, peer))
    return first, second


def _acks(run: Run, of: str) -> list[float]:
    match of:
        case "serials":
            return [ack for one in run.serials for ack in one.ack]
        case "bursts":
            return [ack for one in run.bursts for ack in one.ack]
    return [ack for one in run.hanging for ack in one]


def _header(threads: int) -> str:
    peers = ", ".join(f"{name} {version(name)}" for name in ("dingtalk-stream", "alibabacloud_dingtalk"))
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    return (
        f"{OURS} {version('youkong')} beside a bot on {peers} with {threads} threads\n{machine}\n"
        f"20 people mentioned, {load.LATENCY * 1e3:.0f} ms for each call; median (lowest–highest round)\n"
        f"{load.OUTSTANDING} open, two calls each: {load.OUTSTANDING / load.LATENCY / 2:.0f} a second at most\n"
        f"own time: push to createAndDeliver, without the latency of the calls before it\n"
        f"{OURS} acks after a durable insert, the SDK bot before it has done anything\n"
    )


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


async def _main(plan: Plan, threads: int) -> dict[str, Run]:
    async with asyncio.timeout(AT_MOST_SECONDS):
        return await measure(plan, threads=threads)


def main() -> int:
    """The command; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="less of everything, within a minute")
    parser.add_argument("--rounds", type=int, help="instead of 9 (3 with --quick)")
    parser.add_argument("--threads", type=int, default=64, help="of the SDK bot")
    asked = parser.parse_args()
    plan = QUICK if asked.quick else Plan()
    if asked.rounds:
        plan = Plan(asked.rounds, plan.serial, plan.burst, plan.starts, plan.settle, plan.mentions)
    if (busy := os.getloadavg()[0]) > 1:
        _say(f"the machine is busy (load {busy:.1f}): figures will be worse than they are, and vary")
    began = perf_counter()
    runs = asyncio.run(_main(plan, asked.threads))
    figures = figures_of(runs, plan)
    print(_header(asked.threads))
    print(table(figures, names=(OURS, PEER)))
    shares = " and ".join(f"{median(b.gateway_share for b in run.bursts):.0%}" for run in runs.values())
    print(f"\nthe gateway took {shares} of a core with {load.OUTSTANDING} open; {perf_counter() - began:.0f} s in all")
    met = all(figure.verdict in ("", "pass") for figure in figures)
    if not asked.quick:
        print("\nThe reader of requests\n")
        met = language.report() and met
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
