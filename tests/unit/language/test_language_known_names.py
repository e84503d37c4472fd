"""Names of the directory in a text: in which forms and places somebody is found, and what they cannot break."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from said import SHANGHAI, TUESDAY, shown

from bot.language import parse
from bot.language.scan.known_names import KnownNames
from bot.model.requests import Intent, Request
from bot.names.pinyin import read

NAMES = [
    "张伟",
    "王芳",
    "孙一凡",
    "周五",
    "白天",
    "欧阳娜娜",
    "王小明(市场部)",
    "Alice Wong",
    "Bob Chen",
    "Mei Lin",
    "June Park",
]


def known(*names: str) -> KnownNames:
    """The look-up of some people, with the pinyin of their names."""
    return KnownNames(names, read(set("".join(names))))


EVERYBODY = known(*NAMES)


def reading(text: str, names: KnownNames = EVERYBODY) -> Request:
    return parse(text, now=TUESDAY, zone=SHANGHAI, names=names)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张伟明天下午有空吗", ["张伟"]),
        ("明天下午张伟王芳有空吗", ["张伟", "王芳"]),
        ("孙一凡一点有空吗", ["孙一凡"]),
        ("约王芳明天下午三点", ["王芳"]),
        ("欧阳娜娜周三在吗", ["欧阳娜娜"]),
        ("王小明明天有空吗", ["王小明"]),
        ("is alice wong free tomorrow", ["alice wong"]),
        ("is Alice free tomorrow", ["Alice"]),
        ("is zhang wei free tomorrow", ["zhang wei"]),
        ("zhangwei 明天有空吗", ["zhangwei"]),
        ("are Bob Chen and Mei Lin free on Friday", ["Bob Chen", "Mei Lin"]),
        ("小张明天有空吗", ["小张"]),
        ("张总明天有空吗", ["张总"]),
    ],
)
def test_somebody_of_the_directory_is_found(text: str, names: list[str]) -> None:
    found = reading(text)
    assert list(found.who.names) == names
    assert found.who.unread == ()
    assert [left.text for left in found.leftover] == []


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("周五下午3点谁有空", ["11-27 15:00-16:00"]),
        ("@张伟 周五下午3点有空吗", ["11-27 15:00-16:00"]),
        ("is anyone free in June", ["06-01 00:00..07-01 00:00"]),
    ],
)
def test_a_name_that_is_a_word_of_time_stays_one(text: str, windows: list[str]) -> None:
    assert [shown(window) for window in reading(text).windows] == windows


def test_a_name_that_is_a_word_of_time_is_read_where_it_is_pointed_at() -> None:
    assert reading("@周五 明天下午3点有空吗").who.names == ("周五",)


def test_a_title_that_holds_somebodys_name_is_no_invitation() -> None:
    found = reading("约张伟明天下午三点开王芳欢迎会")
    assert found.who.names == ("张伟",) or not found.acts


@pytest.mark.parametrize("text", ["明天下午约个头发", "book Bob a haircut tomorrow 3pm", "约大家明天三点理发"])
def test_an_order_with_words_that_nobody_knows_does_not_act(text: str) -> None:
    assert not reading(text).acts


def test_two_of_one_name_are_one_form_and_the_bot_asks_which() -> None:
    assert reading("张伟明天有空吗", known("张伟", "张伟")).who.names == ("张伟",)


def test_an_empty_directory_finds_people_by_rule() -> None:
    nobody = KnownNames()
    assert not nobody
    assert reading("张三明天有空吗", nobody).who.names == ("张三",)


@pytest.mark.parametrize(
    "name", ["", " ", "()", "（）", "·", "A", "一", "a" * 500, "张" * 100, "🙂", "\u202e张伟", "O'Neil-Smith"]
)
def test_any_string_may_be_a_name(name: str) -> None:
    assert reading("张伟明天下午3点有空吗", known(name, "张伟")).who.names == ("张伟",)


def test_a_name_of_one_letter_does_not_make_an_order_of_every_letter() -> None:
    assert reading("a meeting tomorrow at 3", known("A")).who.names == ()


_WORDS = st.sampled_from(
    [
        "张伟",
        "王芳",
        "周五",
        "Alice",
        "wong",
        "明天",
        "下午3点",
        "谁",
        "有空",
        "约",
        "和",
        "book",
        "with",
        "@",
        ",",
        "开",
        "会",
        "at 3",
        "？",
    ]
)


@given(
    names=st.lists(
        st.text(alphabet="张王周五明天下午一凡欧阳" + string.ascii_letters + " .·()-'", max_size=8), max_size=6
    ),
    words=st.lists(_WORDS, min_size=1, max_size=12),
)
@settings(max_examples=200, deadline=None)
def test_no_directory_and_no_text_breaks_the_reading(names: list[str], words: list[str]) -> None:
    text = " ".join(words)
    found = reading(text, known(*names))
    assert found == reading(text, known(*names))
    assert isinstance(found.intent, Intent)


def test_a_longer_directory_does_not_change_who_is_meant() -> None:
    many = known(
        *NAMES,
        *[f"{surname}{given}{other}" for surname in "赵钱孙李吴郑冯陈" for given in "建国志明" for other in "强军平华"],
    )
    for text in ("张伟明天下午有空吗", "约王芳明天下午三点", "周五下午3点谁有空", "is Alice free tomorrow"):
        assert reading(text, many) == reading(text)
