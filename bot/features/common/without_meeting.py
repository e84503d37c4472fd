"""What is known of people without a meeting that is to move: it is in nobody's way."""

from __future__ import annotations

from dataclasses import replace

from bot.features.common.free_busy import Gathered
from bot.model.freebusy import FreeBusy, Unknown
from bot.model.meetings import Booking


def but_for(gathered: Gathered, booking: Booking | None) -> Gathered:
    """What is known of people without the meeting itself, which is in nobody's way where it moves."""
    if booking is None:
        return gathered
    known = tuple(
        (who, _without(what, booking) if who.staff_id in booking.attendees else what) for who, what in gathered.known
    )
    return replace(gathered, known=known)


def _without(known: FreeBusy | Unknown, booking: Booking) -> FreeBusy | Unknown:
    """Less the one item of exactly its time: of two, another meeting stays."""
    if isinstance(known, Unknown):
        return known
    item = next((each for each in known.busy if each.interval == booking.interval), None)
    return replace(known, busy=tuple(each for each in known.busy if each is not item)) if item else known
