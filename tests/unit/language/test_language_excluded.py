"""People who are named to be left out."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.language import parse

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 24, 10, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "names", "without"),
    [
        ("除了李四明天谁有空", (), ("李四",)),
        ("除了李四和王五，大家周五上午有空吗", (), ("李四", "王五")),
        ("who's free tomorrow except Bob", (), ("Bob",)),
        ("everyone but not Carol free Friday at 3pm?", (), ("Carol",)),
        ("不是周二，李四周三有空吗", ("李四",), ()),
        ("not Friday, is Bob free Thursday?", ("Bob",), ()),
        ("不要周五，下周谁有空", (), ()),
    ],
)
def test_who_is_left_out_is_not_asked_about(text, names, without):
    who = parse(text, now=NOW, zone=ZONE).who
    assert (who.names, who.without_names) == (names, without)
