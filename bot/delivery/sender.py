"""The one way out: cards are rendered, keyed, kept, created and updated here, and texts are sent.

The id of a card makes creating it safe to repeat. A text cannot be told from its repeat: whoever calls `say` has
written down before that it is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.cards import Renderer, card_params
from bot.delivery.button_ids import key_of
from bot.delivery.texts import Session, say
from bot.dingtalk import cards as card_api
from bot.dingtalk.cards import DirectSpace, GroupSpace
from bot.dingtalk.http import Api
from bot.features.card_state import dump
from bot.features.registry import answered
from bot.model.billing import Resource, Spent
from bot.model.digests import Digest
from bot.model.people import OutTrackId
from bot.model.questions import Asked, Question
from bot.model.rendered import Card
from bot.model.replies import Outsider, Reply
from bot.model.requests import Language
from bot.store import Store
from bot.store import cards as card_table

__all__ = ["PUBLIC_TEMPLATE", "DirectSpace", "GroupSpace", "Sender", "Space", "Target"]

PUBLIC_TEMPLATE = "1366a1eb-bc54-4859-ac88-517c56a9acb1.schema"
Space = GroupSpace | DirectSpace


@dataclass(frozen=True, slots=True)
class Target:
    """A card by its id, and where it stands or is to stand."""

    card: OutTrackId
    space: Space


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends as one robot. It knows no claims and no leases: whoever calls asks before it sends."""

    api: Api
    store: Store
    renderer: Renderer
    robot_code: str
    template_id: str
    clock: Callable[[], datetime]

    async def placeholder(self, to: Target, language: Language, *, count: int = 0) -> None:
        """Creates the card with a word that so many people are being checked (0: not known). Raises RemoteError."""
        await self._create(to, self.renderer.interim(language, count=count))

    async def create(self, to: Target, reply: Reply) -> bool:
        """Creates the card as it is first seen; True where DingTalk had it already, as it was. Raises RemoteError."""
        return await self._create(to, self.rendered(reply, card=to.card, version=1))

    async def post(self, to: Target, reply: Reply, *, again: bool = False) -> None:
        """Posts a card that no message asked for; `again`: it may be there, and is to show this.

        Its state is kept first, as somebody may press before DingTalk has answered. Where somebody pressed meanwhile
        the card shows what came of that. Raises RemoteError and StoreError; repeating it is safe.
        """
        assert not isinstance(reply, Outsider)
        version = await self._kept(answered(reply), to.card)
        if version is None:
            return
        existed = await self._create(to, self.rendered(reply, card=to.card, version=version))
        if again or existed:  # DingTalk keeps a card as it was created first
            await self.update(to.card, self._variables(reply, card=to.card, version=version))

    async def show(self, card: OutTrackId, reply: Reply, *, version: int, state: str) -> bool:
        """Puts `reply` onto a card that stands at `version`, and `state` into its row, as the buttons will mean it.

        False where somebody pressed meanwhile: the card shows what came of that. Raises RemoteError and StoreError.
        """
        if not await card_table.settle(self.store, card, version=version, state=state):
            return False
        await self.update(card, self._variables(reply, card=card, version=version))
        return True

    async def variables(
        self, card: OutTrackId, reply: Reply, *, version: int, state: str | None = None
    ) -> dict[str, str]:
        """What an ack says of a card that stands at `version`; a `state` is kept first. Raises StoreError."""
        if state is not None:
            await card_table.settle(self.store, card, version=version, state=state)
        return self._variables(reply, card=card, version=version)

    async def update(self, card: OutTrackId, variables: Mapping[str, str]) -> None:
        """Changes these variables of a card. Raises RemoteError."""
        await card_api.update_card(self.api, out_track_id=card, params=variables)

    async def replace(self, card: OutTrackId, reply: Reply) -> None:
        """Puts the first answer onto a card that says what is being checked. Raises RemoteError."""
        await self.update(card, self._variables(reply, card=card, version=1))

    def keep_in(self, connection: Connection, card: OutTrackId, question: Question, *, state: str) -> None:
        """Keeps what a created card is about, in the transaction that closes its message."""
        card_table.put_in(
            connection,
            card,
            conversation_id=question.conversation_id,
            asker=question.asker,
            state=state,
            now=self.clock(),
        )

    async def say(self, to: Session | Space, reply: Reply) -> None:
        """The words of a card as a plain message. Raises RemoteError."""
        card = self.rendered(reply, card=OutTrackId(""), version=1)
        await say(self.api, to, title=card.title, text=card.message, robot_code=self.robot_code, now=self.clock())

    async def notify(self, to: Target, language: Language, about: Resource | None, *, spent: Spent) -> None:
        """Tells somebody that digests stopped, or what of the month runs out. Raises RemoteError."""
        shown = self.renderer.running_out(language, about, spent, now=self.clock()) if about else None
        await self._create(to, shown or self.renderer.quota_gone(language))

    async def tell_stopped(self, to: Target, stopped: Sequence[Digest]) -> None:
        """Tells somebody that digests have stopped, as their group is without the bot. Raises RemoteError."""
        await self._create(to, self.renderer.stopped(stopped, now=self.clock()))

    def rendered(self, reply: Reply, *, card: OutTrackId, version: int) -> Card:
        """`reply` in words, its buttons naming the card and its version."""
        zone = "UTC" if isinstance(reply, Outsider) else reply.question.zone
        return self.renderer.card(reply, key=key_of(card, version=version), clock_zone=zone, now=self.clock())

    def _variables(self, reply: Reply, *, card: OutTrackId, version: int) -> dict[str, str]:
        return card_params(self.rendered(reply, card=card, version=version))

    async def _create(self, to: Target, card: Card) -> bool:
        delivered = await card_api.create_and_deliver(
            self.api,
            template_id=self.template_id,
            out_track_id=to.card,
            params=card_params(card),
            space=to.space,
            robot_code=self.robot_code,
            summary=card.title,
        )
        return delivered.existed

    async def _kept(self, asked: Asked, card: OutTrackId) -> int | None:
        """The version at which the card is what was `asked` from now on; None where somebody changed it meanwhile."""
        state, place = dump(asked), asked.question.conversation_id
        if await card_table.put(
            self.store, card, conversation_id=place, asker=asked.question.asker, state=state, now=self.clock()
        ):
            return 1
        row = await card_table.get(self.store, card)
        moved = row and await card_table.advance(self.store, card, version=row.version, state=state)
        return row.version + 1 if row and moved else None
