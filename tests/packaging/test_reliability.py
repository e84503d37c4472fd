"""docs/reliability.md: a row for each fault and threat, and each test that it names is there."""

from __future__ import annotations

import re

from locks import ROOT

PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
ROWS = {
    cells[0]: cells
    for line in PAGE.splitlines()
    if re.match(r"\| H?\d+ \|", line) and (cells := [cell.strip() for cell in line.strip("|").split("|")])
}
NAMED = re.findall(r"`([\w/]+\.py)::(test_\w+)`", PAGE)


def test_every_fault_and_every_threat_has_one_row() -> None:
    wanted = [*(str(number) for number in range(1, 69)), *(f"H{number}" for number in range(1, 32))]
    assert list(ROWS) == wanted
    assert len(re.findall(r"^\| H?\d+ \|", PAGE, re.MULTILINE)) == len(wanted)


def test_every_row_says_what_goes_wrong_what_is_done_and_what_holds_it() -> None:
    for number, cells in ROWS.items():
        assert len(cells) == 4, number
        assert all(cells), number
        assert re.search(r"::test_\w+`|^no test: ", cells[3]), number


def test_every_test_that_is_named_is_there() -> None:
    texts = {file: (ROOT / "tests" / file).read_text(encoding="utf-8") for file, _ in NAMED}
    missing = [f"{file}::{name}" for file, name in NAMED if f"def {name}(" not in texts[file]]
    assert NAMED
    assert missing == []
