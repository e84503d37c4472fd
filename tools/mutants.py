"""Which conditions of the reader's grammar does no test hold? `make mutants` changes a seeded sample, one at a time.

A mutant has one guard that never fires, or one operand of an `and` or an `or` left out. It is killed where a labelled
request that was read rightly no longer is, or where a test of the reader fails; what survives is printed, with its
source. One that is `silent` changes nothing at all in what those texts are read as: another condition does its work, or
it only spares a look; of the others a text is printed whose reading changes. A mutant can only matter to what its
condition decides, so that all texts and tests are read once with every condition watched, and each mutant meets those
alone. It lives in a process of its own, whose functions are given the changed code, so that no file is touched.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import inspect
import os
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import partial
from multiprocessing import Pool, set_start_method
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

ROOT = Path(__file__).parent.parent
ROOMS = ("chunks", "phrases", "resolve", "people", "intents")
SUITES = ("tests/unit/language", "tests/unit/test_followup_table.py")
WITHOUT = "hundred_thousand or any_text or any_words or no_faster or few_steps or work_grows"
"""Slow tests, and those of speed, which hold no reading. Properties are left out as well: each time they try others."""
ROWS = ("field_rows", "generated_foreign")
ON_IMPORT = frozenset(("rules",))
"""Modules whose functions build tables on import, which a mutant comes too late to change."""

Check = tuple[str, Callable[[], object]]
"""A text, a row or a test by its name, and what it comes to, told by a function of no argument."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One condition of one module, by its number in the order of the source."""

    module: str
    number: int
    line: int
    change: str
    source: str


class _Conditions(ast.NodeTransformer):
    """Counts the conditions of a module, and changes the one of a number."""

    def __init__(self, wanted: int = -1) -> None:
        self.wanted, self.count = wanted, 0
        self.found: list[tuple[int, int, str, str]] = []

    def _is_next(self, node: ast.expr, change: str) -> bool:
        self.found.append((self.count, node.lineno, change, ast.unparse(node)))
        self.count += 1
        return self.count - 1 == self.wanted

    def visit_If(self, node: ast.If) -> ast.AST:
        self.generic_visit(node)
        if self._is_next(node.test, "guard never fires"):
            node.test = ast.copy_location(ast.Constant(value=False), node.test)
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        for at in range(len(node.values)):
            if self._is_next(node.values[at], f"operand {at + 1} left out"):
                left = copy.copy(node)
                left.values = [value for place, value in enumerate(node.values) if place != at]
                return left if len(left.values) > 1 else left.values[0]
        return node


class _Watched(ast.NodeTransformer):
    """Every condition of a module in a call that notes where it decides; counted as `_Conditions` does."""

    def __init__(self) -> None:
        self.count = 0

    def _watched(self, how: str, node: ast.expr) -> ast.expr:
        call = ast.Call(ast.Name(how, ast.Load()), [ast.Constant(self.count), node], [])
        self.count += 1
        return ast.copy_location(call, node)

    def visit_If(self, node: ast.If) -> ast.AST:
        self.generic_visit(node)
        node.test = self._watched("watched_yes", node.test)
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        """An operand decides where it ends the look: false in `and`, true in `or`; the last one by its value too."""
        self.generic_visit(node)
        how, last = "watched_no" if isinstance(node.op, ast.And) else "watched_yes", node.values[-1]
        node.values = [self._watched(how if each is not last else f"{how}_or_value", each) for each in node.values]
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
            found += [Mutant(module, *each) for each in walker.found]
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


def _changed(module: ModuleType, change: ast.NodeTransformer) -> list[tuple[FunctionType, CodeType]]:
    """The functions of a module, each with the code that it has after a change of the source."""
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf8"))
    codes = dict(_codes(compile(ast.fix_missing_locations(change.visit(tree)), str(module.__file__), "exec")))
    found = [(function, codes.get(name)) for name, function in _functions(module)]
    return [(each, code) for each, code in found if code and code.co_freevars == each.__code__.co_freevars]


def _become(mutant: Mutant) -> None:
    """Gives the functions of a module the code of its mutant."""
    for function, code in _changed(importlib.import_module(mutant.module), _Conditions(mutant.number)):
        function.__code__ = code


def _watch(name: str, decided: set[tuple[str, int]]) -> list[tuple[FunctionType, CodeType]]:
    """Gives the functions of a module code that notes which conditions decide; the code that they had."""
    module = importlib.import_module(name)

    def watcher(counts: Callable[[object], bool]) -> Callable[[int, object], object]:
        def watched(number: int, value: object) -> object:
            if counts(value):
                decided.add((name, number))
            return value

        return watched

    vars(module).update(
        watched_yes=watcher(bool),
        watched_no=watcher(lambda value: not value),
        watched_yes_or_value=watcher(lambda value: bool(value) or not isinstance(value, bool)),
        watched_no_or_value=watcher(lambda value: value is not True),
    )
    changed = _changed(module, _Watched())
    before = [(function, function.__code__) for function, _ in changed]
    for function, code in changed:
        function.__code__ = code
    return before


