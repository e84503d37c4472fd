"""What is counted, as the rooms that count see it; `observe` turns it into metrics."""

from __future__ import annotations

from typing import Protocol


class Meter(Protocol):
    """Counts events by short, fixed names; never by a person, a chat or a text."""

    def message(self, outcome: str) -> None:
        """A pushed message: accepted, duplicate, stale, unreadable, no_text, own, flood, store_error."""

    def answer(self, kind: str, outcome: str, seconds: float) -> None:
        """An answer by intent, and how it left (card, edited, text, undelivered, lost, stale), since it was asked."""

    def press(self, verb: str, outcome: str) -> None:
        """A press on a card: done, slow, repeated, unknown, failed."""

    def digest(self, outcome: str) -> None:
        """A digest: sent, late, unread (to be tried again), failed, text, quiet, no_team, off, postponed, skipped.

        Or the warning that calls are spent: warned, refused.
        """

    def frame(self, event: str) -> None:
        """Something of the stream: connected, reconnect, a malformed frame."""

    def waiting(self, count: int) -> None:
        """How many messages are claimed and not answered."""
