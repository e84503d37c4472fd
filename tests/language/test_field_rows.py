"""Each labelled field of `field_rows.jsonl` and `generated_foreign.jsonl` is read, but for the listed misses."""

from functools import cache
from typing import Any

import build_foreign
import pytest
import rows

FILES = ("field_rows", "generated_foreign")
ALL = [row for name in FILES for row in rows.read(rows.HERE / f"{name}.jsonl")]
known_misses = cache(rows.known_misses)

ANSWER: rows.Row = {
    "intent": "who_is_free",
    "windows": [{"start": "2026-12-01T07:00:00+01:00", "end": "2026-12-01T08:00:00+01:00"}],
    "people": {"mentioned": [], "names": ["Bob", "张三"], "teams": [], "unread": [], "me": False},
    "series": "FREQ=WEEKLY;BYDAY=WE",
    "title": "budget",
    "leftover": [{"text": "wibble", "start": 0, "end": 6}],
    "problem": None,
}


@pytest.mark.parametrize("row", ALL, ids=lambda row: row["id"])
def test_a_labelled_row_is_read_or_is_a_listed_miss(row: rows.Row) -> None:
    got = rows.answer(row)
    missed = rows.differing(row, got)
    if row["id"] in known_misses():
        assert missed, f"{row['id']} is read now: take it out of field_misses.jsonl (--forget)"
    else:
        assert not missed, "\n" + rows.shown_miss(row, got)


def test_every_listed_miss_names_a_row_and_its_reason() -> None:
    assert known_misses().keys() <= {row["id"] for row in ALL}
    assert all(known_misses().values())


def test_every_row_has_its_own_id_and_labels_only_fields_of_the_answer() -> None:
    assert len({row["id"] for row in ALL}) == len(ALL)
    for row in ALL:
        for expect in (row["expect"], *row.get("alt", [])):
            assert expect, row["id"]
            assert expect.keys() <= rows.LABELS, row["id"]
            assert expect.get("people", {}).keys() <= rows.PEOPLE_LABELS, row["id"]


def test_no_label_names_somebody_whom_the_directory_does_not_have_as_known() -> None:
    for row in ALL:
        people = row["expect"].get("people", {})
        assert not set(people.get("unread", [])) & set(row.get("names", [])), row["id"]
        assert not set(people.get("unread", [])) & set(people.get("names", [])), row["id"]
        assert all(name in row["text"] for name in people.get("names", [])), row["id"]


def test_the_generated_rows_are_what_the_rules_write() -> None:
    assert (rows.HERE / "generated_foreign.jsonl").read_text(encoding="utf8") == build_foreign.lines()


@pytest.mark.parametrize(
    ("expect", "missed"),
    [
        ({"windows": [["2026-12-01T14:00", "2026-12-01T15:00"]]}, []),
        ({"windows": [["2026-12-01T14:00", None]]}, []),
        ({"windows": [["2026-12-01T14:00", ["2026-12-01T15:00", "2026-12-01T16:00"]]]}, []),
        ({"windows": [["2026-12-01T07:00", "2026-12-01T08:00"]]}, ["windows"]),
        ({"windows": "asked_back"}, []),
        ({"not_windows": [["2026-12-01T14:30", None]]}, ["not_windows"]),
        ({"not_windows": [["2026-12-01T15:00", "2026-12-01T18:00"]]}, []),
        ({"intent": ["book", "who_is_free"], "people": {"names": ["张三", "Bob"], "me": False}}, []),
        ({"people": {"unread": "some", "without": []}}, ["people.unread", "people.without"]),
        ({"not_names": ["Bob"], "leftover": []}, ["not_names", "leftover"]),
        ({"leftover": ["wibble"], "series": "BYDAY=WE;FREQ=WEEKLY", "problem": None}, []),
        ({"title": ["the budget", "budget"], "acts": False}, ["acts"]),
    ],
    ids=str,
)
def test_the_scorer_names_the_fields_that_differ(expect: dict[str, Any], missed: list[str]) -> None:
    row = {"ref": "2026-11-30T10:00:00+08:00", "timezone": "Asia/Shanghai", "expect": expect}
    assert sorted(rows.differing(row, ANSWER)) == sorted(missed)


def test_an_allowed_other_answer_is_right() -> None:
    row = {"ref": "2026-11-30T10:00:00+08:00", "expect": {"intent": "book"}, "alt": [{"intent": "who_is_free"}]}
    assert rows.differing(row, ANSWER) == []
