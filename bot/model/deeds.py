"""What is to be done once, in the name of whoever asks or presses; kept with the card until it is.

A deed carries what it acts on as it was shown. Doing it again changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.model.card_state import SettingsEdit, TeamEdit
from bot.model.digest_orders import DigestOrder
from bot.model.digests import Digest
from bot.model.hours_orders import HoursOrder
from bot.model.meetings import Answered, Booking, Slot
from bot.model.own_hours import HoursEdit
from bot.model.people import OutTrackId, StaffId
from bot.model.requests import Setting
from bot.model.rooms import Room
from bot.model.series import Series, SeriesBooking


@dataclass(frozen=True, slots=True)
class Book:
    """A meeting at `slot` with `guests`, None: with whom the question names, but for those who are busy.

    `unseen_may_come`: whoever cannot be seen is invited without being counted as free. `confirmed`: whoever asks has
    seen who is invited and what speaks against it. `at_once`: ordered in words and to be carried out only where nothing
    speaks against it.
    """

    slot: Slot
    guests: tuple[StaffId, ...] | None = None
    unseen_may_come: bool = False
    confirmed: bool = False
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Cancel:
    """The meeting that is booked, None where there is none."""

    booking: Booking | None = None


@dataclass(frozen=True, slots=True)
class BookSeries:
    """A `series` as it was shown with exactly these `guests`: who is busy at which of its times has been seen."""

    series: Series
    guests: tuple[StaffId, ...]


@dataclass(frozen=True, slots=True)
class CancelSeries:
    """All of a series that was made."""

    made: SeriesBooking


@dataclass(frozen=True, slots=True)
class Move:
    """Another time for the meeting that is booked. `confirmed`: whoever asks has seen what speaks against it."""

    booking: Booking
    slot: Slot
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class ChangeGuests:
    """Other guests for the meeting that is booked."""

    booking: Booking
    added: tuple[StaffId, ...] = ()
    removed: tuple[StaffId, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeRoom:
    """Another meeting room for the meeting that is booked; None: it has none any more."""

    booking: Booking
    room: Room | None = None


@dataclass(frozen=True, slots=True)
class ReadResponses:
    """What the guests of a meeting replied is looked at; whoever declined is told of to the organizer privately."""

    booking: Booking


@dataclass(frozen=True, slots=True)
class AskThem:
    """A private question to `person`, who is in the way of `slot`."""

    slot: Slot
    person: StaffId


@dataclass(frozen=True, slots=True)
class AnswerAsk:
    """What somebody said to a private question."""

    said: Answered


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Word is wanted once what the card is about comes true."""


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """A subscription, by the card that would tell it, is taken back; None: the one that was made on this card."""

    card: OutTrackId | None = None


@dataclass(frozen=True, slots=True)
class ChangeTeam:
    """Whom the request names is added to the chat's team, or removed."""


@dataclass(frozen=True, slots=True)
class Undo:
    """What a card has changed is taken back."""

    edit: TeamEdit | SettingsEdit


@dataclass(frozen=True, slots=True)
class SetChat:
    """The language or the zone of the chat is set."""

    setting: Setting


@dataclass(frozen=True, slots=True)
class SetHours:
    """What whoever asks says of their own hours is kept; without `orders` nothing is any more."""

    orders: tuple[HoursOrder, ...] = ()


@dataclass(frozen=True, slots=True)
class UndoHours:
    """What a card has kept of somebody's hours is taken back."""

    edit: HoursEdit


@dataclass(frozen=True, slots=True)
class SetDigest:
    """The chat's digest is changed."""

    order: DigestOrder


@dataclass(frozen=True, slots=True)
class SetUpDigest:
    """A digest is set as it was shown."""

    digest: Digest


@dataclass(frozen=True, slots=True)
class OptOut:
    """Out of the chat's digest, or into it again; without either the other of what the card shows of who asks."""

    out: bool | None = None


@dataclass(frozen=True, slots=True)
class Hide:
    """Not shown in answers to others (`hidden`), or shown again."""

    hidden: bool


Deed = (
    Book
    | Cancel
    | BookSeries
    | CancelSeries
    | Move
    | ChangeGuests
    | ChangeRoom
    | ReadResponses
    | AskThem
    | AnswerAsk
    | Subscribe
    | Unsubscribe
    | ChangeTeam
    | Undo
    | SetChat
    | SetHours
    | UndoHours
    | SetDigest
    | SetUpDigest
    | OptOut
    | Hide
)
