"""Booking: a slot becomes an event of whoever asked for it, and can be cancelled; the card says what became of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.bookings import Blocked, Clear, Made, Plan
from bot.cards import event_summary
from bot.dingtalk.events import EventAttendee
from bot.errors import RemoteError, RequestError
from bot.features.booking import draft
from bot.features.booking.booking_steps import booked_steps, cancelled_steps
from bot.features.booking.draft import MOST_AT_ONCE
from bot.features.booking.guests import Invited, invited_to
from bot.features.booking.meetings import details_of, look_at, people_in, title_of
from bot.features.booking.refused import reason_of, refused, scopes_of
from bot.features.booking.room_of import time_left, with_room
from bot.features.booking.taken import next_slots, read, standing, taken, tentative_in
from bot.features.common.free_busy import Gathered
from bot.features.services import Services
from bot.model.card_state import BookedCard, CancelledCard, CardState, DraftCard, TakenCard, moved_from
from bot.model.deeds import Book, Cancel
from bot.model.meetings import Booking, RefusalReason, Slot
from bot.model.people import OutTrackId, StaffId
from bot.model.questions import Question
from bot.model.replies import Booked, Cancelled, Draft, NotBooked, Taken
from bot.model.requests import Intent
from bot.model.rooms import Room
from bot.store.actions import Origin
from bot.store.bookings import HoldKey

Outcome = Booked | Draft | Taken | Cancelled | NotBooked
_LATE = timedelta(minutes=15)
"""A slot that began longer ago is over."""


async def shown(question: Question, card: BookedCard, services: Services) -> Booked:
    """The event as it was made; nobody's calendar is read. Raises RemoteError."""
    booking = card.booking
    invited = await invited_to(replace(question, asker=booking.organizer), Slot(booking.interval), services)
    people = [invited.organizer, *invited.guests]
    return Booked(
        question,
        card,
        people=tuple(person for person in people if person.staff_id in booking.attendees),
        unknown=tuple(person for person in people if person.staff_id in booking.unknown),
        not_invited=(*(one for one in people if one.staff_id not in booking.attendees), *invited.missing),
        title=question.request.title or await title_of(booking, services),
        changed=await people_in((*card.added, *card.removed), services),
        steps=booked_steps(question, card, services),
    )


async def shown_cancelled(question: Question, card: CancelledCard, services: Services, title: str = "") -> Cancelled:
    """That it is no more."""
    return Cancelled(
        question, card, title or question.request.title or "", steps=cancelled_steps(question, card, services)
    )


async def book(question: Question, card: CardState, deed: Book, services: Services) -> Outcome:
    """An event at the slot, if those whom it shows as free still are; else who is not, and the next best slots.

    In the name of `question.asker`, who is asked first where something speaks against it that they have not seen.
    Raises StoreError.
    """
    slot = deed.slot
    if not services.config.booking.enabled or question.card is None:
        return await refused(question, card, services, RefusalReason.OFF, slot)
    if slot.interval.start <= question.now - _LATE:
        return await refused(question, card, services, RefusalReason.PAST, slot)
    began = asyncio.get_running_loop().time()
    try:
        async with asyncio.timeout(services.timing.book_within):
            made = await _book(question, question.card, card, deed, services)
    except TimeoutError:
        return await refused(question, card, services, RefusalReason.UNCERTAIN, slot)
    except (RemoteError, RequestError) as error:
        return await refused(question, card, services, reason_of(error), slot, scopes=scopes_of(error))
    if isinstance(made, Booked) and slot.room:
        return await _with_room(made, slot.room, services, within=time_left(began, services))
    return made


async def _with_room(made: Booked, room: Room, services: Services, *, within: float) -> Booked:
    """The meeting, which is there, with the room that was to go with it."""
    booking, note = await with_room(made.question, made.card.booking, room, services, within=within)
    return await shown(made.question, replace(made.card, booking=booking, room=note), services)


async def _book(question: Question, card_id: OutTrackId, card: CardState, deed: Book, services: Services) -> Outcome:
    slot, old = deed.slot, moved_from(card)
    invited = await invited_to(question, slot, services, guests=deed.guests)
    guests = tuple(guest.staff_id for guest in invited.guests)
    shown_first = DraftCard(slot, question.asker, guests, moving=old)
    if len(guests) > MOST_AT_ONCE and not deed.confirmed:
        return await draft.answer(question, shown_first, services)
    looked = _Look(question, deed, invited, services)
    plan = Plan(
        key=HoldKey(card_id, slot.interval),
        organizer=invited.organizer,
        guests=tuple(EventAttendee(guest.union_id, guest.staff_id in invited.optional) for guest in invited.guests),
        people=invited.must | (frozenset() if deed.confirmed else {question.asker}),
        attendees=looked.attendees,
        summary=question.request.title or event_summary(question.language),
        zone=ZoneInfo(question.zone),
        origin=_origin(question),
        moves=bool(old and old.organizer == question.asker),
        title=question.request.title,
        details=details_of(question.request, with_room=slot.room is not None),
        look_at=await look_at(slot.interval, question.asker, services, now=question.now),
    )
    match await services.bookings.book(plan, look=looked):
        case Made(event_id, booked_at):
            unseen = await looked.unseen_at_last()
            ids = (question.asker, *guests)
            unknown = tuple(staff_id for staff_id in ids if staff_id in unseen)
            name = invited.organizer.name
            booking = Booking(event_id, slot.interval, question.asker, name, ids, booked_at, unknown)
            return await _replaced(question, card, booking, services)
        case Blocked(busy, _, asks) if asks or busy == {question.asker}:
            return await draft.answer(question, shown_first, services)
        case Blocked(busy, unseen) if unseen and not busy:
            return await refused(question, card, services, RefusalReason.UNSEEN, slot, people=unseen)
        case Blocked(busy):
            gathered = await read(question, deed.guests, slot.interval, services, anew=False)
            offered = next_slots(question, slot.interval, gathered, services)
            return taken(question, TakenCard(slot.interval, offered, old), busy, gathered, services)


