"""Where one can go from a common time: a slot, other slots, or the request with one thing changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.availability.working_time import WorkingCalendar
from bot.features.common.book_steps import book_steps
from bot.features.common.steps import asked_about, is_asked_back, moved, other_readings, picks, steps_from
from bot.features.services import Services
from bot.features.waiting.private_question import appeal_step
from bot.features.waiting.subscriptions import watch_step
from bot.model.meetings import Relaxation, RelaxationKind
from bot.model.people import StaffId
from bot.model.questions import Question, Step, Verb, View
from bot.model.requests import Intent
from bot.model.time import Window

_VERBS = {
    RelaxationKind.SHORTER: Verb.SHORTER,
    RelaxationKind.OPTIONAL: Verb.OPTIONAL,
    RelaxationKind.FARTHER: Verb.FARTHER,
    RelaxationKind.OFF_HOURS: Verb.OFF_HOURS,
}


def anew(view: View) -> View:
    """What a card keeps when it searches for something else: nothing of what it offers."""
    return replace(view, offered=(), shown=(), more=False, relaxations=(), taken=None, nearest=None)


def find_time_steps(question: Question, services: Services, names: Mapping[StaffId, str]) -> tuple[Step, ...]:
    """The buttons of a common time, the next step first; `names` only stand on them."""
    calendar = services.calendar(question.zone)
    if is_asked_back(question.request):
        forms = [step for step in steps_from(question, calendar) if step.verb is not Verb.NOW]
        return tuple(_searching(forms, question.view))
    view = question.view
    takes = list(book_steps(question, services, numbered=True))
    changes = [_change(question, relaxation, names) for relaxation in view.relaxations]
    refresh = Step(Verb.REFRESH, view=anew(view))  # the best slots by what is known then
    first = takes if view.offered else changes[:1] or [refresh]
    asking = appeal_step(question, names.get(view.nearest.missing[0], "")) if view.nearest else []
    then = [
        *_more(view),
        *changes[:3],
        *asking,
        *watch_step(question),
        *changes[3:],
        *_moves(question, calendar),
        refresh,
    ]
    rest = [step for step in then if step not in first]
    return (*_searching(picks(question), view), *first, *_other(question), *rest)


def _more(view: View) -> list[Step]:
    """Other slots than those on the card and before them."""
    seen = (*view.shown, *(slot.interval for slot in view.offered))
    return [Step(Verb.MORE, view=replace(view, offered=(), shown=seen))] if view.more else []


def _change(question: Question, relaxation: Relaxation, names: Mapping[StaffId, str]) -> Step:
    """The request with the one thing given up."""
    request = asked_about(question.request, relaxation.windows or question.request.windows, intent=Intent.FIND_TIME)
    if relaxation.duration:
        request = replace(request, duration=relaxation.duration)
    if relaxation.person:
        request = replace(request, optional=(*request.optional, relaxation.person))
    name = names.get(relaxation.person, "") if relaxation.person else ""
    return Step(_VERBS[relaxation.kind], request, anew(question.view), name=name)


def _other(question: Question) -> list[Step]:
    """The other reading of an ambiguous time."""
    return [_at(Verb.OTHER, question, other.windows) for other in other_readings(question)[:1]]


def _moves(question: Question, calendar: WorkingCalendar) -> list[Step]:
    """Later, and earlier while that is still to come."""
    windows, now = question.request.windows, question.now.astimezone(calendar.zone)
    if not windows:
        return []
    earlier = moved(windows, now, calendar, forward=False)
    steps = [_at(Verb.LATER, question, moved(windows, now, calendar, forward=True))]
    return [*steps, *([_at(Verb.EARLIER, question, earlier)] if earlier[0].start >= now else [])]


def _at(verb: Verb, question: Question, windows: tuple[Window, ...]) -> Step:
    return Step(verb, asked_about(question.request, windows, intent=Intent.FIND_TIME), anew(question.view))


def _searching(steps: Iterable[Step], view: View) -> list[Step]:
    """The same steps leading to a search."""
    return [
        replace(step, request=replace(step.request, intent=Intent.FIND_TIME), view=anew(view))
        for step in steps
        if step.request is not None
    ]
