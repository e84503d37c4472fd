"""What each word of a text is counted for, for whoever wants to see how it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.language.intents.meaning import meaning_of
from bot.language.phrases.sentence import sentence_of
from bot.language.scan.known_names import KnownNames
from bot.language.scan.repeats import without_count
from bot.language.scan.scanner import scan
from bot.language.scan.text import normalise
from bot.model.people import StaffId
from bot.model.requests import WorkingHours


class Word(NamedTuple):
    """One word, number or sign as it was typed, with the name of its account: "time", "person", …, "rest" for none."""

    text: str
    start: int
    end: int
    account: str


def words_of(
    text: str,
    *,
    mentioned: Sequence[StaffId] = (),
    hours: WorkingHours = WorkingHours(),  # noqa: B008 - frozen
    teams: Mapping[str, str] | None = None,
    names: KnownNames | None = None,
) -> tuple[Word, ...]:
    """The words of a text in order, read as `parse` reads it; spaces between them are in none. Raises for no text."""
    given, _ = without_count(text)
    plain = normalise(given)
    spoken = {normalise(form).folded.strip(): name for form, name in (teams or {}).items()}
    tokens = tuple(scan(plain, spoken, names))
    meaning = meaning_of(sentence_of(plain, tokens), mentioned=mentioned, known=names, hours=hours)
    found = []
    for token, account in zip(tokens, meaning.accounts, strict=True):
        start, end = plain.span(token.start, token.end)
        found.append(Word(plain.given[start:end], start, end, account.value))
    return tuple(found)
