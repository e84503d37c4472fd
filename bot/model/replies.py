"""What the bot answers, as values: no words and no JSON. `cards` turns them into cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.freebusy import BestStretch, Verdict
from bot.model.people import ConversationId, Person, StaffId, UnknownReason, Who
from bot.model.requests import Intent, Language, ProblemCode, Request
from bot.model.time import Interval, Window


@dataclass(frozen=True, slots=True)
class Namesakes:
    """A typed name that several people may be called by: those a card offers, in its order, and how many there are."""

    name: str
    people: tuple[Person, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Question:
    """A request with everything that surrounds it.

    `asker` is in whose name calendars are read; `author` wrote the request and is who "me" means (a press on a card has
    another asker than author). `team` is the chat's, `outsiders` how many were mentioned who are not of this
    organisation. `zone` is the chat's IANA zone, `now` when it was asked. `namesakes` is set by the answer, where one
    of several people is to be picked.
    """

    request: Request
    asker: StaffId
    author: StaffId
    author_name: str
    conversation_id: ConversationId
    in_group: bool
    zone: str
    now: datetime
    language: Language
    team: str | None = None
    outsiders: int = 0
    namesakes: Namesakes | None = None


class Verb(StrEnum):
    """What a button does; the first half of its id."""

    LATER = "later"
    EARLIER = "earlier"
    OTHER = "other"  # the other reading of an ambiguous time
    REFRESH = "refresh"
    ASKED = "asked"  # who is free in the windows that were understood
    NOW = "now"
    TODAY = "today"  # the rest of today
    NEXT_DAY = "next_day"  # the next working day
    PICK_1 = "pick_1"  # the first of several people of one name
    PICK_2 = "pick_2"
    PICK_3 = "pick_3"
    LEAVE_OUT = "leave_out"  # none of them


@dataclass(frozen=True, slots=True)
class Step:
    """A button: what it does, the windows it leads to, and whom it asks about where that is somebody else."""

    verb: Verb
    windows: tuple[Window, ...] = ()
    who: Who | None = None


@dataclass(frozen=True, slots=True)
class DayNote:
    """What is special about the first day of a window. `holiday` is its name by language, "" where it has none."""

    today: bool = False
    make_up: bool = False
    day_off: bool = False
    holiday_zh: str = ""
    holiday_en: str = ""


@dataclass(frozen=True, slots=True)
class WhoIsFree:
    """The verdict on each person, in the order they were asked about; `windows` in the asked zone.

    `stretches` are what was judged (working time of whole days), `day_notes` belongs to `windows`, one each.
    `checked_at` is when the oldest of the data was read. `best` is None where it would add nothing.
    """

    question: Question
    windows: tuple[Window, ...]
    day_notes: tuple[DayNote, ...]
    stretches: tuple[Interval, ...]
    verdicts: tuple[Verdict, ...]
    checked_at: datetime
    zone: str
    best: BestStretch | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class NotChecked:
    """Nobody's free/busy was read. `scopes` are missing permission points, `reference` an id for support."""

    question: Question
    reason: UnknownReason
    reference: str
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unclear:
    """The request cannot be answered as it stands; the card shows forms that can."""

    question: Question
    code: ProblemCode
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Outsider:
    """The sender is not of this organisation, so nothing is looked up for them."""

    language: Language


@dataclass(frozen=True, slots=True)
class NotYet:
    """Understood, but not something that can be asked today; the card says what can."""

    question: Question
    intent: Intent
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Help:
    """What the bot does and what it can see."""

    question: Question
    steps: tuple[Step, ...] = ()


Reply = WhoIsFree | NotChecked | Unclear | Outsider | NotYet | Help


@dataclass(frozen=True, slots=True)
class Button:
    """A button as a person sees it; `id` is `verb:key`."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """A reply in words, ready for a template: `title` answers in one line, `markdown` shows, `tips` is the footer."""

    title: str
    markdown: str
    tips: str
    buttons: Sequence[Button] = ()

    @property
    def text(self) -> str:
        """The card as a person reads it, line by line."""
        parts = [self.title, self.markdown, self.tips, "  ".join(f"[{button.text}]" for button in self.buttons)]
        return "\n".join(part for part in parts if part)
