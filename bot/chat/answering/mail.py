"""What a press sends beyond its own card: a private question to somebody, and their answer to the card it came from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.delivery.sender import DirectSpace, Sender, Target
from bot.errors import RemoteError
from bot.features.card_state import dump, load
from bot.features.services import Services
from bot.features.waiting.private_question import asked_from, brought_back, letter_of, plea, replied
from bot.model.deeds import Plea
from bot.model.meetings import Answered, Appeal
from bot.model.people import OutTrackId, StaffId
from bot.model.questions import Question, Task, TaskKind
from bot.model.replies import CommonTime, Reply
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

    async def after(self, task: Task, reply: Reply) -> None:
        """What is to be sent after `task` was done and answered with `reply`. Raises StoreError."""
        match task.kind, reply:
            case TaskKind.APPEAL, CommonTime(question=question) if question.view.appeal:
                await self._ask(question, question.view.appeal.person)
            case TaskKind.REPLY, Plea(question=question):
                await self._bring_back(question)

    async def _ask(self, question: Question, person: StaffId) -> None:
        """Asks once, whoever asks: where it was asked before, what is said to it goes to this card as well."""
        letter = letter_of(question, await self._name(question.asker), ids=self.services.card_ids)
        assert letter.card is not None
        assert question.card is not None
        try:
            asked = await self._asked_before(letter.card, question.card)
            if asked is None:
                await self.sender.post(Target(letter.card, DirectSpace(person)), plea(letter))
            else:
                await self.sender.create(Target(letter.card, DirectSpace(person)), plea(asked))  # if it did not arrive
        except RemoteError as error:  # the first card goes on saying that there is no answer yet
            log.warning("letter_not_sent", error=str(error))
            return
        origin = Origin(question.conversation_id, question.card, question.view.told_by)
        about = f"{letter.card} {question.card}"
        await actions.put(self.store, Action(ActionKind.ASKED, about, question.asker, self.clock(), origin))
        if asked and asked.view.appeal and asked.view.appeal.answer is not Answered.ASKED:
            await self._bring_to(question.card, asked.view.appeal)

    async def _asked_before(self, letter: OutTrackId, origin: OutTrackId) -> Question | None:
        """The private card as it stands, its answer going to `origin` from now on; None where it was never asked."""
        row = await card_table.get(self.store, letter)
        if row is None:
            return None
        asked = load(row.state)
        if asked.task:  # an answer that is under way, and goes to the other cards alone
            return replied(asked, asked.task)
        more = asked_from(asked, origin)
        if more == asked or await card_table.settle(self.store, letter, version=row.version, state=dump(more)):
            return more
        return await self._asked_before(letter, origin)  # answered meanwhile

    async def _bring_back(self, question: Question) -> None:
        """Takes the answer to every card it was asked from."""
        view = question.view
        for origin in filter(None, (view.origin, *view.more_origins)):
            if view.appeal:
                await self._bring_to(origin, view.appeal)

    async def _bring_to(self, origin: OutTrackId, appeal: Appeal) -> None:
        """Writes the answer into the state of a card, which is drawn anew by whoever looks after presses."""
        row = await card_table.get(self.store, origin)
        if row is None:
            return
        try:
            changed = brought_back(load(row.state), appeal)
        except ValueError:  # kept by another version
            return
        if changed is None:
            return
        if not await card_table.advance(
            self.store, row.out_track_id, version=row.version, state=dump(changed), due_at=self.clock()
        ):
            await self._bring_to(origin, appeal)  # somebody pressed meanwhile; what they did stays

    async def _name(self, staff_id: StaffId) -> str:
        try:
            return (await self.services.directory.person(staff_id)).name
        except RemoteError:
            return ""
