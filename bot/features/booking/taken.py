"""Who stands in the way of a meeting, and the next slots that suit everybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.availability.slots import Sought, find_slots
from bot.bookings import Blocked
from bot.features.booking.booking_steps import taken_steps
from bot.features.booking.guests import who_comes
from bot.features.common.attendees import attendees_of
from bot.features.common.book_steps import horizon
from bot.features.common.free_busy import Gathered, gather
from bot.features.services import Services
from bot.model.card_state import TakenCard
from bot.model.freebusy import BusyStatus, FreeBusy, Unknown
from bot.model.meetings import Slot
from bot.model.people import Person, StaffId
from bot.model.questions import Question
from bot.model.replies import Taken
from bot.model.time import Interval, Window, WindowKind


async def shown(question: Question, card: TakenCard, services: Services) -> Taken:
    """Who is in the way by what is known now. Raises RemoteError."""
    gathered = await read(question, None, card.interval, services, anew=False)
    return taken(question, card, (), gathered, services)


async def read(
    question: Question,
    guests: tuple[StaffId, ...] | None,
    interval: Interval,
    services: Services,
    *,
    anew: bool,
    organizer: StaffId | None = None,
) -> Gathered:
    """Guests and organizer over the days in which the next slots are sought, too: one call for each 20 people.

    In the name of `question.asker`, who is the organizer where none is named.
    """
    window = horizon(interval, services.calendar(question.zone))
    who = who_comes(replace(question, asker=organizer or question.asker), guests)
    return await gather(question, services, window=window, who=who, anew=anew)


def standing(gathered: Gathered, people: Iterable[StaffId], interval: Interval) -> Blocked:
    """Who of `people` is firmly busy in `interval`, and who cannot be seen; tentative time does not block."""
    known = {who.staff_id: what for who, what in gathered.known if isinstance(who, Person)}
    read = {person: known.get(person) for person in people}
    unseen = frozenset(person for person, what in read.items() if not isinstance(what, FreeBusy))
    busy = frozenset(
        person
        for person, what in read.items()
        if isinstance(what, FreeBusy)
        and any(item.status is BusyStatus.BUSY and item.interval.overlaps(interval) for item in what.busy)
    )
    return Blocked(busy, unseen)


def tentative_in(gathered: Gathered, people: Iterable[StaffId], interval: Interval) -> frozenset[StaffId]:
    """Who of `people` has something in `interval` that is not firm."""
    known = {who.staff_id: what for who, what in gathered.known if isinstance(who, Person)}
    return frozenset(
        person
        for person in people
        if isinstance(what := known.get(person), FreeBusy)
        and any(item.status is BusyStatus.TENTATIVE and item.interval.overlaps(interval) for item in what.busy)
    )


def next_slots(question: Question, interval: Interval, gathered: Gathered, services: Services) -> tuple[Slot, ...]:
    """The next best slots of the same length."""
    calendar = services.calendar(question.zone)
    attendees = attendees_of(gathered, question)
    days = horizon(interval, calendar)
    window = Window(days.start.astimezone(calendar.zone), days.end.astimezone(calendar.zone), WindowKind.DAYS)
    sought = Sought(attendees, (window,), interval.length, calendar, question.now, question.request.quorum)
    return tuple(find_slots(sought, most=2, apart_from=(interval,)))


def taken(
    question: Question, card: TakenCard, busy: Iterable[StaffId], gathered: Gathered, services: Services
) -> Taken:
    """Whom a hold names, or the calendars do."""
    named = set(busy) or standing(gathered, _seen(gathered), card.interval).busy
    people = tuple(who for who in gathered.people if isinstance(who, Person) and who.staff_id in named)
    return Taken(question, card, people, gathered.checked_at, taken_steps(question, card, services))


def _seen(gathered: Gathered) -> list[StaffId]:
    return [who.staff_id for who, what in gathered.known if isinstance(who, Person) and not isinstance(what, Unknown)]
