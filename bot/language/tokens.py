"""What the scanner finds in a text: typed tokens, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The part a word plays. The first group speaks of time, the second ties times together, the third is the rest."""

    NUMBER = "number"
    ORDINAL = "ordinal"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"  # value 1..12
    MONTH_SIGN = "month_sign"  # 月 behind a number
    YEAR_SIGN = "year_sign"
    DAY_SIGN = "day_sign"  # 号, 日
    WEEKDAY = "weekday"  # value 0 (Monday) .. 6
    RELATIVE_DAY = "relative_day"  # value in days from today
    NEXT_DAY = "next_day"  # 次日: the day after the one just named
    WEEK = "week"  # value in weeks from this one
    WEEKEND = "weekend"
    RELATIVE_MONTH = "relative_month"
    RELATIVE_YEAR = "relative_year"
    PORTION = "portion"  # start, middle, end, rest, of a week or month
    SHIFT = "shift"  # this 0, next 1, last -1
    UNIT = "unit"  # minute hour day workday week month year
    PART = "part"
    MEAL = "meal"  # lunch: a part of the day in some places only
    MERIDIEM = "meridiem"
    CLOCK_SIGN = "clock_sign"  # 点, o'clock
    MINUTE_SIGN = "minute_sign"
    EXACTLY = "exactly"  # 整
    NOW = "now"
    NTH = "nth"  # 第
    PAST = "past"
    LACKING = "lacking"  # 差 (差一刻三点)
    ZONE = "zone"
    ZONE_SIGN = "zone_sign"  # 时间, time

    TO = "to"
    LIST = "list"
    COMMA = "comma"
    BEFORE = "before"
    AFTER = "after"
    BY = "by"
    UNTIL = "until"
    FROM = "from"
    BETWEEN = "between"
    IN = "in"
    AT = "at"
    ON = "on"
    FOR = "for"
    WITHIN = "within"
    INSIDE = "inside"  # 内, behind a duration
    ONWARDS = "onwards"
    LATER = "later"
    AGO = "ago"
    AHEAD = "ahead"  # 接下来, coming
    INCLUDED = "included"  # 周五（含）
    NOT = "not"
    ONLY = "only"
    EVERY = "every"
    COUNTER = "counter"  # 个
    SOME = "some"  # a few
    ARTICLE = "article"
    OF = "of"
    FILL = "fill"

    AT_SIGN = "at_sign"
    NAME = "name"
    TEAM_NAME = "team_name"
    WHO = "who"
    ME = "me"
    EVERYONE = "everyone"
    WITH = "with"
    AVAILABLE = "available"
    AWAY = "away"
    FIND = "find"
    BOOK = "book"
    MEET = "meet"
    SHOW = "show"
    CALENDAR = "calendar"
    WHEN = "when"
    DIGEST = "digest"
    STOP = "stop"
    START = "start"
    TEAM = "team"
    ADD = "add"
    REMOVE = "remove"
    LANGUAGE = "language"
    SET_ZONE = "set_zone"
    USE = "use"
    CHANGE = "change"  # what about, 换成: the last request with something else
    HELP = "help"
    BOTH = "both"
    BE = "be"
    AT_LEAST = "at_least"
    OPTIONAL = "optional"
    OFF_TOPIC = "off_topic"  # weather and the like: what is asked is nothing that calendars know
    PLACE = "place"  # a word that makes a number beside it a number of something else
    WORD = "word"
    HAN = "han"
    BREAK = "break"  # the end of a sentence
    SIGN = "sign"  # : / . + and the like


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign; `start` and `end` are places in the folded text, `gap` tells of a space before it."""

    kind: Kind
    text: str
    start: int
    end: int
    value: int = 0
    tag: str = ""
    gap: bool = False

    def is_one_of(self, *kinds: Kind) -> bool:
        """True where the token plays one of these parts."""
        return self.kind in kinds


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word table says of one word."""

    kind: Kind
    value: int = 0
    tag: str = ""
