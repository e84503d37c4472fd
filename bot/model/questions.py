"""A request with all that surrounds it: who asks where, what its card shows by now, and where its buttons lead."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.model.digest_orders import DigestOrder
from bot.model.digests import Edition, Panel
from bot.model.meetings import Appeal, Booking, Refusal, Relaxation, Slot
from bot.model.people import ConversationId, MsgId, OutTrackId, Person, StaffId
from bot.model.requests import Language, Request
from bot.model.time import Interval, Window


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
    BOOK_1 = "book_1"  # the first slot that is offered
    BOOK_2 = "book_2"
    BOOK_3 = "book_3"
    MOVE = "move"  # another slot for what was booked
    CANCEL = "cancel"  # what was booked
    MORE = "more"  # other slots
    SHORTER = "shorter"
    FARTHER = "farther"  # up to a later day
    OPTIONAL = "optional"  # one person need not come
    OFF_HOURS = "off_hours"  # before and after working time, too
    TEAM = "team"  # everybody of the chat's team is meant
    FIND = "find"  # common slots in the same time
    DAY = "day"  # the heat map of a day
    WEEK = "week"  # the heat map of a week
    NAMES = "names"  # everybody of a heat map by name
    HEAT_MAP = "heat_map"  # of what a digest is about
    DIGEST = "digest"  # back to the digest
    SETTINGS = "settings"  # of the chat's digest
    TURN_ON = "turn_on"  # the digest
    TURN_OFF = "turn_off"
    PAUSE = "pause"
    RESUME = "resume"
    NOT_ME = "not_me"  # leaves whoever presses out of the digest, or takes them in again
    RESCHEDULE = "reschedule"  # shows other times
    AT_1 = "at_1"  # the first of them
    AT_2 = "at_2"
    AT_3 = "at_3"
    BACK = "back"
    APPEAL = "appeal"  # ask the one who stands in the way
    YES = "yes"
    NO = "no"
    OTHER_TIME = "other_time"
    WATCH = "watch"  # tell me when free
    UNWATCH_1 = "unwatch_1"  # the first reminder of a list
    UNWATCH_2 = "unwatch_2"
    UNWATCH_3 = "unwatch_3"
    UNDO = "undo"  # a change of the team or of a setting


class TaskKind(StrEnum):
    """What a press asks for beyond another view."""

    BOOK = "book"
    CANCEL = "cancel"
    APPEAL = "appeal"
    REPLY = "reply"  # to an appeal
    WATCH = "watch"
    UNWATCH = "unwatch"
    TEAM = "team"  # the change of the team that the request names
    UNDO = "undo"  # `View.edit`
    DIGEST = "digest"  # `Task.digest`, of the chat's digest
    NOT_ME = "not_me"  # out of the chat's digest, or into it again


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be done once, in the name of whoever pressed (`Question.asker`); kept with the card until it is.

    `slot` for BOOK and APPEAL, `person` for APPEAL, `verb` (YES, NO, OTHER_TIME) for REPLY, `watch` for UNWATCH,
    `digest` for DIGEST.
    """

    kind: TaskKind
    slot: Slot | None = None
    person: StaffId | None = None
    verb: Verb | None = None
    watch: OutTrackId | None = None
    digest: DigestOrder | None = None


@dataclass(frozen=True, slots=True)
class Namesakes:
    """A typed name that several people may be called by: those a card offers, in its order, and how many there are.

    Where nobody is called so (not `found`) the people are those whose names come nearest. `hidden`: somebody may be,
    whom the app is not allowed to see.
    """

    name: str
    people: tuple[Person, ...]
    count: int
    found: bool = True
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody changed in the chat's team (`people`, added or removed) or in its settings, by their names.

    Where it is `undone`, these are what was taken back. Whoever is picked among several is added too where `adding`.
    """

    by: StaffId
    at: datetime
    people: tuple[StaffId, ...] = ()
    adding: bool = True
    settings: tuple[str, ...] = ()
    undone: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """What a card shows beyond its request; kept with it, as buttons mean what was shown, not what is true by now.

    `offered` are the numbered slots, `shown` those that were offered before them, `more` says that there are
    others; `relaxations` open more of them. `booking` is what was booked from the card, `replacing` what is given
    up once another slot is booked. `taken` is a slot that somebody else got meanwhile, `cancelled` one that was
    booked, `refused` says what could not be done. `nearest` is what comes nearest, `appeal` what was asked of the
    one who stands in its way; on that person's own card `origin`, and `more_origins`, are the cards that the answer
    goes back to. `blocked`: there is something to wait for; `watchers` are the names of those who will be told.
    `watches` are the reminders of a list. `all_names`: a heat map shows everybody; `more_names`: there are more
    than it shows. `told_by` is the follow-up that changed the card last. `edition` is the digest that the card was
    posted as, `edit` what the card has changed, `panel` the settings of a digest that it shows.
    """

    offered: tuple[Slot, ...] = ()
    shown: tuple[Interval, ...] = ()
    more: bool = False
    relaxations: tuple[Relaxation, ...] = ()
    booking: Booking | None = None
    replacing: Booking | None = None
    taken: Interval | None = None
    cancelled: Interval | None = None
    refused: Refusal | None = None
    nearest: Slot | None = None
    appeal: Appeal | None = None
    origin: OutTrackId | None = None
    more_origins: tuple[OutTrackId, ...] = ()
    blocked: bool = False
    watchers: tuple[str, ...] = ()
    watches: tuple[OutTrackId, ...] = ()
    all_names: bool = False
    more_names: bool = False
    told_by: MsgId | None = None
    edit: Edit | None = None
    edition: Edition | None = None
    panel: Panel | None = None


class Remark(StrEnum):
    """Which kind of talk, or of order for something else, a text is."""

    THANKS = "thanks"
    GOODBYE = "goodbye"
    TALK = "talk"  # wants no answer
    REMINDING = "reminding"  # of something else than a meeting
    ERRAND = "errand"  # a taxi, a lunch
    MONTHLY = "monthly"  # a digest
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Question:
    """A request with everything that surrounds it.

    `asker` is in whose name calendars are read; `author` wrote the request and is who "me" means (a press on a card has
    another asker than author). `team` is the chat's, `outsiders` how many were mentioned who are not of this
    organisation. `zone` is the chat's IANA zone, `now` when it was asked. `namesakes` is set by the answer, where one
    of several people is to be picked. `card` is the card that shows the answer, None on a terminal. `task` is what is
    still to be done. `remark` is set where the text is talk or an order for something else.
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
    card: OutTrackId | None = None
    view: View = field(default_factory=View)
    task: Task | None = None
    remark: Remark | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A button: what it does, and the request, the view and the task that it leads to; None: as they are.

    Only `only` may press it, anybody where that is None. For its text: `name` is the person whom it concerns, `count`
    for how many people a slot is, `number` that of a slot on the card where slots are numbered.
    """

    verb: Verb
    request: Request | None = None
    view: View | None = None
    task: Task | None = None
    only: StaffId | None = None
    name: str = ""
    count: int = 0
    number: int = 0

    @property
    def windows(self) -> tuple[Window, ...]:
        """The windows it leads to, () where they stay."""
        return self.request.windows if self.request else ()
