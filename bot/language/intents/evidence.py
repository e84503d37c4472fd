"""What an intent is told by: the kinds of words in a text, and the form of a question, an order or a statement."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from bot.language.scan.senses import closes_question, counts_meetings, opens_question
from bot.language.senses import NO_SENSES, Sense
from bot.language.tags import Tag
from bot.language.tokens import CLAUSE_ENDS, OPENING, Kind, Token
from bot.model.people import Who

_PEOPLE = (Kind.NAME, Kind.AT_SIGN, Kind.WORD, Kind.HAN)
_BEHIND_WEAK = (Kind.FOR, Kind.WITH, Kind.ON, Kind.AT, Kind.IN, *CLAUSE_ENDS, Kind.SIGN)
_BEFORE_QUESTION = (*CLAUSE_ENDS, Kind.FILL, Kind.ARTICLE, Kind.SIGN)


_HOLDING = (Kind.ME, Kind.NAME, Kind.WORD, Kind.AT_SIGN)
"""Who has a meeting."""
_OWNED = frozenset((Sense.THE, Sense.MY, Sense.WE))
_OWNING = (Kind.ME, Kind.BE, Kind.FILL, Kind.ARTICLE, Kind.MEAL, Kind.SHIFT, Kind.MERIDIEM, Kind.WORD)


_OF_LIST = frozenset((Kind.ME, Kind.LIST, Kind.NAME, Kind.WORD, Kind.AT_SIGN, Kind.HAN, Kind.MONTH, *CLAUSE_ENDS)) | {
    Kind.FILL, Kind.AT, Kind.ON, Kind.FOR, Kind.IN, Kind.SIGN,
}  # fmt: skip
"""What a list of people and a time beside it are made of."""


def _is_of_list(token: Token) -> bool:
    return token.kind in _OF_LIST or (token.kind is Kind.BE and token.tag is Tag.POLITE)


def _may_own(token: Token) -> bool:
    """True for what may stand between "when" and a meeting that is: is my husband's next."""
    return token.kind in _OWNING


