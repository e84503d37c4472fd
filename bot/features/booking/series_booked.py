"""A series becomes one event of whoever asked for it, and all of it can be cancelled."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.availability.series import holiday_of
from bot.bookings import Blocked, Clear, Made, Plan
from bot.cards import event_summary
from bot.dingtalk.events import EventAttendee, Recurrence
from bot.errors import RemoteError, RequestError, YoukongError
from bot.features.booking import series
from bot.features.booking.guests import Invited, invited_to
from bot.features.booking.meetings import details_of
from bot.features.booking.refused import reason_of, scopes_of
from bot.features.booking.series_reading import read_people, windows_of
from bot.features.services import Services
from bot.model.card_state import CardState, SeriesBookedCard, SeriesCard
from bot.model.deeds import BookSeries, CancelSeries
from bot.model.meetings import Booking, Refusal, RefusalReason, Slot
from bot.model.people import OutTrackId, StaffId
from bot.model.questions import Question
from bot.model.replies import PlainLine, SeriesBooked, SeriesShown, Unclear
from bot.model.requests import Intent
from bot.model.series import Frequency, SeriesBooking, SeriesRule
from bot.model.steps import Step, Verb
from bot.store.actions import Origin
from bot.store.bookings import HoldKey

Outcome = SeriesBooked | SeriesShown | Unclear | PlainLine
_LATE = timedelta(minutes=15)
_ASKED = 4
"""At how many of its times a follow-up looks."""


async def shown(question: Question, card: SeriesBookedCard, services: Services) -> SeriesBooked:
    """The series as it was made; nobody's calendar is read. Raises RemoteError."""
    made = card.made
    booking = made.booking
    others = tuple(each for each in booking.attendees if each != booking.organizer)
    invited = await invited_to(
        replace(question, asker=booking.organizer), Slot(booking.interval), services, guests=others
    )
    people = (invited.organizer, *invited.guests)
    calendar = services.calendar(made.series.zone)
    table = calendar.holidays
    days = [(slot.interval, holiday_of(slot.interval, calendar)) for slot in made.series.occurrences]
    return SeriesBooked(
        question,
        card,
        people,
        unknown=tuple(person for person in people if person.staff_id in booking.unknown),
        holidays=tuple((at, (table.name(day, "zh"), table.name(day, "en"))) for at, day in days if day and table),
        steps=steps(question, card, services),
    )


def steps(question: Question, card: SeriesBookedCard, services: Services) -> tuple[Step, ...]:
    """None of it any more, for the organizer only; where that is asked, or leave it."""
    if card.cancelled:
        return ()
    organizer = card.made.booking.organizer
    back = replace(card, refusal=None, asking=False, changing=False)
    cancel = Step(Verb.CANCEL, card=back, deed=CancelSeries(card.made), only=organizer)
    if card.asking:
        return (replace(cancel, verb=Verb.CANCEL_THIS), Step(Verb.KEEP, card=back, only=organizer))
    return (cancel,)


async def book(question: Question, card: CardState, deed: BookSeries, services: Services) -> Outcome:
    """One event with a recurrence, if nobody got busy at one of its times since it was shown.

    In the name of `question.asker`. What was not done is said beside what can be done still. Raises StoreError.
    """
    shown_on = card if isinstance(card, SeriesCard) else SeriesCard(question.asker, (deed.series,), guests=deed.guests)
    if not services.config.booking.enabled or question.card is None:
        return await _refused(question, shown_on, services, RefusalReason.OFF, deed)
    if deed.series.first.start <= question.now - _LATE:
        return await _refused(question, shown_on, services, RefusalReason.PAST, deed)
    try:
        async with asyncio.timeout(services.timing.book_within):
            return await _book(question, question.card, shown_on, deed, services)
    except TimeoutError:
        return await _refused(question, shown_on, services, RefusalReason.UNCERTAIN, deed)
    except (RemoteError, RequestError) as error:
        return await _refused(question, shown_on, services, reason_of(error), deed, error)


async def _book(
    question: Question, card_id: OutTrackId, card: SeriesCard, deed: BookSeries, services: Services
) -> Outcome:
    found = deed.series
    invited = await invited_to(question, Slot(found.first), services, guests=deed.guests)
    looked = _Look(question, deed, invited, services)
    wanted = {slot.interval: invited.must.difference(slot.missing, slot.unknown) for slot in found.occurrences}
    plan = Plan(
        key=HoldKey(_key(card_id, found.rule), found.first),
        organizer=invited.organizer,
        guests=tuple(EventAttendee(guest.union_id, guest.staff_id in invited.optional) for guest in invited.guests),
        people=wanted.pop(found.first),
        attendees=frozenset(each.staff_id for each in (invited.organizer, *invited.guests)),
        summary=question.request.title or event_summary(question.language),
        zone=ZoneInfo(found.zone),
        origin=_origin(question),
        title=question.request.title,
        details=details_of(question.request),
        recurrence=recurrence(found.rule, len(found.occurrences)),
        later=wanted,
    )
    match await services.bookings.book(plan, look=looked):
        case Made(event_id, booked_at):
            ids = (question.asker, *(guest.staff_id for guest in invited.guests))
            unknown = tuple(each for each in ids if each in looked.unseen)
            name = invited.organizer.name
            booking = Booking(event_id, found.first, question.asker, name, ids, booked_at, unknown)
            intent = _intent_after(question.request.intent)
            request = replace(question.request, intent=intent, windows=question.request.windows[:_ASKED], full=())
            made = SeriesBookedCard(SeriesBooking(booking, found))
            return await shown(replace(question, request=request), made, services)
        case Blocked():
            return await series.answer(question, replace(card, refusal=None, changed=True), services)


