"""What became of things: every outcome that metrics may count is told to operators."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import pytest

from bot.model.outcomes import AnswerOutcome, DigestOutcome, MessageOutcome, PressOutcome

DEPLOY = (Path(__file__).parents[3] / "docs" / "deploy.md").read_text("utf-8").splitlines()
ONLY_STORED = {AnswerOutcome.STALE, AnswerOutcome.UNREADABLE}


@pytest.mark.parametrize(
    ("metric", "outcomes"),
    [
        ("youkong_messages_total", MessageOutcome),
        ("youkong_answers_total", AnswerOutcome),
        ("youkong_presses_total", PressOutcome),
        ("youkong_digests_total", DigestOutcome),
    ],
)
def test_each_outcome_that_is_counted_is_documented(metric: str, outcomes: type[StrEnum]) -> None:
    [row] = [line for line in DEPLOY if line.startswith(f"| `{metric}`")]
    told = row.replace("(", " ").replace(";", " ").replace(":", " ").replace(",", " ").split()
    assert {each.value for each in outcomes if each not in ONLY_STORED} <= set(told)
