"""Hostile texts, and how long this bot's `parse` takes over them; what measures a call by its CPU time."""

from __future__ import annotations

import gc
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import takewhile
from time import perf_counter, thread_time

from benchmarks.report import percentile

HOSTILE_LENGTH = 4_000
HOSTILE_SECONDS = 120.0  # after which no further hostile text is begun
REPEATED = 50  # slowest hostile texts, asked again
ROUNDS = 5  # over requests or slow texts, of which the best time of each counts
MOMENT = "2026-11-24T10:00:00+08:00"

_PIECES = (
    *"0123456789点周.:：/-~至到和或年月日号半前后",
    *("am", "pm", " am ", " 12pm", "11:", "12/31/", "2-4pm ", "Tue ", "next ", "by ", "not ", "May ", "GMT+8 "),
    *("下周", "上午", "下午三点", "一到周", "星期", "之前", "以后", "不要", "东京时间", "二十五号", "半小时", "张三"),
    *("(", ")", "[", "]", "（", "）", "【", "】", "「", '"', "@", "<", ">", "\\", "\n", "\u200b", "\U0001f600"),
    *(" and ", " or ", " to ", " from ", " between ", " until ", "、", "，", "或者", "以及", "从", "除了"),
)


@dataclass(frozen=True, slots=True)
class Hostile:
    """CPU milliseconds of `parse` over `count` hostile texts, as many as fitted into `HOSTILE_SECONDS`.

    `worst` is as it was; `worst_again` is the worst of the slowest, each at its best of `ROUNDS` rounds over them, so
    that it says what the text costs and not what else the machine did.
    """

    count: int
    raised: int
    median: float
    worst: float
    worst_again: float


def hostile_texts(count: int, *, seed: int = 1) -> Iterator[str]:
    """Texts of 4,000 characters: one piece over and over, a few in turns, or all of them mixed."""
    chance = random.Random(seed)
    for number in range(count):
        pieces = [_PIECES[number % len(_PIECES)]] if number < len(_PIECES) else _some(chance)
        text = (
            "".join(chance.choices(pieces, k=HOSTILE_LENGTH)) if len(pieces) > 4 else "".join(pieces) * HOSTILE_LENGTH
        )
        yield text[:HOSTILE_LENGTH]


def _some(chance: random.Random) -> Sequence[str]:
    count = chance.choice((2, 3, 4, 5, 8, 16, len(_PIECES)))
    return chance.sample(_PIECES, count)


def milliseconds(work: Callable[[], object]) -> float:
    """CPU time of this thread, without the garbage of others: collected before, not meanwhile."""
    gc.disable()
    began = thread_time()
    try:
        work()
    finally:
        taken = thread_time() - began
        gc.enable()
    return taken * 1e3


def measured(parse: Callable[..., object], count: int) -> dict[str, float]:
    """The fields of `Hostile`, for `parse` over so many texts."""
    now = datetime.fromisoformat(MOMENT)
    raised: set[str] = set()

    def read(text: str) -> None:
        try:
            parse(text, now=now, zone=now.tzinfo)
        except Exception:  # noqa: BLE001  # it is counted
            raised.add(text)

    until = perf_counter() + HOSTILE_SECONDS
    in_time = takewhile(lambda _: perf_counter() < until, hostile_texts(count))
    taken = [(milliseconds(partial(read, text)), text) for text in in_time]
    slowest = sorted(taken, reverse=True)[:REPEATED]
    rounds = [[milliseconds(partial(read, text)) for _, text in slowest] for _ in range(ROUNDS)]
    again = [min(times) for times in zip(*rounds, strict=True)]
    return {
        "count": len(taken),
        "raised": len(raised),
        "median": percentile((one[0] for one in taken), 0.5),
        "worst": slowest[0][0],
        "worst_again": max(again),
    }