def _deciding(checks: list[Check], modules: set[str]) -> dict[tuple[str, int], list[int]]:
    """The places of the checks in which a condition decides, by the condition's module and number."""
    decided: set[tuple[str, int]] = set()
    before = [each for name in sorted(modules) for each in _watch(name, decided)]
    found: dict[tuple[str, int], list[int]] = defaultdict(list)
    for at, (_, told) in enumerate(checks):
        decided.clear()
        told()
        for condition in decided:
            found[condition].append(at)
    for function, code in before:
        function.__code__ = code
    return found


def _wholes() -> list[Check]:
    """What every labelled text is read as, whole."""
    import readings
    import rows
    import test_requests

    asked = [row for name in ROWS for row in rows.read(rows.HERE / f"{name}.jsonl")]
    found: list[Check] = [
        (row["text"], lambda row=row: test_requests._answer(row)) for row in test_requests._requests()
    ]
    found += [(row["text"], lambda row=row: rows.answer(row)) for row in asked]
    return found + [(text, lambda text=text: readings.reading(text)) for text, _ in readings.rows()]


def _labelled() -> list[Check]:
    """Whether each labelled request is read rightly."""
    import readings
    import rows
    import scoring
    import test_requests

    found: list[Check] = []
    checks = (scoring.windows_fit, scoring.intent_fits, scoring.people_fit, scoring.problem_fits, scoring.duration_fits)
    for row in test_requests._requests():
        found.append((row["id"], lambda row=row: [check(row, test_requests._answer(row)) for check in checks]))
    for name in ROWS:
        for row in rows.read(rows.HERE / f"{name}.jsonl"):
            found.append((row["id"], lambda row=row: rows.differing(row, rows.answer(row))))
    for text, read in readings.rows():
        found.append((text, lambda text=text, read=read: readings.reading(text) == read))
    return found


class _Collector:
    """The tests that pytest finds."""

    def __init__(self) -> None:
        self.items: list[Any] = []

    def pytest_collection_finish(self, session: Any) -> None:
        self.items += session.items


def _tests() -> list[Check]:
    """Each test of the reader, which raises where it fails; none of properties, and none that needs a fixture."""
    import pytest

    collector = _Collector()
    options = ["--collect-only", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-k", f"not ({WITHOUT})"]
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
        pytest.main([*SUITES, *options], plugins=[collector])
    found: list[Check] = []
    for item in collector.items:
        given = item.callspec.params if hasattr(item, "callspec") else {}
        wanted = inspect.signature(item.obj).parameters
        if not hasattr(item.obj, "hypothesis") and set(wanted) <= set(given):
            arguments = {name: given[name] for name in wanted}
            found.append((item.nodeid, partial(item.obj, **arguments)))
    return found


def _judged(mutant: Mutant) -> tuple[Mutant, str, str]:
    """What becomes of a mutant: killed, silent or unheld; and a text that an unheld one reads otherwise."""
    _become(mutant)
    condition = mutant.module, mutant.number
    for at in HOLDING[condition]:
        if _told(CHECKS[at]) != RIGHT[at]:
            return mutant, "killed", ""
    for at in SHOWING[condition]:
        if _told(WHOLES[at]) != WHOLE[at]:
            return mutant, "unheld", WHOLES[at][0]
    return mutant, "silent", ""


def _told(check: Check) -> object:
    try:
        return check[1]()
    except BaseException as error:  # noqa: BLE001 - a mutant that raises is killed, and pytest fails by BaseException
        return error


CHECKS: list[Check] = []
RIGHT: list[object] = []
WHOLES: list[Check] = []
WHOLE: list[object] = []
HOLDING: dict[tuple[str, int], list[int]] = defaultdict(list)
"""The checks in which a condition decides."""
SHOWING: dict[tuple[str, int], list[int]] = defaultdict(list)
"""The texts in whose whole reading it does."""


def main() -> None:
    """Prints what survives of a sample, and its share."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=150)
    parser.add_argument("--seed", type=int, default=20261130)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "language"), str(ROOT / "tests" / "unit" / "language")]
    set_start_method("fork")
    began, every = time.monotonic(), conditions()
    sample = random.Random(options.seed).sample(every, min(options.sample, len(every)))
    modules = {mutant.module for mutant in sample}
    CHECKS[:], WHOLES[:] = [*_labelled(), *_tests()], _wholes()
    RIGHT[:], WHOLE[:] = [told() for _, told in CHECKS], [told() for _, told in WHOLES]
    HOLDING.update(_deciding(CHECKS, modules))
    SHOWING.update(_deciding(WHOLES, modules))
    verdicts = Counter[str]()
    with Pool(options.workers, maxtasksperchild=1) as pool:
        for mutant, verdict, text in pool.imap_unordered(_judged, sample, chunksize=1):
            verdicts[verdict] += 1
            if verdict != "killed":
                said = f"{mutant.module}:{mutant.line}: {mutant.change}: {mutant.source} ({verdict})"
                print(f"{said}: {text}" if text else said, flush=True)
    spent, survivors = round(time.monotonic() - began), len(sample) - verdicts["killed"]
    print(
        f"{survivors} of {len(sample)} survive ({survivors / len(sample):.0%}), {verdicts['silent']} of them silent,"
        f" of {len(every)} conditions, {spent} s"
    )


if __name__ == "__main__":
    main()
