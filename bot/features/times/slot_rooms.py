"""Meeting rooms beside common times: the best one that is free at each, which is booked with it."""

from __future__ import annotations

from dataclasses import replace

from bot.features.common.rooms import MOST_OFFERED, RoomsRead, look, wish_of
from bot.features.services import Services
from bot.features.times.find_time_steps import find_time_steps
from bot.model.card_state import SlotsCard
from bot.model.meetings import Slot
from bot.model.people import Person
from bot.model.replies import CommonTime, SlotRooms
from bot.model.rooms import RoomWish
from bot.model.time import span


async def with_rooms(reply: CommonTime, services: Services) -> CommonTime:
    """The reply with a room at each slot: one call for five rooms, two where none of the first five is free.

    A meeting that has no room gets none by being moved, nor does one that is online.
    """
    card, request = reply.card, reply.question.request
    if not isinstance(card, SlotsCard):
        return reply
    if not services.config.rooms.enabled:
        wanted = request.room or request.seats > 0
        return replace(reply, rooms=SlotRooms(off=True)) if wanted and card.moving is None else reply
    if card.no_rooms or request.video or (card.moving and card.moving.room is None):
        return reply
    wish = _wish(reply, card)
    window = services.calendar(reply.question.zone).whole_days(span(request.windows))
    slots = [slot.interval for slot in card.offered]
    asker, zone = reply.question.asker, reply.question.zone
    read = await look(wish, services, asker=asker, window=window, zone=zone, slots=slots)
    if read.unmatched and not wish.told:
        return replace(reply, rooms=SlotRooms(unmatched=read.unmatched))
    if not read.known and read.failed is None:
        return replace(reply, rooms=SlotRooms(too_many=wish.seats))
    card = replace(card, offered=tuple(_with_room(slot, read, card.room_at) for slot in card.offered))
    names = {each.who.staff_id: each.who.label for each in reply.verdicts if isinstance(each.who, Person)}
    steps = find_time_steps(reply.question, card, services, names)
    seats = wish.seats if wish.told else 0
    return replace(
        reply, card=card, steps=steps, rooms=SlotRooms(seats, unmatched=read.unmatched, unknown=read.unknown)
    )


def _wish(reply: CommonTime, card: SlotsCard) -> RoomWish:
    """Large enough for everybody who is asked about; a meeting that is moved keeps its room where it can."""
    wish = wish_of(reply.question.request, len(reply.verdicts))
    if card.moving and card.moving.room:
        return replace(wish, name=card.moving.room.room.name)
    return wish


def _with_room(slot: Slot, read: RoomsRead, at: int) -> Slot:
    """The slot with rooms that are free then, beginning with the one whose turn it is."""
    free = read.free_at(slot.interval)
    turn = at % len(free) if free else 0
    return replace(slot, rooms=(*free[turn:], *free[:turn])[:MOST_OFFERED])
