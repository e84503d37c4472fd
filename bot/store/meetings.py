"""The meetings that the bot made: those of one person that lie ahead, one that is moved, whose guests change.

A move is a hold of the new time that names the event it moves. The old time stays booked until the event is known to be
at the new one; both change in one transaction, so that there is one time of an event whatever dies in between.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy import bindparam

from bot.model.meetings import Details, Meeting, Responses
from bot.model.people import ConversationId, OutTrackId, StaffId
from bot.model.rooms import RoomOfEvent
from bot.model.time import Interval
from bot.store import bookings as holds
from bot.store.bookings import NOT_KEPT, Hold, HoldKey, HoldState, Refused, listed, lock_in
from bot.store.store import alone
from bot.store.tables import bookings, cards

_columns = bookings.c
RESPONSES = TypeAdapter(Responses)
ROOMS = TypeAdapter(RoomOfEvent)
_MEETING = (
    sa.select(
        _columns.card,
        _columns.event_id,
        _columns.slot_start,
        _columns.slot_end,
        _columns.organizer,
        _columns.people,
        _columns.attendees,
        _columns.booked_at,
        _columns.title,
        _columns.moves,
        _columns.zone,
        _columns.details,
        _columns.responses,
        _columns.room,
        _columns.later,
        sa.func.coalesce(_columns.conversation_id, cards.c.conversation_id).label("chat"),
    )
    .select_from(bookings.outerjoin(cards, cards.c.out_track_id == _columns.card))
    .where(_columns.state == HoldState.BOOKED.value, _columns.event_id.is_not(None))
)
_AHEAD = _MEETING.where(
    _columns.organizer == bindparam("person"),
    sa.or_(_columns.slot_end > bindparam("at", type_=_columns.slot_end.type), _columns.later.is_not(None)),
).order_by(_columns.slot_start, _columns.event_id)
OF_EVENT = _MEETING.where(_columns.event_id == bindparam("event"))
_of_key = sa.and_(
    _columns.card == bindparam("of_card"),
    _columns.slot_start == bindparam("of_start"),
    _columns.slot_end == bindparam("of_end"),
)
_OF_KEY = _MEETING.where(_of_key)
_MOVERS = sa.select(sa.func.count()).where(
    _columns.moves == bindparam("event"),
    _columns.state.in_((HoldState.HOLDING.value, HoldState.CREATING.value)),
    _columns.lease_until > bindparam("at"),
    sa.not_(_of_key),
)
_CHANGING = (
    sa.update(bookings)
    .where(_of_key, _columns.round == bindparam("of_round"), _columns.state == HoldState.CREATING.value)
    .values(event_id=bindparam("event"))
)
_LEAVE = (
    sa.update(bookings)
    .where(_columns.event_id == bindparam("event"), _columns.state != HoldState.RELEASED.value, sa.not_(_of_key))
    .values(state=HoldState.RELEASED.value, changed_at=bindparam("at"), **NOT_KEPT)
)
_booked = sa.update(bookings).where(_columns.event_id == bindparam("event"), _columns.state == HoldState.BOOKED.value)
_is_told = sa.or_(
    *(each.is_not(None) for each in (_columns.title, _columns.details, _columns.responses, _columns.room))
)
_SERIES = _MEETING.where(_is_told, _columns.later.is_not(None), _columns.slot_end < bindparam("at"))
_FORGET = (
    sa.update(bookings)
    .where(
        _is_told,
        _columns.slot_end < bindparam("at"),
        sa.or_(_columns.later.is_(None), _columns.event_id.in_(bindparam("over", expanding=True))),
    )
    .values(**NOT_KEPT)
)
_JOIN = _booked.values(people=bindparam("all"), lease_until=bindparam("until"))
_PART = _booked.values(people=bindparam("all"))
_GUESTS = _booked.values(people=bindparam("all"), attendees=bindparam("invited"), changed_at=bindparam("at"))


def ahead_in(connection: sa.Connection, organizer: StaffId, *, now: datetime) -> list[Meeting]:
    """What `organizer` had the bot make and is not over, in order of their next time."""
    found = [meeting_of(row) for row in connection.execute(_AHEAD, {"person": organizer, "at": now})]
    coming = [(each.ahead(now)[0].start, each.event_id, each) for each in found if each.ahead(now)]
    return [each for *_, each in sorted(coming, key=lambda entry: entry[:2])]


def of_event_in(connection: sa.Connection, event_id: str) -> Meeting | None:
    """The meeting of an event; None for one that is not the bot's, or no more."""
    row = connection.execute(OF_EVENT, {"event": event_id}).first()
    return None if row is None else meeting_of(row)


def forget_titles_in(connection: sa.Connection, *, now: datetime) -> int:
    """Drops what meetings that are over were called, how they were held and who replied what; gives how many."""
    series = [meeting_of(row) for row in connection.execute(_SERIES, {"at": now})]
    over = [each.event_id for each in series if not each.ahead(now)]
    return connection.execute(_FORGET, {"at": now, "over": over}).rowcount


# ---------------------------------------------------------------- another time
def hold_in(
    connection: sa.Connection,
    key: HoldKey,
    *,
    event_id: str,
    organizer: StaffId,
    people: Iterable[StaffId],
    now: datetime,
    lease: timedelta,
) -> Hold | Refused | None:
    """The time of `key` in the hands of `organizer` for an event; None where that is no more.

    Refused while somebody of it is in another meeting at that time, or (of nobody) while it is moved from elsewhere.
    """
    lock_in(connection)
    there = connection.execute(_OF_KEY, _named(key)).first()
    if there and event_id in (there.event_id, there.moves):
        return Hold(key, StaffId(there.organizer), HoldState.BOOKED, 0, there.event_id, there.booked_at, there.moves)
    if connection.execute(OF_EVENT, {"event": event_id}).first() is None:
        return None
    if connection.scalar(_MOVERS, _named(key) | {"event": event_id, "at": now}):
        return Refused(frozenset())
    wanted = frozenset(people)
    held = holds.hold_in(connection, key, organizer=organizer, people=wanted, now=now, lease=lease, moves=event_id)
    return Refused(wanted) if isinstance(held, Hold) and held.moves != event_id else held


