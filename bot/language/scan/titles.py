"""Titles that are marked as such: what stands behind 标题 or title:, and what stands in quotation marks."""

from __future__ import annotations

from collections.abc import Sequence, Set

from bot.language.tokens import Kind, Token

_SIGNS = (Kind.SIGN, Kind.COMMA, Kind.FILL, Kind.BE)
_QUOTES = {'"': '"', "《": "》", "「": "」", "【": "】", "『": "』"}
_OPENING = frozenset(_QUOTES)
_LONGEST = 24


def may_have_titles(folded: str, kinds: Set[Kind]) -> bool:
    """False for a text in which nothing marks a title."""
    return Kind.TOPIC in kinds or not _OPENING.isdisjoint(folded)


def with_titles(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with those of a marked title as such, so that no time and nobody is read in it."""
    found, at = list(tokens), 0
    while at < len(found):
        start, stop = _title(found, at)
        for place in range(start, stop):
            found[place] = found[place]._replace(kind=Kind.TITLED, known=0)
        at = max(at + 1, stop)
    return found


def _title(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """The stretch of a title that is marked at a place; an empty one where there is none."""
    token = tokens[at]
    if token.text in _QUOTES:
        closing = _QUOTES[token.text]
        stop = next((n for n in range(at + 1, min(len(tokens), at + _LONGEST)) if tokens[n].text == closing), at)
        return (at + 1, stop) if stop > at + 1 else (at, at)
    if token.kind is not Kind.TOPIC or not token.value:
        return at, at
    start = at + 1
    while start < len(tokens) and tokens[start].kind in _SIGNS and tokens[start].text in _MARKS:
        start += 1
    if start >= len(tokens) or (start == at + 1 and not tokens[start].gap and not token.text.endswith(_VERBS)):
        return at, at
    stop = start
    while stop < min(len(tokens), start + _LONGEST) and not _ends(tokens, stop, start):
        stop += 1
    return start, stop


def _ends(tokens: Sequence[Token], at: int, start: int) -> bool:
    """True at the end of a clause, and before an order that stands apart: 主题：年会 约王芳周五."""
    token = tokens[at]
    return token.kind in (Kind.BREAK, Kind.COMMA) or (at > start and token.gap and token.kind is Kind.BOOK)


_MARKS = (":", ",", "是", "为", "is", "叫", '"', "=", "-")
_VERBS = ("是", "叫", "叫做", "为", "it", "is")


__all__ = ["with_titles"]
