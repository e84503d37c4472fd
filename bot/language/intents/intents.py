"""What is wanted: decided by the kinds of words in a text, not by its sentences."""

from __future__ import annotations

from dataclasses import dataclass

from bot.language.intents.orders import lists_reminders, watches
from bot.language.tokens import Kind, Token
from bot.model.people import Who
from bot.model.requests import Intent

_MANY = 2
_PEOPLE = (Kind.NAME, Kind.AT_SIGN, Kind.WORD, Kind.HAN)
_ASIDE = (Kind.DIGEST, Kind.STOP, Kind.TEAM, Kind.SET_ZONE, Kind.LANGUAGE, Kind.HELP)
"""What speaks of something else than people and times."""
_TEAMS = ("团队", "小组", "我们团队", "我们组", "咱们组", "整个团队", "team", "the team", "our team", "off the team")


@dataclass(slots=True)
class Clues:
    """What an intent is decided by."""

    tokens: tuple[Token, ...]
    who: Who
    has_time: bool
    has_hours: bool
    has_length: bool
    kinds: frozenset[Kind] = frozenset()
    texts: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.kinds = frozenset([token.kind for token in self.tokens])
        self.texts = frozenset([token.text for token in self.tokens])

    def any(self, *kinds: Kind) -> bool:
        """True where a token of one of these kinds occurs."""
        return not self.kinds.isdisjoint(kinds)

    def books(self) -> bool:
        """True for a word of booking; the schedule that somebody has is none."""
        if Kind.BOOK not in self.kinds:
            return False
        before = (None, *self.tokens)
        return any(
            token.kind is Kind.BOOK and not (token.text == "schedule" and _owns(last))
            for last, token in zip(before, self.tokens, strict=False)
        )

    def finds(self) -> bool:
        """True for a word of searching; 找 before a person means to meet, and "need" beside a booking adds nothing."""
        if {"get", "together"} <= self.texts:
            return True
        if Kind.FIND not in self.kinds:
            return False
        behind: tuple[Token | None, ...] = (*self.tokens[1:], None)
        pairs = zip(self.tokens, behind, strict=False)
        return any(token.kind is Kind.FIND and not self._is_no_search(token, after) for token, after in pairs)

    def _is_no_search(self, token: Token, after: Token | None) -> bool:
        if token.text == "need":
            return self.any(Kind.BOOK)
        return token.text == "找" and after is not None and (after.kind in _PEOPLE or after.text in ("他", "她"))

    def text(self, *words: str) -> bool:
        """True where one of these words occurs as a token of its own."""
        return not self.texts.isdisjoint(words)


def _owns(token: Token | None) -> bool:
    if token is None:
        return False
    return token.is_one_of(Kind.ME, Kind.EVERYONE, Kind.TEAM_NAME, Kind.AT_SIGN, Kind.SHOW) or (
        token.kind is Kind.WORD and token.value == 1
    )


def intent_of(clues: Clues) -> Intent:
    """The intent of a text. The order of the questions is the order of how sure their words are."""
    if clues.any(Kind.REMINDER) and lists_reminders(clues.tokens, has_time=clues.has_time):
        return Intent.SETTINGS
    if clues.any(Kind.OFF_TOPIC) and not clues.any(Kind.AVAILABLE, Kind.WHO, Kind.FIND, Kind.BOOK):
        return Intent.UNCLEAR
    aside = clues.any(*_ASIDE) or clues.text(*_TEAMS)
    return (_aside(clues) if aside else None) or _search(clues) or _plain(clues) or Intent.UNCLEAR


def _aside(clues: Clues) -> Intent | None:
    return _administration(clues) or _settings(clues) or _help(clues)


# ---------------------------------------------------------------- digest, team, settings, help
def _administration(clues: Clues) -> Intent | None:
    if clues.any(Kind.DIGEST) or _is_bare_pause(clues):
        if clues.any(Kind.STOP) or (clues.any(Kind.NOT) and not clues.has_time):
            return Intent.DIGEST_OFF
        if clues.any(Kind.WHEN):
            return Intent.DIGEST_SHOW
        if clues.any(Kind.START, Kind.EVERY) or clues.has_hours:
            return Intent.DIGEST_ON
        return Intent.DIGEST_SHOW
    if clues.any(Kind.TEAM) or clues.text(*_TEAMS):
        return _team(clues)
    return None


def _is_bare_pause(clues: Clues) -> bool:
    """ "pause until Friday" needs no word for the digest."""
    if Kind.STOP not in clues.kinds or clues.any(Kind.BOOK, Kind.WHO):
        return False
    return any(token.kind is Kind.STOP and token.value for token in clues.tokens)


