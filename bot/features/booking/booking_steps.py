"""The buttons of whatever has to do with a booking, from what is kept with the card alone."""

from __future__ import annotations

from dataclasses import replace

from bot.features.booking.meetings import about
from bot.features.booking.room_steps import change_steps, room_steps
from bot.features.common.book_steps import book_steps, find_step
from bot.features.services import Services
from bot.model.card_state import BookedCard, CancelledCard, MovedCard, RefusedCard, SlotsCard, TakenCard
from bot.model.deeds import Cancel, ReadResponses
from bot.model.meetings import Booking, RefusalReason
from bot.model.questions import Question
from bot.model.steps import Step, Verb

_TWO = 2


def booked_steps(question: Question, card: BookedCard, services: Services) -> tuple[Step, ...]:
    """Another time, or none; both for the organizer only. Where the room is gone, first of all those that are free."""
    offered = room_steps(card.room.others, card.booking) if card.room and services.config.rooms.enabled else ()
    return (*offered, *_of_booking(question, card, card.booking, services))


def taken_steps(question: Question, card: TakenCard, services: Services) -> tuple[Step, ...]:
    """The next slots, and a search."""
    slots = book_steps(question, card, services, numbered=len(card.offered) > 1)
    return (*slots, find_step(question, card, services, card.interval))


def cancelled_steps(question: Question, card: CancelledCard, services: Services) -> tuple[Step, ...]:
    """A search."""
    return (find_step(question, card, services, card.interval),)


def refused_steps(question: Question, card: RefusedCard, services: Services) -> tuple[Step, ...]:
    """What the card had beside the refusal, and a search where that may help."""
    refusal = card.refusal
    if card.booking is not None:
        return _of_booking(question, card, card.booking, services)
    if refusal.reason is RefusalReason.OFF:
        return ()
    find = (find_step(question, card, services, refusal.interval),) if refusal.interval else ()
    if refusal.reason in (RefusalReason.PAST, RefusalReason.DROPPED) and find:
        return find
    return (*book_steps(question, card, services, numbered=len(card.offered) > 1), *find)


def _of_booking(
    question: Question, card: BookedCard | RefusedCard, booking: Booking, services: Services
) -> tuple[Step, ...]:
    rooms = change_steps(booking, services)
    find = find_step(about(question, booking), card, services, booking.interval)  # for those who come, nobody else
    return (
        replace(find, verb=Verb.MOVE, card=SlotsCard(moving=booking), only=booking.organizer),
        Step(Verb.CANCEL, deed=Cancel(booking), only=booking.organizer),
        *rooms[:1],
        *responses_step(booking, services),
        *rooms[1:],
    )


def responses_step(booking: Booking, services: Services, *, option: int = 0) -> tuple[Step, ...]:
    """What the guests replied, where that may be read; for the organizer only."""
    settings = services.config.booking
    if not settings.replies or not settings.enabled or booking.repeats or len(booking.attendees) < _TWO:
        return ()
    return (Step(Verb.RESPONSES, deed=ReadResponses(booking), only=booking.organizer, option=option),)


def meeting_steps(question: Question, booking: Booking, services: Services) -> tuple[Step, ...]:
    """Those of a meeting that was booked."""
    return _of_booking(question, BookedCard(booking), booking, services)


def moved_steps(question: Question, card: MovedCard, services: Services) -> tuple[Step, ...]:
    """Another time again, or none."""
    offered = room_steps(card.room.others, card.booking) if card.room and services.config.rooms.enabled else ()
    return (*offered, *meeting_steps(question, card.booking, services))
