"""Teams and the settings of a chat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.model.card_state import OwnHoursCard, SettingsCard, TeamCard
from bot.model.people import Missing, Person
from bot.model.questions import Question
from bot.model.steps import Step
from bot.model.working_week import WorkingWeek


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

    `change` is what the card has changed (`card.edit`), else what was changed last. `already` were members, or
    were none, before it; `unknown` are those who could not be looked up. `fixed`: people were to be added to a team
    that only the configuration can change.
    """

    question: Question
    card: TeamCard
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

    `unknown` are the words of a zone that nobody knows. `card.edit` is what the card has set, `unchanged` the settings
    that were to be set and are so already. `chat_id`: it is the chat's id that was asked for.
    """

    question: Question
    card: SettingsCard
    locale: str
    zone: str
    by: Mapping[str, SetBy]
    unknown: str = ""
    unchanged: tuple[str, ...] = ()
    chat_id: bool = False
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class HoursShown:
    """When the asker works and in which zone; `own` where they have said something of it themselves.

    `country` is whose holidays are days off, by its ISO code, where they are not the organisation's.
    """

    question: Question
    card: OwnHoursCard
    week: WorkingWeek
    zone: str
    own: bool
    country: str | None = None
    steps: tuple[Step, ...] = ()