def _team(clues: Clues) -> Intent | None:
    if clues.has_time or clues.any(Kind.AVAILABLE, Kind.FIND, Kind.BOOK, Kind.AWAY, Kind.CALENDAR):
        return None
    if clues.any(Kind.REMOVE) or any(token.kind is Kind.WITH and token.value for token in clues.tokens):
        return Intent.TEAM_REMOVE
    if clues.any(Kind.ADD) or clues.text("加上", "再加", "加"):
        return Intent.TEAM_ADD
    shown = clues.any(Kind.TEAM) and not clues.any(Kind.MEET, Kind.WHEN)
    return Intent.TEAM_SHOW if shown or clues.any(Kind.WHO) or len(clues.tokens) <= _MANY else None


def _settings(clues: Clues) -> Intent | None:
    if clues.any(Kind.SET_ZONE):
        return Intent.SETTINGS
    if (
        clues.any(Kind.LANGUAGE)
        and not clues.has_time
        and (clues.any(Kind.USE, Kind.CHANGE) or len(clues.tokens) <= _MANY)
    ):
        return Intent.SETTINGS
    return None


def _help(clues: Clues) -> Intent | None:
    asked = clues.any(Kind.HELP) and not clues.has_time
    busy = clues.any(Kind.FIND, Kind.BOOK, Kind.WHO, Kind.WHEN, Kind.AVAILABLE) or clues.has_length
    return Intent.HELP if asked and not busy else None


# ---------------------------------------------------------------- people and time
def _search(clues: Clues) -> Intent | None:
    if clues.any(Kind.TELL) and watches(clues.tokens):
        return Intent.NEXT_FREE
    if clues.text("how soon") and not clues.who.nobody:
        return Intent.NEXT_FREE
    many = clues.who.everyone or clues.any(Kind.BOTH) or clues.any(Kind.MEET)
    if clues.any(Kind.WHEN) and _speaks_of_free(clues):
        return Intent.FIND_TIME if many and not _is_one(clues) else Intent.NEXT_FREE
    if clues.finds() and (
        clues.has_time or clues.has_length or clues.any(Kind.MEET) or not clues.who.nobody or _seeks(clues)
    ):
        return Intent.FIND_TIME
    if clues.has_length and not clues.any(Kind.WHO) and not (clues.has_hours and clues.any(Kind.BOOK, Kind.MEET)):
        return Intent.FIND_TIME
    return None


def _speaks_of_free(clues: Clues) -> bool:
    """True where somebody's being free is asked for, be it in the word of asking itself (next free, 哪天有空)."""
    if clues.any(Kind.AVAILABLE, Kind.MEET, Kind.BOTH):
        return True
    return any(token.kind is Kind.WHEN and ("空" in token.text or "next" in token.text) for token in clues.tokens)


def _is_one(clues: Clues) -> bool:
    people = len(clues.who.names) + len(clues.who.mentioned) + clues.who.me
    return people == 1 and not clues.who.everyone and not clues.any(Kind.MEET, Kind.BOTH)


def _seeks(clues: Clues) -> bool:
    return any(
        token.kind is Kind.FIND
        and (
            "time" in token.text
            or "时间" in token.text
            or "slot" in token.text
            or "空" in token.text
            or "gap" in token.text
        )
        for token in clues.tokens
    )


def _plain(clues: Clues) -> Intent | None:
    if clues.any(Kind.WHO):
        asked = clues.any(Kind.AVAILABLE, Kind.AWAY, Kind.MEET) or clues.has_time
        return Intent.WHO_IS_FREE if asked else None
    if clues.any(Kind.AVAILABLE, Kind.AWAY) and not _is_overview(clues):
        return Intent.WHO_IS_FREE if clues.has_time or not clues.who.nobody or clues.any(Kind.BE) else None
    if clues.books() and (clues.has_time or not clues.who.nobody or clues.any(Kind.MEET)):
        return Intent.BOOK
    if clues.any(Kind.CALENDAR) or (clues.any(Kind.SHOW, Kind.BOOK) and clues.has_time):
        return Intent.OVERVIEW
    if clues.any(Kind.MEET) and clues.has_time:
        return Intent.BOOK
    return Intent.WHO_IS_FREE if clues.has_time else None


def _is_overview(clues: Clues) -> bool:
    return clues.any(Kind.CALENDAR) and (clues.any(Kind.SHOW) or not clues.any(Kind.AVAILABLE))
