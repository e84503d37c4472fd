"""Answers from calendars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.model.card_state import HeatMapCard, NextFreeCard, NoSlotCard, Note, OutCard, SlotsCard, VerdictsCard
from bot.model.freebusy import BestStretch, Unknown, Verdict
from bot.model.leave import LeaveRead
from bot.model.meetings import Closest
from bot.model.overview import Cell, DayMap, DayRow
from bot.model.people import Missing, Person, StaffId
from bot.model.questions import Question
from bot.model.steps import Step
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
class AtThisMoment:
    """How one person stands now: busy, or free, until when, and when they are free later on that day."""

    until: datetime
    busy: bool
    then: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class WhoIsFree:
    """The verdict on each person, in the order they were asked about; `windows` in the asked zone.

    `stretches` are what was judged (working time of whole days), `day_notes` belongs to `windows`, one each.
    `checked_at` is when the oldest of the data was read. `best` is None where it would add nothing. `clocks` are
    the zones of people who live by other clocks than the chat. `leave` tells whether leave could be read; None: nobody
    looked. `moment` is how a single person stands where this moment was asked about. `days` is the map of several days,
    where few enough people were asked about.
    """

    question: Question
    card: VerdictsCard
    windows: tuple[Window, ...]
    day_notes: tuple[DayNote, ...]
    stretches: tuple[Interval, ...]
    verdicts: tuple[Verdict, ...]
    checked_at: datetime
    zone: str
    best: BestStretch | None = None
    clocks: Mapping[StaffId, str] = field(default_factory=dict)
    leave: LeaveRead | None = None
    moment: AtThisMoment | None = None
    days: tuple[DayRow, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class SlotRooms:
    """What there is to say of the rooms beside slots: they are for `seats` people where that was asked for.

    `unmatched` is a name that no room has, `unknown` why something is not known. `too_many`: no room holds so many.
    `off`: rooms are not looked at here.
    """

    seats: int = 0
    too_many: int = 0
    unmatched: str = ""
    unknown: Unknown | None = None
    off: bool = False


@dataclass(frozen=True, slots=True)
class CommonTime:
    """The slots that suit a meeting, or what comes nearest: `card` has the slots and the relaxations.

    `windows`, in the asked zone, are the horizon and `stretches` what of it was searched; `window_notes` belongs to
    `windows`, `notes` to the slots, or to `closest` where there are none. `verdicts` are everybody's over the horizon,
    in the order they were asked about, `optional` those who need not come. `breaks` are kept free on each day, as on
    the first. `seen` is how many of the required can be seen: with none of them there is nothing to offer. `rooms` is
    None where nobody looked for any.
    """

    question: Question
    card: SlotsCard | NoSlotCard
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
    leave: LeaveRead | None = None
    rooms: SlotRooms | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class NextFree:
    """When people are next free: `stretches` are the next one and the one after, as far as there are any.

    `known` are those who can be seen, `unknown` the verdicts on the others. `bar` shows the rest of today of a single
    person, half hour by half hour, over `bar_over`. `elsewhere` is the zone of a single person who lives by another
    clock than the chat. Nothing was found until `searched_until`, where `stretches` is empty. `busy_until` is the end
    of the meeting that a single person is in, where that was asked.
    """

    question: Question
    card: NextFreeCard
    known: tuple[Person, ...]
    unknown: tuple[Verdict, ...]
    stretches: tuple[Interval, ...]
    searched_until: datetime
    checked_at: datetime
    bar: tuple[Cell, ...] = ()
    bar_over: Interval | None = None
    elsewhere: str | None = None
    leave: LeaveRead | None = None
    busy_until: datetime | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """The heat map of a day by person (`day`), or of several days by share (`days`); `day_notes` belong to the days.

    `people` is how many were asked about, `single` who that is where it is one, `unknown` the verdicts on those who
    cannot be seen. `best` are the stretches that suit most of them, the best first, with how many are free in it;
    `best_day` is the one of several days on which most hours suit, where that was asked. `note` is set where today
    was asked about and work is over.
    """

    question: Question
    card: HeatMapCard
    people: int
    unknown: tuple[Verdict, ...]
    checked_at: datetime
    day: DayMap | None = None
    days: tuple[DayRow, ...] = ()
    day_notes: tuple[DayNote, ...] = ()
    best: tuple[BestStretch, ...] = ()
    single: Person | Missing | None = None
    best_day: date | None = None
    note: Note | None = None
    leave: LeaveRead | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody who is on leave at `times`, within what was `asked` of their working time; `leave` is all of it."""

    who: Person | Missing
    times: tuple[Interval, ...]
    asked: tuple[Interval, ...]
    leave: tuple[Interval, ...]

    @property
    def whole(self) -> bool:
        """True where nothing that was asked about is left."""
        return self.times == self.asked


@dataclass(frozen=True, slots=True)
class WhoIsOut:
    """Who is `out`, on leave, over `windows`; `day_notes` belongs to them, one each.

    Of the others `busy` are those whose calendar is taken on all of the days, `off` those who do not work then,
    `unknown` those who cannot be seen; all the rest of `verdicts` are in. `leave` is None where nobody looked for it.
    """

    question: Question
    card: OutCard
    windows: tuple[Window, ...]
    day_notes: tuple[DayNote, ...]
    verdicts: tuple[Verdict, ...]
    out: tuple[Absence, ...]
    busy: tuple[Verdict, ...]
    off: tuple[Verdict, ...]
    unknown: tuple[Verdict, ...]
    checked_at: datetime
    leave: LeaveRead | None = None
    steps: tuple[Step, ...] = ()
