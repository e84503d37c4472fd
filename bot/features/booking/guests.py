"""Whom a booking is about: who must be free, who is invited, and who cannot be."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.features.common.attendees import invited, optional_among
from bot.features.common.free_busy import people_of
from bot.features.services import Services
from bot.model.meetings import Slot
from bot.model.people import Missing, Person, StaffId, Who
from bot.model.questions import Question
from bot.model.requests import Intent

_WITH_AUTHOR = (Intent.FIND_TIME, Intent.BOOK)
"""Requests for a meeting, to which whoever wrote them comes along."""


@dataclass(frozen=True, slots=True)
class Invited:
    """The people of one event. `guests` are not the organizer, `optional` of them need not come.

    `must` are those of them who have to be free (whoever has agreed to make room need not be), `missing` those who
    cannot be invited as nobody knows who they are.
    """

    organizer: Person
    guests: tuple[Person, ...]
    optional: frozenset[StaffId]
    must: frozenset[StaffId]
    missing: tuple[Missing, ...]


def whom(question: Question) -> Who:
    """Whom the request speaks of; a meeting is with its author, too, unless they are left out."""
    return invited(question) if question.request.intent in _WITH_AUTHOR else question.request.who


async def invited_to(
    question: Question, slot: Slot, services: Services, *, guests: tuple[StaffId, ...] | None = None
) -> Invited:
    """Everybody of the question but those who are busy in `slot` and have to come, or exactly `guests`.

    `question.asker` organizes. Raises RemoteError where the organizer cannot be looked up, RequestError for too many
    people.
    """
    people = await people_of(question, services, who_comes(question, guests))
    organizer = await services.directory.person(question.asker)
    persons = [person for person in people if isinstance(person, Person)]
    optional = frozenset(optional_among(people, question.request.optional))
    coming = [person for person in persons if person.staff_id not in slot.missing or person.staff_id in optional]
    required = [person.staff_id for person in coming if person.staff_id not in optional]
    must = frozenset(required or [person.staff_id for person in coming])
    return Invited(
        organizer=organizer,
        guests=tuple(person for person in coming if person.staff_id != organizer.staff_id),
        optional=optional,
        must=must.difference(slot.missing, slot.unknown, slot.agreed, {organizer.staff_id}),
        missing=tuple(person for person in people if isinstance(person, Missing)),
    )


def who_comes(question: Question, guests: tuple[StaffId, ...] | None) -> Who:
    """Whom a meeting is with, and whoever asks for it."""
    who = whom(question) if guests is None else Who(mentioned=guests)
    team = who.everyone or (guests is None and who.nobody and not question.outsiders)
    return replace(who, mentioned=tuple(dict.fromkeys((*who.mentioned, question.asker))), everyone=team)
