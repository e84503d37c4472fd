"""The people of a question as attendees of a meeting: who is asked to come, who need not, and when each works."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.availability.slots import Attendee
from bot.features.common.free_busy import Gathered
from bot.model.people import Missing, Person, StaffId, Who
from bot.model.questions import Question
from bot.names import find, named


def invited(question: Question) -> Who:
    """Whom the request names and its author, unless they are left out; without a name the chat's team is meant."""
    who, me = question.request.who, not question.request.who.without_me
    without = tuple(each for each in who.without if each != question.author) if who.me else who.without
    everyone = who.everyone or (who.nobody and not question.outsiders)
    return replace(who, me=me, everyone=everyone, without=without)


def means_team(question: Question) -> bool:
    """True where the chat's team is all there is to meet: nobody is named, and the author is not the only one meant."""
    who = question.request.who
    return not (who.mentioned or who.typed or who.teams or who.me or question.outsiders)


def key_of(who: Person | Missing) -> StaffId:
    """The staffId; of somebody who has none what stands in for it."""
    return who.staff_id or StaffId(f"name:{_found_by(who).casefold()}")


def attendees_of(gathered: Gathered, question: Question) -> tuple[Attendee, ...]:
    """Everybody with what is known of them and their own working time; those who need not come are optional."""
    optional = optional_among(gathered.people, question.request.optional)
    return tuple(
        Attendee(key, known, gathered.calendars.of(key), required=key not in optional)
        for key, known in ((key_of(who), known) for who, known in gathered.known)
    )


def optional_among(people: Sequence[Person | Missing], said: Iterable[str]) -> set[StaffId]:
    """Those of `people` whom `said` means, by staffId or by a name as it was typed."""
    keys = {key_of(who) for who in people}
    return {key for each in said for key in ([StaffId(each)] if each in keys else _called(each, people))}


def _called(typed: str, people: Sequence[Person | Missing]) -> list[StaffId]:
    """Whoever was looked up by these words, else the one whose name they are; nobody where that is not one person."""
    looked_up = [key_of(who) for who in people if _found_by(who) == typed]
    near = [named(who) for who in people if isinstance(who, Person)]
    match = () if looked_up else find(typed, near=near, rest=(), readings={}).people
    return looked_up or ([match[0].staff_id] if len(match) == 1 else [])


def _found_by(who: Person | Missing) -> str:
    return who.called if isinstance(who, Person) else who.label
