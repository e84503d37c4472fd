"""The buttons that book what a card offers, and the search for another time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.availability.working_time import WorkingCalendar
from bot.features.common.steps import asked_about
from bot.features.services import Services
from bot.model.questions import Question, Step, Task, TaskKind, Verb, View
from bot.model.requests import Intent, Request
from bot.model.time import Interval, Window, WindowKind

BOOK = (Verb.BOOK_1, Verb.BOOK_2, Verb.BOOK_3)
WORKING_DAYS = 5
_FARTHEST = 31
_DAY = timedelta(days=1)


def book_steps(question: Question, services: Services, *, numbered: bool = False, count: int = 0) -> tuple[Step, ...]:
    """One for each slot on offer, once it is known who is meant. Only its organizer may replace a booking."""
    view = question.view
    if not services.config.booking.enabled or question.namesakes:
        return ()
    return tuple(
        Step(
            verb,
            task=Task(TaskKind.BOOK, slot=slot),
            only=view.replacing.organizer if view.replacing else None,
            number=number if numbered else 0,
            count=count,
        )
        for number, (verb, slot) in enumerate(zip(BOOK, view.offered, strict=False), start=1)
    )


def find_step(question: Question, services: Services, interval: Interval, verb: Verb = Verb.FIND) -> Step:
    """A search for as long a time in the days from `interval` on."""
    request = search_request(question.request, interval, services.calendar(question.zone))
    return Step(verb, request, View(replacing=question.view.replacing))


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
