"""From a question to the card that answers it, and from a card or a deed to the feature that knows it.

One row for each card and each deed; a new kind of card is a class, a module, a template, and a row here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from bot.features.booking import (
    booked,
    booking_steps,
    draft,
    moving,
    my_meetings,
    one_meeting,
    order,
    other_guests,
    refused,
    responses,
    series,
    series_booked,
    series_steps,
    taken,
)
from bot.features.digest import edition
from bot.features.digest import settings as digest_settings
from bot.features.digest import settings_steps as digest_steps
from bot.features.plain import asking_whom, help, plain_answer
from bot.features.plain.talk import line_for
from bot.features.rooms import change, free_rooms
from bot.features.services import Services
from bot.features.setup import chat, hours, person, team
from bot.features.times import find_time, find_time_steps, heat_map, next_free, who_is_free, who_is_out
from bot.features.times.about_now import asked_now, asked_today
from bot.features.waiting import private_question, subscriptions
from bot.model import card_state as cards
from bot.model import deeds
from bot.model.card_state import CardState
from bot.model.deeds import Deed
from bot.model.questions import Asked, Question
from bot.model.replies import NotChecked, Outsider, PlainLine, Reply, Unclear
from bot.model.requests import Intent, Request
from bot.model.steps import Step

C = TypeVar("C")
D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class Feature(Generic[C]):
    """What one kind of card shows, which only reads, and its buttons, which come from what is stored alone."""

    card: type[C]
    answer: Callable[[Question, C, Services], Awaitable[Reply]]
    steps: Callable[[Question, C, Services], tuple[Step, ...]]


@dataclass(frozen=True, slots=True)
class Does(Generic[D]):
    """What one kind of deed does; `card` is the one it was ordered from. Doing it again changes nothing."""

    deed: type[D]
    perform: Callable[[Question, CardState, D, Services], Awaitable[Reply]]


FEATURES: tuple[Feature[Any], ...] = (
    Feature(cards.VerdictsCard, who_is_free.answer, who_is_free.steps),
    Feature(cards.OutCard, who_is_out.answer, who_is_out.steps),
    Feature(cards.NextFreeCard, next_free.answer, next_free.steps),
    Feature(cards.SlotsCard, find_time.answer, find_time_steps.steps),
    Feature(cards.NoSlotCard, find_time.answer, find_time_steps.steps),
    Feature(cards.HeatMapCard, heat_map.answer, heat_map.steps),
    Feature(cards.DraftCard, draft.answer, draft.steps),
    Feature(cards.BookedCard, booked.shown, booking_steps.booked_steps),
    Feature(cards.MovedCard, moving.shown, booking_steps.moved_steps),
    Feature(cards.ResponsesCard, responses.shown, responses.steps),
    Feature(cards.DeclinedCard, responses.shown_declined, responses.declined_steps),
    Feature(cards.MeetingsCard, my_meetings.answer, my_meetings.steps),
    Feature(cards.MeetingCard, one_meeting.answer, one_meeting.steps),
    Feature(cards.TakenCard, taken.shown, booking_steps.taken_steps),
    Feature(cards.CancelledCard, booked.shown_cancelled, booking_steps.cancelled_steps),
    Feature(cards.RefusedCard, refused.shown, booking_steps.refused_steps),
    Feature(cards.SeriesCard, series.answer, series_steps.steps),
    Feature(cards.SeriesBookedCard, series_booked.shown, series_booked.steps),
    Feature(cards.RoomsCard, free_rooms.answer, free_rooms.steps),
    Feature(cards.AskCard, private_question.answer, private_question.steps),
    Feature(cards.SubscriptionsCard, subscriptions.answer, subscriptions.steps),
    Feature(cards.DigestCard, edition.answer, edition.steps),
    Feature(cards.DigestSettingsCard, digest_settings.answer, digest_steps.steps),
    Feature(cards.TeamCard, team.answer, team.steps),
    Feature(cards.SettingsCard, chat.answer, chat.steps),
    Feature(cards.OwnHoursCard, hours.answer, hours.steps),
    Feature(cards.HelpCard, help.answer, help.steps),
    Feature(cards.PlainCard, plain_answer.answer, plain_answer.steps),
)
_FEATURE_OF: Mapping[type, Feature[Any]] = {row.card: row for row in FEATURES}


# ---------------------------------------------------------------- which card a question opens
async def opened(question: Question, services: Services) -> Asked:
    """The card that answers a question in words, and what is to be done for it. Raises RemoteError and StoreError."""
    request = question.request
    if request.setting and request.setting.hide is not None:
        return Asked(question, cards.PlainCard(), deeds.Hide(request.setting.hide))
    if my_meetings.is_meant(question, services):
        return await my_meetings.opened(question, services)
    if line_for(question, services) or await asking_whom.is_to_be_asked(question, services):
        return Asked(question, cards.PlainCard())
    match request.intent:
        case Intent.BOOK:
            return await order.opened(question, services)
        case Intent.FIND_TIME if request.series and services.config.booking.enabled and not request.windows:
            return series.opened(question) or Asked(question, cards.SlotsCard())
        case Intent.MY_HOURS:
            return hours.opened(question)
        case Intent.PRESENCE:
            question = asked_now(question, services)
        case Intent.LEAVE:
            question = asked_today(question, services)
    card = fresh_card(question.request)
    return Asked(question, card, _deed_of(question, card))


def _deed_of(question: Question, card: CardState) -> Deed | None:
    """What the words want done before the card is shown."""
    match card:
        case cards.TeamCard():
            return team.deed_of(question)
        case cards.SettingsCard():
            return chat.deed_of(question)
        case cards.DigestSettingsCard():
            return digest_steps.deed_of(question)
    return deeds.Subscribe() if question.request.watch else None


def fresh_card(request: Request) -> CardState:
    """The card of a request that nothing was shown of yet."""
    match request.intent:
        case Intent.WHO_IS_FREE | Intent.PRESENCE:
            return cards.VerdictsCard()
        case Intent.LEAVE:
            return cards.OutCard()
        case Intent.FIND_TIME:
            return cards.SlotsCard()
        case Intent.NEXT_FREE:
            return cards.NextFreeCard()
        case Intent.BOOKINGS:
            return cards.MeetingsCard()
        case Intent.ROOMS:
            return cards.RoomsCard()
        case Intent.OVERVIEW:
            return cards.HeatMapCard()
        case Intent.SETTINGS if request.reminders:
            return cards.SubscriptionsCard()
        case Intent.SETTINGS:
            return cards.SettingsCard()
        case Intent.TEAM_SHOW | Intent.TEAM_ADD | Intent.TEAM_REMOVE:
            return cards.TeamCard()
        case Intent.HELP:
            return cards.HelpCard()
        case Intent.DIGEST_ON | Intent.DIGEST_OFF | Intent.DIGEST_SHOW:
            return cards.DigestSettingsCard()
    return cards.PlainCard()


def led(asked: Asked, step: Step) -> Asked:
    """Where a button leads."""
    question = asked.question
    if step.request:
        question = replace(question, request=step.request, namesakes=None)
    card = step.card or (fresh_card(step.request) if step.request else asked.card)
    waits = step.request is not None and step.request.watch
    return Asked(question, card, step.deed or (deeds.Subscribe() if waits else None))


# ---------------------------------------------------------------- what is answered
async def answer(asked: Asked, services: Services) -> Reply:
    """Does what is to be done, and answers. Raises RemoteError only for what concerns the whole question."""
    question, card, deed = asked.question, asked.card, asked.deed
    if deed is not None:
        reply = await _DOES[type(deed)].perform(question, card, deed, services)
    else:
        reply = await _shown(question, card, services)
    return with_card(reply, card)


def with_card(reply: Reply, card: CardState) -> Reply:
    """A reply that belongs to whatever card was asked keeps that one."""
    if isinstance(reply, NotChecked | Unclear | PlainLine) and reply.card is None:
        return replace(reply, card=card)
    return reply


def answered(reply: Reply) -> Asked:
    """What is kept of an answer: nothing is left to be done."""
    assert not isinstance(reply, Outsider)
    return Asked(reply.question, reply.card or cards.PlainCard())


def steps_of(asked: Asked, services: Services) -> tuple[Step, ...]:
    """The buttons of a card, from what is stored with it alone."""
    steps: tuple[Step, ...] = _FEATURE_OF[type(asked.card)].steps(asked.question, asked.card, services)
    return steps


async def _shown(question: Question, card: CardState, services: Services) -> Reply:
    reply: Reply = await _FEATURE_OF[type(card)].answer(question, card, services)
    return reply


# ---------------------------------------------------------------- what is done
async def _subscribe(question: Question, card: CardState, deed: deeds.Subscribe, services: Services) -> Reply:
    return await subscriptions.subscribed(await _shown(question, card, services), services)


async def _unsubscribe(question: Question, card: CardState, deed: deeds.Unsubscribe, services: Services) -> Reply:
    if deed.card:
        return await subscriptions.unsubscribe(question, card, deed, services)
    return await _shown(question, await subscriptions.taken_back(question, card, services), services)


async def _ask(question: Question, card: CardState, deed: deeds.AskThem, services: Services) -> Reply:
    assert isinstance(card, cards.NoSlotCard)
    return await _shown(question, await private_question.asked_card(card, deed, services), services)


async def _undo(question: Question, card: CardState, deed: deeds.Undo, services: Services) -> Reply:
    if isinstance(deed.edit, cards.TeamEdit):
        return await team.undone(question, deed.edit, services)
    return await chat.undone(question, deed.edit, services)


DOES: tuple[Does[Any], ...] = (
    Does(deeds.Book, booked.book),
    Does(deeds.Cancel, booked.cancel),
    Does(deeds.BookSeries, series_booked.book),
    Does(deeds.CancelSeries, series_booked.cancel),
    Does(deeds.Move, moving.move),
    Does(deeds.ChangeGuests, other_guests.change),
    Does(deeds.ChangeRoom, change.change),
    Does(deeds.ReadResponses, responses.read),
    Does(deeds.AskThem, _ask),
    Does(deeds.AnswerAsk, private_question.say),
    Does(deeds.Subscribe, _subscribe),
    Does(deeds.Unsubscribe, _unsubscribe),
    Does(deeds.ChangeTeam, team.change),
    Does(deeds.Undo, _undo),
    Does(deeds.SetChat, chat.set_chat),
    Does(deeds.SetHours, hours.set_hours),
    Does(deeds.UndoHours, hours.undone),
    Does(deeds.SetDigest, digest_settings.set_digest),
    Does(deeds.SetUpDigest, digest_settings.set_up),
    Does(deeds.OptOut, digest_settings.opt_out),
    Does(deeds.Hide, person.hide),
)
_DOES: Mapping[type, Does[Any]] = {row.deed: row for row in DOES}
