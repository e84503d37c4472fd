"""What somebody says of themselves: not to be shown to others, or shown again."""

from __future__ import annotations

from bot.features.services import Services
from bot.model.card_state import CardState
from bot.model.deeds import Hide
from bot.model.people import ConversationId
from bot.model.questions import Question
from bot.model.replies import LineCode, PlainLine
from bot.store import opt_outs


async def hide(question: Question, card: CardState, deed: Hide, services: Services) -> PlainLine:
    """Takes the asker out of this group's answers, said in a 1:1 chat out of everybody's; again changes nothing.

    Raises StoreError.
    """
    place: ConversationId = question.conversation_id if question.in_group else opt_outs.EVERYWHERE
    if deed.hidden:
        await opt_outs.hide(services.store, place, question.asker, at=services.clock())
    else:
        await opt_outs.show(services.store, place, question.asker)
    return PlainLine(question, LineCode.HIDDEN if deed.hidden else LineCode.SHOWN)
