"""Who is free in the asked windows: the bot's first question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta, tzinfo

from bot.availability.heatmap import day_rows
from bot.availability.judge import best_stretch, judge_all, judged
from bot.availability.working_time import WorkingCalendar
from bot.features.common.beside import judged_beside
from bot.features.common.book_steps import book_steps
from bot.features.common.forms import steps_from
from bot.features.common.free_busy import Gathered, gather_or_ask, hindrance
from bot.features.common.picks import namesakes_in
from bot.features.common.requests import asked_about, day_note, is_asked_back
from bot.features.services import Services
from bot.features.times.about_now import at_this_moment, next_work, nobody_works, out_of_work
from bot.features.times.offering import slot_to_book, suited
from bot.features.waiting.subscriptions import subscribe_step
from bot.model.card_state import OUT_OF_WORK, Note, VerdictsCard, Waiting
from bot.model.freebusy import BestStretch, State, Verdict
from bot.model.overview import DayRow
from bot.model.people import PASSING, StaffId
from bot.model.questions import Question
from bot.model.replies import Unclear, WhoIsFree
from bot.model.requests import Request
from bot.model.steps import Step, Verb
from bot.model.time import Window, WindowKind, zone_named

_MOMENT = timedelta(minutes=30)
_BEDTIME = 22
_FEW = 8
_MOST_DAYS = 7


async def answer(question: Question, card: VerdictsCard, services: Services) -> WhoIsFree | Unclear:
    """The verdict on everybody the request names, over its windows; one call for each 20 people."""
    calendar = services.calendar(question.zone)
    code = hindrance(question.request, calendar)
    if code is not None:
        return Unclear(question, code, steps_from(question, calendar))
    note = out_of_work(question, question.request.windows, calendar)
    ahead = (next_work(question, calendar),) if note else ()
    gathered = await gather_or_ask(question, services, (*question.request.windows, *ahead))
    if isinstance(gathered, Unclear):
        return gathered
    if note and nobody_works(gathered, question.request.windows[0], calendar):
        question = replace(question, request=replace(question.request, windows=ahead, alternatives=()))
        card = replace(card, note=note)
    elif card.note in OUT_OF_WORK:
        card = replace(card, note=out_of_work(question, _this_moment(question), calendar))
    question = replace(question, namesakes=namesakes_in(gathered.people))
    return await judged_beside(_reply, question, card, gathered, services)


def steps(question: Question, card: VerdictsCard, services: Services) -> tuple[Step, ...]:
    """The buttons from what is stored alone."""
    return steps_for(question, card, services)


def steps_for(
    question: Question, card: VerdictsCard, services: Services, *, count: int = 0, retry: bool = False
) -> tuple[Step, ...]:
    """Book what is offered, for `count` people; other times; wait for it; once more, sooner where that may help."""
    plain = steps_from(question, services.calendar(question.zone))
    if question.namesakes or is_asked_back(question.request):
        return plain
    book, wait = (
        book_steps(question, card, services, count=count),
        subscribe_step(card.waiting, in_group=question.in_group),
    )
    refresh = [step for step in plain if step.verb is Verb.REFRESH]
    earlier = [step for step in plain if step.verb is Verb.EARLIER]
    others = [step for step in plain if step not in (*refresh, *earlier)]
    evening = _evening(question, card, services)
    again, last = (refresh, []) if retry else ([], refresh)
    return (*book, *again, *evening, *others, *wait, *earlier, *last)


def _reply(question: Question, card: VerdictsCard, gathered: Gathered, services: Services) -> WhoIsFree:
    calendar = services.calendar(question.zone)
    stretches = judged(question.request.windows, calendar)
    verdicts = judge_all(gathered.known, windows=question.request.windows, calendars=gathered.calendars)
    offers = services.config.booking.enabled and card.note not in OUT_OF_WORK  # nobody asked for the next day
    slot = slot_to_book(question, gathered, verdicts) if offers else None
    blocked = _is_blocked(verdicts) and question.request.windows[0].start > question.now
    shown = VerdictsCard(slot, Waiting(blocked, card.waiting.names), card.note)
    zone = question.request.zone or question.zone
    windows = tuple(_in_zone(window, zone) for window in question.request.windows)
    return WhoIsFree(
        question=question,
        card=shown,
        windows=windows,
        day_notes=tuple(day_note(window, question.now, calendar) for window in question.request.windows),
        stretches=tuple(stretches),
        verdicts=verdicts,
        checked_at=gathered.checked_at,
        zone=zone,
        best=_best(verdicts, question.request),
        leave=gathered.leave,
        moment=at_this_moment(question, gathered, calendar),
        days=_days(question, gathered, calendar),
        clocks=_clocks(gathered, calendar.zone),
        steps=steps_for(
            question,
            shown,
            services,
            count=len(suited(slot, gathered)) if slot else 0,
            retry=any(verdict.unknown and verdict.unknown.reason in PASSING for verdict in verdicts),
        ),
    )


def _clocks(gathered: Gathered, here: tzinfo) -> dict[StaffId, str]:
    """The zone of everybody who lives by another clock than the chat."""
    homes = {who.staff_id: gathered.calendars.of(who.staff_id).zone for who in gathered.people if who.staff_id}
    return {person: str(zone) for person, zone in homes.items() if zone != here}


def _this_moment(question: Question) -> tuple[Window, ...]:
    return (Window(question.now, question.now + _MOMENT, WindowKind.NOW),)


def _evening(question: Question, card: VerdictsCard, services: Services) -> tuple[Step, ...]:
    """What is left of this evening, on a card that shows the next day instead."""
    now = question.now.astimezone(services.calendar(question.zone).zone)
    end = now.replace(hour=_BEDTIME, minute=0, second=0, microsecond=0)
    if card.note is not Note.AFTER_WORK or now + _MOMENT > end:
        return ()
    tonight = (Window(now, end, WindowKind.RANGE),)
    return (Step(Verb.TONIGHT, asked_about(question.request, tonight), VerdictsCard()),)


def _days(question: Question, gathered: Gathered, calendar: WorkingCalendar) -> tuple[DayRow, ...]:
    """The map of the asked days, where they are several whole ones and the people few."""
    [window] = question.request.windows if len(question.request.windows) == 1 else (None,)
    if window is None or window.kind is not WindowKind.DAYS or len(gathered.known) > _FEW or not _is_seen(gathered):
        return ()
    days = [day for day in calendar.days(window.interval) if calendar.is_worked(day)]
    people = [(who, known, gathered.calendars.of(who.staff_id)) for who, known in gathered.known]
    return day_rows(people, days=days, calendar=calendar) if 1 < len(days) <= _MOST_DAYS else ()


def _is_seen(gathered: Gathered) -> bool:
    return len(gathered.unknown) < len(gathered.known)


def _is_blocked(verdicts: Sequence[Verdict]) -> bool:
    """True where everybody can be seen and somebody has something, which may be called off."""
    states = {verdict.state for verdict in verdicts}
    return not states & {State.UNKNOWN, State.OUTSIDE_HOURS} and bool(states & {State.BUSY, State.TENTATIVE})


def _in_zone(window: Window, zone: str) -> Window:
    place = zone_named(zone)
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
