"""A meeting that is asked for in words: an exact time is shown first, all else is answered with what can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.errors import RequestError
from bot.features.booking import series
from bot.features.booking.guests import whom
from bot.features.common.free_busy import hindrance, people_of
from bot.features.services import Services
from bot.model.card_state import DraftCard, Note, SlotsCard, VerdictsCard
from bot.model.deeds import Book
from bot.model.meetings import Slot
from bot.model.people import Person
from bot.model.questions import Asked, Question
from bot.model.requests import Intent, Request
from bot.model.time import Interval, WindowKind

_OCCURRENCES = 4
_FARTHEST = timedelta(days=30)
_LONGEST_EXACT = timedelta(hours=4)


async def opened(question: Question, services: Services) -> Asked:
    """An exact time with people who are known is shown before it is made; anything else is answered with what can be.

    Where the configuration says so, a wholly clear order is carried out at once, unless something speaks against it.
    """
    request = question.request
    if not services.config.booking.enabled:
        return _not_here(question)
    if request.series and request.windows:
        return series.opened(question) or _occurrences(question, Note.NO_SERIES)
    exact = exact_time(request)
    hindered = hindrance(request, services.calendar(question.zone)) is not None
    if exact is None or hindered or not await _are_known(question, services):
        return _search(question)
    slot, words = Slot(exact), tuple(left.text for left in request.leftover)
    shown = DraftCard(slot, question.asker, left_over=words)
    if question.card and services.config.booking.at_once and _is_clear(request):
        return Asked(question, shown, Book(slot, unseen_may_come=True, at_once=True))
    return Asked(question, shown)


def _is_clear(request: Request) -> bool:
    """True for an order of which every word was understood; anything else is shown before it is done."""
    return request.acts and not (request.leftover or request.who.unread or request.problem)


def exact_time(request: Request) -> Interval | None:
    """The one time that a request names; None where it is to be searched for."""
    if len(request.windows) != 1:
        return None
    [window] = request.windows
    length = window.interval.length
    if window.kind is WindowKind.POINT:
        return Interval(window.start, window.start + (request.duration or length))
    fits = request.duration in (None, length) and length <= _LONGEST_EXACT
    return window.interval if window.kind is WindowKind.RANGE and fits else None


async def _are_known(question: Question, services: Services) -> bool:
    """True where there is somebody to meet, and it is clear who each of them is."""
    try:
        people = await people_of(question, services, whom(question))
    except RequestError:
        return False
    others = [who for who in people if who.staff_id != question.asker]
    return bool(others) and all(isinstance(who, Person) for who in people)


def _search(question: Question) -> Asked:
    """What suits everybody in that time, each with a button that books it."""
    return Asked(replace(question, request=replace(question.request, intent=Intent.FIND_TIME)), SlotsCard())


def _occurrences(question: Question, note: Note) -> Asked:
    """Who is free at the first times of a series, which is not booked as it stands."""
    first, *others = question.request.windows[:_OCCURRENCES]
    windows = (first, *(each for each in others if each.end - first.start < _FARTHEST))
    request = replace(question.request, intent=Intent.WHO_IS_FREE, windows=windows, who=whom(question))
    return Asked(replace(question, request=request), VerdictsCard(note=note))


def _not_here(question: Question) -> Asked:
    """Who is free then, and that nothing is booked here; without a time, when everybody is."""
    if not question.request.windows:
        return _search(question)
    if question.request.series:
        return _occurrences(question, Note.BOOKING_OFF)
    request = replace(question.request, intent=Intent.WHO_IS_FREE, who=whom(question))
    return Asked(replace(question, request=request), VerdictsCard(note=Note.BOOKING_OFF))
