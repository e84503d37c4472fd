"""A text with what was read of it: tokens, chunks, phrases, and which words speak of time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import UnionType
from typing import NamedTuple

from bot.language.chunks.chunk import Chunk
from bot.language.chunks.reader import read
from bot.language.chunks.reminders import without_reminder
from bot.language.days import Ahead, Days, Series
from bot.language.phrases.grouping import grouped
from bot.language.phrases.moves import aimed
from bot.language.phrases.series import parted_series
from bot.language.phrases.zones import spoken_zone
from bot.language.scan.text import Text
from bot.language.tokens import Kind, Token
from bot.language.values import About, Clock, In, Lasting, Next, Now, Part, Phrase

_MOST_WORDS = 24
_SAYING: dict[About, type | UnionType] = {About.DAY: Days, About.CLOCK: Clock | Part | In | Next | Now}
"""The values that say a day, and those that say hours."""


class Sentence(NamedTuple):
    """The tokens of a text with what was read of them.

    `length` is how long is asked for, `reminder` how long before the start somebody is to be reminded. `timed` tells
    for each token whether it is part of a time, `reminding` are the tokens of a reminder, `rest` those that speak of
    no time.
    """

    text: Text
    tokens: tuple[Token, ...]
    chunks: list[Chunk]
    phrases: tuple[Phrase, ...]
    length: timedelta | None
    reminder: timedelta | None
    timed: list[bool]
    reminding: frozenset[int]
    rest: tuple[Token, ...]
    kinds: frozenset[Kind]
    repeated: Series | None = None

    def words(self, phrase: Phrase, about: About) -> str:
        """The words of a phrase that say its day or its hours, at most 24 characters; "" where it says none itself."""
        said = [chunk for chunk in self.chunks[phrase.start : phrase.end] if isinstance(chunk.value, _SAYING[about])]
        if not said:
            return ""
        first, last = self.tokens[said[0].first], self.tokens[said[-1].stop - 1]
        return self.text.typed[first.start : last.end][:_MOST_WORDS].strip()

    def has(self, *kinds: Kind) -> bool:
        """True where a token of one of these kinds occurs."""
        return not self.kinds.isdisjoint(kinds)


def sentence_of(text: Text, tokens: tuple[Token, ...]) -> Sentence:
    """What the tokens of a text say of time."""
    kinds = frozenset([token.kind for token in tokens])
    chunks, reminder, reminding = without_reminder(read(tokens), tokens)
    phrases, lengths = grouped(chunks)
    minutes = [length.minutes for length in lengths if length.minutes]
    paused = next((length for length in lengths if length.unit), None)
    if paused and not phrases and Kind.STOP in kinds:
        phrases = [Phrase(day=Ahead(paused.count, paused.unit))]
    timed = _timed(chunks, len(tokens))
    phrases = _in_zone(phrases, tokens, timed)
    rest = tuple([token for token, is_time in zip(tokens, timed, strict=True) if not is_time])
    listed, repeated = parted_series(tokens, aimed(chunks, phrases))
    listed, length = _lasting(list(listed), minutes)
    return Sentence(text, tokens, chunks, listed, length, reminder, timed, reminding, rest, kinds, repeated)


def _in_zone(phrases: list[Phrase], tokens: tuple[Token, ...], timed: list[bool]) -> list[Phrase]:
    """The phrases in the zone that is spoken of; its words are marked as part of a time."""
    said = {phrase.zone for phrase in phrases if phrase.zone}
    if said:
        for at, token in enumerate(tokens):
            timed[at] = timed[at] or (token.kind is Kind.ZONE and token.tag in said)
        return phrases
    found = spoken_zone(tokens, timed, phrases)
    if found is None:
        return phrases
    for at in range(*found[1]):
        timed[at] = True
    return [replace(phrase, zone=found[0]) for phrase in phrases]


def _timed(chunks: list[Chunk], count: int) -> list[bool]:
    found = [False] * count
    for chunk in chunks:
        if chunk.value is not None:
            for place in range(chunk.first, chunk.stop):
                found[place] = True
    return found


def _lasting(phrases: list[Phrase], minutes: list[int]) -> tuple[tuple[Phrase, ...], timedelta | None]:
    """The phrases, and how long is asked for; a length beside a single point in time says how long that lasts."""
    if not minutes and not any(isinstance(phrase.time, Lasting) for phrase in phrases):
        return tuple(phrases), None
    lasting = next((p.time.minutes for p in phrases if isinstance(p.time, Lasting)), None)
    length = minutes[0] if minutes else lasting
    points = [place for place, phrase in enumerate(phrases) if isinstance(phrase.time, Clock)]
    if minutes and len(points) == 1 and not any(isinstance(p.time, Lasting) for p in phrases):
        phrase = phrases[points[0]]
        assert isinstance(phrase.time, Clock)
        phrases = [*phrases]
        phrases[points[0]] = replace(phrase, time=Lasting(phrase.time, minutes[0]))
    return tuple(phrases), timedelta(minutes=length) if length else None
