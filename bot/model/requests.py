"""What somebody asked for, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from bot.model.digest_orders import DigestOrder
from bot.model.hours_orders import HoursOrder
from bot.model.people import StaffId, Who
from bot.model.time import Window


class Intent(StrEnum):
    """What is wanted; the names are part of the contract."""

    WHO_IS_FREE = "who_is_free"
    FIND_TIME = "find_time"
    NEXT_FREE = "next_free"
    OVERVIEW = "overview"
    PRESENCE = "presence"  # now, without a named time: in a meeting, 在忙吗, who is around
    LEAVE = "leave"  # who is out, asked with a word of leave
    BOOK = "book"
    BOOKINGS = "bookings"  # shows, moves, cancels, adds people to what the bot made
    ROOMS = "rooms"
    MY_HOURS = "my_hours"  # the asker's own working time, days or place
    DIGEST_ON = "digest_on"
    DIGEST_OFF = "digest_off"
    DIGEST_SHOW = "digest_show"
    TEAM_ADD = "team_add"
    TEAM_REMOVE = "team_remove"
    TEAM_SHOW = "team_show"
    SETTINGS = "settings"
    HELP = "help"
    THANKS = "thanks"  # talk that wants nothing
    UNSUPPORTED = "unsupported"  # an order that the bot has no deed for
    UNCLEAR = "unclear"


class Language(StrEnum):
    """The language of a question and of its answer."""

    ZH = "zh"
    EN = "en"


class ProblemCode(StrEnum):
    """Why a request cannot be answered as it stands."""

    NO_TIME = "no_time"
    IN_THE_PAST = "in_the_past"
    END_BEFORE_START = "end_before_start"
    IMPOSSIBLE_TIME = "impossible_time"  # 31 February, 25:00
    TOO_LONG = "too_long"  # more than 31 days, or a text longer than is read
    NOT_UNDERSTOOD = "not_understood"
    NO_PEOPLE = "no_people"
    TOO_MANY_PEOPLE = "too_many_people"
    UNKNOWN_ZONE = "unknown_zone"  # UTC+25
    UNKNOWN_HOLIDAYS = "unknown_holidays"  # of a country that there is no table of, or that is none
    UNKNOWN_LANGUAGE = "unknown_language"


@dataclass(frozen=True, slots=True)
class Problem:
    """What stands in the way. `text` is one English line for a terminal; cards have words of their own.

    `words` are the words of the request it concerns, at most 24 characters, "" where it concerns all or none of them.
    """

    code: ProblemCode
    text: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of an ambiguous time. `reading` is its short English name ("Tue 24 March")."""

    windows: tuple[Window, ...]
    reading: str


class AssumptionKind(StrEnum):
    """What was taken for granted in the reading."""

    AFTERNOON = "afternoon"  # an hour without am or pm
    MORNING = "morning"
    NEXT_WEEK = "next_week"  # 下周五 read as next week's
    ROLLED_FORWARD = "rolled_forward"  # the time was over today
    MONTH_FIRST = "month_first"  # 01/02
    DEFAULT_DURATION = "default_duration"
    DATE_FIRST = "date_first"  # a date and a weekday that contradict each other: the date
    MISSPELT = "misspelt"  # a near miss of a word of time


@dataclass(frozen=True, slots=True)
class Assumption:
    """One thing that was taken for granted; `words` are the words of the request it concerns, at most 24 characters."""

    kind: AssumptionKind
    words: str


@dataclass(frozen=True, slots=True)
class Leftover:
    """Words of a text that stand in no account, as typed, from `start` to before `end` in code points of the text.

    `timely`: they may be a time or a number beside one, so that the reading is doubtful.
    """

    text: str
    start: int
    end: int
    timely: bool = False


class Aspect(StrEnum):
    """What of an answer is asked for, where it is not all of it."""

    DAY = "day"  # of an overview: which day is best
    TITLE = "title"  # of what somebody is busy with: what it is, which nobody is told
    END = "end"  # of somebody's next free time: when their meeting is over


