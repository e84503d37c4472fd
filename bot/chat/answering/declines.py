"""Tells an organizer privately who declined a meeting: one card for those people and that time, whoever looks."""

from __future__ import annotations

from dataclasses import dataclass, replace

import structlog

from bot.delivery.sender import DirectSpace, Sender, Target
from bot.errors import RemoteError, RequestError
from bot.features.booking.responses import declined, to_organizer
from bot.features.services import Services
from bot.model.card_state import ResponsesCard
from bot.model.people import OutTrackId
from bot.model.questions import Question
from bot.model.replies import Declined
from bot.store import Store
from bot.store import cards as card_table
from bot.store import responses as table

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Declines:
    """Tells of declines. Telling again is the same card; what was pressed on it stays."""

    store: Store
    services: Services
    sender: Sender

    async def tell(self, question: Question, card: ResponsesCard) -> None:
        """The card, once, where somebody declined what is still to come. Raises RemoteError and StoreError."""
        booking, who = card.booking, card.responses.untold
        if not who or booking.interval.start <= question.now:
            return
        told_on = self.services.card_ids.of_declined(booking.event_id, booking.interval.start, who)
        to = Target(told_on, DirectSpace(booking.organizer))
        row = await card_table.get(self.store, told_on)
        if row is None:
            await self.sender.post(to, await self._card(question, card, told_on))
            log.info("decline_told", out_track_id=told_on, declined=len(who))
        elif row.version == 1:  # nobody has pressed it: if it did not arrive
            await self.sender.create(to, await self._card(question, card, told_on))
        told = replace(card.responses, told=(*card.responses.told, *who))
        await table.replied(self.store, booking.event_id, told)

    async def tell_if_possible(self, question: Question, card: ResponsesCard) -> None:
        """The same; where DingTalk refuses, the next look tells. Raises StoreError."""
        try:
            await self.tell(question, card)
        except (RemoteError, RequestError) as error:
            log.warning("decline_not_told", error=str(error))

    async def _card(self, question: Question, card: ResponsesCard, told_on: OutTrackId) -> Declined:
        own = await to_organizer(question, card.booking, self.services)
        return await declined(replace(own, card=told_on), card, self.services)
