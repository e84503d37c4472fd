"""Changes of events that are there: another time, other guests. Doing it again is the same, whoever died in between."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.bookings import NOT_DONE, Blocked, Clear, Look, looked, token_of, uncertain
from bot.dingtalk import events
from bot.dingtalk.events import EventAttendee
from bot.dingtalk.http import Api
from bot.errors import NotFound, PermissionDenied, RemoteError
from bot.model.meetings import Meeting
from bot.model.people import Person, StaffId
from bot.store import Store, actions, meetings
from bot.store import bookings as holds
from bot.store.actions import Action, ActionKind, Origin
from bot.store.bookings import Hold, HoldKey, HoldState, Refused
from bot.timing import Timing

LookAgain = Callable[[bool], Awaitable[Blocked | Clear]]
"""A look at calendars that may show already what is about to be done."""
_TRIES = 3


@dataclass(frozen=True, slots=True)
class MovePlan:
    """An event that is given the time of `key`. `guests` and `summary` are for a new one, where it cannot be moved.

    `people` can be in one meeting at a time; `zone` is the one that the event is to be read in.
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


@dataclass(frozen=True, slots=True)
class Moved:
    """The event is at its new time; `was` is where it was. `left_over`: a new one was made and the old one is there."""

    event_id: str
    was: Meeting | None
    booked_at: datetime
    left_over: bool = False


@dataclass(frozen=True, slots=True)
class Gone:
    """There is no such event any more."""


