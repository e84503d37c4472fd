"""What goes wrong and when: a seeded order of faults, spread evenly over the run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Plan:
    """How often each fault happens."""

    disconnects: int = 200
    resets: int = 20
    half_open: int = 5
    kills: int = 10
    log_pipes: int = 6
    clock_steps: int = 8
    replies: int = 60
    redeliveries: int = 10
    tokens: int = 5

    def events(self, rng: random.Random, seconds: float) -> Iterator[tuple[float, str]]:
        """Moments from the start in seconds, each with the name of what happens then."""
        names = [field.name for field in fields(self) for _ in range(getattr(self, field.name))]
        rng.shuffle(names)
        gap = seconds / max(1, len(names))
        return ((gap * (number + rng.random()), name) for number, name in enumerate(names))

    def scaled(self, share: float) -> Plan:
        """The same in small, each fault once at least."""
        return Plan(**{each.name: max(1, round(getattr(self, each.name) * share)) for each in fields(self)})
