"""Booking: a slot becomes an event of whoever asked for it, and can be cancelled; the card says what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.availability.slots import Sought, find_slots
from bot.bookings import Blocked, Clear, Made, Plan, Uncertain
from bot.cards import event_summary
from bot.dingtalk.events import EventAttendee, EventDetails
from bot.errors import LimitReached, PermissionDenied, QuotaExhausted, RemoteError, RequestError, YoukongError
from bot.features.booking.booking_steps import booked_steps, cancelled_steps, refused_steps, taken_steps
from bot.features.booking.guests import invited_to, whom
from bot.features.common.attendees import attendees_of
from bot.features.common.book_steps import horizon
from bot.features.common.free_busy import Gathered, gather
from bot.features.services import Services
from bot.model.card_state import (
    BookedCard,
    CancelledCard,
    CardState,
    RefusedCard,
    TakenCard,
    booked_on,
    moved_from,
    offered_on,
)
from bot.model.deeds import Book, Cancel
from bot.model.freebusy import BusyStatus, FreeBusy, Unknown
from bot.model.meetings import Booking, Refusal, RefusalReason, Slot
from bot.model.people import OutTrackId, Person, StaffId
from bot.model.questions import Question
from bot.model.replies import Booked, Cancelled, NotBooked, Taken
from bot.model.requests import Intent, Request
from bot.model.time import Interval, Window, WindowKind
from bot.store.actions import Origin
from bot.store.bookings import HoldKey

Outcome = Booked | Taken | Cancelled | NotBooked
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
        steps=booked_steps(question, card, services),
    )


async def shown_taken(question: Question, card: TakenCard, services: Services) -> Taken:
    """Who is in the way by what is known now. Raises RemoteError."""
    gathered = await _read(question, card.interval, services, anew=False)
    return _taken(question, card, (), gathered, services)


async def shown_cancelled(question: Question, card: CancelledCard, services: Services) -> Cancelled:
    """That it is no more."""
    return Cancelled(question, card, cancelled_steps(question, card, services))


async def shown_refused(question: Question, card: RefusedCard, services: Services) -> NotBooked:
    """What was not done, and why. Raises RemoteError."""
    refusal = card.refusal
    found = await services.directory.persons(refusal.people) if refusal.people else {}
    people = tuple(person for person in found.values() if isinstance(person, Person))
    return NotBooked(question, card, people, refused_steps(question, card, services))


async def book(question: Question, card: CardState, deed: Book, services: Services) -> Outcome:
    """An event at the slot, if those whom it shows as free still are; else who is not, and the next best slots.

    In the name of `question.asker`. Raises StoreError.
    """
    slot = deed.slot
    if not services.config.booking.enabled or question.card is None:
        return await _refuse(question, card, services, RefusalReason.OFF, slot)
    if slot.interval.start <= question.now - _LATE:
        return await _refuse(question, card, services, RefusalReason.PAST, slot)
    try:
        async with asyncio.timeout(services.timing.book_within):
            return await _book(question, question.card, card, deed, services)
    except TimeoutError:
        return await _refuse(question, card, services, RefusalReason.UNCERTAIN, slot)
    except (RemoteError, RequestError) as error:
        return await _refuse(question, card, services, _reason(error), slot, scopes=_scopes(error))


async def _book(question: Question, card_id: OutTrackId, card: CardState, deed: Book, services: Services) -> Outcome:
    slot, unseen_may_come = deed.slot, deed.unseen_may_come
    invited = await invited_to(question, slot, services)
    attendees = frozenset(person.staff_id for person in (invited.organizer, *invited.guests))
    unseen: frozenset[StaffId] = frozenset(slot.unknown)
    looked = False

    async def look() -> Blocked | Clear:
        nonlocal unseen, looked
        looked = True
        gathered = await _read(question, slot.interval, services, anew=True)
        found = _standing(gathered, invited.must, slot.interval)
        others = _standing(gathered, attendees, slot.interval)
        free = Clear(attendees - others.busy - others.unseen)
        if not unseen_may_come or found.unseen == invited.must:
            return found if found.busy or found.unseen else free
        unseen |= found.unseen
        return Blocked(busy=found.busy) if found.busy else free

    old = moved_from(card)
    plan = Plan(
        key=HoldKey(card_id, slot.interval),
        organizer=invited.organizer,
        guests=tuple(EventAttendee(guest.union_id, guest.staff_id in invited.optional) for guest in invited.guests),
        people=invited.must | {invited.organizer.staff_id},
        attendees=attendees,
        summary=question.request.title or event_summary(question.language),
        zone=ZoneInfo(question.zone),
        origin=_origin(question),
        moves=bool(old and old.organizer == question.asker),
        details=_details(question.request),
    )
    match await services.bookings.book(plan, look=look):
        case Made(event_id, booked_at):
            if unseen_may_come and not looked:  # made before a crash; the calendars show the event by now
                unseen |= _standing(
                    await _read(question, slot.interval, services, anew=False), invited.must, slot.interval
                ).unseen
            people = (invited.organizer, *invited.guests)
            ids = tuple(person.staff_id for person in people)
            unknown = tuple(staff_id for staff_id in ids if staff_id in unseen)
            name = invited.organizer.name
            booking = Booking(event_id, slot.interval, question.asker, name, ids, booked_at, unknown)
            return await _replaced(question, card, booking, services)
        case Blocked(busy, missing) if missing and not busy:
            return await _refuse(question, card, services, RefusalReason.UNSEEN, slot, people=missing)
        case Blocked(busy):
            gathered = await _read(question, slot.interval, services, anew=False)
            offered = _next_slots(question, slot.interval, gathered, services)
            taken = TakenCard(slot.interval, offered, moved_from(card))
            return _taken(question, taken, busy, gathered, services)


def _origin(question: Question) -> Origin:
    return Origin(question.conversation_id, question.card)


def _details(request: Request) -> EventDetails:
    """What the words of the request say of the meeting beside its title."""
    minutes = None if request.reminder is None else round(request.reminder.total_seconds() / 60)
    return EventDetails(request.place or "", minutes, request.video)


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
        return await _refuse(question, card, services, RefusalReason.NOTHING_BOOKED, cancelling=True)
    if booking.organizer != question.asker:
        return await _refuse(question, card, services, RefusalReason.NOT_YOURS, cancelling=True)
    try:
        async with asyncio.timeout(services.timing.book_within):
            organizer = await services.directory.person(booking.organizer)
            await services.bookings.cancel(booking.event_id, organizer=organizer, origin=_origin(question))
    except TimeoutError:
        return await _refuse(question, card, services, RefusalReason.UNCERTAIN, cancelling=True)
    except RemoteError as error:
        return await _refuse(question, card, services, _reason(error), cancelling=True, scopes=_scopes(error))
    return await shown_cancelled(question, CancelledCard(booking.interval), services)


async def _read(question: Question, interval: Interval, services: Services, *, anew: bool) -> Gathered:
    """Everybody over the days in which the next best slots are sought, too: one call for each 20 people."""
    window = horizon(interval, services.calendar(question.zone))
    return await gather(question, services, window=window, who=whom(question), anew=anew)


def _standing(gathered: Gathered, people: Iterable[StaffId], interval: Interval) -> Blocked:
    """Who of `people` is firmly busy in `interval`, and who cannot be seen; tentative time does not block."""
    known = {who.staff_id: what for who, what in gathered.known if isinstance(who, Person)}
    read = {person: known.get(person) for person in people}
    unseen = frozenset(person for person, what in read.items() if not isinstance(what, FreeBusy))
    busy = frozenset(
        person
        for person, what in read.items()
        if isinstance(what, FreeBusy)
        and any(item.status is BusyStatus.BUSY and item.interval.overlaps(interval) for item in what.busy)
    )
    return Blocked(busy, unseen)


def _next_slots(question: Question, interval: Interval, gathered: Gathered, services: Services) -> tuple[Slot, ...]:
    """The next best slots of the same length."""
    calendar = services.calendar(question.zone)
    attendees = attendees_of(gathered, question, services)
    days = horizon(interval, calendar)
    window = Window(days.start.astimezone(calendar.zone), days.end.astimezone(calendar.zone), WindowKind.DAYS)
    sought = Sought(attendees, (window,), interval.length, calendar, question.now, question.request.quorum)
    return tuple(find_slots(sought, most=2, apart_from=(interval,)))


def _taken(
    question: Question, card: TakenCard, busy: Iterable[StaffId], gathered: Gathered, services: Services
) -> Taken:
    """Whom a hold names, or the calendars do."""
    named = set(busy) or _standing(gathered, _seen(gathered), card.interval).busy
    people = tuple(who for who in gathered.people if isinstance(who, Person) and who.staff_id in named)
    return Taken(question, card, people, gathered.checked_at, taken_steps(question, card, services))


def _seen(gathered: Gathered) -> list[StaffId]:
    return [who.staff_id for who, what in gathered.known if isinstance(who, Person) and not isinstance(what, Unknown)]


async def _refuse(
    question: Question,
    card: CardState,
    services: Services,
    reason: RefusalReason,
    slot: Slot | None = None,
    *,
    cancelling: bool = False,
    people: Iterable[StaffId] = (),
    scopes: tuple[str, ...] = (),
) -> NotBooked:
    booking = booked_on(card)
    interval = slot.interval if slot else booking.interval if booking else None
    refusal = Refusal(reason, interval, cancelling, tuple(sorted(people)), scopes)
    offered = (slot,) if slot else offered_on(card)
    return await shown_refused(question, RefusedCard(refusal, offered, booking, moved_from(card)), services)


def _reason(error: YoukongError) -> RefusalReason:
    match error:
        case Uncertain():
            return RefusalReason.UNCERTAIN
        case PermissionDenied(scopes=scopes):
            return RefusalReason.SCOPE if scopes else RefusalReason.RANGE
        case LimitReached():
            return RefusalReason.DAILY_LIMIT
        case QuotaExhausted():
            return RefusalReason.QUOTA
        case _:
            return RefusalReason.REFUSED


def _scopes(error: YoukongError) -> tuple[str, ...]:
    return error.scopes if isinstance(error, PermissionDenied) else ()
