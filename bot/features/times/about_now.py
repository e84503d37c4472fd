"""Questions about this moment or this day: 谁在, is Bob in a meeting, 谁请假; and what to show when work is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.availability.intervals import subtract, union
from bot.availability.working_time import WorkingCalendar
from bot.features.common.free_busy import Gathered
from bot.features.common.moves import worked_day
from bot.features.services import Services
from bot.model.card_state import Note
from bot.model.freebusy import BusyStatus, FreeBusy
from bot.model.questions import Question
from bot.model.replies import AtThisMoment
from bot.model.requests import Intent
from bot.model.time import Interval, Window, WindowKind

_NOW = timedelta(minutes=30)
_DAY = timedelta(days=1)
_SHORTEST = timedelta(minutes=30)
_MOST_STRETCHES = 2


def asked_now(question: Question, services: Services) -> Question:
    """Who is free now, for the next half hour, as "now" always means."""
    now = question.now.astimezone(services.calendar(question.zone).zone)
    windows = question.request.windows or (Window(now, now + _NOW, WindowKind.NOW),)
    return replace(question, request=replace(question.request, intent=Intent.WHO_IS_FREE, windows=windows))


def asked_today(question: Question, services: Services) -> Question:
    """The same over all of today, where no time is named; of days that have begun it is all of them that is asked."""
    now = question.now.astimezone(services.calendar(question.zone).zone)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    request = question.request
    windows = request.full or request.windows or (Window(midnight, midnight + _DAY, WindowKind.DAYS),)
    return replace(question, request=replace(request, windows=windows))


def rest_of_today(question: Question, calendar: WorkingCalendar) -> Window:
    """From now to midnight."""
    now = question.now.astimezone(calendar.zone)
    return Window(now, now.replace(hour=0, minute=0, second=0, microsecond=0) + _DAY, WindowKind.DAYS)


def out_of_work(question: Question, windows: Sequence[Window], calendar: WorkingCalendar) -> Note | None:
    """Why nobody is at work in `windows`, where they are this moment or the rest of this day; None otherwise."""
    if len(windows) != 1:
        return None
    [window], now = windows, question.now.astimezone(calendar.zone)
    today = window.kind is WindowKind.DAYS and len(calendar.days(window.interval)) == 1 and window.start <= now
    if not today and window.kind is not WindowKind.NOW:
        return None
    hours = calendar.hours_of(now.date())
    if calendar.touches(window.interval):
        return None
    if hours is None:
        return Note.DAY_OFF if window.kind is WindowKind.NOW else None
    return Note.BEFORE_WORK if now < hours.start else Note.AFTER_WORK


def next_work(question: Question, calendar: WorkingCalendar) -> Window:
    """The first stretch of work that is still to come: today's where it has not begun, else the next working day's."""
    now = question.now.astimezone(calendar.zone)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    hours = calendar.hours_of(now.date())
    day = midnight if hours and now < hours.start else worked_day(midnight + _DAY, calendar, _DAY)
    worked = calendar.working_time(Interval(day, day + _DAY))
    if not worked:
        return Window(day, day + _DAY, WindowKind.DAYS)
    return Window(worked[0].start.astimezone(calendar.zone), worked[0].end.astimezone(calendar.zone), WindowKind.PART)


def nobody_works(gathered: Gathered, window: Window, calendar: WorkingCalendar) -> bool:
    """True where none of these people is at work in `window`; nor, of a single one, in a meeting."""
    for who, known in gathered.known:
        own = gathered.calendars.of(who.staff_id)
        if own.touches(window.interval):
            return False
        engaged = isinstance(known, FreeBusy) and any(item.interval.overlaps(window.interval) for item in known.busy)
        if engaged and len(gathered.known) == 1 and window.kind is WindowKind.NOW:
            return False
    return True


def at_this_moment(question: Question, gathered: Gathered, calendar: WorkingCalendar) -> AtThisMoment | None:
    """How a single person stands now, where that was asked; None where that is tentative, unknown or out of hours."""
    [window] = question.request.windows if len(question.request.windows) == 1 else (None,)
    if window is None or window.kind is not WindowKind.NOW or len(gathered.known) != 1:
        return None
    [(who, known)] = gathered.known
    own = gathered.calendars.of(who.staff_id)
    if not isinstance(known, FreeBusy):
        return None
    now, amid = window.start, engagement(known, window.start)
    if amid is not None:
        return AtThisMoment(amid.end, busy=True, then=_stretches(amid, known, own))
    hours = own.hours_of(now.astimezone(own.zone).date())
    ahead = [item.interval.start for item in known.busy if item.interval.end > now]
    if hours is None or not hours.start <= now < hours.end or any(start <= now for start in ahead):
        return None
    return AtThisMoment(min([hours.end, *ahead]), busy=False)


def engagement(known: FreeBusy, now: datetime) -> Interval | None:
    """What somebody is firmly in now, with what follows at once; None where they are in nothing."""
    firm = union(item.interval for item in known.busy if item.status is BusyStatus.BUSY)
    return next((run for run in firm if run.start <= now < run.end), None)


def _stretches(amid: Interval, known: FreeBusy, own: WorkingCalendar) -> tuple[Interval, ...]:
    """When somebody is free later on the day on which they get out of `amid`."""
    day = own.day(amid.end.astimezone(own.zone).date())
    rest = own.working_time(Interval(amid.end, day.end)) if amid.end < day.end else []
    free = subtract(rest, [item.interval for item in known.busy])
    return tuple(stretch for stretch in free if stretch.length >= _SHORTEST)[:_MOST_STRETCHES]
