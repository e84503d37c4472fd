"""What the scanner finds in a text: typed tokens, each with its place."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, NamedTuple


class Kind(str):
    """The part a word plays. The first group speaks of time, the second ties times together, the third is the rest.

    No Enum: its members are found by a function, and a text asks for hundreds of them.
    """

    __slots__ = ()

    NUMBER: ClassVar[Kind]
    ORDINAL: ClassVar[Kind]
    HALF: ClassVar[Kind]
    QUARTER: ClassVar[Kind]
    MONTH: ClassVar[Kind]  # value 1..12
    MONTH_SIGN: ClassVar[Kind]  # 月 behind a number
    YEAR_SIGN: ClassVar[Kind]
    DAY_SIGN: ClassVar[Kind]  # 号, 日
    WEEKDAY: ClassVar[Kind]  # value 0 (Monday) .. 6
    RELATIVE_DAY: ClassVar[Kind]  # value in days from today
    NEXT_DAY: ClassVar[Kind]  # 次日: the day after the one just named
    WEEK: ClassVar[Kind]  # value in weeks from this one
    WEEKEND: ClassVar[Kind]
    RELATIVE_MONTH: ClassVar[Kind]
    RELATIVE_YEAR: ClassVar[Kind]
    PORTION: ClassVar[Kind]  # start, middle, end, rest, of a week or month
    SHIFT: ClassVar[Kind]  # this 0, next 1, last -1
    UNIT: ClassVar[Kind]  # minute hour day workday week month year
    HOLIDAY: ClassVar[Kind]  # tag: which one; 国庆, Christmas
    MOON: ClassVar[Kind]  # 春节, Easter: a holiday whose day no rule tells
    PART: ClassVar[Kind]
    MEAL: ClassVar[Kind]  # lunch: a part of the day in some places only
    MERIDIEM: ClassVar[Kind]
    CLOCK_SIGN: ClassVar[Kind]  # 点, o'clock
    MINUTE_SIGN: ClassVar[Kind]
    EXACTLY: ClassVar[Kind]  # 整
    NOW: ClassVar[Kind]
    NTH: ClassVar[Kind]  # 第
    PAST: ClassVar[Kind]
    LACKING: ClassVar[Kind]  # 差 (差一刻三点)
    ZONE: ClassVar[Kind]
    ZONE_SIGN: ClassVar[Kind]  # 时间, time

    TO: ClassVar[Kind]
    LIST: ClassVar[Kind]
    COMMA: ClassVar[Kind]
    BEFORE: ClassVar[Kind]
    AFTER: ClassVar[Kind]
    BY: ClassVar[Kind]
    UNTIL: ClassVar[Kind]
    FROM: ClassVar[Kind]
    BETWEEN: ClassVar[Kind]
    IN: ClassVar[Kind]
    AT: ClassVar[Kind]
    ON: ClassVar[Kind]
    FOR: ClassVar[Kind]
    WITHIN: ClassVar[Kind]
    INSIDE: ClassVar[Kind]  # 内, behind a duration
    ONWARDS: ClassVar[Kind]
    LATER: ClassVar[Kind]
    AGO: ClassVar[Kind]
    AHEAD: ClassVar[Kind]  # 接下来, coming
    INCLUDED: ClassVar[Kind]  # 周五（含）
    NOT: ClassVar[Kind]
    ONLY: ClassVar[Kind]
    EVERY: ClassVar[Kind]
    COUNTER: ClassVar[Kind]  # 个
    SOME: ClassVar[Kind]  # a few
    ARTICLE: ClassVar[Kind]
    OF: ClassVar[Kind]
    FILL: ClassVar[Kind]

    AT_SIGN: ClassVar[Kind]
    NAME: ClassVar[Kind]
    TEAM_NAME: ClassVar[Kind]
    WHO: ClassVar[Kind]
    ME: ClassVar[Kind]
    EVERYONE: ClassVar[Kind]
    WITH: ClassVar[Kind]
    AVAILABLE: ClassVar[Kind]
    AWAY: ClassVar[Kind]
    FIND: ClassVar[Kind]
    BOOK: ClassVar[Kind]
    MEET: ClassVar[Kind]
    SHOW: ClassVar[Kind]
    CALENDAR: ClassVar[Kind]
    WHEN: ClassVar[Kind]
    DIGEST: ClassVar[Kind]
    STOP: ClassVar[Kind]
    START: ClassVar[Kind]
    TEAM: ClassVar[Kind]
    ADD: ClassVar[Kind]
    REMOVE: ClassVar[Kind]
    LANGUAGE: ClassVar[Kind]
    SET_ZONE: ClassVar[Kind]
    THERE: ClassVar[Kind]  # 那边, behind a place whose clocks are meant
    USE: ClassVar[Kind]
    CHANGE: ClassVar[Kind]  # what about, 换成: the last request with something else
    HELP: ClassVar[Kind]
    BOTH: ClassVar[Kind]
    BE: ClassVar[Kind]
    SAME: ClassVar[Kind]  # same time, 同一时间: the hours of the last request
    TELL: ClassVar[Kind]  # let me know, 告诉我
    REMINDER: ClassVar[Kind]
    AHEAD_OF: ClassVar[Kind]  # 提前, before a length
    AT_LEAST: ClassVar[Kind]
    OPTIONAL: ClassVar[Kind]
    REQUIRED: ClassVar[Kind]  # must be there, 必须到
    OFF_TOPIC: ClassVar[Kind]  # weather and the like: what is asked is nothing that calendars know
    PLACE: ClassVar[Kind]  # a word that makes a number beside it a number of something else
    PLACED: ClassVar[Kind]  # a word of a place that is named
    TITLED: ClassVar[Kind]  # a word of a title that is marked as such
    TOPIC: ClassVar[Kind]  # what a meeting is about stands behind it; value 1: its title
    ERRAND: ClassVar[Kind]  # what no calendar can get: a taxi, 盒饭
    VIDEO: ClassVar[Kind]
    MOVE: ClassVar[Kind]  # of a meeting: reschedule, 挪
    OWN_HOURS: ClassVar[Kind]  # work, 上班: what somebody's own hours are told by
    CHAT: ClassVar[Kind]  # this chat; value 1: its id
    HIDE: ClassVar[Kind]  # of the asker, from the others
    VENUE: ClassVar[Kind]  # what a place stands behind: 地点, location
    MINE: ClassVar[Kind]  # the meetings that the bot made for the asker
    ANNOUNCE: ClassVar[Kind]  # to tell others something
    WORD: ClassVar[Kind]
    HAN: ClassVar[Kind]
    BREAK: ClassVar[Kind]  # the end of a sentence
    SIGN: ClassVar[Kind]  # : / . + and the like


for _name in Kind.__annotations__:
    setattr(Kind, _name, Kind(_name.lower()))


class Tag(StrEnum):
    """What a word that says nothing of time or people is, where its kind leaves that open."""

    ASK = "ask"  # makes a question: 吗, 能不能
    POLITE = "polite"
    ORDER = "order"  # asks somebody to do something: 帮我, could you
    TALK = "talk"  # see you then, 明天见
    NOUN = "noun"  # a thing, which may be a topic
    ROLE = "role"  # a person without a name: 老板, the vendor
    VENUE = "venue"  # a room for meetings


class Digits(StrEnum):
    """How a number is written, where not in digits."""

    WORD = "word"  # three
    HAN = "han"  # 三
    PAIR = "pair"  # 三 and 四 of 三四点


class DayTag(StrEnum):
    """What a day by name stands for, where not for one day."""

    PAIR = "pair"  # 明后天: the day and the one behind it


class WeekTag(StrEnum):
    """What a word of a week says of it."""

    OF = "of"  # the week of a date
    END = "end"  # the end of this week


class Comma(StrEnum):
    """Which comma stands there."""

    PLAIN = ","
    LISTING = "、"  # between the members of a list


class Position(StrEnum):
    """Where a word stands beside what it bounds or takes out, where not before it."""

    SUFFIX = "suffix"  # 不行, 为止


class Repeat(StrEnum):
    """Which days a word of repeating names by itself."""

    WORKDAYS = "workdays"


class Join(StrEnum):
    """How a word makes a list of what stands beside it."""

    AND = "and"
    OR = "or"


class DayPart(StrEnum):
    """A part of the day by name."""

    EARLY_HOURS = "early_hours"
    EARLY = "early"
    MORNING = "morning"
    NOON = "noon"
    NOON_POINT = "noon_point"
    AFTERNOON = "afternoon"
    DUSK = "dusk"
    EVENING = "evening"
    LATE = "late"
    MIDNIGHT = "midnight"
    WORKING = "working"
    DAY = "day"
    AFTER_WORK = "after_work"
    CLOSE = "close"
    BREAKFAST = "breakfast"
    LUNCH = "lunch"


class Half(StrEnum):
    """Which half of the day a clock time is said to lie in."""

    AM = "am"
    PM = "pm"
    EITHER = "either"


class Shade(StrEnum):
    """Which end of a part of the day is meant."""

    EARLY = "early"
    LATE = "late"


class Extent(StrEnum):
    """Which portion of a week, a month or a year is meant."""

    START = "start"
    MIDDLE = "middle"
    END = "end"
    LATE = "late"
    REST = "rest"
    YEAR_END = "year_end"


class Unit(StrEnum):
    """What a length of time is counted in."""

    MINUTE = "minute"
    QUARTER = "quarter"
    HOUR = "hour"
    DAY = "day"
    WORKDAY = "workday"
    WEEK = "week"
    WORKWEEK = "workweek"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    YEAR = "year"
    WEEKDAY = "weekday"  # up to a day of the week
    NEXT = "next"  # up to the day behind the one that was named


class Sense(str):
    """Which word of its kind a word is, where a rule asks for that one: "the day after" asks for `THE` and `AFTER`.

    The word tables say which words have which. No Enum, for the reason that `Kind` is none.
    """

    __slots__ = ()

    THE: ClassVar[Sense]
    MY: ClassVar[Sense]
    TEAM: ClassVar[Sense]
    GIVEN_NAME: ClassVar[Sense]  # bob: nobody takes it for a word
    PEOPLE: ClassVar[Sense]  # people, 人员: who is asked about, or what a number before it counts
    HEAD: ClassVar[Sense]  # 人, 位: what a number before it counts
    CLOSING: ClassVar[Sense]  # is, 吗: of the words of no account those that may stand behind a time
    MEASURE: ClassVar[Sense]  # 元, 倍, k: 3.5元 is no date

    SINGLE: ClassVar[Sense]  # of units: hour, day
    PLURAL: ClassVar[Sense]  # of units: hours, days
    MINUTE_SHORT: ClassVar[Sense]  # min
    MINUTES_SHORT: ClassVar[Sense]  # mins, a plural too
    HOURS_SHORT: ClassVar[Sense]  # hrs, a plural too
    HOUR_LETTER: ClassVar[Sense]
    MINUTE_LETTER: ClassVar[Sense]
    DAY_LETTER: ClassVar[Sense]
    WEEK_LETTER: ClassVar[Sense]
    DAYS: ClassVar[Sense]  # 天, 日: what counts days
    YEARS: ClassVar[Sense]  # 年
    ONE: ClassVar[Sense]  # 一, as a sign: 一点 is a little as well
    MORE: ClassVar[Sense]  # more, before a unit
    AND: ClassVar[Sense]
    OR: ClassVar[Sense]
    ONE_QUARTER: ClassVar[Sense]
    THREE_QUARTERS: ClassVar[Sense]
    HALF_MORE: ClassVar[Sense]  # 半, behind a unit

    AM_LETTER: ClassVar[Sense]  # the a of 3a
    PM_LETTER: ClassVar[Sense]
    SHARP: ClassVar[Sense]  # sharp, ish: behind an hour
    POINT: ClassVar[Sense]  # 点, 时: behind an hour
    POINTS: ClassVar[Sense]  # a 点 before what it counts: 三点建议
    PAST: ClassVar[Sense]  # past, between minutes and an hour
    PAST_SIGN: ClassVar[Sense]  # 过, between an hour and minutes
    TO: ClassVar[Sense]  # to, also between minutes and an hour
    EARLY: ClassVar[Sense]  # 早, behind a day
    EVENING: ClassVar[Sense]  # 晚, behind a day
    DURING: ClassVar[Sense]  # over, before a meal

    NEXT: ClassVar[Sense]
    NEXT_SIGN: ClassVar[Sense]  # 下
    COMING: ClassVar[Sense]  # coming: the next one, whichever week it is in
    LAST: ClassVar[Sense]
    FINAL: ClassVar[Sense]  # 最后
    THESE: ClassVar[Sense]  # 这, before a length
    STARTING: ClassVar[Sense]
    STARTING_FROM: ClassVar[Sense]
    FROM: ClassVar[Sense]
    FROM_NOW: ClassVar[Sense]
    AFTER: ClassVar[Sense]
    BEFORE: ClassVar[Sense]
    LATER: ClassVar[Sense]
    AFTERWARDS: ClassVar[Sense]  # 后, before a length or behind one
    FORE: ClassVar[Sense]  # 前: behind a length ago, before one the first of them
    AGO: ClassVar[Sense]  # 以前, behind a length
    BEGIN: ClassVar[Sense]  # 开始
    BEHIND: ClassVar[Sense]  # 初, 底: a portion that stands behind its whole
    WEEK_OF: ClassVar[Sense]
    ITSELF: ClassVar[Sense]  # 当天, behind a holiday
    NO_DAY: ClassVar[Sense]  # the sun, "I sat": of weekdays
    NUMBERED: ClassVar[Sense]  # a 号 before what it numbers: 3号楼


for _name in Sense.__annotations__:
    setattr(Sense, _name, Sense(_name.lower()))


class Token(NamedTuple):
    """One word, number or sign; `start` and `end` are places in the folded text, `gap` tells of a space before it.

    `known`: 2 for a name that counts anywhere, 1 for one that counts in a person's place (it may be a word as well), 0
    for what no directory has.
    """

    kind: Kind
    text: str
    start: int
    end: int
    value: int = 0
    tag: str = ""
    gap: bool = False
    known: int = 0
    sense: Sense | None = None

    def is_one_of(self, *kinds: Kind) -> bool:
        """True where the token plays one of these parts."""
        return self.kind in kinds


class Entry(NamedTuple):
    """What a word table says of one word."""

    kind: Kind
    value: int = 0
    tag: str = ""
