"""What a press sends beyond its own card: a private question, its answer to the first card, who declined a meeting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.chat.answering.declines import Declines
from bot.delivery.sender import DirectSpace, Sender, Target
from bot.errors import RemoteError
from bot.features.card_state import dump, load
from bot.features.registry import answered
from bot.features.services import Services
from bot.features.waiting.private_question import asked_from, brought_back, letter_of, said, shown
from bot.model.card_state import AskCard
from bot.model.deeds import AnswerAsk, AskThem, Deed, ReadResponses
from bot.model.meetings import Answered, Ask
from bot.model.people import OutTrackId, StaffId
from bot.model.questions import Asked, Question
from bot.model.replies import CommonTime, PrivateQuestion, Reply, ResponsesShown
from bot.store import Store, actions
from bot.store import cards as card_table
from bot.store.actions import Action, ActionKind, Origin

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Mail:
    """Performing a task again sends nothing twice: a letter has one outTrackId, an answer is brought back once."""

    store: Store
    services: Services
    sender: Sender
    clock: Callable[[], datetime]

    @property
    def declines(self) -> Declines:
        """Who tells of those who declined."""
        return Declines(self.store, self.services, self.sender)

    async def after(self, deed: Deed, reply: Reply) -> None:
        """What is to be sent after `deed` was done and answered with `reply`. Raises StoreError."""
        match deed, reply:
            case AskThem(person=person), CommonTime():
                await self._ask(answered(reply), person)
            case ReadResponses(), ResponsesShown(question=question, card=responses):
                await self.declines.tell_if_possible(question, responses)
            case AnswerAsk(), PrivateQuestion(card=card):
                for origin in card.origins:
                    await self._bring_to(origin, card.ask)

    async def _ask(self, asked: Asked, person: StaffId) -> None:
        """Asks once, whoever asks: where it was asked before, what is said to it goes to this card as well."""
        letter = letter_of(asked, await self._name(asked.question.asker), ids=self.services.card_ids)
        card, origin = letter.question.card, asked.question.card
        assert card is not None
        assert origin is not None
        assert isinstance(letter.card, AskCard)
        to = Target(card, DirectSpace(person))
        try:
            before = await self._asked_before(card, origin)
            if before is None:
                await self.sender.post(to, shown(letter.question, letter.card))
                await self._log(asked.question, about=f"{card} {origin}")
                return
            question, stands = before
            await self.sender.create(to, shown(question, stands))  # if it did not arrive
        except RemoteError as error:  # the first card goes on saying that there is no answer yet
            log.warning("letter_not_sent", error=str(error))
            return
        await self._log(asked.question, about=f"{card} {origin}")
        if stands.ask.answer is not Answered.ASKED:
            await self._bring_to(origin, stands.ask)

    async def _asked_before(self, letter: OutTrackId, origin: OutTrackId) -> tuple[Question, AskCard] | None:
        """The private card as it stands, its answer going to `origin` from now on; None where it was never asked."""
        row = await card_table.get(self.store, letter)
        if row is None:
            return None
        asked = load(row.state)
        if not isinstance(asked.card, AskCard):
            return None
        if isinstance(asked.deed, AnswerAsk):  # an answer that is under way, and goes to the other cards alone
            return asked.question, said(asked.card, asked.deed)
        card = asked_from(asked.card, origin)
        state = dump(replace(asked, card=card))
        if card == asked.card or await card_table.settle(self.store, letter, version=row.version, state=state):
            return asked.question, card
        return await self._asked_before(letter, origin)  # answered meanwhile

    async def _bring_to(self, origin: OutTrackId, ask: Ask) -> None:
        """Writes the answer into the state of a card, which is drawn anew by whoever looks after presses."""
        row = await card_table.get(self.store, origin)
        if row is None:
            return
        try:
            first = load(row.state)
        except ValueError:  # kept by another version
            return
        card = brought_back(first.card, ask)
        if card is None:
            return
        state = dump(replace(first, card=card))
        if not await card_table.advance(
            self.store, row.out_track_id, version=row.version, state=state, due_at=self.clock()
        ):
            await self._bring_to(origin, ask)  # somebody pressed meanwhile; what they did stays

    async def _log(self, question: Question, *, about: str) -> None:
        origin = Origin(question.conversation_id, question.card)
        await actions.put(self.store, Action(ActionKind.ASKED, about, question.asker, self.clock(), origin))

    async def _name(self, staff_id: StaffId) -> str:
        try:
            return (await self.services.directory.person(staff_id)).name
        except RemoteError:
            return ""
