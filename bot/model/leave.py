"""When somebody is on leave: times alone, never what kind of leave it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.people import UnknownReason


@dataclass(frozen=True, slots=True, order=True)
class LeaveSpan:
    """One leave as it was given, from `start` to `end`, aware; `days` is how long where it is counted in days."""

    start: datetime
    end: datetime
    days: float | None = None


@dataclass(frozen=True, slots=True)
class LeaveUnread:
    """Somebody's leave is not known. `theirs`: what was given of this very person makes no sense."""

    reason: UnknownReason
    theirs: bool = False


@dataclass(frozen=True, slots=True)
class LeaveRead:
    """That leave was looked for, and why it could not be read of somebody, where it could not."""

    failed: UnknownReason | None = None
