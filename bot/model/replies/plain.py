"""Answers without a calendar: a question back, a line, help, or that nothing could be read.

Their `card` is the one that was asked; whoever has asked it puts it in.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.model.card_state import CardState, HelpCard
from bot.model.people import UnknownReason
from bot.model.questions import Question
from bot.model.requests import Language, ProblemCode
from bot.model.steps import Step


@dataclass(frozen=True, slots=True)
class NotChecked:
    """Nobody's free/busy was read. `scopes` are missing permission points, `reference` an id for support."""

    question: Question
    reason: UnknownReason
    reference: str
    scopes: tuple[str, ...] = ()
    card: CardState | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """The request cannot be answered as it stands; the card shows forms that can.

    `names` are the people, where they are all that was said.
    """

    question: Question
    code: ProblemCode
    steps: tuple[Step, ...] = ()
    names: tuple[str, ...] = ()
    card: CardState | None = None


class Task(StrEnum):
    """What one can ask for, as the help has it."""

    FREE = "free"
    FIND = "find"
    BOOK = "book"
    MEETINGS = "meetings"  # the asker's own
    WEEK = "week"
    WAIT = "wait"  # tell me when free
    DIGEST = "digest"
    TEAM = "team"
    SETTINGS = "settings"


class LineCode(StrEnum):
    """What one plain line is about."""

    TALK = "talk"  # by `question.remark`
    UNSUPPORTED = "unsupported"  # likewise
    ROOMS = "rooms"
    BOOKINGS = "bookings"  # the meeting is none of those that the bot made
    BOOKING_OFF = "booking_off"
    MY_HOURS = "my_hours"  # only what holds every week is kept
    HIDDEN = "hidden"  # the asker is not shown to others from now on
    SHOWN = "shown"  # and is again
    UNKNOWN_LANGUAGE = "unknown_language"
    STILL_UNCLEAR = "still_unclear"
    SERIES_TOO_LONG = "series_too_long"  # more times than are booked at once
    SHARE_SPENT = "share_spent"  # the asker has caused as many calls today as one person may


@dataclass(frozen=True, slots=True)
class PlainLine:
    """One line instead of a card. `turn` counts those of talk, so that no two in a row are the same."""

    question: Question
    code: LineCode
    turn: int = 0
    card: CardState | None = None


@dataclass(frozen=True, slots=True)
class Outsider:
    """The sender is not of this organisation, so nothing is looked up for them."""

    language: Language


@dataclass(frozen=True, slots=True)
class Help:
    """What the bot does and what it can see, with the tasks of one page of its menu."""

    question: Question
    card: HelpCard
    tasks: tuple[Task, ...]
    steps: tuple[Step, ...] = ()
