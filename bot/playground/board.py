"""Calendars as the page draws them: people by rows, one day by hours, and what the last card asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from bot.availability.intervals import union
from bot.availability.on_leave import times_off
from bot.availability.working_time import Calendars
from bot.config_hours import WEEKDAYS
from bot.emulator import Conversation, Person
from bot.emulator.calendars import Item
from bot.emulator.leave import LeaveEntry
from bot.model.card_state import BookedCard, DigestCard, DraftCard, MovedCard, SlotsCard, TakenCard
from bot.model.leave import LeaveSpan
from bot.model.own_hours import NOTHING_OWN
from bot.model.people import Person as Known
from bot.model.people import StaffId
from bot.model.replies import Reply
from bot.model.time import Interval
from bot.model.working_week import clock
from bot.playground.calendars import leads
from bot.playground.stage import Stage

JsonObject = dict[str, Any]
_DAY = timedelta(days=1)
DAYS_SHOWN = 7


async def board(stage: Stage, chat: Conversation, *, day: date | None = None, zone: str) -> JsonObject:
    """The rows of a chat's people over one day of `zone`: `from` and `to`, busy items clipped, working time, windows.

    Without a `day` it is the first day that the chat's last card is about, else the present one. `asked` marks whose
    calendars that card read. `reads_leave` is whether the bot is told of leave at all.
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
        "reads_leave": stage.app.services.config.leave.enabled,
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


def _row(stage: Stage, person: Person, day: Interval, calendars: Calendars, *, asked: bool) -> JsonObject:
    """One person: what is in their calendar, their leave, and when they work, by the bot's own reckoning."""
    services, staff_id = stage.app.services, StaffId(person.staff_id)
    own, zone, office = calendars.of(staff_id), stage.situation.zone, ZoneInfo(services.config.timezone)
    start, end = (moment.astimezone(ZoneInfo(zone)) for moment in (day.start, day.end))
    items = [each for each in person.calendar.items if each.start and each.end and each.meets(start, end)]
    shown = [_item(stage, person, each, start, end) for each in items]
    shown += [row for each in person.leave.entries for row in _leave(each, day, home=own.zone, office=office)]
    return {
        "id": person.staff_id,
        "name": person.name,
        "asked": asked,
        "shares": stage.switches.shares(person),
        "zone": str(own.zone) if str(own.zone) != zone else None,
        "own": {
            "is": own is not services.by_words(staff_id, NOTHING_OWN),
            "zone": str(own.zone),
            "days": [WEEKDAYS[each] for each in sorted(own.weekdays)],
            "start": clock(own.hours.start),
            "end": clock(own.hours.end),
        },
        "hours": [_clipped(each.start, each.end, day.start, day.end) for each in own.working_time(day)],
        "items": sorted(shown, key=lambda each: (each["from"], each["to"])),
    }


def _item(stage: Stage, person: Person, item: Item, start: datetime, end: datetime) -> JsonObject:
    assert item.start is not None
    assert item.end is not None
    event = next((each for each in stage.emulator.calendar_events if each["id"] == item.event_id), None)
    return {
        "key": item.key,
        "kind": "tentative" if item.body["status"] == "TENTATIVE" else "busy",
        "all_day": "date" in item.body["start"],
        "event": event["summary"] if event else None,
        "mine": not item.event_id or leads(stage, person, item),
        **_clipped(item.start, item.end, start, end),
    }


def _leave(entry: LeaveEntry, day: Interval, *, home: tzinfo, office: tzinfo) -> list[JsonObject]:
    """One leave as the bot counts it: days are those where its owner lives, and where the organisation does."""
    if entry.start is None or entry.end is None:
        return []
    span = LeaveSpan(entry.start, entry.end, entry.row["duration_percent"] / 100 if entry.in_days else None)
    off = times_off(span, home=home, office=office)
    inside = [part for each in union(off) if (part := each.clip(day))]
    common = {"key": entry.key, "kind": "leave", "all_day": entry.in_days, "event": None, "mine": True}
    return [{**common, **_clipped(each.start, each.end, day.start, day.end)} for each in inside]


def _clipped(begin: datetime, finish: datetime, start: datetime, end: datetime) -> JsonObject:
    """Where it lies on the shown day, in minutes from its start."""
    inside = (max(begin, start) - start, min(finish, end) - start)
    return {"from": inside[0].total_seconds() / 60, "to": inside[1].total_seconds() / 60}


def _touches(window: Interval, day: date, zone: str) -> bool:
    start = datetime.combine(day, time(), tzinfo=ZoneInfo(zone))
    return window.start < start + _DAY and window.end > start
