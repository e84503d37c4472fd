"""What a token may say beside its kind: tags, which say more of what is meant, and senses, which tell words apart."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar


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
    POINTS: ClassVar[Sense]  # a 点 before what it counts: 三点问题
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
    NUMBERED: ClassVar[Sense]  # a 号 before what it numbers: 3号线


for _name in Sense.__annotations__:
    setattr(Sense, _name, Sense(_name.lower()))
