"""What the scanner finds in a text: typed tokens, each with its place."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from bot.language.senses import NO_SENSES, Sense


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
    HIDE: ClassVar[Kind]  # of the asker, from the others; 1: shown again
    VENUE: ClassVar[Kind]  # what a place stands behind: 地点, location
    MINE: ClassVar[Kind]  # the meetings that the bot made for the asker
    ANNOUNCE: ClassVar[Kind]  # to tell others something
    WORD: ClassVar[Kind]
    HAN: ClassVar[Kind]
    BREAK: ClassVar[Kind]  # the end of a sentence
    SIGN: ClassVar[Kind]  # : / . + and the like


for _name in Kind.__annotations__:
    setattr(Kind, _name, Kind(_name.lower()))


SLIP = -1
"""What `Token.known` is of a word that is spelt wrong."""


class Token(NamedTuple):
    """One word, number or sign; `start` and `end` are places in the folded text, `gap` tells of a space before it.

    `known`: 2 for a name that counts anywhere, 1 for one that counts in a person's place (it may be a word as well), 0
    for what no directory has; `SLIP` for a word of time that is spelt wrong. `senses` hold whatever the kind.
    """

    kind: Kind
    text: str
    start: int
    end: int
    value: int = 0
    tag: str = ""
    gap: bool = False
    known: int = 0
    senses: frozenset[Sense] = NO_SENSES

    def is_one_of(self, *kinds: Kind) -> bool:
        """True where the token plays one of these parts."""
        return self.kind in kinds


class Entry(NamedTuple):
    """What a word table says of one word."""

    kind: Kind
    value: int = 0
    tag: str = ""


# ---------------------------------------------------------------- word classes that several rooms share
CLAUSE_ENDS = (Kind.BREAK, Kind.COMMA)
OPENING = (None, *CLAUSE_ENDS)
"""What stands before the first word of a clause."""
ASKING = frozenset((Kind.AVAILABLE, Kind.AWAY, Kind.WHEN, Kind.CALENDAR))
"""What asks for somebody's time."""
LISTING = (Kind.LIST, Kind.COMMA)
"""What stands between the items of a list."""
