"""A common time: up to three slots with their reasons, or what comes nearest and which single change opens some."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.availability.intervals import clip, subtract
from bot.availability.judge import judge_all, judged
from bot.availability.relaxing import closest, relaxations
from bot.availability.slots import Sought, find_slots
from bot.availability.working_time import WorkingCalendar
from bot.errors import RequestError
from bot.features.common.attendees import attendees_of, invited, means_team
from bot.features.common.free_busy import Gathered, gather, hindrance, without_team
from bot.features.common.picks import namesakes_in
from bot.features.common.requests import day_note
from bot.features.common.without_meeting import but_for
from bot.features.services import Services
from bot.features.times.find_time_steps import find_time_steps
from bot.features.times.horizon import farther, with_horizon
from bot.features.times.slot_rooms import with_rooms
from bot.features.waiting.private_question import marked, with_room_made
from bot.model.card_state import NoSlotCard, SlotsCard, Waiting
from bot.model.freebusy import Verdict
from bot.model.meetings import Closest, RelaxationKind, Slot
from bot.model.people import Person, StaffId
from bot.model.questions import Question
from bot.model.replies import CommonTime, Unclear
from bot.model.requests import Problem, ProblemCode
from bot.model.time import Interval, Window, WindowKind, span, zone_named

_HOUR = timedelta(hours=1)


async def answer(question: Question, card: SlotsCard | NoSlotCard, services: Services) -> CommonTime | Unclear:
    """The next slots for everybody the request names and its author; one call for each 20 people, and rooms."""
    calendar = services.calendar(question.zone)
    question = replace(question, request=with_horizon(question.request, question.now, calendar))
    code = _hindrance(question, calendar) or await _without_team(question, services)
    if code is not None:
        return _asked_back(question, card, code, services)
    later = farther(question.request, calendar)
    window = calendar.whole_days(span((*question.request.windows, *later)))
    try:
        gathered = but_for(await gather(question, services, window=window, who=invited(question)), card.moving)
    except RequestError as error:
        return Unclear(question, ProblemCode(error.code))
    if not gathered.known:
        return without_team(question)
    question = replace(question, namesakes=namesakes_in(gathered.people))
    if question.namesakes and not _others(question, gathered):
        return Unclear(question, ProblemCode.NO_PEOPLE, find_time_steps(question, card, services, {}))
    # Beside the event loop: 200 people over a month are most of a second of arithmetic.
    return await with_rooms(await asyncio.to_thread(_reply, question, card, gathered, services, later), services)


def _others(question: Question, gathered: Gathered) -> bool:
    """True where somebody else than the author is known: a time that suits the author alone is no common one."""
    return any(isinstance(who, Person) and who.staff_id != question.author for who in gathered.people)


def _hindrance(question: Question, calendar: WorkingCalendar) -> ProblemCode | None:
    code = hindrance(question.request, calendar, needs_time=False)
    if code is not None:
        return code
    if question.request.windows[-1].end <= question.now:
        return ProblemCode.IN_THE_PAST
    return None


async def _without_team(question: Question, services: Services) -> ProblemCode | None:
    """Nobody is named in a chat that has no team: the author alone is no meeting."""
    if not means_team(question):
        return None
    team = await services.directory.members_of_chat(question.conversation_id, question.team)
    return None if team else ProblemCode.NO_PEOPLE


def _asked_back(question: Question, card: SlotsCard | NoSlotCard, code: ProblemCode, services: Services) -> Unclear:
    """Forms that reuse the people, where anybody is named; the problem stays with the card, as its buttons need it."""
    if code is ProblemCode.NO_PEOPLE:
        return without_team(question)
    problem = question.request.problem or Problem(code, f"found {code.value}, expected a time to search in")
    question = replace(question, request=replace(question.request, problem=problem))
    return Unclear(question, code, find_time_steps(question, card, services, {}))


def _reply(
    question: Question,
    card: SlotsCard | NoSlotCard,
    gathered: Gathered,
    services: Services,
    later: Sequence[Window],
) -> CommonTime:
    attendees = attendees_of(gathered, question)
    request, calendar = question.request, services.calendar(question.zone)
    duration = request.duration or _HOUR
    free = with_room_made(attendees, card.ask)
    sought = Sought(free, request.windows, duration, calendar, question.now, request.quorum)
    slots = _slots(card, sought, later)
    near = () if slots else closest(sought)
    found = slots or _none(card, near, sought, later)
    stretches = judged(request.windows, calendar)
    verdicts = judge_all(gathered.known, windows=request.windows, calendars=gathered.calendars)
    zone = request.zone or question.zone
    listed = [slot.interval for slot in slots.offered] if slots else [each.interval for each in near]
    return CommonTime(
        question=question,
        card=found,
        windows=tuple(_in_zone(window, zone) for window in request.windows),
        window_notes=tuple(day_note(window, question.now, calendar) for window in request.windows),
        stretches=tuple(stretches),
        duration=duration,
        verdicts=verdicts,
        seen=sum(attendee.free_busy is not None for attendee in sought.required),
        checked_at=gathered.checked_at,
        leave=gathered.leave,
        zone=zone,
        optional=frozenset(attendee.staff_id for attendee in sought.optional),
        closest=near,
        notes=tuple(day_note(Window(each.start, each.end), question.now, calendar) for each in listed),
        breaks=_breaks(request.windows, calendar),
        steps=find_time_steps(question, found, services, _names(verdicts)),
    )


def _slots(card: SlotsCard | NoSlotCard, sought: Sought, later: Sequence[Window]) -> SlotsCard | None:
    """The next slots, the first ones again where all were shown, and what opens more of them; None where none is."""
    before = card.shown if isinstance(card, SlotsCard) else ()
    slots = find_slots(sought, apart_from=before)
    shown = before if slots else ()
    slots = slots or find_slots(sought)
    if not slots:
        return None
    seen = [*shown, *(slot.interval for slot in slots)]
    more = bool(find_slots(sought, most=1, apart_from=seen))
    # Beside slots that are there, the hours off work are no way out that anybody looks for.
    opened = tuple(each for each in relaxations(sought, farther=later) if each.kind is not RelaxationKind.OFF_HOURS)
    room_at, no_rooms = (card.room_at, card.no_rooms) if isinstance(card, SlotsCard) else (0, False)
    return SlotsCard(marked(slots, card.ask), shown, more, opened, card.moving, card.ask, room_at, no_rooms)


def _none(card: SlotsCard | NoSlotCard, near: Sequence[Closest], sought: Sought, later: Sequence[Window]) -> NoSlotCard:
    """What comes nearest, and what opens a slot."""
    names = card.waiting.names if isinstance(card, NoSlotCard) else ()
    waiting = Waiting(any(attendee.free_busy for attendee in sought.required), names)
    opened = tuple(relaxations(sought, farther=later))
    return NoSlotCard(_nearest(near), opened, waiting, card.moving, card.ask)


def _nearest(near: Sequence[Closest]) -> Slot | None:
    """What would do, were it not for one person."""
    single = next((each for each in near if len(each.blocked_by) == 1), None)
    return Slot(single.interval, missing=single.blocked_by) if single else None


def _breaks(windows: Sequence[Window], calendar: WorkingCalendar) -> tuple[Interval, ...]:
    """The breaks of the first working day that has any in `windows`, where they are kept free."""
    kept = [window for window in windows if window.kind in (WindowKind.DAYS, WindowKind.PART)]
    for window in kept:
        for hours in filter(None, map(calendar.hours_of, calendar.days(window.interval))):
            breaks = clip(subtract([hours], calendar.working_time(hours)), [window.interval])
            if breaks:
                return tuple(breaks)
    return ()


def _in_zone(window: Window, zone: str) -> Window:
    place = zone_named(zone)
    return Window(window.start.astimezone(place), window.end.astimezone(place), window.kind)


def _names(verdicts: Sequence[Verdict]) -> dict[StaffId, str]:
    people = [verdict.who for verdict in verdicts]
    return {person.staff_id: person.label for person in people if isinstance(person, Person)}
