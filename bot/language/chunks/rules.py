"""Which rules are worth trying at a token: told by its kind, for numbers and small words by the one behind too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.language.chunks.chunk import Found, Rule, Tokens
from bot.language.tokens import Kind


class Begun(NamedTuple):
    """A rule, the kinds it may begin with, and those one of which stands behind a number or small word it begins with.

    None behind means any.
    """

    rule: Rule
    first: tuple[Kind, ...]
    behind_number: tuple[Kind, ...] = ()
    behind_fill: tuple[Kind, ...] = ()
    opens_range: bool = True
    """False where the rule has nothing to say of the 2 of 2-4."""


class Rules:
    """Rules in order; each is tried only where it may begin, and need not ask for the kind it begins with."""

    def __init__(self, *begun: Begun) -> None:
        self.begun = begun
        firsts = {kind for each in begun for kind in each.first}
        self._by_kind = {kind: _distinct(each.rule for each in begun if kind in each.first) for kind in firsts}
        self.kinds = frozenset(firsts)
        numbers = [each for each in begun if Kind.NUMBER in each.first]
        self._numbers = _by_kind_behind([(each.rule, each.behind_number) for each in numbers])
        fills = [each for each in begun if Kind.FILL in each.first]
        self._fills = _by_kind_behind([(each.rule, each.behind_fill) for each in fills])
        self._ranges = tuple(rule for rule in self._numbers.get(Kind.TO, ()) if rule not in _closed(numbers))
        self._plain_numbers = _distinct(each.rule for each in numbers if not each.behind_number)

    def at(self, tokens: Tokens, at: int) -> tuple[Rule, ...]:
        """The rules that may begin at a place of the text."""
        kind = tokens[at].kind
        if kind is Kind.FILL:
            return self._fills.get(tokens[at + 1].kind, ()) if at + 1 < len(tokens) else ()
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


def _by_kind_behind(rules: Sequence[tuple[Rule, tuple[Kind, ...]]]) -> dict[Kind, tuple[Rule, ...]]:
    """The rules by each kind that one of them asks for; those that ask for none are among all."""
    asked = {kind for _, behind in rules for kind in behind}
    return {kind: _distinct(rule for rule, behind in rules if not behind or kind in behind) for kind in asked}


def _closed(begun: Iterable[Begun]) -> set[Rule]:
    return {each.rule for each in begun if not each.opens_range}


def _distinct(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(dict.fromkeys(rules))
