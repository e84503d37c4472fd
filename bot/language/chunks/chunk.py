"""Values with a place: what the rules make of tokens and the grouping puts together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from bot.language.days import Days
from bot.language.senses import NO_SENSES, Sense
from bot.language.tags import Unit
from bot.language.tokens import Kind, Token
from bot.language.values import Clock, In, Next, Now, Part


@dataclass(frozen=True, slots=True)
class Length:
    """A duration as said: minutes, or a count of a calendar unit (minutes 0)."""

    minutes: int
    count: int = 0
    unit: str = ""


Value = Days | Clock | Part | Now | In | Next | Length | None


class Chunk(NamedTuple):
    """A value (None: a plain token, its kind in `kind`) that spans the tokens from `first` up to before `stop`."""

    value: Value
    kind: Kind
    first: int
    stop: int
    token: Token
    number: int = 0


Tokens = Sequence[Token]
Found = tuple[Value, int] | None
Rule = Callable[[Tokens, int], Found]
"""Tries to read a value at a place; gives it and the place behind it, or None. Looks ahead a bounded way."""


def kind_at(tokens: Tokens, at: int) -> Kind | None:
    """The kind of the token at a place, or None beyond either end."""
    return tokens[at].kind if 0 <= at < len(tokens) else None


def is_at(tokens: Tokens, at: int, *kinds: Kind) -> bool:
    """True where a token of one of these kinds stands at a place."""
    return 0 <= at < len(tokens) and tokens[at].kind in kinds


def means(tokens: Tokens, at: int, *senses: Sense) -> bool:
    """True where a word of one of these senses stands at a place."""
    return 0 <= at < len(tokens) and not tokens[at].senses.isdisjoint(senses)


def is_unit(tokens: Tokens, at: int, *units: Unit) -> bool:
    """True where one of these units stands at a place."""
    return 0 <= at < len(tokens) and tokens[at].kind is Kind.UNIT and tokens[at].tag in units


def is_single(tokens: Tokens, at: int, *units: Unit) -> bool:
    """True where one of these units stands at a place in the singular: day, but not days."""
    return means(tokens, at, Sense.SINGLE) and tokens[at].tag in units


_V = TypeVar("_V")


def by_sense(tokens: Tokens, at: int, values: Mapping[Sense, _V]) -> _V | None:
    """The value for the sense of the word at a place, or None where it has none of these."""
    senses = tokens[at].senses if 0 <= at < len(tokens) else NO_SENSES
    return next((values[sense] for sense in senses if sense in values), None)


def text_at(tokens: Tokens, at: int) -> str:
    """The text of the token at a place, to be compared with signs such as ":"; nothing beyond either end."""
    return tokens[at].text if 0 <= at < len(tokens) else ""


def close(tokens: Tokens, at: int) -> bool:
    """True where a token stands at a place with no white space before it."""
    return 0 <= at < len(tokens) and not tokens[at].gap


def skip(tokens: Tokens, at: int, *kinds: Kind, most: int = 3) -> int:
    """The place after at most `most` tokens of these kinds."""
    stop = at + most
    while at < stop and is_at(tokens, at, *kinds):
        at += 1
    return at
