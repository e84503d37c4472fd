"""Bookings: hold the slot, read calendars anew, make the event, remember it. The same task again is the same event."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Connection

from bot.dingtalk import events
from bot.dingtalk.events import EventAttendee, EventDetails, Recurrence
from bot.dingtalk.http import Api
from bot.errors import (
    CredentialsRefused,
    LimitReached,
    NotFound,
    PermissionDenied,
    QuotaExhausted,
    Rejected,
    RemoteError,
    RequestError,
)
from bot.model.meetings import Details
from bot.model.people import Person, StaffId
from bot.model.time import Interval
from bot.store import Store, actions
from bot.store import bookings as holds
from bot.store.actions import Action, ActionKind, Origin
from bot.store.bookings import Hold, HoldKey, HoldState, Refused
from bot.timing import Timing

log = structlog.get_logger(__name__)

_TRIES = 3
_TOKENS = uuid.UUID("6f1c2a54-2d4e-4f0b-9f4e-6b1f3d0c7a21")
NOT_DONE = (CredentialsRefused, LimitReached, NotFound, PermissionDenied, QuotaExhausted, Rejected)
"""After these an event was not made; after all other errors nobody knows."""


class Uncertain(RemoteError):
    """DingTalk did not say whether the event was made or deleted."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be booked: an event of `organizer` at the time of `key`, with `guests`, who are others.

    `people` can be in one booking at a time: the organizer and those who must be free. `attendees` are all of them by
    staffId. `moves`: an event that is cancelled once this one is there. `title` is the organizer's own. A series has
    its `recurrence`, and at its `later` times those of `people` who must be in no other booking then. `look_at` is when
    replies are to be looked at without being asked for.
    """

    key: HoldKey
    organizer: Person
    guests: tuple[EventAttendee, ...]
    people: frozenset[StaffId]
    attendees: frozenset[StaffId]
    summary: str
    zone: ZoneInfo
    origin: Origin
    moves: bool = False
    title: str | None = None
    details: Details = field(default_factory=Details)
    recurrence: Recurrence | None = None
    later: Mapping[Interval, frozenset[StaffId]] = field(default_factory=dict)
    look_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """The event exists."""

    event_id: str
    booked_at: datetime


@dataclass(frozen=True, slots=True)
class Blocked:
    """Nothing was booked: `busy` are not free, `unseen` cannot be seen; `asks`: the organizer is to be asked first."""

    busy: frozenset[StaffId] = frozenset()
    unseen: frozenset[StaffId] = frozenset()
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Clear:
    """Nothing stands in the way: `free` of all attendees were read and are free."""

    free: frozenset[StaffId]


Look = Callable[[], Awaitable[Blocked | Clear]]
"""Reads the calendars of those who must be free, not from memory."""


async def looked(store: Store, held: Hold, look: Look, *, clock: Callable[[], datetime]) -> Blocked | Clear:
    """What `look` says of a slot that is held; where it cannot be said the slot is given up. Raises as `look` does."""
    try:
        return await look()
    except (RemoteError, RequestError):
        await holds.release(store, held, now=clock())
        raise


class Bookings:
    """The events that are made from cards; no two of them share a person and a time, whichever process makes them."""

    def __init__(self, api: Api, store: Store, *, clock: Callable[[], datetime], timing: Timing) -> None:
        self._api = api
        self._store = store
        self._clock = clock
        self._timing = timing

    async def book(self, plan: Plan, *, look: Look) -> Made | Blocked:
        """Makes the event of `plan`, or says who stands in the way.

        What was begun before a crash is gone on with: an event that may exist is made again under the same token, which
        gives the same one. Raises RemoteError where nothing was booked, Uncertain where that is not known, StoreError.
        """
        for _ in range(_TRIES):
            held = await self._hold(plan)
            if isinstance(held, Refused):
                return Blocked(busy=held.people)
            if held.state is HoldState.BOOKED:
                return Made(held.event_id, held.booked_at or self._clock())
            if held.state is HoldState.CREATING:
                return await self._create(plan, held, may_exist=True)
            match await looked(self._store, held, look, clock=self._clock):
                case Blocked() as blocked:
                    if await holds.release(self._store, held, now=self._clock()):
                        return blocked
                case Clear(free):
                    if await holds.begin(
                        self._store, held, now=self._clock(), lease=self._timing.slot_creating, found_free=free
                    ):
                        return await self._create(plan, held, may_exist=False)
        return Blocked(busy=plan.people)

    async def cancel(self, event_id: str, *, organizer: Person, origin: Origin) -> bool:
        """True where the event is deleted, False where it was found to be.

        Raises RemoteError where it is still there, Uncertain, StoreError.
        """
        began = self._clock()
        try:
            deleted = await events.delete_event(self._api, organizer=organizer.union_id, event_id=event_id)
        except NOT_DONE:
            raise
        except RemoteError as error:
            raise uncertain(error) from error
        cancelled = Action(ActionKind.CANCELLED, event_id, organizer.staff_id, self._clock(), origin, event_id)

        def undo(connection: Connection) -> None:
            holds.lock_in(connection)  # or a move that is being finished would bring it back
            holds.undo_in(connection, event_id, began=began)
            actions.put_in(connection, cancelled)

        await self._store.run(undo)
        return deleted

    async def _hold(self, plan: Plan) -> Hold | Refused:
        return await holds.hold(
            self._store,
            plan.key,
            organizer=plan.organizer.staff_id,
            people=plan.people,
            now=self._clock(),
            lease=self._timing.slot_reading,
            later=plan.later,
        )

    async def _create(self, plan: Plan, held: Hold, *, may_exist: bool) -> Made:
        """The event of a hold. `may_exist`: another run may have made it, so that a refusal says nothing of that."""
        try:
            event_id = await events.create_event(
                self._api,
                organizer=plan.organizer.union_id,
                summary=plan.summary,
                start=plan.key.interval.start,
                end=plan.key.interval.end,
                zone=plan.zone,
                attendees=plan.guests,
                client_token=token_of(held),
                deadline=self._timing.call_within,
                details=event_details(plan.details),
                recurrence=plan.recurrence,
            )
        except NOT_DONE as error:
            if may_exist:
                raise uncertain(error) from error
            await holds.release(self._store, held, now=self._clock(), created=True)
            raise
        except RemoteError as error:
            raise uncertain(error) from error
        return await self._made(plan, held, event_id)

    async def _made(self, plan: Plan, held: Hold, event_id: str) -> Made:
        """Remembers the event, who is in it, and whose doing it was."""
        now, lease = self._clock(), self._timing.slot_booked
        kind = ActionKind.MOVED if plan.moves else ActionKind.BOOKED
        action = Action(kind, event_id, plan.organizer.staff_id, now, plan.origin, event_id)

        def remember(connection: Connection) -> bool:
            actions.put_in(connection, action)
            return holds.booked_in(
                connection,
                held,
                event_id=event_id,
                now=now,
                lease=lease,
                attendees=plan.attendees,
                title=plan.title,
                zone=plan.zone.key,
                chat=plan.origin.chat,
                details=plan.details,
                look_at=plan.look_at,
            )

        if not await self._store.run(remember):
            log.warning("booking_overtaken", card=plan.key.card)
        return Made(event_id, now)


def event_details(details: Details) -> EventDetails:
    """As an event has them."""
    return EventDetails(details.place, details.reminder_minutes, details.online)


def token_of(held: Hold) -> str:
    """The x-client-token of a hold: the same for every try, another one once the slot is taken up anew."""
    interval = held.key.interval
    return str(
        uuid.uuid5(_TOKENS, f"{held.key.card} {interval.start.isoformat()} {interval.end.isoformat()} {held.round}")
    )


def uncertain(error: RemoteError) -> Uncertain:
    """That nobody knows what came of a call."""
    return Uncertain("no word on whether it was done", api=error.api, code=error.code, status=error.status)
