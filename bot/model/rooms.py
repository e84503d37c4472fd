"""Meeting rooms: what is known of each, how it stands over the asked windows, and what became of one of a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.model.freebusy import State, Unknown
from bot.model.time import Interval

RoomId = NewType("RoomId", str)
"""A meeting room of the organisation (DingTalk: roomId)."""


@dataclass(frozen=True, slots=True)
class Room:
    """A meeting room. `capacity` is how many it seats, None where that is not said; `place` is where it is, or ""."""

    room_id: RoomId
    name: str
    capacity: int | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class RoomWish:
    """What a room should be: near in `name` to what was typed ("" for any), for at least `seats` people.

    `seats` is 0 for any. `told`: so many were asked for in words, so that a room of unknown size will not do.
    """

    name: str = ""
    seats: int = 0
    told: bool = False


@dataclass(frozen=True, slots=True)
class RoomVerdict:
    """One room over the asked windows.

    `state` is FREE, TENTATIVE (somebody's booking waits for approval), BUSY or UNKNOWN. `free` are the stretches in
    which nothing stands, `until` is when a room that is taken throughout is free again. `unknown` is set exactly where
    `state` is UNKNOWN.
    """

    room: Room
    state: State
    free: tuple[Interval, ...] = ()
    until: datetime | None = None
    unknown: Unknown | None = None

    @property
    def partly(self) -> bool:
        """Taken for a part of the windows and free for another."""
        return self.state is State.BUSY and bool(self.free)


@dataclass(frozen=True, slots=True)
class RoomBooked:
    """The room that a meeting has; `pending`: it waits for approval."""

    room: Room
    pending: bool = False


@dataclass(frozen=True, slots=True)
class RoomOfEvent:
    """The room of a meeting as the store keeps it. `adding` is one that may be on the event by now, nobody knows."""

    booked: RoomBooked | None = None
    adding: Room | None = None


class RoomOutcome(StrEnum):
    """What became of a wish for a room, where that is not simply done."""

    GONE = "gone"  # somebody else has it
    UNCERTAIN = "uncertain"  # DingTalk has not answered
    SCOPE = "scope"  # the app lacks a permission point
    REFUSED = "refused"
    DROPPED = "dropped"  # it was given back
    LEFT = "left"  # another one is booked, this one could not be given back


@dataclass(frozen=True, slots=True)
class RoomNote:
    """What became of `room`, and which `others` are free instead, the best first. `scopes` are missing permissions."""

    outcome: RoomOutcome
    room: Room | None = None
    others: tuple[Room, ...] = ()
    scopes: tuple[str, ...] = ()
