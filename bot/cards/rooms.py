"""What cards say of meeting rooms: what each is, which are free, what became of the one of a meeting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from bot.cards.escape import name
from bot.cards.times import TimeWords
from bot.model.freebusy import State, Unknown
from bot.model.people import UnknownReason
from bot.model.replies import DraftRooms, FreeRooms, SlotRooms
from bot.model.rooms import Room, RoomBooked, RoomNote, RoomVerdict
from bot.model.time import Interval

_MOST_SPANS = 2
_INSTANT = timedelta(microseconds=1)
_GROUPS = ("free", "partly", "tentative", "busy", "unknown")


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """A room as its macros want it; `seats` 0: not said. `until`, `spans` and `reason` are as of its state."""

    name: str
    seats: int = 0
    place: str = ""
    state: str = ""
    until: str = ""
    spans: tuple[str, ...] = ()
    reason: UnknownReason | None = None
    pending: bool = False


def room_facts(room: Room | RoomBooked | None) -> RoomFacts | None:
    """What is said of one room."""
    if isinstance(room, RoomBooked):
        found = room.room
        return RoomFacts(name(found.name), found.capacity or 0, _place(found), pending=room.pending)
    return RoomFacts(name(room.name), room.capacity or 0, _place(room)) if room else None


def _place(room: Room) -> str:
    return name(room.place) if room.place else ""


def note_values(note: RoomNote | None) -> dict[str, Any]:
    """What became of a wish for a room: `room_note` is "" where there is nothing to say of it."""
    return {
        "room_note": note.outcome.value if note else "",
        "note_room": name(note.room.name) if note and note.room else "",
        "note_others": [name(each.name) for each in note.others] if note else [],
        "note_scopes": list(note.scopes) if note else [],
    }


def slot_rooms(rooms: SlotRooms | None) -> dict[str, Any]:
    """What the card of a common time says of rooms beside its slots."""
    return {
        "rooms_off": bool(rooms and rooms.off),
        "seats": rooms.seats if rooms else 0,
        "too_many_seats": rooms.too_many if rooms else 0,
        "no_such_room": name(rooms.unmatched) if rooms and rooms.unmatched else "",
        **_unknown(rooms.unknown if rooms else None),
    }


def draft_rooms(rooms: DraftRooms | None, times: TimeWords) -> dict[str, Any]:
    """What the card of a meeting that is not made yet says of its room, beside the one on it."""
    return {
        "rooms_off": bool(rooms and rooms.off),
        "room_taken": _standing(rooms.taken, times) if rooms and rooms.taken else None,
        **_unknown(rooms.unknown if rooms else None),
    }


def _unknown(unknown: Unknown | None) -> dict[str, Any]:
    """Why rooms are not known, and the permission points that are missing for it."""
    scopes = (
        unknown.detail.split(",") if unknown and unknown.reason is UnknownReason.NO_SCOPE and unknown.detail else []
    )
    return {"rooms_unknown": unknown.reason if unknown else None, "room_scopes": scopes}


def rooms_values(reply: FreeRooms, times: TimeWords) -> dict[str, Any]:
    """What the template of free rooms needs beside the reply and the times."""
    days = _are_days(reply, times)
    facts = [_standing(each, times, days=days) for each in reply.rooms]
    groups = [(state, [each for each in facts if each.state == state]) for state in _GROUPS]
    counts = {state: len(each) for state, each in groups}
    booking = reply.card.booking
    failed = reply.failed or _all_unknown(reply.rooms)
    return {
        "groups": [(state, each) for state, each in groups if each],
        "counts": counts,
        "one": _named(reply, times),
        "no_such_room": name(reply.unmatched) if reply.unmatched else "",
        "shown": [times.window(*each) for each in zip(reply.windows[:4], reply.day_notes, strict=False)],
        "own": room_facts(booking.room) if booking else None,
        "choosing": booking is not None,
        "checked": times.clock(reply.checked_at),
        **_unknown(failed),
    }


def _all_unknown(rooms: Sequence[RoomVerdict]) -> Unknown | None:
    """Why nothing is known, where that is so of every room and for one reason."""
    reasons = {each.unknown.reason for each in rooms if each.unknown}
    alike = rooms and len(reasons) == 1 and all(each.unknown for each in rooms)
    return rooms[0].unknown if alike else None


def _named(reply: FreeRooms, times: TimeWords) -> RoomFacts | None:
    """The room that was asked for, where it is one."""
    if len(reply.named) != 1:
        return None
    return next((_standing(each, times) for each in reply.rooms if each.room == reply.named[0]), None)


def _are_days(reply: FreeRooms, times: TimeWords) -> bool:
    """True where more than one day is asked about, so that hours need theirs."""
    first, last = reply.windows[0].start, reply.windows[-1].end - _INSTANT
    return times.local(first).date() != times.local(last).date()


def _standing(verdict: RoomVerdict, times: TimeWords, *, days: bool = False) -> RoomFacts:
    room = verdict.room
    state = "partly" if verdict.partly else verdict.state.value
    return RoomFacts(
        name(room.name),
        room.capacity or 0,
        _place(room),
        state=state,
        until=_until(verdict.until, times, days=days) if verdict.until else "",
        spans=_spans(verdict.free, times, days=days) if verdict.state is not State.FREE else (),
        reason=verdict.unknown.reason if verdict.unknown else None,
    )


def _until(moment: datetime, times: TimeWords, *, days: bool) -> str:
    midnight = times.local(moment).time() == time.min
    return times.until(moment) if days or midnight else times.clock(moment)


def _spans(free: Iterable[Interval], times: TimeWords, *, days: bool) -> tuple[str, ...]:
    return tuple(times.when(each) if days else times.hours(each) for each in list(free)[:_MOST_SPANS])
