"""The buttons of an answer: later, earlier, the other reading, or one of three forms that work."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.availability.working_time import WorkingCalendar
from bot.features.common.moves import moved, worked_day
from bot.features.common.picks import picks
from bot.features.common.requests import asked_about, is_doubtful, other_readings
from bot.model.questions import Question
from bot.model.requests import Intent, ProblemCode, Request
from bot.model.steps import Step, Verb
from bot.model.time import Interval, Window, WindowKind

_DAY = timedelta(days=1)
_NOW = timedelta(minutes=30)
_VERDICTS = (Intent.WHO_IS_FREE, Intent.LEAVE)


def steps_from(question: Question, calendar: WorkingCalendar) -> tuple[Step, ...]:
    """The buttons of an answer, the likeliest first. A request without windows gets forms that reuse its people."""
    request = question.request
    now = question.now.astimezone(calendar.zone)
    other = tuple(_step(Verb.OTHER, request, alternative.windows) for alternative in other_readings(question)[:1])
    if request.intent not in _VERDICTS or request.problem is not None or is_doubtful(request):
        coming = tuple(window for window in request.windows if window.end > now)
        asked = (_step(Verb.ASKED, request, coming),) if coming and not _is_too_long(request) else ()
        return asked + other + _forms(request, now, calendar)
    earlier = moved(request.windows, now, calendar, forward=False)
    steps = [_step(Verb.LATER, request, moved(request.windows, now, calendar, forward=True)), *other]
    if earlier[0].start >= now:
        steps.append(_step(Verb.EARLIER, request, earlier))
    return (*picks(question), *steps, Step(Verb.REFRESH))


def _is_too_long(request: Request) -> bool:
    """True where the windows are, rather than the text."""
    too_long = request.problem is not None and request.problem.code is ProblemCode.TOO_LONG
    return too_long and bool(request.alternatives)


def _step(verb: Verb, request: Request, windows: tuple[Window, ...]) -> Step:
    intent = Intent.LEAVE if request.intent is Intent.LEAVE else Intent.WHO_IS_FREE
    return Step(verb, asked_about(request, windows, intent=intent))


def _forms(request: Request, now: datetime, calendar: WorkingCalendar) -> tuple[Step, ...]:
    """Now, the rest of today, tomorrow: each only while it is worth asking."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = worked_day(midnight + _DAY, calendar, timedelta(days=1))
    hours = calendar.hours_of(now.date())
    rest = hours.clip(Interval(now, now + _DAY)) if hours else None
    steps = [_step(Verb.NOW, request, (Window(now, now + _NOW, WindowKind.NOW),))]
    if rest and rest.length > _NOW:
        steps.append(_step(Verb.TODAY, request, (Window(now, midnight + _DAY, WindowKind.DAYS),)))
    return (*steps, _step(Verb.NEXT_DAY, request, (Window(tomorrow, tomorrow + _DAY, WindowKind.DAYS),)))
