"""Whose right it is to read a calendar: of whoever caused the reading, for exactly the people they named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.model.people import Person, StaffId


@dataclass(frozen=True, slots=True)
class OnBehalfOf:
    """A reading in the name of `asker`, of these people and nobody else."""

    asker: Person
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a chat's team. `added_by` is who added them there, None where the configuration has them."""

    staff_id: StaffId
    added_by: StaffId | None = None


def standing(members: Iterable[Member], *, operator: StaffId) -> Mapping[StaffId, Sequence[StaffId]]:
    """Who reads whom for a standing order: its operator reads whom the configuration or the operator named.

    Everybody else is read by whoever added them.

    >>> standing([Member(StaffId("a")), Member(StaffId("b"), StaffId("c"))], operator=StaffId("o"))
    {'o': ['a'], 'c': ['b']}
    """
    readers: dict[StaffId, list[StaffId]] = {}
    for member in members:
        readers.setdefault(member.added_by or operator, []).append(member.staff_id)
    return readers
