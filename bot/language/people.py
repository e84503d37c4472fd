"""Whom a text speaks of: mentions, typed names, teams, the sender, everyone. Careful rather than greedy."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.text import Text
from bot.language.tokens import Kind, Token
from bot.model.people import StaffId, Who

_PASSED = (Kind.FILL, Kind.BOTH, Kind.BE, Kind.EVERY, Kind.ON, Kind.IN, Kind.AT, Kind.ONLY)
_ASKED = (Kind.AVAILABLE, Kind.AWAY, Kind.WHEN, Kind.CALENDAR)
_LISTING = (Kind.LIST, Kind.COMMA)
_BEFORE_PLAIN = (None, Kind.BE, Kind.WITH, Kind.LIST, Kind.COMMA, Kind.ME, Kind.WHEN)
_BEFORE_NAME = (Kind.WITH, Kind.BOOK, Kind.FIND, Kind.ADD, Kind.REMOVE, Kind.SHOW)


def people_of(text: Text, tokens: Sequence[Token], timed: Sequence[bool], *, mentioned: Sequence[StaffId]) -> Who:
    """The people of a text. `timed` says for each token whether it was read as part of a time."""
    finder = _Finder(text, tokens, timed)
    names = finder.names()
    return Who(
        mentioned=tuple(dict.fromkeys(mentioned)),
        names=names,
        teams=tuple(dict.fromkeys(token.tag for token in tokens if token.kind is Kind.TEAM_NAME)),
        me=finder.has_me(),
        everyone=finder.has_everyone(),
    )


def optional_people(text: Text, tokens: Sequence[Token], timed: Sequence[bool]) -> tuple[str, ...]:
    """Those names that are said to be optional (Bob optional, 李四可选); they are among the names too."""
    return _Finder(text, tokens, timed).optional()


def quorum_of(tokens: Sequence[Token]) -> int | None:
    """How many people are enough (at least 3 people, 至少三个人), or None."""
    for place, token in enumerate(tokens[:-1]):
        count, after = tokens[place + 1], tokens[place + 2 : place + 4]
        measured = any(other.is_one_of(Kind.UNIT, Kind.MINUTE_SIGN) for other in after)
        if token.kind is Kind.AT_LEAST and count.kind is Kind.NUMBER and 0 < count.value <= 200 and not measured:
            return count.value
    return None


class _Finder:
    """Looks for names among the tokens of one text."""

    def __init__(self, text: Text, tokens: Sequence[Token], timed: Sequence[bool]) -> None:
        self.text, self.tokens, self.timed = text, tokens, timed

    def names(self) -> tuple[str, ...]:
        """Typed names in order, each once."""
        runs = self._runs()
        certain = [self._is_certain(run) for run in runs]
        for place in range(1, len(runs)):
            certain[place] = certain[place] or (certain[place - 1] and self._are_listed(runs[place - 1], runs[place]))
        for place in reversed(range(len(runs) - 1)):
            certain[place] = certain[place] or (certain[place + 1] and self._are_listed(runs[place], runs[place + 1]))
        return tuple(dict.fromkeys(self._name(run) for run, sure in zip(runs, certain, strict=True) if sure))

    def optional(self) -> tuple[str, ...]:
        """Names with a word like "optional" right behind them."""
        return tuple(dict.fromkeys(self._name(run) for run in self._runs() if self._is_optional(run[1])))

    def _is_optional(self, stop: int) -> bool:
        return Kind.OPTIONAL in (self._kind(stop), self._kind(stop + 1) if self._kind(stop) is Kind.BE else None)

    def _name(self, run: tuple[int, int]) -> str:
        first, last = self.tokens[run[0]], self.tokens[run[1] - 1]
        if first.kind is Kind.AT_SIGN:
            return first.tag
        return self.text.typed[first.start : last.end].removesuffix("'s").removesuffix("’s")

    # ------------------------------------------------------------------ candidates
    def _runs(self) -> list[tuple[int, int]]:
        """Stretches of tokens that may be one name each."""
        runs: list[tuple[int, int]] = []
        at = 0
        while at < len(self.tokens):
            stop = self._run_end(at)
            if stop > at:
                runs.append((at, stop))
            at = max(stop, at + 1)
        return runs

    def _run_end(self, at: int) -> int:
        token = self.tokens[at]
        if self.timed[at]:
            return at
        if token.kind in (Kind.AT_SIGN, Kind.NAME):
            return at + 1
        if token.kind is Kind.HAN:
            return self._han_end(at)
        if token.kind is Kind.WORD and len(token.tag) > 1:
            return self._latin_end(at)
        return at + 1 if self._is_month_name(at) else at

    def _han_end(self, at: int) -> int:
        stop = at
        while (
            stop < min(len(self.tokens), at + 4)
            and self.tokens[stop].kind is Kind.HAN
            and not self.tokens[stop].gap * (stop > at)
        ):
            stop += 1
        return stop if 2 <= stop - at <= 3 else at

    def _latin_end(self, at: int) -> int:
        """One word, or several that are all written with a capital."""
        stop = at + 1
        while (
            stop < min(len(self.tokens), at + 3)
            and self._is_capital(stop)
            and self._is_capital(at)
            and not self.tokens[stop - 1].value
        ):
            stop += 1
        return stop

    def _is_capital(self, at: int) -> bool:
        token = self.tokens[at]
        return token.kind is Kind.WORD and token.tag[:1].isupper() and not self.timed[at]

    def _is_month_name(self, at: int) -> bool:
        token = self.tokens[at]
        return (
            token.kind is Kind.MONTH
            and token.text in ("april", "may", "june", "august")
            and self.text.typed[token.start].isupper()
        )

    # ------------------------------------------------------------------ certainty
    def _is_certain(self, run: tuple[int, int]) -> bool:
        first, stop = run
        token = self.tokens[first]
        if token.kind is Kind.AT_SIGN or self._is_optional(stop):
            return True
        return (
            self._is_asked(run)
            or self._is_after(first, stop)
            or self._is_beside_me(first, stop)
            or self._is_opening(first, stop)
        )

    def _is_opening(self, first: int, stop: int) -> bool:
        """A Chinese name that opens the text, with a time or a list behind it: 张三 周五下午."""
        if first or self.tokens[first].kind is not Kind.NAME or stop >= len(self.tokens):
            return False
        return self.timed[stop] or self._kind(stop) in (Kind.COMMA, Kind.LIST)

    def _kind(self, at: int) -> Kind | None:
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else None

    def _is_asked(self, run: tuple[int, int]) -> bool:
        """A name before a word of availability, with nothing but times and small words between."""
        first, stop = run
        place = stop
        while place < len(self.tokens) and (self.timed[place] or self._kind(place) in _PASSED) and place < stop + 12:
            place += 1
        owner = bool(self.tokens[stop - 1].value) and self.tokens[stop - 1].kind is Kind.WORD
        chinese = self.tokens[first].kind in (Kind.NAME, Kind.HAN)
        follows = self._kind(place) in _ASKED or (owner and self._kind(place) in (Kind.MEET, Kind.UNIT))
        if self._kind(place) is Kind.MEET and (chinese or self._kind(first - 1) is Kind.BE):
            return True
        if not follows:
            return owner and first > 0 and self._kind(first - 1) is Kind.SHOW
        if chinese or owner:
            return True
        return self._kind(first - 1) in (
            None,
            Kind.BE,
            Kind.WHEN,
            Kind.COMMA,
            Kind.BREAK,
            Kind.LIST,
        ) or self._is_capital(first)

    def _is_after(self, first: int, stop: int) -> bool:
        """A name behind "with", 和, 约 and the like."""
        place = first - 1
        while (
            place > first - 3 and self._kind(place) is Kind.FILL and self.tokens[place].text not in ("给", "让", "把")
        ):
            place -= 1
        kind, token = self._kind(place), self.tokens[first]
        if kind is None or self.timed[place]:
            return False
        latin = token.kind is Kind.WORD
        if latin and not self._is_capital(first) and token.kind is not Kind.MONTH:
            return (
                place == first - 1
                and kind is Kind.WITH
                and self._kind(stop) in (None, *_PASSED, Kind.LIST, Kind.COMMA, Kind.BREAK)
            )
        if kind in (Kind.WITH, Kind.ADD, Kind.REMOVE):
            return True
        if place == 0 and (kind is Kind.NOT or (kind is Kind.LIST and self.tokens[place].text.isascii())):
            return latin or token.kind is Kind.NAME
        if kind in _BEFORE_NAME:
            return token.kind in (Kind.NAME, Kind.HAN, Kind.WORD) and (latin or token.kind is Kind.NAME)
        if kind is Kind.LIST and self.tokens[place].tag == "and" and not self.tokens[place].text.isascii():
            named = token.kind is Kind.NAME or latin
            return named and (place == 0 or self._kind(place - 1) not in (Kind.HAN, Kind.WORD))
        if self.tokens[place].text in ("给", "让", "把") or self.tokens[place].text.endswith(" with"):
            return token.kind in (Kind.NAME, Kind.WORD, Kind.HAN)
        return kind is Kind.FOR and latin and self._is_capital(first)

    def _are_listed(self, one: tuple[int, int], two: tuple[int, int]) -> bool:
        """True where nothing but "and" or a comma stands between two names; Chinese names may touch (张三李四)."""
        if not (self._may_be_listed(one) and self._may_be_listed(two)):
            return False
        between = range(one[1], two[0])
        if not between:
            return self._kind(one[0]) is Kind.NAME and self._kind(two[0]) is Kind.NAME
        return len(between) <= 3 and all(self._kind(place) in _LISTING for place in between)

    def _may_be_listed(self, run: tuple[int, int]) -> bool:
        """A name in small letters counts in a list only where a list of people may begin or go on."""
        first = run[0]
        return self._kind(first) is not Kind.WORD or self._is_capital(first) or self._kind(first - 1) in _BEFORE_PLAIN

    def _is_beside_me(self, first: int, stop: int) -> bool:
        """A name in one list with the sender: me, Alice; Alice and me."""
        if not self._may_be_listed((first, stop)):
            return False
        before = self._kind(first - 1) in _LISTING and Kind.ME in (self._kind(first - 2), self._kind(first - 3))
        return before or (self._kind(stop) in _LISTING and Kind.ME in (self._kind(stop + 1), self._kind(stop + 2)))

    # ------------------------------------------------------------------ the sender and everyone
    def has_me(self) -> bool:
        """True where the sender is one of the people, rather than the one who asks ("find me a slot")."""
        return any(token.kind is Kind.ME and not self._is_only_asking(place) for place, token in enumerate(self.tokens))

    def _is_only_asking(self, place: int) -> bool:
        if self._kind(place - 1) in (Kind.FIND, Kind.BOOK, Kind.SHOW) and self.tokens[place].text == "me":
            return self._kind(place + 1) not in (Kind.LIST, Kind.COMMA)
        return False

    def has_everyone(self) -> bool:
        """True where the whole team is named; "all day" is no people."""
        return any(
            token.kind is Kind.EVERYONE and not (token.value and self._is_loose_all(place))
            for place, token in enumerate(self.tokens)
        )

    def _is_loose_all(self, place: int) -> bool:
        return self._kind(place + 1) in (Kind.UNIT, Kind.WEEK, Kind.PART, Kind.NUMBER, Kind.ARTICLE, Kind.OF)
