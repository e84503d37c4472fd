"""Frames in: claim, then ack, then work. An ack before the claim loses messages, one after the work doubles them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog

from bot.chat.answering.claims import FRESH
from bot.chat.answering.presses import Presses
from bot.chat.answering.turns import Turns
from bot.chat.frames.mention import pushed_at, read_mention
from bot.chat.frames.organisation import Organisation
from bot.chat.frames.titles import ChatTitles
from bot.chat.rate_limit import Flow, RateLimit
from bot.errors import StoreError
from bot.model.card_ids import CardIds
from bot.model.meter import Meter
from bot.model.outcomes import MessageOutcome

log = structlog.get_logger(__name__)


class Inbound:
    """The two handlers of the stream. What they return is the ack; where they raise, DingTalk pushes again."""

    def __init__(
        self,
        *,
        turns: Turns,
        presses: Presses,
        limit: RateLimit,
        meter: Meter,
        organisation: Organisation,
        titles: ChatTitles,
        card_ids: CardIds,
        clock: Callable[[], datetime],
    ) -> None:
        self._turns = turns
        self._presses = presses
        self._limit = limit
        self._meter = meter
        self._organisation = organisation
        self._titles = titles
        self._card_ids = card_ids
        self._clock = clock

    async def on_message(self, data: str, headers: Mapping[str, str]) -> None:
        """Claims one pushed message. Raises StoreError where it cannot be claimed, so that it is not acked."""
        now = self._clock()
        mention = read_mention(data, now=now)
        if isinstance(mention, MessageOutcome):
            self._meter.message(mention)
            log.warning("push_left_alone", reason=mention.value)
            return
        if min(now, pushed_at(headers) or now) - mention.created_at > FRESH:
            self._meter.message(MessageOutcome.STALE)
            log.info("push_left_alone", reason="stale", msg_id=mention.msg_id)
            return
        await self._organisation.is_home(mention.corp_id)  # the first message tells it
        flow = self._limit.judge(mention, now=now)
        if flow is Flow.LEAVE:
            self._meter.message(MessageOutcome.FLOOD)
            return
        mention = replace(mention, one_too_many=True) if flow is Flow.TELL else mention
        try:
            ours = await self._turns.accept(mention, self._card_ids.of_message(mention.msg_id))
        except StoreError:
            self._meter.message(MessageOutcome.STORE_ERROR)
            raise
        self._meter.message(MessageOutcome.ACCEPTED if ours else MessageOutcome.DUPLICATE)
        await self._titles.hear(mention)

    async def on_card(self, data: str, headers: Mapping[str, str]) -> Mapping[str, Any]:  # noqa: ARG002
        """Answers one press in its ack."""
        return await self._presses.answer(data)
