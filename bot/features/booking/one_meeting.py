"""One meeting before it is cancelled, or before its guests change; nothing is done until it is pressed."""

from __future__ import annotations

from bot.features.booking import series_kept
from bot.features.booking.meetings import people_in, title_of
from bot.features.booking.refused import gone
from bot.features.services import Services
from bot.model.card_state import BookedCard, MeetingCard
from bot.model.deeds import Cancel, ChangeGuests
from bot.model.questions import Question
from bot.model.replies import NotBooked, OneMeeting, SeriesBooked
from bot.model.steps import Step, Verb
from bot.store import meetings


async def answer(question: Question, card: MeetingCard, services: Services) -> OneMeeting | SeriesBooked | NotBooked:
    """The meeting, and who would be told or invited; all of a series. Raises RemoteError and StoreError."""
    booking = card.booking
    if booking.repeats:
        kept = await meetings.of_event(services.store, booking.event_id)
        if kept is None:
            return await gone(question, booking, services)
        return await series_kept.answer(question, card, kept, services)
    guests = await people_in((each for each in booking.attendees if each != booking.organizer), services)
    changed = await people_in((*card.added, *card.removed), services)
    title = await title_of(booking, services)
    return OneMeeting(question, card, guests, changed, title, steps(question, card, services))


def steps(question: Question, card: MeetingCard, services: Services) -> tuple[Step, ...]:
    """Do it, or leave it as it is: the way back is the meeting."""
    booking = card.booking
    back = BookedCard(booking)
    if card.added or card.removed:
        deed = ChangeGuests(booking, card.added, card.removed)
        return (
            Step(Verb.CHANGE_THIS, deed=deed, only=booking.organizer),
            Step(Verb.STAY, card=back, only=booking.organizer),
        )
    return (
        Step(Verb.CANCEL_THIS, deed=Cancel(booking), only=booking.organizer),
        Step(Verb.KEEP, card=back, only=booking.organizer),
    )
