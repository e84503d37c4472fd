"""Tell me when free: who waits for what, when it is looked at again, and when it has come true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.availability.working_time import WorkingCalendar
from bot.errors import RemoteError
from bot.features.card_state import dump_question
from bot.features.common.moves import worked_day
from bot.features.services import Services
from bot.model.card_state import (
    CardState,
    NextFreeCard,
    NoSlotCard,
    SlotsCard,
    SubscriptionsCard,
    VerdictsCard,
    Waiting,
)
from bot.model.deeds import Subscribe, Unsubscribe
from bot.model.freebusy import State
from bot.model.people import OutTrackId, Person, StaffId, Who
from bot.model.questions import Question
from bot.model.replies import CommonTime, NextFree, Outsider, Reply, Subscriptions, WhoIsFree
from bot.model.requests import Intent, Language
from bot.model.steps import Step, Verb
from bot.model.time import span
from bot.store import watches
from bot.store.actions import Origin
from bot.store.watches import Watch

MOST_WATCHES = 20  # of one person
PAUSES = (timedelta(minutes=15), timedelta(minutes=30), timedelta(hours=1))
"""Between two looks: about nine in a working day. The last one is repeated."""
_SOON = timedelta(minutes=1)
_DAY = timedelta(days=1)
_MOST_NAMES = 3
_Awaited = NextFree | WhoIsFree | CommonTime
MOST_LISTED = 3


async def subscribed(reply: Reply, services: Services) -> Reply:
    """`reply`, with its asker waiting for what it is about; itself where that is true already or cannot come true.

    Asking twice from one card waits once. Raises StoreError.
    """
    if not isinstance(reply, NextFree | WhoIsFree | CommonTime) or not can_wait(reply, services):
        return reply
    question = reply.question
    if question.namesakes:  # first of all it has to be said who is meant
        return reply
    waiting = await watches.of_person(services.store, question.asker, now=services.clock())
    if len(waiting) < MOST_WATCHES:
        origin = Origin(question.conversation_id, question.card)
        await watches.put(services.store, _watch(reply, services), now=services.clock(), origin=origin)
    elif all(each.card != question.card for each in waiting):
        return reply
    told = _told(reply, await _name(question.asker, services))
    return replace(told, steps=_with_step_back(told.steps, in_group=question.in_group))


def _told(reply: _Awaited, name: str) -> _Awaited:
    """`reply` with somebody more among those who will be told."""
    match reply:
        case WhoIsFree(card=VerdictsCard() as verdicts):
            return replace(reply, card=replace(verdicts, waiting=_more(verdicts.waiting, name)))
        case NextFree(card=NextFreeCard() as next_free):
            return replace(reply, card=replace(next_free, waiting=_more(next_free.waiting, name)))
        case CommonTime(card=NoSlotCard() as none):
            return replace(reply, card=replace(none, waiting=_more(none.waiting, name)))
    return reply  # there is a time already


def _more(waiting: Waiting, name: str) -> Waiting:
    return replace(waiting, names=tuple(dict.fromkeys((*waiting.names, name))))


async def unsubscribe(question: Question, card: CardState, deed: Unsubscribe, services: Services) -> Subscriptions:
    """The asker's list without that subscription. Raises StoreError."""
    if deed.card:
        await watches.drop(services.store, deed.card, staff_id=question.asker)
    return await answer(question, SubscriptionsCard(), services)


async def taken_back(question: Question, card: CardState, services: Services) -> CardState:
    """`card`, of which the asker is not told any more. Raises StoreError."""
    if question.card:
        await watches.drop_of_card(services.store, question.card, staff_id=question.asker)
    if not isinstance(card, VerdictsCard | NextFreeCard | NoSlotCard):
        return card
    gone = await _name(question.asker, services)
    return replace(
        card, waiting=replace(card.waiting, names=tuple(each for each in card.waiting.names if each != gone))
    )


async def answer(question: Question, card: SubscriptionsCard, services: Services) -> Subscriptions:
    """What the asker waits for. Raises StoreError."""
    waiting = await watches.of_person(services.store, question.asker, now=services.clock())
    card = SubscriptionsCard(tuple(each.out_track_id for each in waiting[:MOST_LISTED]))
    listed = tuple((each.label, each.until) for each in waiting)
    return Subscriptions(question, card, listed, steps(question, card, services))


def steps(question: Question, card: SubscriptionsCard, services: Services) -> tuple[Step, ...]:
    """Take back one of those that are listed; only whose they are may."""
    return tuple(
        Step(Verb.UNWATCH, deed=Unsubscribe(each), only=question.author, option=option)
        for option, each in enumerate(card.listed, 1)
    )


def subscribe_step(waiting: Waiting, *, in_group: bool) -> tuple[Step, ...]:
    """The button that waits, where there is something to wait for, and the one that takes that back.

    A group's card is everybody's: others may still want to be told.
    """
    back = (Step(Verb.UNWATCH, deed=Unsubscribe()),) if waiting.names else ()
    wait = (Step(Verb.WATCH, deed=Subscribe()),) if waiting.possible and (in_group or not back) else ()
    return wait + back


