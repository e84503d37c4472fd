"""Slots that are being booked or were: what makes one event of two presses, and of two cards about the same people.

A hold is refused while somebody of it is in another one that lives and overlaps. It lives until its lease is over; from
then on calendars alone say who is free. One organizer may come back to their own hold after a crash.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.meetings import Details
from bot.model.people import ConversationId, OutTrackId, StaffId
from bot.model.time import Interval
from bot.store.store import alone
from bot.store.tables import bookings

_LOCK = 0x796B_626B  # "ykbk"; any number that nobody else in the database uses
_NO_OTHERS: Mapping[Interval, frozenset[StaffId]] = MappingProxyType({})


class HoldState(StrEnum):
    """How far a booking has come."""

    HOLDING = "holding"  # calendars are read
    CREATING = "creating"  # the event may exist by now
    BOOKED = "booked"
    RELEASED = "released"  # nothing is booked, or no longer


@dataclass(frozen=True, slots=True)
class HoldKey:
    """A slot of a card."""

    card: OutTrackId
    interval: Interval


@dataclass(frozen=True, slots=True)
class Hold:
    """A slot in the hands of `organizer`. `round` counts how often it was taken up anew: another event each time.

    `moves` is the event that is to be moved there; it is `event_id`, too, until a new one is made in its place.
    """

    key: HoldKey
    organizer: StaffId
    state: HoldState
    round: int
    event_id: str = ""
    booked_at: datetime | None = None
    moves: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """`people` are in other holds at that time."""

    people: frozenset[StaffId]


NOT_KEPT = dict.fromkeys(("title", "details", "responses", "look_at", "room"), sa.null())
"""What is known of a meeting only while it lies ahead."""
_Row = sa.Row[*tuple[Any, ...]]  # organizer, state, round, event_id, booked_at, lease_until, moves
_columns = bookings.c
_of_key = sa.and_(
    _columns.card == bindparam("of_card"),
    _columns.slot_start == bindparam("of_start"),
    _columns.slot_end == bindparam("of_end"),
)
_alive = sa.and_(_columns.state != HoldState.RELEASED.value, _columns.lease_until > bindparam("at"))
_GET = sa.select(
    _columns.organizer,
    _columns.state,
    _columns.round,
    _columns.event_id,
    _columns.booked_at,
    _columns.lease_until,
    _columns.moves,
).where(_of_key)
_RIVALS = sa.select(_columns.people, _columns.slot_start, _columns.slot_end, _columns.later).where(
    _alive,
    sa.or_(
        sa.and_(_columns.slot_start < bindparam("last_end"), _columns.slot_end > bindparam("of_start")),
        _columns.later.is_not(None),
    ),
    sa.not_(_of_key),
    sa.func.coalesce(_columns.event_id, "") != bindparam("but_for"),
)
_insert = insert(bookings)
_PUT = _insert.on_conflict_do_update(
    index_elements=[_columns.card, _columns.slot_start, _columns.slot_end],
    set_={
        name: _insert.excluded[name]
        for name in ("organizer", "people", "state", "round", "lease_until", "later", "moves")
    }
    # An event that was deleted a moment ago is known to be gone until the next one is about to be made.
    | {
        "event_id": sa.null(),
        "changed_at": sa.case((_columns.state == HoldState.RELEASED.value, _columns.changed_at)),
    }
    | NOT_KEPT,
)
_MOVE = (
    sa.update(bookings)
    .where(_of_key, _columns.round == bindparam("of_round"), _columns.state.in_(bindparam("seen", expanding=True)))
    .values(state=bindparam("next"), lease_until=bindparam("until"))
)
# From here on an event may exist again, so that the one that was deleted before is no longer told apart from it.
_BEGIN = _MOVE.values(found_free=bindparam("free"), booked_at=sa.null(), changed_at=sa.null())
_BOOKED = (
    sa.update(bookings)
    .where(_of_key, _columns.round == bindparam("of_round"), _columns.state != HoldState.RELEASED.value)
    .values(
        state=HoldState.BOOKED.value,
        event_id=bindparam("event"),
        booked_at=sa.func.coalesce(_columns.booked_at, bindparam("at", type_=_columns.booked_at.type)),
        changed_at=sa.func.coalesce(_columns.booked_at, bindparam("at", type_=_columns.booked_at.type)),
        attendees=bindparam("invited"),
        title=bindparam("called"),
        zone=bindparam("in_zone"),
        conversation_id=bindparam("in_chat"),
        details=bindparam("held"),
        look_at=bindparam("look", type_=_columns.look_at.type),
        responses=bindparam("said"),
        room=sa.func.coalesce(bindparam("in_room", type_=_columns.room.type), _columns.room),
        lease_until=bindparam("until"),
    )
)
_UNDO = (
    sa.update(bookings)
    .where(_columns.event_id == bindparam("event"), _columns.state != HoldState.RELEASED.value)
    .values(state=HoldState.RELEASED.value, changed_at=bindparam("at"), **NOT_KEPT)
)


def lock_in(connection: sa.Connection) -> None:
    """Nobody else takes a slot, or changes what is booked, until the transaction is over."""
    if connection.dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


def hold_in(
    connection: sa.Connection,
    key: HoldKey,
    *,
    organizer: StaffId,
    people: Iterable[StaffId],
    now: datetime,
    lease: timedelta,
    later: Mapping[Interval, frozenset[StaffId]] = _NO_OTHERS,
    moves: str | None = None,
) -> Hold | Refused:
    """The slot in the hands of `organizer`, or who of `people` is in another one at that time.

    Of a series `later` are the other times, each with who must not be in another hold then.

    New, released and lapsed ones begin in HOLDING; what the same organizer has begun comes back as far as it came, its
    lease as it was. Somebody else's counts like any other. An event that is to be moved there (`moves`) is in nobody's
    way.
    """
    lock_in(connection)
    found = connection.execute(_GET, _named(key)).one_or_none()
    lives = found is not None and found.state != HoldState.RELEASED and found.lease_until > now
    if found and found.organizer == organizer and (lives or found.state == HoldState.BOOKED):
        return _hold(key, found)
    wanted = frozenset(people)
    if found and lives:
        return Refused(wanted)
    if found and moves and found.moves == moves and found.state == HoldState.CREATING:  # it may be there by now
        return _hold(key, found)
    rivals = taken_in(connection, key, {key.interval: wanted, **later}, now=now, but_for=moves)
    if rivals:
        return Refused(rivals)
    starts = tuple(each.start for each in later)
    everybody = wanted.union(*later.values())
    return _begun(
        connection,
        key,
        found,
        organizer=organizer,
        people=everybody,
        until=now + lease,
        later=starts,
        moves=moves,
    )


def begin_in(
    connection: sa.Connection, hold: Hold, *, now: datetime, lease: timedelta, found_free: Iterable[StaffId] = ()
) -> bool:
    """Says that the event is about to be made; False where the hold was given up or taken up anew meanwhile.

    `found_free` have nothing at that time, by calendars that were read just now.
    """
    seen = (HoldState.HOLDING, HoldState.CREATING)
    values = _moving(hold, seen, HoldState.CREATING, until=now + lease) | {"free": listed(found_free)}
    return connection.execute(_BEGIN, values).rowcount == 1


def release_in(connection: sa.Connection, hold: Hold, *, now: datetime, created: bool = False) -> bool:
    """Gives up a hold whose event was not made; False where it has come further than that meanwhile.

    `created`: the event was being made, and is known not to exist.
    """
    seen = (HoldState.HOLDING, HoldState.CREATING) if created else (HoldState.HOLDING,)
    return _move(connection, hold, seen, HoldState.RELEASED, until=now)


def booked_in(
    connection: sa.Connection,
    hold: Hold,
    *,
    event_id: str,
    now: datetime,
    lease: timedelta,
    attendees: Iterable[StaffId] = (),
    title: str | None = None,
    zone: str | None = None,
    chat: ConversationId | None = None,
    details: Details | None = None,
    look_at: datetime | None = None,
    responses: str | None = None,
    room: str | None = None,
) -> bool:
    """Says that the event exists; until the lease is over the slot is taken whatever calendars say.

    `attendees` are all who were invited, and the organizer. `title`, `zone`, `chat` and `details` are kept for the list
    of what lies ahead. `look_at` is when the replies are to be looked at without being asked for, `responses`
    what they were at its time before, as they are stored; `room` is the one it had then, likewise.
    """
    values = _named(hold.key) | {"of_round": hold.round, "event": event_id, "at": now, "until": now + lease}
    values |= {"called": title, "in_zone": zone, "in_chat": chat, "look": look_at, "said": responses, "in_room": room}
    values |= {"held": json.dumps(asdict(details), ensure_ascii=False) if details else None}
    return connection.execute(_BOOKED, values | {"invited": listed(attendees)}).rowcount == 1


def undo_in(connection: sa.Connection, event_id: str, *, began: datetime) -> bool:
    """Says that an event is no more, and when it began to be deleted; False where that was said before."""
    return connection.execute(_UNDO, {"event": event_id, "at": began}).rowcount > 0


def taken_in(
    connection: sa.Connection,
    key: HoldKey,
    wanted: Mapping[Interval, frozenset[StaffId]],
    *,
    now: datetime,
    but_for: str | None = None,
) -> frozenset[StaffId]:
    """Who of those wanted at each time is then in another hold that lives, whatever holds the event `but_for`."""
    values = _named(key) | {"at": now, "last_end": max(each.end for each in wanted), "but_for": but_for or "-"}
    taken: set[StaffId] = set()
    for row in connection.execute(_RIVALS, values):
        people = frozenset(map(StaffId, json.loads(row.people)))
        held = times_of(Interval(row.slot_start, row.slot_end), row.later)
        for at, who in wanted.items():
            if any(map(at.overlaps, held)):
                taken |= people & who
    return frozenset(taken)


def times_of(first: Interval, later: str | None) -> list[Interval]:
    """Every time of a hold: the first, and those of a series that are stored as `later`."""
    starts = [datetime.fromisoformat(start) for start in json.loads(later)] if later else []
    return [first, *(Interval(start, start + first.length) for start in starts)]


def _begun(
    connection: sa.Connection,
    key: HoldKey,
    found: _Row | None,
    *,
    organizer: StaffId,
    people: frozenset[StaffId],
    until: datetime,
    later: tuple[datetime, ...] = (),
    moves: str | None = None,
) -> Hold:
    """A hold from its beginning. One whose outcome was never known keeps its round, and thereby its event."""
    same = found is not None and found.organizer == organizer and found.state != HoldState.RELEASED
    times = found.round + (not same) if found else 1
    row = {
        "card": key.card,
        "slot_start": key.interval.start,
        "slot_end": key.interval.end,
        "organizer": organizer,
        "people": listed(people),
        "state": HoldState.HOLDING.value,
        "round": times,
        "lease_until": until,
        "later": json.dumps([start.isoformat() for start in later]) if later else None,
        "moves": moves,
    }
    connection.execute(_PUT, row)
    return Hold(key, organizer, HoldState.HOLDING, times, moves=moves)


def _move(
    connection: sa.Connection, hold: Hold, seen: tuple[HoldState, ...], state: HoldState, *, until: datetime
) -> bool:
    return connection.execute(_MOVE, _moving(hold, seen, state, until=until)).rowcount == 1


def _moving(hold: Hold, seen: tuple[HoldState, ...], state: HoldState, *, until: datetime) -> dict[str, object]:
    values = {"of_round": hold.round, "seen": [each.value for each in seen], "next": state.value, "until": until}
    return _named(hold.key) | values


def _hold(key: HoldKey, found: _Row) -> Hold:
    state = HoldState(found.state)
    return Hold(key, StaffId(found.organizer), state, found.round, found.event_id or "", found.booked_at, found.moves)


def listed(people: Iterable[StaffId]) -> str:
    """People as they are stored."""
    return json.dumps(sorted(people))


def _named(key: HoldKey) -> dict[str, object]:
    return {"of_card": key.card, "of_start": key.interval.start, "of_end": key.interval.end}


hold = alone(hold_in)
begin = alone(begin_in)
release = alone(release_in)
booked = alone(booked_in)
undo = alone(undo_in)