def begin_in(
    connection: sa.Connection,
    hold: Hold,
    *,
    event_id: str | None,
    now: datetime,
    lease: timedelta,
    found_free: Iterable[StaffId] = (),
) -> bool:
    """Says that the event is about to be moved, or (None) that a new one is about to take its place.

    False where the hold was given up meanwhile, as whoever cancels the event does.
    """
    lock_in(connection)
    if hold.state is HoldState.HOLDING and not holds.begin_in(
        connection, hold, now=now, lease=lease, found_free=found_free
    ):
        return False
    changed = connection.execute(_CHANGING, _named(hold.key) | {"of_round": hold.round, "event": event_id})
    return changed.rowcount == 1


def finish_in(
    connection: sa.Connection,
    hold: Hold,
    *,
    old_event: str,
    event_id: str,
    began: datetime,
    now: datetime,
    lease: timedelta,
    attendees: Collection[StaffId] | None = None,
    look_at: datetime | None = None,
) -> Meeting | None:
    """Says that the meeting is at the time of `hold`, and where it was; None where it was cancelled meanwhile.

    `event_id` is another one than `old_event` where a new one was made; the old one is then still there. `attendees`
    are those of the new one.
    """
    lock_in(connection)
    row = connection.execute(OF_EVENT, {"event": old_event}).first()
    if row is None:
        return None
    old = meeting_of(row)
    done = holds.booked_in(
        connection,
        hold,
        event_id=event_id,
        now=now,
        lease=lease,
        attendees=old.attendees if attendees is None else attendees,
        title=row.title,
        zone=row.zone,
        chat=old.chat,
        details=old.details,
        look_at=look_at,
        responses=row.responses,
        room=row.room,
    )
    if done and event_id == old_event:
        connection.execute(_LEAVE, _named(hold.key) | {"event": old_event, "at": began})
    return old if done else None


# ---------------------------------------------------------------- other guests
@dataclass(frozen=True, slots=True)
class Joined:
    """A meeting whose time is held for more people. `again`: it was before, so that they may be invited by now."""

    meeting: Meeting
    again: bool


def join_in(
    connection: sa.Connection, event_id: str, people: Iterable[StaffId], *, now: datetime, lease: timedelta
) -> Joined | Refused | None:
    """Holds the time of a meeting for `people`, too; Refused who of them is in another one, None: there is none."""
    lock_in(connection)
    row = connection.execute(OF_EVENT, {"event": event_id}).first()
    if row is None:
        return None
    wanted = frozenset(people)
    key = _key(row)
    rivals = holds.taken_in(connection, key, {key.interval: wanted}, now=now, but_for=event_id)
    if rivals:
        return Refused(rivals)
    before = frozenset(json.loads(row.people))
    connection.execute(_JOIN, {"event": event_id, "all": listed(wanted | before), "until": now + lease})
    return Joined(meeting_of(row), again=wanted <= before)


def part_in(connection: sa.Connection, meeting: Meeting) -> None:
    """Holds the time of a meeting for nobody but those who are invited."""
    connection.execute(_PART, {"event": meeting.event_id, "all": listed(meeting.attendees)})


def guests_in(connection: sa.Connection, event_id: str, attendees: Collection[StaffId], *, now: datetime) -> bool:
    """Says who is invited by now, the organizer included; False where there is no such meeting."""
    values = {"event": event_id, "all": listed(attendees), "invited": listed(attendees), "at": now}
    return connection.execute(_GUESTS, values).rowcount > 0


def _key(row: sa.Row[*tuple[Any, ...]]) -> HoldKey:
    return HoldKey(OutTrackId(row.card), Interval(row.slot_start, row.slot_end))


def meeting_of(row: sa.Row[*tuple[Any, ...]]) -> Meeting:
    card, _, rule = row.card.partition(" ")
    organizer = StaffId(row.organizer)
    others = [StaffId(each) for each in json.loads(row.attendees or "[]") if each != organizer]
    return Meeting(
        event_id=row.event_id,
        interval=Interval(row.slot_start, row.slot_end),
        organizer=organizer,
        attendees=(organizer, *others),
        booked_at=row.booked_at,
        title=row.title or "",
        chat=ConversationId(row.chat) if row.chat else None,
        zone=row.zone,
        card=OutTrackId(card),
        details=Details(**json.loads(row.details)) if row.details else Details(),
        responses=RESPONSES.validate_json(row.responses) if row.responses else None,
        room=ROOMS.validate_json(row.room) if row.room else RoomOfEvent(),
        later=tuple(datetime.fromisoformat(start) for start in json.loads(row.later or "[]")),
        rule=rule,
    )


def _named(key: HoldKey) -> dict[str, object]:
    return {"of_card": key.card, "of_start": key.interval.start, "of_end": key.interval.end}


ahead = alone(ahead_in)
of_event = alone(of_event_in)
hold = alone(hold_in)
begin = alone(begin_in)
finish = alone(finish_in)
join = alone(join_in)
part = alone(part_in)
guests = alone(guests_in)
forget_titles = alone(forget_titles_in)
