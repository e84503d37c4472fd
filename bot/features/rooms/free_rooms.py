"""Which rooms are free: asked for alone, or for a meeting that is to have another one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.availability.judge import judged
from bot.availability.rooms import judge_room
from bot.availability.working_time import WorkingCalendar
from bot.features.booking.order import exact_time
from bot.features.booking.room_steps import room_steps
from bot.features.common.forms import steps_from
from bot.features.common.free_busy import hindrance
from bot.features.common.moves import moved
from bot.features.common.requests import asked_about, day_note, other_readings
from bot.features.common.rooms import MOST_OFFERED, RoomsRead, free_rooms, look, wish_of
from bot.features.services import Services
from bot.features.times.about_now import next_work, rest_of_today
from bot.model.card_state import BookedCard, DraftCard, RoomsCard
from bot.model.deeds import ChangeRoom
from bot.model.freebusy import State
from bot.model.meetings import Booking, Slot
from bot.model.questions import Question
from bot.model.replies import FreeRooms, LineCode, PlainLine, Unclear
from bot.model.requests import Intent
from bot.model.rooms import RoomVerdict
from bot.model.steps import Step, Verb
from bot.model.time import Interval, Window, WindowKind, span

_NOW = timedelta(minutes=30)
_MOST_HELD = 2
_RANK = (State.FREE, State.BUSY, State.TENTATIVE, State.UNKNOWN)


async def answer(question: Question, card: RoomsCard, services: Services) -> FreeRooms | Unclear | PlainLine:
    """How ten rooms at most stand in the asked windows; one call for five, and the list once a day."""
    calendar = services.calendar(question.zone)
    if not services.config.rooms.enabled:
        return PlainLine(question, LineCode.ROOMS)
    if card.booking:
        return await _for_meeting(question, card, card.booking, services)
    question = _timed(question, calendar)
    code = hindrance(question.request, calendar)
    if code is not None:
        return Unclear(question, code, _forms(question, calendar))
    request = question.request
    window = calendar.whole_days(span(request.windows))
    wish = wish_of(request)
    read = await look(wish, services, asker=question.asker, window=window, zone=question.zone)
    return _reply(question, card, read, services)


def steps(question: Question, card: RoomsCard, services: Services) -> tuple[Step, ...]:
    """The buttons from what is stored alone."""
    calendar = services.calendar(question.zone)
    if card.booking:
        return _for_booking(card, card.booking)
    request = question.request
    if not request.windows or request.problem or request.doubtful:
        return _forms(question, calendar)
    now = question.now.astimezone(calendar.zone)
    earlier = moved(request.windows, now, calendar, forward=False)
    others = [_at(Verb.OTHER, question, each.windows) for each in other_readings(question)[:1]]
    later = _at(Verb.LATER, question, moved(request.windows, now, calendar, forward=True))
    back = [_at(Verb.EARLIER, question, earlier)] if earlier[0].start >= now else []
    return (*_holds(question, card, services), later, *others, *back, Step(Verb.REFRESH, card=RoomsCard()))


def _timed(question: Question, calendar: WorkingCalendar) -> Question:
    """Without a time this moment is meant; with a length alone the rest of today, or the next hours of work."""
    request = question.request
    if request.windows or request.problem:
        return question
    now = question.now.astimezone(calendar.zone)
    window = Window(now, now + _NOW, WindowKind.NOW)
    if request.duration:
        today = rest_of_today(question, calendar)
        left = sum((each.length for each in calendar.working_time(today.interval)), timedelta())
        window = today if left >= request.duration else next_work(question, calendar)
    return replace(question, request=replace(request, windows=(window,)))


def _reply(question: Question, card: RoomsCard, read: RoomsRead, services: Services) -> FreeRooms:
    request, calendar = question.request, services.calendar(question.zone)
    stretches = judged(request.windows, calendar)
    shortest = request.duration or _NOW
    verdicts = [judge_room(room, known, stretches, shortest=shortest) for room, known in read.known]
    if request.duration:
        verdicts = [_long_enough(each, request.duration) for each in verdicts]
    named = [each for each in verdicts if each.room in read.named]
    alone = any(each.state is State.FREE for each in named)  # the others are of interest where none of these is
    ordered = tuple(sorted(named if alone else verdicts, key=lambda each: _RANK.index(each.state)))
    offered = tuple(each.room for each in ordered if each.state is State.FREE)[:MOST_OFFERED]
    shown = RoomsCard(offered)
    return FreeRooms(
        question=question,
        card=shown,
        windows=request.windows,
        day_notes=tuple(day_note(window, question.now, calendar) for window in request.windows),
        rooms=ordered,
        checked_at=services.clock(),
        seats=request.seats,
        others=0 if alone else read.others,
        failed=read.failed,
        unmatched=read.unmatched,
        named=read.named,
        steps=steps(question, shown, services),
    )


def _long_enough(verdict: RoomVerdict, length: timedelta) -> RoomVerdict:
    """Only stretches of the length that was asked for; a room with one of them has what was asked for."""
    free = tuple(each for each in verdict.free if each.length >= length)
    return replace(verdict, free=free)


def _holds(question: Question, card: RoomsCard, services: Services) -> list[Step]:
    """A meeting of the author alone in one of the rooms, shown before it is made, where the time is exact."""
    exact = exact_time(question.request)
    if exact is None or exact.start <= question.now or not services.config.booking.enabled:
        return []
    return [
        Step(
            Verb.HOLD,
            card=DraftCard(Slot(exact), question.author, guests=(), rooms=card.offered[at:] + card.offered[:at]),
            only=question.author,
            option=at + 1,
            name=room.name,
        )
        for at, room in enumerate(card.offered[:_MOST_HELD])
    ]


def _forms(question: Question, calendar: WorkingCalendar) -> tuple[Step, ...]:
    """Rooms now, today, the next day; or in the time that was understood."""
    found = steps_from(question, calendar)
    return tuple(_at(step.verb, question, step.windows) for step in found if step.windows)


def _at(verb: Verb, question: Question, windows: tuple[Window, ...]) -> Step:
    return Step(verb, asked_about(question.request, windows, intent=Intent.ROOMS), RoomsCard())


# ---------------------------------------------------------------- for a meeting that is there
async def _for_meeting(question: Question, card: RoomsCard, booking: Booking, services: Services) -> FreeRooms:
    """The rooms that are free while it is held, but for the one that it has."""
    own = booking.room.room if booking.room else None
    interval, people = booking.interval, len(booking.attendees)
    read = await free_rooms(question, services, interval, people=people, asker=question.asker, but_for=own, anew=True)
    verdicts = tuple(judge_room(room, known, (interval,)) for room, known in read.known)
    shown = replace(card, offered=read.free_at(interval)[:MOST_OFFERED])
    window = _window(interval, services, question.zone)
    return FreeRooms(
        question=question,
        card=shown,
        windows=(window,),
        day_notes=(day_note(window, question.now, services.calendar(question.zone)),),
        rooms=verdicts,
        checked_at=services.clock(),
        failed=read.failed,
        steps=_for_booking(shown, booking),
    )


def _window(interval: Interval, services: Services, zone: str) -> Window:
    place = services.calendar(zone).zone
    return Window(interval.start.astimezone(place), interval.end.astimezone(place), WindowKind.RANGE)


def _for_booking(card: RoomsCard, booking: Booking) -> tuple[Step, ...]:
    """One of the rooms, none, or back to the meeting; for its organizer."""
    most = _MOST_HELD if booking.room else MOST_OFFERED
    rooms = room_steps(card.offered[:most], booking)
    none = (Step(Verb.NO_ROOM, deed=ChangeRoom(booking), only=booking.organizer),) if booking.room else ()
    return (*rooms, *none, Step(Verb.BACK, card=BookedCard(booking), only=booking.organizer))
