"""What a token says of its word beside its kind, by what the kind leaves open."""

from __future__ import annotations

from enum import StrEnum


class Tag(StrEnum):
    """What sort of its kind a word is, where the kind leaves that open."""

    # of words that say nothing of time or people
    ASK = "ask"  # makes a question: 吗, 能不能
    POLITE = "polite"
    ORDER = "order"  # asks somebody to do something: 帮我, could you
    TALK = "talk"  # see you then, 明天见
    NOUN = "noun"  # a thing, which may be a topic
    ROLE = "role"  # a person without a name: 老板, the vendor
    VENUE = "venue"  # a room for meetings
    # of meetings and what surrounds them
    WHAT = "what"  # says itself what the meeting is: 评审, standup
    TOPIC = "topic"  # what it is about stands behind: 讨论, about
    WEAK = "weak"  # counts only where other words confirm it: 会, 在, ok
    OVER = "over"  # the end of a meeting: 散会, done with
    DOING = "doing"  # being there for something: 值班, join
    HERE = "here"  # being there now: 在吗, around
    LEAVE = "leave"  # 请假, on vacation
    MOST = "most"  # 最空, least busy
    MOVE = "move"  # 改到, push it to
    ROOM = "room"
    NOBODY = "nobody"
    TEAM = "team"  # everyone, as the team: our team
    TITLED = "titled"  # an order with an article that leads to a topic: schedule a
    REMIND = "remind"  # 提醒我, remind me
    FREE = "free"  # asks for free time itself: 哪天有空, next free
    TIME = "time"  # searches for a time itself: 找时间, slot
    ALL = "all"  # 都有空
    # of digests
    WEEKLY = "weekly"
    MONTHLY = "monthly"


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
    NIGHT_HOURS = "night_hours"  # the early hours behind an evening: 今晚凌晨
    FIRST = "first"  # the first working hour
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