class ChangeKind(StrEnum):
    """What a follow-up changes of the last request."""

    DAY = "day"  # 那周四呢: other days, the same hours
    CLOCK = "clock"  # what about 3pm: other hours, the same days
    TIME = "time"  # 那明天下午呢: other windows altogether
    DURATION = "duration"  # 换成30分钟
    WEEK = "week"  # same time next week: another week, the same weekdays and hours
    EXCEPT = "except"  # 不要周五: the windows less those times
    REPLACE = "replace"  # 那王五呢: somebody else instead
    ADD = "add"  # 再加上@王五
    REMOVE = "remove"  # without Bob
    OPTIONAL = "optional"  # 李四可选: still asked about, need not come
    OTHER_DAY = "other_day"  # any other day: the same hours on the working days that were not asked about
    SHIFT = "shift"  # push it by an hour: every window so much later, or earlier
    LATER = "later"  # 再晚一点
    EARLIER = "earlier"
    TAKE = "take"  # 订2: the slot of that number is booked
    CANCEL = "cancel"  # 不约了: the booking is undone
    WATCH = "watch"  # 有空时告诉我: word is sent once they are free


@dataclass(frozen=True, slots=True)
class Change:
    """The one thing that a follow-up changes; all else of the last request stays.

    `windows` for DAY, CLOCK, TIME, WEEK and EXCEPT, `duration` for DURATION and SHIFT (below zero: earlier), `who`
    for REPLACE, ADD, REMOVE and OPTIONAL, `option` (counted from 1) for TAKE; the others need nothing. `weekday`: the
    days of a DAY are weekdays of no named week, which mean the week that was asked about.
    """

    kind: ChangeKind
    windows: tuple[Window, ...] = ()
    duration: timedelta | None = None
    who: Who = field(default_factory=Who)
    option: int | None = None
    weekday: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What a chat is to be set to, None for what stays: `locale` ("zh", "en", "auto": each question's), an IANA `zone`.

    `unknown` are the words of a zone that nobody knows. `chat_id`: the chat's id is to be shown. `hide`: the asker is
    to be left out of what the chat is shown, or (False) shown again.
    """

    locale: str | None = None
    zone: str | None = None
    unknown: str = ""
    chat_id: bool = False
    hide: bool | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One request, understood.

    `windows` are in order of time and do not overlap; empty where the request names no time. `zone` is an IANA name or
    an offset ("+05:30") where the request names a zone other than the chat's; of settings and digests always an IANA
    name. `leftover` are the words in no account. `full` are the windows as they were asked for, where some had begun
    and start at now in `windows`. `quorum`: at least so many of the people. `option` is the number of the slot that is
    meant, counted from 1. `watch`: word is wanted once the people are free. `reminders`: the asker's reminders are to
    be shown. `setting` is what the chat is to be set to, `digest` what is said about its digest, `own` what its author
    says of their own hours. `aspect` is what of an answer is asked for. `change` is set where the text only changes a
    last request; without one it stands for itself. `series` is an RFC 5545 RRULE without its prefix, `title` the topic,
    `place` a room or place as typed, `room`: one is spoken of, `seats` how many people it is to hold, 0 where that is
    not said, `reminder` how long before the start, `video`: online. `acts`: an order that is wholly clear.
    """

    intent: Intent
    language: Language
    windows: tuple[Window, ...] = ()
    duration: timedelta | None = None
    who: Who = field(default_factory=Who)
    optional: tuple[str | StaffId, ...] = ()
    quorum: int | None = None
    zone: str | None = None
    assumptions: tuple[Assumption, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    problem: Problem | None = None
    leftover: tuple[Leftover, ...] = ()
    full: tuple[Window, ...] = ()
    option: int | None = None
    watch: bool = False
    reminders: bool = False
    setting: Setting | None = None
    digest: DigestOrder | None = None
    own: tuple[HoursOrder, ...] = ()
    aspect: Aspect | None = None
    change: Change | None = None
    series: str | None = None
    title: str | None = None
    place: str | None = None
    room: bool = False
    seats: int = 0
    reminder: timedelta | None = None
    video: bool = False
    acts: bool = False

    @property
    def doubtful(self) -> bool:
        """True where words are left over that may be a time or a number beside it."""
        return any(left.timely for left in self.leftover)


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """A working day's clock, as minutes after midnight; a break lies inside the working time.

    More than 1440 minutes are on the next day: a shift past midnight.

    >>> WorkingHours().end
    1080
    """

    start: int = 9 * 60
    end: int = 18 * 60
    breaks: tuple[tuple[int, int], ...] = ((12 * 60, 13 * 60),)

    @property
    def pieces(self) -> tuple[tuple[int, int], ...]:
        """What lies between the breaks, in order."""
        edges = [self.start, *(edge for pause in sorted(self.breaks) for edge in pause), self.end]
        return tuple((a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)
