"""What the cards of a booking say: when, with whom, who is in the way, which slots come next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.cards.escape import name
from bot.cards.rooms import draft_rooms, note_values, room_facts
from bot.cards.series import repeated
from bot.cards.times import TimeWords
from bot.model.meetings import Meeting
from bot.model.people import Missing, Person, StaffId
from bot.model.replies import (
    Booked,
    Cancelled,
    Declined,
    Draft,
    Moved,
    MyMeetings,
    NotBooked,
    OneMeeting,
    ResponsesShown,
    Taken,
)
from bot.model.requests import Intent, Request
from bot.model.time import Interval

AboutBooking = (
    Booked | Moved | ResponsesShown | Declined | MyMeetings | OneMeeting | Draft | Taken | Cancelled | NotBooked
)
_MOST_NAMES = 8
_FEW_NAMES = 3
_MANY = 8
_NEAR_DAYS = 6


def booking_values(reply: AboutBooking, times: TimeWords) -> dict[str, Any]:
    """What the template of such a reply needs beside the reply and the times."""
    match reply:
        case Booked():
            return _booked(reply, times)
        case Moved():
            return _moved(reply, times)
        case ResponsesShown():
            return _responses(reply, times)
        case Declined():
            return _declined(reply, times)
        case MyMeetings():
            return _meetings(reply, times)
        case OneMeeting():
            return _one(reply, times)
        case Draft():
            return _draft(reply, times)
        case Taken():
            return _taken(reply, times)
        case Cancelled():
            return {"when": times.when(reply.card.interval), "title": name(reply.title) if reply.title else ""}
        case NotBooked():
            return _not_booked(reply, times)


def _booked(reply: Booked, times: TimeWords) -> dict[str, Any]:
    booking, left_over = reply.card.booking, reply.card.left_over
    return {
        "when": times.when(booking.interval),
        "names": _names(reply.people, _MOST_NAMES),
        "people": len(reply.people),
        **_meeting(reply.question.request, with_room=bool(booking.room or reply.card.room)),
        "title": name(reply.title) if reply.title else "",
        "room": room_facts(booking.room),
        **note_values(reply.card.room),
        "changed": _names(reply.changed, _FEW_NAMES),
        "changed_count": len(reply.changed),
        "adding": bool(reply.card.added),
        "unknown": _names(reply.unknown, _FEW_NAMES),
        "unknown_count": len(reply.unknown),
        "not_invited": _names(reply.not_invited, _FEW_NAMES),
        "not_invited_count": len(reply.not_invited),
        "organizer": name(booking.organizer_name),
        "clock": times.clock(booking.booked_at),
        "left_over": times.when(left_over.interval) if left_over else "",
    }


def _moved(reply: Moved, times: TimeWords) -> dict[str, Any]:
    card = reply.card
    return {
        "when": times.when(card.booking.interval),
        "was": times.at(card.was.start),
        "title": name(reply.title) if reply.title else "",
        "names": _names(reply.guests, _MOST_NAMES),
        "count": len(reply.guests),
        "left_over": times.when(card.left_over.interval) if card.left_over else "",
        "room": room_facts(card.booking.room),
        **note_values(card.room),
    }


def _responses(reply: ResponsesShown, times: TimeWords) -> dict[str, Any]:
    """How many replied what; in a private chat who, too."""
    found = reply.card.responses
    kinds = {
        "accepted": found.accepted,
        "declined": found.declined,
        "tentative": found.tentative,
        "silent": found.silent,
    }
    groups = [
        (kind, _called(people, reply.names, _MOST_NAMES), len(people)) for kind, people in kinds.items() if people
    ]
    return {
        "when": times.when(reply.card.booking.interval),
        "title": name(reply.title) if reply.title else "",
        "groups": groups,
        "named": not reply.question.in_group,
        "clock": times.clock(found.read_at),
    }


def _declined(reply: Declined, times: TimeWords) -> dict[str, Any]:
    card = reply.card
    return {
        "at": _soon(card.booking.interval, times),
        "when": times.when(card.booking.interval),
        "title": name(reply.title) if reply.title else "",
        "who": _called(card.declined, reply.names, _FEW_NAMES),
        "who_count": len(card.declined),
        "silent": _called(card.silent, reply.names, _FEW_NAMES),
        "silent_count": len(card.silent),
        "unseen": _called(card.unseen, reply.names, _FEW_NAMES),
        "unseen_count": len(card.unseen),
        "next_time": times.at(card.slot.interval.start) if card.slot else "",
    }


def _called(people: Sequence[StaffId], names: Mapping[StaffId, Person], most: int) -> list[str]:
    """At most so many names; of whom the bot does not know an empty text."""
    return [name(names[each].label) if each in names else "" for each in people[:most]]


def _meetings(reply: MyMeetings, times: TimeWords) -> dict[str, Any]:
    order = reply.card.order
    return {
        "asking": order.verb.value if order else "",
        "meetings": [
            {
                "when": times.when(meeting.ahead(reply.question.now)[0]),
                "series": repeated(meeting, times) if meeting.later else None,
                "title": name(meeting.title) if meeting.title else "",
                "names": _names(guests, _FEW_NAMES),
                "count": len(guests),
                "declined": _declined_of(meeting),
                "room": room_facts(meeting.room.booked),
            }
            for meeting, guests in reply.meetings
        ],
    }


def _declined_of(meeting: Meeting) -> int:
    """How many who are still invited had declined when that was read last."""
    declined = meeting.replied.declined if meeting.replied else ()
    return sum(not each or each in meeting.attendees for each in declined)


def _one(reply: OneMeeting, times: TimeWords) -> dict[str, Any]:
    card = reply.card
    return {
        "when": times.when(card.booking.interval),
        "at": times.at(card.booking.interval.start),
        "title": name(reply.title) if reply.title else "",
        "names": _names(reply.guests, _MOST_NAMES),
        "count": len(reply.guests),
        "changed": _names(reply.changed, _FEW_NAMES),
        "changed_count": len(reply.changed),
        "doing": "add" if card.added else "remove" if card.removed else "cancel",
    }


def _draft(reply: Draft, times: TimeWords) -> dict[str, Any]:
    card = reply.card
    return {
        "when": times.when(card.slot.interval),
        "was": times.at(card.moving.interval.start) if card.moving else "",
        "names": _names(reply.guests, _MOST_NAMES),
        "guests": len(reply.guests),
        **_meeting(reply.question.request, with_room=bool(card.rooms)),
        "room": room_facts(card.room),
        "roomless": card.rooms == (),
        "rooms_free": [name(each.name) for each in card.rooms or ()],
        **draft_rooms(reply.rooms, times),
        "left_over": [name(words) for words in card.left_over],
        "own": [times.hours(each) for each in reply.own],
        "tentative": _names(reply.tentative, _FEW_NAMES),
        "tentative_count": len(reply.tentative),
        "unknown": _names(reply.unknown, _FEW_NAMES),
        "unknown_count": len(reply.unknown),
        "not_invited": _names(reply.not_invited, _FEW_NAMES),
        "not_invited_count": len(reply.not_invited),
        "many": len(reply.guests) > _MANY,
        "checked": times.clock(reply.checked_at),
    }


def _meeting(request: Request, *, with_room: bool = False) -> dict[str, Any]:
    """What the meeting is called, how it is held, where; a place that is a room is said as such."""
    return {
        "title": name(request.title) if request.title else "",
        "online": request.video,
        "reminder": -1 if request.reminder is None else round(request.reminder.total_seconds() / 60),
        "place": name(request.place) if request.place and not with_room else "",
    }


def _taken(reply: Taken, times: TimeWords) -> dict[str, Any]:
    card = reply.card
    return {
        "clock": times.clock(card.interval.start),
        "when": times.when(card.interval),
        "names": _names(reply.busy, _FEW_NAMES),
        "count": len(reply.busy),
        "was_offered": reply.question.request.intent is not Intent.BOOK,
        "slots": [times.when(slot.interval) for slot in card.offered],
        "moving": card.moving is not None,
        "checked": times.clock(reply.checked_at),
    }


def _not_booked(reply: NotBooked, times: TimeWords) -> dict[str, Any]:
    card, refusal = reply.card, reply.card.refusal
    return {
        "refusal": refusal,
        "words_said": [name(each) for each in refusal.words],
        "when": times.when(refusal.interval) if refusal.interval else "",
        "names": _names(reply.people, _FEW_NAMES),
        "slots": [times.when(slot.interval) for slot in card.offered],
        "organizer": name(card.booking.organizer_name) if card.booking else "",
    }


def _soon(interval: Interval, times: TimeWords) -> str:
    """周三 15:00 · Wed 3 pm; of a later week the date."""
    day = times.local(interval.start).date()
    said = times.weekday(day) if (day - times.today).days <= _NEAR_DAYS else times.date(day)
    return f"{said} {times.clock(interval.start)}"


def _names(people: Sequence[Person | Missing], most: int) -> list[str]:
    """At most so many names; somebody without one is an empty text."""
    called = (who.label for who in people[:most])
    return [name(each) if each else "" for each in called]
