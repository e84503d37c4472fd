"""What the bot answers, as values: no words and no JSON. `cards` turns them into cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model.freebusy import BestStretch, Verdict
from bot.model.people import UnknownReason
from bot.model.questions import Question, Step
from bot.model.requests import Intent, Language, ProblemCode
from bot.model.time import Interval, Window


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
