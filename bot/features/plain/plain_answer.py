"""Whatever needs no calendar: a line, who is meant, a bare name, or that it was not understood."""

from __future__ import annotations

from bot.features.common.forms import steps_from
from bot.features.plain import asking_whom, bare_names
from bot.features.plain.talk import line_for
from bot.features.services import Services
from bot.model.card_state import PlainCard
from bot.model.questions import Question
from bot.model.replies import PlainLine, Unclear
from bot.model.requests import ProblemCode
from bot.model.steps import Step


async def answer(question: Question, card: PlainCard, services: Services) -> PlainLine | Unclear:
    """The line or the question back that answers. Raises RemoteError and StoreError."""
    request = question.request
    line = line_for(question, services)
    if line:
        return line
    if asking_whom.asks_whom(question) and (whom := await asking_whom.answer(question, services)):
        return whom
    if bare_names.is_bare(request):
        return await bare_names.answer(question, services)
    buttons = steps(question, card, services)
    return Unclear(question, request.problem.code if request.problem else ProblemCode.NOT_UNDERSTOOD, buttons)


def steps(question: Question, card: PlainCard, services: Services) -> tuple[Step, ...]:
    """The team, what may be asked about a bare name, or forms that work."""
    if question.request.problem and asking_whom.asks_whom(question):
        return asking_whom.steps(question)
    if bare_names.is_bare(question.request):
        return bare_names.steps(question, services)
    return steps_from(question, services.calendar(question.zone))
