"""What is known of people's busy times, and the verdict over a window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.people import Missing, Person, UnknownReason
from bot.model.time import Interval


class BusyStatus(StrEnum):
    """FBTYPE of a busy item (RFC 5545 §3.2.9), in DingTalk's two values."""

    BUSY = "BUSY"
    TENTATIVE = "TENTATIVE"


@dataclass(frozen=True, slots=True, order=True)
class Busy:
    """An interval somebody is not free in."""

    interval: Interval
    status: BusyStatus = BusyStatus.BUSY


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing can be said of this person's time. `detail` is DingTalk's own word for it, if it gave one.

    `leave` is as in FreeBusy: their leave may be known all the same.
    """

    reason: UnknownReason
    detail: str = ""
    leave: tuple[Interval, ...] | None = None


@dataclass(frozen=True, slots=True)
class FreeBusy:
    """One person's busy items over `window`, in order of time (RFC 5545 VFREEBUSY). No item means free.

    `leave` is when they are on leave, in order, which their items hold too; None: nobody looked. `beyond` is why
    nothing is known outside of `window`, where there is a reason.
    """

    window: Interval
    busy: tuple[Busy, ...] = ()
    leave: tuple[Interval, ...] | None = None
    beyond: Unknown | None = None


class State(StrEnum):
    """The verdict on one person over the asked windows, as `ask --json` prints it."""

    FREE = "free"
    TENTATIVE = "tentative"
    BUSY = "busy"
    OUTSIDE_HOURS = "outside_hours"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One person over the asked windows.

    `busy` are the items that overlap the windows, clipped, in order of time; `free` the free stretches inside them
    (tentative time is not free). `until` is the end of the busy stretch that a wholly busy window ends in, None where
    the person is free for a part. `unknown` is set exactly where `state` is UNKNOWN. Somebody OUTSIDE_HOURS may have
    `busy` items, and is free only in hours that were named. `leave` is the leave that meets the windows, unclipped;
    None: nobody looked.
    """

    who: Person | Missing
    state: State
    busy: tuple[Busy, ...] = ()
    free: tuple[Interval, ...] = ()
    until: datetime | None = None
    unknown: Unknown | None = None
    leave: tuple[Interval, ...] | None = None

    @property
    def partly(self) -> bool:
        """Busy for a part of the windows and free for another."""
        return self.state is State.BUSY and bool(self.free)

    @property
    def label(self) -> str:
        """What a card calls this person."""
        return self.who.label


@dataclass(frozen=True, slots=True)
class BestStretch:
    """The part of the asked windows in which most people are free, and how many (unknown people are never counted)."""

    interval: Interval
    free: int
