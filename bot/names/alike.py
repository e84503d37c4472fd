"""Two people who look the same on a card: what tells them apart stands with their names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.cards.escape import LONGEST_NAME, name
from bot.language.scan.text import is_han
from bot.model.people import Missing, Person

_HEAD = 8


def told_apart(people: Sequence[Person | Missing]) -> list[Person | Missing]:
    """The same people; those whose names look alike get a label, by which no two of them do, as far as that is known.

    A long name keeps the part by which it differs, a common one gets the department and the title beside it.
    """
    alike: dict[str, list[Person]] = {}
    for each in people:
        if isinstance(each, Person):
            alike.setdefault(name(each.name).casefold(), []).append(each)
    labels = {
        person.staff_id: label
        for found in alike.values()
        if len({each.staff_id for each in found}) > 1
        for person, label in zip(found, _labels(found), strict=True)
    }
    if not labels:
        return list(people)
    return [replace(each, shown=labels.get(each.staff_id, "")) if isinstance(each, Person) else each for each in people]


def _labels(alike: Sequence[Person]) -> list[str]:
    """The shortest labels that differ; where none do, those that differ the most."""
    ways: tuple[Callable[[Person], str], ...] = (_middle_cut, _with_place)
    found = [[way(person) for person in alike] for way in ways]
    return max(found, key=lambda labels: len(set(labels)))


def _middle_cut(person: Person) -> str:
    """A long name with both its ends."""
    whole = person.name
    return whole if len(whole) <= LONGEST_NAME else f"{whole[:_HEAD]}…{whole[_HEAD + 1 - LONGEST_NAME :]}"


def _with_place(person: Person) -> str:
    """张伟（产品部 · 经理） · Zhang Wei (Product); the place as far as it fits."""
    opening, closing = ("（", "）") if any(map(is_han, person.name)) else (" (", ")")
    left = LONGEST_NAME - len(person.name) - len(opening + closing)
    place = person.place if len(person.place) <= left else person.place[: max(left - 1, 0)] + "…"
    return f"{person.name}{opening}{place}{closing}" if person.place and left > 1 else person.name
