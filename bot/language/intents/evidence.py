"""What an intent is told by: the kinds of words in a text, and the form of a question, an order or a statement."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.language.tokens import Kind, Tag, Token
from bot.model.people import Who

_PEOPLE = (Kind.NAME, Kind.AT_SIGN, Kind.WORD, Kind.HAN)
_OPENING = (None, Kind.BREAK, Kind.COMMA)
_SMALL = (Kind.FILL, Kind.COMMA, Kind.ARTICLE, Kind.SIGN)
_QUESTIONS = frozenset(
    [
        "is",
        "are",
        "am",
        "was",
        "were",
        "do",
        "does",
        "did",
        "can",
        "could",
        "will",
        "would",
        "shall",
        "should",
        "has",
        "have",
        "when",
        "what",
        "which",
        "who",
        "whose",
        "whom",
        "how",
        "where",
        "why",
        "isn't",
        "aren't",
        "don't",
        "doesn't",
        "can't",
        "won't",
        "any",
        "anyone",
        "anybody",
        "what's",
        "who's",
        "when's",
        "how's",
        "where's",
    ]
)
_CLOSING = ("吗", "么", "呢", "不", "没", "没有", "?")
_SAYING = ("ok", "okay")
"""Words that say yes where they open a clause."""
_COUNTING = ("个", "场", "次", "有", "开", "的", "点", "完")
"""Words before 会 that make a meeting of it, as it says "can" and "will" too."""
_ASKING_IN = ("会", "ask")


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
    kinds: frozenset[Kind] = field(init=False)
    _asks: bool | None = field(init=False, default=None)
    tags: frozenset[tuple[Kind, str]] = field(init=False)
    texts: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        telling = [token for token in self.rest if token not in self.topical] if self.topical else self.rest
        self.kinds = frozenset([token.kind for token in telling])
        self.tags = frozenset([(token.kind, token.tag) for token in telling if token.tag])
        self.texts = frozenset([token.text for token in self.rest])

    def any(self, *kinds: Kind) -> bool:
        """True where a token of one of these kinds occurs."""
        return not self.kinds.isdisjoint(kinds)

    def speaks_of(self, kind: Kind, *, value: int = 0) -> bool:
        """True where any token, of a time too, is of a kind and has at least that value."""
        return any(token.kind is kind and token.value >= value for token in self.tokens)

    def tagged(self, kind: Kind, *tags: str) -> bool:
        """True where a token of a kind with one of these tags occurs."""
        return any((kind, tag) in self.tags for tag in tags)

    def text(self, *words: str) -> bool:
        """True where one of these words occurs as a token of its own."""
        return not self.texts.isdisjoint(words)

    # ------------------------------------------------------------------ forms
    def asks(self) -> bool:
        """True for the form of a question: 吗, 呢, who, when, a question mark, a verb that opens the text."""
        if self._asks is None:
            self._asks = self._is_question()
        return self._asks

    def _is_question(self) -> bool:
        if self.any(Kind.WHO, Kind.WHEN) or self.tagged(Kind.BE, Tag.ASK):
            return True
        if any(token.text.endswith(_CLOSING) for token in self.rest[-2:]) or self.text("?", "呢", "how about"):
            return True
        return self.opens_with_question()

    def opens_with_question(self) -> bool:
        """True for "is", "can", "when" and the like at the start of a clause."""
        before: Token | None = None
        for token in self.tokens:
            opening = before is None or before.kind in _OPENING or before.tag in (Tag.POLITE,) or before.kind in _SMALL
            if opening and token.tag is not Tag.TALK and token.text.split()[0] in _QUESTIONS:
                return True
            before = token
        return False

    def states(self) -> bool:
        """True for a clause about its author that asks for nothing: 我明天请假, I have a call at 10."""
        return self.any(Kind.ME) and not self.asks() and not self.orders() and not self.wants()

    def orders(self) -> bool:
        """True for a word of booking that orders; the schedule that somebody has is none, nor a meeting that is."""
        return Kind.BOOK in self.kinds and any(
            token.kind is Kind.BOOK and token not in self.topical and not self._is_owned(at)
            for at, token in enumerate(self.rest)
        )

    def wants(self) -> bool:
        """True for a word of searching, showing or telling."""
        return self.finds() or self.any(Kind.SHOW, Kind.CALENDAR, Kind.BOTH)

    def _is_owned(self, at: int) -> bool:
        if self.rest[at].text != "schedule":
            return False
        before = self.rest[at - 1] if at else None
        if before is None:
            return False
        owning = (Kind.ME, Kind.EVERYONE, Kind.TEAM_NAME, Kind.AT_SIGN, Kind.SHOW)
        return before.is_one_of(*owning) or (before.kind is Kind.WORD and before.value == 1)

    # ------------------------------------------------------------------ words
    def finds(self) -> bool:
        """True for a word of searching; 找 before a person means to meet, and "need" beside a booking adds nothing."""
        if self.text("get") and self.text("together"):
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
        if token.text == "need":
            sought = self.has_length or self.people or self.meets() or (after is not None and after.kind is Kind.FIND)
            return self.any(Kind.BOOK) or not sought
        return token.text == "找" and after is not None and (after.kind in _PEOPLE or after.text in ("他", "她"))

    def is_available(self) -> bool:
        """True for a word of availability; 在, 行 and 空 are such words at the end of a clause only."""
        if Kind.AVAILABLE not in self.kinds:
            return False
        for at, token in enumerate(self.rest):
            if token.kind is Kind.AVAILABLE and token not in self.topical:
                if token.tag == "doing" and not self.asks():
                    continue
                if token.tag != "weak":
                    return True
                after = self.rest[at + 1] if at + 1 < len(self.rest) else None
                before = self.rest[at - 1] if at else None
                if token.text in _SAYING and (before is None or before.kind in _OPENING):
                    continue
                if (
                    after is None
                    or after.kind in (Kind.FOR, Kind.WITH, Kind.ON, Kind.AT, Kind.IN)
                    or after.kind in (Kind.BREAK, Kind.COMMA, Kind.SIGN)
                    or after.text in _CLOSING
                ):
                    return True
        return False

    def meets(self) -> bool:
        """True for a word of meeting; 会 is one behind 开, 有 and the like only."""
        if not any(token.kind is Kind.MEET for token in self.rest):
            return False
        for at, token in enumerate(self.rest):
            if token.kind is Kind.MEET and (token not in self.topical or token.tag == "what"):
                if token.tag != "weak":
                    return True
                if at and self.rest[at - 1].text.endswith(_COUNTING):
                    return True
        return False

    def owns_availability(self) -> bool:
        """True for "Zoe's availability next week", where nothing is asked about it."""
        for at, token in enumerate(self.rest):
            if (
                token.text == "availability"
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
