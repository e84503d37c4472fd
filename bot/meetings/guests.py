"""Other guests for an event that is there: invited beside those who are, or taken off."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.bookings import NOT_DONE, Blocked, Clear, uncertain
from bot.dingtalk import events
from bot.dingtalk.events import EventAttendee
from bot.errors import NotFound, RemoteError
from bot.meetings.desk import Gone, Meetings
from bot.model.meetings import Meeting
from bot.model.people import Person, StaffId
from bot.store import meetings
from bot.store.bookings import Refused

LookAgain = Callable[[bool], Awaitable[Blocked | Clear]]
"""A look at calendars that may show already what is about to be done."""


async def add(
    at: Meetings, event_id: str, people: Sequence[Person], *, organizer: Person, look: LookAgain
) -> Meeting | Blocked | Gone:
    """The meeting with `people` invited, too, or who of them stands in the way.

    `look` is told whether they may be invited already, by a process that died. Raises RemoteError, Uncertain where
    nobody knows whether they are invited, StoreError.
    """
    ids = [each.staff_id for each in people]
    joined = await meetings.join(at.store, event_id, ids, now=at.clock(), lease=at.timing.slot_creating)
    if joined is None:
        return Gone()
    if isinstance(joined, Refused):
        return Blocked(busy=joined.people)
    meeting = joined.meeting
    new = [each for each in people if each.staff_id not in meeting.attendees]
    if not new:
        return meeting
    found = await look(joined.again)
    if isinstance(found, Blocked):
        await meetings.part(at.store, meeting)
        return found
    guests = [EventAttendee(each.union_id) for each in new]
    inviting = events.add_guests(
        at.api,
        organizer=organizer.union_id,
        event_id=event_id,
        guests=guests,
        deadline=at.timing.call_within,
    )
    if not await _is_there_after(at, event_id, inviting):
        return Gone()
    return await _invited(at, meeting, (*meeting.attendees, *(each.staff_id for each in new)))


async def remove(
    at: Meetings, event_id: str, people: Sequence[Person], *, organizer: Person, stay: Sequence[Person]
) -> Meeting | Gone:
    """The meeting without `people`, of which `stay` are left beside the organizer. Raises as `add` does."""
    meeting = await meetings.of_event(at.store, event_id)
    if meeting is None:
        return Gone()
    gone = [each for each in people if each.staff_id in meeting.attendees]
    if not gone:
        return meeting
    leaving = events.remove_guests(
        at.api,
        organizer=organizer.union_id,
        event_id=event_id,
        gone=[each.union_id for each in gone],
        stay=[each.union_id for each in stay],
        deadline=at.timing.call_within,
    )
    if not await _is_there_after(at, event_id, leaving):
        return Gone()
    ids = {each.staff_id for each in gone}
    return await _invited(at, meeting, tuple(each for each in meeting.attendees if each not in ids))


async def _is_there_after(at: Meetings, event_id: str, call: Awaitable[None]) -> bool:
    """False where DingTalk knows the event no more, which then is forgotten. Raises RemoteError, Uncertain."""
    try:
        await call
    except NotFound:
        await at.forget(event_id, began=at.clock())
        return False
    except NOT_DONE:
        raise
    except RemoteError as error:
        raise uncertain(error) from error
    return True


async def _invited(at: Meetings, meeting: Meeting, attendees: tuple[StaffId, ...]) -> Meeting | Gone:
    known = await meetings.guests(at.store, meeting.event_id, attendees, now=at.clock())
    return replace(meeting, attendees=attendees) if known else Gone()
