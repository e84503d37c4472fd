"""How a day or several days look: heat maps, how many are free when, and the best stretch of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.availability.heatmap import best_runs, day_map, day_rows
from bot.availability.on_duty import on_duty
from bot.availability.working_time import WorkingCalendar
from bot.features.common.beside import judged_beside
from bot.features.common.book_steps import book_steps
from bot.features.common.forms import steps_from
from bot.features.common.free_busy import Gathered, gather_or_ask, hindrance
from bot.features.common.moves import moved, worked_day
from bot.features.common.picks import namesakes_in, picks
from bot.features.common.requests import asked_about, day_note, is_asked_back
from bot.features.services import Services
from bot.features.times.about_now import out_of_work, rest_of_today
from bot.features.times.offering import slot_at
from bot.model.card_state import DigestCard, HeatMapCard
from bot.model.meetings import Slot
from bot.model.overview import DayRow
from bot.model.people import Person
from bot.model.questions import Question
from bot.model.replies import Overview, Unclear
from bot.model.requests import Aspect, Intent, ProblemCode
from bot.model.steps import Step, Verb
from bot.model.time import Interval, Window, WindowKind, span

NAMED_UP_TO = 8
_MOST_DAYS = 14
_LONGEST_BOOKED = timedelta(hours=1)
_DAY = timedelta(days=1)


async def answer(question: Question, card: HeatMapCard, services: Services) -> Overview | Unclear:
    """The heat map of the asked day, or of the asked days; of today where none was named."""
    calendar = services.calendar(question.zone)
    code = hindrance(question.request, calendar, needs_time=False)
    if code is not None:
        return Unclear(question, code, steps_from(question, calendar))
    asked = question.request.windows or (rest_of_today(question, calendar),)
    note = None if card.edition else out_of_work(question, asked, calendar)
    windows = question.request.windows if question.request.windows and not note else (_today(question, calendar),)
    question = replace(question, request=replace(question.request, windows=windows))
    gathered = await gather_or_ask(question, services, windows)
    if isinstance(gathered, Unclear):
        return gathered
    question = replace(question, namesakes=namesakes_in(gathered.people))
    if question.namesakes and not any(isinstance(who, Person) for who in gathered.people):
        return Unclear(question, ProblemCode.NO_PEOPLE, picks(question))
    return replace(await judged_beside(_reply, question, card, gathered, services), note=note)


def steps(question: Question, card: HeatMapCard, services: Services) -> tuple[Step, ...]:
    """Book the best, go on to the next day or week, see the other map, see everybody by name."""
    request, calendar = question.request, services.calendar(question.zone)
    if is_asked_back(request):
        return steps_from(question, calendar)
    book, anew = book_steps(question, card, services), HeatMapCard(edition=card.edition)
    later = moved(request.windows, question.now, calendar, forward=True)
    on = [Step(Verb.LATER, asked_about(request, later, intent=Intent.OVERVIEW), anew)]
    if len(calendar.days(span(request.windows))) == 1:
        week = asked_about(request, (_week(request.windows[0], calendar),), intent=Intent.OVERVIEW)
        on.append(Step(Verb.WEEK, week, anew))
        if card.more_names:
            on.append(Step(Verb.NAMES, card=replace(card, everybody=True, more_names=False)))
    else:
        on.append(Step(Verb.FIND, asked_about(request, request.windows, intent=Intent.FIND_TIME)))
    return (*picks(question), *book, *_back(question, card), *on, Step(Verb.REFRESH))


def _back(question: Question, card: HeatMapCard) -> tuple[Step, ...]:
    """To the digest that was posted as this card."""
    request, edition = question.request, card.edition
    digest = asked_about(request, request.windows, intent=Intent.DIGEST_SHOW)
    return (Step(Verb.DIGEST, digest, DigestCard(edition)),) if edition else ()


def _today(question: Question, calendar: WorkingCalendar) -> Window:
    """Today while there is work left in it, else the next working day."""
    now = question.now.astimezone(calendar.zone)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if calendar.working_time(Interval(now, midnight + _DAY)):
        return Window(midnight, midnight + _DAY, WindowKind.DAYS)
    start = worked_day(midnight + _DAY, calendar, _DAY)
    return Window(start, start + _DAY, WindowKind.DAYS)


def week_of(moment: datetime, calendar: WorkingCalendar) -> Window:
    """The Monday-to-Sunday week that the next working day after `moment`, or its own, lies in."""
    midnight = moment.astimezone(calendar.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    day = worked_day(midnight, calendar, _DAY)
    return _week(Window(day, day + _DAY, WindowKind.DAYS), calendar)


def _week(window: Window, calendar: WorkingCalendar) -> Window:
    """The Monday-to-Sunday week of a window."""
    midnight = window.start.astimezone(calendar.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = midnight - midnight.weekday() * _DAY
    return Window(monday, monday + 7 * _DAY, WindowKind.DAYS)


def _reply(question: Question, card: HeatMapCard, gathered: Gathered, services: Services) -> Overview:
    usual = services.calendar(question.zone)
    days = _days(question, usual)
    calendar = _of_edition(card, days, usual)
    people = [
        (who, known, gathered.calendars.of(who.staff_id) if calendar is usual else calendar)
        for who, known in gathered.known
    ]
    shown = day_map(people, day=days[0], calendar=calendar) if len(days) == 1 else None
    shares = () if len(days) == 1 else day_rows(people, days=days, calendar=calendar)
    seen = len(gathered.known) - len(gathered.unknown)
    best = best_runs([shown] if shown else shares, seen=seen, now=question.now)
    drawn = replace(
        card,
        offered=_slot(best[0].interval, gathered) if best else None,
        more_names=shown is not None and len(people) > NAMED_UP_TO and not card.everybody,
    )
    return Overview(
        question,
        drawn,
        people=len(people),
        unknown=gathered.unknown,
        checked_at=gathered.checked_at,
        leave=gathered.leave,
        day=shown,
        days=shares,
        day_notes=tuple(day_note(_window(day, calendar), question.now, calendar) for day in days),
        best=best,
        single=gathered.people[0] if len(gathered.known) == 1 else None,
        best_day=_best_day(shares, question.now) if question.request.aspect is Aspect.DAY else None,
        steps=steps(question, drawn, services),
    )


def _of_edition(card: HeatMapCard, days: Sequence[date], calendar: WorkingCalendar) -> WorkingCalendar:
    """The map of a digest's day looks at it as the digest did, also where that is a day off."""
    return on_duty(calendar, days[0]) if card.edition and days == [card.edition.day] else calendar


