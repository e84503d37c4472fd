"""The room of a meeting that is not made yet: the one that was asked for, or others that are free then."""

from __future__ import annotations

from dataclasses import replace

from bot.availability.rooms import judge_room
from bot.features.common.rooms import MOST_OFFERED, RoomsRead, free_rooms
from bot.features.services import Services
from bot.model.card_state import DraftCard
from bot.model.questions import Question
from bot.model.replies import DraftRooms
from bot.model.rooms import Room


async def with_rooms(
    question: Question, card: DraftCard, services: Services, *, people: int
) -> tuple[DraftCard, DraftRooms | None]:
    """The draft with rooms that are free then, where one is wanted, and what else there is to say of them.

    Nobody looks twice: what a card shows is what its buttons mean. A place that no room is called by stays a text.
    """
    request = question.request
    wanted = request.room or request.seats > 0
    if card.rooms is not None or card.moving or request.video or not (wanted or request.place):
        return card, None
    if not services.config.rooms.enabled:
        return card, DraftRooms(off=True) if wanted else None
    interval = card.slot.interval
    read = await free_rooms(question, services, interval, people=people, asker=question.asker)
    if read.unmatched and not wanted:
        return card, None
    free = read.free_at(interval)
    rooms = free[:MOST_OFFERED]
    named = {room.room_id for room in read.named}
    if named and not any(room.room_id in named for room in free):
        return replace(card, rooms=rooms, room_at=-1), _not_free(card, read, read.named[0])
    return replace(card, rooms=rooms), DraftRooms(unknown=None if free else read.unknown)


def _not_free(card: DraftCard, read: RoomsRead, room: Room) -> DraftRooms:
    """Why the room that was asked for does not go with the meeting; one that was not looked at is too small."""
    found = next((judge_room(each, known, (card.slot.interval,)) for each, known in read.known if each == room), None)
    return DraftRooms(taken=found, unknown=read.failed)
