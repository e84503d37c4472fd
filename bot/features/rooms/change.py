"""Another room for a meeting that is there, or none any more."""

from __future__ import annotations

from dataclasses import replace

from bot.features.booking import booked
from bot.features.booking.meetings import about
from bot.features.booking.refused import gone, refused
from bot.features.booking.room_of import with_room, without_room
from bot.features.services import Services
from bot.model.card_state import BookedCard, CardState
from bot.model.deeds import ChangeRoom
from bot.model.meetings import RefusalReason
from bot.model.questions import Question
from bot.model.replies import Booked, NotBooked
from bot.store import meetings


async def change(question: Question, card: CardState, deed: ChangeRoom, services: Services) -> Booked | NotBooked:
    """The meeting with the room of `deed`, in the name of `question.asker`; again is the same. Raises StoreError."""
    booking = deed.booking
    question = about(question, booking)
    if not services.config.rooms.enabled or not services.config.booking.enabled:
        return await refused(question, BookedCard(booking), services, RefusalReason.OFF, changing=True)
    if booking.organizer != question.asker:
        return await refused(question, BookedCard(booking), services, RefusalReason.NOT_YOURS, changing=True)
    kept = await meetings.of_event(services.store, booking.event_id)
    if kept is None:
        return await gone(question, booking, services)
    # Another card may have moved it meanwhile, or changed its guests or its room.
    booking = replace(booking, interval=kept.interval, attendees=kept.attendees, room=kept.room.booked)
    if deed.room is None:
        booking, note = await without_room(booking, services)
    else:
        booking, note = await with_room(question, booking, deed.room, services)
    return await booked.shown(about(question, booking), BookedCard(booking, room=note), services)
