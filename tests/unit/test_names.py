"""Whom a typed name means, form by form, in Chinese and English."""

from __future__ import annotations

import pytest

from bot.model.people import Person, StaffId, UnionId
from bot.names import Match, find, lookup_of, may_be_pinyin, named, signs_of
from bot.names.pinyin import read

NAMES = (
    "周晓彤", "张伟", "张伟(小伟)", "王小明", "李娜 Zoe", "欧阳娜娜", "曾国强", "单于飞", "吕布", "仇千里", "查良镛",
    "陈静", "赵磊-测试部", "阿里木·买买提", "刘 洋", "Alice Chen", "Bob", "Bob Smith", "José García",
    "Jean-Luc O'Brien", "Zhang Lei", "Müller", "Anna Maria Weber", "孙悦（Sunny）", "【外包】钱多多", "Amy Zhou(朱迪)",
    "马超2", "何琳 Amy",
)  # fmt: skip
PEOPLE = [named(Person(StaffId(f"s{n:02}"), UnionId(f"u{n}"), name)) for n, name in enumerate(NAMES)]
READINGS = {sign: tuple(spelt) for sign, spelt in read(signs_of(PEOPLE)).items()}
LOOKUP = lookup_of(PEOPLE).read_with(READINGS)

FULL = {
    "周晓彤": "周晓彤| 周 晓彤 ",
    "张伟,张伟(小伟)": "张伟",
    "张伟(小伟)": "张伟(小伟)|张伟（小伟）",
    "李娜 Zoe": "李娜|Zoe|zoe|李娜Zoe|李娜 zoe",
    "欧阳娜娜": "欧阳娜娜",
    "刘 洋": "刘洋|刘　洋",
    "赵磊-测试部": "赵磊|赵磊-测试部",
    "阿里木·买买提": "阿里木买买提|阿里木・买买提",
    "马超2": "马超|马超2",
    "【外包】钱多多": "钱多多",
    "Alice Chen": "Alice Chen|alice chen|ALICECHEN|Ａlice　Chen|alice.chen",
    "Bob": "Bob|bob|ＢＯＢ",
    "Bob Smith": "Bob Smith|bobsmith",
    "José García": "José García|jose garcia",
    "Jean-Luc O'Brien": "Jean-Luc O'Brien|Jean Luc O’Brien",
    "Müller": "Müller|muller",
    "Zhang Lei": "Zhang Lei|zhanglei",
}
LOOSE = {
    "周晓彤": "晓彤|小周|周经理|晓彤姐|zhouxiaotong|Zhou Xiaotong|ZHOU XIAO TONG|xiaotong zhou|zhōu xiǎotóng|xiaozhou"
    "|zhou1 xiao3tong2|zhou-xiaotong|xiaotong|zxt",
    "王小明": "小明|小王|老王|王总|王工|王老师|xiaoming|wang|xiaowang|lao wang|wangzong|wxm|Wang Xiaoming|王小",
    "欧阳娜娜": "娜娜|欧阳|欧阳老师|ouyang nana|nana|oynn|xiaoouyang|nana ouyang",
    "曾国强": "国强|曾国强总|zengguoqiang|cengguoqiang|guo qiang",
    "单于飞": "shanyufei|chanyufei",
    "仇千里": "qiuqianli|chouqianli",
    "查良镛": "良镛|zhaliangyong",
    "吕布": "lvbu|lubu|Lyu Bu|lǚ bù|lü bu",
    "陈静": "阿静|xiaojing|chenjing|jing chen",
    "张伟(小伟)": "小伟",
    "张伟,张伟(小伟)": "zhang wei|zhangwei|wei zhang|老张",
    "李娜 Zoe": "Zoe Li|li zoe",
    "赵磊-测试部": "Zhao Lei|小磊",
    "刘 洋": "liuyang",
    "阿里木·买买提": "阿里木|买买提",
    "Amy Zhou(朱迪)": "朱迪|zhou amy|zhudi",
    "Amy Zhou(朱迪),何琳 Amy": "Amy",
    "Amy Zhou(朱迪),周晓彤": "zhou",
    "Alice Chen": "alice|chen alice",
    "Alice Chen,陈静": "chen",
    "Bob Smith": "smith",
    "José García": "jose|garcia",
    "Anna Maria Weber": "anna|anna weber|weber",
    "孙悦（Sunny）": "sunny|sunyue",
    "Zhang Lei": "lei zhang",
}
NOBODY = (
    "", " ", "。。", "?", "张", "王", "a", "李", "alcie", "zhangwe", "xiaoton", "zx", "zw", "周小彤", "彤晓", "ali",
    "bo", "1", "2", "张三", "Zorro", "小张三", "总", "小", "😀", "测试部", "a" * 500, "周" * 500,
)  # fmt: skip


