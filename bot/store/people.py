"""People the bot has met, so that a name or an id is looked up at DingTalk once."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.people import Person, StaffId, UnionId
from bot.store.store import alone
from bot.store.tables import people


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody, and when DingTalk last said so."""

    person: Person
    seen_at: datetime


_insert = insert(people)
_KEEP = _insert.on_conflict_do_update(
    index_elements=[people.c.staff_id],
    set_={name: _insert.excluded[name] for name in ("union_id", "name", "name_key", "seen_at")},
)
_columns = sa.select(people.c.staff_id, people.c.union_id, people.c.name, people.c.seen_at)
_FIND = _columns.where(people.c.staff_id.in_(bindparam("ids", expanding=True)))
_FIND_BY_NAME = _columns.where(people.c.name_key == bindparam("key")).order_by(people.c.staff_id)


def keep_in(connection: sa.Connection, found: Iterable[Person], *, now: datetime) -> None:
    """Remembers people, replacing what was known of the same staff ids."""
    rows = {person.staff_id: _row(person, now) for person in found}
    if rows:
        # In one order everywhere, or two replicas may wait for each other's rows.
        connection.execute(_KEEP, [rows[staff_id] for staff_id in sorted(rows)])


def find_in(connection: sa.Connection, staff_ids: Iterable[StaffId]) -> dict[StaffId, PersonRow]:
    """Those of `staff_ids` that are known, by id."""
    found = [_known(*row) for row in connection.execute(_FIND, {"ids": sorted(set(staff_ids))})]
    return {known.person.staff_id: known for known in found}


def find_by_name_in(connection: sa.Connection, name: str) -> list[PersonRow]:
    """Everybody of exactly this name, without regard to case and width, in the order of their staff ids."""
    return [_known(*row) for row in connection.execute(_FIND_BY_NAME, {"key": _key(name)})]


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()


def _row(person: Person, now: datetime) -> dict[str, object]:
    return {
        "staff_id": person.staff_id,
        "union_id": person.union_id,
        "name": person.name,
        "name_key": _key(person.name),
        "seen_at": now,
    }


def _known(staff_id: str, union_id: str, name: str, seen_at: datetime) -> PersonRow:
    return PersonRow(Person(StaffId(staff_id), UnionId(union_id), name), seen_at)


keep = alone(keep_in)
find = alone(find_in)
find_by_name = alone(find_by_name_in)
