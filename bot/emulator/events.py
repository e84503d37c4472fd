"""Events in calendars: who is in them, what everybody replied, and what client tokens and the daily limit remember."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.emulator.event_bodies import instants, times, whole_days
from bot.emulator.faults import Faults
from bot.emulator.ledger import forget_oldest
from bot.emulator.meeting_rooms import MeetingRoom
from bot.emulator.people import Account, Company
from bot.emulator.wire import JsonObject, Refusal

TOKEN_LIFE = timedelta(days=1)
REPLIES = ("needsAction", "accepted", "declined", "tentative")


@dataclass(frozen=True, slots=True)
class Made:
    """What a client token made, when, and from which moment of the loop's clock on a repeat is answered with it."""

    event: JsonObject
    at: datetime
    ready: float


class Events:
    """Every event that was made and is not deleted, oldest first; a change puts another event in its place."""

    def __init__(self, company: Company, faults: Faults, *, per_day: int, limit: int | None = None) -> None:
        self.known: dict[str, JsonObject] = {}
        self.rooms: dict[str, MeetingRoom] = {}
        self.made = 0
        self._company = company
        self._faults = faults
        self._per_day = per_day
        self._limit = limit
        self._of_day: Counter[str] = Counter()
        self._client_tokens: dict[str, Made] = {}

    def add(self, event: JsonObject) -> None:
        """Enter a new event into the calendars of its people."""
        self.made += 1
        self._put(event)
        forget_oldest(self.known, self._limit)

    def change(self, event: JsonObject) -> JsonObject:
        """Put an event in the place of the one with its id; one at another time may ask for replies again."""
        old = self.known[event["id"]]
        if self._faults.replies_are_reset and times(old) != times(event):
            event = {**event, "attendees": [_unanswered(each, event["organizer"]) for each in event["attendees"]]}
        if times(old) != times(event):
            event = self._with_rooms_there(event)
        self._drop(old)
        self._put(event)
        return event

    def delete(self, event: JsonObject) -> None:
        """Take an event out of everybody's calendar."""
        self._drop(event)
        del self.known[event["id"]]

    def reply(self, person: Account, event: JsonObject, status: object) -> None:
        """Enter what somebody who is invited replies."""
        if status not in REPLIES:
            raise Refusal("invalidParameter", f"responseStatus is one of {list(REPLIES)}")
        if all(each["id"] != person.union_id for each in event["attendees"]):
            raise Refusal("permissionDeny", "only attendees reply", status=403)
        replied = [
            {**each, "responseStatus": status} if each["id"] == person.union_id else each for each in event["attendees"]
        ]
        self.change({**event, "attendees": replied})

    def room_ids(self, event: JsonObject) -> list[str]:
        """The rooms that an event has."""
        return [each["roomId"] for each in event.get("meetingRooms", ())]

    def has_place(self, event: JsonObject, room: MeetingRoom) -> bool:
        """True where nothing else is in the room at any time of the event."""
        return not event["isAllDay"] and not any(
            room.held_by_others(event["id"], start, end) for start, end in instants(event)
        )

    def with_room(self, event: JsonObject, room: MeetingRoom) -> JsonObject:
        """Put a room onto an event; one that it has stays."""
        others = [each for each in event.get("meetingRooms", ()) if each["roomId"] != room.room_id]
        return self.change({**event, "meetingRooms": [*others, {"roomId": room.room_id, "displayName": room.name}]})

    def without_room(self, event: JsonObject, room: MeetingRoom) -> JsonObject:
        """Take a room off an event."""
        others = [each for each in event.get("meetingRooms", ()) if each["roomId"] != room.room_id]
        return self.change({**event, "meetingRooms": others})

    def _with_rooms_there(self, event: JsonObject) -> JsonObject:
        """An event at another time with those of its rooms that are free then: the page leaves open what they do."""
        if "meetingRooms" not in event:
            return event
        follow = [] if self._faults.rooms.staying else event["meetingRooms"]
        free = [each for each in follow if self.has_place(event, self.rooms[each["roomId"]])]
        return {**event, "meetingRooms": free}

    def seen_by(self, person: Account, event_id: str) -> JsonObject:
        """An event of this person's calendar; refused when there is no such event, or when it is other people's."""
        event = self.known.get(event_id)
        if event is None or person.union_id not in _ids(event):
            raise Refusal("itemNotFound", "the event does not exist", status=404)
        return event

    def led_by(self, person: Account, event_id: str) -> JsonObject:
        """An event that this person may change; refused for anybody but the organizer."""
        event = self.seen_by(person, event_id)
        if event["organizer"]["id"] != person.union_id:
            raise Refusal("permissionDeny", "only the organizer may do so", status=403)
        return event

    def count(self, organizer: Account, now: datetime) -> None:
        """One more event of this person today; refused above the limit."""
        key = f"{organizer.union_id} {now:%Y-%m-%d}"
        if self._of_day[key] >= self._per_day:
            raise Refusal("flowLimit", f"a person can make {self._per_day} events a day")
        self._of_day[key] += 1

    def once(self, token: str, now: datetime, clock: float, act: Callable[[], JsonObject]) -> JsonObject:
        """What this client token did within a day, else what `act` does; refused while that is still being done."""
        made = self._client_tokens.get(token)
        if made is None or made.at < now - TOKEN_LIFE:
            made = Made(act(), now, clock + self._faults.event_seconds)
            self._remember(token, made)
        elif clock < made.ready:
            raise Refusal("idempotencyProcessing", "the request with this client token is being processed")
        return made.event

    def _remember(self, token: str, made: Made) -> None:
        if token:
            self._client_tokens[token] = made
            forget_oldest(self._client_tokens, self._limit)

    def _put(self, event: JsonObject) -> None:
        self.known[event["id"]] = event
        for person in self._people(event):
            status = self._shown_as(event, person)
            if status and event["isAllDay"]:
                for day, days in whole_days(event):
                    person.calendar.all_day(day, days, status=status, event_id=event["id"])
            elif status:
                for start, end in instants(event):
                    person.calendar.timed(status, start, end, event_id=event["id"])
        for room_id in self.room_ids(event):
            self.rooms[room_id].hold(event["id"], event["organizer"]["id"], event["summary"], instants(event))

    def _drop(self, event: JsonObject) -> None:
        for person in self._people(event):
            person.calendar.drop(event["id"])
        for room_id in self.room_ids(event):
            self.rooms[room_id].release(event["id"])

    def _people(self, event: JsonObject) -> list[Account]:
        known = self._company.by_union_id
        return [known[each] for each in _ids(event) if each in known]

    def _shown_as(self, event: JsonObject, person: Account) -> str:
        """The status of the person's items, "" for none; the page leaves open what an unanswered event is."""
        if event.get("freeBusyStatus") == "free":
            return ""
        reply = next(
            (each["responseStatus"] for each in event["attendees"] if each["id"] == person.union_id), "accepted"
        )
        unanswered = "TENTATIVE" if self._faults.unanswered_is_tentative else "BUSY"
        return {"declined": "", "tentative": "TENTATIVE", "needsAction": unanswered}.get(reply, "BUSY")


def _unanswered(attendee: JsonObject, organizer: JsonObject) -> JsonObject:
    return attendee if attendee["id"] == organizer["id"] else {**attendee, "responseStatus": "needsAction"}


def _ids(event: JsonObject) -> list[str]:
    return list(dict.fromkeys([event["organizer"]["id"], *(each["id"] for each in event["attendees"])]))
