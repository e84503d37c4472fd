"""What the guests of a meeting replied, on its card; who declined, privately to the organizer, with the next time."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bot.availability.slots import Sought, find_slots
from bot.errors import RemoteError
from bot.features.booking.booking_steps import meeting_steps
from bot.features.booking.meetings import about, people_in, title_of
from bot.features.booking.refused import gone, reason_of, scopes_of
from bot.features.booking.refused import shown as refused_shown
from bot.features.booking.taken import read as read_calendars
from bot.features.common.attendees import attendees_of
from bot.features.common.book_steps import horizon
from bot.features.common.free_busy import Gathered
from bot.features.common.without_meeting import but_for
from bot.features.services import Services
from bot.meetings import responses
from bot.meetings.desk import Gone
from bot.model.card_state import BookedCard, CardState, DeclinedCard, RefusedCard, ResponsesCard
from bot.model.deeds import Move, ReadResponses
from bot.model.freebusy import Unknown
from bot.model.meetings import Booking, Refusal, RefusalReason, Slot
from bot.model.people import ConversationId, Person, StaffId
from bot.model.questions import Question
from bot.model.replies import Declined, NotBooked, ResponsesShown
from bot.model.requests import Intent
from bot.model.steps import Step, Verb
from bot.model.time import Window, WindowKind, zone_named
from bot.store import meetings


# ---------------------------------------------------------------- on the card of the meeting
async def read(
    question: Question, card: CardState, deed: ReadResponses, services: Services
) -> ResponsesShown | NotBooked:
    """What the guests have replied by now, read in the organizer's name; else why not. Raises StoreError."""
    booking = deed.booking
    question = about(question, booking)
    settings = services.config.booking
    if not settings.enabled or not settings.replies:
        return await _not_read(question, booking, services, RefusalReason.OFF)
    if booking.organizer != question.asker:
        return await _not_read(question, booking, services, RefusalReason.NOT_YOURS)
    try:
        async with asyncio.timeout(services.timing.book_within):
            found = await current(question, booking, services)
            return await gone(question, booking, services) if found is None else await shown(question, found, services)
    except TimeoutError:
        return await _not_read(question, booking, services, RefusalReason.REFUSED)
    except RemoteError as error:
        return await _not_read(question, booking, services, reason_of(error), scopes_of(error))


async def current(question: Question, booking: Booking, services: Services) -> ResponsesCard | None:
    """The meeting as it is by now, with what was replied; None where it is no more. Raises RemoteError, StoreError."""
    kept = await meetings.of_event(services.store, booking.event_id)
    if kept is None:
        return None
    organizer = await services.directory.person(kept.organizer)
    guests = await people_in(kept.attendees[1:], services)
    found = await responses.read(
        services.meetings, kept.event_id, organizer=organizer, guests=guests, before=kept.responses
    )
    if isinstance(found, Gone):
        return None
    interval = found.interval or kept.interval  # somebody may have moved it in DingTalk itself
    return ResponsesCard(replace(booking, interval=interval, attendees=kept.attendees), found.responses)


async def _not_read(
    question: Question,
    booking: Booking,
    services: Services,
    reason: RefusalReason,
    scopes: tuple[str, ...] = (),
) -> NotBooked:
    refusal = Refusal(reason, booking.interval, scopes=scopes, reading=True)
    return await refused_shown(question, RefusedCard(refusal, booking=booking), services)


async def shown(question: Question, card: ResponsesCard, services: Services) -> ResponsesShown:
    """The replies as they were read. Raises RemoteError and StoreError."""
    found = card.responses
    everybody = (*found.accepted, *found.declined, *found.tentative, *found.silent)
    return ResponsesShown(
        question,
        card,
        names=await _names(everybody, services),
        title=await title_of(card.booking, services),
        steps=steps(question, card, services),
    )


def steps(question: Question, card: ResponsesCard, services: Services) -> tuple[Step, ...]:
    """What any card of a meeting has."""
    return meeting_steps(question, card.booking, services)


async def _names(staff_ids: Sequence[StaffId], services: Services) -> dict[StaffId, Person]:
    return {each.staff_id: each for each in await people_in(filter(None, staff_ids), services)}


# ---------------------------------------------------------------- privately, to the organizer
async def to_organizer(question: Question, booking: Booking, services: Services) -> Question:
    """A question of the organizer's own, in their chat with the bot, about a meeting. Raises StoreError."""
    chat = ConversationId(f"direct:{booking.organizer}")
    settings = await services.chats.of(chat)
    own = replace(
        question,
        request=replace(question.request, intent=Intent.WHO_IS_FREE, title=None),
        asker=booking.organizer,
        author=booking.organizer,
        author_name="",
        conversation_id=chat,
        in_group=False,
        zone=settings.zone,
        language=settings.language(question.language),
        team=None,
    )
    return about(own, booking)


async def declined(question: Question, card: ResponsesCard, services: Services) -> Declined:
    """Who declined of whom was not told yet, with the next time that suits everybody: in the organizer's name.

    Raises RemoteError, RequestError and StoreError.
    """
    booking, found = card.booking, card.responses
    guests = tuple(each for each in booking.attendees if each != booking.organizer)
    read_anew = await read_calendars(question, guests, booking.interval, services, anew=True)
    gathered = but_for(read_anew, booking)
    unseen = tuple(
        who.staff_id for who, what in gathered.known if isinstance(who, Person) and isinstance(what, Unknown)
    )
    slot = _next_time(question, booking, gathered, services)
    told = DeclinedCard(booking, found.untold, found.silent, slot, unseen)
    return await shown_declined(question, told, services)


def _next_time(question: Question, booking: Booking, gathered: Gathered, services: Services) -> Slot | None:
    """The first time after the meeting at which all who can be seen are firmly free, at work, for as long."""
    interval = booking.interval
    calendar = services.calendar(question.zone)
    zone = zone_named(question.zone)
    end = horizon(interval, calendar).end
    start = max(interval.end, question.now)
    if start >= end:
        return None
    window = Window(start.astimezone(zone), end.astimezone(zone), WindowKind.DAYS)
    attendees = attendees_of(gathered, question, services)
    sought = Sought(attendees, (window,), interval.length, calendar, question.now)
    best = next(iter(find_slots(sought, most=1, apart_from=(interval,))), None)
    return best if best and not (best.missing or best.tentative) else None


async def shown_declined(question: Question, card: DeclinedCard, services: Services) -> Declined:
    """As it was told. Raises RemoteError and StoreError."""
    return Declined(
        question,
        card,
        names=await _names((*card.declined, *card.silent, *card.unseen), services),
        title=await title_of(card.booking, services),
        steps=declined_steps(question, card, services),
    )


def declined_steps(question: Question, card: DeclinedCard, services: Services) -> tuple[Step, ...]:
    """Take that time, or one of one's own, or leave it as it is; for the organizer only."""
    booking = card.booking
    move, *_ = meeting_steps(question, booking, services)
    take = (Step(Verb.TAKE, deed=Move(booking, card.slot), only=booking.organizer),) if card.slot else ()
    return (*take, move, Step(Verb.STAY, card=BookedCard(booking), only=booking.organizer))
