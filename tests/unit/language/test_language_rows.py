"""Rows of JSON for `youkong parse`."""

import json

import pytest
from said import SHANGHAI, request

from bot.language import answer_line, as_row


def row(**line: object) -> dict[str, object]:
    """The row that answers a line with these fields."""
    found = json.loads(answer_line(json.dumps(line)))
    assert isinstance(found, dict)
    return found


def test_a_line_is_answered_as_the_contract_has_it() -> None:
    found = row(
        id="7", text="is Bob free Tue 2-4pm", ref="2026-03-16T10:00:00+08:00", timezone="Asia/Shanghai", at=["staff-1"]
    )
    assert found == {
        "id": "7",
        "intent": "who_is_free",
        "language": "en",
        "windows": [{"start": "2026-03-17T14:00:00+08:00", "end": "2026-03-17T16:00:00+08:00"}],
        "duration_minutes": None,
        "people": {
            "mentioned": ["staff-1"],
            "names": ["Bob"],
            "teams": [],
            "me": False,
            "everyone": False,
            "without": [],
            "unread": [],
        },
        "optional": [],
        "quorum": None,
        "zone": None,
        "series": None,
        "title": None,
        "reminder_minutes": None,
        "place": None,
        "leftover": [],
        "acts": False,
        "alternatives": [],
        "problem": None,
    }


def test_without_a_zone_the_offset_of_ref_is_the_zone() -> None:
    (found,) = row(id=1, text="tomorrow 9am", ref="2026-03-16T10:00:00-05:00")["windows"]  # type: ignore[misc]
    assert found["start"] == "2026-03-17T09:00:00-05:00"


def test_ref_is_turned_into_the_named_zone() -> None:
    (found,) = row(id=1, text="today 9-10am", ref="2026-03-16T22:00:00Z", timezone="Asia/Shanghai")["windows"]  # type: ignore[misc]
    assert found == {"start": "2026-03-17T09:00:00+08:00", "end": "2026-03-17T10:00:00+08:00"}


@pytest.mark.parametrize(
    "line",
    [
        "",
        "not json",
        "[]",
        "null",
        '"text"',
        "{}",
        '{"text": 3}',
        '{"text": "hi"}',
        '{"text": "hi", "ref": "yesterday"}',
        "[" * 5000,
        '{"text": "hi", "ref": "2026-03-16T10:00:00"}',
        '{"text": "hi", "ref": "2026-03-16T10:00:00Z", "timezone": "Mars/Olympus"}',
        '{"text": "hi", "ref": "2026-03-16T10:00:00Z", "at": 3}',
        '{"text": "hi", "ref": "9999-12-31T23:59:59Z", "timezone": 4}',
    ],
)
def test_a_line_that_cannot_be_read_still_has_a_row(line: str) -> None:
    found = json.loads(answer_line(line))
    assert (found["id"], found["intent"], found["windows"]) == (None, "unclear", [])
    assert found["problem"]["code"] == "not_understood"


@pytest.mark.parametrize("ref", ["0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+08:00"])
def test_the_ends_of_the_calendar_do_no_harm(ref: str) -> None:
    assert row(id="x", text="last week or in 400 weeks or tomorrow", ref=ref)["id"] == "x"


def test_the_id_of_a_line_that_cannot_be_read_is_kept() -> None:
    assert row(id="a", text=None)["id"] == "a"


def test_text_that_is_no_unicode_is_replaced() -> None:
    assert (
        json.loads(answer_line('{"id": "\\ud800", "text": "@\\ud800 明天", "ref": "2026-03-16T10:00:00Z"}'))["id"]
        == "?"
    )


def test_a_row_names_the_other_readings() -> None:
    found = as_row(request("明天3点谁有空"), row_id=None, zone=SHANGHAI)
    assert found["alternatives"] == [
        {
            "windows": [{"start": "2026-11-25T03:00:00+08:00", "end": "2026-11-25T04:00:00+08:00"}],
            "reading": "Wed 25 Nov 03:00",
        }
    ]
