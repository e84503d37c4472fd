"""A follow-up changes the card of the last answer, unless somebody else spoke to the bot in between."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat.meaning.follow_ups import Last, after_last, last_of
from bot.chat.meaning.orders import ORDERS, ordered
from bot.features.card_state import dump
from bot.features.services import Services
from bot.model.people import MsgId
from bot.model.questions import Question, View
from bot.model.requests import Change
from bot.store import Store, messages
from bot.store import cards as card_table

_MOST_RACES = 3


@dataclass(frozen=True, slots=True)
class Meant:
    """What a message means. With a `version` the card that the question names shows it already, or is to, at that."""

    question: Question
    version: int | None = None


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
    meant = question
    for _ in range(_MOST_RACES):  # somebody may press meanwhile; then it is what they saw that changes
        last = await last_of(question, store=store)
        if last is None:
            return Meant(_ordered(question, None, change, services) if change.kind in ORDERS else question)
        if last.card and last.question.view.told_by == msg_id:
            return Meant(last.question, last.card.version)
        if change.kind in ORDERS:
            meant = _ordered(question, last.question, change, services)
        else:
            meant = await after_last(question, last.question, services=services)
        if last.card is None or not await _may_edit(last, meant, received_at, store):
            break
        view = replace(meant.view if meant.task else View(), told_by=msg_id)
        edited = replace(meant, card=last.card.out_track_id, view=view)
        due_at = services.clock() + services.timing.press_lease if edited.task else None
        if await card_table.advance(
            store, last.card.out_track_id, version=last.card.version, state=dump(edited), due_at=due_at
        ):
            return Meant(edited, last.card.version + 1)
    return Meant(meant)


def _ordered(question: Question, last: Question | None, change: Change, services: Services) -> Question:
    return ordered(question, last, change, enabled=services.config.booking.enabled)


async def _may_edit(last: Last, meant: Question, received_at: datetime, store: Store) -> bool:
    """A good answer is not given up for a complaint, nor a card that somebody is booking or has booked from."""
    view = last.question.view
    busy = last.question.task or (view.booking and not meant.task) or view.appeal
    if busy or meant.view.refused or meant.request.change or meant.request.problem:
        return False
    return not await messages.others_spoke(
        store,
        meant.conversation_id,
        than=meant.author,
        after=last.heard_at,
        until=received_at,
    )
