"""An order that names nobody, or a search with words that may be somebody: the team never stands in unasked."""

from __future__ import annotations

from dataclasses import replace

from bot.features.common.attendees import means_team
from bot.features.common.requests import asked_about
from bot.features.services import Services
from bot.model.questions import Question
from bot.model.replies import Unclear
from bot.model.requests import Intent, Problem, ProblemCode
from bot.model.steps import Step, Verb

_MEETING = (Intent.BOOK, Intent.FIND_TIME, Intent.NEXT_FREE)
_NOBODY = Problem(ProblemCode.NO_PEOPLE, "found nobody to meet, expected people, name or @ them, or say everyone")


def asks_whom(question: Question) -> bool:
    """True where the people have to be named first."""
    request = question.request
    if request.intent not in _MEETING or request.who.everyone or request.doubtful or not means_team(question):
        return False
    if request.problem is not None:
        return request.problem.code is ProblemCode.NO_PEOPLE
    return request.intent is Intent.BOOK or bool(request.leftover)


async def is_to_be_asked(question: Question, services: Services) -> bool:
    """True where the people have to be named first, and the chat has a team that may be meant. Raises RemoteError."""
    if not asks_whom(question):
        return False
    return bool(await services.directory.members_of_chat(question.conversation_id, question.team))


async def answer(question: Question, services: Services) -> Unclear | None:
    """The question who is meant, with the team as one tap; None in a chat without one. Raises RemoteError."""
    if not await is_to_be_asked(question, services):
        return None
    asked = replace(question, request=replace(question.request, problem=_NOBODY))
    return Unclear(asked, ProblemCode.NO_PEOPLE, steps(asked))


def steps(question: Question) -> tuple[Step, ...]:
    """The whole team, in a search: nothing is booked by this."""
    request = question.request
    intent = Intent.NEXT_FREE if request.intent is Intent.NEXT_FREE else Intent.FIND_TIME
    everyone = replace(request.who, everyone=True)
    return (Step(Verb.TEAM, asked_about(request, request.windows, who=everyone, intent=intent)),)
