"""Rows that label any output field of `youkong parse --batch`, and what an answer has otherwise.

`python -m tests.language.rows FILE` counts the rows of a file that are right; `--misses` shows the others.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.language import answer_line
from bot.names.directory import index

HERE = Path(__file__).parent
MISSES = HERE / "field_misses.jsonl"
INPUT = ("id", "text", "ref", "timezone", "at", "names", "teams")  # what of a row is asked
AS_SET = ("names", "teams", "mentioned", "without", "unread")
LABELS = {
    "intent",
    "language",
    "windows",
    "not_windows",
    "duration_minutes",
    "people",
    "not_names",
    "optional",
    "quorum",
    "zone",
    "series",
    "title",
    "reminder_minutes",
    "place",
    "leftover",
    "acts",
    "alternatives",
    "problem",
}
PEOPLE_LABELS = {*AS_SET, "me", "everyone"}
NO_FIELD = "(no such field)"
MOMENT = timedelta(minutes=1)

Row = dict[str, Any]
Bound = str | list[str] | None


def read(path: Path) -> list[Row]:
    """The rows of a file, in its order."""
    found = [json.loads(line) for line in path.read_text(encoding="utf8").splitlines() if line]
    return [row for row in found if "header" not in row]


def answer(row: Row) -> Row:
    """What `youkong parse --batch` answers to a row."""
    asked = {key: row[key] for key in INPUT if key in row}
    answered: Row = json.loads(answer_line(json.dumps(asked, ensure_ascii=False), index=index))
    return answered


def _in_zone(row: Row, windows: list[Row]) -> list[Row]:
    """The windows on the clock of the row's zone, whichever offset they are written with."""
    ref = datetime.fromisoformat(row["ref"])
    zone = ZoneInfo(row["timezone"]) if "timezone" in row else ref.tzinfo
    return [
        {key: datetime.fromisoformat(text).astimezone(zone).isoformat() for key, text in window.items()}
        for window in windows
    ]


def _wall(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=None)


def _bound_fits(expected: Bound, got: datetime, *, or_now: datetime | None = None) -> bool:
    """True where a bound is an expected one; `or_now`: the moment from which a window that has begun may start."""
    if expected is None:
        return True
    allowed = [_wall(text) for text in ([expected] if isinstance(expected, str) else expected)]
    return got in allowed or (or_now is not None and got == or_now and min(allowed) <= or_now)


def _window_fits(expected: list[Bound], got: Row, ref: datetime) -> bool:
    start, end = (datetime.fromisoformat(got[key]).replace(tzinfo=None) for key in ("start", "end"))
    return _bound_fits(expected[0], start, or_now=ref) and _bound_fits(expected[1], end)


def _asked_back(got: Row) -> bool:
    unread = got["people"].get("unread") or got.get("leftover")
    return bool(unread) or (not got["windows"] and got["problem"] is not None)


def _windows_fit(expected: list[list[Bound]] | str, got: Row, ref: datetime) -> bool:
    if expected == "asked_back":
        return _asked_back(got)
    if expected == "some":
        return bool(got["windows"])
    if isinstance(expected, str) or len(expected) != len(got["windows"]):
        return False
    return all(_window_fits(one, other, ref) for one, other in zip(expected, got["windows"], strict=True))


def _touches(unwanted: list[str | None], got: Row) -> bool:
    """True where a window meets a stretch; one without an end is a moment."""
    start = _wall(unwanted[0] or "")
    end = _wall(unwanted[1]) if unwanted[1] else start + MOMENT
    return _wall(got["start"]) < end and start < _wall(got["end"])


def _named(got: Row) -> set[str]:
    """Everybody and every team that the answer would ask, invite or search for."""
    people = got["people"]
    return {name for key in ("names", "teams", "unread", "mentioned") for name in people.get(key, [])}


def _one_of(expected: object, got: object) -> bool:
    return got in expected if isinstance(expected, list) else got == expected


def _some(expected: object, got: object) -> bool:
    return bool(got) if expected == "some" else got == expected


def _rule_parts(rule: str | None) -> list[str] | None:
    return None if rule is None else sorted(rule.split(";"))


def _people_miss(expected: Row, got: Row) -> Iterator[str]:
    for key, label in expected.items():
        said = got["people"].get(key, NO_FIELD)
        if key in AS_SET and label != "some" and isinstance(said, list):
            fits = sorted(said) == sorted(label)
        else:
            fits = bool(said) and said != NO_FIELD if label == "some" else said == label
        if not fits:
            yield f"people.{key}"


