"""What a card shows and remembers beyond its question: one class for each thing that a card can be.

Buttons mean what was shown, not what is true by now, so that this is kept with the card.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.model.digest_orders import EditionKind
from bot.model.digests import Digest, Edition
from bot.model.meeting_orders import MeetingOrder
from bot.model.meetings import Ask, Booking, Refusal, Relaxation, Responses, Slot
from bot.model.own_hours import HoursEdit
from bot.model.people import OutTrackId, StaffId
from bot.model.rooms import Room, RoomNote
from bot.model.series import Series, SeriesBooking
from bot.model.time import Interval


@dataclass(frozen=True, slots=True)
class Waiting:
    """Whether there is something to wait for, and the names of those who will be told once it comes true."""

    possible: bool = False
    names: tuple[str, ...] = ()


class Note(StrEnum):
    """Why a card shows other verdicts than were asked for."""

    BOOKING_OFF = "booking_off"  # a meeting was ordered
    NO_SERIES = "no_series"  # these are the first times of a series that names no hour
    AFTER_WORK = "after_work"  # now, or today, which is over: the next hours of work
    BEFORE_WORK = "before_work"  # now, and work has not begun
    DAY_OFF = "day_off"  # now, on a day off


OUT_OF_WORK = frozenset((Note.AFTER_WORK, Note.BEFORE_WORK, Note.DAY_OFF))
"""A card with one of these shows the next hours of work instead of this moment."""


@dataclass(frozen=True, slots=True)
class VerdictsCard:
    """Who is free: the slot that is offered for a meeting."""

    offered: Slot | None = None
    waiting: Waiting = field(default_factory=Waiting)
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class OutCard:
    """Who is out; it offers nothing."""


@dataclass(frozen=True, slots=True)
class NextFreeCard:
    """When people are next free: the slot that is offered for a meeting."""

    offered: Slot | None = None
    waiting: Waiting = field(default_factory=Waiting)


@dataclass(frozen=True, slots=True)
class SlotsCard:
    """Common times: the numbered slots, those shown before them, whether there are `more`, and what opens others.

    `moving` is what is given up once one of them is booked; `ask` is what somebody who was in the way was asked.
    `room_at` counts how often other rooms were wanted with them; `no_rooms`: none is.
    """

    offered: tuple[Slot, ...] = ()
    shown: tuple[Interval, ...] = ()
    more: bool = False
    relaxations: tuple[Relaxation, ...] = ()
    moving: Booking | None = None
    ask: Ask | None = None
    room_at: int = 0
    no_rooms: bool = False


@dataclass(frozen=True, slots=True)
class RoomsCard:
    """Which meeting rooms are free: those on offer, the best first; with a `booking`, those that it may have."""

    offered: tuple[Room, ...] = ()
    booking: Booking | None = None


@dataclass(frozen=True, slots=True)
class NoSlotCard:
    """No common time: what comes nearest, with who is in its way, and what opens some."""

    nearest: Slot | None = None
    relaxations: tuple[Relaxation, ...] = ()
    waiting: Waiting = field(default_factory=Waiting)
    moving: Booking | None = None
    ask: Ask | None = None


@dataclass(frozen=True, slots=True)
class HeatMapCard:
    """A heat map: the slot on offer, whether everybody is shown by name or there are `more_names`.

    `edition` is the digest that it belongs to, where it was opened from one.
    """

    offered: Slot | None = None
    everybody: bool = False
    more_names: bool = False
    edition: Edition | None = None


@dataclass(frozen=True, slots=True)
class DraftCard:
    """A meeting of `organizer` before it is made, for them to confirm.

    `guests` are those who will be invited, None while that is whom the request names. `left_over` are words that were
    not understood. `moving` is what is given up for it. `changing`: the card takes guests off. `rooms` are free then,
    the best first, None: nobody looked; the one at `room_at` goes with the meeting, below zero none does.
    """

    slot: Slot
    organizer: StaffId
    guests: tuple[StaffId, ...] | None = None
    left_over: tuple[str, ...] = ()
    moving: Booking | None = None
    changing: bool = False
    rooms: tuple[Room, ...] | None = None
    room_at: int = 0

    @property
    def room(self) -> Room | None:
        """The one that goes with the meeting."""
        return self.rooms[self.room_at % len(self.rooms)] if self.rooms and self.room_at >= 0 else None


@dataclass(frozen=True, slots=True)
class BookedCard:
    """A meeting that was made. `left_over` is the one it replaces, where that could not be cancelled.

    `added` and `removed` are guests by whom it was changed last, `room` is what became of a wish for a room.
    """

    booking: Booking
    left_over: Booking | None = None
    added: tuple[StaffId, ...] = ()
    removed: tuple[StaffId, ...] = ()
    room: RoomNote | None = None


@dataclass(frozen=True, slots=True)
class MovedCard:
    """A meeting that is at another time than it `was`. `left_over`: the event of then is still there.

    `room` is what became of its room.
    """

    booking: Booking
    was: Interval
    left_over: Booking | None = None
    room: RoomNote | None = None


@dataclass(frozen=True, slots=True)
class ResponsesCard:
    """A meeting that was made, and what its guests had replied when that was read."""

    booking: Booking
    responses: Responses


@dataclass(frozen=True, slots=True)
class DeclinedCard:
    """Told privately to the organizer: who declined a meeting, who said nothing yet, and the next time that suits all.

    `unseen` are in that time and cannot be seen; `slot` is None where there is none in the days that were looked at.
    """

    booking: Booking
    declined: tuple[StaffId, ...]
    silent: tuple[StaffId, ...] = ()
    slot: Slot | None = None
    unseen: tuple[StaffId, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingsCard:
    """Meetings of the asker that lie ahead; with an `order`, which of them is meant.

    Buttons are for those from `at` on.
    """

    listed: tuple[Booking, ...] = ()
    order: MeetingOrder | None = None
    at: int = 0


@dataclass(frozen=True, slots=True)
class MeetingCard:
    """A meeting before it is cancelled, or before guests are added or removed.

    `changing`: something else was to change of a series, which the bot only cancels.
    """

    booking: Booking
    added: tuple[StaffId, ...] = ()
    removed: tuple[StaffId, ...] = ()
    changing: bool = False


@dataclass(frozen=True, slots=True)
class TakenCard:
    """Nothing was booked at `interval`, as somebody is busy then; the next slots instead."""

    interval: Interval
    offered: tuple[Slot, ...] = ()
    moving: Booking | None = None


@dataclass(frozen=True, slots=True)
class CancelledCard:
    """What was booked at `interval` is no more. `gone`: it was not there any more."""

    interval: Interval
    gone: bool = False


@dataclass(frozen=True, slots=True)
class RefusedCard:
    """Something was not done; beside it stands what the card had: slots on offer, or a booking."""

    refusal: Refusal
    offered: tuple[Slot, ...] = ()
    booking: Booking | None = None
    moving: Booking | None = None


@dataclass(frozen=True, slots=True)
class SeriesCard:
    """A series before it is made, for `organizer` to order: the one that was asked for, and a better one behind it.

    Where no hour was asked for, the `options` are `numbered` and the best come first. `guests` are those who will be
    invited, None while that is whom the request names. `left_over` are words that were not understood. `refusal`: what
    was not done, with the options as they were. `changed`: somebody got busy after they were shown.
    """

    organizer: StaffId
    options: tuple[Series, ...] = ()
    numbered: bool = False
    guests: tuple[StaffId, ...] | None = None
    left_over: tuple[str, ...] = ()
    refusal: Refusal | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class SeriesBookedCard:
    """A series that was made, or is `cancelled`; `refusal`: why it was not.

    `asking` whether it is to be cancelled; `changing`: something else was to change of it.
    """

    made: SeriesBooking
    cancelled: bool = False
    refusal: Refusal | None = None
    asking: bool = False
    changing: bool = False


@dataclass(frozen=True, slots=True)
class AskCard:
    """A private question to one person; the answer goes to the cards it was asked from."""

    ask: Ask
    origins: tuple[OutTrackId, ...] = ()


@dataclass(frozen=True, slots=True)
class SubscriptionsCard:
    """What somebody waits for, as far as it has buttons."""

    listed: tuple[OutTrackId, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestCard:
    """An edition of a digest, and the slot that it offers.

    `drafted_by`: its digest is not set yet, and only they may set it.
    """

    edition: Edition
    offered: Slot | None = None
    drafted_by: StaffId | None = None


@dataclass(frozen=True, slots=True)
class DigestSettingsCard:
    """How a digest is set: `digest` is None where none is, `opened_by` where they were not shown yet.

    Only `opened_by` may change them there. `opted_out` are those who had then. `choosing`: other times are offered.
    `loosely`: "every day" was taken for every working day. `edition` is the digest that they were opened from. `kind`
    is which of the digests of its place this is about. `draft`: `digest` is not set yet, for `opened_by` to confirm.
    """

    digest: Digest | None = None
    opened_by: StaffId | None = None
    opted_out: tuple[StaffId, ...] = ()
    choosing: bool = False
    loosely: bool = False
    edition: Edition | None = None
    kind: EditionKind = EditionKind.DAY
    draft: bool = False


@dataclass(frozen=True, slots=True)
class TeamEdit:
    """Whom somebody added to the chat's team or removed; where it is `undone`, who was taken back.

    Whoever is picked among several of one name is added too where `adding`.
    """

    by: StaffId
    at: datetime
    people: tuple[StaffId, ...] = ()
    adding: bool = True
    undone: bool = False


@dataclass(frozen=True, slots=True)
class TeamCard:
    """A team, and what the card has changed in it."""

    edit: TeamEdit | None = None


@dataclass(frozen=True, slots=True)
class SettingsEdit:
    """Which settings of the chat somebody changed, by their names; where it is `undone`, which were taken back."""

    by: StaffId
    at: datetime
    settings: tuple[str, ...] = ()
    undone: bool = False


@dataclass(frozen=True, slots=True)
class SettingsCard:
    """The settings of a chat, and what the card has changed in them."""

    edit: SettingsEdit | None = None


@dataclass(frozen=True, slots=True)
class OwnHoursCard:
    """The asker's own working time, and what the card has kept of it."""

    edit: HoursEdit | None = None


