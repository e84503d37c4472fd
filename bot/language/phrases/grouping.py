"""Atoms -> phrases: bounds, exclusions and lengths around what was read, and how phrases are linked."""

from __future__ import annotations

from dataclasses import replace

from bot.language.chunks.chunk import Chunk, Length
from bot.language.phrases.joining import bounded
from bot.language.phrases.ranges import BETWEEN_WORDS, MOST_WORDS, Sides
from bot.language.tokens import Kind
from bot.language.values import After, Ahead, Clock, Days, Lasting, Moved, Onward, Phrase, Run, Span, UpTo

_PREFIXES = (Kind.BEFORE, Kind.AFTER, Kind.BY, Kind.UNTIL, Kind.FROM, Kind.BETWEEN, Kind.NOT)
_SUFFIXES = (Kind.BEFORE, Kind.AFTER, Kind.ONWARDS)


_AHEAD = frozenset((*_PREFIXES, *BETWEEN_WORDS))
_OPENING = _AHEAD | {Kind.ZONE, Kind.NEXT_DAY, Kind.TO}
"""Plain words a phrase may begin with."""


class Grouper(Sides):
    """Walks the chunks of one text once."""

    def __init__(self, chunks: list[Chunk]) -> None:
        super().__init__(chunks)
        self.link = ""
        self.lengths: list[Length] = []

    def phrases(self) -> list[Phrase]:
        """All phrases in order; `lengths` holds the durations that were left beside them."""
        found: list[Phrase] = []
        while self.at < len(self.chunks):
            before, chunk = self.at, self.chunks[self.at]
            phrase = self._phrase() if chunk.value is not None or chunk.kind in _OPENING else None
            if phrase is not None:
                link = self.link or self._listed(found, before)
                found.append(phrase.placed(link, start=before, end=self.at))
                self.link = ""
                continue
            self.at = before
            self._pass()
        return found

    def _listed(self, found: list[Phrase], before: int) -> str:
        """Two days with nothing between them are a list: 周二周四, 周一三五, Tue Thu."""
        touching = bool(found) and found[-1].end == before and found[-1].day is not None
        return "list" if touching and isinstance(self.chunks[before].value, Days) else ""

    def _pass(self) -> None:
        chunk = self.chunks[self.at]
        self.at += 1
        if isinstance(chunk.value, Length):
            self.lengths.append(chunk.value)
        elif chunk.value is None and (chunk.kind is Kind.LIST or chunk.token.text == "/"):
            self.link = "list"
        elif chunk.kind is Kind.COMMA:
            self.link = self.link or ("list" if chunk.token.tag == "、" else "comma")
        elif chunk.kind not in _AHEAD:
            self.link = "" if chunk.kind is not Kind.BREAK or self.link != "list" else self.link

    # ------------------------------------------------------------------ one phrase
    def _phrase(self) -> Phrase | None:
        prefixes: list[Kind] = []
        stop = self.at + MOST_WORDS
        while self.at < stop and ((kind := self.kind_here()) in _AHEAD or self._is_up_to()):
            if kind is Kind.TO:
                kind = Kind.UNTIL
            if kind in _PREFIXES and kind is not None:
                if kind is Kind.NOT and self.chunks[self.at].token.tag == "suffix":
                    return None
                prefixes.append(kind)
            self.at += 1
        body = self.range_here(between=Kind.BETWEEN in prefixes)
        if body is None:
            return None
        sign = "not" if Kind.NOT in prefixes else ""
        included = self._included()
        body = self._bounded(body, prefixes)
        if (included or self._included()) and isinstance(body.day, UpTo):
            body = replace(body, day=replace(body.day, included=True))
        if self.kind_here() in (Kind.ME, Kind.EVERYONE, Kind.FILL) and self.is_refused(self.at + 1):
            self.at += 1
        if self.kind_here() is Kind.NOT and (self.chunks[self.at].token.tag == "suffix" or self._is_closing_not()):
            self.at, sign = self.at + 1, "behind"
        return replace(body, sign=sign) if sign else body

    def _is_closing_not(self) -> bool:
        """True for the 不要 of 10点以前不要, behind which nothing is taken out."""
        token = self.chunks[self.at].token
        after = self.chunks[self.at + 1] if self.at + 1 < len(self.chunks) else None
        return not token.text.isascii() and (after is None or after.kind in (Kind.BREAK, Kind.COMMA))

    def _included(self) -> bool:
        """Passes over （含） and （含周五）; true where there was one."""
        place = self.at
        if self.kind_here() is not Kind.SIGN:
            return False
        texts = [chunk.token.text for chunk in self.chunks[place : place + 4]]
        if len(texts) < 3 or texts[0] != "(" or self.chunks[place + 1].kind is not Kind.INCLUDED or ")" not in texts:
            return False
        self.at = place + texts.index(")") + 1
        return True

    def _is_up_to(self) -> bool:
        """True for a 到 with nothing of time before it: 到下午6点."""
        return self.kind_here() is Kind.TO and not self.chunks[self.at].token.text.isascii()

    def _bounded(self, body: Phrase, prefixes: list[Kind]) -> Phrase:
        suffix = self.kind_here()
        if suffix in _SUFFIXES and suffix is not None and not (prefixes and suffix is Kind.AFTER):
            word = self.chunks[self.at].token
            if not (word.text in ("before", "after") or (word.text == "开始" and self._lasting_ahead())):
                self.at += 1
                return self._days_on(body) or self._trailing(bounded(body, suffix))
        if suffix is Kind.UNTIL and self.chunks[self.at].token.tag == "suffix":
            self.at += 1
            return bounded(body, Kind.UNTIL)
        for kind in (Kind.BEFORE, Kind.AFTER, Kind.BY, Kind.UNTIL):
            if kind in prefixes:
                return self._trailing(bounded(body, kind))
        if Kind.FROM in prefixes:
            return self._from(body)
        return self._lasting(body)

    def _days_on(self, body: Phrase) -> Phrase | None:
        """明天起三天: so many days from one on."""
        length = self._length_ahead()
        if body.day is None or body.time is not None or length is None or not length.unit:
            return None
        self._take_length()
        return replace(body, day=Run(body.day, length.count, length.unit))

    def _trailing(self, body: Phrase) -> Phrase:
        """A bound and then the day it lies in: after 3pm on Thursday, from 2pm onwards tomorrow."""
        if self.kind_here() is Kind.ONWARDS:
            self.at += 1
        if body.day is not None or body.time is None:
            return body
        start = self.at
        side = self.side()
        if side is None or side.day is None or side.time is not None:
            self.at = start
            return body
        return replace(body, day=side.day, zone=body.zone or side.zone, day_first=False)

    def _from(self, body: Phrase) -> Phrase:
        length = self._length_ahead()
        if isinstance(body.time, Clock) and length is not None and length.minutes:
            return self._lasting(body)
        if body.time is None and body.day is not None and length is not None and length.unit:
            self._take_length()
            return replace(body, day=Run(body.day, length.count, length.unit))
        if isinstance(body.time, Clock):
            waiting = [length for length in self.lengths if length.minutes]
            if waiting:
                self.lengths.remove(waiting[0])
                return replace(body, time=Lasting(body.time, waiting[0].minutes))
            return self._trailing(replace(body, time=After(body.time)))
        if body.time is None and isinstance(body.day, Days) and not isinstance(body.day, Moved):
            return replace(body, day=Onward(body.day, included=True)) if _is_one_day(body.day) else body
        return body

    # ------------------------------------------------------------------ lengths beside a start
    def _length_ahead(self) -> Length | None:
        place = self.at
        while place < len(self.chunks) and place < self.at + 4:
            chunk = self.chunks[place]
            if isinstance(chunk.value, Length):
                return chunk.value
            if chunk.value is not None or chunk.kind not in (Kind.FOR, Kind.FILL, Kind.ONWARDS, Kind.MEET, Kind.BOOK):
                return None
            place += 1
        return None

    def _lasting_ahead(self) -> bool:
        length = self._length_ahead()
        return length is not None and length.minutes > 0

    def _take_length(self) -> None:
        while not isinstance(self.chunks[self.at].value, Length):
            self.at += 1
        self.at += 1

    def _lasting(self, body: Phrase) -> Phrase:
        """14:00 for 90 minutes, 3点开始开一个半小时."""
        length = self._length_ahead()
        if not isinstance(body.time, Clock) or length is None or not length.minutes:
            return body
        self._take_length()
        return self._trailing(replace(body, time=Lasting(body.time, length.minutes)))


def _is_one_day(day: Days) -> bool:
    return not isinstance(day, Span | Ahead | Run | UpTo | Onward)