def rows(table):
    return [(typed, set(wanted.split(","))) for wanted, forms in table.items() for typed in forms.split("|")]


def meant(typed, people=PEOPLE, near=()):
    return find(typed, near=near, rest=people, readings=READINGS)


def names(match: Match) -> set[str]:
    return {person.name for person in match.people}


def of(*wanted):
    return [each for each in PEOPLE if each.person.name in wanted]


@pytest.mark.parametrize(("typed", "wanted"), rows(FULL))
def test_a_full_name_is_exact(typed, wanted):
    match = meant(typed)
    assert (names(match), match.exact) == (wanted, True)


@pytest.mark.parametrize(("typed", "wanted"), rows(LOOSE))
def test_any_other_form_finds_whom_it_may_mean_and_is_not_exact(typed, wanted):
    match = meant(typed)
    assert (names(match), match.exact) == (wanted, False)


@pytest.mark.parametrize("typed", [typed for table in (FULL, LOOSE) for typed, _ in rows(table)])
def test_the_lookup_holds_whoever_is_meant(typed):
    candidates = LOOKUP.candidates(typed)
    assert find(typed, near=(), rest=candidates, readings=READINGS) == meant(typed)
    assert len(candidates) < len(PEOPLE) / 2


@pytest.mark.parametrize("typed", NOBODY)
def test_what_fits_nobody_finds_nobody(typed):
    assert meant(typed) == Match()


@pytest.mark.parametrize(("typed", "near", "wanted"), [
    ("张伟", ("张伟(小伟)",), {"张伟(小伟)"}),
    ("chen", ("陈静",), {"陈静"}),
    ("zhou", ("周晓彤", "王小明"), {"周晓彤"}),
    ("小王", ("陈静",), {"王小明"}),
    ("Bob", ("Bob Smith",), {"Bob"}),
    ("zhangwei", ("张伟", "张伟(小伟)"), {"张伟", "张伟(小伟)"}),
])  # fmt: skip
def test_people_close_by_come_first_but_for_a_whole_name(typed, near, wanted):
    assert names(meant(typed, near=of(*near))) == wanted


def test_a_nickname_comes_before_a_familiar_form_and_a_part_before_a_title():
    people = [named(Person(StaffId(n), UnionId(n), n)) for n in ("张伟(小方)", "方圆", "李小方", "方总结")]
    assert names(meant("小方", people)) == {"张伟(小方)"}
    assert names(meant("小方", people[1:])) == {"李小方"}
    assert names(meant("小方", people[1:2])) == {"方圆"}
    assert names(meant("方总", people)) == {"方总结"}


def test_initials_of_two_people_are_nobodys():
    people = [named(Person(StaffId(n), UnionId(n), n)) for n in ("周晓彤", "周小彤")]
    readings = {sign: tuple(spelt) for sign, spelt in read(signs_of(people)).items()}
    assert find("zxt", near=(), rest=people, readings=readings) == Match()
    assert names(find("zxt", near=people[:1], rest=people, readings=readings)) == {"周晓彤"}


def test_namesakes_come_in_one_order():
    people = [named(Person(StaffId(n), UnionId(n), "张伟")) for n in ("b", "a", "c")]
    assert [person.staff_id for person in meant("张伟", people).people] == ["a", "b", "c"]


def test_only_letters_may_be_pinyin():
    assert [may_be_pinyin(typed) for typed in ("zhou", "Zhōu", "周", "z", "b22", "Иван", "")] == [True, True] + [
        False
    ] * 5


def test_without_readings_pinyin_finds_nobody_and_names_are_found_all_the_same():
    assert find("zhouxiaotong", near=(), rest=PEOPLE, readings={}) == Match()
    assert names(find("alice", near=(), rest=PEOPLE, readings={})) == {"Alice Chen"}


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Mr Smith", {"Bob Smith"}),
        ("mr. smith", {"Bob Smith"}),
        ("Dr. Weber", {"Anna Maria Weber"}),
        ("miss ouyang", {"欧阳娜娜"}),
        ("ms chen", {"Alice Chen", "陈静"}),
        ("mr zeng", {"曾国强"}),
        ("mr nobody", set()),
    ],
)
def test_a_title_before_a_surname_says_who_is_meant_as_the_surname_does(typed, wanted):
    assert names(meant(typed)) == wanted
    assert find(typed, near=(), rest=LOOKUP.candidates(typed), readings=READINGS) == meant(typed)
