"""Waits that differ a little, so that many bots do not come back at the same instant."""

import random


def jitter(low: float, high: float) -> float:
    """A number between the two, each time another one."""
    return random.uniform(low, high)  # noqa: S311, for spreading load and not for secrets
