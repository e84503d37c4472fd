"""Replies about what was done or is kept: bookings, appeals, reminders, teams and settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.model.meetings import Appeal
from bot.model.people import Missing, Person
from bot.model.questions import Question, Step


@dataclass(frozen=True, slots=True)
class Reminders:
    """What somebody wants to be told: whom each is about and until when, those that end first in front."""

    question: Question
    watches: tuple[tuple[str, datetime], ...]
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Booked:
    """What `question.view.booking` says, with the names that go with it.

    `people` come, the organizer first; of these `unknown` could not be seen. `not_invited` were asked about and do not.
    With a `question.view.replacing` the event that this one replaces is still there.
    """

    question: Question
    people: tuple[Person, ...]
    unknown: tuple[Person, ...] = ()
    not_invited: tuple[Person | Missing, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Plea:
    """A private question: whether `appeal.interval` could be made free; `question.author_name` wants to know."""

    question: Question
    appeal: Appeal
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """Nothing was booked: `busy` are not free at `question.view.taken`. `question.view.offered` are the next slots."""

    question: Question
    busy: tuple[Person, ...]
    checked_at: datetime
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Cancelled:
    """What was booked at `question.view.cancelled` is no more."""

    question: Question
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class NotBooked:
    """What `question.view.refused` says; `people` are those whom it names."""

    question: Question
    people: tuple[Person, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class TeamChange:
    """What was changed in a team: by whom, by name, and when."""

    by: str
    at: datetime
    added: tuple[Person | Missing, ...] = ()
    removed: tuple[Person | Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class TeamShown:
    """Who is in the chat's team, or in the configured ones of these `names`.

    `change` is what the card has changed (`question.view.edit`), else what was changed last. `already` were members, or
    were none, before it; `unknown` are those who could not be looked up. `fixed`: people were to be added to a team
    that only the configuration can change.
    """

    question: Question
    members: tuple[Person | Missing, ...]
    names: tuple[str, ...] = ()
    change: TeamChange | None = None
    already: tuple[Person | Missing, ...] = ()
    unknown: tuple[Missing, ...] = ()
    fixed: bool = False
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class SetBy:
    """Who set something, by name, and when."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SettingsShown:
    """The `locale` ("zh", "en", "auto") and the zone that hold in a chat, with who set them; not who configured them.

    `unknown` are the words of a zone that nobody knows. `question.view.edit` is what the card has set. `chat_id`: it is
    the chat's id that was asked for.
    """

    question: Question
    locale: str
    zone: str
    by: Mapping[str, SetBy]
    unknown: str = ""
    chat_id: bool = False
    steps: tuple[Step, ...] = ()
