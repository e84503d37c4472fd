"""Whose name comes nearest to one that nobody has."""

from __future__ import annotations

import pytest

from bot.model.people import Person, StaffId, UnionId
from bot.names import named, nearest
from bot.names.pinyin import read

NAMES = ("王小明", "王晓鸣", "张伟", "李娜", "欧阳娜娜", "Michael Brown", "周晓彤 Zoe", "张伟(小伟)")
PEOPLE = [named(Person(StaffId(f"s{n}"), UnionId(f"u{n}"), name)) for n, name in enumerate(NAMES)]
READINGS = read(
    {sign for name in (*NAMES, "王晓明汪张薇李那慕容复欧洋娜周小彤") for sign in name if not sign.isascii()}
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("王晓明", ["王小明", "王晓鸣"]),
        ("汪小明", ["王小明", "王晓鸣"]),
        ("张薇", ["张伟", "张伟(小伟)"]),
        ("周小彤", ["周晓彤 Zoe"]),
        ("xiaomin", ["王小明", "王晓鸣"]),
        ("Micheal", ["Michael Brown"]),
        ("brwon michael", ["Michael Brown"]),
        ("慕容复", []),
        ("Zorro", []),
        ("Bob", []),
        ("", []),
    ],
)
def test_a_typed_name_comes_near_by_sound_and_by_a_letter_or_two(typed, found):
    assert [person.name for person in nearest(typed, PEOPLE, READINGS)] == found


def test_without_readings_only_letters_and_signs_count():
    assert [person.name for person in nearest("王晓明", PEOPLE, {})] == ["王小明", "王晓鸣"]
    assert nearest("张薇", PEOPLE, {}) == ()


def test_no_more_are_given_than_are_wanted():
    assert len(nearest("王晓明", PEOPLE * 4, READINGS, most=2)) == 2