def _key(card_id: OutTrackId, rule: SeriesRule) -> OutTrackId:
    """A hold of its own beside that of one meeting from the same card: two events are never taken for each other."""
    return OutTrackId(f"{card_id} {rule.text}")


def recurrence(rule: SeriesRule, count: int) -> Recurrence:
    """The rule as DingTalk knows it, `count` times."""
    match rule.frequency:
        case Frequency.DAILY:
            return Recurrence(count, "daily", rule.interval)
        case Frequency.WEEKLY:
            return Recurrence(count, "weekly", rule.interval, rule.weekdays)
        case Frequency.MONTHLY if rule.month_day:
            return Recurrence(count, "absoluteMonthly", rule.interval, day_of_month=rule.month_day)
        case Frequency.MONTHLY:
            return Recurrence(count, "relativeMonthly", rule.interval, rule.weekdays, index=rule.nth)


@dataclass(slots=True)
class _Look:
    """Reads the calendars of those who come once more, just before the event is made; who could not be seen."""

    question: Question
    deed: BookSeries
    invited: Invited
    services: Services
    unseen: frozenset[StaffId] = field(init=False)

    def __post_init__(self) -> None:
        slots = self.deed.series.occurrences
        self.unseen = frozenset(person for slot in slots for person in slot.unknown)

    async def __call__(self) -> Blocked | Clear:
        """Who got busy at one of its times, or that nobody did; who is free at all of them."""
        found = self.deed.series
        calendar = self.services.calendar(found.zone)
        times = [slot.interval for slot in found.occurrences]
        windows = windows_of(found.rule, times, self.question.now, calendar)
        read = await read_people(self.question, self.deed.guests, windows, self.services, anew=True)
        now = read.slots(times)
        if _busier(found.occurrences, now):
            return Blocked(_busier(found.occurrences, now))
        self.unseen |= {person for slot in now for person in slot.unknown}
        taken = {person for slot in now for person in (*slot.missing, *slot.unknown)}
        return Clear(frozenset(each.staff_id for each in read.people) - taken)


def _busier(before: Sequence[Slot], now: Sequence[Slot]) -> frozenset[StaffId]:
    """Who is busy now at a time at which they were not shown to be."""
    pairs = zip(before, now, strict=True)
    return frozenset(person for was, is_now in pairs for person in is_now.missing if person not in was.missing)


async def _refused(
    question: Question,
    card: SeriesCard,
    services: Services,
    reason: RefusalReason,
    deed: BookSeries,
    error: YoukongError | None = None,
) -> Outcome:
    """That the series was not booked; its options stay as they were shown, so that a press means the same event."""
    refusal = Refusal(reason, deed.series.first, scopes=scopes_of(error) if error else ())
    options = card.options or (deed.series,)
    kept = replace(card, options=options, guests=deed.guests, refusal=refusal)
    return await series.answer(question, kept, services)


async def cancel(question: Question, card: CardState, deed: CancelSeries, services: Services) -> SeriesBooked:
    """Deletes all of it in the name of `question.asker`; again finds it deleted. Raises StoreError."""
    booking, stands = deed.made.booking, SeriesBookedCard(deed.made)
    if booking.organizer != question.asker:
        refusal = Refusal(RefusalReason.NOT_YOURS, booking.interval, cancelling=True)
        return await shown(question, replace(stands, refusal=refusal), services)
    try:
        async with asyncio.timeout(services.timing.book_within):
            organizer = await services.directory.person(booking.organizer)
            await services.bookings.cancel(booking.event_id, organizer=organizer, origin=_origin(question))
    except TimeoutError:
        refusal = Refusal(RefusalReason.UNCERTAIN, booking.interval, cancelling=True)
    except RemoteError as error:
        refusal = Refusal(reason_of(error), booking.interval, cancelling=True, scopes=scopes_of(error))
    else:
        return await shown(question, replace(stands, cancelled=True), services)
    return await shown(question, replace(stands, refusal=refusal), services)


def _origin(question: Question) -> Origin:
    return Origin(question.conversation_id, question.card)


def _intent_after(intent: Intent) -> Intent:
    """A follow-up on what was booked asks; it must not book once more."""
    return Intent.WHO_IS_FREE if intent is Intent.BOOK else intent
