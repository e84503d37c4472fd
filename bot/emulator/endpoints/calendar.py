"""Events in the organizer's primary calendar: create and change (idempotent by x-client-token for a day), get, delete.

§14.5 of the fact sheet has PUT with the fields to change and POST to make; there is no PATCH.
"""

from collections.abc import Callable
from uuid import uuid4

from bot.emulator.endpoints.attendees import guests, path_person
from bot.emulator.event_bodies import CHANGEABLE, CREATABLE, event_fields, known_only
from bot.emulator.people import Account
from bot.emulator.routing import Endpoint
from bot.emulator.wire import Asked, JsonObject, Refusal
from bot.emulator.world import World

PATH = "/v1.0/calendar/users/{union_id}/calendars/primary/events"
MAX_SHOWN = 100


def _create(world: World, asked: Asked) -> JsonObject:
    organizer = path_person(world, asked)
    return _once(world, asked, "", lambda: _created(world, asked, organizer))


def _created(world: World, asked: Asked, organizer: Account) -> JsonObject:
    known_only(asked.body, CREATABLE)
    fields = event_fields(asked.body)
    people = guests(world, asked.body.get("attendees"), organizer.union_id)
    leader = {"id": organizer.union_id, "displayName": organizer.name, "responseStatus": "accepted"}
    world.events.count(organizer, world.platform.now())
    event = {"id": uuid4().hex, **fields, "organizer": leader, "attendees": people}
    world.events.add(event)
    return event


def _change(world: World, asked: Asked) -> JsonObject:
    event_id = asked.ids["event_id"]
    world.events.led_by(path_person(world, asked), event_id)
    return _once(world, asked, event_id, lambda: _changed(world, asked, world.events.known[event_id]))


def _changed(world: World, asked: Asked, old: JsonObject) -> JsonObject:
    """The event with the fields of the body in place of its own; whoever stays invited keeps their reply."""
    body = {name: value for name, value in asked.body.items() if (name, value) != ("id", old["id"])}
    known_only(body, CHANGEABLE)
    if not body:
        raise Refusal("invalidParameter", "there is nothing to change")
    people = old["attendees"]
    if "attendees" in body:
        people = guests(world, body["attendees"], old["organizer"]["id"], before=people)
    shared = {"id": old["id"], "organizer": old["organizer"], "attendees": people}
    shared |= {name: old[name] for name in ("meetingRooms",) if name in old}
    return world.events.change({**event_fields({**old, **body}), **shared})


def _once(world: World, asked: Asked, event_id: str, act: Callable[[], JsonObject]) -> JsonObject:
    token, platform = asked.headers.get("x-client-token", ""), world.platform
    return world.events.once(token and f"{event_id} {token}", platform.now(), platform.clock(), act)


def _get(world: World, asked: Asked) -> JsonObject:
    event = world.events.seen_by(path_person(world, asked), asked.ids["event_id"])
    most = asked.params.get("maxAttendees", str(MAX_SHOWN))
    if not most.isdecimal() or not 0 < int(most) <= MAX_SHOWN:
        raise Refusal("invalidParameter", f"maxAttendees is a number from 1 to {MAX_SHOWN}")
    return {**event, "attendees": event["attendees"][: int(most)]}


def _delete(world: World, asked: Asked) -> JsonObject:
    event = world.events.led_by(path_person(world, asked), asked.ids["event_id"])
    if asked.params.get("pushNotification", "true") not in ("true", "false"):
        raise Refusal("invalidParameter", "pushNotification is true or false")
    world.events.delete(event)
    return {}


ENDPOINTS = (
    Endpoint("createEvent", "POST", PATH, _create, scope="Calendar.Event.Write"),
    Endpoint("getEvent", "GET", f"{PATH}/{{event_id}}", _get, scope="Calendar.Event.Read"),
    Endpoint("changeEvent", "PUT", f"{PATH}/{{event_id}}", _change, scope="Calendar.Event.Write"),
    Endpoint("deleteEvent", "DELETE", f"{PATH}/{{event_id}}", _delete, scope="Calendar.Event.Write"),
)
