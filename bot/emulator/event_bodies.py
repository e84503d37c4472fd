"""The body of an event: which fields it has, what they may hold, and the times that they name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.emulator.calendars import parse_instant
from bot.emulator.recurrence import read_series
from bot.emulator.wire import JsonObject, Refusal

MAX_SUMMARY = 2048
MAX_DESCRIPTION = 5000
DEFAULT_ZONE = "Asia/Shanghai"
CHANGEABLE = frozenset(
    {
        "summary",
        "description",
        "richTextDescription",
        "start",
        "end",
        "isAllDay",
        "attendees",
        "location",
        "reminders",
        "onlineMeetingInfo",
        "recurrence",
        "extra",
    }
)
CREATABLE = CHANGEABLE | {"uiConfigs", "freeBusyStatus", "cardInstances"}
_REMINDERS = [{"method": "dingtalk", "minutes": 15}]


def event_fields(body: JsonObject) -> JsonObject:
    """The checked fields of an event but for its people, as they are shown; refused as DingTalk does."""
    event: JsonObject = {
        "summary": _text(body, "summary", MAX_SUMMARY),
        "start": body.get("start"),
        "end": body.get("end"),
        "isAllDay": body.get("isAllDay") is True,
        "reminders": body.get("reminders", _REMINDERS),
    }
    others = ("description", "location", "onlineMeetingInfo", "recurrence", "freeBusyStatus")
    event |= {name: body[name] for name in others if body.get(name) is not None}
    _check_ends(event)
    _check_details(event)
    if "recurrence" in event:
        times(event)
    return event


def whole_days(event: JsonObject) -> Iterator[tuple[date, int]]:
    """The first day and the number of days of each time that a whole-day event is held."""
    first, last = (date.fromisoformat(event[end]["date"]) for end in ("start", "end"))
    for day in _first_days(event, first):
        yield day, (last - first).days


def instants(event: JsonObject) -> Iterator[tuple[datetime, datetime]]:
    """Start and end of each time that a timed event is held: at the same time by the clocks of its zone, as long."""
    start, end = (parse_instant(event[end]["dateTime"]) for end in ("start", "end"))
    local = start.astimezone(_zone(event["start"]))
    for day in _first_days(event, local.date()):
        begins = datetime.combine(day, local.time(), tzinfo=local.tzinfo).astimezone(UTC)
        yield begins, begins + (end - start)


def times(event: JsonObject) -> list[object]:
    """Every time that an event is held; two events with equal times are held at the same times."""
    return [*whole_days(event)] if event["isAllDay"] else [*instants(event)]


def timed(instant: datetime, zone: str) -> JsonObject:
    """An end of an event as it goes over the wire; `instant` is aware."""
    if instant.tzinfo is None:
        raise ValueError(f"naive time {instant!r}: give an aware datetime")
    return {"dateTime": instant.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds"), "timeZone": zone}


def known_only(body: JsonObject, names: frozenset[str]) -> None:
    """Refuse a field that the page does not name: whoever sends it expects something to come of it."""
    unknown = sorted(set(body) - names)
    if unknown:
        raise Refusal("invalidParameter", f"unknown fields {unknown}")


def _first_days(event: JsonObject, first: date) -> list[date]:
    return read_series(event["recurrence"]).days(first) if "recurrence" in event else [first]


def _zone(end: JsonObject) -> ZoneInfo:
    name = end.get("timeZone", DEFAULT_ZONE)
    try:
        return ZoneInfo(name)
    except (ValueError, LookupError, TypeError, OSError):
        raise Refusal("invalidParameter", f"timeZone {name!r} is unknown") from None


def _text(body: JsonObject, name: str, most: int) -> str:
    found = body.get(name)
    if not isinstance(found, str) or not found:
        raise Refusal(f"Missing{name}", f"{name} is mandatory for this action.")
    if len(found) > most:
        raise Refusal("invalidParameter", f"{name} is longer than {most}")
    return found


def _check_ends(event: JsonObject) -> None:
    name = "date" if event["isAllDay"] else "dateTime"
    for end in (event["start"], event["end"]):
        if not isinstance(end, dict) or not isinstance(end.get(name), str):
            raise Refusal("invalidParameter", f"start and end need {name}")
        if not event["isAllDay"]:
            _zone(end)
    read = date.fromisoformat if event["isAllDay"] else parse_instant
    try:
        ordered = read(event["start"][name]) < read(event["end"][name])
    except ValueError:
        ordered = False
    if not ordered:
        raise Refusal("invalidParameter", "end is not after start")


def _check_details(event: JsonObject) -> None:
    place, reminders = event.get("location"), event["reminders"]
    if place is not None and not (isinstance(place, dict) and isinstance(place.get("displayName"), str)):
        raise Refusal("invalidParameter", "location needs a displayName")
    if event.get("onlineMeetingInfo") not in (None, {"type": "dingtalk"}):
        raise Refusal("invalidParameter", "onlineMeetingInfo has the type dingtalk")
    if not isinstance(reminders, list) or not all(map(_is_reminder, reminders)):
        raise Refusal("invalidParameter", "reminders have the method dingtalk and minutes")
    if "description" in event:
        _text(event, "description", MAX_DESCRIPTION)
    if event.get("freeBusyStatus") not in (None, "busy", "free"):
        raise Refusal("invalidParameter", "freeBusyStatus is busy or free")


def _is_reminder(entry: object) -> bool:
    if not isinstance(entry, dict) or entry.get("method") != "dingtalk":
        return False
    minutes = entry.get("minutes")
    return isinstance(minutes, int) and not isinstance(minutes, bool) and minutes >= 0