def _with_step_back(steps: Sequence[Step], *, in_group: bool) -> tuple[Step, ...]:
    """The buttons of a card on which somebody has just said that they wait."""
    here = next((at for at, step in enumerate(steps) if step.verb is Verb.WATCH), len(steps))
    others = [step for step in steps if step.verb not in (Verb.WATCH, Verb.UNWATCH)]
    waits = subscribe_step(Waiting(possible=True, names=("",)), in_group=in_group)
    return (*others[:here], *waits, *others[here:])


def has_come_true(reply: Reply, now: datetime) -> bool:
    """True where whoever waits is to be told: free now, or free in what was asked about."""
    match reply:
        case NextFree(stretches=stretches):
            return bool(stretches) and stretches[0].start <= now + _SOON
        case WhoIsFree(verdicts=verdicts):
            return all(verdict.state is State.FREE for verdict in verdicts)
        case CommonTime(card=card):
            return isinstance(card, SlotsCard) and bool(card.offered)
    return False


def look_again(reply: Reply, now: datetime, *, pause: timedelta, until: datetime, services: Services) -> datetime:
    """When to look next: once calendars say that somebody gets free, or after `pause`, as meetings are called off.

    Nobody calls off anything at night: a pause that ends outside working time goes on to its begin, if that is before
    `until`. A last look comes just before that.
    """
    next_at = now + pause
    zone = services.config.timezone if isinstance(reply, Outsider) else reply.question.zone
    working = _begin_of_work(next_at, services.calendar(zone))
    next_at = working if next_at < working < until else min(next_at, _last_look(now, until))
    if isinstance(reply, NextFree) and reply.stretches:
        return min(max(reply.stretches[0].start, now + _SOON), next_at)
    return next_at


def _last_look(now: datetime, until: datetime) -> datetime:
    """A little before it is too late, once; then nothing but the end is left."""
    last = until - 2 * _SOON
    return last if last > now + 2 * _SOON else until


def _begin_of_work(moment: datetime, calendar: WorkingCalendar) -> datetime:
    """When work begins next; `moment` itself within working time."""
    midnight = moment.astimezone(calendar.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    for day in (midnight, worked_day(midnight + _DAY, calendar, _DAY)):
        hours = calendar.hours_of(day.date())
        if hours and moment < hours.end:
            return max(moment, hours.start)
    return moment


def can_wait(reply: _Awaited, services: Services) -> bool:
    """True where it is about somebody, is not so yet, and still may be before it is too late."""
    now = max(services.clock(), reply.question.now)
    return bool(_people(reply)) and not has_come_true(reply, now) and _until(reply.question, services) > now + 2 * _SOON


def _watch(reply: _Awaited, services: Services) -> Watch:
    """What is kept: the same people by their ids, whoever the words of the request would mean later.

    It stays a question of its chat, though it is answered in private: who is not shown there is not read for it.
    """
    question, now = reply.question, services.clock()
    people = _people(reply)
    card = question.card or OutTrackId("")
    told_on = services.card_ids.of_subscription(card, question.asker, question.now)
    ids = tuple(person.staff_id for person in people)
    optional = tuple(each for each in ids if isinstance(reply, CommonTime) and each in reply.optional)
    who = Who(ids, without_me=question.asker not in ids)
    own = replace(
        question,
        request=replace(
            question.request, who=who, optional=optional, watch=False, change=None, leftover=(), problem=None
        ),
        author=question.asker,
        in_group=False,
        card=told_on,
        namesakes=None,
        outsiders=0,
    )
    return Watch(
        card=card,
        staff_id=question.asker,
        out_track_id=told_on,
        label=_label(_others(people, question.asker), question.language),
        state=dump_question(own),
        until=_until(question, services),
        next_at=look_again(reply, now, pause=PAUSES[0], until=_until(question, services), services=services),
    )


def _people(reply: _Awaited) -> list[Person]:
    everybody = reply.known if isinstance(reply, NextFree) else [verdict.who for verdict in reply.verdicts]
    return [each for each in everybody if isinstance(each, Person)]


def _others(people: Sequence[Person], owner: StaffId) -> Sequence[Person]:
    """Whom somebody waits for: not themselves, unless nobody else is asked about."""
    return [each for each in people if each.staff_id != owner] or people


def _label(people: Sequence[Person], language: Language) -> str:
    """李博、王芳 · Bob, Carol: as many names as a line holds."""
    joined = ("、" if language is Language.ZH else ", ").join(person.name for person in people[:_MOST_NAMES])
    return joined + (" …" if len(people) > _MOST_NAMES else "")


def _until(question: Question, services: Services) -> datetime:
    """What was asked about must come true before it begins; "next free" until the end of the next working day."""
    windows, now = question.request.windows, services.clock()
    if windows and question.request.intent is Intent.WHO_IS_FREE:
        whole = span(windows)
        return whole.start if whole.start > now else whole.end
    if windows:
        return span(windows).end
    calendar = services.calendar(question.zone)
    midnight = now.astimezone(calendar.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    next_day = calendar.hours_of(worked_day(midnight + _DAY, calendar, _DAY).date())
    return next_day.end if next_day else now + _DAY


async def _name(staff_id: StaffId, services: Services) -> str:
    try:
        return (await services.directory.person(staff_id)).name
    except RemoteError:
        return str(staff_id)
