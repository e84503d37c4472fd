"""The zone a text speaks of, wherever it stands: 3pm in Madrid, (PST), 伦敦那边; also one that nobody knows."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.tokens import Kind, Token
from bot.language.values import After, Clock, Hours, Lasting, Parts, Phrase, Until

_TIMED = (Clock, Hours, Lasting, Parts, After, Until)
_BRACKETS = ("(", ")", "[", "]")
_LONGEST = 4
Span = tuple[int, int]


def spoken_zone(tokens: Sequence[Token], timed: Sequence[bool], phrases: Sequence[Phrase]) -> tuple[str, Span] | None:
    """The zone of the hours of a text by its name, or the words of one that nobody knows, with its place; or None."""
    if not any(isinstance(phrase.time, _TIMED) for phrase in phrases):
        return None
    for at, token in enumerate(tokens):
        if token.kind is Kind.ZONE and (token.value or _is_marked(tokens, timed, at)):
            return token.tag, (at, at + 1)
        if token.kind is Kind.ZONE_SIGN and not timed[at] and (span := _unknown(tokens, timed, at)):
            return "".join(t.text for t in tokens[span[0] : at]), span
    return None


def _is_marked(tokens: Sequence[Token], timed: Sequence[bool], at: int) -> bool:
    """True for a zone in brackets, before 那边, in "in" beside a clock time, and for an abbreviation beside one."""
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    if behind is not None and behind.kind is Kind.THERE:
        return True
    before = at - 1
    while before >= 0 and (tokens[before].text in _BRACKETS or tokens[before].kind is Kind.IN):
        before -= 1
    stop = at + 1
    while stop < len(tokens) and (tokens[stop].text in _BRACKETS or tokens[stop].kind in (Kind.COMMA, Kind.AT)):
        stop += 1
    beside = (before >= 0 and timed[before]) or (stop < len(tokens) and timed[stop])
    placed = tokens[at - 1].kind is Kind.IN if at else False
    return beside and (placed or before < at - 1 or tokens[at].value < 0)


def _unknown(tokens: Sequence[Token], timed: Sequence[bool], at: int) -> Span | None:
    """The words before 时间 or "time" that no zone has, beside a clock time: 坎巴拉时间, Mordor time."""
    start = at
    while start and at - start < _LONGEST and _is_unknown_place(tokens, timed, start - 1, start):
        start -= 1
    length = tokens[at - 1].end - tokens[start].start if start < at else 0
    if length < 2:
        return None
    beside = (start and timed[start - 1]) or (at + 1 < len(tokens) and timed[at + 1])
    return (start, at + 1) if beside else None


def _is_unknown_place(tokens: Sequence[Token], timed: Sequence[bool], at: int, behind: int) -> bool:
    token = tokens[at]
    if timed[at] or token.known:
        return False
    if token.kind is Kind.HAN:
        return not tokens[behind].gap
    return token.kind is Kind.WORD and (token.tag[:1].isupper() or not tokens[behind].text.isascii())
