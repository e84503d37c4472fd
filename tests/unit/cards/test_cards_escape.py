"""Whatever somebody is called, it stays a name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.cards.escape import LONGEST_NAME, name

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
PLAIN = {"paragraph_open", "paragraph_close", "inline", "text"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("张伟", "张伟"),
        ("Li Na", "Li Na"),
        ("O'Neil-Smith (DE)", "O'Neil-Smith (DE)"),
        ("a_b", "a_b"),
        ("_a_", "＿a＿"),
        ("  a \n b  ", "a b"),
        ("- a", "－ a"),
        ("1. a", "1． a"),
        ("10) a", "10） a"),
        ("1.5 a", "1.5 a"),
        ("", "?"),
        ("\u200b\u202e\x00", "?"),
        ("@all", "＠all"),
        ("WWW.e.example", "WWW．e.example"),
        ("x" * 30, "x" * 23 + "…"),
        ("\ud83d", "?"),
    ],
)
def test_a_name_is_shown_plainly(text, shown):
    assert name(text) == shown


@given(st.text(max_size=200))
def test_a_name_is_one_plain_line_in_any_markdown(text):
    shown = name(text)
    bare = shown.removeprefix("\u2068").removesuffix("\u2069")
    assert 0 < len(bare) <= LONGEST_NAME
    assert not any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co") for character in bare)
    tokens = [token for line in (f"✅ 有空 1：{shown}、x", f"{shown} 有空") for token in PARSER.parse(line)]
    assert {child.type for token in tokens for child in (token, *(token.children or []))} <= PLAIN
    assert name(shown) == shown
