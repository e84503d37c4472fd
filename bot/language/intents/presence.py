"""Rooms, leave, meetings that are on, and who is there now."""

from __future__ import annotations

from itertools import pairwise

from bot.language.intents.evidence import Evidence
from bot.language.scan.places import is_room
from bot.language.senses import Sense
from bot.language.tags import Tag
from bot.language.tokens import CLAUSE_ENDS, Kind, Token
from bot.model.requests import Intent

_SMALL = frozenset(
    (Kind.ME, Kind.BE, Kind.FILL, Kind.MEET, Kind.CALENDAR, Kind.SHOW, Kind.SOME, Kind.COUNTER, Kind.ON)
) | {Kind.ARTICLE, Kind.SIGN, *CLAUSE_ENDS}
"""What is said around one's having something on."""
_MEETING = (Kind.ME, Kind.EVERYONE, Kind.NAME, Kind.WORD, Kind.AT_SIGN)
"""Who may be meeting somebody."""


def has_meetings(evidence: Evidence) -> Intent | None:
    """Whether there is something on, or when it is: do I have a meeting tomorrow, when is my call, 周三的会是几点."""
    if evidence.asks_about_meeting() or _has_something_on(evidence):
        return Intent.OVERVIEW
    asked = evidence.meets() and evidence.asks() and not evidence.orders() and not evidence.is_available()
    other = evidence.any(Kind.WHO, Kind.WHEN, Kind.FIND, Kind.BOTH) or evidence.has_length
    having = evidence.says(Sense.HAVING) or evidence.any(Kind.CALENDAR)
    return Intent.OVERVIEW if asked and having and not other else None


def _has_something_on(evidence: Evidence) -> bool:
    """True where the asker wants to know whether they have anything on, in small words alone: 我今天还有会吗.

    One about an hour is answered for that hour.
    """
    who = evidence.who
    others = evidence.people or who.everyone or not who.me
    if others or evidence.has_hours or not evidence.has_time or not evidence.says(Sense.HAVING):
        return False
    counted = any(token.kind is Kind.SOME and not token.text.isascii() for token in evidence.rest)
    return (evidence.asks() or counted) and all(map(_is_of_own_day, evidence.rest))


def _is_of_own_day(token: Token) -> bool:
    """True for a small word, and for 有会 and 还有."""
    small = token.kind in _SMALL and token.tag not in (Tag.POLITE, Tag.ORDER, Tag.TALK, Tag.VENUE)
    return small or (token.kind in (Kind.LIST, Kind.AVAILABLE) and Sense.HAVING in token.senses)


def rooms(evidence: Evidence) -> Intent | None:
    """Rooms that are asked for; a room that is named is a place."""
    if evidence.people or evidence.who.me:
        return None
    room = any(is_room(token) or token.kind is Kind.PLACED for token in evidence.rest) or _is_free_room(evidence)
    asked_who = any(
        token.kind is Kind.WHO and not _is_counted(evidence.rest, at) for at, token in enumerate(evidence.rest)
    )
    if not room or asked_who:
        return None
    sought = evidence.any(Kind.FIND) or evidence.orders() or evidence.seats > 0
    asked = evidence.asks() or sought or evidence.is_available()
    return Intent.ROOMS if asked or evidence.any(Kind.SHOW) else None


def _is_counted(rest: tuple[Token, ...], at: int) -> bool:
    """True for nobody, and for the people of "for 5 people"."""
    counted = at > 0 and rest[at - 1].kind is Kind.NUMBER and Sense.HEADS in rest[at].senses
    return counted or rest[at].tag is Tag.NOBODY


def _is_free_room(evidence: Evidence) -> bool:
    """True for "any room free at 3"; "any room on Thursday" is a place in the calendar."""
    pairs = pairwise(evidence.rest)
    return any(Sense.ANY_ROOM in token.senses and after.kind is Kind.AVAILABLE for token, after in pairs)


