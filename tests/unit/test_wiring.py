"""Who makes what, read from the syntax trees: what reads calendars or sends cards is made, and called, in one place."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TREES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "bot").rglob("*.py"))
}
READING = "bot/features/common/free_busy.py"
SENDING = {"create_and_deliver", "update_card"}


def files_with(fits: Callable[[ast.AST], object]) -> set[str]:
    """The files of the bot in which something fits."""
    return {path for path, tree in TREES.items() if any(map(fits, ast.walk(tree)))}


def called(node: ast.AST) -> str:
    """The last name of what is called: Directory in `people.Directory(…)`; "" where nothing is."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def brought_from_cards(path: str) -> Iterator[str]:
    """What a file takes from `bot.dingtalk.cards`: names of it, `*` for the module as a whole."""
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.ImportFrom) and node.module == "bot.dingtalk.cards":
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "bot.dingtalk":
            yield from ("*" for each in node.names if each.name == "cards")
        elif isinstance(node, ast.Import):
            yield from ("*" for each in node.names if each.name == "bot.dingtalk.cards")


@pytest.mark.parametrize("name", ["Directory", "Schedules", "Bookings", "Sender"])
def test_what_reaches_dingtalk_for_an_answer_is_made_in_the_wiring_alone(name):
    assert files_with(lambda node: called(node) == name) == {"bot/wiring.py"}


@pytest.mark.parametrize("name", ["Directory", "Schedules", "Bookings", "Sender"])
def test_no_other_name_is_given_to_what_the_wiring_makes(name):
    renamed = files_with(lambda node: isinstance(node, ast.alias) and node.name == name and node.asname)
    assert renamed == set()


def test_calendars_are_read_on_behalf_of_somebody_in_one_place_alone():
    assert files_with(lambda node: called(node) == "OnBehalfOf") == {READING}
    assert files_with(lambda node: called(node) == "free_busy") == {READING}


def test_cards_go_out_through_the_delivery_alone():
    senders = {path for path in TREES if SENDING & set(brought_from_cards(path)) or "*" in brought_from_cards(path)}
    allowed = {path for path in senders if path.startswith("bot/delivery/")} | {"bot/commands/probes.py"}
    assert senders == allowed
    assert "bot/delivery/sender.py" in senders


def test_the_functions_that_send_cards_are_these():
    functions = {node.name for node in TREES["bot/dingtalk/cards.py"].body if isinstance(node, ast.AsyncFunctionDef)}
    assert functions == SENDING
