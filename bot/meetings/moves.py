"""Another time for an event that is there. Doing it again is the same, whoever died in between."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.bookings import NOT_DONE, Blocked, Clear, Look, event_details, looked, token_of, uncertain
from bot.dingtalk import events
from bot.dingtalk.events import EventAttendee
from bot.errors import NotFound, PermissionDenied, RemoteError
from bot.meetings.desk import Gone, Meetings
from bot.model.meetings import Details, Meeting
from bot.model.people import Person, StaffId
from bot.store import actions, meetings
from bot.store import bookings as holds
from bot.store.actions import Action, ActionKind, Origin
from bot.store.bookings import Hold, HoldKey, HoldState, Refused

_TRIES = 3


@dataclass(frozen=True, slots=True)
class MovePlan:
    """An event that is given the time of `key`. `guests` and `summary` are for a new one, where it cannot be moved.

    So are its `details`. `people` can be in one meeting at a time; `zone` is the one that the event is to be read in.
    `look_at` is when replies are to be looked at without being asked for.
    """

    key: HoldKey
    event_id: str
    organizer: Person
    guests: tuple[EventAttendee, ...]
    people: frozenset[StaffId]
    attendees: frozenset[StaffId]
    summary: str
    zone: ZoneInfo
    origin: Origin
    details: Details = field(default_factory=Details)
    look_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """The event is at its new time; `was` is where it was. `left_over`: a new one was made and the old one is there."""

    event_id: str
    was: Meeting | None
    booked_at: datetime
    left_over: bool = False


async def move(at: Meetings, plan: MovePlan, *, look: Look) -> Moved | Blocked | Gone:
    """Moves the event of `plan`, or says who stands in the way.

    What was begun before a crash is gone on with, without another look. Raises RemoteError where nothing was moved,
    Uncertain where that is not known, StoreError.
    """
    for _ in range(_TRIES):
        held = await _hold(at, plan)
        if held is None:
            return Gone()
        if isinstance(held, Refused):
            return Blocked(busy=held.people)
        if held.state is HoldState.BOOKED:
            left_over = held.event_id != plan.event_id and not await _deleted(at, plan)
            return Moved(held.event_id, None, held.booked_at or at.clock(), left_over)
        if held.state is HoldState.CREATING:
            return await _go_on(at, plan, held, may_be_there=True)
        match await looked(at.store, held, look, clock=at.clock):
            case Blocked() as blocked:
                if await holds.release(at.store, held, now=at.clock()):
                    return blocked
            case Clear(free):
                if await _begun(at, plan, held, free):
                    begun = replace(held, state=HoldState.CREATING, event_id=plan.event_id)
                    return await _go_on(at, plan, begun, may_be_there=False)
    return Blocked(busy=plan.people)


async def _hold(at: Meetings, plan: MovePlan) -> Hold | Refused | None:
    return await meetings.hold(
        at.store,
        plan.key,
        event_id=plan.event_id,
        organizer=plan.organizer.staff_id,
        people=plan.people,
        now=at.clock(),
        lease=at.timing.slot_reading,
    )


async def _begun(at: Meetings, plan: MovePlan, held: Hold, free: frozenset[StaffId]) -> bool:
    lease = at.timing.slot_creating
    return await meetings.begin(at.store, held, event_id=plan.event_id, now=at.clock(), lease=lease, found_free=free)


async def _go_on(at: Meetings, plan: MovePlan, held: Hold, *, may_be_there: bool) -> Moved | Gone:
    """The event is moved; where that is refused a new one is made, for good once that has begun.

    `may_be_there`: another run may have moved it, so that a refusal says nothing of that.
    """
    if held.event_id == plan.event_id:
        began = at.clock()
        try:
            await _put(at, plan)
            return await _finished(at, plan, held, plan.event_id, began)
        except NotFound:
            await at.forget(plan.event_id, began=began)
            return Gone()
        except PermissionDenied as error:
            if error.scopes:  # a new one may not be made, either
                await holds.release(at.store, held, now=at.clock(), created=True)
                raise
        except NOT_DONE as error:
            if may_be_there:
                raise uncertain(error) from error
            await holds.release(at.store, held, now=at.clock(), created=True)
            raise
        except RemoteError as error:
            raise uncertain(error) from error
        if not await meetings.begin(at.store, held, event_id=None, now=at.clock(), lease=at.timing.slot_creating):
            return Gone()
    return await _made_anew(at, plan, held)


async def _put(at: Meetings, plan: MovePlan) -> None:
    interval = plan.key.interval
    await events.move_event(
        at.api,
        organizer=plan.organizer.union_id,
        event_id=plan.event_id,
        start=interval.start,
        end=interval.end,
        zone=plan.zone,
        deadline=at.timing.call_within,
    )


async def _made_anew(at: Meetings, plan: MovePlan, held: Hold) -> Moved | Gone:
    """A new event under the token of the hold, and the old one deleted once that is there."""
    interval, began = plan.key.interval, at.clock()
    try:
        event_id = await events.create_event(
            at.api,
            organizer=plan.organizer.union_id,
            summary=plan.summary,
            start=interval.start,
            end=interval.end,
            zone=plan.zone,
            attendees=plan.guests,
            client_token=token_of(held),
            details=event_details(plan.details),
            deadline=at.timing.call_within,
        )
    except NOT_DONE as error:
        if held.event_id != plan.event_id:  # another run may have made it
            raise uncertain(error) from error
        await holds.release(at.store, held, now=at.clock(), created=True)
        raise
    except RemoteError as error:
        raise uncertain(error) from error
    moved = await _finished(at, plan, held, event_id, began)
    if isinstance(moved, Gone):  # cancelled meanwhile: so is what took its place
        await events.delete_event(at.api, organizer=plan.organizer.union_id, event_id=event_id)
        return moved
    return replace(moved, left_over=not await _deleted(at, plan))


async def _deleted(at: Meetings, plan: MovePlan) -> bool:
    """True where the old event is no more."""
    began = at.clock()
    try:
        await events.delete_event(at.api, organizer=plan.organizer.union_id, event_id=plan.event_id)
    except RemoteError:
        return False
    await at.forget(plan.event_id, began=began)
    return True


async def _finished(at: Meetings, plan: MovePlan, held: Hold, event_id: str, began: datetime) -> Moved | Gone:
    """Remembers where the event is, and whose doing that was."""
    now, start = at.clock(), plan.key.interval.start
    about = f"{event_id} {start.isoformat()}"
    action = Action(ActionKind.MOVED, about, plan.organizer.staff_id, now, plan.origin, event_id)

    def finish(connection: Connection) -> Meeting | None:
        old = meetings.finish_in(
            connection,
            held,
            old_event=plan.event_id,
            event_id=event_id,
            began=began,
            now=now,
            lease=at.timing.slot_booked,
            attendees=plan.attendees,
            look_at=plan.look_at,
        )
        if old:
            actions.put_in(connection, action)
        return old

    was = await at.store.run(finish)
    return Moved(event_id, was, now) if was else Gone()
