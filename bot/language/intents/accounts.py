"""The ledger of a text: every word ends in exactly one account, or is left over with its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from bot.language.senses import Sense
from bot.language.tags import Tag
from bot.language.tokens import Kind, Token


class Account(StrEnum):
    """What a word of a text is counted for."""

    TIME = "time"
    LENGTH = "length"
    EXCLUSION = "exclusion"
    SERIES = "series"
    PERSON = "person"
    TEAM = "team"
    WANT = "want"
    TITLE = "title"
    PLACE = "place"
    REMINDER = "reminder"
    POLITE = "polite"
    REST = "rest"


_CONTENT = frozenset(
    (Kind.WORD, Kind.HAN, Kind.NAME, Kind.PLACE, Kind.MONTH, Kind.MOON, Kind.HOLIDAY, Kind.OFF_TOPIC, Kind.TEAM_NAME)
) | frozenset((Kind.ERRAND, Kind.ORDINAL, Kind.AT_SIGN, Kind.ZONE, Kind.MEAL))
"""Kinds that say something which no other account takes."""
_TAGS = (Tag.NOUN, Tag.ROLE)
_TIES = frozenset(
    (Kind.FILL, Kind.ARTICLE, Kind.OF, Kind.LIST, Kind.FOR, Kind.IN, Kind.ON, Kind.TO, Kind.COUNTER, Kind.SIGN, Kind.BE)
) | frozenset((Kind.AT, Kind.NOT, Kind.EXACTLY, Kind.NUMBER, Kind.ME, Kind.USE, Kind.SHOW, Kind.BEFORE, Kind.AFTER))
"""What may stand between two words of one rest."""
_MOST_TIES = 3
Run = tuple[int, int]


class Ledger:
    """The tokens of one text, each with its account. `timed` and `people` are settled before."""

    def __init__(self, tokens: Sequence[Token], timed: Sequence[bool], people: Iterable[int]) -> None:
        self.tokens = tokens
        named = frozenset(people)
        self.accounts = [_first(token, timed[at], at in named) for at, token in enumerate(tokens)]
        self.strange = Account.REST in self.accounts
        if self.strange:
            for at, token in enumerate(tokens):
                if self.is_content(at) and (token.tag is Tag.ROLE or _is_short_title(token)):
                    self.accounts[at] = self._of_title(at)

    def _of_title(self, at: int) -> Account:
        """The account of the 老师 of 谢谢老师 and of 王芳老师: that of the word before it."""
        before = self.accounts[at - 1] if at else Account.REST
        joins = before is Account.POLITE or (before is Account.PERSON and not self.tokens[at].gap)
        return before if joins else Account.REST

    def book(self, places: Iterable[int], account: Account) -> None:
        """Counts tokens for an account, unless they are part of a time or name somebody."""
        for place in places:
            if self.accounts[place] not in (Account.TIME, Account.PERSON):
                self.accounts[place] = account

    def is_timed(self, at: int) -> bool:
        """True for a part of a time."""
        return self.accounts[at] is Account.TIME

    def is_settled(self, at: int) -> bool:
        """True for what no topic may take: a time, a person, what was booked before."""
        return self.accounts[at] not in (Account.REST, Account.WANT, Account.POLITE)

    def is_content(self, at: int) -> bool:
        """True for a word in no account as yet."""
        return self.accounts[at] is Account.REST

    def is_end(self, at: int) -> bool:
        """True where nothing but politeness and signs stand from a place on."""
        rest = range(at, len(self.tokens))
        return all(
            self.accounts[place] is Account.POLITE or self.tokens[place].kind in (Kind.BREAK, Kind.FILL, Kind.SIGN)
            for place in rest
        )

    def content_runs(self) -> list[Run]:
        """Stretches of words in no account, with the small words between them."""
        runs: list[Run] = []
        if not self.strange:
            return runs
        for at in range(len(self.tokens)):
            if not self.is_content(at):
                continue
            if runs and self._ties(runs[-1][1], at):
                runs[-1] = (runs[-1][0], at + 1)
            else:
                runs.append((at, at + 1))
        return runs

    def _ties(self, stop: int, at: int) -> bool:
        return at - stop <= _MOST_TIES and all(
            self.tokens[place].kind in _TIES and self.accounts[place] is Account.WANT for place in range(stop, at)
        )


def _is_short_title(token: Token) -> bool:
    """True for a title of one sign, which is a word of its own behind a whole name: 总."""
    return Sense.SUFFIX_TITLE in token.senses and len(token.text) == 1


def _first(token: Token, timed: bool, named: bool) -> Account:
    if named:
        return Account.PERSON
    if timed:
        return Account.TIME
    if token.kind is Kind.TITLED:
        return Account.TITLE
    if token.kind is Kind.PLACED:
        return Account.PLACE
    if token.kind in _CONTENT or (token.kind is Kind.BE and token.tag in _TAGS):
        return Account.REST
    if token.kind is Kind.BE and token.tag in (Tag.POLITE, Tag.ORDER, Tag.TALK):
        return Account.POLITE
    return Account.WANT