@dataclass(slots=True)
class _Look:
    """Reads the calendars of those who come, just before the event is made; who of them could not be seen."""

    question: Question
    deed: Book
    invited: Invited
    services: Services
    attendees: frozenset[StaffId] = field(init=False)
    unseen: frozenset[StaffId] = field(init=False)
    looked: bool = False

    def __post_init__(self) -> None:
        self.attendees = frozenset(each.staff_id for each in (self.invited.organizer, *self.invited.guests))
        self.unseen = frozenset(self.deed.slot.unknown)

    async def __call__(self) -> Blocked | Clear:
        """Who stands in the way, or that nobody does."""
        self.looked = True
        gathered = await self._read(anew=True)
        interval, must = self.deed.slot.interval, self.invited.must
        found, everybody = standing(gathered, must, interval), standing(gathered, self.attendees, interval)
        if found.busy:
            return found
        if found.unseen and not self._may_be_unseen(found.unseen):
            return Blocked(asks=True) if self.deed.at_once else found
        if not self.deed.confirmed and self._speaks_against(gathered):
            return Blocked(asks=True)
        self.unseen |= found.unseen
        return Clear(self.attendees - everybody.busy - everybody.unseen)

    async def unseen_at_last(self) -> frozenset[StaffId]:
        """Who could not be seen; made before a crash, the calendars show the event by now."""
        if self.deed.unseen_may_come and not self.looked:
            gathered = await self._read(anew=False)
            self.unseen |= standing(gathered, self.invited.must, self.deed.slot.interval).unseen
        return self.unseen

    def _may_be_unseen(self, unseen: frozenset[StaffId]) -> bool:
        """Where whoever asks has seen who that is; at once as long as somebody who has to be free is seen."""
        return self.deed.confirmed or (self.deed.unseen_may_come and unseen != self.invited.must)

    def _speaks_against(self, gathered: Gathered) -> bool:
        """The organizer's own meeting; of an order that is carried out at once also what is tentative."""
        interval = self.deed.slot.interval
        own = standing(gathered, {self.question.asker}, interval).busy
        return bool(own) or (self.deed.at_once and bool(tentative_in(gathered, self.attendees, interval)))

    async def _read(self, *, anew: bool) -> Gathered:
        return await read(self.question, self.deed.guests, self.deed.slot.interval, self.services, anew=anew)


def _origin(question: Question) -> Origin:
    return Origin(question.conversation_id, question.card)


async def _replaced(question: Question, card: CardState, booking: Booking, services: Services) -> Booked:
    """The new booking; what it replaces is cancelled now that it exists, and stays with it where it could not be."""
    old = moved_from(card)
    if old and old.organizer == booking.organizer and old.event_id != booking.event_id:
        try:
            organizer = await services.directory.person(old.organizer)
            await services.bookings.cancel(old.event_id, organizer=organizer, origin=_origin(question))
            old = None
        except RemoteError:
            pass  # said on the card
    left = old if old and old.event_id != booking.event_id else None
    request = replace(question.request, intent=_intent_after(question.request.intent))
    return await shown(replace(question, request=request), BookedCard(booking, left), services)


def _intent_after(intent: Intent) -> Intent:
    """A follow-up on what was booked asks; it must not book once more."""
    return Intent.WHO_IS_FREE if intent is Intent.BOOK else intent


async def cancel(question: Question, card: CardState, deed: Cancel, services: Services) -> Outcome:
    """Deletes the event in the name of `question.asker`; again finds it deleted. Raises StoreError."""
    booking = deed.booking
    if booking is None:
        return await refused(question, card, services, RefusalReason.NOTHING_BOOKED, cancelling=True)
    if booking.organizer != question.asker:
        return await refused(question, card, services, RefusalReason.NOT_YOURS, cancelling=True)
    try:
        async with asyncio.timeout(services.timing.book_within):
            organizer = await services.directory.person(booking.organizer)
            title = await title_of(booking, services)
            deleted = await services.bookings.cancel(booking.event_id, organizer=organizer, origin=_origin(question))
    except TimeoutError:
        return await refused(question, card, services, RefusalReason.UNCERTAIN, cancelling=True)
    except RemoteError as error:
        return await refused(question, card, services, reason_of(error), cancelling=True, scopes=scopes_of(error))
    return await shown_cancelled(question, CancelledCard(booking.interval, gone=not deleted), services, title)
