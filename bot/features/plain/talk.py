"""What is answered by one plain line: talk, and what the bot cannot do, with the nearest thing that it can."""

from __future__ import annotations

from bot.features.services import Services
from bot.model.questions import Question
from bot.model.replies import LineCode, PlainLine
from bot.model.requests import Intent, ProblemCode

_CODES = {
    Intent.THANKS: LineCode.TALK,
    Intent.UNSUPPORTED: LineCode.UNSUPPORTED,
    Intent.ROOMS: LineCode.ROOMS,
    Intent.BOOKINGS: LineCode.BOOKING_OFF,
}
AT_ONCE = (*(each for each in _CODES if each is not Intent.ROOMS), Intent.MY_HOURS, Intent.UNCLEAR)
"""Intents that are answered without a look at any calendar."""


def line_for(question: Question, services: Services) -> PlainLine | None:
    """The line that answers `question`; None where a card does."""
    request = question.request
    if request.problem and request.problem.code is ProblemCode.UNKNOWN_LANGUAGE:
        return PlainLine(question, LineCode.UNKNOWN_LANGUAGE)
    if request.intent is Intent.MY_HOURS:
        return _about_hours(question)
    code = _CODES.get(request.intent)
    if code is LineCode.BOOKING_OFF and services.config.booking.enabled:
        return None
    if code is LineCode.ROOMS and services.config.rooms.enabled:
        return None
    return PlainLine(question, code) if code else None


def _about_hours(question: Question) -> PlainLine | None:
    """A line where nothing is to be kept: what is said of one day alone, and what is no more than talk."""
    own = question.request.own
    if question.request.problem or any(order.changes or order.unknown for order in own):
        return None
    if any(order.once for order in own):
        return PlainLine(question, LineCode.MY_HOURS)
    return None if own else PlainLine(question, LineCode.TALK)
