"""A common time: slots that are offered, what would open more of them, and what became of one that was booked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.model.people import ConversationId, OutTrackId, StaffId
from bot.model.rooms import Room, RoomBooked, RoomOfEvent
from bot.model.time import Interval, Window

_NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class Slot:
    """An interval offered for a meeting, with its reasons.

    `missing` are busy in it, `tentative` have something that is not firm, `unknown` cannot be seen; whoever is in none
    of the three is free. `outside` are free, but not at work by their own working time. `clear_before` and
    `clear_after` are for how long everybody who is free stays so on both sides, an hour at most. `just_after` has a
    meeting that ends where the slot begins. `agreed` have said that they make room for it, against their calendar.
    `rooms` are meeting rooms that are free in it, the best first, which goes with it; None: nobody looked.
    """

    interval: Interval
    missing: tuple[StaffId, ...] = ()
    tentative: tuple[StaffId, ...] = ()
    unknown: tuple[StaffId, ...] = ()
    outside: tuple[StaffId, ...] = ()
    clear_before: timedelta = _NOTHING
    clear_after: timedelta = _NOTHING
    just_after: StaffId | None = None
    agreed: tuple[StaffId, ...] = ()
    rooms: tuple[Room, ...] | None = None

    @property
    def room(self) -> Room | None:
        """The one that goes with it."""
        return self.rooms[0] if self.rooms else None


@dataclass(frozen=True, slots=True)
class Closest:
    """What comes nearest where no slot suits: only `blocked_by` are in the way, or it is shorter than asked.

    `free_from` is when the last of them is free again, None where that is not on the same day.
    """

    interval: Interval
    blocked_by: tuple[StaffId, ...] = ()
    free_from: datetime | None = None


class RelaxationKind(StrEnum):
    """The one thing that is given up."""

    SHORTER = "shorter"
    FARTHER = "farther"  # a later day
    OPTIONAL = "optional"  # one person need not come
    OFF_HOURS = "off_hours"  # before and after working time


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A single change that opens `slots` distinct slots: a `duration`, other `windows`, or `person` made optional."""

    kind: RelaxationKind
    slots: int
    duration: timedelta | None = None
    windows: tuple[Window, ...] = ()
    person: StaffId | None = None


@dataclass(frozen=True, slots=True)
class Booking:
    """An event that was made from a card, in the calendar of `organizer`.

    `attendees` include them; of these `unknown` could not be seen when it was made. `repeats`: it is a series, whose
    first time is `interval`. `room` is the meeting room that it has.
    """

    event_id: str
    interval: Interval
    organizer: StaffId
    organizer_name: str
    attendees: tuple[StaffId, ...]
    booked_at: datetime
    unknown: tuple[StaffId, ...] = ()
    repeats: bool = False
    room: RoomBooked | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """How a meeting is held. `reminder_minutes` before it everybody is reminded, None: when DingTalk does so by itself.

    `place` is a text, no room; `online`: as a video meeting.
    """

    place: str = ""
    reminder_minutes: int | None = None
    online: bool = False


@dataclass(frozen=True, slots=True)
class Responses:
    """What the guests of a meeting had replied at `read_at`; "" stands for somebody whom the bot did not invite.

    Of those who declined the organizer was told of `told`: whoever declined one time of a meeting and stays so at
    another one, as DingTalk may keep it, is not told of twice.
    """

    read_at: datetime
    accepted: tuple[StaffId, ...] = ()
    declined: tuple[StaffId, ...] = ()
    tentative: tuple[StaffId, ...] = ()
    silent: tuple[StaffId, ...] = ()
    told: tuple[StaffId, ...] = ()

    @property
    def untold(self) -> tuple[StaffId, ...]:
        """Who declined, and the organizer was not told."""
        return tuple(each for each in self.declined if each and each not in self.told)


