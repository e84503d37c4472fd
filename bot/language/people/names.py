"""Which typed words are people's names: found by the words around them, carefully rather than greedily."""

from __future__ import annotations

from collections.abc import Iterable

from bot.language.people.name_places import ASKING, LISTING, Places
from bot.language.people.name_spans import IF, QUESTIONS, Run
from bot.language.tokens import Kind

_SMALL = (Kind.FILL, Kind.BOTH, Kind.BE, Kind.EVERY, Kind.ON, Kind.IN, Kind.AT, Kind.ONLY)
_TYING = (
    Kind.TO,
    Kind.LIST,
    Kind.COMMA,
    Kind.FROM,
    Kind.BETWEEN,
    Kind.AFTER,
    Kind.BEFORE,
    Kind.UNTIL,
    Kind.BY,
    Kind.OF,
)
_BEHIND_TIME = (Kind.ZONE, Kind.ZONE_SIGN, Kind.INSIDE, Kind.ONWARDS, Kind.WITHIN, Kind.EXACTLY, Kind.AHEAD, Kind.THERE)
_PASSED = frozenset((*_SMALL, *_TYING, *_BEHIND_TIME))
"""What may stand between a name and the word that asks about it, beside times."""
_MOST_BETWEEN = 16
_ASKED = (Kind.AVAILABLE, Kind.AWAY, Kind.WHEN, Kind.CALENDAR, Kind.REMOVE)
_OWNED = (Kind.MEET, Kind.UNIT, Kind.BOOK)
_BEFORE_NAME = (Kind.BOOK, Kind.FIND, Kind.SHOW)
_OPENING = (None, Kind.BREAK, Kind.COMMA)
_BEFORE_PLAIN = (None, Kind.BE, Kind.WITH, Kind.LIST, Kind.COMMA, Kind.ME, Kind.WHEN)
_GIVING = ("给", "让", "把")
_ABSENT_EN = (
    "isn't coming",
    "is not coming",
    "can't make it",
    "cannot make it",
    "won't make it",
    "isn't joining",
    "can't come",
    "can't join",
    "won't be there",
    "can't attend",
)
LEFT_OUT = ("不算", "除外", "不参加", "不来", "不用来", "不用参加", "不用到场", *_ABSENT_EN)
"""Words of leaving out that stand behind a name."""
_FOLLOWING = ("呢", "instead", "也", "too", "不要", *LEFT_OUT)
"""Words behind a name that opens a follow-up."""
_OPENING_WORDS = ("what", "how", "where")
_PERHAPS = ("maybe", "possibly", "perhaps", "ideally", "可能")
_ASKING_AFTER = (
    "when's",
    "what's",
    "how's",
    "hows",
    "when do",
    "when does",
    "when can",
    "when is",
    "when are",
    "when will",
)
_COMING = (Kind.WITH, Kind.BOOK, Kind.ADD)
_CALLING = ("call", "meet", "sync", "1:1", "interview")


