"""What comes later: free alerts, and a private question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.card_state import AskCard, SubscriptionsCard
from bot.model.questions import Question
from bot.model.steps import Step


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """What somebody wants to be told: whom each is about and until when, those that end first in front."""

    question: Question
    card: SubscriptionsCard
    watches: tuple[tuple[str, datetime], ...]
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class PrivateQuestion:
    """Whether `card.ask.interval` could be made free; `question.author_name` wants to know."""

    question: Question
    card: AskCard
    steps: tuple[Step, ...] = ()
