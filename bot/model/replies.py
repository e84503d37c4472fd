"""What the bot answers, as values: no words and no JSON. `cards` turns them into cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.model.deeds import Booked, Cancelled, NotBooked, Plea, Reminders, SettingsShown, Taken, TeamShown
from bot.model.digests import Engaged, Pause
from bot.model.freebusy import BestStretch, Verdict
from bot.model.meetings import Closest
from bot.model.overview import Cell, DayMap, DayShares
from bot.model.people import Missing, Person, StaffId, UnknownReason
from bot.model.questions import Question, Step
from bot.model.requests import Language, ProblemCode
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
    `clocks` are the zones of people who live by other clocks than the chat. `booking_off`: it was to be booked, which
    is not enabled here. `by_calendar`: leave was asked about and not looked at. `no_series`: these
    are the first times of a series that was to be booked.
    """

    question: Question
    windows: tuple[Window, ...]
    day_notes: tuple[DayNote, ...]
    stretches: tuple[Interval, ...]
    verdicts: tuple[Verdict, ...]
    checked_at: datetime
    zone: str
    best: BestStretch | None = None
    clocks: Mapping[StaffId, str] = field(default_factory=dict)
    booking_off: bool = False
    by_calendar: bool = False
    no_series: bool = False
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class CommonTime:
    """The slots that suit a meeting, or what comes nearest: `question.view` has the slots and the relaxations.

    `windows`, in the asked zone, are the horizon and `stretches` what of it was searched; `window_notes` belongs to
    `windows`, `notes` to the slots, or to `closest` where there are none. `verdicts` are everybody's over the horizon,
    in the order they were asked about, `optional` those who need not come. `breaks` are kept free on each day, as on
    the first. `seen` is how many of the required can be seen: with none of them there is nothing to offer.
    """

    question: Question
    windows: tuple[Window, ...]
    window_notes: tuple[DayNote, ...]
    stretches: tuple[Interval, ...]
    duration: timedelta
    verdicts: tuple[Verdict, ...]
    seen: int
    checked_at: datetime
    zone: str
    optional: frozenset[StaffId] = frozenset()
    closest: tuple[Closest, ...] = ()
    notes: tuple[DayNote, ...] = ()
    breaks: tuple[Interval, ...] = ()
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
    """The request cannot be answered as it stands; the card shows forms that can.

    `names` are the people, where they are all that was said.
    """

    question: Question
    code: ProblemCode
    steps: tuple[Step, ...] = ()
    names: tuple[str, ...] = ()


class LineCode(StrEnum):
    """What one plain line is about."""

    TALK = "talk"  # by `question.remark`
    UNSUPPORTED = "unsupported"  # likewise
    ROOMS = "rooms"
    BOOKINGS = "bookings"  # which meetings can be changed, and how
    BOOKING_OFF = "booking_off"
    MY_HOURS = "my_hours"
    HIDDEN = "hidden"  # the asker is not shown to others from now on
    SHOWN = "shown"  # and is again
    UNKNOWN_LANGUAGE = "unknown_language"
    STILL_UNCLEAR = "still_unclear"


@dataclass(frozen=True, slots=True)
class PlainLine:
    """One line instead of a card. `turn` counts those of talk, so that no two in a row are the same."""

    question: Question
    code: LineCode
    turn: int = 0


@dataclass(frozen=True, slots=True)
class NextFree:
    """When people are next free: `stretches` are the next one and the one after, as far as there are any.

    `known` are those who can be seen, `unknown` the verdicts on the others. `bar` shows the rest of today of a single
    person, half hour by half hour, over `bar_over`. `elsewhere` is the zone of a single person who lives by another
    clock than the chat. Nothing was found until `searched_until`, where `stretches` is empty.
    """

    question: Question
    known: tuple[Person, ...]
    unknown: tuple[Verdict, ...]
    stretches: tuple[Interval, ...]
    searched_until: datetime
    checked_at: datetime
    bar: tuple[Cell, ...] = ()
    bar_over: Interval | None = None
    elsewhere: str | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """The heat map of a day by person (`day`), or of several days by share (`days`); `day_notes` belong to the days.

    `people` is how many were asked about, `unknown` the verdicts on those who cannot be seen. `best` are the stretches
    that suit most of them, the best first, with how many are free in it.
    """

    question: Question
    people: int
    unknown: tuple[Verdict, ...]
    checked_at: datetime
    day: DayMap | None = None
    days: tuple[DayShares, ...] = ()
    day_notes: tuple[DayNote, ...] = ()
    best: tuple[BestStretch, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestReply:
    """What a digest says of the day of `question.view.edition`, or of the week after it (`days` with `day_notes`).

    `engaged` have little time on that day, `off` do not work on it, `unknown` cannot be seen, `left` are mostly free;
    each in the order of the team. `opted_out` are not looked at, nor are `unread`, who are more than can be. `best` is
    the hour, or of a week the stretch, that suits most. `failed`: why nobody could be seen, with the missing permission
    points. `ahead` is a holiday or make-up day before the next digest, `unannounced` a year without official table.
    """

    question: Question
    day_note: DayNote
    checked_at: datetime
    engaged: tuple[Engaged, ...] = ()
    off: tuple[Person | Missing, ...] = ()
    unknown: tuple[Verdict, ...] = ()
    left: int = 0
    opted_out: int = 0
    unread: int = 0
    best: BestStretch | None = None
    days: tuple[DayShares, ...] = ()
    day_notes: tuple[DayNote, ...] = ()
    failed: UnknownReason | None = None
    scopes: tuple[str, ...] = ()
    ahead: Pause | None = None
    unannounced: int | None = None
    steps: tuple[Step, ...] = ()

    @property
    def nobody(self) -> bool:
        """The chat has no team that could be looked at."""
        return not (self.failed or self.engaged or self.off or self.unknown or self.left or self.opted_out)


@dataclass(frozen=True, slots=True)
class DigestShown:
    """How a digest is set, as `question.view.panel` has it, and when it goes out next (None: not at all).

    `set_by` did so at `set_at`, None where the configuration did. `overrides`: the configuration says otherwise.
    `holidays`: there is a table of holidays that it keeps to.
    """

    question: Question
    next_at: datetime | None = None
    set_by: str = ""
    set_at: datetime | None = None
    overrides: bool = False
    holidays: bool = False
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Outsider:
    """The sender is not of this organisation, so nothing is looked up for them."""

    language: Language


@dataclass(frozen=True, slots=True)
class Help:
    """What the bot does and what it can see."""

    question: Question
    steps: tuple[Step, ...] = ()


Reply = (
    Booked
    | Taken
    | Cancelled
    | NotBooked
    | WhoIsFree
    | CommonTime
    | NextFree
    | Overview
    | DigestReply
    | DigestShown
    | Reminders
    | TeamShown
    | SettingsShown
    | Plea
    | NotChecked
    | Unclear
    | PlainLine
    | Outsider
    | Help
)


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
    def message(self) -> str:
        """The card as a message: a single line as it is, else its first one in bold."""
        rest = [part for part in (self.markdown, self.tips) if part]
        return "\n\n".join([f"**{self.title}**", *rest]) if rest else self.title

    @property
    def lines(self) -> str:
        """What a terminal prints of it, line by line; buttons are of no use there."""
        return "\n".join(part for part in (self.title, self.markdown.replace("\n\n", "\n"), self.tips) if part)

    @property
    def text(self) -> str:
        """The card as a person reads it, line by line."""
        buttons = "  ".join(f"[{button.text}]" for button in self.buttons)
        return f"{self.lines}\n{buttons}" if buttons else self.lines
