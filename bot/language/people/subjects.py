"""Unknown words in a person's place: before a word of availability, behind a word of company, in a list of people."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.language.people.name_spans import Run
from bot.language.tokens import Kind, Tag, Token

_OPENING = frozenset(
    (None, Kind.BREAK, Kind.COMMA, Kind.WHEN, Kind.SHOW, Kind.BE, Kind.HELP, Kind.FILL, Kind.NOT, Kind.ONLY, Kind.SIGN)
)
_COMPANY = frozenset((Kind.WITH, Kind.BOOK))
_PASSED = frozenset(
    (
        Kind.AHEAD,
        Kind.FILL,
        Kind.BOTH,
        Kind.ON,
        Kind.IN,
        Kind.AT,
        Kind.TO,
        Kind.FROM,
        Kind.LIST,
        Kind.BEFORE,
        Kind.AFTER,
    )
) | frozenset((Kind.BETWEEN, Kind.ONWARDS, Kind.UNTIL, Kind.BY, Kind.ZONE, Kind.ZONE_SIGN, Kind.EXACTLY, Kind.OF))
_ASKED = frozenset((Kind.AVAILABLE, Kind.AWAY, Kind.WHEN, Kind.CALENDAR))
_ENDS = frozenset((None, Kind.BREAK, Kind.COMMA, Kind.LIST, Kind.MEET, *_ASKED))
_SINGLE = frozenset((Kind.AVAILABLE, Kind.MEET, Kind.FIND, Kind.HALF, Kind.LACKING, Kind.EXACTLY, Kind.FROM))
"""Words of one sign that may be a part of an unknown one (悟空)."""
_STRANGE = frozenset((Kind.HAN, Kind.NAME, Kind.WORD, Kind.BE))
"""What an unknown person may begin with."""
_MOST_BETWEEN = 14
_LONGEST = 4
_FEWEST = 2


class Subjects:
    """Looks for unknown people among the tokens of one text. `taken` are the tokens that are settled already."""

    def __init__(self, tokens: Sequence[Token], timed: Sequence[bool], taken: Collection[int]) -> None:
        self.tokens, self.timed, self.taken = tokens, timed, taken

    def runs(self) -> list[Run]:
        """Stretches of unknown words that stand where only people stand, in order."""
        if not any(token.kind in _STRANGE for token in self.tokens):
            return []
        found: list[Run] = []
        at = 0
        while at < len(self.tokens):
            stop = self._stop(at)
            if stop > at and self._is_person(at, stop):
                found.append((at, stop))
            at = max(stop, at + 1)
        return found

    def _stop(self, at: int) -> int:
        """The place behind an unknown word at `at`: signs that touch, or one or two words in Latin letters."""
        if not self._is_unknown(at):
            return at
        token, stop = self.tokens[at], at + 1
        if token.text.isascii() and token.kind is Kind.WORD:
            while stop < at + 2 and self._is_unknown(stop) and self.tokens[stop].text.isascii() and not token.value:
                stop += 1
            return stop
        while stop < len(self.tokens) and not self.tokens[stop].gap and self._goes_on(stop):
            stop += 1
        length = self.tokens[stop - 1].end - token.start
        role = token.kind is Kind.BE
        if not role and all(self.tokens[place].kind is Kind.BE for place in range(at, stop)):
            return at
        return stop if _FEWEST <= length <= (_LONGEST + 4 * role) else at

    def _is_unknown(self, at: int) -> bool:
        if at >= len(self.tokens) or self.timed[at] or at in self.taken:
            return False
        token = self.tokens[at]
        if token.kind in (Kind.HAN, Kind.NAME):
            return True
        if token.kind is Kind.NUMBER and token.tag == "han":
            return at + 1 < len(self.tokens) and self.tokens[at + 1].kind is Kind.HAN and not self.tokens[at + 1].gap
        if token.kind is Kind.WORD:
            return len(token.tag) > 1
        titled = at - 1 in self.taken and not token.gap
        return token.kind is Kind.BE and token.tag is Tag.ROLE and not titled

    def _goes_on(self, at: int) -> bool:
        token = self.tokens[at]
        if self._is_unknown(at) or (token.kind is Kind.BE and token.tag in (Tag.NOUN, Tag.ROLE)):
            return not self.timed[at] and at not in self.taken
        if len(token.text) != 1 or token.kind not in _SINGLE or self.timed[at]:
            return False
        return any(other.kind in _ASKED for other in self.tokens[at + 1 :])

    def _is_person(self, first: int, stop: int) -> bool:
        before = self._before(first)
        kind = self.tokens[before].kind if before >= 0 else None
        if kind in _COMPANY:
            return self._ends(stop)
        if self._is_listed(first, stop):
            return True
        opened = kind in _OPENING or before in self.taken or (before >= 0 and self.timed[before])
        return opened and self._is_asked(stop)

    def _is_listed(self, first: int, stop: int) -> bool:
        """True beside a person in a list: 胡一刀和王芳."""
        behind = self._is(stop, Kind.LIST, Kind.COMMA) and stop + 1 in self.taken
        return behind or (self._is(first - 1, Kind.LIST, Kind.COMMA) and first - 2 in self.taken)

    def _is(self, at: int, *kinds: Kind) -> bool:
        return 0 <= at < len(self.tokens) and self.tokens[at].kind in kinds

    def _before(self, first: int) -> int:
        """The token before a word, past "the" and the like."""
        place = first - 1
        while place >= 0 and self.tokens[place].kind in (Kind.ARTICLE, Kind.ME) and first - place < 3:
            place -= 1
        return place

    def _is_asked(self, stop: int) -> bool:
        """True where nothing but times and small words stand before a word of availability."""
        place = stop
        while place < min(len(self.tokens), stop + _MOST_BETWEEN):
            if self.tokens[place].kind in _ASKED and not self.timed[place]:
                return True
            if not (self.timed[place] or self.tokens[place].kind in _PASSED):
                return self.tokens[place].kind is Kind.BE and self.tokens[place].tag is Tag.ASK
            place += 1
        return False

    def _ends(self, stop: int) -> bool:
        kind = self.tokens[stop].kind if stop < len(self.tokens) else None
        return kind in _ENDS or kind in _PASSED or self.timed[stop]
