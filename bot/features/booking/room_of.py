"""The room of a meeting that is there: put onto it once the event is made, changed, given back."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.errors import PermissionDenied, RemoteError
from bot.features.common.rooms import free_rooms
from bot.features.services import Services
from bot.meetings import rooms
from bot.meetings.rooms import RoomPut
from bot.model.freebusy import BusyStatus, FreeBusy
from bot.model.meetings import Booking
from bot.model.people import Person
from bot.model.questions import Question
from bot.model.rooms import Room, RoomBooked, RoomNote, RoomOutcome
from bot.model.time import Interval

_MOST_INSTEAD = 2
_LEAST_SECONDS = 2.0


async def with_room(
    question: Question,
    booking: Booking,
    room: Room,
    services: Services,
    *,
    within: float | None = None,
    again: bool = False,
) -> tuple[Booking, RoomNote | None]:
    """The meeting with `room`, and what became of that where it is not simply so.

    The event is there whatever becomes of its room, for which there are `within` seconds. Where somebody else has it
    the next two are named. `again`: the event may have it for another time. Raises StoreError.
    """
    try:
        async with asyncio.timeout(services.timing.book_within if within is None else within):
            organizer = await services.directory.person(booking.organizer)
            put = await rooms.put(services.meetings, booking.event_id, room, organizer=organizer, again=again)
            return await _outcome_of(question, booking, put, organizer, services)
    except TimeoutError:
        return booking, RoomNote(RoomOutcome.UNCERTAIN, room)
    except RemoteError as error:
        scopes = error.scopes if isinstance(error, PermissionDenied) else ()
        return booking, RoomNote(RoomOutcome.REFUSED, room, scopes=scopes)


async def without_room(booking: Booking, services: Services) -> tuple[Booking, RoomNote | None]:
    """The meeting without its room. Raises StoreError."""
    try:
        async with asyncio.timeout(services.timing.book_within):
            organizer = await services.directory.person(booking.organizer)
            put = await rooms.drop(services.meetings, booking.event_id, organizer=organizer)
    except TimeoutError:
        return booking, RoomNote(RoomOutcome.UNCERTAIN, booking.room.room if booking.room else None)
    except RemoteError:
        return booking, RoomNote(RoomOutcome.REFUSED, booking.room.room if booking.room else None)
    note = RoomNote(put.outcome, put.room) if put.outcome and put.room else None
    return replace(booking, room=put.booked), note


async def _outcome_of(
    question: Question, booking: Booking, put: RoomPut, organizer: Person, services: Services
) -> tuple[Booking, RoomNote | None]:
    """What came of a room: whether it waits for approval, and what is free where it is gone."""
    has = put.booked
    if (
        has
        and put.outcome in (None, RoomOutcome.LEFT)
        and await _waits(booking.interval, has.room, organizer, services)
    ):
        has = await rooms.pending(services.meetings, booking.event_id, has.room)
    booking = replace(booking, room=has)
    if put.outcome is None:
        return booking, None
    others: tuple[Room, ...] = ()
    if put.outcome is RoomOutcome.GONE:
        people = len(booking.attendees)
        read = await free_rooms(
            question, services, booking.interval, people=people, asker=booking.organizer, but_for=put.room, anew=True
        )
        others = tuple(each for each in read.free_at(booking.interval) if not _has(has, each))[:_MOST_INSTEAD]
    return booking, RoomNote(put.outcome, put.room, others, put.scopes)


def time_left(began: float, services: Services) -> float:
    """How many seconds are left of those for a booking that began then (loop time); a few in any case."""
    return max(began + services.timing.book_within - asyncio.get_running_loop().time(), _LEAST_SECONDS)


def _has(booked: RoomBooked | None, room: Room) -> bool:
    return booked is not None and booked.room.room_id == room.room_id


async def _waits(interval: Interval, room: Room, organizer: Person, services: Services) -> bool:
    """True where what stands in the room then is only tentative, as a booking is that waits for approval."""
    zone = services.calendar(services.config.timezone).zone
    found = await services.rooms.schedules(organizer, [room], window=interval, zone=zone, anew=True)
    known = found[room.room_id]
    if not isinstance(known, FreeBusy):
        return False
    there = [item.status for item in known.busy if item.interval.overlaps(interval)]
    return bool(there) and all(status is BusyStatus.TENTATIVE for status in there)
