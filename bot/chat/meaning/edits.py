"""A follow-up changes the card of the last answer, unless another message came between."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat.meaning.follow_ups import Last, after_last, last_of
from bot.chat.meaning.orders import ORDERS, ordered
from bot.features.card_state import dump
from bot.features.registry import fresh_card, opened
from bot.features.services import Services
from bot.features.waiting.private_question import ask_on
from bot.model.card_state import RefusedCard, booked_on, series_on
from bot.model.people import MsgId, OutTrackId
from bot.model.questions import Asked, Question
from bot.model.requests import Change
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
    if change is None:
        return Meant(question)
    meant = Asked(question, fresh_card(question.request))
    for _ in range(_MOST_RACES):  # somebody may press meanwhile; then it is what they saw that changes
        last = await last_of(question, store=store)
        if last is None:
            if change.kind not in ORDERS:
                return Meant(question)
            asked = _ordered(question, None, change, services)
            return Meant(asked.question, asked) if asked else Meant(question)
        if last.card and last.card.told_by == msg_id:
            return Meant(last.asked.question, last.asked, last.card.version)
        meant = await _after(question, last.asked, change, services)
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


async def _after(question: Question, last: Asked, change: Change, services: Services) -> Asked:
    """An order acts on the card as it stands; any other change asks anew."""
    if change.kind in ORDERS:
        return _ordered(question, last, change, services) or Asked(question, fresh_card(question.request))
    asked = await after_last(question, last, services=services)
    return await opened(asked, services)


def _ordered(question: Question, last: Asked | None, change: Change, services: Services) -> Asked | None:
    return ordered(question, last, change, enabled=services.config.booking.enabled)


def _may_edit(last: Last, meant: Asked) -> bool:
    """A good answer is not given up for a complaint, nor a card that somebody is booking or has booked from."""
    request, card = meant.question.request, last.asked.card
    booked = booked_on(card) or series_on(card)
    busy = last.asked.deed or (booked and not meant.deed) or ask_on(card)
    return not (busy or isinstance(meant.card, RefusedCard) or request.change or request.problem)
