"""Who is free in the asked windows: the bot's first question."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.availability.judge import best_stretch, judge_all, judged
from bot.availability.working_time import WorkingCalendar
from bot.errors import PermissionDenied, RemoteError, RequestError
from bot.features.services import Services
from bot.features.steps import day_note, is_doubtful, namesakes_in, steps_from
from bot.model.freebusy import BestStretch, FreeBusy, State, Unknown, Verdict
from bot.model.people import Missing, Person, StaffId, UnionId, UnknownReason, reason_of
from bot.model.questions import Question
from bot.model.replies import Unclear, WhoIsFree
from bot.model.requests import ProblemCode, Request
from bot.model.time import Interval, Window, WindowKind, span
from bot.schedules import Reading

MOST_PEOPLE = 200
LONGEST = timedelta(days=32)


async def answer(question: Question, services: Services) -> WhoIsFree | Unclear:
    """The verdict on everybody the request names, over its windows; one call for each 20 people."""
    calendar = services.calendar(question.zone)
    code = _hindrance(question.request, calendar)
    if code is not None:
        return Unclear(question, code, steps_from(question, calendar))
    try:
        people, asker = await asyncio.gather(_people(question, services), _asker(question.asker, services))
    except RequestError as error:
        return Unclear(question, ProblemCode(error.code), steps_from(question, calendar))
    if not people:
        return Unclear(question, ProblemCode.NO_PEOPLE)
    known = await _readings(people, asker, question=question, services=services, calendar=calendar)
    asked = replace(question, namesakes=namesakes_in(people))
    return _reply(asked, people, known, services=services, calendar=calendar)


async def _people(question: Question, services: Services) -> list[Person | Missing]:
    """Everybody the question is about. Raises RequestError for too many."""
    who, outsiders = question.request.who, [Missing("", UnknownReason.EXTERNAL)] * question.outsiders
    team = None if outsiders and who.nobody else question.team
    most = MOST_PEOPLE - len(outsiders)
    return await services.directory.resolve(who, me=question.author, team=team, most=most) + outsiders


async def _asker(staff_id: StaffId, services: Services) -> UnionId | Unknown:
    """In whose name calendars are read. Without that nothing can be read, and everybody stays unknown."""
    try:
        return (await services.directory.person(staff_id)).union_id
    except RemoteError as error:
        scopes = error.scopes if isinstance(error, PermissionDenied) else ()
        return Unknown(reason_of(error), ",".join(scopes))


def _hindrance(request: Request, calendar: WorkingCalendar) -> ProblemCode | None:
    if request.problem is not None:
        return request.problem.code
    if not request.windows:
        return ProblemCode.NO_TIME
    if is_doubtful(request):
        return ProblemCode.NOT_UNDERSTOOD
    return ProblemCode.TOO_LONG if _read_span(request.windows, calendar).length > LONGEST else None


def _read_span(windows: Sequence[Window], calendar: WorkingCalendar) -> Interval:
    """Whole local days around the windows: what comes after them tells until when somebody is busy."""
    days = calendar.days(span(windows))
    return Interval(calendar.day(days[0]).start, calendar.day(days[-1]).end)


async def _readings(
    people: Sequence[Person | Missing],
    asker: UnionId | Unknown,
    *,
    question: Question,
    services: Services,
    calendar: WorkingCalendar,
) -> Mapping[UnionId, Reading]:
    persons = [person for person in people if isinstance(person, Person)]
    if isinstance(asker, Unknown):
        return {person.union_id: Reading(asker, asyncio.get_running_loop().time()) for person in persons}
    window = _read_span(question.request.windows, calendar)
    return await services.schedules.free_busy(persons, asker=asker, window=window, zone=calendar.zone)


def _reply(
    question: Question,
    people: Sequence[Person | Missing],
    readings: Mapping[UnionId, Reading],
    *,
    services: Services,
    calendar: WorkingCalendar,
) -> WhoIsFree:
    stretches = judged(question.request.windows, calendar)
    known = [(who, _known(who, readings)) for who in people]
    verdicts = judge_all(known, stretches=stretches, calendar=calendar)
    zone = question.request.zone or question.zone
    windows = tuple(_in_zone(window, zone) for window in question.request.windows)
    return WhoIsFree(
        question=question,
        windows=windows,
        day_notes=tuple(day_note(window, question.now, calendar) for window in question.request.windows),
        stretches=tuple(stretches),
        verdicts=verdicts,
        checked_at=_checked_at(readings, services.clock()),
        zone=zone,
        best=_best(verdicts, question.request),
        steps=steps_from(question, calendar),
    )


def _known(who: Person | Missing, readings: Mapping[UnionId, Reading]) -> FreeBusy | Unknown:
    if isinstance(who, Missing):
        return Unknown(who.reason, who.detail)
    reading = readings.get(who.union_id)
    return reading.known if reading else Unknown(UnknownReason.NO_ANSWER)


def _in_zone(window: Window, zone: str) -> Window:
    place = ZoneInfo(zone)
    return Window(window.start.astimezone(place), window.end.astimezone(place), window.kind)


def _checked_at(readings: Mapping[UnionId, Reading], now: datetime) -> datetime:
    """When the oldest of the data was read."""
    loop_now = asyncio.get_running_loop().time()
    age = max((loop_now - reading.read_at for reading in readings.values()), default=0.0)
    return now - timedelta(seconds=age)


def _best(verdicts: Sequence[Verdict], request: Request) -> BestStretch | None:
    """The part that suits more people than the whole does; None where there is no such part."""
    whole_days = any(window.kind is WindowKind.DAYS for window in request.windows)
    asked = min(window.interval.length for window in request.windows)
    shortest = min(request.duration or timedelta(minutes=60 if whole_days else 30), asked)
    at_work = [verdict for verdict in verdicts if verdict.state is not State.OUTSIDE_HOURS]
    best = best_stretch(at_work, shortest=shortest)
    free_throughout = sum(verdict.state is State.FREE for verdict in verdicts)
    return best if best and best.free > max(free_throughout, 1) else None