@dataclass(slots=True)
class Evidence:
    """The tokens of a text, those of them (`rest`) that speak of no time, and what was found of people and times.

    `topical` are the tokens of a title and of a place, which tell nothing of what is wanted; `strange` counts the words
    in no account.
    """

    tokens: tuple[Token, ...]
    rest: tuple[Token, ...]
    who: Who
    has_time: bool
    has_hours: bool
    has_length: bool
    only_now: bool = False
    strange: int = 0
    topical: frozenset[Token] = frozenset()
    spoken: frozenset[Kind] = frozenset()
    """The kinds of all tokens."""
    seats: int = 0
    """How many people a room is to hold."""
    kinds: frozenset[Kind] = field(init=False)
    _asks: bool | None = field(init=False, default=None)
    tags: frozenset[tuple[Kind, str]] = field(init=False)
    senses: frozenset[Sense] = field(init=False)

    def __post_init__(self) -> None:
        telling = [token for token in self.rest if token not in self.topical] if self.topical else self.rest
        self.kinds = frozenset([token.kind for token in telling])
        self.tags = frozenset([(token.kind, token.tag) for token in telling if token.tag])
        self.senses = NO_SENSES.union(*[token.senses for token in self.rest])

    def any(self, *kinds: Kind) -> bool:
        """True where a token of one of these kinds occurs."""
        return not self.kinds.isdisjoint(kinds)

    def speaks_of(self, kind: Kind, *, value: int = 0) -> bool:
        """True where any token, of a time too, is of a kind and has at least that value."""
        return kind in self.spoken and any(token.kind is kind and token.value >= value for token in self.tokens)

    def tagged(self, kind: Kind, *tags: Tag) -> bool:
        """True where a token of a kind with one of these tags occurs."""
        return kind in self.kinds and any((kind, tag) in self.tags for tag in tags)

    def says(self, *senses: Sense) -> bool:
        """True where a word with one of these senses occurs."""
        return not self.senses.isdisjoint(senses)

    # ------------------------------------------------------------------ forms
    def asks(self) -> bool:
        """True for the form of a question: 吗, 呢, who, when, a question mark, a verb that opens the text."""
        if self._asks is None:
            self._asks = self._is_question()
        return self._asks

    def _is_question(self) -> bool:
        if self.any(Kind.WHO, Kind.WHEN) or self.tagged(Kind.BE, Tag.ASK):
            return True
        if self.says(Sense.QUESTION) or any(map(closes_question, self.rest[-2:])):
            return True
        return self.opens_with_question()

    def opens_with_question(self) -> bool:
        """True for "is", "can", "when" and the like at the start of a clause."""
        before: Token | None = None
        for token in self.tokens:
            opening = before is None or before.kind in _BEFORE_QUESTION or before.tag == Tag.POLITE
            if opening and token.tag is not Tag.TALK and opens_question(token):
                return True
            before = token
        return False

    def states(self) -> bool:
        """True for a clause about its author that asks for nothing: 我明天请假, I have a call at 10."""
        return self.any(Kind.ME) and not self.asks() and not self.orders() and not self.wants()

    def lists_people(self) -> bool:
        """True for its author in one list with others, and nothing said of them: me and Bob tomorrow 3pm, 我和张三."""
        if not self.people or self.strange or not all(map(_is_of_list, self.rest)):
            return False
        pairs = pairwise([token.kind for token in self.rest])
        return any(pair in ((Kind.ME, Kind.LIST), (Kind.LIST, Kind.ME)) for pair in pairs)

    def says_it_has(self) -> bool:
        """True for a statement of a meeting that is: I have a call with Bob at 10, 我和张伟3点有会."""
        if not self.states() or not self.meets():
            return False
        pairs = zip(self.rest, self.rest[1:], strict=False)
        return any(Sense.HAVING in token.senses and before.kind in _HOLDING for before, token in pairs)

    def asks_about_meeting(self) -> bool:
        """True for a question about a meeting that is: when is the review, am I meeting John today, 周三的会是几点."""
        if self.any(Kind.AVAILABLE, Kind.BOTH, Kind.FIND, Kind.BOOK, Kind.WHO):
            return False
        at = self._asking_word()
        if at is None:
            return False
        before, between = self.rest[max(at - 3, 0) : at], list(takewhile(_may_own, self.rest[at + 1 :]))
        if any(Sense.IT in token.senses for token in before) and any(Sense.POSSESSIVE in t.senses for t in before):
            return True
        meeting, *after = [*self.rest[at + 1 + len(between) :], None]
        if meeting is None or meeting.kind is not Kind.MEET or any(Sense.MODAL in token.senses for token in between):
            return False
        if any(not _OWNED.isdisjoint(token.senses) for token in between):
            return True
        is_it = bool(after) and after[0] is not None and Sense.COPULA in after[0].senses
        return is_it or (bool(between) and between[-1].kind is Kind.ME and Sense.GOING_ON in meeting.senses)

    def _asking_word(self) -> int | None:
        """The place of "when", or of the "is" that opens a question: is the, what is my."""
        for at, token in enumerate(self.rest):
            if token.kind is Kind.WHEN:
                return at
        opening = [token.senses for token in self.rest[:2]]
        if opening and Sense.COPULA in opening[0]:
            return 0
        return 1 if len(opening) > 1 and Sense.INTERROGATIVE in opening[0] and Sense.COPULA in opening[1] else None

    def orders(self) -> bool:
        """True for a word of booking that orders; the schedule that somebody has is none, nor a meeting that is."""
        return any(
            token.kind is Kind.BOOK and token not in self.topical and not self._is_owned(at)
            for at, token in enumerate(self.rest)
        )

    def wants(self) -> bool:
        """True for a word of searching, showing or telling."""
        return self.finds() or self.any(Kind.SHOW, Kind.CALENDAR, Kind.BOTH)

    def _is_owned(self, at: int) -> bool:
        if Sense.SCHEDULE not in self.rest[at].senses:
            return False
        place = at - 1
        while place > 0 and self.rest[place].kind is Kind.MEET:  # my meeting schedule
            place -= 1
        before = self.rest[place] if place >= 0 else None
        if before is None:
            return False
        owning = (Kind.ME, Kind.EVERYONE, Kind.TEAM_NAME, Kind.AT_SIGN, Kind.SHOW)
        return before.is_one_of(*owning) or (before.kind is Kind.WORD and before.value == 1)

    # ------------------------------------------------------------------ words
    def finds(self) -> bool:
        """True for a word of searching; 找 before a person means to meet, and "need" beside a booking adds nothing."""
        if Sense.GET in self.senses and Sense.TOGETHER in self.senses:
            return True
        if Kind.FIND not in self.kinds:
            return False
        behind: tuple[Token | None, ...] = (*self.rest[1:], None)
        pairs = zip(self.rest, behind, strict=False)
        return any(
            token.kind is Kind.FIND and token not in self.topical and not self._is_no_search(token, after)
            for token, after in pairs
        )

    def _is_no_search(self, token: Token, after: Token | None) -> bool:
        if Sense.NEED in token.senses:
            behind = after.kind if after is not None else None
            named = behind is Kind.ARTICLE and any(each.kind is Kind.MEET for each in self.tokens)  # a staff meeting
            sought = self.has_length or self.people or self.meets() or named or behind is Kind.FIND
            return self.any(Kind.BOOK) or not sought
        if Sense.SEEK not in token.senses or after is None:
            return False
        return after.kind in _PEOPLE or Sense.PRONOUN in after.senses

    def is_available(self) -> bool:
        """True for a word of availability; 在, 行 and 空 are such words at the end of a clause only."""
        return any(
            token.kind is Kind.AVAILABLE and token not in self.topical and self._is_availability(at)
            for at, token in enumerate(self.rest)
        )

    def _is_availability(self, at: int) -> bool:
        token = self.rest[at]
        if token.tag is Tag.DOING:
            return self.asks()
        return token.tag is not Tag.WEAK or self._is_closing(at)

    def _is_closing(self, at: int) -> bool:
        """True for a weak word that ends a clause, or has a time or people behind it; "ok" that opens one says yes."""
        opens = at == 0 or self.rest[at - 1].kind in OPENING
        if opens and Sense.YES in self.rest[at].senses:
            return False
        if at + 1 == len(self.rest):
            return True
        after = self.rest[at + 1]
        return after.kind in _BEHIND_WEAK or Sense.CLOSING in after.senses

    def meets(self) -> bool:
        """True for a word of meeting; 会 is one behind 开, 有 and the like only."""
        if Kind.MEET not in self.spoken:
            return False
        for at, token in enumerate(self.rest):
            if token.kind is Kind.MEET and (token not in self.topical or token.tag is Tag.WHAT):
                if token.tag is not Tag.WEAK:
                    return True
                if at and counts_meetings(self.rest[at - 1]):
                    return True
        return False

    def owns_availability(self) -> bool:
        """True for "Zoe's availability next week", where nothing is asked about it."""
        for at, token in enumerate(self.rest):
            if (
                Sense.AVAILABILITY in token.senses
                and at
                and self.rest[at - 1].value == 1
                and self.rest[at - 1].kind is Kind.WORD
            ):
                return not self.opens_with_question()
        return False

    @property
    def people(self) -> bool:
        """True where somebody is named, mentioned, or stands unread in a person's place."""
        return bool(self.who.names or self.who.mentioned or self.who.unread or self.who.teams)
