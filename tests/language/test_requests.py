"""The parser against labelled requests of our own: `hand_*.jsonl` by hand, `generated_*.jsonl` by rules."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import build_requests
import pytest
import scoring
from request_phrases import EN, ZH, Language
from scoring import Row

from bot.language import answer_line

HERE = Path(__file__).parent
FILES = ("hand_zh", "hand_en", "hand_zones", "generated_zh", "generated_en")
# the shares that are held; they only go up
EXACT_WINDOWS = {"zh": 0.998, "en": 0.998}
INTENTS = {"zh": 0.997, "en": 0.998}
DURATIONS = {"zh": 1.0, "en": 1.0}
PEOPLE = {"zh": 0.995, "en": 1.0}
PROBLEMS = {"zh": 0.998, "en": 1.0}

Check = Callable[[Row, Row], bool]


def _read(name: str) -> list[Row]:
    return [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text(encoding="utf8").splitlines()]


@cache
def _requests() -> tuple[Row, ...]:
    return tuple(row for name in FILES for row in _read(name))


def _answer(row: Row) -> Row:
    asked = {"id": row["id"], "text": row["text"], "ref": row["ref"] + row["tz"]}
    if "zone" in row:
        asked["timezone"] = row["zone"]
    answer: Row = json.loads(answer_line(json.dumps(asked, ensure_ascii=False)))
    return answer


@cache
def _answered(language: str) -> tuple[tuple[Row, Row], ...]:
    return tuple((row, _answer(row)) for row in _requests() if row["lang"] == language)


@cache
def _known_misses() -> dict[str, str]:
    return {miss["id"]: miss["reason"] for miss in _read("known_misses")}


def _shown(row: Row, answer: Row) -> str:
    windows = [(window["start"], window["end"]) for window in row["expect"]]
    got = [(window["start"][:16], window["end"][:16]) for window in answer["windows"]]
    labels = {key: row[key] for key in ("intent", "dur", "people", "problem") if key in row}
    said = {key: answer[key] for key in ("intent", "duration_minutes", "people", "problem")}
    return f"{row['id']} {row['ref']} {row['text']!r}: expected {windows} {labels}, got {got} {said}"


def _share(check: Check, language: str, keep: Check) -> tuple[float, str]:
    pairs = [(row, answer) for row, answer in _answered(language) if keep(row, answer)]
    missed = [(row, answer) for row, answer in pairs if not check(row, answer)]
    shown = "\n".join(_shown(row, answer) for row, answer in missed if row["id"] not in _known_misses())
    return 1 - len(missed) / len(pairs), f"{len(missed)} of {len(pairs)}, known ones not shown\n{shown}"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_windows_of_labelled_requests_are_exact(language: str) -> None:
    share, misses = _share(scoring.windows_fit, language, lambda row, _: not row.get("open"))
    assert share >= EXACT_WINDOWS[language], misses


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("check", "field", "held"),
    [
        pytest.param(scoring.intent_fits, "intent", INTENTS, id="intents"),
        pytest.param(scoring.duration_fits, "dur", DURATIONS, id="durations"),
        pytest.param(scoring.people_fit, "people", PEOPLE, id="people"),
        pytest.param(scoring.problem_fits, "expect", PROBLEMS, id="problems"),
    ],
)
def test_what_else_is_labelled_is_read(check: Check, field: str, held: dict[str, float], language: str) -> None:
    share, misses = _share(check, language, lambda row, _: field in row)
    assert share >= held[language], misses


@pytest.mark.parametrize("language", [ZH, EN], ids=lambda language: language.code)
def test_the_generated_files_are_what_the_rules_write(language: Language) -> None:
    written = (HERE / f"generated_{language.code}.jsonl").read_text(encoding="utf8")
    assert written == build_requests.lines(language)


def test_every_known_miss_names_a_request_and_its_reason() -> None:
    named = {row["id"] for row in _requests()}
    assert _known_misses().keys() <= named
    assert all(_known_misses().values())
