"""My meetings: what the asker had the bot make and lies ahead, listed; which of them an order in words means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.errors import RequestError
from bot.features.booking.booking_steps import responses_step
from bot.features.booking.meetings import about, booking_of, other_time, people_in, search
from bot.features.common.free_busy import MOST_PEOPLE
from bot.features.services import Services
from bot.model.card_state import DraftCard, MeetingCard, MeetingsCard, RefusedCard, booked_on, moved_from
from bot.model.deeds import Cancel, ChangeGuests, Deed, Move
from bot.model.meeting_orders import MeetingOrder, MeetingVerb
from bot.model.meetings import Booking, Meeting, Refusal, RefusalReason, Slot
from bot.model.people import Missing, Person, StaffId, Who
from bot.model.questions import Asked, Question
from bot.model.replies import LineCode, MyMeetings, PlainLine
from bot.model.requests import Intent, ProblemCode
from bot.model.steps import Step, Verb
from bot.model.time import Interval, WindowKind
from bot.store import meetings

MOST_LISTED = 8
_CHOICES = 3
_BUTTONS = 4
_WHOLE = (WindowKind.DAYS, WindowKind.PART)


# ---------------------------------------------------------------- in words
def is_meant(question: Question, services: Services) -> bool:
    """True for words about the meetings that are there, where the bot makes any and nothing stands in the way."""
    problem = question.request.problem
    wrong = problem is not None and problem.code is not ProblemCode.IN_THE_PAST
    return question.request.intent is Intent.BOOKINGS and services.config.booking.enabled and not wrong


async def opened(question: Question, services: Services) -> Asked:
    """The list; or the one meeting that is meant before anything is done, or which one is asked.

    Raises RemoteError and StoreError.
    """
    order = question.order or MeetingOrder(MeetingVerb.SHOW)
    question = replace(question, order=None, request=replace(question.request, change=None))
    ahead = await _ahead(question, services)
    found = await _meant(question, order, ahead, services)
    bookings = tuple([await booking_of(each, services) for each in found[:MOST_LISTED]])
    if order.verb is MeetingVerb.SHOW:
        return Asked(question, MeetingsCard(bookings))
    if len(bookings) == 1:
        return await one(question, bookings[0], order, services)
    return Asked(question, MeetingsCard(bookings, order))


async def followed(question: Question, last: Asked, services: Services) -> Asked | None:
    """What the words of `question` do at once with the meeting that the last card shows.

    None where it shows none of the asker's, or they mean another one, or not every word was understood.
    """
    booking, order = booked_on(last.card) or moved_from(last.card), question.order
    if booking is None or order is None or booking.organizer != question.asker:
        return None
    if order.verb is MeetingVerb.SHOW or question.request.leftover or order.number:
        return None
    if order.verb is MeetingVerb.CANCEL and booked_on(last.card) is None:
        return None  # the move, or the meeting?
    if order.names_one:
        ahead = [each for each in await _ahead(question, services) if each.event_id == booking.event_id]
        if not await _meant(question, order, ahead, services):
            return None
    asked = replace(
        last.question,
        asker=question.asker,
        now=question.now,
        language=question.language,
        card=question.card,
        namesakes=None,
    )
    meant = await one(asked, booking, order, services)
    deed = _deed_of(meant)
    return Asked(asked, last.card, deed) if deed else meant


def _deed_of(meant: Asked) -> Deed | None:
    """What a card that is shown first would do at once."""
    match meant.card:
        case MeetingCard(booking=booking) if booking.repeats:
            return None
        case MeetingCard(booking, (), ()):
            return Cancel(booking)
        case MeetingCard(booking, added, removed):
            return ChangeGuests(booking, added, removed)
        case DraftCard(slot=slot, moving=Booking() as booking):
            return Move(booking, slot)
    return None


async def one(question: Question, booking: Booking, order: MeetingOrder, services: Services) -> Asked:
    """The meeting with what is to be done with it, not done yet. Raises RemoteError and StoreError."""
    shown = about(question, booking)
    if booking.repeats:
        return Asked(shown, MeetingCard(booking, changing=order.verb is not MeetingVerb.CANCEL))
    match order.verb:
        case MeetingVerb.ADD | MeetingVerb.REMOVE:
            return Asked(shown, await _guests(question, booking, order, services))
        case MeetingVerb.MOVE:
            when = other_time(question, booking, order.to) if order.to else ()
            if isinstance(when, Interval):
                if when.start <= question.now:
                    refusal = Refusal(RefusalReason.PAST, when, changing=True)
                    return Asked(shown, RefusedCard(refusal, booking=booking))
                guests = tuple(each for each in booking.attendees if each != booking.organizer)
                return Asked(shown, DraftCard(Slot(when), booking.organizer, guests, moving=booking))
            return search(question, booking, services, when)
    return Asked(shown, MeetingCard(booking))


async def _guests(
    question: Question, booking: Booking, order: MeetingOrder, services: Services
) -> MeetingCard | RefusedCard:
    """Who is to come or not; somebody who is nobody, or one of several, is said to be not found."""
    try:
        found = await services.directory.resolve(
            order.guests, me=question.author, chat=None, team=None, most=MOST_PEOPLE
        )
    except RequestError:
        found = []
    strangers = tuple(each.label for each in found if isinstance(each, Missing))
    ids = tuple(each.staff_id for each in found if isinstance(each, Person) and each.staff_id != booking.organizer)
    removing = order.verb is MeetingVerb.REMOVE
    if removing:
        strangers += tuple(each.name for each in found if isinstance(each, Person) and each.staff_id not in
                           booking.attendees)  # fmt: skip
    if strangers or not ids:
        refusal = Refusal(RefusalReason.NOT_FOUND, booking.interval, changing=True, words=strangers)
        return RefusedCard(refusal, booking=booking)
    return MeetingCard(booking, removed=ids) if removing else MeetingCard(booking, ids)


# ---------------------------------------------------------------- which one is meant
async def _ahead(question: Question, services: Services) -> list[Meeting]:
    """Those of the asker; in a group only what was booked there."""
    ahead = await meetings.ahead(services.store, question.asker, now=question.now)
    return [each for each in ahead if not question.in_group or each.chat == question.conversation_id]


async def _meant(
    question: Question, order: MeetingOrder, ahead: Sequence[Meeting], services: Services
) -> list[Meeting]:
    """Those that fit all that the words say; an hour without a day also on other days."""
    if order.number:
        return list(ahead[order.number - 1 : order.number])
    people = await _named(question, order.who, services)
    with_them = [each for each in ahead if people <= set(each.attendees)]
    called = [each for each in with_them if _is_called(each, order.title)]
    at_all = [each for each in called if _is_then(each, order, question.now)]
    if at_all or not order.windows:
        return at_all
    zone = ZoneInfo(question.zone)
    clocks = {each.start.astimezone(zone).time() for each in order.windows if each.kind is WindowKind.POINT}
    return [each for each in called if each.interval.start.astimezone(zone).time() in clocks]


def _is_called(meeting: Meeting, title: str) -> bool:
    said, called = title.casefold(), meeting.title.casefold()
    return not said or bool(called and (said in called or called in said))


def _is_then(meeting: Meeting, order: MeetingOrder, now: datetime) -> bool:
    """In a day or a part of one, or from that hour on: one of its times that are not over."""
    return not order.windows or any(
        time.overlaps(window.interval) if window.kind in _WHOLE else window.start <= time.start < window.end
        for window in order.windows
        for time in meeting.ahead(now)
    )


async def _named(question: Question, who: Who, services: Services) -> set[StaffId]:
    """Whom the words name beside the asker; somebody who is nobody fits no meeting."""
    named = Who(who.mentioned, who.names, unread=who.unread)
    if named.nobody:
        return set()
    found = await services.directory.resolve(named, me=question.author, chat=None, team=None, most=MOST_PEOPLE)
    return {each.staff_id or StaffId("?") for each in found}


# ---------------------------------------------------------------- the card
async def answer(question: Question, card: MeetingsCard, services: Services) -> MyMeetings | PlainLine:
    """The meetings with their titles and guests; where words name one and none fits, that it is none of ours."""
    if not card.listed and card.order and card.order.names_one:
        return PlainLine(question, LineCode.BOOKINGS, card=card)
    kept = [await meetings.of_event(services.store, each.event_id) for each in card.listed]
    there = [each for each in kept if each is not None and each.ahead(question.now)]
    bookings = tuple([await booking_of(each, services) for each in there])
    if bookings != card.listed:
        card = replace(card, listed=bookings, at=0)
    guests = [await people_in(each.attendees[1:], services) for each in there]
    return MyMeetings(question, card, tuple(zip(there, guests, strict=True)), steps(question, card, services))


def steps(question: Question, card: MeetingsCard, services: Services) -> tuple[Step, ...]:
    """Another time or none for the meetings in turn; for an order which of them; whose they are may press alone."""
    order, count = card.order, len(card.listed)
    buttons_each = 2 + any(responses_step(each, services) for each in card.listed)
    most = _CHOICES if order else max(count, 1) if count * buttons_each <= _BUTTONS else 1
    numbered = list(enumerate(card.listed, 1))[card.at : card.at + most]
    buttons = [step for number, booking in numbered for step in _steps_of(question, card, services, number, booking)]
    if count > most:
        at = card.at + most
        buttons.append(Step(Verb.NEXT, card=replace(card, at=at if at < count else 0), only=question.author))
    return tuple(buttons)


def _steps_of(question: Question, card: MeetingsCard, services: Services, number: int, booking: Booking) -> list[Step]:
    order = card.order
    found = search(question, booking, services)
    move = Step(Verb.MOVE, found.question.request, found.card, only=booking.organizer, option=number)
    shown = about(question, booking).request
    cancel = Step(Verb.CANCEL, shown, MeetingCard(booking), only=booking.organizer, option=number)
    if booking.repeats:
        move = replace(move, request=shown, card=MeetingCard(booking, changing=True))
    if order is None:
        return [move, cancel, *responses_step(booking, services, option=number)]
    if order.verb is MeetingVerb.CANCEL:
        return [cancel]
    if booking.repeats:
        return [move]
    if order.verb is MeetingVerb.MOVE and order.to:
        when = other_time(question, booking, order.to)
        if isinstance(when, Interval):
            guests = tuple(each for each in booking.attendees if each != booking.organizer)
            draft = DraftCard(Slot(when), booking.organizer, guests, moving=booking)
            return [replace(move, request=shown, card=draft)]
        found = search(question, booking, services, when)
        return [replace(move, request=found.question.request, card=found.card)]
    return [move]
