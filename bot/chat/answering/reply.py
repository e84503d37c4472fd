"""Replies on their way out: one card for each message, a plain text where a card is refused, never both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from sqlalchemy import Connection

from bot.chat.answering.claims import Claim, Claims
from bot.chat.answering.placeholder import Shown
from bot.chat.frames.mention import Mention
from bot.chat.meaning.follow_ups import is_worth_keeping
from bot.delivery.sender import DirectSpace, GroupSpace, Sender, Space, Target
from bot.delivery.texts import Session
from bot.errors import MalformedReply, RemoteError, RemoteTimeout, Throttled, Unavailable, YoukongError
from bot.features.card_state import dump
from bot.features.registry import answered
from bot.model.outcomes import AnswerOutcome
from bot.model.people import OutTrackId
from bot.model.questions import Question
from bot.model.replies import Outsider, PlainLine, Reply
from bot.model.requests import Language
from bot.store import Store, last_requests, messages

log = structlog.get_logger(__name__)

TRIES_IF_THROTTLED = 2
_MAY_HAVE_ARRIVED = (RemoteTimeout, Unavailable, MalformedReply)


class Undelivered(YoukongError):
    """Nothing is known to have arrived; the same card may be sent again."""


@dataclass(frozen=True, slots=True)
class Replier:
    """The way out of a chat."""

    store: Store
    claims: Claims
    sender: Sender
    clock: Callable[[], datetime]

    async def announce(self, claim: Claim, language: Language, *, count: int) -> Shown:
        """Says on the message's card that so many people are being checked (0: not known); the answer follows."""
        if claim.text_begun or not await self.claims.hold(claim):
            return Shown.NO
        try:
            await self.sender.placeholder(_card_of(claim), language, count=count)
        except RemoteError as error:  # even one that is refused may be known by its outTrackId from now on
            log.warning("interim_not_confirmed", msg_id=claim.mention.msg_id, error=str(error))
            return Shown.PERHAPS
        return Shown.YES

    async def deliver(
        self, claim: Claim, reply: Reply, *, shown: Shown = Shown.NO, instead_of: OutTrackId | None = None
    ) -> AnswerOutcome:
        """Sends `reply` and closes its message; LOST where another holder has it.

        `shown`: whether its card is there already and says what is being checked. `instead_of` is an older card that
        is to point to it. Raises Undelivered where a later try with the same outTrackId may succeed and cannot show
        twice.
        """
        if claim.text_begun:
            return await self._close(claim, AnswerOutcome.TEXT_UNCONFIRMED)
        if not await self.claims.hold(claim):
            return AnswerOutcome.LOST
        if isinstance(reply, PlainLine):
            return await self._send_text(claim, reply, about=None)
        if not isinstance(reply, Outsider):
            try:
                sent = await self._send_card(claim, reply, shown, reply.question.language)
                outcome = await self._close(claim, AnswerOutcome.CARD, reply) if sent else AnswerOutcome.LOST
                if sent and instead_of:
                    await self._point_down(instead_of, reply.question.language)
                return outcome
            except _MAY_HAVE_ARRIVED as error:
                raise Undelivered from error
            except Throttled as error:
                if claim.tries < TRIES_IF_THROTTLED:
                    raise Undelivered from error
                log.warning("card_refused", msg_id=claim.mention.msg_id, error=str(error))
            except RemoteError as error:
                log.warning("card_refused", msg_id=claim.mention.msg_id, error=str(error))
        return await self._send_text(claim, reply, about=None if isinstance(reply, Outsider) else reply)

    async def edit(self, claim: Claim, reply: Reply, *, version: int) -> AnswerOutcome:
        """Puts `reply` onto the older card that its question names, at `version`, and closes the message.

        Where that card cannot be changed the message gets one of its own, as by `deliver`. Raises Undelivered where a
        later try may succeed.
        """
        assert not isinstance(reply, Outsider)
        question = reply.question
        if claim.text_begun:
            return await self._close(claim, AnswerOutcome.TEXT_UNCONFIRMED)
        if not await self.claims.hold(claim):
            return AnswerOutcome.LOST
        try:
            await self._put(reply, question, version=version)
            return await self._close(claim, AnswerOutcome.EDITED, reply)
        except _MAY_HAVE_ARRIVED as error:
            raise Undelivered from error
        except Throttled as error:
            if claim.tries < TRIES_IF_THROTTLED:
                raise Undelivered from error
            log.warning("card_not_edited", msg_id=claim.mention.msg_id, error=str(error))
        except RemoteError as error:
            log.warning("card_not_edited", msg_id=claim.mention.msg_id, error=str(error))
        own = replace(question, card=claim.out_track_id)
        return await self.deliver(claim, replace(reply, question=own))

    async def _put(self, reply: Reply, question: Question, *, version: int) -> None:
        """What the answer adds to the card is kept first, as the buttons will mean it.

        Nothing to do where somebody pressed meanwhile: the card shows what came of that.
        """
        assert question.card is not None
        await self.sender.show(question.card, reply, version=version, state=dump(answered(reply)))

    async def keep_silent(self, claim: Claim, outcome: AnswerOutcome = AnswerOutcome.SILENT) -> AnswerOutcome:
        """Closes a message that wants no answer, or gets none."""
        return await self._close(claim, outcome)

    async def give_up(self, claim: Claim) -> AnswerOutcome:
        """Closes a message that could not be answered."""
        return await self._close(claim, AnswerOutcome.UNDELIVERED)

    async def _send_card(self, claim: Claim, reply: Reply, shown: Shown, language: Language) -> bool:
        """False where the message was lost on the way.

        DingTalk keeps a card as it was first created. So where an earlier one may be there, what is created says once
        more that people are being checked, and the answer follows: it is either on the card or nowhere.
        """
        to, again = _card_of(claim), claim.attempt > 1 or claim.tries > 0
        if shown is Shown.NO and not again:
            await self.sender.create(to, reply)
            return True
        if shown is not Shown.YES:
            await self.sender.placeholder(to, language)
        if not await self.claims.hold(claim):
            return False
        await self.sender.replace(to.card, reply)
        return True

    async def _point_down(self, card: OutTrackId, language: Language) -> None:
        """An older card says that the answer stands below; it does without where DingTalk refuses."""
        try:
            await self.sender.update(card, {"tips": self.sender.renderer.see_below(language)})
        except RemoteError as error:
            log.warning("card_not_pointed", error=str(error))

    async def _send_text(self, claim: Claim, reply: Reply, *, about: Reply | None) -> AnswerOutcome:
        """A text cannot be told from its repeat, so it is marked as begun first and never sent again."""
        mention = claim.mention
        if not await messages.begin_fallback(
            self.store, mention.msg_id, owner=self.claims.owner, attempt=claim.attempt
        ):
            return AnswerOutcome.LOST
        try:
            await self.sender.say(Session(mention.webhook, mention.webhook_until, _chat_of(mention)), reply)
        except RemoteError as error:
            log.error("text_refused", msg_id=mention.msg_id, error=str(error))
            return await self._close(claim, AnswerOutcome.UNDELIVERED)
        return await self._close(claim, AnswerOutcome.TEXT, about)

    async def _close(self, claim: Claim, outcome: AnswerOutcome, reply: Reply | None = None) -> AnswerOutcome:
        """Marks the message answered, and with it keeps what the card's buttons and a follow-up need."""
        now, owner, msg_id = self.clock(), self.claims.owner, claim.mention.msg_id
        question = None if reply is None or isinstance(reply, Outsider) else reply.question
        state = dump(answered(reply)) if reply and question else ""

        def close(connection: Connection) -> bool:
            if question and outcome is AnswerOutcome.CARD:
                self.sender.keep_in(connection, claim.out_track_id, question, state=state)
            if question and is_worth_keeping(question):
                last_requests.put_in(
                    connection,
                    question.conversation_id,
                    question.author,
                    card=question.card if outcome in (AnswerOutcome.CARD, AnswerOutcome.EDITED) else None,
                    state=state,
                    asked_at=claim.mention.created_at,
                    heard_at=claim.received_at,
                )
            return messages.answered_in(
                connection, msg_id, owner=owner, attempt=claim.attempt, outcome=outcome.value, now=now
            )

        await self.store.run(close)
        return outcome


def _card_of(claim: Claim) -> Target:
    """The card of a message. An outsider's stands in the group, if anywhere."""
    mention = claim.mention
    return Target(claim.out_track_id, _chat_of(mention) or GroupSpace(mention.conversation_id))


def _chat_of(mention: Mention) -> Space | None:
    """Where the message was said; None for the 1:1 chat of an outsider, which has no address."""
    if mention.in_group:
        return GroupSpace(mention.conversation_id)
    return DirectSpace(mention.sender) if mention.sender is not None else None
