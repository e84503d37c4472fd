"""The error boundary of everything that is answered: whatever happens, the asker is told something true."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable

import structlog

from bot.endless import where
from bot.errors import PermissionDenied, RemoteError, StoreError
from bot.features.registry import answer, fresh_card, opened, with_card
from bot.features.services import Services
from bot.model.people import UnknownReason, reason_of
from bot.model.questions import Asked, Question
from bot.model.replies import NotChecked, Reply

log = structlog.get_logger(__name__)


async def answer_safely(asked: Asked, services: Services) -> Reply:
    """The reply to what is asked, or a NotChecked with the reason. Raises only CancelledError and StoreError."""
    return with_card(await _within(answer(asked, services), asked.question, services), asked.card)


async def answer_in_words(question: Question, services: Services) -> Reply:
    """The same for a question in words, which is to find its card first."""

    async def answered() -> Reply:
        return await answer(await opened(question, services), services)

    return with_card(await _within(answered(), question, services), fresh_card(question.request))


async def _within(work: Awaitable[Reply], question: Question, services: Services) -> Reply:
    try:
        async with asyncio.timeout(services.timing.answer_within):
            return await work
    except TimeoutError:
        return NotChecked(question, UnknownReason.TIMEOUT, reference())
    except RemoteError as error:
        return not_checked(error, question)
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault of ours is still an answer to the asker
        return fault(error, question)


def reference() -> str:
    """An id for support."""
    return uuid.uuid4().hex[:4].upper()


def not_checked(error: RemoteError, question: Question) -> NotChecked:
    """The answer where DingTalk refused, with why and a reference for support."""
    ref = reference()
    log.warning("not_checked", reference=ref, error=str(error))
    scopes = error.scopes if isinstance(error, PermissionDenied) else ()
    return NotChecked(question, reason_of(error), ref, scopes)


def fault(error: BaseException, question: Question) -> NotChecked:
    """The answer where the bot itself failed."""
    ref = reference()
    log.error("fault", reference=ref, error=type(error).__name__, where=where(error))
    return NotChecked(question, UnknownReason.FAILED, ref)
