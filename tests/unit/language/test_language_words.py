"""Words are data: they stand in tables, which only the scanner reads."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot.language
from bot.language.scan.cues import CUES
from bot.language.tokens import Cue
from bot.language.words.en import cues as words_en
from bot.language.words.zh import cues as words_zh

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_ROOT = Path(bot.language.__file__).parent
_FILES = sorted(path for room in ("people", "intents") for path in (_ROOT / room).glob("*.py"))


def _strings(node: ast.AST) -> Iterator[str]:
    return (n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str))


def _literals(tree: ast.Module) -> Iterator[str]:
    docs = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docs:
            yield node.value


def _compared_with_text(tree: ast.Module) -> Iterator[str]:
    """The strings that the text of a token is compared with."""
    for node in ast.walk(tree):
        sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
        if any(isinstance(n, ast.Attribute) and n.attr == "text" for side in sides for n in ast.walk(side)):
            for side in sides:
                yield from _strings(side)


@pytest.mark.parametrize("path", _FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_grammar_of_people_and_intents_holds_no_words(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [text for text in _literals(tree) if _HAN.search(text)] == []
    assert [text for text in _compared_with_text(tree) if text.isalpha()] == []


@pytest.mark.parametrize("cue", Cue)
def test_every_cue_has_words(cue: Cue) -> None:
    assert cue in words_en.CUES or cue in words_zh.CUES
    assert any(cue in cues for cues in CUES.values())
