"""The room of an event that is there: put onto it, changed or given back. Doing it again is the same.

What is about to be put on is written down first, so that whoever comes back after a crash takes it off and puts it on
anew: a refusal then says that somebody else has it, and nothing of the first try.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.bookings import NOT_DONE
from bot.dingtalk import rooms as wire
from bot.errors import PermissionDenied, RemoteError
from bot.meetings.desk import Meetings
from bot.model.people import Person
from bot.model.rooms import Room, RoomBooked, RoomOfEvent, RoomOutcome
from bot.store import rooms as table


@dataclass(frozen=True, slots=True)
class RoomPut:
    """The room that the event has now, and what became of the wish, None: it was done.

    `room` is what the outcome speaks of, `scopes` are missing permission points.
    """

    booked: RoomBooked | None
    outcome: RoomOutcome | None = None
    room: Room | None = None
    scopes: tuple[str, ...] = ()


async def put(at: Meetings, event_id: str, room: Room, *, organizer: Person, again: bool = False) -> RoomPut:
    """The event with `room`, in the place of the one that it has.

    `again`: the room may be on the event already, for another time. Raises StoreError.
    """
    current = await table.of_event(at.store, event_id)
    if current is None:
        return RoomPut(None, RoomOutcome.REFUSED, room)
    old = current.booked
    if old and old.room.room_id == room.room_id:
        if not again and current.adding is None:
            return RoomPut(old)
        old = None
    unsure = [each for each in (current.adding, room if again else None) if each]
    await table.put(at.store, event_id, RoomOfEvent(old, adding=room))
    try:
        added = await _added(at, event_id, room, organizer, unsure)
    except NOT_DONE as error:
        await table.put(at.store, event_id, RoomOfEvent(old))
        scopes = error.scopes if isinstance(error, PermissionDenied) else ()
        return RoomPut(old, RoomOutcome.SCOPE if scopes else RoomOutcome.REFUSED, room, scopes)
    except RemoteError:
        return RoomPut(old, RoomOutcome.UNCERTAIN, room)
    if not added:
        await table.put(at.store, event_id, RoomOfEvent(old))
        return RoomPut(old, RoomOutcome.GONE, room)
    left = old is not None and not await _is_off(at, event_id, old.room, organizer)
    await table.put(at.store, event_id, RoomOfEvent(RoomBooked(room)))
    return RoomPut(RoomBooked(room), RoomOutcome.LEFT if left else None, old.room if old and left else None)


async def _added(at: Meetings, event_id: str, room: Room, organizer: Person, unsure: list[Room]) -> bool:
    """True where the event has the room now. Those that it may have already are taken off first.

    Refused after that, once more: a call of whoever died may have arrived in between. Raises RemoteError.
    """
    for _ in range(2 if unsure else 1):
        for each in unsure:
            await _remove(at, event_id, each, organizer)
        if await wire.add_room(
            at.api,
            organizer=organizer.union_id,
            event_id=event_id,
            room_id=room.room_id,
            deadline=at.timing.call_within,
        ):
            return True
    return False


async def drop(at: Meetings, event_id: str, *, organizer: Person) -> RoomPut:
    """The event without a room. Raises StoreError."""
    current = await table.of_event(at.store, event_id) or RoomOfEvent()
    rooms = [each for each in (current.adding, current.booked.room if current.booked else None) if each]
    off = [await _is_off(at, event_id, each, organizer) for each in rooms]
    if not all(off):
        return RoomPut(current.booked, RoomOutcome.UNCERTAIN, rooms[-1])
    await table.put(at.store, event_id, RoomOfEvent())
    return RoomPut(None, RoomOutcome.DROPPED, rooms[-1] if rooms else None)


async def pending(at: Meetings, event_id: str, room: Room) -> RoomBooked:
    """Says that the room of an event waits for approval. Raises StoreError."""
    booked = RoomBooked(room, pending=True)
    await table.put(at.store, event_id, RoomOfEvent(booked))
    return booked


async def _is_off(at: Meetings, event_id: str, room: Room, organizer: Person) -> bool:
    try:
        await _remove(at, event_id, room, organizer)
    except RemoteError:
        return False
    return True


async def _remove(at: Meetings, event_id: str, room: Room, organizer: Person) -> None:
    await wire.remove_room(
        at.api,
        organizer=organizer.union_id,
        event_id=event_id,
        room_id=room.room_id,
        deadline=at.timing.call_within,
    )
