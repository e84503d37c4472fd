"""This bot's reader beside date libraries on labelled requests: `-m benchmarks.language`. Exit 1 below a goal."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.language_hostile import ROUNDS, Hostile
from benchmarks.language_readers import READERS, Found, Reader
from benchmarks.language_runs import (
    ROOT,
    Parsed,
    Started,
    answers_of,
    hostile,
    installed,
    parsed,
    start_of,
)
from benchmarks.report import Figure, Goal, percentile

SHARED = ROOT.parent / "shared" / "language"
HOSTILE = 10_000
ORDINARY_GOAL = Goal("<", value=0.3)
HOSTILE_GOAL = Goal("<", value=5.0)

_OWN = ROOT / "tests" / "language"
_DAY = timedelta(days=1)

Row = dict[str, Any]
Judge = Callable[[Row, list[Found]], bool]
Key = tuple[str, str, str]  # set, language, category


@dataclass(slots=True)
class Score:
    """One reader: what it got right of what it was asked, by set, language and category; crashes, seconds, start."""

    asked: Counter[Key] = field(default_factory=Counter)
    right: Counter[Key] = field(default_factory=Counter)
    crashed: int = 0
    seconds: list[float] = field(default_factory=list)
    started: Started | None = None
    absent: str = ""

    def share(self, group: str, language: str, category: str | None = None) -> str:
        """Percent, cut to a tenth, so that 100 means all; – where the reader does not have the language."""
        keys = [key for key in self.asked if key[:2] == (group, language) and category in (None, key[2])]
        asked = sum(self.asked[key] for key in keys)
        return f"{sum(self.right[key] for key in keys) * 1000 // asked / 10:.3g}" if asked else "–"


def sets_of(shared: Path, *, every: int = 1) -> dict[str, list[Row]]:
    """The labelled rows by the name of their set; of our own every n-th, and none whose windows are left open."""
    names = {"cases": shared / "cases.jsonl", "external": shared / "external_dev.jsonl"}
    found = {name: _rows(path) for name, path in names.items() if path.exists()}
    for name in ("hand", "generated"):
        rows = [row for language in ("zh", "en") for row in _rows(_OWN / f"{name}_{language}.jsonl")]
        found[name] = [_widened(row) for row in rows if not row.get("open")][::every]
    return found


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]


def _widened(row: Row) -> Row:
    """A row of our own as `score.py` takes foreign ones: hours that only this product lays down are not asked for."""
    return {**row, "expect": [_wide(window, datetime.fromisoformat(row["ref"])) for window in row["expect"]]}


def _wide(window: Row, ref: datetime) -> Row:
    start, end = (window[side] and datetime.fromisoformat(window[side]) for side in ("start", "end"))
    starts, ends = window.get("start_in", [window["start"]]), window.get("end_in", [window["end"]])
    match window["kind"]:
        case "part":
            near = [timedelta(minutes=30 * step) for step in range(-8, 9)]
            starts = [*starts, *((start + by).isoformat() for by in near)]
            ends = [*ends, *((end + by).isoformat() for by in near)]
        case "before":
            last = _midnight(end - timedelta(seconds=1))
            starts = [*starts, None, ref.isoformat(), _midnight(ref).isoformat(), last.isoformat()]
        case "after":
            ends = [*ends, None, (_midnight(start) + _DAY).isoformat()]
        case _:
            return window
    return {**window, "start_in": starts, "end_in": ends}


def _midnight(moment: datetime) -> datetime:
    return datetime.combine(moment, time())


def judge_of(shared: Path) -> Judge:
    """The judgement of the shared folder's `score.py`, or of the tests' `scoring.py` where there is no such folder."""
    if (shared / "score.py").exists():
        verdict = _module(shared / "score.py").verdict
        return lambda row, found: bool(verdict(row, found) == "exact")
    windows_fit = _module(_OWN / "scoring.py").windows_fit
    return lambda row, found: bool(windows_fit(row, {"windows": [_closed(one, row) for one in found]}))


def _module(path: Path) -> ModuleType:
    spec = spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise RuntimeError(f"found {path.name!r}, expected a Python file")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _closed(found: Found, row: Row) -> dict[str, str]:
    """A window for `scoring.py`, which knows no open sides."""
    start = found[0] or datetime.fromisoformat(row["ref"])
    end = found[1] or _midnight(start) + _DAY
    return {"start": start.isoformat(), "end": end.isoformat()}


def score_of(reader: Reader, sets: dict[str, list[Row]], judge: Judge) -> Score:
    """One reader over all rows of its languages; a crash is a miss."""
    if installed(reader) is None:
        return Score(absent="not installed")
    rows = [(name, row) for name, rows in sets.items() for row in rows if row["lang"] in reader.languages]
    score = Score()
    try:
        answers, _ = answers_of(reader, [row for _, row in rows])
        score.started = start_of(reader)
    except RuntimeError as error:
        return Score(absent=f"does not run: {error}")
    for (name, row), answer in zip(rows, answers, strict=True):
        key = name, row["lang"], row["category"]
        score.asked[key] += 1
        score.right[key] += answer.windows is not None and judge(row, answer.windows)
        score.crashed += answer.windows is None
        score.seconds.append(answer.seconds)
    return score


def grid(rows: Sequence[Sequence[str]]) -> str:
    """Rows under a head, the first column to the left and all others to the right; a short row is a remark."""
    full = [row for row in rows if len(row) == len(rows[0])]
    widths = [max(len(row[column]) for row in full) for column in range(len(rows[0]))]
    widths[0] = max(len(row[0]) for row in rows)

    def line(row: Sequence[str]) -> str:
        first = row[0].ljust(widths[0])
        if len(row) < len(widths):
            return "  ".join((first, *row[1:]))
        return "  ".join((first, *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))))

    rule = "-" * (sum(widths) + 2 * len(widths) - 2)
    return "\n".join((line(rows[0]).rstrip(), rule, *(line(row) for row in rows[1:])))


def overview(scores: dict[str, Score], sets: dict[str, list[Row]]) -> str:
    """Exact windows in percent by set and language."""
    columns = [(name, language) for name in sets for language in ("zh", "en")]
    head = ("exact windows, %", *(f"{name} {language}" for name, language in columns), "crashed")
    counts = Counter((name, row["lang"]) for name, rows in sets.items() for row in rows)
    rows = [head, ("of requests", *(str(counts[column]) for column in columns), "")]
    for name, score in scores.items():
        shares = (*(score.share(*column) for column in columns), str(score.crashed))
        rows.append((name, score.absent) if score.absent else (name, *shares))
    return grid(rows)


def costs(scores: dict[str, Score]) -> str:
    """What an answer and a start cost."""
    head = ("cost", "median ms", "p99 ms", "import ms", "first answer ms", "import MB", "with first answer MB")
    return grid([head, *(_cost(name, score) for name, score in scores.items())])


def _cost(name: str, score: Score) -> tuple[str, ...]:
    started = score.started
    if started is None:
        return name, score.absent
    answers = (f"{percentile(score.seconds, share) * 1e3:.2f}" for share in (0.5, 0.99))
    start = (f"{seconds * 1e3:.0f}" for seconds in (started.seconds, started.first_seconds))
    return (name, *answers, *start, f"{started.megabytes:.1f}", f"{started.ready_megabytes:.1f}")


def categories(scores: dict[str, Score], sets: dict[str, list[Row]]) -> str:
    """Exact windows in percent by set, language and category."""
    running = {name: score for name, score in scores.items() if not score.absent}
    counts = Counter((name, row["lang"], row["category"]) for name, rows in sets.items() for row in rows)
    order = sorted(counts, key=lambda key: (list(sets).index(key[0]), -ord(key[1][0]), key[2]))
    rows: list[tuple[str, ...]] = [("by category, %", "requests", *running)]
    for key in order:
        shares = (score.share(*key) for score in running.values())
        rows.append((" ".join(key), str(counts[key]), *shares))
    return grid(rows)


def goals(ours: Score, ordinary: Parsed, worst: Hostile) -> list[Figure]:
    """The figures of this bot's reader that have a goal, and the time with JSON beside them."""
    with_json = [percentile(ours.seconds, 0.5) * 1e3]
    return [
        Figure(f"median of {len(ours.seconds):,} requests", "ms", [ordinary.median], (), ORDINARY_GOAL, digits=3),
        Figure("the same with JSON, by the wall clock", "ms", with_json, (), digits=3),
        Figure(f"worst of {worst.count:,} hostile texts", "ms", [worst.worst_again], (), HOSTILE_GOAL, digits=2),
        Figure("texts that raise", "", [worst.raised], (), Goal("=", value=0.0), digits=0),
    ]


