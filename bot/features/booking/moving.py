"""Another time for a meeting that is there: the same event, after the same look at calendars as a booking."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.bookings import Blocked, Clear
from bot.cards import event_summary
from bot.dingtalk.events import EventAttendee
from bot.errors import RemoteError, RequestError
from bot.features.booking import draft
from bot.features.booking.booking_steps import moved_steps
from bot.features.booking.meetings import about, look_at, people_in, title_of
from bot.features.booking.refused import gone, reason_of, refused, scopes_of
from bot.features.booking.room_of import time_left, with_room
from bot.features.booking.taken import next_slots, read, standing, taken
from bot.features.common.without_meeting import but_for
from bot.features.services import Services
from bot.meetings import moves
from bot.meetings.desk import Gone
from bot.meetings.moves import Moved, MovePlan
from bot.model import replies
from bot.model.card_state import BookedCard, CardState, DraftCard, MovedCard, TakenCard
from bot.model.deeds import Move
from bot.model.meetings import Booking, Details, Meeting, RefusalReason, Slot
from bot.model.people import OutTrackId, Person, StaffId
from bot.model.questions import Question
from bot.store import meetings
from bot.store.actions import Origin
from bot.store.bookings import HoldKey

Outcome = replies.Moved | replies.Draft | replies.Taken | replies.NotBooked
_LATE = timedelta(minutes=15)


async def shown(question: Question, card: MovedCard, services: Services) -> replies.Moved:
    """Where the meeting is and where it was; nobody's calendar is read. Raises RemoteError and StoreError."""
    booking = card.booking
    guests = await people_in((each for each in booking.attendees if each != booking.organizer), services)
    title = await title_of(booking, services)
    return replies.Moved(question, card, guests, title, moved_steps(question, card, services))


async def move(question: Question, card: CardState, deed: Move, services: Services) -> Outcome:
    """The event at another time, if those who come are free then; else who is not, and the next best slots.

    In the name of `question.asker`, who is asked first where something speaks against it. Raises StoreError.
    """
    question, slot = about(question, deed.booking), deed.slot
    reason = _refusal(question, deed, services)
    if reason:
        return await _not_moved(question, deed, services, reason)
    began = asyncio.get_running_loop().time()
    try:
        async with asyncio.timeout(services.timing.book_within):
            moved = await _move(question, card, deed, services)
    except TimeoutError:
        return await _not_moved(question, deed, services, RefusalReason.UNCERTAIN)
    except (RemoteError, RequestError) as error:
        return await refused(
            question,
            BookedCard(deed.booking),
            services,
            reason_of(error),
            slot,
            scopes=scopes_of(error),
            changing=True,
        )
    if isinstance(moved, replies.Moved):
        return await _with_room(moved, slot, services, within=time_left(began, services))
    return moved


async def _with_room(moved: replies.Moved, slot: Slot, services: Services, *, within: float) -> replies.Moved:
    """The meeting at its other time with the room that was shown with it, else with its own, which may not be free."""
    booking, question = moved.card.booking, moved.question
    room = slot.room or (booking.room.room if booking.room else None)
    if room is None or not services.config.rooms.enabled:
        return moved
    booking, note = await with_room(question, booking, room, services, within=within, again=True)
    return await shown(question, replace(moved.card, booking=booking, room=note), services)


def _refusal(question: Question, deed: Move, services: Services) -> RefusalReason | None:
    if not services.config.booking.enabled or question.card is None:
        return RefusalReason.OFF
    if deed.booking.organizer != question.asker:
        return RefusalReason.NOT_YOURS
    return RefusalReason.PAST if deed.slot.interval.start <= question.now - _LATE else None


async def _move(question: Question, card: CardState, deed: Move, services: Services) -> Outcome:
    booking, slot = deed.booking, deed.slot
    meeting = await meetings.of_event(services.store, booking.event_id)
    booking = _as_kept(booking, meeting)
    deed = replace(deed, booking=booking)
    organizer = await services.directory.person(booking.organizer)
    guests = await people_in((each for each in booking.attendees if each != booking.organizer), services)
    looked = _Look(question, deed, guests, services)
    assert question.card
    plan = MovePlan(
        key=HoldKey(question.card, slot.interval),
        event_id=booking.event_id,
        organizer=organizer,
        guests=tuple(EventAttendee(guest.union_id) for guest in guests),
        people=looked.must | (frozenset() if deed.confirmed else {question.asker}),
        attendees=frozenset(booking.attendees),
        summary=(meeting.title if meeting else "") or event_summary(question.language),
        zone=ZoneInfo(question.zone),
        origin=Origin(question.conversation_id, OutTrackId(question.card)),
        details=meeting.details if meeting else Details(),
        look_at=await look_at(slot.interval, organizer.staff_id, services, now=question.now),
    )
    match await moves.move(services.meetings, plan, look=looked):
        case Moved(event_id, was, booked_at, left_over):
            now = replace(booking, event_id=event_id, interval=slot.interval, booked_at=booked_at)
            left = replace(booking, interval=was.interval if was else booking.interval) if left_over else None
            since = was.interval if was else deed.booking.interval
            return await shown(about(question, now), MovedCard(now, since, left), services)
        case Gone():
            return await gone(question, deed.booking, services)
        case Blocked(busy, _, asks) if asks or busy == {question.asker}:
            ids = tuple(guest.staff_id for guest in guests)
            return await draft.answer(question, DraftCard(slot, question.asker, ids, moving=booking), services)
        case Blocked(busy) if not busy:
            return await _not_moved(question, deed, services, RefusalReason.CHANGING)
        case Blocked(busy):
            gathered = but_for(await read(question, None, slot.interval, services, anew=False), booking)
            offered = next_slots(question, slot.interval, gathered, services)
            return taken(question, TakenCard(slot.interval, offered, booking), busy, gathered, services)


def _as_kept(booking: Booking, meeting: Meeting | None) -> Booking:
    """The booking of a card as it is by now: another card may have moved it, or changed its guests."""
    if meeting is None:
        return booking
    return replace(booking, interval=meeting.interval, attendees=meeting.attendees, room=meeting.room.booked)


@dataclass(slots=True)
class _Look:
    """Reads the calendars of those who come, just before the event is moved, without the event itself."""

    question: Question
    deed: Move
    guests: tuple[Person, ...]
    services: Services

    @property
    def must(self) -> frozenset[StaffId]:
        """Who has to be free: all guests but those who were shown as busy or unseen."""
        slot = self.deed.slot
        return frozenset(guest.staff_id for guest in self.guests).difference(slot.missing, slot.unknown, slot.agreed)

    async def __call__(self) -> Blocked | Clear:
        """Who stands in the way, or that nobody does."""
        booking, interval = self.deed.booking, self.deed.slot.interval
        gathered = but_for(await read(self.question, None, interval, self.services, anew=True), booking)
        found = standing(gathered, self.must, interval)
        everybody = standing(gathered, booking.attendees, interval)
        if found.busy:
            return found
        if not self.deed.confirmed and (found.unseen or self.question.asker in everybody.busy):
            return Blocked(asks=True)
        return Clear(frozenset(booking.attendees) - everybody.busy - everybody.unseen)


async def _not_moved(question: Question, deed: Move, services: Services, reason: RefusalReason) -> replies.NotBooked:
    return await refused(question, BookedCard(deed.booking), services, reason, deed.slot, changing=True)
