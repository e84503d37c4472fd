"""Answers about meetings that are made, moved or cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.model.card_state import (
    BookedCard,
    CancelledCard,
    DeclinedCard,
    DraftCard,
    MeetingCard,
    MeetingsCard,
    MovedCard,
    RefusedCard,
    ResponsesCard,
    SeriesBookedCard,
    SeriesCard,
    TakenCard,
)
from bot.model.freebusy import Unknown, Verdict
from bot.model.meetings import Meeting
from bot.model.people import Missing, Person, StaffId
from bot.model.questions import Question
from bot.model.rooms import RoomVerdict
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
class ResponsesShown:
    """What the guests of a meeting replied, with the names of those whom the bot knows, by staffId."""

    question: Question
    card: ResponsesCard
    names: Mapping[StaffId, Person] = field(default_factory=dict)
    title: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Declined:
    """That somebody declined a meeting called `title`, with names as above."""

    question: Question
    card: DeclinedCard
    names: Mapping[StaffId, Person] = field(default_factory=dict)
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
class DraftRooms:
    """`taken` is the room that was asked for by name, where it is not free.

    `unknown` is why something is not known where none is known to be free, `off`: rooms are not looked at here.
    """

    taken: RoomVerdict | None = None
    unknown: Unknown | None = None
    off: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A meeting before it is made. Of its `guests` `tentative` may be busy, `unknown` cannot be seen.

    `not_invited` were named and cannot be. `own` is when the organizer is busy in it; `outside`: it is out of hours.
    `rooms` is what there is to say of its room beside the one on the card.
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
    rooms: DraftRooms | None = None
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


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of a series: how many are `free`, who is `busy` and until when, where that is the same day.

    `holiday` is its name by language, "" where it has none.
    """

    interval: Interval
    free: int
    busy: tuple[tuple[Person, datetime | None], ...] = ()
    tentative: tuple[Person, ...] = ()
    unknown: tuple[Person, ...] = ()
    holiday: tuple[str, str] | None = None

    @property
    def suits(self) -> bool:
        """Nothing speaks against it."""
        return not (self.busy or self.tentative or self.unknown or self.holiday)


@dataclass(frozen=True, slots=True)
class SeriesShown:
    """A series before it is made: `times` are those of the first option, `suiting` at how many each option suits all.

    `guests` are invited; `always_busy` are busy every time, `unseen` cannot be seen at any. `not_invited` were named
    and cannot be. `outside`: it is out of hours. `makeable`: DingTalk knows such a rule.
    """

    question: Question
    card: SeriesCard
    guests: tuple[Person, ...] = ()
    times: tuple[Occurrence, ...] = ()
    suiting: tuple[int, ...] = ()
    always_busy: tuple[Person, ...] = ()
    unseen: tuple[Verdict, ...] = ()
    not_invited: tuple[Missing, ...] = ()
    checked_at: datetime | None = None
    outside: bool = False
    makeable: bool = True
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesBooked:
    """A series that was made, or cancelled. `people` come, the organizer first; of these `unknown` could not be seen.

    `holidays` are the times that fall on one, each with its name by language.
    """

    question: Question
    card: SeriesBookedCard
    people: tuple[Person, ...]
    unknown: tuple[Person, ...] = ()
    holidays: tuple[tuple[Interval, tuple[str, str]], ...] = ()
    steps: tuple[Step, ...] = ()