def _shown(figures: Iterable[Figure], ordinary: Parsed, worst: Hostile) -> str:
    head = ("goals of youkong", "", "unit", "goal", "")
    rows = [(one.name, f"{one.ours[0]:.{one.digits}f}", one.unit, str(one.goal or ""), one.verdict) for one in figures]
    remarks = (
        f"goals: CPU time of parse alone, no garbage collected meanwhile, each text at its best of {ROUNDS} rounds",
        f"requests: p99 {ordinary.p99:.2f} ms",
        f"hostile texts at once: worst {worst.worst:.1f} ms, median {worst.median:.1f} ms",
        f"the machine: 300,000 additions took {ordinary.loop:.1f} ms at best, {ordinary.loop_median:.1f} ms mostly",
    )
    return "\n".join((grid([head, *rows]), *remarks))


def header(shared: Path) -> str:
    """Releases, machine, and how was judged."""
    releases = ", ".join(f"{one.distribution} {installed(one)}" for one in READERS if installed(one))
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    there = (shared / "score.py").exists()
    judged = "judged by its score.py" if there else f"not at {shared}: our own sets only, judged by tests/language"
    return f"{releases}\n{machine}\nshared language folder: {judged}\n"


def report(shared: Path = SHARED, *, quick: bool = False, hostile_texts: int = HOSTILE) -> bool:
    """Measures and prints everything; True where all goals are met."""
    sets, judge = sets_of(shared, every=8 if quick else 1), judge_of(shared)
    scores: dict[str, Score] = {}
    for reader in READERS:
        print(f"reading with {reader.name}", file=sys.stderr, flush=True)
        scores[reader.name] = score_of(reader, sets, judge)
    print("hostile texts", file=sys.stderr, flush=True)
    worst = hostile(200 if quick else hostile_texts)
    ordinary = parsed([row for rows in sets.values() for row in rows])
    ours = scores[READERS[0].name]
    if ours.absent:
        raise RuntimeError(f"{READERS[0].name} {ours.absent}")
    figures = goals(ours, ordinary, worst)
    parts = (
        header(shared),
        overview(scores, sets),
        costs(scores),
        _shown(figures, ordinary, worst),
        categories(scores, sets),
    )
    print("\n\n".join(part.rstrip() for part in parts))
    return all(figure.verdict in ("pass", "") for figure in figures)


def main() -> int:
    """The command; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.language", description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, help="the shared language folder")
    parser.add_argument("--quick", action="store_true", help="an eighth of our own sets, 200 hostile texts")
    parser.add_argument("--hostile", type=int, default=HOSTILE, help=f"how many hostile texts, instead of {HOSTILE:,}")
    asked = parser.parse_args()
    return 0 if report(asked.shared.resolve(), quick=asked.quick, hostile_texts=asked.hostile) else 1


if __name__ == "__main__":
    sys.exit(main())
