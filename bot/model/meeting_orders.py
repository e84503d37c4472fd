"""What somebody wants done with a meeting that is there, as words say it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bot.model.people import Who
from bot.model.requests import Change
from bot.model.time import Window


class MeetingVerb(StrEnum):
    """What is to be done."""

    SHOW = "show"
    CANCEL = "cancel"
    MOVE = "move"
    ADD = "add"  # guests
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class MeetingOrder:
    """What is to be done with which meeting.

    Which one: that of `windows`, called `title`, with `who`, the one of that `number` (counted from 1); all empty where
    nothing says so. `to` is the other time of a MOVE, None where none was said; `guests` are who come or do not.
    `follows`: the words mean a meeting only behind its card.
    """

    verb: MeetingVerb
    windows: tuple[Window, ...] = ()
    title: str = ""
    who: Who = field(default_factory=Who)
    number: int = 0
    to: Change | None = None
    guests: Who = field(default_factory=Who)
    follows: bool = False

    @property
    def names_one(self) -> bool:
        """True where the words say which meeting is meant."""
        return bool(self.windows or self.title or self.number or self.who.typed or self.who.mentioned)
