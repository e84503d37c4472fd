"""A message that only changes one thing, read after what the same person asked last in the same chat."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.errors import RequestError
from bot.features.card_state import load
from bot.features.common.attendees import invited
from bot.features.common.free_busy import MOST_PEOPLE
from bot.features.registry import fresh_card, steps_of
from bot.features.services import Services
from bot.language import apply_change
from bot.model.people import Missing, Person, StaffId, Who
from bot.model.questions import Asked, Question
from bot.model.requests import Alternative, Change, ChangeKind, Intent, Problem, ProblemCode, Request
from bot.model.steps import Verb
from bot.names import find, named
from bot.store import Store, last_requests
from bot.store.cards import CardRow

REMEMBERED_FOR = timedelta(minutes=10)
_STEPS = {ChangeKind.LATER: Verb.LATER, ChangeKind.EARLIER: Verb.EARLIER}
_ORDERS = (ChangeKind.TAKE, ChangeKind.CANCEL, ChangeKind.WATCH)
"""What does something with the last answer and changes no question."""
_PAST = Problem(ProblemCode.IN_THE_PAST, "found nothing earlier that is still to come, ask about a later time")
_NOBODY_LEFT = Problem(ProblemCode.NO_PEOPLE, "found nobody left to ask about, expected people, name at least one")
_NOBODY_MEANT = Problem(ProblemCode.NOT_UNDERSTOOD, "found nobody of that name among the people asked about, @ them")
_ASKING = (
    Intent.WHO_IS_FREE,
    Intent.FIND_TIME,
    Intent.NEXT_FREE,
    Intent.OVERVIEW,
    Intent.ROOMS,
    Intent.BOOK,
    Intent.LEAVE,
    Intent.UNCLEAR,
)


def is_worth_keeping(question: Question) -> bool:
    """True for what a follow-up can change. Help, noise and a change that failed leave the question before in place."""
    request = question.request
    if request.intent is Intent.BOOKINGS:
        return request.change is None  # the list, as it was answered
    if request.intent not in _ASKING or (request.change and (request.problem or request.change.kind in _ORDERS)):
        return False
    return request.intent is not Intent.UNCLEAR or bool(request.windows) or not request.who.nobody


@dataclass(frozen=True, slots=True)
class Last:
    """What the same person asked last, as far as it has come by now: presses may have moved its card since.

    `card` is None where it was answered in a text; `heard_at` is when the message came in, by our own clock.
    """

    asked: Asked
    card: CardRow | None
    heard_at: datetime


async def last_of(question: Question, *, store: Store) -> Last | None:
    """What the author asked last in this chat; None where that was not lately. Raises StoreError."""
    now = question.now
    found = await last_requests.get(
        store, question.conversation_id, question.author, since=now - REMEMBERED_FOR, until=now
    )
    try:
        return Last(load(found.state), found.card, found.heard_at) if found else None
    except ValueError:  # kept by another version
        return None


async def after_last(question: Question, before: Asked, *, services: Services) -> Question:
    """What `question` means after the last one; itself where it stands for itself.

    Raises StoreError, and RemoteError where the people of a team cannot be had.
    """
    change, last = question.request.change, before.question
    if change is None or change.kind in _ORDERS:
        return question
    if change.kind in _STEPS:
        return _stepped(question, last, _STEPS[change.kind], services=services)
    if change.kind in (ChangeKind.REMOVE, ChangeKind.OPTIONAL):
        return _asked_as(question, last, await _of_those(question, change, last, services=services))
    return _asked_as(question, last, _changed(question, change, last.request))


def _asked_as(question: Question, last: Question, request: Request) -> Question:
    """`last` with another request, asked now in the words of `question`, and in the zone that the chat has by now."""
    outsiders = last.outsiders + question.outsiders
    return replace(
        last,
        request=request,
        asker=question.asker,
        now=question.now,
        language=question.language,
        zone=question.zone,
        outsiders=outsiders,
        namesakes=None,
        card=question.card,
    )


def _stepped(question: Question, last: Question, verb: Verb, *, services: Services) -> Question:
    """Where the button of that name leads; back into the past leads nowhere."""
    steps = steps_of(Asked(last, fresh_card(last.request)), services)  # of its question, whatever was done since
    request = next((step.request for step in steps if step.verb is verb), None)
    if request and request.windows[0].end > question.now:
        return _asked_as(question, last, request)
    answered = any(step.verb is Verb.REFRESH for step in steps)
    return _asked_as(question, last, _failed(question, last, _PAST)) if answered else question


def _failed(question: Question, last: Question, problem: Problem) -> Request:
    """The last request as it was, with what stands in the way of the change."""
    return replace(last.request, problem=problem, change=question.request.change)


def _changed(question: Question, change: Change, last: Request) -> Request:
    """`last` with the change, and with the other readings that the words of the change have."""
    now, zone = question.now, ZoneInfo(question.zone)
    change, last = replace(change, who=_typed(change.who)), replace(last, who=_typed(last.who))
    left = question.request.leftover
    request = apply_change(change, last, now=now, zone=zone)
    request = replace(request, leftover=left, acts=request.acts and not left)
    if not change.windows or change.kind is ChangeKind.EXCEPT:
        return request
    others = [
        (other, apply_change(replace(change, windows=other.windows), last, now=now, zone=zone))
        for other in question.request.alternatives
    ]
    alternatives = tuple(
        Alternative(changed.windows, other.reading)
        for other, changed in others
        if changed.problem is None and changed.windows != request.windows
    )
    return replace(
        request,
        alternatives=alternatives,
        assumptions=question.request.assumptions,
        acts=request.acts and not alternatives,
    )


def _typed(who: Who) -> Who:
    """Typed names in one: from here on it is the directory that knows whom they mean."""
    return replace(who, names=who.typed, unread=())


async def _of_those(question: Question, change: Change, last: Question, *, services: Services) -> Request:
    """The last request with some of its people gone or optional: a name means one of them, mentioned or of a team."""
    some = change.who
    asked = invited(last) if last.request.intent is Intent.FIND_TIME else last.request.who
    try:
        everybody = await services.directory.resolve(
            asked, me=last.author, chat=last.conversation_id, team=last.team, most=MOST_PEOPLE
        )
        ids = await _ids_of(question, some, everybody, services=services)
    except RequestError as error:
        return _failed(question, last, Problem(ProblemCode(error.code), str(error)))
    others = [each for each in everybody if each.staff_id not in ids and not _is_called(each, some)]
    if len(others) == len(everybody):
        return _failed(question, last, _NOBODY_MEANT)
    if not others and change.kind is ChangeKind.REMOVE:
        return _failed(question, last, _NOBODY_LEFT)
    change = replace(change, who=replace(some, mentioned=ids))
    return apply_change(change, last.request, now=question.now, zone=ZoneInfo(question.zone))


async def _ids_of(
    question: Question, some: Who, everybody: list[Person | Missing], *, services: Services
) -> tuple[StaffId, ...]:
    """The staffIds of `some`. Several people of one name among those asked about are none: nobody is guessed."""
    people = [named(each) for each in everybody if isinstance(each, Person)]
    here = {name: find(name, near=people, rest=(), readings={}).people for name in some.typed}
    strangers = tuple(name for name, found in here.items() if not found)
    others = replace(some, names=strangers, unread=())
    far = (
        []
        if others.nobody
        else await services.directory.resolve(
            others, me=question.author, chat=question.conversation_id, team=question.team, most=MOST_PEOPLE
        )
    )
    ids = [found[0].staff_id for found in here.values() if len(found) == 1]
    return tuple(dict.fromkeys([*ids, *(each.staff_id for each in far if each.staff_id)]))


def _is_called(each: Person | Missing, some: Who) -> bool:
    """True for somebody who was asked about by the very words, and could not be looked up."""
    return (
        isinstance(each, Missing)
        and not each.staff_id
        and each.label.casefold() in {name.casefold() for name in some.typed}
    )
