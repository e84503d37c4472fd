"""What was not done, and why: the card that says so, beside what the card before it had."""

from __future__ import annotations

from collections.abc import Iterable

from bot.bookings import Uncertain
from bot.errors import LimitReached, PermissionDenied, QuotaExhausted, YoukongError
from bot.features.booking.booking_steps import refused_steps
from bot.features.services import Services
from bot.model.card_state import CardState, RefusedCard, booked_on, moved_from, offered_on
from bot.model.meetings import Booking, Refusal, RefusalReason, Slot
from bot.model.people import Person, StaffId
from bot.model.questions import Question
from bot.model.replies import NotBooked


async def shown(question: Question, card: RefusedCard, services: Services) -> NotBooked:
    """What was not done, and why. Raises RemoteError."""
    refusal = card.refusal
    found = await services.directory.persons(refusal.people) if refusal.people else {}
    people = tuple(person for person in found.values() if isinstance(person, Person))
    return NotBooked(question, card, people, refused_steps(question, card, services))


async def refused(
    question: Question,
    card: CardState,
    services: Services,
    reason: RefusalReason,
    slot: Slot | None = None,
    *,
    cancelling: bool = False,
    people: Iterable[StaffId] = (),
    scopes: tuple[str, ...] = (),
    changing: bool = False,
) -> NotBooked:
    """That a slot was not booked, or a meeting not cancelled (`cancelling`) or changed. Raises RemoteError."""
    booking = booked_on(card)
    interval = slot.interval if slot else booking.interval if booking else None
    refusal = Refusal(reason, interval, cancelling, tuple(sorted(people)), scopes, changing=changing)
    offered = (slot,) if slot else offered_on(card)
    return await shown(question, RefusedCard(refusal, offered, booking, moved_from(card)), services)


def reason_of(error: YoukongError) -> RefusalReason:
    """What a card says of DingTalk's refusal."""
    match error:
        case Uncertain():
            return RefusalReason.UNCERTAIN
        case PermissionDenied(scopes=scopes):
            return RefusalReason.SCOPE if scopes else RefusalReason.RANGE
        case LimitReached():
            return RefusalReason.DAILY_LIMIT
        case QuotaExhausted():
            return RefusalReason.QUOTA
        case _:
            return RefusalReason.REFUSED


def scopes_of(error: YoukongError) -> tuple[str, ...]:
    """The permission points that are missing."""
    return error.scopes if isinstance(error, PermissionDenied) else ()


async def gone(question: Question, booking: Booking, services: Services) -> NotBooked:
    """That a meeting is not there any more: nothing is left to be moved or cancelled."""
    refusal = Refusal(RefusalReason.GONE, booking.interval, changing=True)
    return await shown(question, RefusedCard(refusal), services)
