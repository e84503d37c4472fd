"""People the bot has met, the index of the whole organisation among them, and how the signs of their names are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.people import Person, StaffId, UnionId
from bot.store.store import alone
from bot.store.tables import indexing, people, readings


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody, and when DingTalk last said so."""

    person: Person
    seen_at: datetime


_insert = insert(people)
_new = _insert.excluded
_known_again = {
    "union_id": _new.union_id,
    "name": _new.name,
    "place": sa.func.coalesce(sa.func.nullif(_new.place, ""), people.c.place),
    "seen_at": _new.seen_at,
}
_KEEP = _insert.on_conflict_do_update(index_elements=[people.c.staff_id], set_=_known_again)
_INDEX = _insert.on_conflict_do_update(
    index_elements=[people.c.staff_id], set_={**_known_again, "indexed_at": _new.indexed_at}
)
_columns = sa.select(people.c.staff_id, people.c.union_id, people.c.name, people.c.place, people.c.seen_at)
_FIND = _columns.where(people.c.staff_id.in_(bindparam("ids", expanding=True)))
_OF_UNION = _columns.where(people.c.union_id == bindparam("union_id")).order_by(people.c.seen_at.desc()).limit(1)
_INDEXED = _columns.where(people.c.indexed_at >= bindparam("since")).order_by(people.c.staff_id)

_begin = insert(indexing).values(id=1, begun_at=bindparam("now"))
_BEGIN = _begin.on_conflict_do_update(
    index_elements=[indexing.c.id],
    set_={"begun_at": _begin.excluded.begun_at},
    where=sa.and_(
        indexing.c.begun_at < bindparam("given_up"),
        sa.or_(indexing.c.indexed_at.is_(None), indexing.c.indexed_at < bindparam("older_than")),
    ),
).execution_options(preserve_rowcount=True)
_END = sa.update(indexing).where(indexing.c.begun_at == bindparam("begun")).values(indexed_at=bindparam("begun"))
_INDEXED_AT = sa.select(indexing.c.indexed_at)
_LEARN = insert(readings).on_conflict_do_nothing(index_elements=[readings.c.sign])


def keep_in(connection: sa.Connection, found: Iterable[Person], *, now: datetime) -> None:
    """Remembers people, replacing what was known of the same staff ids; a place that is not told stays as it was."""
    _write(connection, _KEEP, found, seen_at=now, indexed_at=None)


def index_in(connection: sa.Connection, found: Iterable[Person], *, begun: datetime) -> None:
    """Remembers people as listed by the reading of the organisation that began at `begun`."""
    _write(connection, _INDEX, found, seen_at=begun, indexed_at=begun)


def find_in(connection: sa.Connection, staff_ids: Iterable[StaffId]) -> dict[StaffId, PersonRow]:
    """Those of `staff_ids` that are known, by id."""
    found = [_known(*row) for row in connection.execute(_FIND, {"ids": sorted(set(staff_ids))})]
    return {known.person.staff_id: known for known in found}


def of_union_in(connection: sa.Connection, union_id: UnionId) -> PersonRow | None:
    """Whoever was seen last with a unionId."""
    row = connection.execute(_OF_UNION, {"union_id": union_id}).first()
    return _known(*row) if row else None


def begin_index_in(connection: sa.Connection, *, now: datetime, older_than: datetime, given_up: datetime) -> bool:
    """True for the one who is to read the organisation at `now`.

    That is nobody where a reading began after `older_than` and ended, or began after `given_up` and may still end.
    """
    times = {"now": now, "older_than": older_than, "given_up": given_up}
    return connection.execute(_BEGIN, times).rowcount == 1


def end_index_in(connection: sa.Connection, *, begun: datetime) -> None:
    """Closes a reading: whoever it did not list is no longer in the index. Does nothing where another has begun."""
    connection.execute(_END, {"begun": begun})


def indexed_at_in(connection: sa.Connection) -> datetime | None:
    """When the last reading that ended had begun, None where there was none."""
    return connection.scalar(_INDEXED_AT)


def indexed_in(connection: sa.Connection, *, since: datetime) -> list[Person]:
    """Everybody that a reading has listed which began at `since` or later, in the order of their staff ids."""
    return [_known(*row).person for row in connection.execute(_INDEXED, {"since": since})]


def names_in(connection: sa.Connection) -> tuple[str, ...]:
    """Everybody who was ever met, by name, once each."""
    return tuple(connection.scalars(sa.select(people.c.name).distinct().order_by(people.c.name)))


def known_readings_in(connection: sa.Connection) -> dict[str, tuple[str, ...]]:
    """Every sign that was learned, with its readings."""
    return {
        sign: tuple(spelt.split()) for sign, spelt in connection.execute(sa.select(readings.c.sign, readings.c.spelt))
    }


def learn_in(connection: sa.Connection, found: Mapping[str, Sequence[str]]) -> None:
    """Remembers how signs are read; what is known stays."""
    if found:
        connection.execute(_LEARN, [{"sign": sign, "spelt": " ".join(found[sign])} for sign in sorted(found)])


def _write(
    connection: sa.Connection,
    statement: sa.Executable,
    found: Iterable[Person],
    *,
    seen_at: datetime,
    indexed_at: datetime | None,
) -> None:
    rows = {
        person.staff_id: {
            "staff_id": person.staff_id,
            "union_id": person.union_id,
            "name": person.name,
            "place": person.place,
            "seen_at": seen_at,
            "indexed_at": indexed_at,
        }
        for person in found
    }
    if rows:
        # In one order everywhere, or two replicas may wait for each other's rows.
        connection.execute(statement, [rows[staff_id] for staff_id in sorted(rows)])


def _known(staff_id: str, union_id: str, name: str, place: str, seen_at: datetime) -> PersonRow:
    return PersonRow(Person(StaffId(staff_id), UnionId(union_id), name, place), seen_at)


keep = alone(keep_in)
index = alone(index_in)
find = alone(find_in)
of_union = alone(of_union_in)
begin_index = alone(begin_index_in)
end_index = alone(end_index_in)
indexed_at = alone(indexed_at_in)
indexed = alone(indexed_in)
names = alone(names_in)
known_readings = alone(known_readings_in)
learn = alone(learn_in)
