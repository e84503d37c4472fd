"""Events in the organizer's primary calendar: create (idempotent by x-client-token for a day), get, delete."""

from datetime import date
from uuid import uuid4

from bot.emulator.calendars import parse_instant
from bot.emulator.events import Made
from bot.emulator.people import Account
from bot.emulator.routing import Endpoint
from bot.emulator.wire import Asked, JsonObject, Refusal
from bot.emulator.world import World

PATH = "/v1.0/calendar/users/{union_id}/calendars/primary/events"
MAX_SUMMARY = 2048
MAX_ATTENDEES = 500


def _create(world: World, asked: Asked) -> JsonObject:
    organizer, platform = _organizer(world, asked), world.platform
    token = asked.headers.get("x-client-token", "")
    made = world.events.made_before(token, platform.now(), platform.clock())
    if made is not None:
        return made
    if len(asked.text("summary")) > MAX_SUMMARY:
        raise Refusal("invalidParameter", f"summary is longer than {MAX_SUMMARY}")
    event = _event(world, asked, organizer)
    world.events.count(organizer, platform.now())
    for person in _people(world, event):
        _enter(person, event)
    world.events.add(event)
    world.events.remember(token, Made(event, platform.now(), platform.clock() + platform.faults.event_seconds))
    return event


def _event(world: World, asked: Asked, organizer: Account) -> JsonObject:
    attendees = asked.body.get("attendees") or []
    if not isinstance(attendees, list) or len(attendees) > MAX_ATTENDEES:
        raise Refusal("invalidParameter", f"attendees holds at most {MAX_ATTENDEES}")
    guests = [_guest(world, each) for each in attendees]
    event: JsonObject = {
        "id": uuid4().hex,
        "summary": asked.body["summary"],
        "start": asked.body.get("start"),
        "end": asked.body.get("end"),
        "isAllDay": asked.body.get("isAllDay") is True,
        "organizer": {"id": organizer.union_id, "displayName": organizer.name, "responseStatus": "accepted"},
        "attendees": guests,
        **_details(asked),
    }
    _check_ends(event)
    return event


def _details(asked: Asked) -> JsonObject:
    """Where it is held, when people are reminded (15 minutes before unless said), and whether it is held online."""
    place, online = asked.body.get("location"), asked.body.get("onlineMeetingInfo")
    reminders = asked.body.get("reminders", [{"method": "dingtalk", "minutes": 15}])
    if place is not None and not (isinstance(place, dict) and isinstance(place.get("displayName"), str)):
        raise Refusal("invalidParameter", "location needs a displayName")
    if online is not None and online != {"type": "dingtalk"}:
        raise Refusal("invalidParameter", "onlineMeetingInfo has the type dingtalk")
    if not isinstance(reminders, list) or not all(map(_is_reminder, reminders)):
        raise Refusal("invalidParameter", "reminders have the method dingtalk and minutes")
    said = {"location": place, "onlineMeetingInfo": online}
    return {"reminders": reminders, **{name: value for name, value in said.items() if value is not None}}


def _is_reminder(entry: object) -> bool:
    if not isinstance(entry, dict) or entry.get("method") != "dingtalk":
        return False
    minutes = entry.get("minutes")
    return isinstance(minutes, int) and not isinstance(minutes, bool) and minutes >= 0


def _guest(world: World, entry: object) -> JsonObject:
    union_id = entry.get("id") if isinstance(entry, dict) else None
    person = world.company.by_union_id.get(union_id) if isinstance(union_id, str) else None
    if person is None:
        raise Refusal("permissionDeny", "an attendee is outside the app's range", status=403)
    optional = isinstance(entry, dict) and entry.get("isOptional") is True
    return {
        "id": person.union_id,
        "displayName": person.name,
        "responseStatus": "needsAction",
        "isOptional": optional,
    }


def _check_ends(event: JsonObject) -> None:
    name = "date" if event["isAllDay"] else "dateTime"
    for end in (event["start"], event["end"]):
        if not isinstance(end, dict) or not isinstance(end.get(name), str):
            raise Refusal("invalidParameter", f"start and end need {name}")
    try:
        read = date.fromisoformat if event["isAllDay"] else parse_instant
        ordered = read(event["start"][name]) < read(event["end"][name])
    except ValueError:
        ordered = False
    if not ordered:
        raise Refusal("invalidParameter", "end is not after start")


def _enter(person: Account, event: JsonObject) -> None:
    if event["isAllDay"]:
        first, last = (date.fromisoformat(event[end]["date"]) for end in ("start", "end"))
        person.calendar.all_day(first, (last - first).days, event_id=event["id"])
    else:
        start, end = (parse_instant(event[end]["dateTime"]) for end in ("start", "end"))
        person.calendar.busy(start, end, event_id=event["id"])


def _get(world: World, asked: Asked) -> JsonObject:
    _organizer(world, asked)
    return _known(world, asked)


def _delete(world: World, asked: Asked) -> JsonObject:
    organizer, event = _organizer(world, asked), _known(world, asked)
    if asked.params.get("pushNotification", "true") not in ("true", "false"):
        raise Refusal("invalidParameter", "pushNotification is true or false")
    if event["organizer"]["id"] != organizer.union_id:
        raise Refusal("permissionDeny", "only the organizer can delete", status=403)
    for person in _people(world, event):
        person.calendar.drop(event["id"])
    del world.events.known[event["id"]]
    return {}


def _organizer(world: World, asked: Asked) -> Account:
    person = world.company.by_union_id.get(asked.ids["union_id"])
    if person is None:
        world.platform.violate("wrong path id", f"{asked.ids['union_id']!r} is nobody's unionId")
        raise Refusal("invalidParameter", "the user does not exist")
    return person


def _known(world: World, asked: Asked) -> JsonObject:
    event = world.events.known.get(asked.ids["event_id"])
    if event is None:
        raise Refusal("itemNotFound", "the event does not exist", status=404)
    return event


def _people(world: World, event: JsonObject) -> list[Account]:
    ids = dict.fromkeys([event["organizer"]["id"], *(each["id"] for each in event["attendees"])])
    return [world.company.by_union_id[each] for each in ids if each in world.company.by_union_id]


ENDPOINTS = (
    Endpoint("createEvent", "POST", PATH, _create, scope="Calendar.Event.Write"),
    Endpoint("getEvent", "GET", f"{PATH}/{{event_id}}", _get, scope="Calendar.Event.Read"),
    Endpoint("deleteEvent", "DELETE", f"{PATH}/{{event_id}}", _delete, scope="Calendar.Event.Write"),
)
