"""Who a typed name means: a whole name before any other form, people close by before the rest, several stay several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from bot.model.people import Person
from bot.names.forms import Form, Named
from bot.names.query import Query, Readings, query_of

_FEWEST_INITIALS = 3


class Rank(IntEnum):
    """How a typed name fits, the best first."""

    WHOLE = 0  # the name as it is written, or its Chinese part
    ALIAS = 1  # what stands in brackets
    PART = 2  # a part of it, its pinyin, one word of an English name
    FAMILIAR = 3  # 小王, 王总
    INITIALS = 4  # zxt


@dataclass(frozen=True, slots=True)
class Match:
    """The people a typed name may mean, in order of their names; `exact` where it is the full name of each.

    That is the name as it is written, its Chinese or its English part: Zoe is exact for 周晓彤 Zoe, not for Zoe Zhou.
    """

    people: tuple[Person, ...] = ()
    exact: bool = False


def find(typed: str, *, near: Iterable[Named], rest: Iterable[Named], readings: Readings) -> Match:
    """Who `typed` may mean: a whole name anywhere, else people of `near`, else of `rest`; nobody is an empty match.

    Initials count only where one person has them.
    """
    query = query_of(typed)
    close = {each.person.staff_id: each for each in near}
    groups = (
        _ranked(query, close.values(), readings),
        _ranked(query, (each for each in rest if each.person.staff_id not in close), readings),
    )
    for group in groups:
        if Rank.WHOLE in group:
            return _match(query, group[Rank.WHOLE])
    for group in groups:
        best = min(group, default=None)
        if best is not None and (best is not Rank.INITIALS or len(group[best]) == 1):
            return _match(query, group[best])
    return Match()


def signs_of(people: Iterable[Named]) -> set[str]:
    """The Chinese signs whose readings matter for matching `people`."""
    return {sign for each in people for form in each.forms for sign in form.han}


def _match(query: Query, people: Iterable[Named]) -> Match:
    found = sorted(people, key=lambda each: (each.person.name, each.person.staff_id))
    names = [each.forms[0] for each in found]
    exact = all(query.key in form.whole or query.key == form.english for form in names)
    return Match(tuple(each.person for each in found), exact)


def _ranked(query: Query, people: Iterable[Named], readings: Readings) -> dict[Rank, list[Named]]:
    found: dict[Rank, list[Named]] = {}
    for each in people:
        rank = _rank(query, each, readings)
        if rank is not None:
            found.setdefault(rank, []).append(each)
    return found


def _rank(query: Query, person: Named, readings: Readings) -> Rank | None:
    best: Rank | None = None
    for place, form in enumerate(person.forms):
        rank = _fit(query, form, readings)
        if place and rank is Rank.WHOLE:
            rank = Rank.ALIAS
        if rank is not None and (best is None or rank < best):
            best = rank
    return best


def _fit(query: Query, form: Form, readings: Readings) -> Rank | None:
    if query.key in form.whole:
        return Rank.WHOLE
    if query.parts:
        return _fit_chinese(query, form) if form.han else None
    if form.words and query.words and _fits_words(query, form):
        return Rank.PART
    return _fit_pinyin(query, form, readings) if form.han and query.spelt else None


def _fit_chinese(query: Query, form: Form) -> Rank | None:
    if any(part in form.han for part in query.parts):
        return Rank.PART
    if form.surname in query.surnames or form.given == query.nicknamed:
        return Rank.FAMILIAR
    return None


def _fits_words(query: Query, form: Form) -> bool:
    """One word of the name, several of them, or all of them the other way round."""
    if query.key == "".join(reversed(form.words)):
        return True
    return len(query.key) > 1 and set(query.words) <= set(form.words)


def _fit_pinyin(query: Query, form: Form, readings: Readings) -> Rank | None:
    if _spells_name(query.spelt, form, readings) or (form.words and _is_english_with_surname(query, form, readings)):
        return Rank.PART
    if _spells_any(query.spelt_surnames, form.surname, readings):
        return Rank.FAMILIAR
    if len(form.given) == 1 and _spells_any(query.spelt_nicknamed, form.given, readings):
        return Rank.FAMILIAR
    return Rank.INITIALS if _are_initials(query.spelt, form.han, readings) else None


def _spells_name(spelt: str, form: Form, readings: Readings) -> bool:
    """The whole name, also with the surname behind; the surname; a given name of two signs or more."""
    parts = [form.han, form.given + form.surname, form.surname]
    return any(_spells(spelt, part, readings) for part in parts + ([form.given] if len(form.given) > 1 else []))


def _is_english_with_surname(query: Query, form: Form, readings: Readings) -> bool:
    """Zoe Zhou for 周晓彤 Zoe."""
    if len(query.words) != 2:
        return False
    one, two = query.words
    return (one in form.words and _spells(two, form.surname, readings)) or (
        two in form.words and _spells(one, form.surname, readings)
    )


def _spells_any(spelt: Iterable[str], signs: str, readings: Readings) -> bool:
    return any(_spells(each, signs, readings) for each in spelt)


def _spells(text: str, signs: str, readings: Readings) -> bool:
    """True where `text` is one reading of each sign, one behind the other."""
    ends = {0}
    for sign in signs:
        ends = {end + len(each) for end in ends for each in readings.get(sign, ()) if text.startswith(each, end)}
        if not ends:
            return False
    return len(text) in ends


def _are_initials(text: str, signs: str, readings: Readings) -> bool:
    if not len(text) == len(signs) >= _FEWEST_INITIALS:
        return False
    return all(any(each[0] == text[n] for each in readings.get(sign, ())) for n, sign in enumerate(signs))
