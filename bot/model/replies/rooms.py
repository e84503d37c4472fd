"""Answers about meeting rooms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.card_state import RoomsCard
from bot.model.freebusy import Unknown
from bot.model.questions import Question
from bot.model.replies.times import DayNote
from bot.model.rooms import Room, RoomVerdict
from bot.model.steps import Step
from bot.model.time import Window


@dataclass(frozen=True, slots=True)
class FreeRooms:
    """How each room that was looked at stands over `windows`, the best first; `day_notes` belong to these, one each.

    They seat `seats` people at least, 0: any number. `others` is how many would do, too, and were not looked at.
    `failed` is why no room is known at all; `unmatched` is a name that no room has, `named` are those of the name.
    `checked_at` is when the question was answered. With a meeting on the card they are rooms that it may have.
    """

    question: Question
    card: RoomsCard
    windows: tuple[Window, ...]
    day_notes: tuple[DayNote, ...]
    rooms: tuple[RoomVerdict, ...]
    checked_at: datetime
    seats: int = 0
    others: int = 0
    failed: Unknown | None = None
    unmatched: str = ""
    named: tuple[Room, ...] = ()
    steps: tuple[Step, ...] = ()
