"""An edition of a digest, and how a digest is set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.model.card_state import DigestCard, DigestSettingsCard
from bot.model.digests import Digest, Engaged, Pause
from bot.model.freebusy import BestStretch, Verdict
from bot.model.overview import DayRow
from bot.model.people import Missing, Person, UnknownReason
from bot.model.questions import Question
from bot.model.replies.times import DayNote
from bot.model.steps import Step


@dataclass(frozen=True, slots=True)
class DigestReply:
    """What a digest says of the day of `card.edition`, or of the week after it (`days` with `day_notes`).

    `engaged` have little time on that day, `off` do not work on it, `unknown` cannot be seen, `left` are mostly free;
    each in the order of the team. `opted_out` are not looked at, nor are `unread`, who are more than can be. `best` is
    the hour, or of a week the stretch, that suits most. `failed`: why nobody could be seen, with the missing permission
    points. `ahead` is a holiday or make-up day before the next digest, `unannounced` a year without official table.
    `instead_of` is the day off that was asked for.
    """

    question: Question
    card: DigestCard
    day_note: DayNote
    checked_at: datetime
    engaged: tuple[Engaged, ...] = ()
    off: tuple[Person | Missing, ...] = ()
    unknown: tuple[Verdict, ...] = ()
    left: int = 0
    opted_out: int = 0
    unread: int = 0
    best: BestStretch | None = None
    days: tuple[DayRow, ...] = ()
    day_notes: tuple[DayNote, ...] = ()
    failed: UnknownReason | None = None
    scopes: tuple[str, ...] = ()
    ahead: Pause | None = None
    unannounced: int | None = None
    instead_of: date | None = None
    steps: tuple[Step, ...] = ()

    @property
    def nobody(self) -> bool:
        """The chat has no team that could be looked at."""
        return not (self.failed or self.engaged or self.off or self.unknown or self.left or self.opted_out)


class DigestChange(StrEnum):
    """What was done beside the settings themselves."""

    LEFT = "left"  # the asker is not in it any more
    JOINED = "joined"  # or is again
    NONE = "none"  # it is set so already


@dataclass(frozen=True, slots=True)
class DigestShown:
    """How a digest is set, as the card has it, and when it goes out next (None: not at all).

    `set_by` did so at `set_at`, None where the configuration did. `overrides`: the configuration says otherwise.
    `holidays`: there is a table of holidays that it keeps to. `also` is the other digest of its place, where one is on.
    `change` is what whoever asks has just done, if that is not how the digest is set.
    """

    question: Question
    card: DigestSettingsCard
    next_at: datetime | None = None
    set_by: str = ""
    set_at: datetime | None = None
    overrides: bool = False
    holidays: bool = False
    also: Digest | None = None
    change: DigestChange | None = None
    steps: tuple[Step, ...] = ()
