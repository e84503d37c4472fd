"""Words of time with a slip of the keyboard are read as the near word, and the answer says so."""

import pytest
from said import left, request, windows

from bot.model.requests import AssumptionKind


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("@张三 明天下五3点有空吗", "@张三 明天下午3点有空吗"),
        ("@张三 礼败四上午有空吗", "@张三 礼拜四上午有空吗"),
        ("@张三 星其五上午有空吗", "@张三 星期五上午有空吗"),
        ("is @Bob free tonigth at 8", "is @Bob free tonight at 8"),
        ("is @Bob free on friday mornign", "is @Bob free on friday morning"),
        ("is @Bob free tomorow at 3pm", "is @Bob free tomorrow at 3pm"),
        ("is @Bob free wendesday at 10", "is @Bob free wednesday at 10"),
        ("is @Bob free thurday untill 4pm", "is @Bob free thursday until 4pm"),
    ],
)
def test_a_slip_is_read_as_the_near_word(text: str, meant: str) -> None:
    assert windows(text) == windows(meant) != []
    assert AssumptionKind.MISSPELT in [assumption.kind for assumption in request(text).assumptions]
    assert left(text) == []


@pytest.mark.parametrize("text", ["@张三 明天下午3点有空吗", "is @Bob free tomorrow at 3pm", "@钟明 明天有空吗"])
def test_nothing_is_said_about_words_that_were_typed_well(text: str) -> None:
    assert AssumptionKind.MISSPELT not in [assumption.kind for assumption in request(text).assumptions]
