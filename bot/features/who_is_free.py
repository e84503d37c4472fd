"""Who is free in the asked windows: the bot's first question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.availability.judge import best_stretch, judge_all, judged
from bot.availability.working_time import WorkingCalendar
from bot.errors import RequestError
from bot.features.gathering import Gathered, gather, hindrance
from bot.features.services import Services
from bot.features.steps import day_note, namesakes_in, steps_from
from bot.model.freebusy import BestStretch, State, Verdict
from bot.model.questions import Question
from bot.model.replies import Unclear, WhoIsFree
from bot.model.requests import ProblemCode, Request
from bot.model.time import Window, WindowKind, span


async def answer(question: Question, services: Services) -> WhoIsFree | Unclear:
    """The verdict on everybody the request names, over its windows; one call for each 20 people."""
    calendar = services.calendar(question.zone)
    code = hindrance(question.request, calendar)
    if code is not None:
        return Unclear(question, code, steps_from(question, calendar))
    try:
        gathered = await gather(question, services, window=calendar.whole_days(span(question.request.windows)))
    except RequestError as error:
        return Unclear(question, ProblemCode(error.code), steps_from(question, calendar))
    if not gathered.known:
        return Unclear(question, ProblemCode.NO_PEOPLE)
    return _reply(replace(question, namesakes=namesakes_in(gathered.people)), gathered, calendar)


def _reply(question: Question, gathered: Gathered, calendar: WorkingCalendar) -> WhoIsFree:
    stretches = judged(question.request.windows, calendar)
    verdicts = judge_all(gathered.known, stretches=stretches, calendar=calendar)
    zone = question.request.zone or question.zone
    windows = tuple(_in_zone(window, zone) for window in question.request.windows)
    return WhoIsFree(
        question=question,
        windows=windows,
        day_notes=tuple(day_note(window, question.now, calendar) for window in question.request.windows),
        stretches=tuple(stretches),
        verdicts=verdicts,
        checked_at=gathered.checked_at,
        zone=zone,
        best=_best(verdicts, question.request),
        steps=steps_from(question, calendar),
    )


def _in_zone(window: Window, zone: str) -> Window:
    place = ZoneInfo(zone)
    return Window(window.start.astimezone(place), window.end.astimezone(place), window.kind)


def _best(verdicts: Sequence[Verdict], request: Request) -> BestStretch | None:
    """The part that suits more people than the whole does; None where there is no such part."""
    whole_days = any(window.kind is WindowKind.DAYS for window in request.windows)
    asked = min(window.interval.length for window in request.windows)
    shortest = min(request.duration or timedelta(minutes=60 if whole_days else 30), asked)
    at_work = [verdict for verdict in verdicts if verdict.state is not State.OUTSIDE_HOURS]
    best = best_stretch(at_work, shortest=shortest)
    free_throughout = sum(verdict.state is State.FREE for verdict in verdicts)
    return best if best and best.free > max(free_throughout, 1) else None
