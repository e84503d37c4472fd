"""The buttons of whatever has to do with a booking, from what is kept with the card alone."""

from __future__ import annotations

from dataclasses import replace

from bot.features.common.book_steps import book_steps, find_step
from bot.features.services import Services
from bot.model.meetings import Booking, RefusalReason
from bot.model.questions import Question, Step, Task, TaskKind, Verb, View


def is_about_booking(view: View) -> bool:
    """True for a card that shows what became of a booking, whatever its request asks."""
    return bool(view.booking or view.taken or view.cancelled or view.refused)


def booking_steps(question: Question, services: Services) -> tuple[Step, ...]:
    """The buttons of such a card, the next step first."""
    view = question.view
    if view.refused is not None:
        return _after_refusal(question, services)
    if view.booking is not None:
        return _of_booking(question, view.booking, services)
    interval = view.taken or view.cancelled
    find = (find_step(question, services, interval),) if interval else ()
    return (*book_steps(question, services, numbered=len(view.offered) > 1), *find)


def _of_booking(question: Question, booking: Booking, services: Services) -> tuple[Step, ...]:
    """Another time, or none; both for the organizer only."""
    find = find_step(question, services, booking.interval, Verb.MOVE)
    return (
        replace(find, view=View(replacing=booking), only=booking.organizer),
        Step(Verb.CANCEL, task=Task(TaskKind.CANCEL), only=booking.organizer),
    )


def _after_refusal(question: Question, services: Services) -> tuple[Step, ...]:
    view, refusal = question.view, question.view.refused
    if view.booking is not None:
        return _of_booking(question, view.booking, services)
    if refusal is None or refusal.reason is RefusalReason.OFF:
        return ()
    if refusal.reason is RefusalReason.PAST and refusal.interval:
        return (find_step(question, services, refusal.interval),)
    again = book_steps(question, services, numbered=len(view.offered) > 1)
    return (*again, *((find_step(question, services, refusal.interval),) if refusal.interval else ()))
