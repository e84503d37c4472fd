"""Recognises a text that changes one thing of the last request: 那周四呢, make it 30 min, without Bob, later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.language.specs import Phrase
from bot.language.tokens import Kind, Token
from bot.model.people import Who
from bot.model.requests import Change, ChangeKind
from bot.model.time import Window

_LATER = frozenset(("later", "晚点", "晚一点", "往后", "晚些", "晚一些", "更晚", "推后"))
_EARLIER = frozenset(("earlier", "早点", "早一点", "早些", "早一些", "更早", "提前"))
_MARKS = frozenset(("那", "呢", "that"))
_SMALL = frozenset(
    (Kind.FILL, Kind.BE, Kind.CHANGE, Kind.USE, Kind.AT, Kind.ON, Kind.IN, Kind.FOR, Kind.LIST, Kind.COMMA, Kind.BREAK)
) | frozenset((Kind.SIGN, Kind.ARTICLE, Kind.COUNTER, Kind.ME))
_PEOPLE = _SMALL | frozenset(
    (
        Kind.ADD,
        Kind.REMOVE,
        Kind.WITH,
        Kind.NOT,
        Kind.NAME,
        Kind.AT_SIGN,
        Kind.WORD,
        Kind.HAN,
        Kind.TEAM_NAME,
        Kind.MONTH,
    )
)


def change_of(
    rest: Sequence[Token],
    *,
    phrases: Sequence[Phrase],
    windows: tuple[Window, ...],
    duration: timedelta | None,
    who: Who,
) -> Change | None:
    """The one thing a text changes, or None for a request of its own. `rest` are its tokens that are no time."""
    if not phrases and duration is None:
        return _step(rest) or _people(rest, who)
    marked = any(token.kind is Kind.CHANGE or token.text in _MARKS for token in rest)
    if not marked or not who.nobody or any(token.kind not in _SMALL for token in rest):
        return None
    if duration is not None and not phrases:
        return Change(ChangeKind.DURATION, duration=duration)
    if duration is not None or not windows or any(phrase.sign for phrase in phrases):
        return None
    return Change(_time_kind(phrases), windows=windows)


def _time_kind(phrases: Sequence[Phrase]) -> ChangeKind:
    if all(phrase.time is None for phrase in phrases):
        return ChangeKind.DAY
    return ChangeKind.CLOCK if all(phrase.day is None for phrase in phrases) else ChangeKind.TIME


def _step(rest: Sequence[Token]) -> Change | None:
    """Later or earlier, and nothing else."""
    for words, kind in ((_LATER, ChangeKind.LATER), (_EARLIER, ChangeKind.EARLIER)):
        said = any(token.text in words for token in rest)
        if said and all(token.text in words or token.kind in _SMALL for token in rest):
            return Change(kind)
    return None


def _people(rest: Sequence[Token], who: Who) -> Change | None:
    """Somebody more or fewer; a word of joining or of leaving out stands before them."""
    if who.nobody or not rest or any(token.kind not in _PEOPLE for token in rest):
        return None
    first = next((token for token in rest if token.kind not in (Kind.FILL, Kind.CHANGE, Kind.COMMA, Kind.USE)), rest[0])
    if first.kind in (Kind.REMOVE, Kind.NOT) or (first.kind is Kind.WITH and first.value):
        return Change(ChangeKind.REMOVE, who=who)
    joins = first.kind in (Kind.ADD, Kind.LIST) or (first.kind is Kind.WITH and not first.value)
    return Change(ChangeKind.ADD, who=who) if joins else None
