"""How wide a line is on a phone, and parts put onto as few lines as hold them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar
from unicodedata import east_asian_width

_Fact = TypeVar("_Fact")
_NO_WIDTH = "\u2068\u2069"
WIDEST = 40
"""Columns: twenty Chinese characters."""


def columns(text: str) -> int:
    """2 for a Chinese character or an emoji, 1 for a Latin one.

    >>> columns("3 人有空")
    8
    """
    return sum(2 if east_asian_width(sign) in "WF" else sign not in _NO_WIDTH for sign in text)


def fit(parts: Iterable[str], separator: str) -> str:
    """The parts, as many on a line as fit, the empty ones left out; one that is wider alone has a line of its own.

    >>> fit(["a", "", "b"], " · ")
    'a · b'
    """
    lines: list[str] = []
    for part in filter(None, map(str.strip, parts)):
        longer = f"{lines[-1]}{separator}{part}" if lines else part
        if lines and columns(longer) > WIDEST:
            lines.append(part)
        else:
            lines[-1:] = [longer]
    return "\n".join(lines)


def fitting(texts: Iterable[str]) -> str:
    """The first of these texts that fits a line; the last one where none does. The fullest stands first.

    >>> fitting(["a" * 41, "a"])
    'a'
    """
    said = list(texts)
    return next((text for text in said if columns(text) <= WIDEST), said[-1])


def said_once(facts: Sequence[_Fact | None]) -> list[_Fact | None]:
    """What goes with each name of a line; where it is the same of all of them it stands behind the last one alone.

    >>> said_once(["busy", "busy"]), said_once(["busy", "away"])
    ([None, 'busy'], ['busy', 'away'])
    """
    if len(set(facts)) > 1:
        return list(facts)
    return [*(None for _ in facts[:-1]), *facts[-1:]]


def listed(head: str, parts: Iterable[str], separator: str, lead: str) -> str:
    r"""`head` and the parts behind it, as many on a line as fit; every further line begins with `lead`.

    >>> listed("Busy 2: ", ["a" * 29, "b"], ", ", "- ")
    'Busy 2: aaaaaaaaaaaaaaaaaaaaaaaaaaaaa, b'
    >>> listed("Busy 2: ", ["a" * 30, "bcd"], ", ", "- ")
    'Busy 2: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n- bcd'
    """
    lines, empty = [head], True
    for part in parts:
        longer = lines[-1] + ("" if empty else separator) + part
        if columns(longer) <= WIDEST:
            lines[-1] = longer
        else:
            lines[-1:] = [lines[-1].rstrip(), lead + part]
        empty = False
    return "\n".join(lines)