class Finder(Places):
    """Looks for names among the tokens of one text. `timed` says which tokens are part of a time."""

    def certain(self) -> list[Run]:
        """The names that people are meant by, in order."""
        runs = self.runs()
        if not runs or self.is_all_else_time(runs):
            return runs
        closing, alone = self.closing(runs), self.alone(runs)
        certain = [place >= closing or place in alone or self._is_certain(run) for place, run in enumerate(runs)]
        for place in range(1, len(runs)):
            certain[place] = certain[place] or (certain[place - 1] and self._are_listed(runs[place - 1], runs[place]))
        for place in reversed(range(len(runs) - 1)):
            certain[place] = certain[place] or (certain[place + 1] and self._are_listed(runs[place], runs[place + 1]))
        return [run for run, sure in zip(runs, certain, strict=True) if sure]

    def optional(self) -> list[Run]:
        """Names with a word like "optional" right behind them."""
        return [run for run in self.runs() if self._is_optional(run)]

    def excluded(self) -> list[Run]:
        """Names right behind a word like "except", and those listed with them (除了李四和王五)."""
        gone: list[Run] = []
        for run in self.runs():
            listed = bool(gone) and self._are_listed(gone[-1], run)
            if self._is_without(run[0] - 1) or listed or self._is_left_out(run[1]):
                gone.append(run)
        return gone

    def names(self, runs: Iterable[Run]) -> tuple[str, ...]:
        """What is typed at some places, each once."""
        return tuple(dict.fromkeys(map(self.name, runs)))

    def _is_left_out(self, stop: int) -> bool:
        """True before 不算 and 不参加; 张三不来吗 is a question."""
        stop += self._word(stop) == "就"
        return self._word(stop) in LEFT_OUT and self._word(stop + 1) not in (*ASKING, "?")

    def _is_without(self, place: int) -> bool:
        """True for except, without, 不要叫, 没有, and the "but" of "everyone but"."""
        if self._kind(place) in (Kind.ARTICLE, Kind.FILL) and self._word(place).isascii():
            place -= 1
        if self._word(place) == "but":
            return self._kind(place - 1) in (Kind.EVERYONE, Kind.WHO)
        if self._kind(place) in _COMING and self._kind(place - 1) in (Kind.NOT, Kind.REMOVE):
            return True
        if self._kind(place) is Kind.REMOVE or self._word(place) == "没有":
            return any(self.timed)
        return self._kind(place) is Kind.NOT or (self._kind(place) is Kind.WITH and bool(self.tokens[place].value))

    def _is_optional(self, run: Run) -> bool:
        """True before 可选, "is optional" and "(optional)", and behind "and maybe"."""
        first, stop = run
        before = self.tokens[first - 1] if first else None
        if before is not None and before.kind is Kind.OPTIONAL and before.value:
            return True
        if before is not None and before.text in _PERHAPS and self._kind(first - 2) in LISTING:
            return True
        place = stop + (self._kind(stop) is Kind.BE)
        place += self._word(place) == "("
        return self._kind(place) is Kind.OPTIONAL and not self.tokens[place].value

    def _is_said(self, kind: Kind, stop: int) -> bool:
        """True where such a word stands right behind a name: 张三必须到, Bob (optional)."""
        return self._kind(stop + (self._word(stop) == "(")) is kind

    # ------------------------------------------------------------------ certainty
    def _is_certain(self, run: Run) -> bool:
        first, stop = run
        if self.tokens[first].known > 2 or (self.tokens[first].known > 1 and self.stands_free(run)):
            return True
        if self._kind(first) is Kind.AT_SIGN or self._is_optional(run) or self._is_said(Kind.REQUIRED, stop):
            return True
        if self._kind(first - 1) is Kind.WHO:
            return False
        asked = self._is_asked(run) or self._is_questioned(first) or self._is_opening(first, stop)
        return asked or self._is_after(first, stop) or self._is_beside_me(first, stop) or self._is_changed(first, stop)

    def _is_questioned(self, first: int) -> bool:
        """A name with a capital behind the verb that opens a question: can Omar give me, what is Maria doing."""
        if not self._is_capital(first):
            return False
        opened = self._kind(first - 2) in _OPENING or self._word(first - 2) in _OPENING_WORDS
        return (self._word(first - 1) in QUESTIONS and opened) or self._word(first - 1) in _ASKING_AFTER

    def _is_opening(self, first: int, stop: int) -> bool:
        """A name that opens the text, with a time or a list behind it: 张三 周五下午, Cara: Wed 9-10."""
        if first or stop >= len(self.tokens):
            return False
        if self._is_capital(first):
            return self._word(stop) == ":" and self._is_timed(stop + 1)
        return self._kind(first) is Kind.NAME and (self.timed[stop] or self._kind(stop) in LISTING)

    def _is_asked(self, run: Run) -> bool:
        """A name before a word of availability, with nothing but times and small words between."""
        first, stop = run
        place = stop
        while place < min(len(self.tokens), stop + _MOST_BETWEEN) and self._is_passed(place):
            place += 1
        owner = self._kind(stop - 1) is Kind.WORD and bool(self.tokens[stop - 1].value)
        if owner and self._is_timed(stop) and self._is_capital(first):
            return True  # Bob's Thursday
        if self._kind(place) is Kind.MEET:
            return owner or self._kind(first) is Kind.NAME or self._kind(first - 1) is Kind.BE
        if not (self._is_availability(place) or (owner and self._kind(place) in _OWNED)):
            return owner and self._kind(first - 1) is Kind.SHOW
        if (
            owner
            or self._kind(first) in (Kind.NAME, Kind.HAN)
            or self._is_capital(first)
            or self._kind(first) is Kind.MONTH
        ):
            return True
        crossed = any(self._kind(between) in _TYING for between in range(stop, place))
        opened = self._kind(first - 1) in (*_OPENING, Kind.BE, Kind.WHEN, Kind.LIST) or self._word(first - 1) in IF
        return opened and not crossed

    def _is_passed(self, place: int) -> bool:
        if self._is_availability(place) and not self.timed[place]:
            return False
        return self.timed[place] or self._kind(place) in _PASSED

    def _is_availability(self, place: int) -> bool:
        """A word that asks whether somebody is there; "around" and "in" are one before a day or at the end."""
        if self._kind(place) is Kind.MEET and self.tokens[place].tag == "over":
            return True
        if self._kind(place) in _ASKED or (self._kind(place) is Kind.BOTH and self._word(place)[0] == "都"):
            return True
        if self._word(place) not in ("around", "in") or self._is_timed(place):
            return False
        after = place + 1 + (self._kind(place + 1) is Kind.ON)
        return (
            after >= len(self.tokens) or self._is_timed(after) or self._kind(after) in (Kind.BREAK, Kind.COMMA, *_TYING)
        )

    def _is_after(self, first: int, stop: int) -> bool:
        """A name behind "with", 和, 约 and the like."""
        place = first - 1
        while place > first - 3 and self._kind(place) is Kind.FILL and self._word(place) not in _GIVING:
            place -= 1
        kind, named = self._kind(place), self._kind(first) in (Kind.NAME, Kind.BE)
        if kind is None or self.timed[place]:
            return False
        latin = self._kind(first) is Kind.WORD
        if latin and not self._is_capital(first):
            behind = self._kind(stop) in (None, *_SMALL, *LISTING, Kind.BREAK, Kind.TEAM) or self._is_timed(stop)
            return place == first - 1 and kind in (Kind.WITH, Kind.ADD, Kind.REMOVE) and behind
        if kind in (Kind.WITH, Kind.ADD, Kind.REMOVE):
            return True
        if kind in _BEFORE_NAME:
            return named or latin
        return self._is_introduced(place, first, named=named, latin=latin)

    def _is_introduced(self, place: int, first: int, *, named: bool, latin: bool) -> bool:
        """Behind 和 after a time, behind "and" that opens the text, behind 给, "lunch with", "ok for", "call"."""
        kind, word = self._kind(place), self._word(place)
        if place == 0 and (kind is Kind.NOT or (kind is Kind.LIST and word.isascii())):
            return latin or named
        if kind is Kind.LIST and self.tokens[place].tag == "and" and not word.isascii():
            return (named or latin) and (place == 0 or self._kind(place - 1) not in (Kind.HAN, Kind.WORD))
        if word in _GIVING or word.endswith((" with", " for")):
            return named or latin or self._kind(first) is Kind.HAN
        of = kind is Kind.OF and self._kind(place - 1) in (Kind.AVAILABLE, Kind.CALENDAR)
        return latin and (kind is Kind.FOR or of or word in _CALLING or word == "get")

    def _is_changed(self, first: int, stop: int) -> bool:
        """A name that a follow-up is about: 那王五呢, what about Bob, Bob instead, 李四不算."""
        if self._kind(first - 1) in (Kind.CHANGE, Kind.ONLY) or self._word(first - 1) in ("那", "就"):
            return self._kind(stop) in (None, *LISTING, Kind.BREAK) or self._word(stop) in _FOLLOWING
        if first == 0 and self._kind(first) is Kind.NAME and self._word(stop) == "?":
            return True
        opened = self._kind(first - 1) in _OPENING and self._word(stop) in _FOLLOWING
        return opened and (self._kind(first) is not Kind.HAN or self._word(stop) == "呢")

    # ------------------------------------------------------------------ lists
    def _are_listed(self, one: Run, two: Run) -> bool:
        """True where nothing but "and" or a comma stands between two names; Chinese names may touch (张三李四)."""
        if not (self._may_be_listed(one[0]) and self._may_be_listed(two[0])):
            return False
        between = range(one[1], two[0])
        if not between:
            return self._kind(one[0]) is self._kind(two[0]) and self._kind(one[0]) in (Kind.NAME, Kind.WORD)
        return len(between) <= 3 and all(self._kind(place) in LISTING for place in between)

    def _may_be_listed(self, first: int) -> bool:
        """A name in small letters counts in a list only where a list of people may begin or go on."""
        return self._kind(first) is not Kind.WORD or self._is_capital(first) or self._kind(first - 1) in _BEFORE_PLAIN

    def _is_beside_me(self, first: int, stop: int) -> bool:
        """A name in one list with the sender: me, Alice; Alice and me."""
        if not self._may_be_listed(first):
            return False
        before = self._kind(first - 1) in LISTING and Kind.ME in (self._kind(first - 2), self._kind(first - 3))
        return before or (self._kind(stop) in LISTING and Kind.ME in (self._kind(stop + 1), self._kind(stop + 2)))