def leave(evidence: Evidence) -> Intent | None:
    """Who is out, asked with a word of leave; a statement about oneself asks nothing."""
    if not evidence.tagged(Kind.AWAY, Tag.LEAVE) or evidence.orders():
        return None
    asked = evidence.asks() or evidence.any(Kind.SHOW) or evidence.finds()
    return Intent.LEAVE if asked else None


def presence(evidence: Evidence) -> Intent | None:
    """Now, without a named time: 在忙吗, 谁在, is Bob in a meeting, who's around."""
    timed = evidence.has_time and not evidence.only_now
    if timed or evidence.has_length or evidence.any(Kind.WHEN, Kind.FIND, Kind.BOOK, Kind.TELL, Kind.BOTH):
        return None
    if evidence.only_now and not asks_about_being(evidence):
        return None
    if not (evidence.people or evidence.any(Kind.WHO) or evidence.who.everyone):
        return None
    here = evidence.tagged(Kind.AVAILABLE, Tag.HERE) or _is_here(evidence.rest)
    asked = evidence.asks() or evidence.people
    if asks_what_it_is(evidence):
        return Intent.PRESENCE
    return Intent.PRESENCE if asked and (here or asks_about_being(evidence)) else None


def asks_what_it_is(evidence: Evidence) -> bool:
    """True for what somebody is busy with: 张伟在忙什么, what is Bob working on, what meeting is Bob in."""
    if not evidence.people or evidence.any(Kind.WHO, Kind.WHEN, Kind.FIND, Kind.BOOK):
        return False
    if evidence.says(Sense.WITH_WHAT):
        return True
    what = bool(evidence.tokens) and Sense.WHAT in evidence.tokens[0].senses
    being = any(not token.senses.isdisjoint((Sense.BEING, Sense.ASKING_AFTER)) for token in evidence.tokens[:4])
    busy = evidence.tagged(Kind.AVAILABLE, Tag.HERE, Tag.DOING) or evidence.meets() or _is_doing(evidence)
    return (evidence.says(Sense.WHAT) and is_in_meeting(evidence)) or (what and being and busy)


def _is_doing(evidence: Evidence) -> bool:
    return any(Sense.DOING in token.senses for token in evidence.tokens[2:])


def _is_here(tokens: tuple[Token, ...]) -> bool:
    """True for 谁在, 张三在 and who's around at the end of a clause."""
    return any(
        Sense.AROUND in token.senses
        and (at + 1 == len(tokens) or tokens[at + 1].kind in (Kind.BREAK, Kind.COMMA, Kind.SIGN))
        for at, token in enumerate(tokens)
    )


def asks_about_being(evidence: Evidence) -> bool:
    """True for a meeting that somebody is in: is Bob in a meeting, am I meeting John, 张三在开会吗."""
    return is_in_meeting(evidence) or _is_meeting(evidence)


def _is_meeting(evidence: Evidence) -> bool:
    """True for "is Bob meeting Alice" and "am I meeting John"; "can we meet" asks for a meeting."""
    opened = bool(evidence.tokens) and Sense.BEING in evidence.tokens[0].senses
    threes = zip((None, *evidence.rest), evidence.rest, evidence.rest[1:], strict=False)
    return any(
        Sense.GOING_ON in token.senses
        and who.kind in _MEETING
        and (opened or (before is not None and Sense.BEING in before.senses))
        for before, who, token in threes
    )


def is_in_meeting(evidence: Evidence) -> bool:
    """True for "is Bob in a meeting", 张三在开会吗."""
    rest = evidence.rest
    return any(
        token.kind is Kind.MEET and token.tag in ("", Tag.WEAK) and at > 0 and _is_amid(rest[max(at - 2, 0) : at])
        for at, token in enumerate(rest)
    )


def _is_amid(before: tuple[Token, ...]) -> bool:
    """True for one or two tokens with a word of being amid something: in a, 正在."""
    return Sense.AMID in before[-1].senses or any(token.kind in (Kind.IN, Kind.ON) for token in before)
