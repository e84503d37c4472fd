"""The buttons of the room of a meeting, for its organizer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.features.services import Services
from bot.model.card_state import DraftCard, RoomsCard
from bot.model.deeds import ChangeRoom
from bot.model.meetings import Booking
from bot.model.rooms import Room
from bot.model.steps import Step, Verb


def room_steps(rooms: Iterable[Room], booking: Booking) -> tuple[Step, ...]:
    """One of some rooms for the meeting."""
    return tuple(
        Step(Verb.ROOM, deed=ChangeRoom(booking, room), only=booking.organizer, option=option, name=room.name)
        for option, room in enumerate(rooms, 1)
    )


def change_steps(booking: Booking, services: Services) -> tuple[Step, ...]:
    """Another room or none, or a first one; nothing of a series, whose rooms the bot does not book."""
    if not services.config.rooms.enabled or not services.config.booking.enabled or booking.repeats:
        return ()
    verb = Verb.OTHER_ROOM if booking.room else Verb.ADD_ROOM
    other = Step(verb, card=RoomsCard(booking=booking), only=booking.organizer)
    if booking.room is None:
        return (other,)
    return (other, Step(Verb.NO_ROOM, deed=ChangeRoom(booking), only=booking.organizer))


def draft_steps(card: DraftCard) -> tuple[Step, ...]:
    """Another room with a meeting that is not made yet, or none."""
    rooms = card.rooms or ()
    steps = []
    if len(rooms) > 1 or (rooms and card.room is None):
        steps.append(Step(Verb.OTHER_ROOM, card=replace(card, room_at=card.room_at + 1), only=card.organizer))
    if card.room is not None:
        steps.append(Step(Verb.NO_ROOM, card=replace(card, room_at=-1), only=card.organizer))
    return tuple(steps)
