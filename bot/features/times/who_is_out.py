"""Who is out: on leave where leave is read, else whoever's calendar is taken all day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.availability.intervals import clip
from bot.availability.judge import judge_all, judged
from bot.features.common.forms import steps_from
from bot.features.common.free_busy import Gathered, gather_or_ask, hindrance
from bot.features.common.picks import namesakes_in
from bot.features.common.requests import day_note
from bot.features.services import Services
from bot.model.card_state import OutCard
from bot.model.freebusy import BusyStatus, State, Verdict
from bot.model.questions import Question
from bot.model.replies import Absence, Unclear, WhoIsOut
from bot.model.steps import Step
from bot.model.time import Interval, Window, WindowKind


async def answer(question: Question, card: OutCard, services: Services) -> WhoIsOut | Unclear:
    """Everybody the request names, by whether they are away in its windows; one call for each 20 people, and leave."""
    calendar = services.calendar(question.zone)
    code = hindrance(question.request, calendar)
    if code is not None:
        return Unclear(question, code, steps_from(question, calendar))
    gathered = await gather_or_ask(question, services, question.request.windows)
    if isinstance(gathered, Unclear):
        return gathered
    return _reply(replace(question, namesakes=namesakes_in(gathered.people)), card, gathered, services)


def steps(question: Question, card: OutCard, services: Services) -> tuple[Step, ...]:
    """The next day, and once more."""
    return steps_from(question, services.calendar(question.zone))


def _reply(question: Question, card: OutCard, gathered: Gathered, services: Services) -> WhoIsOut:
    windows = question.request.windows
    verdicts = judge_all(gathered.known, windows=windows, calendars=gathered.calendars)
    calendar = services.calendar(question.zone)
    asked = [judged(windows, gathered.calendars.of(each.who.staff_id)) for each in verdicts]
    away = [_absence(verdict, stretches) for verdict, stretches in zip(verdicts, asked, strict=True)]
    pairs = list(zip(verdicts, away, strict=True))
    rest = [verdict for verdict, absence in pairs if absence is None]
    busy = tuple(each for each in rest if _is_taken(each, windows))
    return WhoIsOut(
        question=question,
        card=card,
        windows=windows,
        day_notes=tuple(day_note(window, question.now, calendar) for window in windows),
        verdicts=verdicts,
        out=tuple(absence for absence in away if absence),
        busy=busy,
        off=tuple(each for each in rest if each.state is State.OUTSIDE_HOURS and _by_days(windows)),
        unknown=tuple(each for each in rest if each.unknown),
        checked_at=gathered.checked_at,
        leave=gathered.leave,
        steps=steps(question, card, services),
    )


def _absence(verdict: Verdict, stretches: Sequence[Interval]) -> Absence | None:
    """The leave of somebody in what is asked of their time; None where they have none."""
    off = clip(verdict.leave or (), stretches)
    if not off:
        return None
    return Absence(verdict.who, tuple(off), asked=tuple(stretches), leave=verdict.leave or ())


def _is_taken(verdict: Verdict, windows: Sequence[Window]) -> bool:
    """True for somebody who is firmly busy in all of the days that are asked about."""
    firm = verdict.state is State.BUSY and all(item.status is BusyStatus.BUSY for item in verdict.busy)
    return firm and verdict.until is not None and _by_days(windows)


def _by_days(windows: Sequence[Window]) -> bool:
    return all(window.kind is WindowKind.DAYS for window in windows)
