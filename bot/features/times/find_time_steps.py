"""Where one can go from a common time: a slot, other slots, or the request with one thing changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.availability.working_time import WorkingCalendar
from bot.features.common.book_steps import book_steps
from bot.features.common.forms import steps_from
from bot.features.common.moves import moved
from bot.features.common.picks import picks
from bot.features.common.requests import asked_about, is_asked_back, other_readings
from bot.features.services import Services
from bot.features.waiting.private_question import ask_step
from bot.features.waiting.subscriptions import subscribe_step
from bot.model.card_state import BookedCard, NoSlotCard, SlotsCard, offered_on
from bot.model.meetings import Relaxation, RelaxationKind
from bot.model.people import StaffId
from bot.model.questions import Question
from bot.model.requests import Intent
from bot.model.steps import Step, Verb
from bot.model.time import Window

_VERBS = {
    RelaxationKind.SHORTER: Verb.SHORTER,
    RelaxationKind.OPTIONAL: Verb.OPTIONAL,
    RelaxationKind.FARTHER: Verb.FARTHER,
    RelaxationKind.OFF_HOURS: Verb.OFF_HOURS,
}


def anew(card: SlotsCard | NoSlotCard) -> SlotsCard:
    """What a card keeps when it searches for something else: nothing of what it offers."""
    return SlotsCard(moving=card.moving, ask=card.ask, no_rooms=isinstance(card, SlotsCard) and card.no_rooms)


def steps(question: Question, card: SlotsCard | NoSlotCard, services: Services) -> tuple[Step, ...]:
    """The buttons from what is stored alone."""
    return find_time_steps(question, card, services, {})


def find_time_steps(
    question: Question, card: SlotsCard | NoSlotCard, services: Services, names: Mapping[StaffId, str]
) -> tuple[Step, ...]:
    """The buttons of a common time, the next step first; `names` only stand on them."""
    calendar = services.calendar(question.zone)
    if is_asked_back(question.request):
        forms = [step for step in steps_from(question, calendar) if step.verb is not Verb.NOW]
        return tuple(_searching(forms, card))
    takes = list(book_steps(question, card, services, numbered=True))
    changes = [_change(question, card, relaxation, names) for relaxation in card.relaxations]
    refresh = Step(Verb.REFRESH, card=anew(card))  # the best slots by what is known then
    rooms = _rooms(card)
    first = _with_rooms(takes, rooms) if offered_on(card) else changes[:1] or [refresh]
    waits = subscribe_step(card.waiting, in_group=question.in_group) if isinstance(card, NoSlotCard) else ()
    then = [
        *_more(card),
        *changes[:3],
        *_asks(question, card, names),
        *waits,
        *changes[3:],
        *_moves(question, card, calendar),
        refresh,
    ]
    rest = [step for step in then if step not in first]
    stays = _stays(card)
    return (*_searching(picks(question), card), *first, *stays, *_other(question, card), *rest)


def _stays(card: SlotsCard | NoSlotCard) -> list[Step]:
    """Back to the meeting, which stays where it is."""
    if card.moving is None:
        return []
    return [Step(Verb.STAY, card=BookedCard(card.moving), only=card.moving.organizer)]


_BEFORE_ROOMS = 2
"""So many slots are booked by a button where rooms have two of the four; the third is booked by words."""


def _rooms(card: SlotsCard | NoSlotCard) -> list[Step]:
    """Other rooms with the same slots, or none."""
    if not isinstance(card, SlotsCard) or not any(slot.rooms for slot in card.offered):
        return []
    again = replace(card, offered=())
    other = any(len(slot.rooms or ()) > 1 for slot in card.offered)
    none = Step(Verb.NO_ROOM, card=replace(again, no_rooms=True))
    return [*([Step(Verb.OTHER_ROOM, card=replace(again, room_at=card.room_at + 1))] if other else []), none]


def _with_rooms(takes: list[Step], rooms: list[Step]) -> list[Step]:
    return [*takes[:_BEFORE_ROOMS], *rooms, *takes[_BEFORE_ROOMS:]] if rooms else takes


def _more(card: SlotsCard | NoSlotCard) -> list[Step]:
    """Other slots than those on the card and before them."""
    if not isinstance(card, SlotsCard) or not card.more:
        return []
    seen = (*card.shown, *(slot.interval for slot in card.offered))
    return [Step(Verb.MORE, card=replace(card, offered=(), shown=seen))]


def _asks(question: Question, card: SlotsCard | NoSlotCard, names: Mapping[StaffId, str]) -> list[Step]:
    """The one who is in the way may be asked."""
    if not isinstance(card, NoSlotCard) or not card.nearest:
        return []
    return ask_step(question, card, names.get(card.nearest.missing[0], ""))


def _change(
    question: Question, card: SlotsCard | NoSlotCard, relaxation: Relaxation, names: Mapping[StaffId, str]
) -> Step:
    """The request with the one thing given up."""
    request = asked_about(question.request, relaxation.windows or question.request.windows, intent=Intent.FIND_TIME)
    if relaxation.duration:
        request = replace(request, duration=relaxation.duration)
    if relaxation.person:
        request = replace(request, optional=(*request.optional, relaxation.person))
    name = names.get(relaxation.person, "") if relaxation.person else ""
    return Step(_VERBS[relaxation.kind], request, anew(card), name=name)


def _other(question: Question, card: SlotsCard | NoSlotCard) -> list[Step]:
    """The other reading of an ambiguous time."""
    return [_at(Verb.OTHER, question, card, other.windows) for other in other_readings(question)[:1]]


def _moves(question: Question, card: SlotsCard | NoSlotCard, calendar: WorkingCalendar) -> list[Step]:
    """Later, and earlier while that is still to come."""
    windows, now = question.request.windows, question.now.astimezone(calendar.zone)
    if not windows:
        return []
    earlier = moved(windows, now, calendar, forward=False)
    steps = [_at(Verb.LATER, question, card, moved(windows, now, calendar, forward=True))]
    return [*steps, *([_at(Verb.EARLIER, question, card, earlier)] if earlier[0].start >= now else [])]


def _at(verb: Verb, question: Question, card: SlotsCard | NoSlotCard, windows: tuple[Window, ...]) -> Step:
    return Step(verb, asked_about(question.request, windows, intent=Intent.FIND_TIME), anew(card))


def _searching(steps: Iterable[Step], card: SlotsCard | NoSlotCard) -> list[Step]:
    """The same steps leading to a search."""
    return [
        replace(step, request=replace(step.request, intent=Intent.FIND_TIME), card=anew(card))
        for step in steps
        if step.request is not None
    ]
