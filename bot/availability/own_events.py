"""What the bot itself made and deleted a moment ago, laid over what was read of somebody.

Calendars are kept for a minute and may lag behind, so that a reading need not show either.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.model.freebusy import Busy, FreeBusy
from bot.model.meetings import OwnEvent
from bot.model.people import StaffId

LAID_OVER = timedelta(minutes=2)
"""So long is an event of our own known better than calendars show it."""
_CLOCKS_AGREE = timedelta(seconds=1)
"""The clocks of replicas, and a reading, are no closer than this."""


def with_own_events(
    known: FreeBusy, person: StaffId, events: Iterable[OwnEvent], *, read_at: datetime, now: datetime
) -> FreeBusy:
    """`known`, read at `read_at`, without what was deleted of `person` and with what was made for them."""
    own = [event for event in events if person in event.attendees and event.interval.overlaps(known.window)]
    busy = known.busy
    for event in own:
        item = Busy(event.interval)
        if event.deleted_at and busy.count(item) == 1 and _is_its_own(event, person, read_at=read_at, now=now):
            busy = tuple(each for each in busy if each != item)
    made = {Busy(event.interval) for event in own if event.deleted_at is None}
    missing = made.difference(busy)
    if missing:
        busy = tuple(sorted((*busy, *missing)))
    return known if busy is known.busy else replace(known, busy=busy)


def _is_its_own(event: OwnEvent, person: StaffId, *, read_at: datetime, now: datetime) -> bool:
    """True where the one item at the time of a deleted event must be that event, and no other meeting.

    A reading that was made while the event stood, and two minutes after it was made, has it: another meeting would be a
    second item. Whoever was free just before the event was made had no other meeting then; that counts for an event of
    the last two minutes, and for any reading made while it stood. Otherwise the item may be a meeting made since.
    """
    if event.deleted_at is None:
        return False
    while_it_stood = event.made_at <= read_at < event.deleted_at - _CLOCKS_AGREE
    shown_by_then = while_it_stood and read_at >= event.made_at + LAID_OVER
    made_lately = event.made_at > now - LAID_OVER
    return shown_by_then or (person in event.found_free and (while_it_stood or made_lately))
