"""What a mention costs as the store and the load grow: `python -m benchmarks.growth`, about two minutes.

Processor milliseconds of a mention with 64, 256 and 1,000 questions open; claims and closings in a store of up to a
million rows; and how long a claim waits at most while old rows are deleted there. The ratio is to the smallest size.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

import sqlalchemy as sa

from benchmarks import load
from benchmarks.contenders import youkong
from benchmarks.gateway import Gateway
from bot.model.people import ConversationId, MsgId, OutTrackId, StaffId
from bot.store import Store, messages, pruning
from bot.store.messages import State
from bot.store.tables import messages as table

AT_MOST_SECONDS = 300
_NOW = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)
_OLD, _KEPT = _NOW - timedelta(days=40), _NOW - timedelta(days=30)
_CLAIMS = 300
_MENTIONS = 2000
_INSERTED = 50_000


async def open_questions(counts: tuple[int, ...]) -> dict[int, float]:
    """Processor milliseconds of a mention by how many are open; interleaved, the better of two rounds."""
    taken: dict[int, float] = {}
    async with Gateway() as gateway:
        with tempfile.TemporaryDirectory(prefix="youkong-growth-") as folder:
            bot = youkong(gateway, Path(folder))
            try:
                await bot.start()
                gateway.latency = load.LATENCY
                await load.mentions(bot, count=_MENTIONS // 2, at_once=64)
                for count in (*counts, *reversed(counts)):
                    before = bot.cpu_seconds()
                    await load.mentions(bot, count=_MENTIONS, at_once=count)
                    cost = (bot.cpu_seconds() - before) / _MENTIONS * 1e3
                    taken[count] = min(cost, taken.get(count, cost))
            finally:
                await bot.stop()
    return taken


async def fill(store: Store, first: int, count: int) -> None:
    """Answered messages, every tenth of them old."""

    def row(number: int) -> dict[str, object]:
        at = _OLD if number % 10 == 0 else _NOW
        return {
            "msg_id": f"m{number:08}", "out_track_id": "c" * 40, "conversation_id": f"cid{number % 500}",
            "sender": f"s{number % 5000}", "state": State.ANSWERED, "owner": "a", "attempt": 1, "lease_until": at,
            "received_at": at, "payload": "", "said_at": at, "answered_at": at, "turn": "begun",
        }  # fmt: skip

    for start in range(first, first + count, _INSERTED):
        rows = [row(number) for number in range(start, min(start + _INSERTED, first + count))]
        await store.run(lambda connection, rows=rows: connection.execute(sa.insert(table), rows) and None)


async def claim(store: Store, name: str) -> None:
    """A message taken in and answered."""
    sender, chat = StaffId("s1"), ConversationId("cid1")
    await messages.claim(
        store, MsgId(name), out_track_id=OutTrackId("card"), conversation_id=chat, payload="{}", owner="b", now=_NOW,
        lease=timedelta(seconds=6), said_at=_NOW, sender=sender,
    )  # fmt: skip
    await messages.answered(store, MsgId(name), owner="b", attempt=1, outcome="card", now=_NOW)


async def rows(sizes: tuple[int, ...]) -> tuple[dict[int, float], str]:
    """Processor microseconds of a claim with its closing by rows, and what pruning the largest store says."""
    taken: dict[int, float] = {}
    with tempfile.TemporaryDirectory(prefix="youkong-growth-") as folder:
        async with await Store.open(f"sqlite:///{folder}/youkong.db") as store:
            there = 0
            for size in sizes:
                await fill(store, there, size - there)
                there = size
                began = process_time()
                for number in range(_CLAIMS):
                    await claim(store, f"{size}-{number}")
                taken[size] = (process_time() - began) / _CLAIMS * 1e6
            return taken, await _prune(store)


async def _prune(store: Store) -> str:
    began, slowest, count = perf_counter(), 0.0, 0
    under_way = asyncio.create_task(pruning.prune(store, before=_KEPT))
    while not under_way.done():
        asked = perf_counter()
        await claim(store, f"meanwhile-{count}")
        slowest, count = max(slowest, perf_counter() - asked), count + 1
    return (
        f"{await under_way:,} rows deleted in {perf_counter() - began:.1f} s; {count:,} messages taken in and answered "
        f"meanwhile, the slowest in {slowest * 1e3:.0f} ms"
    )


def _table(name: str, taken: dict[int, float]) -> None:
    first = next(iter(taken.values()))
    print(f"\n{name}")
    for size, cost in taken.items():
        print(f"{size:>12,}{cost:>10.2f}{cost / first:>8.2f} x")


async def _main() -> None:
    async with asyncio.timeout(AT_MOST_SECONDS):
        _table("processor ms of a mention, by questions open", await open_questions((64, 256, 1000)))
        by_rows, pruned = await rows((1_000, 100_000, 1_000_000))
        _table("processor µs of a claim and its closing, by rows of the store", by_rows)
        print(f"\n{pruned}")


def main() -> int:
    """The command; the exit code."""
    asyncio.run(_main())
    return 0


if __name__ == "__main__":
    sys.exit(main())
