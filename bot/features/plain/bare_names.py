"""A name and nothing else: who that is, and what may be asked about them in one tap."""

from __future__ import annotations

from dataclasses import replace

from bot.errors import RequestError
from bot.features.common.forms import steps_from
from bot.features.common.free_busy import people_of
from bot.features.common.picks import namesakes_in, picks
from bot.features.common.requests import asked_about
from bot.features.services import Services
from bot.model.people import Person
from bot.model.questions import Question
from bot.model.replies import Unclear
from bot.model.requests import Intent, ProblemCode, Request
from bot.model.steps import Step, Verb


def is_bare(request: Request) -> bool:
    """True for people without a word on what is wanted of them, or when."""
    no_time = request.problem is not None and request.problem.code is ProblemCode.NO_TIME
    who = request.who
    named = who.mentioned or who.typed
    return request.intent is Intent.UNCLEAR and no_time and bool(named) and not (request.windows or request.change)


async def answer(question: Question, services: Services) -> Unclear:
    """The people by their names, or the question who is meant. Raises StoreError."""
    try:
        people = await people_of(question, services)
    except RequestError as error:
        return Unclear(question, ProblemCode(error.code), steps_from(question, services.calendar(question.zone)))
    question = replace(question, namesakes=namesakes_in(people))
    names = tuple(person.name for person in people if isinstance(person, Person))
    return Unclear(question, ProblemCode.NO_TIME, steps(question, services), names)


def steps(question: Question, services: Services) -> tuple[Step, ...]:
    """Now, today, tomorrow, a common time; first of all who is meant, where that is open."""
    if question.namesakes:
        return picks(question)
    forms = steps_from(question, services.calendar(question.zone))
    return (*forms, Step(Verb.FIND, asked_about(question.request, (), intent=Intent.FIND_TIME)))
