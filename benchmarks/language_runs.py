"""One reader in a process of its own: `-m benchmarks.language_runs NAME`, a job in at stdin, what was measured out."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from time import perf_counter
from types import FrameType
from typing import Any
from zoneinfo import ZoneInfo

import psutil  # type: ignore[import-untyped]

from benchmarks.language_hostile import MOMENT, ROUNDS, Hostile, measured, milliseconds
from benchmarks.language_readers import READERS, Found, Read, Reader
from benchmarks.report import percentile

ROOT = Path(__file__).parents[1]
AT_MOST_SECONDS = 900  # of one process
SENTENCE_SECONDS = 5.0  # after which a library has crashed on a text
FIRST = {"zh": "明天下午3点", "en": "tomorrow at 3pm"}


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
        loops += [milliseconds(_loop) for _ in range(3)]
        rounds.append([milliseconds(partial(parse, text, now=now, zone=now.tzinfo)) for text, now in asked])
    best = [min(times) for times in zip(*rounds, strict=True)]
    return {
        "median": percentile(best, 0.5),
        "p99": percentile(best, 0.99),
        "loop": min(loops),
        "loop_median": median(loops),
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
        told: dict[str, Any] = {"hostile": measured(import_module(reader.module).parse, job["hostile"])}
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