@dataclass(frozen=True, slots=True)
class Meeting:
    """An event that the bot made or moved, as it keeps it: `attendees` include the organizer.

    `title` is "" where it has none of its own or is over. `chat` is where it was booked, None where that is not known,
    `zone` the IANA zone that it was ordered in, `card` the card that it was made or moved from. `responses` are None
    where they were never read, and of another time where they are older than `booked_at`. Of a series `interval` is its
    first time, `later` are the starts of the others and `rule` is its RRULE. `room` is its meeting room.
    """

    event_id: str
    interval: Interval
    organizer: StaffId
    attendees: tuple[StaffId, ...]
    booked_at: datetime
    title: str = ""
    chat: ConversationId | None = None
    zone: str | None = None
    card: OutTrackId | None = None
    details: Details = field(default_factory=Details)
    responses: Responses | None = None
    later: tuple[datetime, ...] = ()
    rule: str = ""
    room: RoomOfEvent = field(default_factory=RoomOfEvent)

    @property
    def replied(self) -> Responses | None:
        """What guests replied since it is at this time, as far as that was read."""
        return self.responses if self.responses and self.responses.read_at >= self.booked_at else None

    @property
    def times(self) -> tuple[Interval, ...]:
        """Every time that it is held, the first in front."""
        length = self.interval.length
        return (self.interval, *(Interval(start, start + length) for start in self.later))

    def ahead(self, now: datetime) -> tuple[Interval, ...]:
        """Those of its times that are not over."""
        return tuple(each for each in self.times if each.end > now)


@dataclass(frozen=True, slots=True)
class OwnEvent:
    """An event that the bot made at `made_at`, and began to delete at `deleted_at` unless that is None.

    `attendees` include the organizer; of these `found_free` had nothing firm at that time just before it was made.
    """

    interval: Interval
    attendees: frozenset[StaffId]
    found_free: frozenset[StaffId]
    made_at: datetime
    deleted_at: datetime | None = None


class RefusalReason(StrEnum):
    """Why something was not booked, or not cancelled."""

    OFF = "off"  # booking is not enabled here
    PAST = "past"
    UNSEEN = "unseen"  # somebody who must be free cannot be seen now
    SCOPE = "scope"  # the app lacks a permission point
    RANGE = "range"  # somebody is outside the app's range
    DAILY_LIMIT = "daily_limit"
    QUOTA = "quota"
    UNCERTAIN = "uncertain"  # DingTalk has not answered: it may be done or not
    REFUSED = "refused"
    NO_SUCH_SLOT = "no_such_slot"  # there is no slot of that number
    NOTHING_BOOKED = "nothing_booked"
    NOT_YOURS = "not_yours"
    DROPPED = "dropped"  # shown, and not wanted
    GONE = "gone"  # the meeting is not there any more
    CHANGING = "changing"  # it is being changed from elsewhere
    BUSY = "busy"  # whoever is to join has something then
    NOT_FOUND = "not_found"  # nobody is called so


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was not done, and why: the slot at `interval` was not booked, or (`cancelling`) stays booked.

    `changing`: a meeting was not moved, nor its guests changed; `words` are names that nobody has. `reading`: what its
    guests replied could not be read. `people` cannot be seen, `scopes` are missing permission points, `number` is the
    option that was meant.
    """

    reason: RefusalReason
    interval: Interval | None = None
    cancelling: bool = False
    people: tuple[StaffId, ...] = ()
    scopes: tuple[str, ...] = ()
    number: int = 0
    changing: bool = False
    words: tuple[str, ...] = ()
    reading: bool = False


class Answered(StrEnum):
    """What somebody said who was asked to make room."""

    ASKED = "asked"  # nothing yet
    YES = "yes"
    NO = "no"
    OTHER_TIME = "other_time"


@dataclass(frozen=True, slots=True)
class Ask:
    """Somebody who stands in the way was asked privately whether they could make `interval`."""

    person: StaffId
    name: str
    interval: Interval
    answer: Answered = Answered.ASKED
