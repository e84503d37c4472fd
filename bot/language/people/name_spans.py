"""Where in a text a name may stand: stretches of tokens, of which `names` decides which ones are people."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.scan.text import Text
from bot.language.tokens import Kind, Tag, Token
from bot.language.words.en.people import GIVEN, TITLES
from bot.language.words.zh.people import SUFFIX_TITLES

_NAMING = frozenset((Kind.AT_SIGN, Kind.NAME, Kind.HAN, Kind.WORD, Kind.MONTH, Kind.BE))
"""What a name may begin with, beside "will"."""
_BEFORE_TWO = (None, Kind.BE, Kind.LIST, Kind.COMMA, Kind.WHEN)
_BEHIND_TWO = (Kind.AVAILABLE, Kind.AWAY, Kind.LIST, Kind.COMMA, Kind.WHEN)
_JOINING = (Kind.WITH, Kind.ADD, Kind.REMOVE, Kind.CHANGE)
IF = ("if", "whether", "once", "as soon as")
QUESTIONS = frozenset("is are was were will can could does do did has would should".split())  # noqa: SIM905
Run = tuple[int, int]
"""The first token of a name and the place behind its last."""


class Runs:
    """The tokens of one text, and the stretches of them that may be names. `timed` says which are part of a time."""

    def __init__(self, text: Text, tokens: Sequence[Token], timed: Sequence[bool]) -> None:
        self.text, self.tokens, self.timed = text, tokens, timed

    def runs(self) -> list[Run]:
        """Stretches of tokens that may be one name each."""
        runs: list[Run] = []
        end = 0
        for at in [at for at, token in enumerate(self.tokens) if token.kind in _NAMING or token.text == "will"]:
            if at >= end and (stop := self._run_end(at)) > at:
                runs.append((at, stop))
                end = stop
        return runs

    def _run_end(self, at: int) -> int:
        token = self.tokens[at]
        kind = token.kind
        if self.timed[at]:
            return at
        if kind is Kind.NAME or kind is Kind.AT_SIGN or (kind is Kind.WORD and token.known):
            return at + 1
        if kind is Kind.HAN:
            return self._han_end(at)
        if kind is Kind.BE and token.text != "will":
            titled = at > 0 and not token.gap and self._kind(at - 1) is Kind.NAME
            return at + 1 if token.tag is Tag.ROLE and not titled else at
        if kind is Kind.WORD and len(token.tag) > 1:
            return self._titled(at, self._latin_end(at))
        return at + 1 if self._is_word_and_name(at) else at

    def _titled(self, at: int, stop: int) -> int:
        """The end of a Latin name with a Chinese title that touches it (Lily姐), or `stop`."""
        touching = stop > at and stop < len(self.tokens) and not self.tokens[stop].gap
        return stop + 1 if touching and self._word(stop) in SUFFIX_TITLES else stop

    def _han_end(self, at: int) -> int:
        """Two or three signs of no known word, with no space between."""
        stop = at + 1
        while stop < min(len(self.tokens), at + 4) and self._kind(stop) is Kind.HAN and not self.tokens[stop].gap:
            stop += 1
        return stop if 2 <= stop - at <= 3 else at

    def _latin_end(self, at: int) -> int:
        """One word, or up to three that are all written with a capital; a hyphen ties two (Mary-Jane).

        Behind a given name another one is another person: Bob Alice, Bob Smith Alice Jones.
        """
        if (dotted := self._dotted_end(at)) > at:
            return dotted
        if not self._is_capital(at) or self.tokens[at].tag[:1].islower():
            return self._plain_end(at)
        stop = at + 1
        while stop < min(len(self.tokens), at + 4):
            hyphen = self._word(stop) == "-" and not self.tokens[stop].gap and self._is_tight(stop + 1)
            if not self._is_capital(stop + hyphen) or self.tokens[stop - 1].value:
                break
            if self._word(stop) in GIVEN and (self._word(at) in GIVEN or stop - at > 1):
                break
            stop += 1 + hyphen
        return stop

    def _dotted_end(self, at: int) -> int:
        """The end of bob.smith and Ms. Li, or `at`."""
        tight = self._is_tight(at + 2) or self._word(at) in TITLES
        dotted = self._word(at + 1) == "." and self._is_tight(at + 1) and tight
        return at + 3 if dotted and self._kind(at + 2) is Kind.WORD else at

    def _plain_end(self, at: int) -> int:
        """One word in small letters; two where a name must stand (is zhang wei free, with zhang wei tomorrow)."""
        if self._kind(at + 1) is not Kind.WORD or self._is_capital(at + 1) or self.tokens[at].value:
            return at + 1
        behind = self._kind(at + 2)
        if self._kind(at - 1) in _JOINING:
            ends = behind in (None, Kind.BREAK, *_BEHIND_TWO) or self._is_timed(at + 2)
        else:
            asked = self._kind(at - 1) in _BEFORE_TWO and behind in _BEHIND_TWO
            ends = asked or (self._word(at - 1) in IF and behind is Kind.BE)
        return at + 2 if ends else at + 1

    def _is_tight(self, at: int) -> bool:
        return at < len(self.tokens) and not self.tokens[at].gap

    def _is_capital(self, at: int) -> bool:
        """True for a word with a capital, or a given name however it is written."""
        if self._kind(at) is not Kind.WORD or self.timed[at]:
            return False
        token = self.tokens[at]
        return token.known > 0 or token.tag[:1].isupper() or token.text in GIVEN

    def _is_word_and_name(self, at: int) -> bool:
        """April, May and Will, written with a capital where people stand; "is will" has no other sense."""
        token = self.tokens[at]
        if token.text == "will" and self._word(at - 1) in ("is", "are"):
            return True
        named = token.kind is Kind.MONTH or self._word(at - 1) in QUESTIONS
        return named and self.text.typed[token.start].isupper()

    def _kind(self, at: int) -> Kind | None:
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else None

    def _word(self, at: int) -> str:
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def _is_timed(self, at: int) -> bool:
        return 0 <= at < len(self.tokens) and self.timed[at]

    def name(self, run: Run) -> str:
        """A name as it was typed."""
        first, last = self.tokens[run[0]], self.tokens[run[1] - 1]
        if first.kind is Kind.AT_SIGN:
            return first.tag
        return self.text.typed[first.start : last.end].removesuffix("'s").removesuffix("’s")
