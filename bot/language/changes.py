"""Recognises a text that changes one thing of the last request: 那周四呢, make it 30 min, without Bob, later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.language.orders import watches
from bot.language.specs import Between, In, Next, Now, Phrase
from bot.language.tokens import Kind, Token
from bot.model.people import Who
from bot.model.requests import Change, ChangeKind
from bot.model.time import Window

_LATER = frozenset(("later", "晚点", "晚一点", "晚些", "晚一些", "更晚", "晚", "往后", "往后推", "推后"))
_EARLIER = frozenset(("earlier", "早点", "早一点", "早些", "早一些", "更早", "早", "往前", "往前推", "提前"))
_MARKS = frozenset(("那", "呢", "that"))
_TOO = ("too", "also", "again", "either", "as well")  # stand where a name may, once a linked mention is taken out
_ENOUGH = frozenset(("行", "可以", "够", "够了", "ok"))
_WAITING = frozenset(("once", "as soon as", "等"))
_SMALL = frozenset(
    (Kind.FILL, Kind.BE, Kind.CHANGE, Kind.USE, Kind.AT, Kind.ON, Kind.IN, Kind.FOR, Kind.TO, Kind.LIST, Kind.COMMA)
) | frozenset((Kind.BREAK, Kind.SIGN, Kind.ARTICLE, Kind.COUNTER, Kind.ME))
_LENGTH = _SMALL | frozenset((Kind.ONLY,))
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
_NAMED = frozenset((Kind.NAME, Kind.AT_SIGN, Kind.WORD, Kind.TEAM_NAME, Kind.ME))


def change_of(
    rest: Sequence[Token],
    *,
    phrases: Sequence[Phrase],
    windows: tuple[Window, ...],
    duration: timedelta | None,
    who: Who,
) -> Change | None:
    """The one thing a text changes, or None for a request of its own. `rest` are its tokens that are no time."""
    if not phrases and duration is None and who.nobody and watches(rest) and not any(map(_is_unknown, rest)):
        return Change(ChangeKind.WATCH)
    if not phrases and duration is None:
        return _step(rest) if who.nobody else _people(rest, who)
    if not who.nobody:
        return None
    if not phrases:
        return _length(rest, duration)
    if duration is not None or not windows or any(phrase.sign for phrase in phrases):
        return None
    marked = any(token.kind is Kind.CHANGE or token.text in _MARKS for token in rest) or _begins_with_and(rest)
    if not marked or any(token.kind not in _SMALL for token in rest):
        return None
    return Change(_time_kind(phrases), windows=windows)


def _is_unknown(token: Token) -> bool:
    """True for a word that may be a name."""
    return token.is_one_of(Kind.WORD, Kind.HAN, Kind.NAME) and token.text not in _WAITING


def _length(rest: Sequence[Token], duration: timedelta | None) -> Change | None:
    """A length and small words: that asks for nothing by itself, so it needs no mark."""
    if any(token.kind not in _LENGTH and token.text not in _ENOUGH for token in rest):
        return None
    return Change(ChangeKind.DURATION, duration=duration)


def _begins_with_and(rest: Sequence[Token]) -> bool:
    """And Friday?"""
    return bool(rest) and rest[0].kind is Kind.LIST and rest[0].tag == "and"


def _time_kind(phrases: Sequence[Phrase]) -> ChangeKind:
    if all(phrase.time is None for phrase in phrases):
        return ChangeKind.DAY
    moving = any(isinstance(phrase.time, Now | In | Next | Between) for phrase in phrases)
    return ChangeKind.TIME if moving or any(phrase.day is not None for phrase in phrases) else ChangeKind.CLOCK


def _step(rest: Sequence[Token]) -> Change | None:
    """Later or earlier, and nothing else."""
    words = _LATER | _EARLIER
    said = "".join(token.text for token in rest if token.text in words or token.kind not in _SMALL)
    if said in _LATER:
        return Change(ChangeKind.LATER)
    return Change(ChangeKind.EARLIER) if said in _EARLIER else None


def _people(rest: Sequence[Token], who: Who) -> Change | None:
    """Somebody more or fewer; a word of joining or of leaving out stands before them, in Chinese also behind."""
    if any(token.kind not in _PEOPLE for token in rest):
        return None
    who = replace(who, names=tuple(name for name in who.names if name not in _TOO))
    telling = [token for token in rest if token.kind not in (Kind.FILL, Kind.CHANGE, Kind.COMMA, Kind.USE, Kind.BREAK)]
    if not telling:
        return None
    verb = telling[-1] if telling[0].kind in _NAMED and len(telling) > 1 else telling[0]
    if verb.kind in (Kind.REMOVE, Kind.NOT) or (verb.kind is Kind.WITH and verb.value):
        return Change(ChangeKind.REMOVE, who=who)
    joins = verb.kind in (Kind.ADD, Kind.LIST) or (verb.kind is Kind.WITH and not verb.value)
    return Change(ChangeKind.ADD, who=who) if joins else None
