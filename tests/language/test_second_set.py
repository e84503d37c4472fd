"""A second set, written from the product's pages alone and never tuned to: shares that only rise."""

import pytest
import rows

from bot.language.zones import iana_name

SHARES = {"second_requests": 0.96, "second_talk": 0.88}
MOST_ANSWERED = 0.05
"""Of lines of talk that want nothing of a calendar, at most so many are answered with one."""
ANSWERED = ("who_is_free", "find_time", "next_free", "overview", "presence")


def is_right(row: rows.Row) -> bool:
    """True where every labelled field is answered; windows in a named zone are on the clocks of that zone here."""
    got = rows.answer(row)
    if not rows.differing(row, got):
        return True
    zone = iana_name(got["zone"]) if row["kind"] == "zone" and got["zone"] else None
    return zone is not None and not rows.differing(row | {"timezone": zone}, got)


@pytest.mark.parametrize("name", SHARES)
def test_the_share_of_the_second_set_that_is_right_does_not_fall(name: str) -> None:
    found = [is_right(row) for row in rows.read(rows.HERE / f"{name}.jsonl")]
    assert sum(found) / len(found) >= SHARES[name]


def test_talk_is_hardly_ever_answered_with_calendars_and_never_acted_on() -> None:
    answers = [rows.answer(row) for row in rows.read(rows.HERE / "second_talk.jsonl")]
    assert not any(answer["acts"] for answer in answers)
    assert sum(answer["intent"] in ANSWERED for answer in answers) / len(answers) <= MOST_ANSWERED
