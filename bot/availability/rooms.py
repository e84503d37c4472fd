"""Which rooms come into question, the best first, and how each stands over the asked windows. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import timedelta

from rapidfuzz.distance import OSA

from bot.availability.intervals import subtract, union
from bot.model.freebusy import BusyStatus, FreeBusy, State, Unknown
from bot.model.people import UnknownReason
from bot.model.rooms import Room, RoomVerdict, RoomWish
from bot.model.time import Interval

_SHORTEST = timedelta(minutes=30)
_GENERIC = re.compile(r"会议室|洽谈室|讨论室|\b(?:the|any|meeting|conference|rooms?|boardroom)\b|^[间个的]+|的$")
_BETWEEN = re.compile(r"[\s\-_·・.（）()]+")
_FAR = 0.34
"""Of the letters of two names so many may differ at most."""


def plain_name(text: str) -> str:
    """A name without the words that every room has: 西湖厅会议室 and "the West Lake room" are 西湖厅 and westlake.

    >>> plain_name("The West-Lake Room"), plain_name("会议室 A201"), plain_name("间会议室")
    ('westlake', 'a201', '')
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _BETWEEN.sub("", _GENERIC.sub(" ", folded))


def likeness(said: str, room: Room) -> int | None:
    """How near a room's name comes to what was typed, 0 being the same; None where it does not.

    A name that is a part of the other comes before one with other letters, and that before a place of that name.
    """
    wanted, name, place = plain_name(said), plain_name(room.name), plain_name(room.place)
    if not wanted:
        return None
    if wanted == name:
        return 0
    if name and (_is_part(wanted, name) or _is_part(name, wanted)):
        return 1
    if name and min(len(wanted), len(name)) > 2 and OSA.normalized_distance(wanted, name) <= _FAR:
        return 2
    return 3 if place and (_is_part(wanted, place) or _is_part(place, wanted)) else None


def _is_part(part: str, whole: str) -> bool:
    """True for a part that is more than a letter or a digit, which many names have."""
    return part in whole and (len(part) > 1 or not part.isascii())


def ranked(rooms: Iterable[Room], wish: RoomWish) -> tuple[Room, ...]:
    """The rooms that are large enough, those first whose names come near, then the smallest that will do.

    A room of unknown size comes last; where a size was asked for in words it does not come at all. Where none was, a
    room that was asked for by name is large enough.
    """
    listed = tuple(rooms)
    far = {room.room_id: likeness(wish.name, room) for room in listed}

    def fits(room: Room) -> bool:
        if not wish.told and far[room.room_id] is not None:
            return True
        return not (wish.told and wish.seats) if room.capacity is None else room.capacity >= wish.seats

    def order(room: Room) -> tuple[int, bool, int]:
        near = far[room.room_id]
        size = room.capacity or 0 if wish.seats else 0
        return (9 if near is None else near, bool(wish.seats) and room.capacity is None, size)

    return tuple(sorted(filter(fits, listed), key=order))


def is_free(known: FreeBusy | Unknown | None, interval: Interval) -> bool:
    """True where a room is known to have nothing in `interval`, not even something that waits for approval."""
    if not isinstance(known, FreeBusy) or interval.clip(known.window) != interval:
        return False
    return not any(item.interval.overlaps(interval) for item in known.busy)


def judge_room(
    room: Room, known: FreeBusy | Unknown, stretches: Sequence[Interval], *, shortest: timedelta = _SHORTEST
) -> RoomVerdict:
    """How a room stands over `stretches`, of which there is one at least; `shortest` is what counts as a free one."""
    if isinstance(known, Unknown):
        return RoomVerdict(room, State.UNKNOWN, unknown=known)
    whole = Interval(stretches[0].start, stretches[-1].end)
    if whole.clip(known.window) != whole:
        return RoomVerdict(room, State.UNKNOWN, unknown=known.beyond or Unknown(UnknownReason.NO_ANSWER))
    inside = [item for item in known.busy if any(map(item.interval.overlaps, stretches))]
    if not inside:
        return RoomVerdict(room, State.FREE, free=tuple(stretches))
    least = min([shortest, *(stretch.length for stretch in stretches)])
    free = [gap for gap in subtract(stretches, [item.interval for item in inside]) if gap.length >= least]
    if all(item.status is BusyStatus.TENTATIVE for item in inside):
        return RoomVerdict(room, State.TENTATIVE, free=tuple(free))
    runs = union(item.interval for item in known.busy)
    until = next((run.end for run in runs if run.start < whole.end <= run.end), None)
    return RoomVerdict(room, State.BUSY, tuple(free), None if free else until)
