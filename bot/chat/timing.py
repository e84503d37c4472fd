"""How long the chat waits for what, in one place, so that a test can wait for less."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds, but for the lease and the crowd.

    `interim_after` is how long an answer may take before a card says what is being checked, unless more messages than
    `crowd` are in hand: then it is they that take the time, and a card more for each would only make it longer.
    `ack_within` is how long the ack of a press waits for the changed card. Whoever works on a press has `press_lease`
    for it; every `press_upkeep` others look whether that is over.
    """

    interim_after: float = 0.8
    crowd: int = 16
    ack_within: float = 1.4
    press_lease: timedelta = timedelta(seconds=15)
    press_upkeep: float = 2.5
