"""Which rules are worth trying at a token: told by its kind, and for a number by the kind that stands behind it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bot.language.atoms import Found, Rule, Tokens
from bot.language.tokens import Kind


class Begun(NamedTuple):
    """A rule, the kinds it may begin with, and the kinds one of which stands behind a number it begins with."""

    rule: Rule
    first: tuple[Kind, ...]
    behind_number: tuple[Kind, ...] = ()
    opens_range: bool = True
    """False where the rule has nothing to say of the 2 of 2-4."""


class Rules:
    """Rules in order; each is tried only where it may begin."""

    def __init__(self, *begun: Begun) -> None:
        self.begun = begun
        firsts = {kind for each in begun for kind in each.first}
        behind = {kind for each in begun for kind in each.behind_number}
        self._by_kind = {kind: _distinct(each.rule for each in begun if kind in each.first) for kind in firsts}
        self.kinds = frozenset(firsts)
        numbers = [each for each in begun if Kind.NUMBER in each.first]
        self._numbers = {
            kind: _distinct(each.rule for each in numbers if kind in each.behind_number or not each.behind_number)
            for kind in behind
        }
        self._ranges = tuple(rule for rule in self._numbers.get(Kind.TO, ()) if rule not in _closed(numbers))
        self._plain_numbers = _distinct(each.rule for each in numbers if not each.behind_number)

    def at(self, tokens: Tokens, at: int) -> tuple[Rule, ...]:
        """The rules that may begin at a place of the text."""
        kind = tokens[at].kind
        if kind is not Kind.NUMBER:
            return self._by_kind.get(kind, ())
        if at + 1 == len(tokens):
            return self._plain_numbers
        behind = tokens[at + 1].kind
        if behind is Kind.TO and at + 2 < len(tokens) and tokens[at + 2].kind is Kind.NUMBER:
            return self._ranges
        return self._numbers.get(behind, self._plain_numbers)

    def first(self, tokens: Tokens, at: int) -> Found:
        """What the first rule that fits makes of the tokens at a place, or None."""
        if not 0 <= at < len(tokens):
            return None
        for rule in self.at(tokens, at):
            if found := rule(tokens, at):
                return found
        return None


def _closed(begun: Iterable[Begun]) -> set[Rule]:
    return {each.rule for each in begun if not each.opens_range}


def _distinct(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(dict.fromkeys(rules))
