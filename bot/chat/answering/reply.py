"""Replies on their way out: one card for each message, a plain text where a card is refused, never both."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from sqlalchemy import Connection

from bot.cards import Renderer, card_params
from bot.chat.answering.claims import Claim, Claims
from bot.chat.answering.placeholder import Shown
from bot.chat.meaning.follow_ups import is_worth_keeping
from bot.delivery.button_ids import key_of
from bot.dingtalk import cards as card_api
from bot.dingtalk import robot
from bot.dingtalk.http import Api
from bot.errors import MalformedReply, Rejected, RemoteError, RemoteTimeout, Throttled, Unavailable, YoukongError
from bot.features.card_state import dump
from bot.model.people import MsgId, OutTrackId
from bot.model.questions import Question
from bot.model.replies import Card, Outsider, PlainLine, Reply
from bot.model.requests import Language
from bot.store import Store, last_requests, messages
from bot.store import cards as card_table

log = structlog.get_logger(__name__)

PUBLIC_TEMPLATE = "1366a1eb-bc54-4859-ac88-517c56a9acb1.schema"
TRIES_IF_THROTTLED = 2
_MAY_HAVE_ARRIVED = (RemoteTimeout, Unavailable, MalformedReply)


class Undelivered(YoukongError):
    """Nothing is known to have arrived; the same card may be sent again."""


@dataclass(frozen=True, slots=True)
class Outbound:
    """The way out of a chat."""

    api: Api
    store: Store
    claims: Claims
    renderer: Renderer
    robot_code: str
    template_id: str
    clock: Callable[[], datetime]

    async def announce(self, claim: Claim, language: Language, *, count: int) -> Shown:
        """Says on the message's card that so many people are being checked (0: not known); the answer follows."""
        if claim.text_begun or not await self.claims.hold(claim):
            return Shown.NO
        try:
            await self._create(claim, self.renderer.interim(language, count=count))
        except RemoteError as error:  # even one that is refused may be known by its outTrackId from now on
            log.warning("interim_not_confirmed", msg_id=claim.mention.msg_id, error=str(error))
            return Shown.PERHAPS
        return Shown.YES

    async def deliver(self, claim: Claim, reply: Reply, *, zone: str, shown: Shown = Shown.NO) -> str:
        """Sends `reply` and closes its message: "card", "text", "undelivered", or "lost" where another holder has it.

        `shown`: whether its card is there already and says what is being checked. Raises Undelivered where a later try
        with the same outTrackId may succeed and cannot show twice.
        """
        card = self.renderer.card(reply, key=key_of(claim.out_track_id, version=1), clock_zone=zone, now=self.clock())
        if claim.text_begun:
            return await self._close(claim, "text_unconfirmed")
        if not await self.claims.hold(claim):
            return "lost"
        if isinstance(reply, PlainLine):
            return await self._send_text(claim, card, None)
        if not isinstance(reply, Outsider):
            try:
                sent = await self._send_card(claim, card, shown, reply.question.language)
                return await self._close(claim, "card", reply.question) if sent else "lost"
            except _MAY_HAVE_ARRIVED as error:
                raise Undelivered from error
            except Throttled as error:
                if claim.tries < TRIES_IF_THROTTLED:
                    raise Undelivered from error
                log.warning("card_refused", msg_id=claim.mention.msg_id, error=str(error))
            except RemoteError as error:
                log.warning("card_refused", msg_id=claim.mention.msg_id, error=str(error))
        return await self._send_text(claim, card, None if isinstance(reply, Outsider) else reply.question)

    async def edit(self, claim: Claim, reply: Reply, *, zone: str, version: int) -> str:
        """Puts `reply` onto the older card that its question names, at `version`, and closes the message: "edited".

        Where that card cannot be changed the message gets one of its own, as by `deliver`. Raises Undelivered where a
        later try may succeed.
        """
        assert not isinstance(reply, Outsider)
        question = reply.question
        if claim.text_begun:
            return await self._close(claim, "text_unconfirmed")
        if not await self.claims.hold(claim):
            return "lost"
        try:
            await self._put(claim, reply, question, zone=zone, version=version)
            return await self._close(claim, "edited", question)
        except _MAY_HAVE_ARRIVED as error:
            raise Undelivered from error
        except Throttled as error:
            if claim.tries < TRIES_IF_THROTTLED:
                raise Undelivered from error
            log.warning("card_not_edited", msg_id=claim.mention.msg_id, error=str(error))
        except RemoteError as error:
            log.warning("card_not_edited", msg_id=claim.mention.msg_id, error=str(error))
        own = replace(question, card=claim.out_track_id)
        return await self.deliver(claim, replace(reply, question=own), zone=zone)

    async def _put(self, claim: Claim, reply: Reply, question: Question, *, zone: str, version: int) -> None:
        """What the answer adds to the question is kept first, as the buttons will mean it.

        Nothing to do where somebody pressed meanwhile: the card shows what came of that.
        """
        assert question.card is not None
        kept = replace(question, task=None, view=replace(question.view, told_by=claim.mention.msg_id))
        if not await card_table.settle(self.store, question.card, version=version, state=dump(kept)):
            return
        key = key_of(question.card, version=version)
        card = self.renderer.card(reply, key=key, clock_zone=zone, now=self.clock())
        await card_api.update_card(self.api, out_track_id=question.card, params=card_params(card))

    async def keep_silent(self, claim: Claim) -> str:
        """Closes a message that wants no answer."""
        return await self._close(claim, "silent")

    async def give_up(self, claim: Claim) -> str:
        """Closes a message that could not be answered."""
        return await self._close(claim, "undelivered")

    async def _send_card(self, claim: Claim, card: Card, shown: Shown, language: Language) -> bool:
        """False where the message was lost on the way.

        DingTalk keeps a card as it was first created. So where an earlier one may be there, what is created says once
        more that people are being checked, and the answer follows: it is either on the card or nowhere.
        """
        again = claim.attempt > 1 or claim.tries > 0
        if shown is Shown.NO and not again:
            await self._create(claim, card)
            return True
        if shown is not Shown.YES:
            await self._create(claim, self.renderer.interim(language))
        if not await self.claims.hold(claim):
            return False
        await card_api.update_card(self.api, out_track_id=claim.out_track_id, params=card_params(card))
        return True

    async def _create(self, claim: Claim, card: Card) -> None:
        mention = claim.mention
        group = card_api.GroupSpace(mention.conversation_id)
        space = group if mention.in_group or mention.sender is None else card_api.DirectSpace(mention.sender)
        await card_api.create_and_deliver(
            self.api,
            template_id=self.template_id,
            out_track_id=claim.out_track_id,
            params=card_params(card),
            space=space,
            robot_code=self.robot_code,
            summary=card.title,
        )

    async def _send_text(self, claim: Claim, card: Card, question: Question | None) -> str:
        """A text cannot be told from its repeat, so it is marked as begun first and never sent again."""
        msg_id = claim.mention.msg_id
        if not await messages.begin_fallback(self.store, msg_id, owner=self.claims.owner, attempt=claim.attempt):
            return "lost"
        try:
            await self._say(claim, card)
        except RemoteError as error:
            log.error("text_refused", msg_id=msg_id, error=str(error))
            return await self._close(claim, "undelivered")
        return await self._close(claim, "text", question)

    async def _say(self, claim: Claim, card: Card) -> None:
        """Over the session of the message while it lives, else as a message of the robot."""
        mention, text = claim.mention, card.message
        if mention.webhook and (mention.webhook_until is None or mention.webhook_until > self.clock()):
            try:
                return await robot.send_session(self.api, mention.webhook, title=card.title, text=text)
            except (RemoteTimeout, Unavailable, MalformedReply):
                raise  # it may have arrived, and a second text would be a second answer
            except RemoteError as error:
                log.warning("session_refused", msg_id=mention.msg_id, error=str(error))
        if mention.in_group:
            await robot.send_group(
                self.api,
                robot_code=self.robot_code,
                conversation_id=mention.conversation_id,
                title=card.title,
                text=text,
            )
        elif mention.sender is not None:
            await robot.send_direct(
                self.api, robot_code=self.robot_code, staff_ids=[mention.sender], title=card.title, text=text
            )
        else:
            raise Rejected("an outsider in a 1:1 chat is reached over the session only", api="oToMessages/batchSend")
        return None

    async def _close(self, claim: Claim, outcome: str, question: Question | None = None) -> str:
        """Marks the message answered, and with it keeps what the card's buttons and a follow-up need."""
        now, owner, msg_id = self.clock(), self.claims.owner, claim.mention.msg_id
        state = dump(replace(question, task=None)) if question else ""

        def close(connection: Connection) -> bool:
            if question and outcome == "card":
                card_table.put_in(
                    connection,
                    claim.out_track_id,
                    conversation_id=question.conversation_id,
                    asker=question.asker,
                    state=state,
                    now=now,
                )
            if question and is_worth_keeping(question):
                last_requests.put_in(
                    connection,
                    question.conversation_id,
                    question.author,
                    card=question.card if outcome in ("card", "edited") else None,
                    state=state,
                    asked_at=claim.mention.created_at,
                    heard_at=claim.received_at,
                )
            return messages.answered_in(
                connection, msg_id, owner=owner, attempt=claim.attempt, outcome=outcome, now=now
            )

        await self.store.run(close)
        return outcome


def out_track_id_of(msg_id: MsgId, *, secret: str) -> OutTrackId:
    """The card of a message: the same for every delivery of it, and not to be guessed without the app's secret."""
    return OutTrackId("yk-" + hmac.new(secret.encode(), msg_id.encode(), hashlib.sha256).hexdigest()[:40])
