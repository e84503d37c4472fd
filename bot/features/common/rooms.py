"""The meeting rooms that come into question, and what is known of them: what every feature with rooms begins with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.availability.rooms import is_free, likeness, plain_name, ranked
from bot.errors import RemoteError
from bot.features.services import Services
from bot.model.freebusy import FreeBusy, Unknown
from bot.model.people import StaffId
from bot.model.questions import Question
from bot.model.requests import Request
from bot.model.rooms import Room, RoomId, RoomWish
from bot.model.time import Interval
from bot.rooms import A_CALL, MOST_ROOMS, unread

MOST_OFFERED = 3
_ALIKE = 2
"""From here on a name is only near, and a place is no name."""


@dataclass(frozen=True, slots=True)
class RoomsRead:
    """What is known of the rooms that were looked at, the best first, and how many others would do, too.

    `failed` is why no room is known at all. `unmatched` is a name that was asked for and no room has, `named` are those
    of the name.
    """

    known: tuple[tuple[Room, FreeBusy | Unknown], ...] = ()
    others: int = 0
    failed: Unknown | None = None
    unmatched: str = ""
    named: tuple[Room, ...] = ()

    def free_at(self, interval: Interval) -> tuple[Room, ...]:
        """Those that are known to be free, the best first."""
        return tuple(room for room, known in self.known if is_free(known, interval))

    @property
    def unknown(self) -> Unknown | None:
        """Why something is not known, of the first room of which that is so."""
        return self.failed or next((known for _, known in self.known if isinstance(known, Unknown)), None)


def wish_of(request: Request, people: int = 0) -> RoomWish:
    """What a room should be by the words, and for so many people where they do not say how many."""
    name = request.place or ""
    return RoomWish(name if plain_name(name) else "", request.seats or people, told=bool(request.seats))


async def look(
    wish: RoomWish,
    services: Services,
    *,
    asker: StaffId,
    window: Interval,
    zone: str,
    slots: Sequence[Interval] = (),
    anew: bool = False,
) -> RoomsRead:
    """Ten rooms at most over `window`, in the name of `asker`; with `slots` five, while each has one that is free.

    Never raises a RemoteError: what cannot be read is said so.
    """
    try:
        who = await services.directory.person(asker)
    except RemoteError as error:
        return RoomsRead(failed=unread(error))
    listed = await services.rooms.listed(who)
    if isinstance(listed, Unknown):
        return RoomsRead(failed=listed)
    rooms = ranked(listed, wish)
    near = {room.room_id: likeness(wish.name, room) for room in listed} if wish.name else {}
    wanted, place = rooms[:MOST_ROOMS], services.calendar(zone).zone
    first = wanted[:A_CALL] if slots else wanted
    found: Mapping[RoomId, FreeBusy | Unknown]
    found = await services.rooms.schedules(who, first, window=window, zone=place, anew=anew)
    if slots and not all(any(is_free(known, slot) for known in found.values()) for slot in slots):
        rest = wanted[A_CALL:]
        found = {**found, **await services.rooms.schedules(who, rest, window=window, zone=place, anew=anew)}
    known = tuple((room, found[room.room_id]) for room in wanted if room.room_id in found)
    alike = {room_id for room_id, far in near.items() if far is not None}
    return RoomsRead(
        known,
        others=len(rooms) - len(known),
        unmatched=wish.name if wish.name and not alike else "",
        named=tuple(room for room in rooms if room.room_id in alike and (near[room.room_id] or 0) <= _ALIKE),
    )


async def free_rooms(
    question: Question,
    services: Services,
    interval: Interval,
    *,
    people: int,
    asker: StaffId,
    but_for: Room | None = None,
    anew: bool = False,
) -> RoomsRead:
    """The rooms for a meeting of so many `people` at `interval`, read over the days that it lies in."""
    window = services.calendar(question.zone).whole_days(interval)
    wish = wish_of(question.request, people)
    read = await look(wish, services, asker=asker, window=window, zone=question.zone, slots=(interval,), anew=anew)
    if but_for is None:
        return read
    known = tuple(each for each in read.known if each[0].room_id != but_for.room_id)
    return RoomsRead(known, read.others, read.failed, read.unmatched, read.named)
