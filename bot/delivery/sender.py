"""Cards that no message asked for, each posted once: their outTrackId is made from what they are about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.cards import Renderer, card_params
from bot.delivery.button_ids import key_of
from bot.dingtalk import cards as card_api
from bot.dingtalk import robot
from bot.dingtalk.http import Api
from bot.features.card_state import dump
from bot.model.people import OutTrackId, StaffId
from bot.model.questions import Question
from bot.model.replies import Card, DigestReply, Outsider, Reply
from bot.model.requests import Language
from bot.store import Store
from bot.store import cards as card_table

Space = card_api.GroupSpace | card_api.DirectSpace


@dataclass(frozen=True, slots=True)
class Letters:
    """The way to one person, and that of a digest to its chat."""

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
        await self._deliver(card, question.card, card_api.DirectSpace(to))

    async def post(self, reply: DigestReply, *, again: bool) -> None:
        """Posts a digest as the card that its question names; `again`: it may be there already, and is to show this.

        Raises RemoteError and StoreError; repeating it is safe.
        """
        question, now = reply.question, self.clock()
        version = await self._version(question, now)
        if question.card is None or version is None:
            return  # somebody pressed meanwhile, and the card shows what came of that
        card = self.renderer.card(reply, key=key_of(question.card, version=version), clock_zone=question.zone, now=now)
        existed = await self._deliver(card, question.card, _space(question))
        if again or existed:  # DingTalk keeps a card as it was created first
            await card_api.update_card(self.api, out_track_id=question.card, params=card_params(card))

    async def say(self, reply: DigestReply) -> None:
        """A digest as a plain message, which cannot be told from its repeat. Raises RemoteError."""
        question = reply.question
        card = self.renderer.card(reply, key="", clock_zone=question.zone, now=self.clock())
        text = "\n\n".join(part for part in (f"**{card.title}**", card.markdown, card.tips) if part)
        match _space(question):
            case card_api.DirectSpace(staff_id):
                await robot.send_direct(
                    self.api, robot_code=self.robot_code, staff_ids=[staff_id], title=card.title, text=text
                )
            case card_api.GroupSpace(conversation_id):
                await robot.send_group(
                    self.api,
                    robot_code=self.robot_code,
                    conversation_id=conversation_id,
                    title=card.title,
                    text=text,
                )

    async def warn(self, to: StaffId, language: Language, *, card: OutTrackId) -> None:
        """Tells somebody that the month's calls are spent, as the card of that name. Raises RemoteError."""
        await self._deliver(self.renderer.quota_gone(language), card, card_api.DirectSpace(to))

    async def _deliver(self, card: Card, out_track_id: OutTrackId, space: Space) -> bool:
        """True where DingTalk says that there was such a card already."""
        delivered = await card_api.create_and_deliver(
            self.api,
            template_id=self.template_id,
            out_track_id=out_track_id,
            params=card_params(card),
            space=space,
            robot_code=self.robot_code,
            summary=card.title,
        )
        return delivered.existed

    async def _version(self, question: Question, now: datetime) -> int | None:
        """The version at which the card is `question` from now on; None where somebody else changed it meanwhile."""
        assert question.card is not None
        state, conversation_id = dump(question), question.conversation_id
        if await card_table.put(
            self.store, question.card, conversation_id=conversation_id, asker=question.asker, state=state, now=now
        ):
            return 1
        row = await card_table.get(self.store, question.card)
        moved = row and await card_table.advance(self.store, question.card, version=row.version, state=state)
        return row.version + 1 if row and moved else None


def _space(question: Question) -> Space:
    """Where a digest goes."""
    user = question.view.edition.digest.user if question.view.edition else None
    return card_api.DirectSpace(user) if user else card_api.GroupSpace(question.conversation_id)
