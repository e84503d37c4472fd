"""The plain check that a slot must pass before anybody sees it: a walk over the raw items, apart from the search."""

from __future__ import annotations

from bot.availability.sought import Attendee, Sought
from bot.model.freebusy import BusyStatus, FreeBusy
from bot.model.meetings import Slot
from bot.model.time import Interval


def is_true(slot: Slot, sought: Sought) -> bool:
    """True where `slot` says of every attendee what their items say, suits `sought` and lies in one of its windows."""
    interval = slot.interval
    if interval.length != sought.duration or interval.start < sought.now:
        return False
    if not any(window.start <= interval.start and interval.end <= window.end for window in sought.windows):
        return False
    free = seen = 0
    nobody_required = not any(attendee.required for attendee in sought.attendees)
    for attendee in sought.attendees:
        is_required = attendee.required or nobody_required
        missing, tentative, unknown = standing = _standing(attendee, interval)
        if standing != tuple(attendee.staff_id in said for said in (slot.missing, slot.tentative, slot.unknown)):
            return False
        if missing and is_required and sought.quorum is None:
            return False
        free += not (missing or tentative or unknown)
        seen += is_required and not unknown
    return seen > 0 and free >= (sought.quorum or 0)


def _standing(attendee: Attendee, interval: Interval) -> tuple[bool, bool, bool]:
    """Whether somebody is missing, tentative, unknown in `interval`; at most one of the three."""
    known = attendee.known
    if not isinstance(known, FreeBusy) or interval.start < known.window.start or interval.end > known.window.end:
        return (False, False, True)
    missing = tentative = False
    for item in known.busy:
        if item.interval.start < interval.end and interval.start < item.interval.end:
            missing |= item.status is BusyStatus.BUSY
            tentative |= item.status is BusyStatus.TENTATIVE
    return (missing, tentative and not missing, False)
