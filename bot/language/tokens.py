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
    """What sort of its kind a word is, where the kind leaves that open."""

    # of words that say nothing of time or people
    ASK = "ask"  # makes a question: 吗, 能不能
    POLITE = "polite"
    ORDER = "order"  # asks somebody to do something: 帮我, could you
    TALK = "talk"  # see you then, 明天见
    NOUN = "noun"  # a thing, which may be a topic
    ROLE = "role"  # a person without a name: 老板, the vendor
    VENUE = "venue"  # a room for meetings
    # of numbers and lists
    HAN = "han"  # in Chinese numerals
    WORD = "word"  # in English words
    AND = "and"
    OR = "or"
    ENUMERATION = "、"  # the comma between the items of a list
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


class DayPart(StrEnum):
    """Parts of a day that the grammar treats apart from the others."""

    EARLY = "early"
    MORNING = "morning"
    WORKING = "working"  # working hours
    CLOSE = "close"  # the end of them


class Cue(StrEnum):
    """What a word tells beside its kind, by itself or in a certain place; one word may give several cues."""

    # people
    WE = "we"
    TEAM = "team"  # the chat's own team
    THE_TEAM = "the_team"
    TEAM_MEMBERS = "team_members"  # behind a team's name: 的人, folks
    BUT = "but"
    WITHOUT = "without"  # 没有
    LEFT_OUT = "left_out"  # behind a name: 不算, can't make it
    COUNT_IN = "count_in"  # 算, 上 of 不算上我
    HEADS = "heads"  # behind a number of people: 个人, people
    SUFFICES = "suffices"  # behind enough people: 就行
    GATHER = "gather"  # before enough people: 凑, get
    IF_ONLY = "if_only"  # before 有 and enough people: 只要
    ABLE = "able"
    HAVE = "have"
    COME = "come"
    TAKE_PART = "take_part"  # behind 不: 参加, 去
    US = "us"
    WHOLE = "whole"  # the, all of "all 4 of us"
    FAMILIAR = "familiar"  # before a name: 小, 大
    VERB_END = "verb_end"  # the last sign of a verb: 约上
    MY = "my"
    POSSESSIVE = "possessive"  # 的
    OBJECT_CASE = "object_case"  # me
    PRONOUN = "pronoun"  # 他, 她 behind 找
    GIVEN = "given"  # a given name that is no word: Bob
    TITLE = "title"  # before a surname: Mr
    SUFFIX_TITLE = "suffix_title"  # behind a name: 老师, 总
    GIVING = "giving"  # before a name: 给, 让
    CALLING = "calling"  # before a name: call, interview
    FOLLOWING = "following"  # behind a name that opens a follow-up: 呢, instead
    PERHAPS = "perhaps"
    PRESENT = "present"  # around, in
    # questions and courtesy
    ASKING = "asking"  # closes a question: 吗
    CLOSING = "closing"  # behind a weak word that asks: 没有
    QUESTION = "question"  # makes one wherever it stands: 呢, how about
    QUESTION_MARK = "question_mark"
    INTERROGATIVE = "interrogative"  # what, how, where
    ASKING_AFTER = "asking_after"  # opens a question about somebody: when is
    AUXILIARY = "auxiliary"
    COPULA = "copula"
    WILL = "will"  # a verb and a name
    IF = "if"
    COURTESY = "courtesy"
    YES = "yes"
    NO = "no"  # 不
    HOW_SOON = "how_soon"
    # wants
    GET = "get"
    TOGETHER = "together"
    NEED = "need"
    SEEK = "seek"  # 找
    SCHEDULE = "schedule"
    AVAILABILITY = "availability"
    HAVING = "having"  # of meetings: 有, are there
    AROUND = "around"  # at the end of a clause: 在
    AMID = "amid"  # before a meeting: 正在
    MORE = "more"  # of people: 再加
    ROSTER = "roster"
    SETTINGS = "settings"
    INTO = "into"  # between a setting and its value
    # orders about an answer
    TAKING = "taking"  # an option: take, 选
    TAKING_IT = "taking_it"  # book it, 就约这个
    OPTION = "option"
    AGREEING = "agreeing"  # beside an option: let's, good
    CANCEL = "cancel"  # a meeting
    UNDO = "undo"  # a booking that was just made
    UNDONE = "undone"  # what is undone
    ONCE = "once"  # before somebody's being free: as soon as
    BY_THEN = "by_then"  # behind somebody's being free: 的时候
    # changes of the last request
    LATER = "later"
    EARLIER = "earlier"
    LATER_BY = "later_by"  # beside a length
    EARLIER_BY = "earlier_by"
    OTHER_DAY = "other_day"
    MARK = "mark"  # of a follow-up: 那, 呢
    THEN = "then"  # before a name that is changed to: 那, 就
    JUST = "just"  # 就
    ONLY_THEN = "only_then"  # opens a follow-up: 就要
    TOO = "too"
    ENOUGH = "enough"  # beside a length: 够了
    ASKING_FOR = "asking_for"  # before a change: 帮我
    WAITING = "waiting"
    LEAVE = "leave"
    OUT = "out"
    # digests, times, topics
    CHANGING = "changing"  # of a digest: switch
    EVERY_DAY = "every_day"
    WORKDAYS = "workdays"
    WEEK = "week"  # 周, 星期
    LEADING = "leading"  # small words before a topic: 一下


NO_CUES: frozenset[Cue] = frozenset()


SLIP = -1
"""What `Token.known` is of a word that is spelt wrong."""


class Token(NamedTuple):
    """One word, number or sign; `start` and `end` are places in the folded text, `gap` tells of a space before it.

    `known`: 2 for a name that counts anywhere, 1 for one that counts in a person's place (it may be a word as well), 0
    for what no directory has; `SLIP` for a word of time that is spelt wrong. `cues` hold whatever the kind.
    """

    kind: Kind
    text: str
    start: int
    end: int
    value: int = 0
    tag: str = ""
    gap: bool = False
    known: int = 0
    cues: frozenset[Cue] = NO_CUES

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
