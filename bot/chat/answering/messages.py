"""One claimed message to its answer: the error boundary of everything that people ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import structlog

from bot.chat.answering.claims import Claim
from bot.chat.answering.known import counts_of, nobody_known
from bot.chat.answering.manners import Manners
from bot.chat.answering.placeholder import Placeholder, Shown
from bot.chat.answering.reply import Replier, Undelivered
from bot.chat.answering.turns import Done
from bot.chat.meaning.edits import meaning
from bot.chat.meaning.questions import Questions
from bot.endless import where
from bot.errors import RemoteError, StoreError
from bot.features.boundary import answer_in_words, answer_safely, fault, not_checked, reference
from bot.features.plain.talk import AT_ONCE
from bot.features.services import Services
from bot.model.asking_back import asks_back
from bot.model.freebusy import State
from bot.model.meter import Meter
from bot.model.outcomes import AnswerOutcome
from bot.model.people import OutTrackId, UnknownReason
from bot.model.questions import Question
from bot.model.replies import LineCode, NotChecked, Outsider, PlainLine, Reply
from bot.model.spending import Allowance, spending
from bot.store import Store

log = structlog.get_logger(__name__)

MOST_TRIES = 5
_ANSWERED = (AnswerOutcome.CARD, AnswerOutcome.EDITED, AnswerOutcome.TEXT)


@dataclass(frozen=True, slots=True)
class _Read:
    """The kind of request and its reply; with a `version` an older card is to show it.

    `instead_of` is an older card that does not, as another message came between.
    """

    kind: str
    reply: Reply
    version: int | None = None
    instead_of: OutTrackId | None = None


class MessageHandler:
    """Answers claims, one call each."""

    def __init__(
        self,
        *,
        questions: Questions,
        store: Store,
        services: Services,
        replier: Replier,
        meter: Meter,
        allowance: Allowance,
        clock: Callable[[], datetime],
    ) -> None:
        self._allowance = allowance
        self._questions = questions
        self._store = store
        self._services = services
        self._replier = replier
        self._meter = meter
        self._clock = clock
        self._in_hand = 0
        self._manners = Manners()

    async def handle(self, claim: Claim) -> Done:
        """Answers one message, with whatever can be said of it; a follow-up once it may. Raises CancelledError."""
        with spending(claim.mention.sender):
            return await self._handle(claim)

    async def _handle(self, claim: Claim) -> Done:
        kind, outcome, timing = "none", AnswerOutcome.FAILED, self._services.timing
        reply: Reply | None = None
        counts: dict[str, int] = {}
        self._in_hand += 1
        try:
            if claim.tries >= MOST_TRIES:
                outcome = await self._replier.give_up(claim)
            elif self._is_over_share(claim):
                outcome = await self._refuse(claim)
            else:
                async with Placeholder(partial(self._announce, claim), after=timing.interim_after) as placeholder:
                    read = await self._reply(claim, placeholder)
                    if read is None:
                        return Done.EARLY
                    kind, reply = read.kind, read.reply
                    counts, shown = counts_of(reply), await placeholder.shown()
                said = self._manners.fitting(reply, claim.mention)
                if said is None:
                    outcome = await self._replier.keep_silent(claim)
                elif read.version is None:
                    outcome = await self._replier.deliver(claim, said, shown=shown, instead_of=read.instead_of)
                else:
                    outcome = await self._replier.edit(claim, reply, version=read.version)
        except Undelivered as error:
            log.warning("card_not_confirmed", msg_id=claim.mention.msg_id, error=str(error.__cause__))
            outcome = AnswerOutcome.UNCONFIRMED
        except StoreError as error:
            log.error("message_left_unfinished", msg_id=claim.mention.msg_id, error=str(error))
        except Exception as error:  # noqa: BLE001 - the boundary: the claim stays and is tried again
            log.error("message_failed", msg_id=claim.mention.msg_id, error=type(error).__name__, where=where(error))
        finally:
            self._in_hand -= 1
        outcome = self._told(claim, outcome, reply, counts)
        self._meter.answer(kind, outcome, max((self._clock() - claim.mention.created_at).total_seconds(), 0.0))
        log.info(
            "handled", msg_id=claim.mention.msg_id, kind=kind, outcome=outcome.value, attempt=claim.attempt, **counts
        )
        return Done.FAILED if outcome in (AnswerOutcome.FAILED, AnswerOutcome.UNCONFIRMED) else Done.CLOSED

    def _told(
        self, claim: Claim, outcome: AnswerOutcome, reply: Reply | None, counts: Mapping[str, int]
    ) -> AnswerOutcome:
        """The outcome for metrics: an answer that went out and knows nothing of anybody is one of its own."""
        if reply is None or outcome not in _ANSWERED:
            return outcome
        self._meter.people({state: counts[state] for state in State if state in counts})
        asked = asks_back(reply)
        if asked:
            self._meter.asked_back(asked)
        reasons = "" if asked or claim.mention.one_too_many else nobody_known(reply)
        if not reasons:
            return outcome
        log.warning("nobody_known", msg_id=claim.mention.msg_id, reasons=reasons)
        return AnswerOutcome.ALL_UNKNOWN

    def _is_over_share(self, claim: Claim) -> bool:
        """True where the sender is to cause no more calls today; an answer that was begun is finished."""
        sender, begun = claim.mention.sender, claim.attempt > 1 or claim.tries > 0
        return sender is not None and not begun and self._allowance.is_spent(sender)

    async def _refuse(self, claim: Claim) -> AnswerOutcome:
        """Says once a day that the share is spent, in a line that costs no call; then nothing. Raises StoreError."""
        mention = claim.mention
        assert mention.sender is not None
        if not await self._allowance.tells(mention.sender, mention.msg_id):
            return await self._replier.keep_silent(claim, AnswerOutcome.OVER_SHARE)
        line = PlainLine(self._questions.unread(mention, mention.sender), LineCode.SHARE_SPENT)
        return await self._replier.deliver(claim, line)

    async def _announce(self, claim: Claim, question: Question) -> Shown:
        """Says that the people of `question` are being checked, and how many, where that is known."""
        if self._in_hand > self._services.timing.crowd:
            return Shown.NO
        who = question.request.who
        chat = None if question.outsiders and who.nobody else question.conversation_id
        count = self._services.directory.count(who, me=question.author, chat=chat, team=question.team)
        checked = 0 if count is None else count + question.outsiders
        return await self._replier.announce(claim, question.language, count=checked)

    async def _reply(self, claim: Claim, placeholder: Placeholder) -> _Read | None:
        """What a message is answered with; None for a follow-up that comes too early to be read."""
        mention = claim.mention
        if mention.sender is None:
            return _Read("outsider", Outsider(await self._questions.language(mention)))
        if mention.one_too_many:
            unread = self._questions.unread(replace(mention, mentioned=()), mention.sender)
            return _Read("none", NotChecked(unread, UnknownReason.THROTTLED, reference()))
        try:
            question = replace(await self._questions.of(mention, mention.sender), card=claim.out_track_id)
            if (question.request.change or question.order) and not claim.may_follow:
                return None
            meant = await meaning(
                question,
                msg_id=mention.msg_id,
                received_at=claim.received_at,
                store=self._store,
                services=self._services,
            )
        except StoreError:
            raise
        except RemoteError as error:  # of the people of a last question
            return _Read("none", not_checked(error, self._questions.unread(mention, mention.sender)))
        except Exception as error:  # noqa: BLE001 - a fault of our reading is still an answer to the asker
            return _Read("none", fault(error, self._questions.unread(mention, mention.sender)))
        question, asked = meant.question, meant.asked
        if meant.version is None and question.request.intent not in AT_ONCE:
            placeholder.about(question)
        reply = await (answer_safely(asked, self._services) if asked else answer_in_words(question, self._services))
        return _Read(question.request.intent.value, reply, meant.version, meant.instead_of)
