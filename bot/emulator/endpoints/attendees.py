"""Who is invited to an event: listed with their replies, added, taken off, and answering for themselves.

The page names the paths; the bodies of the three POSTs are those of the official SDK.
"""

from bot.emulator.event_bodies import known_only
from bot.emulator.people import Account
from bot.emulator.routing import Endpoint
from bot.emulator.wire import Asked, JsonObject, Refusal
from bot.emulator.world import World

PATH = "/v1.0/calendar/users/{union_id}/calendars/primary/events/{event_id}"
MAX_ATTENDEES = 500
MAX_PAGE = 500
NOTIFICATIONS = frozenset({"pushNotification", "chatNotification"})


def path_person(world: World, asked: Asked) -> Account:
    """The person in whose name the call is made, by the unionId of the path."""
    person = world.company.by_union_id.get(asked.ids["union_id"])
    if person is None:
        world.platform.violate("wrong path id", f"{asked.ids['union_id']!r} is nobody's unionId")
        raise Refusal("invalidParameter", "the user does not exist")
    return person


def guests(
    world: World, entries: object, organizer: str, *, before: list[JsonObject] | None = None
) -> list[JsonObject]:
    """Rows of those who are invited; one of `before` keeps their reply, the organizer has accepted."""
    entries = [] if entries is None else entries
    if not isinstance(entries, list) or len(entries) > MAX_ATTENDEES:
        raise Refusal("invalidParameter", f"attendees holds at most {MAX_ATTENDEES}")
    replies = {organizer: "accepted", **{each["id"]: each["responseStatus"] for each in before or ()}}
    rows = [_guest(world, entry) for entry in entries]
    return [{**row, "responseStatus": replies.get(row["id"], "needsAction")} for row in rows]


def _guest(world: World, entry: object) -> JsonObject:
    union_id = entry.get("id") if isinstance(entry, dict) else None
    person = world.company.by_union_id.get(union_id) if isinstance(union_id, str) else None
    if person is None or person.union_id in world.platform.faults.out_of_range:
        raise Refusal("permissionDeny", "an attendee is outside the app's range", status=403)
    optional = isinstance(entry, dict) and entry.get("isOptional") is True
    return {"id": person.union_id, "displayName": person.name, "responseStatus": "", "isOptional": optional}


def _list(world: World, asked: Asked) -> JsonObject:
    event = world.events.seen_by(path_person(world, asked), asked.ids["event_id"])
    size, begin = asked.params.get("maxResults", str(MAX_PAGE)), asked.params.get("nextToken", "0")
    if not size.isdecimal() or not 0 < int(size) <= MAX_PAGE or not begin.isdecimal():
        raise Refusal("invalidParameter", f"maxResults is a number from 1 to {MAX_PAGE}, nextToken what came before")
    end = int(begin) + int(size)
    page: JsonObject = {"attendees": event["attendees"][int(begin) : end]}
    return {**page, "nextToken": str(end)} if end < len(event["attendees"]) else page


def _add(world: World, asked: Asked) -> JsonObject:
    event = world.events.led_by(path_person(world, asked), asked.ids["event_id"])
    known_only(asked.body, NOTIFICATIONS | {"attendeesToAdd"})
    added = guests(world, _entries(asked, "attendeesToAdd"), event["organizer"]["id"])
    invited = {each["id"] for each in event["attendees"]}
    people = [*event["attendees"], *(each for each in added if each["id"] not in invited)]
    if len(people) > MAX_ATTENDEES:
        raise Refusal("invalidParameter", f"an event has at most {MAX_ATTENDEES} attendees")
    world.events.change({**event, "attendees": people})
    return {}


def _remove(world: World, asked: Asked) -> JsonObject:
    event = world.events.led_by(path_person(world, asked), asked.ids["event_id"])
    known_only(asked.body, NOTIFICATIONS | {"attendeesToRemove"})
    gone = [each.get("id") if isinstance(each, dict) else None for each in _entries(asked, "attendeesToRemove")]
    invited = [each["id"] for each in event["attendees"]]
    if any(each not in invited for each in gone):
        raise Refusal("invalidParameter", "somebody who is to be removed is not invited")
    world.events.change({**event, "attendees": [each for each in event["attendees"] if each["id"] not in gone]})
    return {}


def _respond(world: World, asked: Asked) -> JsonObject:
    person = path_person(world, asked)
    known_only(asked.body, frozenset({"responseStatus"}))
    world.events.reply(person, world.events.seen_by(person, asked.ids["event_id"]), asked.body.get("responseStatus"))
    return {}


def _entries(asked: Asked, name: str) -> list[object]:
    found = asked.body.get(name)
    if not isinstance(found, list) or not found:
        raise Refusal(f"Missing{name}", f"{name} is mandatory for this action.")
    return found


ENDPOINTS = (
    Endpoint("listAttendees", "GET", f"{PATH}/attendees", _list, scope="Calendar.Event.Read"),
    Endpoint("addAttendees", "POST", f"{PATH}/attendees", _add, scope="Calendar.Event.Write"),
    Endpoint("removeAttendees", "POST", f"{PATH}/attendees/batchRemove", _remove, scope="Calendar.Event.Write"),
    Endpoint("respondToEvent", "POST", f"{PATH}/respond", _respond, scope="Calendar.Event.Write"),
)
