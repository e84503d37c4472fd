"""Cards to one person that no message asked for, each sent once: their outTrackId is made from what they are about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.cards import Renderer, card_params
from bot.chat.buttons import key_of
from bot.dingtalk import cards as card_api
from bot.dingtalk.http import Api
from bot.features.kept import dump
from bot.model.people import StaffId
from bot.model.replies import Outsider, Reply
from bot.store import Store
from bot.store import cards as card_table


@dataclass(frozen=True, slots=True)
class Letters:
    """The way to one person."""

    api: Api
    store: Store
    renderer: Renderer
    robot_code: str
    template_id: str
    clock: Callable[[], datetime]

    async def send(self, to: StaffId, reply: Reply) -> None:
        """Delivers `reply` as a card in the 1:1 chat; again is the same card. Raises RemoteError and StoreError."""
        assert not isinstance(reply, Outsider)
        question, now = reply.question, self.clock()
        assert question.card is not None
        card = self.renderer.card(reply, key=key_of(question.card, version=1), clock_zone=question.zone, now=now)
        # Its state first: somebody may press it before DingTalk has answered.
        await card_table.put(
            self.store,
            question.card,
            conversation_id=question.conversation_id,
            asker=question.asker,
            state=dump(question),
            now=now,
        )
        await card_api.create_and_deliver(
            self.api,
            template_id=self.template_id,
            out_track_id=question.card,
            params=card_params(card),
            space=card_api.DirectSpace(to),
            robot_code=self.robot_code,
            summary=card.title,
        )
