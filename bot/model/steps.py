"""Where one can go from a card: its buttons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.model.card_state import CardState
from bot.model.deeds import Book, Deed, Move
from bot.model.meetings import Slot
from bot.model.people import StaffId
from bot.model.requests import Request
from bot.model.time import Window


class Verb(StrEnum):
    """What a button does; the first part of its id."""

    LATER = "later"
    EARLIER = "earlier"
    OTHER = "other"  # the other reading of an ambiguous time
    REFRESH = "refresh"
    ASKED = "asked"  # who is free in the windows that were understood
    NOW = "now"
    TODAY = "today"  # the rest of today
    TONIGHT = "tonight"  # what is left of the evening
    NEXT_DAY = "next_day"  # the next working day
    PICK = "pick"  # one of several people of one name
    LEAVE_OUT = "leave_out"  # none of them
    BOOK = "book"  # a slot that is offered
    CONFIRM = "confirm"  # a meeting as it is shown
    TIME = "time"  # another time for it
    PEOPLE = "people"  # other guests
    WITHOUT = "without"  # one of them less
    DROP = "drop"  # the meeting
    SERIES = "series"  # one that is offered
    ONCE = "once"  # only the first time of it
    MOVE = "move"  # another slot for what was booked
    CANCEL = "cancel"  # what was booked
    CANCEL_THIS = "cancel_this"  # as it is shown
    KEEP = "keep"  # it is not cancelled
    MOVE_THIS = "move_this"  # to the time that is shown
    CHANGE_THIS = "change_this"  # its guests
    STAY = "stay"  # it is not changed
    RESPONSES = "responses"  # what guests replied
    ROOM = "room"  # one that is free, for a meeting that is there
    HOLD = "hold"  # one that is free, for a meeting of whoever presses
    ADD_ROOM = "add_room"  # to a meeting that has none
    OTHER_ROOM = "other_room"
    NO_ROOM = "no_room"
    TAKE = "take"  # the time that is proposed for a meeting
    NEXT = "next"  # meetings of a list
    MORE = "more"  # other slots
    SHORTER = "shorter"
    FARTHER = "farther"  # up to a later day
    OPTIONAL = "optional"  # one person need not come
    OFF_HOURS = "off_hours"  # before and after working time, too
    TEAM = "team"  # everybody of the chat's team is meant
    FIND = "find"  # common slots in the same time
    DAY = "day"  # the heat map of a day
    WEEK = "week"  # the heat map of a week
    NAMES = "names"  # everybody of a heat map by name
    HEAT_MAP = "heat_map"  # of what a digest is about
    DIGEST = "digest"  # back to the digest
    SETTINGS = "settings"  # of the chat's digest
    SET_UP = "set_up"  # a digest as it is shown
    PREVIEW = "preview"  # its next edition
    LEAVE_IT = "leave_it"  # it is not set
    TURN_ON = "turn_on"  # the digest
    TURN_OFF = "turn_off"
    PAUSE = "pause"
    RESUME = "resume"
    NOT_ME = "not_me"  # leaves whoever presses out of the digest, or takes them in again
    RESCHEDULE = "reschedule"  # shows other times
    AT = "at"  # one of them
    BACK = "back"
    APPEAL = "appeal"  # ask the one who stands in the way
    YES = "yes"
    NO = "no"
    OTHER_TIME = "other_time"
    WATCH = "watch"  # tell me when free
    UNWATCH = "unwatch"  # one reminder of a list, or the presser's of this card
    UNDO = "undo"  # a change of the team, of a setting or of one's hours
    COMPANY_HOURS = "company_hours"  # in the place of one's own
    TASK = "task"  # one of the help's
    PAGE = "page"  # the next of the help's pages


@dataclass(frozen=True, slots=True)
class Step:
    """A button: what it does, and the request, the card and the deed that it leads to; None: as they are.

    A step that names a request and no card opens the card of that request anew. Only `only` may press it, anybody
    where that is None. `option` counts from 1 where several buttons have one verb. For its text: `name` is the person
    whom it concerns, `count` for how many people a slot is, `number` that of a slot on the card where they have one,
    `soon` that it is this week's, `timed` that a series is told from another by its hour.
    """

    verb: Verb
    request: Request | None = None
    card: CardState | None = None
    deed: Deed | None = None
    only: StaffId | None = None
    option: int = 0
    name: str = ""
    count: int = 0
    number: int = 0
    soon: bool = False
    timed: bool = False

    @property
    def id(self) -> str:
        """The verb with its option: book_2."""
        return f"{self.verb}_{self.option}" if self.option else str(self.verb)

    @property
    def windows(self) -> tuple[Window, ...]:
        """The windows it leads to, () where they stay."""
        return self.request.windows if self.request else ()

    @property
    def slot(self) -> Slot | None:
        """The slot that it books."""
        return self.deed.slot if isinstance(self.deed, Book | Move) else None
