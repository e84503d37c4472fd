"""Meeting rooms: what the list says of each, who holds it when, and whether a booking waits for approval."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from bot.emulator.calendars import Calendar
from bot.emulator.wire import JsonObject


@dataclass(eq=False)
class MeetingRoom:
    """One room. `approval`: whatever is booked there is TENTATIVE until somebody approves it."""

    room_id: str
    name: str
    capacity: int | None = None
    place: str = ""
    group: str = ""
    status: int = 1
    labels: tuple[str, ...] = ()
    approval: bool = False
    calendar: Calendar = field(default_factory=Calendar, repr=False)
    holders: dict[str, tuple[str, str]] = field(default_factory=dict, repr=False)
    """Of each event that holds the room: who organizes it, and its title."""

    def row(self) -> JsonObject:
        """One row of meetingRoomLists."""
        row: JsonObject = {"roomId": self.room_id, "roomName": self.name, "roomStatus": self.status}
        row["roomLabels"] = [{"labelId": at, "labelName": label} for at, label in enumerate(self.labels)]
        row["roomLocation"] = {"title": self.place, "desc": self.place}
        row["roomGroup"] = {"groupId": 1, "groupName": self.group, "parentId": 0}
        return row if self.capacity is None else {**row, "roomCapacity": self.capacity}

    def hold(self, event_id: str, organizer: str, title: str, times: Iterator[tuple[datetime, datetime]]) -> None:
        """Enter an event at each of its times."""
        self.holders[event_id] = (organizer, title)
        for start, end in times:
            self.calendar.timed("TENTATIVE" if self.approval else "BUSY", start, end, event_id=event_id)

    def release(self, event_id: str) -> None:
        """Take an event out."""
        self.calendar.drop(event_id)
        self.holders.pop(event_id, None)

    def held_by_others(self, event_id: str, start: datetime, end: datetime) -> bool:
        """True while something else stands at that time."""
        return any(item.event_id != event_id for item in self.calendar.items if item.meets(start, end))

    def schedule(self, start: datetime, end: datetime, *, titles: bool = False) -> list[JsonObject]:
        """The items that meet the window, each with the event and its organizer, as the page has it."""
        return [
            {**item.body, **self._holder(item.event_id, titles=titles)}
            for item in self.calendar.items
            if item.meets(start, end)
        ]

    def _holder(self, event_id: str, *, titles: bool) -> JsonObject:
        organizer, title = self.holders.get(event_id, ("secret-organizer", "secret title"))
        found: JsonObject = {"eventId": event_id or "secret-event", "organizer": {"id": organizer}}
        return {**found, "summary": title} if titles else found


@dataclass(slots=True)
class RoomFault:
    """What is wrong with one room: an error for it, or its absence from the reply."""

    error: str = ""
    omitted: bool = False


@dataclass(slots=True)
class RoomFaults:
    """What goes wrong with rooms.

    `by_room` holds for single ones. `endless`: the list promises another page for ever, `repeating` the first again.
    `strict`: a room that an event has already is refused as taken. `titles`: schedules hold titles, too. `staying`: a
    room does not follow an event to another time.
    """

    by_room: dict[str, RoomFault] = field(default_factory=dict)
    endless: bool = False
    repeating: bool = False
    strict: bool = False
    titles: bool = False
    staying: bool = False

    def of(self, room_id: str) -> RoomFault:
        """The fault of one room, to be changed."""
        return self.by_room.setdefault(room_id, RoomFault())
