"""The grammar of the reader holds no words: they stand in tables, and it asks for kinds, tags and senses."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot.language
from bot.language.scan.scanner import scan
from bot.language.scan.senses import SENSES
from bot.language.scan.text import is_han, normalise
from bot.language.senses import Sense

_ROOMS = Path(bot.language.__file__).parent
_TOLD_BY_NEIGHBOURS = {Sense.POINTS, Sense.NUMBERED, Sense.NO_DAY}
"""Senses that a word has by the one beside it, in no table."""
_SIGNS = "、，。：；（）《》「」【】"
_METHODS = ("startswith", "endswith", "get", "removesuffix", "removeprefix")


def _trees(room: str) -> Iterator[ast.Module]:
    for path in sorted((_ROOMS / room).glob("*.py")):
        yield ast.parse(path.read_text(encoding="utf-8"))


def _texts(node: ast.AST) -> Iterator[str]:
    """The strings of an expression."""
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value


def _han_literals(tree: ast.Module) -> int:
    """How many strings hold a Chinese word or sign; a docstring may, as it shows examples."""
    shown = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    found = [each for each in ast.walk(tree) if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    return sum(any(is_han(sign) or sign in _SIGNS for sign in each.value) for each in found if id(each) not in shown)


def _is_read(node: ast.AST, named: set[str]) -> bool:
    """True for an expression that holds the text of a token: `token.text`, `text_at(...)`, or a name for one."""
    for each in ast.walk(node):
        if isinstance(each, ast.Attribute) and each.attr == "text":
            return True
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == "text_at":
            return True
        if isinstance(each, ast.Name) and each.id in named:
            return True
    return False


def _names_of_texts(function: ast.AST) -> set[str]:
    """The names that are given the text of a token inside a function."""
    named: set[str] = set()
    for each in ast.walk(function):
        if not isinstance(each, ast.Assign):
            continue
        for target in each.targets:
            both = isinstance(target, ast.Tuple) and isinstance(each.value, ast.Tuple)
            pairs = zip(target.elts, each.value.elts, strict=False) if both else [(target, each.value)]
            named |= {one.id for one, value in pairs if isinstance(one, ast.Name) and _is_text(value)}
    return named


def _is_text(value: ast.AST) -> bool:
    called = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "text_at"
    return called or (isinstance(value, ast.Attribute) and value.attr == "text")


def _compared(function: ast.AST) -> Iterator[ast.AST]:
    """What the texts of tokens are compared with, or looked up in, inside a function."""
    named = _names_of_texts(function)
    for each in ast.walk(function):
        if isinstance(each, ast.Compare):
            sides = [each.left, *each.comparators]
            if any(_is_read(side, named) for side in sides):
                yield from (side for side in sides if not _is_read(side, named))
        elif isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr in _METHODS:
            if _is_read(each.func.value, named):
                yield from each.args
            elif any(_is_read(argument, named) for argument in each.args):
                yield each.func.value
        elif isinstance(each, ast.Subscript) and _is_read(each.slice, named):
            yield each.value


def _english_words(tree: ast.Module) -> int:
    """How many English words the texts of tokens are compared with; a name stands for what it is given in the file."""
    given = {
        target.id: each.value
        for each in tree.body
        if isinstance(each, ast.Assign | ast.AnnAssign) and each.value is not None
        for target in (each.targets if isinstance(each, ast.Assign) else [each.target])
        if isinstance(target, ast.Name)
    }
    functions = [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)]
    sides = {id(side): side for function in functions for side in _compared(function)}
    words: list[str] = []
    for side in sides.values():
        named = [given[each.id] for each in ast.walk(side) if isinstance(each, ast.Name) and each.id in given]
        for node in (side, *named):
            words += [text for text in _texts(node) if any("a" <= sign <= "z" for sign in text)]
    return len(words)


@pytest.mark.parametrize("room", ["chunks", "phrases", "people", "intents", "resolve"])
def test_a_room_of_the_grammar_holds_no_words(room: str) -> None:
    trees = list(_trees(room))
    assert (sum(map(_han_literals, trees)), sum(map(_english_words, trees))) == (0, 0)


_RULE = '''
_ENDS = ("later", "周")
def rule(tokens, at):
    """Three days later, 三天后."""
    word = text_at(tokens, at + 1)
    if tokens[at].tag == "day" or text_at(tokens, at) == ":":
        return word == "hence"
    return tokens[at].text in _ENDS
'''


def test_the_count_sees_words_that_are_compared_and_no_docstrings() -> None:
    tree = ast.parse(_RULE)
    assert (_han_literals(tree), _english_words(tree)) == (1, 2)


@pytest.mark.parametrize("sense", [sense for sense in Sense if sense not in _TOLD_BY_NEIGHBOURS])
def test_every_sense_has_words(sense: Sense) -> None:
    assert any(sense in senses for senses in SENSES.values())


@pytest.mark.parametrize(
    ("text", "word", "sense"),
    [
        ("三点问题", "点", Sense.POINTS),
        ("三点开会", "点", Sense.POINT),
        ("3点钟建议", "点钟", None),
        ("3号线", "号", Sense.NUMBERED),
        ("3号文件", "号", Sense.NUMBERED),
        ("3号开会", "号", None),
        ("3号有人", "号", None),
        ("enjoy the sun", "sun", Sense.NO_DAY),
        ("we sat", "sat", Sense.NO_DAY),
        ("sat through my review", "sat", Sense.NO_DAY),
        ("sat through sun", "sat", None),
        ("on sun", "sun", None),
    ],
)
def test_what_looks_like_a_time_is_told_by_the_words_beside_it(text: str, word: str, sense: Sense | None) -> None:
    [found] = [token.senses for token in scan(normalise(text), {}) if token.text == word]
    assert found & {*_TOLD_BY_NEIGHBOURS, Sense.POINT} == ({sense} if sense else set())
