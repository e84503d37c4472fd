"""Who of those who are invited accepted, declined or said nothing yet; read from the event, and remembered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.dingtalk.event_reading import EventRead, read_event
from bot.errors import NotFound
from bot.meetings.desk import Gone, Meetings
from bot.model.meetings import Responses
from bot.model.people import Person, StaffId, UnionId
from bot.model.time import Interval
from bot.store import responses as table

_GONE = "itemnotfound"
_SILENT = "silent"
_KINDS = {"accepted": "accepted", "declined": "declined", "tentative": "tentative"}


@dataclass(frozen=True, slots=True)
class Read:
    """What was replied; `interval` is when the event is by DingTalk, None where that is no time of a day."""

    responses: Responses
    interval: Interval | None


async def read(
    at: Meetings, event_id: str, *, organizer: Person, guests: Sequence[Person], before: Responses | None = None
) -> Read | Gone:
    """What the guests have replied by now: one call; `before` is what was read last.

    Raises RemoteError where the event cannot be read, StoreError.
    """
    began = at.clock()
    try:
        event = await read_event(
            at.api, organizer=organizer.union_id, event_id=event_id, deadline=at.timing.call_within
        )
    except NotFound as error:
        if error.code.lower() != _GONE:  # it is something else that is not there
            raise
        await at.forget(event_id, began=began)
        return Gone()
    known = {each.union_id: each.staff_id for each in guests}
    said: dict[str, list[StaffId]] = defaultdict(list)
    for each in event.attendees:
        if each.union_id != organizer.union_id:
            said[_KINDS.get(each.status, _SILENT)].append(known.get(UnionId(each.union_id), StaffId("")))
    responses = Responses(
        began,
        accepted=tuple(said["accepted"]),
        declined=tuple(said["declined"]),
        tentative=tuple(said["tentative"]),
        silent=tuple(said[_SILENT]),
        told=tuple(each for each in before.told if each in said["declined"]) if before else (),
    )
    await table.replied(at.store, event_id, responses)
    return Read(responses, _interval(event))


def _interval(event: EventRead) -> Interval | None:
    if event.start is None or event.end is None or event.start >= event.end:
        return None
    return Interval(event.start, event.end)