def _best_day(days: Sequence[DayRow], now: datetime) -> date | None:
    """The day with the most free hours of all people together, the earliest of equals; None where there are none."""
    free = {
        each.day: sum(free for hour, free in zip(each.hours, each.free, strict=False) if hour.start >= now)
        for each in days
    }
    best = max(free, key=lambda day: free[day], default=None)
    return best if best and free[best] else None


def _days(question: Question, calendar: WorkingCalendar) -> list[date]:
    """The asked days; of a week that has begun the days gone by are left out, and so are weekends without work."""
    days = [day for window in question.request.windows for day in calendar.days(window.interval)]
    if len(days) == 1:
        return days
    today = question.now.astimezone(calendar.zone).date()
    coming = [day for day in dict.fromkeys(days) if day >= today] or days
    kept = [day for day in coming if calendar.is_worked(day) or day.weekday() in calendar.weekdays]
    return (kept or coming)[:_MOST_DAYS]


def _slot(stretch: Interval, gathered: Gathered) -> Slot:
    """The first hour of `stretch`, with how everybody stands in it."""
    return slot_at(Interval(stretch.start, stretch.start + min(stretch.length, _LONGEST_BOOKED)), gathered)


def _window(day: date, calendar: WorkingCalendar) -> Window:
    whole = calendar.day(day)
    return Window(whole.start.astimezone(calendar.zone), whole.end.astimezone(calendar.zone), WindowKind.DAYS)
