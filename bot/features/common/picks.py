"""Who is meant by a name that is not one person's: the question, and its buttons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.features.common.requests import asked_about
from bot.model.people import Missing, Person, UnknownReason, Who
from bot.model.questions import Namesakes, Question
from bot.model.requests import Intent, Request
from bot.model.steps import Step, Verb

MOST_PICKS = 3


def namesakes_in(people: Iterable[Person | Missing]) -> Namesakes | None:
    """The first typed name that is not one person's, with as many who may be meant as there are buttons.

    A name of several people, or one that comes near somebody's, goes before one that is like nobody's.
    """
    asked = [each for each in people if isinstance(each, Missing) and (each.among or _is_nobody(each))]
    first = next((each for each in asked if each.among), asked[0] if asked else None)
    if first is None:
        return None
    found = first.reason is not UnknownReason.NOT_FOUND
    return Namesakes(first.label, first.among[:MOST_PICKS], len(first.among), found, first.hidden)


def _is_nobody(who: Missing) -> bool:
    """True for a typed name that nobody has."""
    return who.reason is UnknownReason.NOT_FOUND and who.staff_id is None


def picks(question: Question) -> tuple[Step, ...]:
    """One of several people in place of their name, or none of them where somebody else is left to ask about."""
    namesakes, who = question.namesakes, question.request.who
    if namesakes is None:
        return ()
    rest = who.without_typed(namesakes.name)
    pick = _left_out if namesakes.name in who.without_names else _picked
    request, number = question.request, len(namesakes.people)
    people = [
        Step(Verb.PICK, _asked_of(request, pick(rest, person)), option=option, count=number)
        for option, person in enumerate(namesakes.people[:MOST_PICKS], 1)
    ]
    nobody = not rest.nobody or pick is _left_out
    return (*people, *([Step(Verb.LEAVE_OUT, _asked_of(request, rest), count=number)] if nobody else []))


def _asked_of(request: Request, who: Who) -> Request:
    """The same of other people; a request that says nothing else still says nothing else."""
    if request.intent is Intent.UNCLEAR:
        return replace(request, who=who)
    return asked_about(request, request.windows, who=who, intent=request.intent)


def _picked(rest: Who, person: Person) -> Who:
    return replace(rest, mentioned=tuple(dict.fromkeys((*rest.mentioned, person.staff_id))))


def _left_out(rest: Who, person: Person) -> Who:
    return replace(rest, without=tuple(dict.fromkeys((*rest.without, person.staff_id))))
