"""Everybody of an organisation by what they may be called, so that a typed name is compared with few of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product

from bot.names.forms import Form, Named
from bot.names.query import Readings, query_of

_LONGEST_SPELT = 6
"""Signs of a name; the ways to read a longer one may be too many to list."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """People by text (whole names, words, neighbouring signs) and by sound (None: not read yet).

    `unlisted` are compared with whatever may be pinyin.
    """

    people: tuple[Named, ...] = ()
    by_text: Mapping[str, list[Named]] = field(default_factory=dict, repr=False)
    by_sound: Mapping[str, list[Named]] | None = field(default=None, repr=False)
    unlisted: tuple[Named, ...] = ()

    def candidates(self, typed: str) -> list[Named]:
        """All whom `typed` may fit, in any way that `bot.names.find` knows, and some more."""
        query = query_of(typed)
        found = [self.by_text.get(key, []) for key in (query.key, *query.surnames, query.nicknamed, *query.words)]
        found += [self._with_part(part) for part in query.parts]
        spelt = (query.spelt, *query.spelt_surnames, *query.spelt_nicknamed)
        found += [(self.by_sound or {}).get(sound, []) for sound in spelt]
        found.append(list(self.unlisted) if query.spelt else [])
        return list({id(each): each for some in found for each in some}.values())

    def _with_part(self, part: str) -> list[Named]:
        """Whoever has the rarest two neighbouring signs of `part` beside each other."""
        return min((self.by_text.get(pair, []) for pair in _pairs(part)), key=len)

    def read_with(self, readings: Readings) -> Lookup:
        """The same with its sounds; `readings` are those of all signs of its people."""
        by_sound: dict[str, list[Named]] = {}
        unlisted = []
        for each in self.people:
            for sound in {sound for form in each.forms for sound in _sounds(form, readings)}:
                by_sound.setdefault(sound, []).append(each)
            if any(len(form.han) > _LONGEST_SPELT for form in each.forms):
                unlisted.append(each)
        return replace(self, by_sound=by_sound, unlisted=tuple(unlisted))


def lookup_of(people: Iterable[Named]) -> Lookup:
    """The people by text alone; takes long for a large organisation."""
    everybody = tuple(people)
    by_text: dict[str, list[Named]] = {}
    for each in everybody:
        for key in {key for form in each.forms for key in _texts(form) if key}:
            by_text.setdefault(key, []).append(each)
    return Lookup(everybody, by_text)


def _texts(form: Form) -> Iterator[str]:
    yield from form.whole
    yield from form.words
    yield "".join(reversed(form.words))
    yield from _pairs(form.han)
    yield form.surname
    if len(form.given) == 1:
        yield form.given


def _pairs(signs: str) -> list[str]:
    return [signs[n : n + 2] for n in range(len(signs) - 1)]


def _sounds(form: Form, readings: Readings) -> Iterator[str]:
    """Every way to spell the name, either way round, its parts, and its initials."""
    if not form.han or len(form.han) > _LONGEST_SPELT:
        return
    for signs in (form.han, form.given + form.surname, form.surname, form.given):
        yield from map("".join, product(*(readings.get(sign, ()) for sign in signs)))
    yield from map("".join, product(*({each[0] for each in readings.get(sign, ())} for sign in form.han)))