class Meetings:
    """Moves events and changes who is invited, under the holds that bookings have."""

    def __init__(self, api: Api, store: Store, *, clock: Callable[[], datetime], timing: Timing) -> None:
        self._api = api
        self._store = store
        self._clock = clock
        self._timing = timing

    # ---------------------------------------------------------------- another time
    async def move(self, plan: MovePlan, *, look: Look) -> Moved | Blocked | Gone:
        """Moves the event of `plan`, or says who stands in the way.

        What was begun before a crash is gone on with, without another look. Raises RemoteError where nothing was moved,
        Uncertain where that is not known, StoreError.
        """
        for _ in range(_TRIES):
            held = await self._hold(plan)
            if held is None:
                return Gone()
            if isinstance(held, Refused):
                return Blocked(busy=held.people)
            if held.state is HoldState.BOOKED:
                left_over = held.event_id != plan.event_id and not await self._deleted(plan)
                return Moved(held.event_id, None, held.booked_at or self._clock(), left_over)
            if held.state is HoldState.CREATING:
                return await self._go_on(plan, held, may_be_there=True)
            match await looked(self._store, held, look, clock=self._clock):
                case Blocked() as blocked:
                    if await holds.release(self._store, held, now=self._clock()):
                        return blocked
                case Clear(free):
                    if await self._begun(plan, held, free):
                        begun = replace(held, state=HoldState.CREATING, event_id=plan.event_id)
                        return await self._go_on(plan, begun, may_be_there=False)
        return Blocked(busy=plan.people)

    async def _hold(self, plan: MovePlan) -> Hold | Refused | None:
        return await meetings.hold(
            self._store,
            plan.key,
            event_id=plan.event_id,
            organizer=plan.organizer.staff_id,
            people=plan.people,
            now=self._clock(),
            lease=self._timing.slot_reading,
        )

    async def _begun(self, plan: MovePlan, held: Hold, free: frozenset[StaffId]) -> bool:
        lease = self._timing.slot_creating
        return await meetings.begin(
            self._store, held, event_id=plan.event_id, now=self._clock(), lease=lease, found_free=free
        )

    async def _go_on(self, plan: MovePlan, held: Hold, *, may_be_there: bool) -> Moved | Gone:
        """The event is moved; where that is refused a new one is made, for good once that has begun.

        `may_be_there`: another run may have moved it, so that a refusal says nothing of that.
        """
        if held.event_id == plan.event_id:
            began = self._clock()
            try:
                await self._put(plan)
                return await self._finished(plan, held, plan.event_id, began)
            except NotFound:
                await self._forget(plan.event_id, began=began)
                return Gone()
            except PermissionDenied as error:
                if error.scopes:  # a new one may not be made, either
                    await holds.release(self._store, held, now=self._clock(), created=True)
                    raise
            except NOT_DONE as error:
                if may_be_there:
                    raise uncertain(error) from error
                await holds.release(self._store, held, now=self._clock(), created=True)
                raise
            except RemoteError as error:
                raise uncertain(error) from error
            if not await meetings.begin(
                self._store, held, event_id=None, now=self._clock(), lease=self._timing.slot_creating
            ):
                return Gone()
        return await self._made_anew(plan, held)

    async def _put(self, plan: MovePlan) -> None:
        interval = plan.key.interval
        await events.move_event(
            self._api,
            organizer=plan.organizer.union_id,
            event_id=plan.event_id,
            start=interval.start,
            end=interval.end,
            zone=plan.zone,
            deadline=self._timing.call_within,
        )

    async def _made_anew(self, plan: MovePlan, held: Hold) -> Moved | Gone:
        """A new event under the token of the hold, and the old one deleted once that is there."""
        interval, began = plan.key.interval, self._clock()
        try:
            event_id = await events.create_event(
                self._api,
                organizer=plan.organizer.union_id,
                summary=plan.summary,
                start=interval.start,
                end=interval.end,
                zone=plan.zone,
                attendees=plan.guests,
                client_token=token_of(held),
                deadline=self._timing.call_within,
            )
        except NOT_DONE as error:
            if held.event_id != plan.event_id:  # another run may have made it
                raise uncertain(error) from error
            await holds.release(self._store, held, now=self._clock(), created=True)
            raise
        except RemoteError as error:
            raise uncertain(error) from error
        moved = await self._finished(plan, held, event_id, began)
        if isinstance(moved, Gone):  # cancelled meanwhile: so is what took its place
            await events.delete_event(self._api, organizer=plan.organizer.union_id, event_id=event_id)
            return moved
        return replace(moved, left_over=not await self._deleted(plan))

    async def _deleted(self, plan: MovePlan) -> bool:
        """True where the old event is no more."""
        began = self._clock()
        try:
            await events.delete_event(self._api, organizer=plan.organizer.union_id, event_id=plan.event_id)
        except RemoteError:
            return False
        await self._forget(plan.event_id, began=began)
        return True

    async def _finished(self, plan: MovePlan, held: Hold, event_id: str, began: datetime) -> Moved | Gone:
        """Remembers where the event is, and whose doing that was."""
        now, start = self._clock(), plan.key.interval.start
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
                lease=self._timing.slot_booked,
                attendees=plan.attendees,
            )
            if old:
                actions.put_in(connection, action)
            return old

        was = await self._store.run(finish)
        return Moved(event_id, was, now) if was else Gone()

    async def _forget(self, event_id: str, *, began: datetime) -> None:
        """Drops an event that is no more. Raises StoreError."""

        def undo(connection: Connection) -> None:
            holds.lock_in(connection)
            holds.undo_in(connection, event_id, began=began)

        await self._store.run(undo)

    # ---------------------------------------------------------------- other guests
    async def add(
        self, event_id: str, people: Sequence[Person], *, organizer: Person, look: LookAgain
    ) -> Meeting | Blocked | Gone:
        """The meeting with `people` invited, too, or who of them stands in the way.

        `look` is told whether they may be invited already, by a process that died. Raises RemoteError, Uncertain where
        nobody knows whether they are invited, StoreError.
        """
        ids = [each.staff_id for each in people]
        joined = await meetings.join(self._store, event_id, ids, now=self._clock(), lease=self._timing.slot_creating)
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
            await meetings.part(self._store, meeting)
            return found
        guests = [EventAttendee(each.union_id) for each in new]
        inviting = events.add_guests(
            self._api,
            organizer=organizer.union_id,
            event_id=event_id,
            guests=guests,
            deadline=self._timing.call_within,
        )
        if not await self._is_there_after(event_id, inviting):
            return Gone()
        return await self._invited(meeting, (*meeting.attendees, *(each.staff_id for each in new)))

    async def remove(
        self, event_id: str, people: Sequence[Person], *, organizer: Person, stay: Sequence[Person]
    ) -> Meeting | Gone:
        """The meeting without `people`, of which `stay` are left beside the organizer. Raises as `add` does."""
        meeting = await meetings.of_event(self._store, event_id)
        if meeting is None:
            return Gone()
        gone = [each for each in people if each.staff_id in meeting.attendees]
        if not gone:
            return meeting
        leaving = events.remove_guests(
            self._api,
            organizer=organizer.union_id,
            event_id=event_id,
            gone=[each.union_id for each in gone],
            stay=[each.union_id for each in stay],
            deadline=self._timing.call_within,
        )
        if not await self._is_there_after(event_id, leaving):
            return Gone()
        ids = {each.staff_id for each in gone}
        return await self._invited(meeting, tuple(each for each in meeting.attendees if each not in ids))

    async def _is_there_after(self, event_id: str, call: Awaitable[None]) -> bool:
        """False where DingTalk knows the event no more, which then is forgotten. Raises RemoteError, Uncertain."""
        try:
            await call
        except NotFound:
            await self._forget(event_id, began=self._clock())
            return False
        except NOT_DONE:
            raise
        except RemoteError as error:
            raise uncertain(error) from error
        return True

    async def _invited(self, meeting: Meeting, attendees: tuple[StaffId, ...]) -> Meeting | Gone:
        known = await meetings.guests(self._store, meeting.event_id, attendees, now=self._clock())
        return replace(meeting, attendees=attendees) if known else Gone()
