"""Guests added to a meeting that is there, or taken off; whoever is firmly busy then is not added."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from bot.bookings import Blocked, Clear
from bot.errors import RemoteError, RequestError
from bot.features.booking import booked
from bot.features.booking.meetings import about, booking_of, people_in
from bot.features.booking.refused import gone, reason_of, refused, scopes_of
from bot.features.booking.taken import read, standing
from bot.features.common.without_meeting import but_for
from bot.features.services import Services
from bot.meetings.desk import Gone
from bot.meetings.guests import add, remove
from bot.model.card_state import BookedCard, CardState
from bot.model.deeds import ChangeGuests
from bot.model.meetings import Meeting, RefusalReason
from bot.model.people import Person
from bot.model.questions import Question
from bot.model.replies import Booked, NotBooked


async def change(question: Question, card: CardState, deed: ChangeGuests, services: Services) -> Booked | NotBooked:
    """The meeting with other guests, in the name of `question.asker`. Raises StoreError."""
    question = about(question, deed.booking)
    reason = _refusal(question, deed, services)
    if reason:
        return await refused(question, BookedCard(deed.booking), services, reason, changing=True)
    try:
        async with asyncio.timeout(services.timing.book_within):
            return await _change(question, deed, services)
    except TimeoutError:
        return await refused(question, BookedCard(deed.booking), services, RefusalReason.UNCERTAIN, changing=True)
    except (RemoteError, RequestError) as error:
        kept = BookedCard(deed.booking)
        return await refused(question, kept, services, reason_of(error), scopes=scopes_of(error), changing=True)


def _refusal(question: Question, deed: ChangeGuests, services: Services) -> RefusalReason | None:
    if not services.config.booking.enabled:
        return RefusalReason.OFF
    return RefusalReason.NOT_YOURS if deed.booking.organizer != question.asker else None


async def _change(question: Question, deed: ChangeGuests, services: Services) -> Booked | NotBooked:
    booking = deed.booking
    organizer = await services.directory.person(booking.organizer)
    found: Meeting | Blocked | Gone
    if deed.removed:
        removed = await people_in(deed.removed, services)
        ids = {*deed.removed, booking.organizer}
        stay = await people_in((each for each in booking.attendees if each not in ids), services)
        found = await remove(services.meetings, booking.event_id, removed, organizer=organizer, stay=stay)
    else:
        added = await people_in(deed.added, services)
        look = _Look(question, deed, added, services)
        found = await add(services.meetings, booking.event_id, added, organizer=organizer, look=look)
    match found:
        case Gone():
            return await gone(question, booking, services)
        case Blocked(busy, unseen):
            reason = RefusalReason.BUSY if busy else RefusalReason.UNSEEN
            kept = BookedCard(booking)
            return await refused(question, kept, services, reason, people=busy or unseen, changing=True)
        case Meeting() as meeting:
            now = replace(await booking_of(meeting, services), unknown=booking.unknown)
            card = BookedCard(now, added=deed.added, removed=deed.removed)
            return await booked.shown(about(question, now), card, services)


@dataclass(frozen=True, slots=True)
class _Look:
    """Reads the calendars of those who are to join; who cannot be seen is invited all the same, and was named."""

    question: Question
    deed: ChangeGuests
    people: tuple[Person, ...]
    services: Services

    async def __call__(self, again: bool) -> Blocked | Clear:
        """Who of them is firmly busy, or that nobody is. `again`: their calendars may show the meeting itself."""
        booking = self.deed.booking
        interval = booking.interval
        gathered = await read(self.question, self.deed.added, interval, self.services, anew=True)
        if again:
            gathered = but_for(gathered, replace(booking, attendees=self.deed.added))
        ids = [each.staff_id for each in self.people]
        found = standing(gathered, ids, interval)
        return Blocked(found.busy) if found.busy else Clear(frozenset(ids) - found.unseen)