@dataclass(frozen=True, slots=True)
class HelpCard:
    """The menu of tasks: its page, counted from 0; `ordering`: how a meeting is ordered is shown instead."""

    page: int = 0
    ordering: bool = False


@dataclass(frozen=True, slots=True)
class PlainCard:
    """A card that remembers nothing: a question back, a line."""


CardState = (
    VerdictsCard
    | OutCard
    | NextFreeCard
    | SlotsCard
    | NoSlotCard
    | RoomsCard
    | HeatMapCard
    | DraftCard
    | BookedCard
    | MovedCard
    | ResponsesCard
    | DeclinedCard
    | MeetingsCard
    | MeetingCard
    | TakenCard
    | CancelledCard
    | RefusedCard
    | SeriesCard
    | SeriesBookedCard
    | AskCard
    | SubscriptionsCard
    | DigestCard
    | DigestSettingsCard
    | TeamCard
    | SettingsCard
    | OwnHoursCard
    | HelpCard
    | PlainCard
)


_BOOKED = BookedCard | MovedCard | ResponsesCard | DeclinedCard | MeetingCard | RefusedCard | RoomsCard
_MOVING = SlotsCard | NoSlotCard | DraftCard | TakenCard | RefusedCard


def offered_on(card: CardState) -> tuple[Slot, ...]:
    """The slots that a card offers, in its order."""
    match card:
        case SlotsCard(offered=offered) | TakenCard(offered=offered) | RefusedCard(offered=offered):
            return offered
        case VerdictsCard() | NextFreeCard() | HeatMapCard() | DigestCard():
            return (card.offered,) if card.offered else ()
    return ()


def booked_on(card: CardState) -> Booking | None:
    """The booking that a card shows."""
    return card.booking if isinstance(card, _BOOKED) else None


def series_on(card: CardState) -> SeriesBooking | None:
    """The series that stands on a card."""
    return card.made if isinstance(card, SeriesBookedCard) and not card.cancelled else None


def moved_from(card: CardState) -> Booking | None:
    """What is given up once a slot of the card is booked."""
    return card.moving if isinstance(card, _MOVING) else None


def is_about_booking(card: CardState) -> bool:
    """True for what became of a booking."""
    about_none = isinstance(card, RoomsCard) and card.booking is None
    return isinstance(card, _BOOKED | TakenCard | CancelledCard) and not about_none
