"""Judging beside the event loop, where it takes longer than the loop may stand still."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from bot.features.common.free_busy import Gathered
from bot.features.services import Services
from bot.model.questions import Question
from bot.model.time import span

Card = TypeVar("Card")
Reply = TypeVar("Reply")

_MOST_PERSON_DAYS = 100
"""One of six meetings takes about thirty microseconds; a thread costs as much as five of them."""


async def judged_beside(
    compose: Callable[[Question, Card, Gathered, Services], Reply],
    question: Question,
    card: Card,
    gathered: Gathered,
    services: Services,
) -> Reply:
    """The reply that `compose` gives; of many people over many days it is composed in a thread."""
    days = span(question.request.windows).length.days + 1
    if len(gathered.known) * days <= _MOST_PERSON_DAYS:
        return compose(question, card, gathered, services)
    return await asyncio.to_thread(compose, question, card, gathered, services)