def _texts(leftover: object) -> object:
    return [piece["text"] for piece in leftover] if isinstance(leftover, list) else leftover


def _field_fits(key: str, label: Any, got: Row, ref: datetime) -> bool:
    """True where a labelled field other than `people` is as labelled."""
    if key == "windows":
        return _windows_fit(label, got, ref)
    if key == "not_windows":
        return not any(_touches(one, window) for one in label for window in got["windows"])
    if key == "not_names":
        return not _named(got) & set(label)
    if key not in got:
        return False
    fits: dict[str, Callable[[], bool]] = {
        "leftover": lambda: _some(label, _texts(got[key])),
        "problem": lambda: _some(label, (got[key] or {}).get("code")),
        "optional": lambda: sorted(got[key]) == sorted(label),
        "series": lambda: _some(label, got[key]) or _rule_parts(label) == _rule_parts(got[key]),
        "alternatives": lambda: _some(label, got[key]),
    }
    return fits[key]() if key in fits else _one_of(label, got[key])


def _differing(expect: Row, got: Row, ref: datetime) -> list[str]:
    missed = list(_people_miss(expect.get("people", {}), got))
    return missed + [key for key, label in expect.items() if key != "people" and not _field_fits(key, label, got, ref)]


def differing(row: Row, got: Row) -> list[str]:
    """The labelled fields in which an answer is otherwise; empty: it is right, or one of those that `alt` allows."""
    ref = _wall(row["ref"])
    got = got | {"windows": _in_zone(row, got["windows"])}
    if any(not _differing(expect, got, ref) for expect in row.get("alt", [])):
        return []
    return _differing(row["expect"], got, ref)


def _shown(field: str, got: Row) -> object:
    if field.startswith("people."):
        return got["people"].get(field.removeprefix("people."), NO_FIELD)
    if field in ("windows", "not_windows"):
        return [[window["start"][:16], window["end"][:16]] for window in got["windows"]] or (got["problem"] or {})
    if field == "not_names":
        return sorted(_named(got))
    return got.get(field, NO_FIELD)


def _label(field: str, expect: Row) -> object:
    if field.startswith("people."):
        return expect["people"][field.removeprefix("people.")]
    return expect[field]


def shown_miss(row: Row, got: Row) -> str:
    """One miss for a reader: the text, and each field with what came and what was expected."""
    windows = {"windows": _in_zone(row, got["windows"])}
    lines = [f"{row['id']} [{row['kind']}] {row['ref'][:16]} {row['text']!r}"]
    for field in differing(row, got):
        lines.append(f"    {field}: got {_shown(field, got | windows)!r}, expected {_label(field, row['expect'])!r}")
    if "alt" in row:
        lines.append(f"    or {row['alt']!r}")
    return "\n".join(lines)


def known_misses() -> dict[str, str]:
    """Reasons of the rows that are not read yet, by id."""
    return {miss["id"]: miss["reason"] for miss in read(MISSES)}


def forget(right: set[str]) -> None:
    """Takes rows that are right now out of the list of misses."""
    kept = [{"id": key, "reason": reason} for key, reason in known_misses().items() if key not in right]
    MISSES.write_text("".join(json.dumps(miss, ensure_ascii=False) + "\n" for miss in kept), encoding="utf8")


def main() -> None:
    """Prints how many rows of a file are right, by kind, and the misses where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--misses", action="store_true", help="text, field, what came and what was expected")
    parser.add_argument("--forget", action="store_true", help="take rows that are right out of field_misses.jsonl")
    parser.add_argument("--kind", default="", help="only rows whose kind starts with this")
    parser.add_argument("--field", default="", help="only misses in this field")
    asked = parser.parse_args()
    answered = [(row, answer(row)) for row in read(asked.file) if row["kind"].startswith(asked.kind)]
    missed = {row["id"]: differing(row, got) for row, got in answered}
    if asked.misses:
        wanted = [(row, got) for row, got in answered if asked.field in (missed[row["id"]] if asked.field else [""])]
        print(*(shown_miss(row, got) for row, got in wanted if missed[row["id"]]), sep="\n")
    if asked.forget:
        forget({key for key, fields in missed.items() if not fields})
    right = Counter(row["kind"] for row, _ in answered if not missed[row["id"]])
    for kind, count in sorted(Counter(row["kind"] for row, _ in answered).items()):
        print(f"{right[kind]:5} of {count:4}  {kind}")
    fields = Counter(field for fields in missed.values() for field in fields)
    print(f"{right.total()} of {len(answered)} right; missed fields: {dict(fields.most_common())}")


if __name__ == "__main__":
    main()
