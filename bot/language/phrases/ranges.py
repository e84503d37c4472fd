"""Reads a day, a time or both from the chunks, and ranges of them: the pieces that phrases are made of."""

from __future__ import annotations

from dataclasses import replace

from bot.language.chunks.chunk import Chunk, Length
from bot.language.phrases.joining import MOMENTS, as_time, joined, refined
from bot.language.tokens import Kind
from bot.language.values import Clock, Days, Moved, Part, Phrase, Relative

BETWEEN_WORDS = (
    Kind.FILL,
    Kind.AT,
    Kind.ON,
    Kind.IN,
    Kind.OF,
    Kind.ZONE_SIGN,
    Kind.EXACTLY,
    Kind.EVERY,
    Kind.ARTICLE,
    Kind.ONLY,
    Kind.CHANGE,
)
_NOTHING = Phrase()
MOST_WORDS = 6
"""How many small words may stand between the parts of one phrase."""


class Sides:
    """A place among the chunks of one text, and what can be read from there."""

    def __init__(self, chunks: list[Chunk]) -> None:
        self.chunks = chunks
        self.at = 0

    def kind_here(self) -> Kind | None:
        """The kind of the chunk here, or None for a value and at the end."""
        chunk = self.chunks[self.at] if self.at < len(self.chunks) else None
        return chunk.kind if chunk is not None and chunk.value is None else None

    def is_refused(self, place: int) -> bool:
        """True where a word like 不行 stands at a place."""
        chunk = self.chunks[place] if place < len(self.chunks) else None
        return chunk is not None and chunk.kind is Kind.NOT and chunk.token.tag == "suffix"

    # ------------------------------------------------------------------ ranges
    def range_here(self, *, between: bool) -> Phrase | None:
        """A side, or a range from one to another; with `between`, "and" joins the two."""
        first = self.side()
        if first is None or not self._is_joint(first, between=between):
            return first
        start, kind = self.at, self.chunks[self.at].kind
        self.at += 1
        second = self.side()
        if second is None or (kind is Kind.UNTIL and first.time is None and second.time is not None):
            self.at = start
            return first
        if (
            first.time is None
            and isinstance(second.time, Clock)
            and second.day is not None
            and self._is_joint(second, between=False)
        ):
            second = self._hours(second)
        result = joined(first, second)
        if result is None:
            self.at = start
            return first
        return self._with_day(result)

    def _hours(self, second: Phrase) -> Phrase:
        """The hours behind a range of days: Mon-Wed 2-4pm."""
        start = self.at
        self.at += 1
        third = self.side()
        result = joined(replace(second, day=None), third) if third is not None and third.day is None else None
        if result is None:
            self.at = start
            return second
        return replace(second, time=result.time)

    def _with_day(self, body: Phrase) -> Phrase:
        """A day or a part of the day behind a range of hours: 9-10am tomorrow, 8 to 10 in the morning."""
        start = self.at
        side = self.side()
        if side is None or isinstance(side.time, MOMENTS) or not (side.day or isinstance(side.time, Part)):
            self.at = start
            return body
        merged = refined(body, side)
        if merged is None:
            self.at = start
            return body
        return merged

    def _is_joint(self, first: Phrase, *, between: bool) -> bool:
        kind = self.kind_here()
        if kind is Kind.TO or (kind is Kind.UNTIL and self.chunks[self.at].token.tag != "suffix"):
            return True
        return kind is Kind.LIST and between and self.chunks[self.at].token.tag == "and" and first is not None

    def side(self) -> Phrase | None:
        """A day, a time or both, in any order, with nothing but small words between."""
        body, stop, place = _NOTHING, self.at, self.at
        chunks, count = self.chunks, len(self.chunks)
        while place < count and place < stop + MOST_WORDS:
            chunk = chunks[place]
            if chunk.value is None:
                if chunk.kind is Kind.ZONE and body.zone is None and self._is_zone(place, body):
                    body, stop = replace(body, zone=chunk.token.tag), place + 1
                elif chunk.kind is Kind.NEXT_DAY and body.day is None:
                    body, stop = replace(body, day=Moved(Relative(0), 1, "next")), place + 1
                elif chunk.kind not in BETWEEN_WORDS and not (chunk.kind is Kind.COMMA and self._is_loose(place, body)):
                    break
                place += 1
                continue
            said = None if isinstance(chunk.value, Length) else as_time(chunk.value)
            grown = said if said is None or body is _NOTHING else refined(body, said)
            if grown is None:
                break
            body, place = grown, place + 1
            stop = place
        self.at = stop
        return body if body.day is not None or body.time is not None else None

    def _is_zone(self, place: int, body: Phrase) -> bool:
        """A zone counts behind a clock time, or where a word like "time" says so."""
        token = self.chunks[place].token
        return token.value > 0 or (token.value < 0 and isinstance(body.time, Clock))

    def _is_loose(self, place: int, body: Phrase) -> bool:
        """A comma between a weekday and its date, or between a day and its time, is no list."""
        after = self.chunks[place + 1] if place + 1 < len(self.chunks) else None
        if (
            after is None
            or after.value is None
            or self.chunks[place].token.tag == "、"
            or isinstance(after.value, Length)
        ):
            return False
        if self.is_refused(place + 2):
            return False
        if body.day is not None and body.time is None and isinstance(after.value, Days):
            return refined(body, as_time(after.value)) is not None
        return False
