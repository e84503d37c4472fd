"""Edits of people's calendars and leave by hand, as they make them in DingTalk itself."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.emulator import Person
from bot.emulator.calendars import Item
from bot.emulator.wire import Refusal
from bot.playground.founding import enter, take_leave
from bot.playground.moments import Entry
from bot.playground.situations import Answer
from bot.playground.stage import Stage


def put(stage: Stage, person: Person, entry: Entry, *, leave: bool, key: int | None = None) -> None:
    """Enter a meeting, or leave; with a `key` in the place of that entry.

    A meeting that the bot made is moved by its organizer only, for everybody. Raises LookupError for an entry that is
    not there, ValueError for what cannot be.
    """
    if entry.start and entry.end and entry.end <= entry.start:
        raise ValueError(f"found an end at {entry.end.isoformat()}, expected one after {entry.start.isoformat()}")
    item = person.calendar.item(key) if key is not None else None
    if item is not None and item.event_id:
        _move_event(stage, person, item, entry)
        return
    if key is not None:
        remove(stage, person, key)
    if leave:
        take_leave(person, entry)
    else:
        enter(person.calendar, entry)


def remove(stage: Stage, person: Person, key: int) -> None:
    """Take an entry out; of a meeting that the bot made: its organizer deletes it, anybody else declines it.

    Raises LookupError for an entry that is not there.
    """
    item = person.calendar.item(key)
    if item is None and not any(each.key == key for each in person.leave.entries):
        raise LookupError(f"found no entry {key} in the calendar of {person.staff_id!r}")
    if item is None:
        person.leave.remove(key)
    elif not item.event_id:
        person.calendar.remove(key)
    elif leads(stage, person, item):
        person.deletes(item.event_id)
    else:
        person.replies(item.event_id, "declined")


def reply(person: Person, answer: Answer, *, key: int | None = None) -> None:
    """Let somebody reply to a meeting that the bot made, the newest in their calendar without a `key`.

    Raises LookupError where there is none, ValueError where they are not invited to it but lead it.
    """
    invited = [item for item in person.calendar.items if item.event_id and key in (None, item.key)]
    if not invited:
        raise LookupError(f"found no meeting of the bot's in the calendar of {person.staff_id!r}")
    try:
        person.replies(invited[-1].event_id, answer)
    except Refusal:
        raise ValueError(f"found {person.staff_id!r} not among its guests, expected somebody who is invited") from None


def end_leave(person: Person, entry: Entry) -> None:
    """Take back the leave of exactly these days or hours. Raises ValueError where there is none."""
    before = len(person.leave.entries)
    for each in person.leave.entries:
        days = (each.start.date(), (each.end - each.start).days) if each.start and each.end and each.in_days else None
        if days == (entry.day, entry.days) or (entry.start and (each.start, each.end) == (entry.start, entry.end)):
            person.leave.remove(each.key)
    if len(person.leave.entries) == before:
        raise ValueError(f"found no such leave of {person.staff_id!r}")


def end_leave_on(person: Person, day: date) -> None:
    """Take back every leave that meets a day of where the person lives."""
    start = datetime.combine(day, time(), tzinfo=ZoneInfo(person.calendar.zone))
    end = start + timedelta(days=1)
    for each in person.leave.entries:
        if each.start and each.end and each.start < end and each.end > start:
            person.leave.remove(each.key)


def leads(stage: Stage, person: Person, item: Item) -> bool:
    """True where this person organizes the bot's meeting that the entry is of."""
    event = next((each for each in stage.emulator.calendar_events if each["id"] == item.event_id), None)
    return event is not None and event["organizer"]["id"] == person.union_id


def _move_event(stage: Stage, person: Person, item: Item, entry: Entry) -> None:
    if not leads(stage, person, item):
        raise ValueError("found a meeting of somebody else, expected its organizer to move it")
    if entry.start is None or entry.end is None:
        raise ValueError("found a whole day, expected the bot's meeting to keep hours")
    person.moves(item.event_id, entry.start, entry.end)
