"""Whose name comes nearest to one that nobody has: by sound, and by one letter or two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import nsmallest
from itertools import islice, product

from rapidfuzz.distance import OSA

from bot.language.scan.text import is_han
from bot.model.people import Person
from bot.names.forms import Form, Named, folded, key_of
from bot.names.query import Readings

_MOST_READINGS = 8
_ONE_FROM, _TWO_FROM = 4, 7
"""How many letters a word needs to be one or two letters from another."""
_LONG_NAME = 3


def nearest(typed: str, people: Iterable[Named], readings: Readings, *, most: int = 3) -> tuple[Person, ...]:
    """At most so many of `people`, those first who are called the most like `typed`; somebody else's name is none.

    Swapped neighbours count as one letter. Chinese names are near by sound, or by one sign of three.
    """
    key = key_of(folded(typed))
    han = bool(key) and all(map(is_han, key))
    spelt = _spelt(key, readings) if han else (key,)
    near = ((_name_distance(key, spelt, each, readings, han=han), each.person) for each in people)
    found = [(far, person.name, person.staff_id, person) for far, person in near if far is not None]
    return tuple(person for *_, person in nsmallest(most, found))


def _name_distance(key: str, spelt: tuple[str, ...], person: Named, readings: Readings, *, han: bool) -> int | None:
    """How many letters lie between, None where these are too many; another sign counts as two."""
    found: list[int] = []
    for form in person.forms:
        if han:
            found += _by_sign(key, form)
        for word in _words(form, readings, han=han):
            found += [far for mine in spelt if (far := _edit_distance(mine, word)) is not None]
    return min(found, default=None)


def _by_sign(key: str, form: Form) -> list[int]:
    alike = len(key) == len(form.han) >= _LONG_NAME and sum(map(str.__ne__, key, form.han)) == 1
    return [2] if alike else []


def _edit_distance(one: str, other: str) -> int | None:
    shorter = min(len(one), len(other))
    most = 2 if shorter >= _TWO_FROM else 1 if shorter >= _ONE_FROM else 0
    far = OSA.distance(one, other, score_cutoff=most)
    return far if far <= most else None


def _words(form: Form, readings: Readings, *, han: bool) -> Iterator[str]:
    """What may be meant by letters: a whole name, either way round, a given name, a word of an English one."""
    if form.han:
        yield from _spelt(form.han, readings)
        if not han:
            yield from _spelt(form.given + form.surname, readings)
        if len(form.given) > 1:
            yield from _spelt(form.given, readings)
    if form.words and not han:
        yield from (form.english, "".join(reversed(form.words)), *form.words)


def _spelt(signs: str, readings: Readings) -> tuple[str, ...]:
    """The ways to spell Chinese signs in letters; none where a sign cannot be read."""
    ways = islice(product(*(readings.get(sign, ()) for sign in signs)), _MOST_READINGS)
    return tuple(dict.fromkeys(map("".join, ways)))
