"""Compares an answer of `youkong parse --batch` with a labelled request; knows nothing of how the text was read."""

from datetime import datetime, timedelta
from typing import Any

Row = dict[str, Any]
Bounds = tuple[datetime, datetime]

SEARCHES = {"find_time", "who_is_free"}
# a label's word, and the intents that answer it; other labels are intents themselves
INTENTS = {
    "who_free": {"who_is_free"},
    "is_free": {"who_is_free"},
    "who_busy": {"leave", "who_is_free", "overview"},
    "find_slot": SEARCHES,
    "when_free": {"next_free"},
    "show": {"overview", "who_is_free"},
    "book": {"book", "who_is_free"},
}


def _wall(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=None) if text else None


def _is_hour_at_most(got: Bounds) -> bool:
    return got[1] - got[0] <= timedelta(hours=1)


def _fits(expected: Row, got: Bounds, ref: datetime) -> bool:
    """True where a window is the expected one; a window that has begun may start at `ref`."""
    start, end = _wall(expected["start"]), _wall(expected["end"])
    if expected["kind"] == "now":
        return abs(got[0] - ref) < timedelta(seconds=61) and _is_hour_at_most(got)
    if expected["kind"] == "point":
        return got[0] == start and _is_hour_at_most(got)
    starts = [_wall(text) for text in expected.get("start_in", [])] or [start]
    ends = [_wall(text) for text in expected.get("end_in", [])] or [end]
    if start and start < ref and (end is None or ref < end):
        starts.append(ref)
    return got[0] in starts and got[1] in ends


def _match(expected: list[Row], got: list[Bounds], ref: datetime) -> bool:
    left = list(got)
    for window in expected:
        found = next((bounds for bounds in left if _fits(window, bounds, ref)), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def _windows(answer: Row) -> list[Bounds]:
    pairs = [(_wall(window["start"]), _wall(window["end"])) for window in answer["windows"]]
    return list(dict.fromkeys((start, end) for start, end in pairs if start and end))


def windows_fit(row: Row, answer: Row) -> bool:
    """True where the windows are exactly the expected ones, none missing and none extra; `alt` does not count."""
    if row.get("open"):
        return True  # the product's page names the problem or the command, and leaves the windows open
    return _match(row["expect"], _windows(answer), datetime.fromisoformat(row["ref"]))


def is_other_reading(row: Row, answer: Row) -> bool:
    """True where the windows are those of a second defensible reading."""
    ref = datetime.fromisoformat(row["ref"])
    return any(_match(other, _windows(answer), ref) for other in row.get("alt", []))


def intent_fits(row: Row, answer: Row) -> bool:
    """True where the row names no intent, or the answer has one of those that answer it."""
    label = row.get("intent")
    if label is None:
        return True
    if label == "find_slot" and row.get("dur"):
        return bool(answer["intent"] == "find_time")
    return answer["intent"] in INTENTS.get(label, {label})


def duration_fits(row: Row, answer: Row) -> bool:
    """True where the row names no duration, or the answer has it."""
    return "dur" not in row or row["dur"] == answer["duration_minutes"]


def people_fit(row: Row, answer: Row) -> bool:
    """True where every labelled field of `people` is answered; names in any order, exactly as typed."""
    said = answer["people"]
    labels = row.get("people", {})
    return all(sorted(said[key]) == sorted(labels[key]) for key in ("names", "teams") if key in labels) and all(
        said[key] == labels[key] for key in ("me", "everyone") if key in labels
    )


def problem_fits(row: Row, answer: Row) -> bool:
    """True where the labelled problem is named; `some` stands for any; a request with a time has none."""
    code = (answer["problem"] or {}).get("code")
    label = row.get("problem")
    if label is None:
        return code is None or not row["expect"]
    return code is not None if label == "some" else bool(code == label)
