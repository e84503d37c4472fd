"""What people have said of their own working time, zone and days off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.own_hours import NOTHING_OWN, OwnHours
from bot.model.people import ConversationId, OutTrackId, StaffId
from bot.store import actions
from bot.store.actions import Action, ActionKind, Origin
from bot.store.store import alone
from bot.store.tables import own_hours

_HOURS = TypeAdapter(OwnHours)
_columns = own_hours.c
_OF = sa.select(_columns.staff_id, _columns.value).where(_columns.staff_id.in_(bindparam("people", expanding=True)))
_ALL = sa.select(_columns.value).where(_columns.value.is_not(None))
_ONE = sa.select(_columns.value, _columns.before, _columns.at).where(_columns.staff_id == bindparam("person"))
_insert = insert(own_hours)
_PUT = _insert.on_conflict_do_update(
    index_elements=[_columns.staff_id],
    set_={"value": _insert.excluded.value, "before": _columns.value, "at": _insert.excluded.at},
    where=_columns.at < _insert.excluded.at,
)
_UNDO = (
    sa.update(own_hours)
    .where(_columns.staff_id == bindparam("person"), _columns.at == bindparam("then"))
    .values(value=_columns.before, at=bindparam("later"))
)
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody has said of themselves, what they had said `before`, and when they said it."""

    hours: OwnHours
    before: OwnHours
    at: datetime


def of_people_in(connection: sa.Connection, people: Iterable[StaffId]) -> dict[StaffId, OwnHours]:
    """What these people have said; whoever has said nothing is not in it."""
    wanted = sorted(set(people))
    if not wanted:
        return {}
    return {StaffId(row.staff_id): _read(row.value) for row in connection.execute(_OF, {"people": wanted})}


def countries_in(connection: sa.Connection) -> list[str]:
    """Whose holidays people have said that they have, each once."""
    said = [_read(value).country for value in connection.scalars(_ALL)]
    return sorted({country for country in said if country})


def told_in(connection: sa.Connection, person: StaffId) -> Told | None:
    """What one person has said; None where they never have."""
    row = connection.execute(_ONE, {"person": person}).first()
    return Told(_read(row.value), _read(row.before), row.at) if row else None


def put_in(
    connection: sa.Connection,
    person: StaffId,
    hours: OwnHours,
    *,
    at: datetime,
    chat: ConversationId,
    card: OutTrackId | None = None,
) -> None:
    """What `person` says at `at`; what they said then or later stays, so that it may be repeated."""
    value = _HOURS.dump_json(hours, exclude_defaults=True).decode()
    connection.execute(_PUT, {"staff_id": person, "value": value, "before": None, "at": at})
    told = told_in(connection, person)
    if told and told.at == _cut(at):
        _log(connection, person, told.at, chat, card)


def undo_in(
    connection: sa.Connection,
    person: StaffId,
    *,
    at: datetime,
    now: datetime,
    chat: ConversationId,
    card: OutTrackId | None = None,
) -> bool:
    """Takes back what was said at `at`; False where something was said since. Again at the same `now` it is True."""
    later = _cut(max(now, at + _MILLISECOND))
    connection.execute(_UNDO, {"person": person, "then": at, "later": later})
    told = told_in(connection, person)
    if told is None or told.at != later:
        return False
    _log(connection, person, later, chat, card)
    return True


def _read(value: str | None) -> OwnHours:
    return _HOURS.validate_json(value) if value else NOTHING_OWN


def _log(
    connection: sa.Connection, person: StaffId, at: datetime, chat: ConversationId, card: OutTrackId | None
) -> None:
    about = f"{person} hours {at.isoformat()}"
    actions.put_in(connection, Action(ActionKind.SETTINGS_CHANGED, about, person, at, Origin(chat, card)))


def _cut(moment: datetime) -> datetime:
    """As it is kept, in milliseconds."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


of_people = alone(of_people_in)
countries = alone(countries_in)
told = alone(told_in)
put = alone(put_in)
undo = alone(undo_in)
