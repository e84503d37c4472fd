"""One reader in a process of its own: `-m benchmarks.language_runs NAME`, a job in at stdin, what was measured out."""

from __future__ import annotations

import gc
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from itertools import takewhile
from pathlib import Path
from statistics import median
from time import perf_counter, thread_time
from types import FrameType
from typing import Any
from zoneinfo import ZoneInfo

import psutil  # type: ignore[import-untyped]

from benchmarks.language_readers import READERS, Found, Read, Reader
from benchmarks.report import percentile

ROOT = Path(__file__).parents[1]
AT_MOST_SECONDS = 900  # of one process
SENTENCE_SECONDS = 5.0  # after which a library has crashed on a text
HOSTILE_LENGTH = 4_000
HOSTILE_SECONDS = 120.0  # after which no further hostile text is begun
REPEATED = 50  # slowest hostile texts, asked again
ROUNDS = 5  # over requests or slow texts, of which the best time of each counts
FIRST = {"zh": "明天下午3点", "en": "tomorrow at 3pm"}
MOMENT = "2026-11-24T10:00:00+08:00"

_PIECES = (
    *"0123456789点周.:：/-~至到和或年月日号半前后",
    *("am", "pm", " am ", " 12pm", "11:", "12/31/", "2-4pm ", "Tue ", "next ", "by ", "not ", "May ", "GMT+8 "),
    *("下周", "上午", "下午三点", "一到周", "星期", "之前", "以后", "不要", "东京时间", "二十五号", "半小时", "张三"),
    *("(", ")", "[", "]", "（", "）", "【", "】", "「", '"', "@", "<", ">", "\\", "\n", "\u200b", "\U0001f600"),
    *(" and ", " or ", " to ", " from ", " between ", " until ", "、", "，", "或者", "以及", "从", "除了"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader said of one text; `windows` is None where it crashed or took too long."""

    windows: list[Found] | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Parsed:
    """CPU milliseconds of `parse` alone over requests, each at its best of `ROUNDS` rounds over all of them.

    `loop` is a fixed loop of 300,000 small additions, measured in the same rounds, at its best and at its median: it
    tells how fast the machine was, and how evenly.
    """

    median: float
    p99: float
    loop: float
    loop_median: float


@dataclass(frozen=True, slots=True)
class Started:
    """Seconds and megabytes (RSS) of importing a module; seconds to the first answer after it, megabytes by then."""

    seconds: float
    megabytes: float
    first_seconds: float
    ready_megabytes: float


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


def installed(reader: Reader) -> str | None:
    """The release that is installed, or None."""
    try:
        return version(reader.distribution)
    except PackageNotFoundError:
        return None


def answers_of(reader: Reader, rows: Sequence[dict[str, Any]]) -> tuple[list[Answer], Started]:
    """What a reader says of labelled rows, in their order, and what its start took.

    Raises RuntimeError with the last line it printed where it does not import or does not end.
    """
    told = _process(reader.name, {"texts": _texts(rows)})
    return [Answer(_windows(one["windows"]), one["seconds"]) for one in told["answers"]], Started(**told["started"])


def start_of(reader: Reader, *, times: int = 3) -> Started:
    """The median of some starts; the files must have been read before. Raises RuntimeError as `answers_of`."""
    told = [_process(reader.name, {"texts": []})["started"] for _ in range(times)]
    return Started(**{key: median(one[key] for one in told) for key in told[0]})


def hostile(count: int) -> Hostile:
    """This bot's reader over hostile texts."""
    return Hostile(**_process(READERS[0].name, {"hostile": count})["hostile"])


def parsed(rows: Sequence[dict[str, Any]]) -> Parsed:
    """This bot's `parse` alone over labelled rows."""
    return Parsed(**_process(READERS[0].name, {"parsed": _texts(rows)})["parsed"])


def _texts(rows: Sequence[dict[str, Any]]) -> list[tuple[str, str, str | None]]:
    return [(row["text"], row["ref"] + (row.get("tz") or "+08:00"), row.get("zone")) for row in rows]


def _windows(rows: list[list[str | None]] | None) -> list[Found] | None:
    if rows is None:
        return None
    return [(_moment(start), _moment(end), grain or "") for start, end, grain in rows]


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _process(name: str, job: dict[str, Any]) -> dict[str, Any]:
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.language_runs", name]
    try:
        done = subprocess.run(
            command, input=json.dumps(job), capture_output=True, text=True, cwd=ROOT, timeout=AT_MOST_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise RuntimeError(f"not done after {AT_MOST_SECONDS} s") from None
    if done.returncode:
        raise RuntimeError((done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1])
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _megabytes() -> float:
    return float(psutil.Process().memory_info().rss) / 2**20


def _start(reader: Reader) -> tuple[Read, dict[str, float]]:
    before, began = _megabytes(), perf_counter()
    module = import_module(reader.module)
    seconds, megabytes, began = perf_counter() - began, _megabytes() - before, perf_counter()
    read = reader.read(module)
    for language in reader.languages:
        _asked(read, FIRST[language], datetime.fromisoformat(MOMENT))
    first, ready = perf_counter() - began, _megabytes() - before
    return read, {"seconds": seconds, "megabytes": megabytes, "first_seconds": first, "ready_megabytes": ready}


def _asked(read: Read, text: str, ref: datetime) -> dict[str, Any]:
    """The windows of a text as JSON has them; null after a crash or `SENTENCE_SECONDS`."""
    signal.setitimer(signal.ITIMER_REAL, SENTENCE_SECONDS)
    began, found = perf_counter(), None
    try:
        found = read(text, ref)
    except Exception:  # noqa: BLE001  # whatever a library raises is its answer
        found = None
    finally:
        seconds = perf_counter() - began
        signal.setitimer(signal.ITIMER_REAL, 0)
    sides = None if found is None else [[*(side and side.isoformat() for side in one[:2]), one[2]] for one in found]
    return {"windows": sides, "seconds": seconds}


def _all_asked(read: Read, texts: list[tuple[str, str, str | None]]) -> list[dict[str, Any]]:
    return [_asked(read, text, _now(ref, zone)) for text, ref, zone in texts]


def _now(ref: str, zone: str | None) -> datetime:
    at = datetime.fromisoformat(ref)
    return at.astimezone(ZoneInfo(zone)) if zone else at


def _milliseconds(work: Callable[[], object]) -> float:
    """CPU time of this thread, without the garbage of others: collected before, not meanwhile."""
    gc.disable()
    began = thread_time()
    try:
        work()
    finally:
        taken = thread_time() - began
        gc.enable()
    return taken * 1e3


def _loop() -> int:
    total = 0
    for number in range(300_000):
        total += number % 7
    return total


def _parsed(texts: list[tuple[str, str, str | None]]) -> dict[str, float]:
    parse = import_module(READERS[0].module).parse
    asked = [(text, _now(ref, zone)) for text, ref, zone in texts]
    rounds, loops = [], []
    for _ in range(ROUNDS):
        loops += [_milliseconds(_loop) for _ in range(3)]
        rounds.append([_milliseconds(partial(parse, text, now=now, zone=now.tzinfo)) for text, now in asked])
    best = [min(times) for times in zip(*rounds, strict=True)]
    return {
        "median": percentile(best, 0.5),
        "p99": percentile(best, 0.99),
        "loop": min(loops),
        "loop_median": median(loops),
    }


def _all_hostile(count: int) -> dict[str, float]:
    parse, now = import_module(READERS[0].module).parse, datetime.fromisoformat(MOMENT)
    raised: set[str] = set()

    def read(text: str) -> None:
        try:
            parse(text, now=now, zone=now.tzinfo)
        except Exception:  # noqa: BLE001  # it is counted
            raised.add(text)

    until = perf_counter() + HOSTILE_SECONDS
    in_time = takewhile(lambda _: perf_counter() < until, hostile_texts(count))
    taken = [(_milliseconds(partial(read, text)), text) for text in in_time]
    slowest = sorted(taken, reverse=True)[:REPEATED]
    rounds = [[_milliseconds(partial(read, text)) for _, text in slowest] for _ in range(ROUNDS)]
    again = [min(times) for times in zip(*rounds, strict=True)]
    return {
        "count": len(taken),
        "raised": len(raised),
        "median": percentile((one[0] for one in taken), 0.5),
        "worst": slowest[0][0],
        "worst_again": max(again),
    }


def _give_up(_number: int, _frame: FrameType | None) -> None:
    raise TimeoutError


def main() -> None:
    """Does the job of stdin; libraries may print as they like, that goes to stderr."""
    reader = next(reader for reader in READERS if reader.name == sys.argv[1])
    job = json.load(sys.stdin)
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    signal.signal(signal.SIGALRM, _give_up)
    if "hostile" in job:
        told: dict[str, Any] = {"hostile": _all_hostile(job["hostile"])}
    elif "parsed" in job:
        told = {"parsed": _parsed(job["parsed"])}
    else:
        read, started = _start(reader)
        told = {"started": started, "answers": _all_asked(read, job["texts"])}
    json.dump(told, out)
    out.flush()
    os._exit(0)  # some libraries leave threads and hooks behind


if __name__ == "__main__":
    main()
