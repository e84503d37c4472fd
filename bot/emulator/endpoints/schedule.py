"""querySchedule: who is busy when, per person, as far as the asker may see it."""

from datetime import datetime

from bot.emulator.calendars import parse_instant
from bot.emulator.people import Account
from bot.emulator.routing import Endpoint
from bot.emulator.wire import Asked, JsonObject, Refusal
from bot.emulator.world import World

MAX_PEOPLE = 20


def _query_schedule(world: World, asked: Asked) -> JsonObject:
    asker = world.company.by_union_id.get(asked.ids["union_id"])
    if asker is None:
        world.platform.violate("wrong path id", f"{asked.ids['union_id']!r} is nobody's unionId")
        raise Refusal("paramIllegal", "PARAM ILLEGAL")
    if asked.caller not in ("", asker.union_id):
        world.platform.violate("wrong path id", f"{asker.staff_id} is in the path, and the token is another user's")
        raise Refusal("paramIllegal", "PARAM ILLEGAL")
    start = parse_instant(asked.text("startTime"), world.platform.faults.time_forms)
    end = parse_instant(asked.text("endTime"), world.platform.faults.time_forms)
    user_ids = asked.body.get("userIds")
    if not isinstance(user_ids, list) or not all(isinstance(each, str) for each in user_ids):
        raise Refusal("MissinguserIds", "userIds is mandatory for this action.")
    if not 0 < len(user_ids) <= MAX_PEOPLE or start >= end:
        raise Refusal("paramIllegal", "PARAM ILLEGAL")
    rows = [row for user_id in user_ids for row in _rows(world, asker, user_id, start, end)]
    if world.platform.faults.users_are_shuffled:
        rows = rows[1:] + rows[:1]
    return {"scheduleInformation": rows}


def _rows(world: World, asker: Account, user_id: str, start: datetime, end: datetime) -> list[JsonObject]:
    person = world.company.by_union_id.get(user_id)
    if person is None:
        return [{"userId": user_id, "error": "user not found", "scheduleItems": []}]
    fault = world.platform.faults.people.get(user_id)
    if fault is not None and fault.omitted:
        return []
    if fault is not None and fault.error and fault.asker in (None, asker.union_id):
        return [{"userId": user_id, "error": fault.error, "scheduleItems": []}]
    items = person.calendar.between(start, end)
    world.platform.rng.shuffle(items)
    row: JsonObject = {"userId": user_id, "scheduleItems": items}
    return [row, row] if fault is not None and fault.repeated else [row]


ENDPOINTS = (
    Endpoint(
        "querySchedule",
        "POST",
        "/v1.0/calendar/users/{union_id}/querySchedule",
        _query_schedule,
        scope="Calendar.EventSchedule.Read",
        caller="either",
    ),
)
