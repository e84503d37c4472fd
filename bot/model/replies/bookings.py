"""Answers about meetings that are made, moved or cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.card_state import (
    BookedCard,
    CancelledCard,
    DraftCard,
    MeetingCard,
    MeetingsCard,
    MovedCard,
    RefusedCard,
    TakenCard,
)
from bot.model.meetings import Meeting
from bot.model.people import Missing, Person
from bot.model.questions import Question
from bot.model.steps import Step
from bot.model.time import Interval


@dataclass(frozen=True, slots=True)
class Booked:
    """A meeting that was made, with the names that go with it.

    `people` come, the organizer first; of these `unknown` could not be seen. `not_invited` were asked about and do not.
    `title` is what it is called where the request does not say; `changed` are guests by whom it was changed last.
    """

    question: Question
    card: BookedCard
    people: tuple[Person, ...]
    unknown: tuple[Person, ...] = ()
    not_invited: tuple[Person | Missing, ...] = ()
    title: str = ""
    changed: tuple[Person, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """A meeting called `title` that was moved; `guests` were told."""

    question: Question
    card: MovedCard
    guests: tuple[Person, ...] = ()
    title: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class MyMeetings:
    """The meetings of `card.listed` as the bot keeps them, each with the names of its guests."""

    question: Question
    card: MeetingsCard
    meetings: tuple[tuple[Meeting, tuple[Person, ...]], ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class OneMeeting:
    """A meeting called `title` before it is cancelled or its guests change; `changed` are those who come or do not."""

    question: Question
    card: MeetingCard
    guests: tuple[Person, ...] = ()
    changed: tuple[Person, ...] = ()
    title: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A meeting before it is made. Of its `guests` `tentative` may be busy, `unknown` cannot be seen.

    `not_invited` were named and cannot be. `own` is when the organizer is busy in it; `outside`: it is out of hours.
    """

    question: Question
    card: DraftCard
    guests: tuple[Person, ...]
    checked_at: datetime
    unknown: tuple[Person, ...] = ()
    tentative: tuple[Person, ...] = ()
    not_invited: tuple[Missing, ...] = ()
    own: tuple[Interval, ...] = ()
    outside: bool = False
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """Nothing was booked: `busy` are not free at `card.interval`. `card.offered` are the next slots."""

    question: Question
    card: TakenCard
    busy: tuple[Person, ...]
    checked_at: datetime
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Cancelled:
    """What was booked at `card.interval` is no more."""

    question: Question
    card: CancelledCard
    title: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class NotBooked:
    """Something was not done, as `card.refusal` says; `people` are those whom it names."""

    question: Question
    card: RefusedCard
    people: tuple[Person, ...] = ()
    steps: tuple[Step, ...] = ()
