"""Which rooms there are and when they are taken: the list once a day, five rooms a call, nothing twice in a minute.

What cannot be read is Unknown, with the reason; a room that is missing from the answer is not free.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from bot.dingtalk import rooms as wire
from bot.dingtalk.http import Api
from bot.errors import PermissionDenied, RemoteError
from bot.model.freebusy import FreeBusy, Unknown
from bot.model.people import Person, UnionId, reason_of
from bot.model.rooms import Room, RoomId
from bot.model.time import Interval
from bot.schedules import free_busy_of

MOST_ROOMS = 10
"""That are looked at for one question."""
A_CALL = wire.MAX_ROOMS
_KEPT_SECONDS = 60.0
_LISTED_SECONDS = 86_400.0
_FAILED_SECONDS = 60.0
_MOST_KEPT = 2_000

Known = FreeBusy | Unknown
_Asked = tuple[UnionId, RoomId, Interval]


@dataclass(frozen=True, slots=True)
class _Listed:
    rooms: tuple[Room, ...] | Unknown
    until: float
    """Loop time."""


class Rooms:
    """The rooms of the organisation. Whoever asks sees to it that they are on."""

    def __init__(
        self, api: Api, *, kept_seconds: float = _KEPT_SECONDS, listed_seconds: float = _LISTED_SECONDS
    ) -> None:
        self._api = api
        self._listed_seconds = listed_seconds
        self._kept_seconds = kept_seconds
        self._listed: _Listed | None = None
        self._kept: dict[_Asked, tuple[Known, float]] = {}
        self._turn = asyncio.Lock()

    async def listed(self, asker: Person) -> tuple[Room, ...] | Unknown:
        """Every room, read in the name of whoever asks first on a day; never raises a RemoteError.

        Where it cannot be read anew the list of the day before serves, and is tried again after a minute.
        """
        async with self._turn:
            now = asyncio.get_running_loop().time()
            if self._listed is None or self._listed.until <= now:
                self._listed = await self._list(asker, self._listed, now)
            return self._listed.rooms

    async def _list(self, asker: Person, before: _Listed | None, now: float) -> _Listed:
        try:
            found = await wire.list_rooms(self._api, asker=asker.union_id)
        except RemoteError as error:
            old = before.rooms if before else None
            return _Listed(old if isinstance(old, tuple) else unread(error), now + _FAILED_SECONDS)
        rooms = tuple(Room(RoomId(each.room_id), each.name, each.capacity, each.place) for each in found)
        return _Listed(rooms, now + self._listed_seconds)

    async def schedules(
        self, asker: Person, rooms: Sequence[Room], *, window: Interval, zone: tzinfo, anew: bool = False
    ) -> dict[RoomId, Known]:
        """When each room is taken over `window`, as `asker` may see it; never raises a RemoteError.

        One call for each five rooms that were not read within a minute, all together; `anew` asks whatever was read.
        """
        ids = list(dict.fromkeys(room.room_id for room in rooms))
        found = {} if anew else {each: kept for each in ids if (kept := self._fresh(asker, each, window)) is not None}
        missing = [each for each in ids if each not in found]
        batches = [missing[at : at + A_CALL] for at in range(0, len(missing), A_CALL)]
        for read in await asyncio.gather(*(self._read(asker, batch, window, zone) for batch in batches)):
            found |= read
        return found

    def _fresh(self, asker: Person, room: RoomId, window: Interval) -> Known | None:
        kept = self._kept.get((asker.union_id, room, window))
        return kept[0] if kept and kept[1] > asyncio.get_running_loop().time() else None

    async def _read(self, asker: Person, rooms: list[RoomId], window: Interval, zone: tzinfo) -> dict[RoomId, Known]:
        start, end = window.start.astimezone(zone), window.end.astimezone(zone)
        try:
            answer = await wire.query_rooms(self._api, asker=asker.union_id, rooms=rooms, start=start, end=end)
        except RemoteError as error:
            return dict.fromkeys(rooms, unread(error))
        found: dict[RoomId, Known] = {
            room: free_busy_of([entry for entry in answer if entry.room_id == room], window, zone) for room in rooms
        }
        until = asyncio.get_running_loop().time() + self._kept_seconds
        if len(self._kept) > _MOST_KEPT:
            self._kept.clear()
        self._kept |= {
            (asker.union_id, room, window): (known, until)
            for room, known in found.items()
            if isinstance(known, FreeBusy)
        }
        return found


def unread(error: RemoteError) -> Unknown:
    """Why nothing is known of rooms."""
    scopes = error.scopes if isinstance(error, PermissionDenied) else ()
    return Unknown(reason_of(error), ",".join(scopes))
