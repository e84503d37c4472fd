"""Each text of `readings.jsonl` is read as a whole as it is labelled: every field of it, and nothing beside."""

import pytest
import readings

ROWS = readings.rows()


@pytest.mark.parametrize(("text", "read"), ROWS, ids=[text for text, _ in ROWS])
def test_a_text_is_read_as_a_whole(text: str, read: str) -> None:
    assert readings.reading(text) == read


def test_every_text_has_one_row() -> None:
    assert len({text for text, _ in ROWS}) == len(ROWS)
