"""Calendars as the page draws them: people by rows, one day by hours, what the last card asked about, and edits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.availability.working_time import Calendars
from bot.emulator import Conversation, Person
from bot.emulator.calendars import Item
from bot.model.card_state import BookedCard, DigestCard, DraftCard, MovedCard, SlotsCard, TakenCard
from bot.model.people import Person as Known
from bot.model.people import StaffId
from bot.model.replies import Reply
from bot.model.time import Interval
from bot.playground.stage import Stage

JsonObject = dict[str, Any]
_DAY = timedelta(days=1)
DAYS_SHOWN = 7


async def board(stage: Stage, chat: Conversation, *, day: date | None = None, zone: str) -> JsonObject:
    """The rows of a chat's people over one day of `zone`: `from` and `to`, busy items clipped, working time, windows.

    Without a `day` it is the first day that the chat's last card is about, else the present one. `asked` marks whose
    calendars that card read.
    """
    last = about(stage, chat)
    now = stage.clock().astimezone(ZoneInfo(zone))
    shown = day or (last.first or now).astimezone(ZoneInfo(zone)).date()
    start = datetime.combine(shown, time(), tzinfo=ZoneInfo(zone))
    end = datetime.combine(shown + _DAY, time(), tzinfo=ZoneInfo(zone))
    monday = shown - timedelta(days=shown.weekday())
    calendar = stage.app.services.calendar(zone)
    people = people_of(stage, chat)
    calendars = await stage.app.services.calendars([StaffId(person.staff_id) for person in people])
    return {
        "day": shown.isoformat(),
        "zone": zone,
        "from": start.isoformat(),
        "to": end.isoformat(),
        "now": now.isoformat(timespec="seconds"),
        "windows": [
            _clipped(each.start, each.end, start, end) for each in last.windows if each.start < end and each.end > start
        ],
        "days": [
            {
                "day": each.isoformat(),
                "asked": any(_touches(window, each, zone) for window in last.windows),
                "kind": calendar.kind(each).value,
            }
            for each in (monday + n * _DAY for n in range(DAYS_SHOWN))
        ],
        "people": [
            _row(stage, person, Interval(start, end), calendars, asked=person.union_id in last.people)
            for person in people
        ],
    }


def people_of(stage: Stage, chat: Conversation) -> list[Person]:
    """The colleagues of a group; of a 1:1 chat all of the company, whoever talks there first."""
    colleagues = [each for each in stage.company.people if not each.outsider]
    if chat.is_direct:
        return sorted(colleagues, key=lambda each: not chat.has_member(each))
    return [each for each in colleagues if chat.has_member(each)]


@dataclass(frozen=True, slots=True)
class About:
    """What a chat's last card is about: its windows, the day to look at first, and the unionIds of whom it read."""

    windows: tuple[Interval, ...] = ()
    first: datetime | None = None
    people: frozenset[str] = frozenset()


def about(stage: Stage, chat: Conversation) -> About:
    """What the chat's last card is about, as far as it is about times."""
    for card in reversed(chat.cards):
        reply = stage.recorder.last_reply(card.out_track_id)
        if reply is None:
            continue
        windows = _windows(reply, stage.situation.zone)
        card_state = getattr(reply, "card", None)
        offered = (
            [slot.interval for slot in card_state.offered] if isinstance(card_state, SlotsCard | TakenCard) else []
        )
        if not windows:
            continue
        return About(windows, (offered or windows)[0].start, _read(stage, card.out_track_id, reply))
    return About()


def _windows(reply: Reply, zone: str) -> tuple[Interval, ...]:
    """The slot of a meeting, the day of a digest, else what was asked about."""
    shown = getattr(reply, "card", None)
    match shown:
        case BookedCard() | MovedCard():
            return (shown.booking.interval,)
        case DraftCard():
            return (shown.slot.interval,)
        case DigestCard() if shown.edition is not None:
            start = datetime.combine(shown.edition.day, time(), tzinfo=ZoneInfo(zone))
            return (Interval(start, start + _DAY),)
    windows = getattr(reply, "windows", ()) or getattr(reply, "stretches", ())
    question = getattr(reply, "question", None)
    windows = windows or (question.request.windows if question is not None else ())
    return tuple(Interval(each.start, each.end) for each in windows)


def _read(stage: Stage, out_track_id: str, reply: Reply) -> frozenset[str]:
    """Those on whom there is a verdict; where there is none, those whose calendars were asked for."""
    judged = {each.who.union_id for each in getattr(reply, "verdicts", ()) if isinstance(each.who, Known)}
    judged |= {each.union_id for each in getattr(reply, "known", ())}
    cause = None if judged else stage.recorder.cause_of(f"card-{out_track_id}")
    calls = stage.recorder.calls(cause) if cause else []
    asked = (each.body.get("userIds") for each in calls if each.api == "querySchedule")
    return frozenset(judged.union(*(each for each in asked if isinstance(each, list))))


