"""A follow-up changes the card of the last answer, unless another message came between."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat.meaning.follow_ups import Last, after_last, last_of
from bot.chat.meaning.orders import ORDERS, ordered
from bot.features.booking import my_meetings
from bot.features.card_state import dump
from bot.features.registry import fresh_card, opened
from bot.features.services import Services
from bot.features.waiting.private_question import ask_on
from bot.model.card_state import (
    DraftCard,
    MeetingsCard,
    RefusedCard,
    SlotsCard,
    booked_on,
    is_about_booking,
    moved_from,
    series_on,
)
from bot.model.people import MsgId, OutTrackId
from bot.model.questions import Asked, Question
from bot.model.requests import Change, ChangeKind
from bot.store import Store, messages
from bot.store import cards as card_table

_MOST_RACES = 3


@dataclass(frozen=True, slots=True)
class Meant:
    """What a message means: a `question` in words, or what it makes of an earlier one (`asked`).

    With a `version` the card that the question names shows it already, or is to, at that. Without, `instead_of` is an
    earlier card that it does not change, as another message came between.
    """

    question: Question
    asked: Asked | None = None
    version: int | None = None
    instead_of: OutTrackId | None = None


async def meaning(
    question: Question, *, msg_id: MsgId, received_at: datetime, store: Store, services: Services
) -> Meant:
    """What `question` means after the last one of its author; the last one's card is moved on to it, where one may.

    The card keeps which message did so, hence a message that is taken up again moves it no further. Raises StoreError,
    and RemoteError where the people of a team cannot be had.
    """
    change = question.request.change
    if change is None and question.order is None:
        return Meant(question)
    meant = Asked(question, fresh_card(question.request))
    for _ in range(_MOST_RACES):  # somebody may press meanwhile; then it is what they saw that changes
        last = await last_of(question, store=store)
        if last is None:
            if change is None or change.kind not in ORDERS or _is_of_meetings(question, services):
                return Meant(question)
            asked = _ordered(question, None, change, services)
            return Meant(asked.question, asked) if asked else Meant(question)
        if last.card and last.card.told_by == msg_id:
            return Meant(last.asked.question, last.asked, last.card.version)
        after = await _after(question, last.asked, change, services)
        if after is None:
            return Meant(question)
        meant = after
        if last.card is None or not _may_edit(last, meant):
            break
        if await messages.came_between(
            store, question.conversation_id, after=last.heard_at, until=received_at, but=msg_id
        ):
            return Meant(meant.question, meant, instead_of=last.card.out_track_id)
        edited = replace(meant, question=replace(meant.question, card=last.card.out_track_id))
        due_at = services.clock() + services.timing.press_lease if edited.deed else None
        if await card_table.advance(
            store,
            last.card.out_track_id,
            version=last.card.version,
            state=dump(edited),
            due_at=due_at,
            told_by=msg_id,
        ):
            return Meant(edited.question, edited, last.card.version + 1)
    return Meant(meant.question, meant)


async def _after(question: Question, last: Asked, change: Change | None, services: Services) -> Asked | None:
    """An order acts on the card as it stands; any other change asks anew. None where the words stand for themselves."""
    of_series = series_on(last.card) is not None and change is not None and change.kind is ChangeKind.CANCEL
    if question.order and services.config.booking.enabled and not of_series:
        followed = await my_meetings.followed(question, last, services)
        if followed or _is_of_meetings(question, services, last):
            return followed
    if change is None:
        return None
    if change.kind in ORDERS:
        return _ordered(question, last, change, services) or Asked(question, fresh_card(question.request))
    asked = await opened(await after_last(question, last, services=services), services)
    moving = moved_from(last.card)
    if moving and isinstance(asked.card, SlotsCard):
        return replace(asked, card=replace(asked.card, moving=moving))
    return asked


def _is_of_meetings(question: Question, services: Services, last: Asked | None = None) -> bool:
    """True for words about one of the asker's meetings which do not change the last question instead."""
    change, card = question.request.change, last.card if last else None
    if not my_meetings.is_meant(question, services):
        return False
    if isinstance(card, DraftCard) and change and change.kind is ChangeKind.CANCEL:
        return card.moving is not None  # else it is not made
    booking = booked_on(card) if card else None
    if booking and booking.organizer != question.asker and change and change.kind is ChangeKind.CANCEL:
        return False  # whose it is is said
    changes = change is not None and change.kind is not ChangeKind.CANCEL
    return not changes or card is None or is_about_booking(card) or isinstance(card, MeetingsCard)


def _ordered(question: Question, last: Asked | None, change: Change, services: Services) -> Asked | None:
    return ordered(question, last, change, enabled=services.config.booking.enabled)


def _may_edit(last: Last, meant: Asked) -> bool:
    """A good answer is not given up for a complaint, nor a card that somebody is booking or has booked from."""
    request, card = meant.question.request, last.asked.card
    booked = booked_on(card) or series_on(card)
    busy = last.asked.deed or (booked and not meant.deed) or ask_on(card)
    return not (busy or isinstance(meant.card, RefusedCard) or request.change or request.problem)
