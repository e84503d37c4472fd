"""Recognises a text that changes one thing of the last request: 那周四呢, make it 30 min, without Bob, later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.language.days import Week, Weekday
from bot.language.intents.orders import watches
from bot.language.people.name_roles import leaves_out
from bot.language.phrases.lists import shared
from bot.language.resolve.exclusions import refused_times
from bot.language.resolve.policy import Policy
from bot.language.resolve.resolver import resolve
from bot.language.scan.senses import senses_of, senses_together
from bot.language.senses import Sense
from bot.language.tags import Join, Tag
from bot.language.tokens import Kind, Token
from bot.language.values import Between, In, Next, Now, Phrase
from bot.model.people import Who
from bot.model.requests import Change, ChangeKind
from bot.model.time import Window

_SENDER = Who(me=True)
_STEPS = frozenset((Sense.LATER, Sense.EARLIER))
_BESIDE_VERB = (Kind.FILL, Kind.COMMA, Kind.USE, Kind.BREAK)
_NEUTRAL = frozenset(
    (Kind.FILL, Kind.BE, Kind.CHANGE, Kind.USE, Kind.AT, Kind.ON, Kind.IN, Kind.FOR, Kind.TO, Kind.LIST, Kind.COMMA)
) | frozenset((Kind.BREAK, Kind.SIGN, Kind.ARTICLE, Kind.COUNTER, Kind.ME))
_BOUNDS = frozenset((Kind.AFTER, Kind.BEFORE, Kind.ONWARDS, Kind.FROM, Kind.UNTIL, Kind.BY, Kind.BETWEEN))
_TIMED = _NEUTRAL | _BOUNDS | frozenset((Kind.SAME, Kind.ONLY))
_EXCLUDING = _NEUTRAL | _BOUNDS | frozenset((Kind.NOT,))
_LENGTH = _NEUTRAL | frozenset((Kind.ONLY,))
_NAMED = frozenset((Kind.NAME, Kind.AT_SIGN, Kind.WORD, Kind.TEAM_NAME, Kind.ME, Kind.HAN))
_BARE = _BOUNDS | frozenset((Kind.FILL, Kind.COMMA, Kind.BREAK, Kind.ON, Kind.AT, Kind.IN, Kind.FOR, Kind.ARTICLE))
_MINUTES = range(25, 245, 5)
"""Numbers that are minutes and no hour of a day."""
_PEOPLE = (
    _NEUTRAL
    | _NAMED
    | frozenset(
        (Kind.ADD, Kind.REMOVE, Kind.WITH, Kind.NOT, Kind.MONTH, Kind.OPTIONAL, Kind.EVERYONE, Kind.AWAY, Kind.ONLY)
    )
)


def change_of(
    rest: Sequence[Token],
    *,
    phrases: Sequence[Phrase],
    windows: tuple[Window, ...],
    policy: Policy,
    duration: timedelta | None,
    who: Who,
) -> Change | None:
    """The one thing a text changes, or None for a request of its own.

    `rest` are its tokens that are no time.
    """
    if any(token.kind is Kind.BE and token.tag in (Tag.NOUN, Tag.TALK) for token in rest):
        return None
    if not phrases and duration is None:
        if not who.nobody:
            return _people(rest, who)
        if watches(rest) and not any(map(_is_unknown, rest)):
            return Change(ChangeKind.WATCH)
        return _other_day(rest) or _step(rest) or _minutes(rest)
    if not (who.nobody or (who == _SENDER and _are_refused(phrases))):
        return None
    if not phrases:
        return _shift(rest, duration) or _length(rest, duration)
    return None if duration is not None else _time(rest, phrases, windows=windows, policy=policy)


def _is_unknown(token: Token) -> bool:
    """True for a word that may be a name."""
    return token.is_one_of(Kind.WORD, Kind.HAN, Kind.NAME) and Sense.WAITING not in token.senses


# ---------------------------------------------------------------- times and lengths
def _time(
    rest: Sequence[Token],
    phrases: Sequence[Phrase],
    *,
    windows: tuple[Window, ...],
    policy: Policy,
) -> Change | None:
    """Other times where a mark says so, or where there is but a day or but an hour, so that the rest is missing.

    An exclusion needs no mark, since it asks for nothing by itself. Hours for another day are meant in full, also those
    of which a part is over today.
    """
    if _are_refused(phrases):
        gone = refused_times(phrases, policy=policy) if all(token.kind in _EXCLUDING for token in rest) else ()
        return Change(ChangeKind.EXCEPT, windows=gone) if gone else None
    if not windows or any(token.kind not in _TIMED for token in rest) or any(phrase.sign for phrase in phrases):
        return None
    kind = _time_kind(phrases)
    if any(token.kind is Kind.SAME for token in rest):
        return Change(kind, windows=windows) if kind in (ChangeKind.DAY, ChangeKind.WEEK) else None
    marked = any(token.kind in (Kind.CHANGE, Kind.ONLY) or Sense.MARK in token.senses for token in rest)
    marked = marked or _begins_with_and(rest)
    marked = marked or (kind is not ChangeKind.TIME and all(token.kind in _BARE for token in rest))
    if kind is ChangeKind.CLOCK and marked:
        windows = resolve(phrases, policy=policy.at_midnight(), open_ended=False).windows
    return Change(kind, windows=windows, weekday=_are_bare_weekdays(phrases)) if marked else None


def _are_bare_weekdays(phrases: Sequence[Phrase]) -> bool:
    """True for Thursday, but not for this Thursday, 下周四 or a date."""
    return all(isinstance(phrase.day, Weekday) and phrase.day.week is None for phrase in phrases)


def _are_refused(phrases: Sequence[Phrase]) -> bool:
    """True where nothing but exclusions was said; one of a list tells at its start or its end."""
    if not (phrases and (phrases[0].sign or phrases[-1].sign)):
        return False
    return all(phrase.sign for phrase in shared(list(phrases)))


def _begins_with_and(rest: Sequence[Token]) -> bool:
    """And Friday?"""
    return bool(rest) and rest[0].kind is Kind.LIST and rest[0].tag is Join.AND


def _time_kind(phrases: Sequence[Phrase]) -> ChangeKind:
    if all(phrase.time is None for phrase in phrases):
        return ChangeKind.WEEK if all(isinstance(phrase.day, Week) for phrase in phrases) else ChangeKind.DAY
    moving = any(isinstance(phrase.time, Now | In | Next | Between) for phrase in phrases)
    return ChangeKind.TIME if moving or any(phrase.day is not None for phrase in phrases) else ChangeKind.CLOCK


_SHIFTED = frozenset((Sense.LATER_BY, Sense.EARLIER_BY, Sense.IT))
_SHIFTING = (Kind.BY, Kind.MOVE)


def _shift(rest: Sequence[Token], duration: timedelta | None) -> Change | None:
    """Push it by an hour, 往后推半小时, half an hour earlier: every window so much later or earlier."""
    allowed = all(
        not _SHIFTED.isdisjoint(token.senses) or token.kind in _LENGTH or token.kind in _SHIFTING for token in rest
    )
    if duration is None or not allowed:
        return None
    if _says(rest, Sense.EARLIER_BY):
        return Change(ChangeKind.SHIFT, duration=-duration)
    later = _says(rest, Sense.LATER_BY) or any(token.kind is Kind.MOVE for token in rest)
    return Change(ChangeKind.SHIFT, duration=duration) if later else None


def _says(tokens: Sequence[Token], sense: Sense) -> bool:
    return any(sense in token.senses for token in tokens)


def _other_day(rest: Sequence[Token]) -> Change | None:
    """Any other day, 换一天, 别的日子: nothing else is said."""
    said = senses_together([token for token in rest if token.kind not in (Kind.BREAK, Kind.COMMA)])
    return Change(ChangeKind.OTHER_DAY) if Sense.OTHER_DAY in said else None


def _length(rest: Sequence[Token], duration: timedelta | None) -> Change | None:
    """A length and small words: that asks for nothing by itself, so it needs no mark."""
    if any(token.kind not in _LENGTH and Sense.ENOUGH not in token.senses for token in rest):
        return None
    return Change(ChangeKind.DURATION, duration=duration)


def _minutes(rest: Sequence[Token]) -> Change | None:
    """Make it 30: a number that is no hour, behind a word of change, is of minutes."""
    numbers = [token.value for token in rest if token.kind is Kind.NUMBER]
    changed = any(token.kind is Kind.CHANGE for token in rest)
    if not changed or len(numbers) != 1 or any(token.kind not in (*_LENGTH, Kind.NUMBER) for token in rest):
        return None
    return Change(ChangeKind.DURATION, duration=timedelta(minutes=numbers[0])) if numbers[0] in _MINUTES else None


def _step(rest: Sequence[Token]) -> Change | None:
    """Later or earlier, and nothing else."""
    said = senses_together(
        [token for token in rest if token.kind not in _NEUTRAL or not _STEPS.isdisjoint(token.senses)]
    )
    if Sense.LATER in said:
        return Change(ChangeKind.LATER)
    return Change(ChangeKind.EARLIER) if Sense.EARLIER in said else None


# ---------------------------------------------------------------- people
def _people(rest: Sequence[Token], who: Who) -> Change | None:
    """Somebody more, fewer, instead or optional, as the words around the names say."""
    who = replace(who, names=tuple(name for name in who.names if Sense.TOO not in senses_of(name.casefold())))
    if any(token.kind not in _PEOPLE or _is_stray(token, who) for token in rest):
        return None
    if any(token.kind is Kind.OPTIONAL for token in rest):
        return Change(ChangeKind.OPTIONAL, who=who)
    kind = _verb(rest) or _mark(rest)
    return Change(kind, who=who) if kind else None


def _is_stray(token: Token, who: Who) -> bool:
    """True for an unknown word that is no part of a name."""
    if token.kind not in (Kind.WORD, Kind.HAN) or Sense.TOO in token.senses:
        return False
    return not any(token.text in name.casefold() for name in who.names)


def _verb(rest: Sequence[Token]) -> ChangeKind | None:
    """A word of joining or of leaving out stands before the names, in Chinese also behind."""
    if any(token.kind is Kind.EVERYONE or token.kind is Kind.ONLY for token in rest):
        return None
    telling = [t for t in rest if t.kind not in (*_BESIDE_VERB, Kind.CHANGE) and Sense.ASKING_FOR not in t.senses]
    if not telling:
        return None
    verb = telling[-1] if telling[0].kind in _NAMED and len(telling) > 1 else telling[0]
    if verb.kind in (Kind.REMOVE, Kind.NOT) or leaves_out(verb):
        return ChangeKind.REMOVE
    if verb.kind is Kind.AWAY and Sense.LEFT_OUT in verb.senses:
        return ChangeKind.REMOVE
    if Sense.LEAVE in telling[0].senses and Sense.OUT in telling[-1].senses:
        return ChangeKind.REMOVE
    joins = verb.kind in (Kind.ADD, Kind.LIST) or (verb.kind is Kind.WITH and not verb.value)
    return ChangeKind.ADD if joins or _says(rest, Sense.TOO) else None


def _mark(rest: Sequence[Token]) -> ChangeKind | None:
    """那王五呢, what about Bob, only Bob: nothing but a mark and who is meant; 把李四换成王五 says two things."""
    telling = [token for token in rest if token.kind not in _BESIDE_VERB]
    if any(token.kind is Kind.AWAY or token.kind is Kind.NOT for token in telling):
        return None
    places = [place for place, token in enumerate(telling) if token.kind is Kind.CHANGE]
    if places:
        return ChangeKind.REPLACE if places in ([0], [len(telling) - 1]) else None
    marked = any(Sense.MARK in token.senses or token.kind is Kind.ONLY for token in rest)
    return ChangeKind.REPLACE if marked or _is_asked_for(rest) else None


def _is_asked_for(rest: Sequence[Token]) -> bool:
    """就李四, and 李四？ with nothing else."""
    if not rest:
        return False
    return Sense.ONLY_THEN in rest[0].senses or (rest[0].kind is Kind.NAME and rest[-1].text == "?")
