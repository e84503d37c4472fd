"""What is counted, as the rooms that count see it; `observe` turns it into metrics."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from bot.model.outcomes import AnswerOutcome, DigestOutcome, MessageOutcome, PressOutcome


class Meter(Protocol):
    """Counts events by short, fixed names; never by a person, a chat or a text."""

    def message(self, outcome: MessageOutcome) -> None:
        """A pushed message."""

    def answer(self, kind: str, outcome: AnswerOutcome, seconds: float) -> None:
        """An answer by intent, and how it left, so many seconds after it was asked."""

    def people(self, states: Mapping[str, int]) -> None:
        """The people of an answer, by the state that it showed."""

    def asked_back(self, kind: str) -> None:
        """An answer that asks back, by what it wants to know."""

    def press(self, verb: str, outcome: PressOutcome) -> None:
        """A press on a card, by button."""

    def digest(self, outcome: DigestOutcome) -> None:
        """A digest, or the warning that calls are spent."""

    def frame(self, event: str) -> None:
        """Something of the stream: connected, reconnect, a malformed frame."""

    def waiting(self, count: int) -> None:
        """How many messages are claimed and not answered."""
