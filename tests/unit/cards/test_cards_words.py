"""The words of all files of a language are one vocabulary: no file takes another's macro away."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

MESSAGES = Path(__file__).parents[3] / "templates" / "messages"
_MACRO = re.compile(r"{%-? *macro (\w+)")


def macros(language):
    return Counter(name for file in (MESSAGES / language).glob("*.j2") for name in _MACRO.findall(file.read_text()))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_word_is_written_twice(language):
    assert [name for name, count in macros(language).items() if count > 1] == []


def test_both_languages_have_the_same_words():
    assert set(macros("zh")) == set(macros("en"))
