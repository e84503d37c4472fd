"""What a request asks, and the same request about something else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.availability.working_time import DayKind, WorkingCalendar
from bot.language import is_worth_offering
from bot.model.people import StaffId, Who
from bot.model.questions import Question
from bot.model.replies import DayNote
from bot.model.requests import Alternative, Intent, Request
from bot.model.time import Window


def asked_about(
    request: Request, windows: tuple[Window, ...], *, who: Who | None = None, intent: Intent = Intent.WHO_IS_FREE
) -> Request:
    """The same people, or `who`, asked about other windows; what was doubtful about the old ones is gone."""
    return replace(
        request,
        intent=intent,
        windows=windows,
        who=who or request.who,
        optional=_optional(request, who or request.who),
        problem=None,
        assumptions=(),
        alternatives=(),
        leftover=(),
        full=(),
        change=None,
    )


def _optional(request: Request, who: Who) -> tuple[str | StaffId, ...]:
    """Who need not come: somebody picked takes the place of their name."""
    before = set(request.who.mentioned)
    picked = [staff_id for staff_id in who.mentioned if staff_id not in before]
    gone = set(request.who.typed) - set(who.typed)
    still = [*picked, *request.optional] if gone.intersection(request.optional) else request.optional
    return tuple(each for each in still if each not in gone)


def is_doubtful(request: Request) -> bool:
    """True where nothing says when, or where a number or a day was left over that may have meant something."""
    return not request.windows or request.doubtful


def is_asked_back(request: Request) -> bool:
    """True where the answer is a question: something is wrong with the request, or not all of it was understood."""
    return request.problem is not None or request.doubtful


def other_readings(question: Question) -> list[Alternative]:
    """The other readings that somebody may mean; where there is a problem they are the nearest times, all of them."""
    others = question.request.alternatives
    if question.request.problem:
        return list(others)
    return [other for other in others if is_worth_offering(other, question.now)]


def day_note(window: Window, now: datetime, calendar: WorkingCalendar) -> DayNote:
    """What is special about the day a window begins on."""
    day = window.start.astimezone(calendar.zone).date()
    kind = calendar.kind(day)
    named = calendar.holidays if kind is DayKind.HOLIDAY else None
    return DayNote(
        today=day == now.astimezone(calendar.zone).date(),
        make_up=kind is DayKind.MAKE_UP,
        day_off=kind is DayKind.DAY_OFF,
        holiday_zh=named.name(day, "zh") if named else "",
        holiday_en=named.name(day, "en") if named else "",
    )