def add(person: Person, start: datetime, end: datetime, *, tentative: bool) -> None:
    """Put a meeting into a person's calendar. Raises ValueError where it does not end after its start."""
    if end <= start:
        raise ValueError(f"found an end at {end.isoformat()}, expected one after {start.isoformat()}")
    (person.calendar.tentative if tentative else person.calendar.busy)(start, end)


def move(stage: Stage, person: Person, key: int, start: datetime, end: datetime, *, tentative: bool) -> None:
    """Give an entry other ends; a meeting that the bot made is moved by its organizer only, for everybody.

    Raises LookupError for an entry that is not there, ValueError for what cannot be.
    """
    item = _entry(person, key)
    if end <= start:
        raise ValueError(f"found an end at {end.isoformat()}, expected one after {start.isoformat()}")
    if item.event_id:
        if not _leads(stage, person, item):
            raise ValueError("found a meeting of somebody else, expected its organizer to move it")
        person.moves(item.event_id, start, end)
        return
    person.calendar.remove(key)
    add(person, start, end, tentative=tentative)


def remove(stage: Stage, person: Person, key: int) -> None:
    """Take an entry out; of a meeting that the bot made: its organizer deletes it, anybody else declines it."""
    item = _entry(person, key)
    if not item.event_id:
        person.calendar.remove(key)
    elif _leads(stage, person, item):
        person.deletes(item.event_id)
    else:
        person.replies(item.event_id, "declined")


def minutes(count: int) -> timedelta:
    """So many minutes."""
    return timedelta(minutes=count)


def take_leave(person: Person, day: date) -> None:
    """Put a whole day away into a person's calendar, or take it out again where it is there."""
    found = next((item for item in person.calendar.items if _is_leave(item, day)), None)
    if found:
        person.calendar.remove(found.key)
    else:
        person.calendar.all_day(day)


def _entry(person: Person, key: int) -> Item:
    item = person.calendar.item(key)
    if item is None:
        raise LookupError(f"found no entry {key} in the calendar of {person.staff_id!r}")
    return item


def _leads(stage: Stage, person: Person, item: Item) -> bool:
    event = next((each for each in stage.emulator.calendar_events if each["id"] == item.event_id), None)
    return event is not None and event["organizer"]["id"] == person.union_id


def _is_leave(item: Item, day: date) -> bool:
    return item.body.get("start", {}).get("date") == day.isoformat() and not item.event_id


def _row(stage: Stage, person: Person, day: Interval, calendars: Calendars, *, asked: bool) -> JsonObject:
    own, zone = person.calendar.zone, stage.situation.zone
    start, end = (moment.astimezone(ZoneInfo(zone)) for moment in (day.start, day.end))
    items = [each for each in person.calendar.items if each.start and each.end and each.meets(start, end)]
    return {
        "id": person.staff_id,
        "name": person.name,
        "asked": asked,
        "shares": stage.switches.shares(person),
        "zone": own if own != zone else None,
        "hours": _hours(calendars, person, day),
        "items": [_item(stage, person, each, start, end) for each in sorted(items, key=lambda each: str(each.start))],
    }


def _item(stage: Stage, person: Person, item: Item, start: datetime, end: datetime) -> JsonObject:
    assert item.start is not None
    assert item.end is not None
    event = next((each for each in stage.emulator.calendar_events if each["id"] == item.event_id), None)
    return {
        "key": item.key,
        "status": item.body["status"],
        "all_day": "date" in item.body["start"],
        "event": event["summary"] if event else None,
        "mine": not item.event_id or _leads(stage, person, item),
        "start": item.start.isoformat(),
        "end": item.end.isoformat(),
        **_clipped(item.start, item.end, start, end),
    }


def _clipped(begin: datetime, finish: datetime, start: datetime, end: datetime) -> JsonObject:
    """Where it lies on the shown day, in minutes from its start."""
    inside = (max(begin, start) - start, min(finish, end) - start)
    return {"from": inside[0].total_seconds() / 60, "to": inside[1].total_seconds() / 60}


def _hours(calendars: Calendars, person: Person, day: Interval) -> list[JsonObject]:
    """When this person works on the shown day, by the bot's own reckoning."""
    worked: Sequence[Interval] = calendars.of(StaffId(person.staff_id)).working_time(day)
    return [_clipped(each.start, each.end, day.start, day.end) for each in worked]


def _touches(window: Interval, day: date, zone: str) -> bool:
    start = datetime.combine(day, time(), tzinfo=ZoneInfo(zone))
    return window.start < start + _DAY and window.end > start
