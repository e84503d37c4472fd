"""Which conditions of the reader's grammar does no test hold? `make mutants` changes a seeded sample, one at a time.

A mutant has one guard that never fires, or one operand of an `and` or an `or` left out. It is killed where a labelled
request that was read rightly no longer is, or where a test of the reader fails; what survives is printed. One that is
`silent` changes nothing at all in what those texts are read as: another condition does its work, or it only spares a
look. Each mutant lives in a process of its own, whose functions are given the changed code, so that no file is touched.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import Pool, set_start_method
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

ROOT = Path(__file__).parent.parent
ROOMS = ("chunks", "phrases", "resolve", "people", "intents")
SUITES = ("tests/unit/language", "tests/unit/test_followup_table.py")
WITHOUT = "hundred_thousand or any_text or any_words or no_faster or few_steps or work_grows"
"""Slow tests, and those of speed, which hold no reading."""
ROWS = ("field_rows", "generated_foreign")
ON_IMPORT = frozenset(("rules",))
"""Modules whose functions build tables on import, which a mutant comes too late to change."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One condition of one module, by its number in the order of the source."""

    module: str
    number: int
    line: int
    change: str


class _Conditions(ast.NodeTransformer):
    """Counts the conditions of a module, and changes the one of a number."""

    def __init__(self, wanted: int = -1) -> None:
        self.wanted, self.count = wanted, 0
        self.found: list[tuple[int, int, str]] = []

    def _is_next(self, line: int, change: str) -> bool:
        self.found.append((self.count, line, change))
        self.count += 1
        return self.count - 1 == self.wanted

    def visit_If(self, node: ast.If) -> ast.AST:
        self.generic_visit(node)
        if self._is_next(node.lineno, "guard never fires"):
            node.test = ast.copy_location(ast.Constant(value=False), node.test)
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        for at in range(len(node.values)):
            if self._is_next(node.values[at].lineno, f"operand {at + 1} left out"):
                left = copy.copy(node)
                left.values = [value for place, value in enumerate(node.values) if place != at]
                return left if len(left.values) > 1 else left.values[0]
        return node


def conditions() -> list[Mutant]:
    """Every condition of the grammar, in a fixed order."""
    found = []
    for room in ROOMS:
        for path in sorted((ROOT / "bot" / "language" / room).glob("*.py")):
            if path.stem in ON_IMPORT:
                continue
            walker = _Conditions()
            walker.visit(ast.parse(path.read_text(encoding="utf8")))
            module = f"bot.language.{room}.{path.stem}"
            found += [Mutant(module, number, line, change) for number, line, change in walker.found]
    return found


def _codes(code: CodeType, prefix: str = "") -> Iterator[tuple[str, CodeType]]:
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield prefix + const.co_name, const
            yield from _codes(const, f"{prefix}{const.co_name}.")


def _functions(module: ModuleType) -> Iterator[tuple[str, FunctionType]]:
    for name, value in vars(module).items():
        if isinstance(value, FunctionType) and value.__module__ == module.__name__:
            yield name, value
        if isinstance(value, type) and value.__module__ == module.__name__:
            for inner, held in vars(value).items():
                function = held.fget if isinstance(held, property) else held
                if isinstance(function, FunctionType):
                    yield f"{name}.{inner}", function


def _become(mutant: Mutant) -> None:
    """Gives the functions of a module the code of its mutant."""
    module = importlib.import_module(mutant.module)
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf8"))
    changed = ast.fix_missing_locations(_Conditions(mutant.number).visit(tree))
    codes = dict(_codes(compile(changed, str(module.__file__), "exec")))
    for name, function in _functions(module):
        code = codes.get(name)
        if code is not None and code.co_freevars == function.__code__.co_freevars:
            function.__code__ = code


def _wholes() -> list[Callable[[], object]]:
    """What every labelled text is read as, whole, told by functions of no argument."""
    import readings
    import rows
    import test_requests

    asked = [row for name in ROWS for row in rows.read(rows.HERE / f"{name}.jsonl")]
    found: list[Callable[[], object]] = [
        lambda row=row: test_requests._answer(row) for row in test_requests._requests()
    ]
    found += [lambda row=row: rows.answer(row) for row in asked]
    return found + [lambda text=text: readings.reading(text) for text, _ in readings.rows()]


def _labelled() -> list[tuple[object, object]]:
    """Each labelled request with whether it is read rightly, told by a function of no argument."""
    sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "language"), str(ROOT / "tests" / "unit" / "language")]
    import readings
    import rows
    import scoring
    import test_requests

    found: list[tuple[object, object]] = []
    checks = (scoring.windows_fit, scoring.intent_fits, scoring.people_fit, scoring.problem_fits, scoring.duration_fits)
    for row in test_requests._requests():
        found.append((row["id"], lambda row=row: [check(row, test_requests._answer(row)) for check in checks]))
    for name in ROWS:
        for row in rows.read(rows.HERE / f"{name}.jsonl"):
            found.append((row["id"], lambda row=row: rows.differing(row, rows.answer(row))))
    for text, read in readings.rows():
        found.append((text, lambda text=text, read=read: readings.reading(text) == read))
    return found


def _verdict(mutant: Mutant) -> str:
    """What becomes of a mutant: killed, silent or unheld."""
    _become(mutant)
    if not _survives():
        return "killed"
    return "silent" if all(told() == WHOLE[at] for at, told in enumerate(WHOLES)) else "unheld"


def _survives() -> bool:
    for at, (_, told) in enumerate(LABELLED):
        try:
            if told() != RIGHT[at]:  # type: ignore[operator]
                return False
        except Exception:  # noqa: BLE001 - a mutant that raises is killed
            return False
    import pytest

    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, 1)
    os.dup2(devnull, 2)
    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-k", f"not ({WITHOUT})"]
    return pytest.main([*SUITES, *options]) == 0


LABELLED: list[tuple[object, object]] = []
RIGHT: list[object] = []
WHOLES: list[Callable[[], object]] = []
WHOLE: list[object] = []


def _judged(mutant: Mutant) -> tuple[Mutant, str]:
    return mutant, _verdict(mutant)


def main() -> None:
    """Prints what survives of a sample, and its share."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=150)
    parser.add_argument("--seed", type=int, default=20261130)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    os.chdir(ROOT)
    set_start_method("fork")
    LABELLED[:] = _labelled()
    RIGHT[:] = [told() for _, told in LABELLED]  # type: ignore[operator]
    WHOLES[:] = _wholes()
    WHOLE[:] = [told() for told in WHOLES]
    every = conditions()
    sample = random.Random(options.seed).sample(every, min(options.sample, len(every)))
    began, verdicts = time.monotonic(), Counter[str]()
    with Pool(options.workers, maxtasksperchild=1) as pool:
        for mutant, verdict in pool.imap_unordered(_judged, sample, chunksize=1):
            verdicts[verdict] += 1
            if verdict != "killed":
                print(f"{mutant.module}:{mutant.line}: {mutant.change} ({verdict})", flush=True)
    spent, survivors = round(time.monotonic() - began), len(sample) - verdicts["killed"]
    print(
        f"{survivors} of {len(sample)} survive ({survivors / len(sample):.0%}), {verdicts['silent']} of them silent,"
        f" of {len(every)} conditions, {spent} s"
    )


if __name__ == "__main__":
    main()
