"""Where names need no word of asking beside them: alone with a time, in a list of their own, behind the question."""

from __future__ import annotations

from bot.language.people.name_spans import Run, Runs
from bot.language.tokens import Kind
from bot.language.words.en.people import GIVEN

LISTING = (Kind.LIST, Kind.COMMA)
ASKING = ("吗", "么", "不", "呢")
_TIMELY = (
    Kind.ZONE,
    Kind.ZONE_SIGN,
    Kind.FROM,
    Kind.TO,
    Kind.BETWEEN,
    Kind.BEFORE,
    Kind.AFTER,
    Kind.BY,
    Kind.UNTIL,
    Kind.INSIDE,
    Kind.ONWARDS,
    Kind.WITHIN,
    Kind.EXACTLY,
)
"""What belongs to a time without being part of its values."""
_BESIDE = frozenset(
    (Kind.FILL, Kind.BREAK, Kind.AT, Kind.ON, Kind.IN, Kind.FOR, Kind.SIGN, Kind.HELP, *LISTING, *_TIMELY)
)
"""What may stand beside names and times where nothing else is said."""
_FREE = (Kind.AVAILABLE, Kind.AWAY, Kind.WHO)
_SPOKEN = frozenset((*_FREE, Kind.MEET, Kind.BOOK, Kind.FIND, Kind.CALENDAR))
_EDGES = (None, Kind.BREAK, Kind.COMMA, Kind.SIGN)
_BEFORE = (Kind.MEET, Kind.MEAL, Kind.ME, Kind.WITH)
_EATEN = (Kind.MEET, Kind.MEAL)
_MANY = (Kind.TEAM_NAME, Kind.EVERYONE)
"""What goes in one list with names: Bob and the design team."""
_LIST_SIGNS = ("/", "+", "·", "|")
_POLITE = frozenset("thanks thx thank ty cheers regards please pls plz 谢谢 多谢 感谢 辛苦 辛苦了 谢谢啦 拜托".split())  # noqa: SIM905


class Places(Runs):
    """Tells of names by where they stand in the text."""

    def is_all_else_time(self, runs: list[Run]) -> bool:
        """True where nothing is said but plain names and a time: 张三 明天下午, Bob tomorrow 3pm, Bob."""
        named = {place for run in runs for place in range(*run)}
        if not all(self.is_plain(run) for run in runs):
            return False
        if not any(self.timed) and any(self.tokens[run[0]].kind is Kind.MONTH for run in runs):
            return False
        return all(
            self.timed[place] or place in named or token.kind in _BESIDE or token.text in (*ASKING, *_POLITE)
            for place, token in enumerate(self.tokens)
        )

    def closing(self, runs: list[Run]) -> int:
        """Where in `runs` a list begins that closes the text behind a question: 明天有空吗 王伟、李芳."""
        end, place = len(self.tokens), len(runs)
        while end and self._kind(end - 1) in (Kind.FILL, Kind.BREAK):
            end -= 1
        while place and self.is_plain(runs[place - 1]) and self._is_only_listing(runs[place - 1][1], end):
            place -= 1
            end = runs[place][0]
        is_tied = self._kind(end - 1) is Kind.COMMA or self._word(end - 1) == ":"
        is_list = place < len(runs) and self._ends_question(end - 1 - is_tied)
        return place if is_list else len(runs)

    def alone(self, runs: list[Run]) -> set[int]:
        """Which of `runs` are lists with nothing but times, signs or a meeting at either end: 开会 张伟 李娜."""
        if not any(self.timed) and not any(token.kind in _SPOKEN for token in self.tokens):
            return set()
        found: set[int] = set()
        start = 0
        while start < len(runs):
            stop = start + 1
            while stop < len(runs) and self._goes_on(runs[stop - 1], runs[stop]):
                stop += 1
            if all(self.is_plain(run) for run in runs[start:stop]) and self._is_alone(runs[start:stop]):
                found |= set(range(start, stop))
            start = stop
        return found

    def stands_free(self, run: Run) -> bool:
        """True for a name that no unknown word touches on either side."""
        return not (self._is_glued(run[0] - 1, run[0]) or self._is_glued(run[1], run[1]))

    def _is_glued(self, at: int, edge: int) -> bool:
        touching = 0 <= at < len(self.tokens) and 0 < edge < len(self.tokens) and not self.tokens[edge].gap
        return touching and self._kind(at) is Kind.HAN

    def is_plain(self, run: Run) -> bool:
        """True for what needs no words beside it to be a name."""
        return self._kind(run[0]) in (Kind.NAME, Kind.AT_SIGN, Kind.MONTH) or self._is_capital(run[0])

    # ------------------------------------------------------------------ behind the question
    def _ends_question(self, place: int) -> bool:
        """True for the last token of a question about being free, or of a time in one."""
        if place < 0 or not any(token.kind in _FREE for token in self.tokens[: place + 1]):
            return False
        return self.timed[place] or self._kind(place) in (*_FREE, Kind.BREAK) or self._word(place) in ASKING

    def _is_only_listing(self, start: int, stop: int) -> bool:
        return all(self._kind(place) in LISTING for place in range(start, stop))

    # ------------------------------------------------------------------ lists of their own
    def _goes_on(self, one: Run, two: Run) -> bool:
        between = range(one[1], two[0])
        return len(between) <= 3 and all(
            self._kind(place) in LISTING or self._word(place) in _LIST_SIGNS for place in between
        )

    def _is_alone(self, runs: list[Run]) -> bool:
        """True for a list between edges; one English word that may be no name needs a time or a sign before it."""
        first, stop = runs[0][0], runs[-1][1]
        while self._kind(first - 1) is Kind.FILL:
            first -= 1
        sure = len(runs) > 1 or self._kind(runs[0][0]) is not Kind.WORD or self._word(runs[0][0]) in GIVEN
        opens = first == 0
        if opens and (self._kind(stop) is Kind.COMMA or self._kind(stop) is None) and len(runs) == 1:
            return False  # somebody who is spoken to
        if not sure and (opens or self._kind(first - 1) in _EATEN):
            return False
        return self._is_begun(first) and self._is_ended(stop)

    def _is_begun(self, first: int) -> bool:
        before = self._kind(first - 1)
        if before in (Kind.COMMA, Kind.BREAK) and self._word(first - 2) in _POLITE:
            return False
        if before is Kind.LIST:
            return self._kind(first - 2) in _MANY
        return before in _EDGES or before in _BEFORE or self._is_time(first - 1)

    def _is_ended(self, stop: int) -> bool:
        while self._kind(stop) is Kind.FILL or self._word(stop) in _POLITE:
            stop += 1
        if self._kind(stop) in LISTING and self._kind(stop + 1 + (self._kind(stop + 1) is Kind.FILL)) in _MANY:
            return True
        return self._kind(stop) in (*_EDGES, Kind.WHO) or self._is_time(stop)

    def _is_time(self, place: int) -> bool:
        return self._is_timed(place) or self._kind(place) in _TIMELY
