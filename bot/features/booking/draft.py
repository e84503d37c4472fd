"""A meeting before it is made: who would be invited to what, and what speaks against it. Nothing is made here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.availability.intervals import clip
from bot.features.booking.draft_rooms import with_rooms
from bot.features.booking.guests import invited_to
from bot.features.booking.room_steps import draft_steps
from bot.features.booking.taken import next_slots, read, standing, taken, tentative_in
from bot.features.common.book_steps import find_step
from bot.features.common.free_busy import Gathered
from bot.features.common.without_meeting import but_for
from bot.features.services import Services
from bot.features.times.offering import slot_at
from bot.model.card_state import BookedCard, DraftCard, RefusedCard, TakenCard
from bot.model.deeds import Book, Move
from bot.model.freebusy import BusyStatus, FreeBusy
from bot.model.meetings import Booking, Refusal, RefusalReason
from bot.model.people import Person, StaffId
from bot.model.questions import Question
from bot.model.replies import Draft, Taken
from bot.model.steps import Step, Verb
from bot.model.time import Interval

MOST_AT_ONCE = 8
"""Above so many guests a meeting is always shown before it is made."""
_MOST_TAKEN_OFF = 3


async def answer(question: Question, card: DraftCard, services: Services) -> Draft | Taken:
    """The meeting as it would be made; where a guest is busy who has to come, who that is and the next slots instead.

    Read in the name of `question.asker`, who need not be the organizer. Raises RemoteError, RequestError for too many
    people, and StoreError.
    """
    asked, interval = replace(question, asker=card.organizer), card.slot.interval
    invited = await invited_to(asked, card.slot, services, guests=card.guests)
    read_anew = await read(question, card.guests, interval, services, anew=False, organizer=card.organizer)
    gathered = but_for(read_anew, card.moving)
    found = standing(gathered, invited.must, interval)
    if found.busy:
        offered = next_slots(asked, interval, gathered, services)
        return taken(question, TakenCard(interval, offered, card.moving), found.busy, gathered, services)
    ids = tuple(guest.staff_id for guest in invited.guests)
    maybe, unseen = tentative_in(gathered, ids, interval), standing(gathered, ids, interval).unseen
    shown, rooms = await with_rooms(question, replace(card, guests=ids), services, people=len({*ids, card.organizer}))
    return Draft(
        question,
        shown,
        invited.guests,
        gathered.checked_at,
        unknown=tuple(each for each in invited.guests if each.staff_id in unseen),
        tentative=tuple(each for each in invited.guests if each.staff_id in maybe),
        not_invited=invited.missing,
        own=_own(gathered, card.organizer, interval),
        outside=bool(slot_at(interval, gathered).outside),
        rooms=rooms,
        steps=steps_for(question, shown, services, {each.staff_id: each.label for each in invited.guests}),
    )


def steps(question: Question, card: DraftCard, services: Services) -> tuple[Step, ...]:
    """The buttons from what is stored alone."""
    return steps_for(question, card, services, {})


def steps_for(
    question: Question, card: DraftCard, services: Services, names: Mapping[StaffId, str]
) -> tuple[Step, ...]:
    """Make it, another time, other guests, or not at all: for whoever would organize it; `names` stand on buttons."""
    if not services.config.booking.enabled:
        return ()
    if card.moving:
        return _moving_steps(question, card, card.moving, services)
    back = replace(card, changing=False)
    if card.changing:
        less = _less(back, names)
        return (*less, Step(Verb.BACK, card=back, only=card.organizer))
    guests = card.guests or ()
    dropped = RefusedCard(Refusal(RefusalReason.DROPPED, card.slot.interval), moving=card.moving)
    slot = replace(card.slot, rooms=(card.room,) if card.room else None)
    confirm = Step(Verb.CONFIRM, deed=Book(slot, guests, unseen_may_come=True, confirmed=True), only=card.organizer)
    time = replace(find_step(question, card, services, card.slot.interval), verb=Verb.TIME, only=card.organizer)
    people = Step(Verb.PEOPLE, card=replace(card, changing=True), only=card.organizer)
    drop = Step(Verb.DROP, card=dropped, only=card.organizer)
    rooms = draft_steps(card)
    if rooms:
        return (confirm, *rooms, *(() if len(rooms) > 1 else (time,)), drop, people)
    return (confirm, time, people, drop)


def _moving_steps(question: Question, card: DraftCard, booking: Booking, services: Services) -> tuple[Step, ...]:
    """Move it there, another time, or leave it where it is."""
    find = find_step(question, card, services, card.slot.interval)
    return (
        Step(Verb.MOVE_THIS, deed=Move(booking, card.slot, confirmed=True), only=card.organizer),
        replace(find, verb=Verb.TIME, only=card.organizer),
        Step(Verb.STAY, card=BookedCard(booking), only=card.organizer),
    )


def _less(card: DraftCard, names: Mapping[StaffId, str]) -> list[Step]:
    """Without one of the first guests, as long as somebody is left."""
    guests = card.guests or ()
    if len(guests) < 2:
        return []
    return [
        Step(
            Verb.WITHOUT,
            card=replace(card, guests=tuple(each for each in guests if each != guest)),
            only=card.organizer,
            option=option,
            name=names.get(guest, ""),
        )
        for option, guest in enumerate(guests[:_MOST_TAKEN_OFF], 1)
    ]


def _own(gathered: Gathered, organizer: StaffId, interval: Interval) -> tuple[Interval, ...]:
    """When the organizer is firmly busy in it."""
    known = {who.staff_id: what for who, what in gathered.known if isinstance(who, Person)}
    what = known.get(organizer)
    if not isinstance(what, FreeBusy):
        return ()
    return tuple(clip([item.interval for item in what.busy if item.status is BusyStatus.BUSY], [interval]))
