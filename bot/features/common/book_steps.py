"""The buttons that book what a card offers, and the search for another time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.availability.working_time import WorkingCalendar
from bot.features.common.requests import asked_about
from bot.features.services import Services
from bot.model.card_state import CardState, SlotsCard, moved_from, offered_on
from bot.model.deeds import Book, Move
from bot.model.questions import Question
from bot.model.requests import Intent, Request
from bot.model.steps import Step, Verb
from bot.model.time import Interval, Window, WindowKind

MOST_SLOTS = 3
WORKING_DAYS = 5
_FARTHEST = 31
_DAY = timedelta(days=1)


def book_steps(
    question: Question, card: CardState, services: Services, *, numbered: bool = False, count: int = 0
) -> tuple[Step, ...]:
    """One for each slot on offer, once it is known who is meant. Only its organizer may replace a booking."""
    moving = moved_from(card)
    if not services.config.booking.enabled or question.namesakes:
        return ()
    return tuple(
        Step(
            Verb.BOOK,
            deed=Move(moving, slot) if moving else Book(slot),
            only=moving.organizer if moving else None,
            option=number,
            number=number if numbered else 0,
            count=count,
            name=slot.room.name if slot.room else "",
        )
        for number, slot in enumerate(offered_on(card)[:MOST_SLOTS], start=1)
    )


def find_step(question: Question, card: CardState, services: Services, interval: Interval) -> Step:
    """A search for as long a time in the days from `interval` on."""
    request = search_request(question.request, interval, services.calendar(question.zone))
    return Step(Verb.FIND, request, SlotsCard(moving=moved_from(card)))


def search_request(request: Request, interval: Interval, calendar: WorkingCalendar) -> Request:
    """The same people, as long as `interval`, over `horizon`."""
    zone = ZoneInfo(str(calendar.zone))
    days = horizon(interval, calendar)
    window = Window(days.start.astimezone(zone), days.end.astimezone(zone), WindowKind.DAYS)
    found = asked_about(request, (window,), intent=Intent.FIND_TIME)
    return replace(found, duration=interval.length)


def horizon(interval: Interval, calendar: WorkingCalendar) -> Interval:
    """Whole local days: those of `interval`, and on until they hold five working days."""
    days = calendar.days(interval)
    last, worked = days[-1], sum(map(calendar.is_worked, days))
    while worked < WORKING_DAYS and (last - days[0]).days < _FARTHEST:
        last += _DAY
        worked += calendar.is_worked(last)
    return Interval(calendar.day(days[0]).start, calendar.day(last).end)
