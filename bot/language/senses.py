"""What words tell beside their kind."""

from __future__ import annotations

from enum import StrEnum


class Sense(StrEnum):
    """What a word tells beside its kind, by itself or in a certain place; one word may have several."""

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
    WHAT = "what"
    DOING = "doing"  # behind what and somebody: up to
    WITH_WHAT = "with_what"  # what somebody is busy with: 在忙什么
    THEIR = "their"  # before what belongs to somebody else: his, 他们
    STANDING_IN = "standing_in"  # before whoever is replaced: cover for; 替我 has them in it
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
    BEING = "being"  # opens a question about what goes on: is, am
    WILL = "will"  # a verb and a name
    IF = "if"
    COURTESY = "courtesy"
    PARTING = "parting"  # until tomorrow: a farewell where nothing else is said
    YES = "yes"
    NO = "no"  # 不
    HOW_SOON = "how_soon"
    WHICH_DAY = "which_day"
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
    MODAL = "modal"  # can, should
    GOING_ON = "going_on"  # meeting, of one that is: am I meeting John
    MOVING = "moving"  # of a meeting, where it opens an order: move tomorrow's 3pm to 4pm
    MEETINGS = "meetings"  # one's own: 我的会, my meetings
    ANY_ROOM = "any_room"  # a place in the calendar, or a room
    SWITCHED_OFF = "switched_off"  # behind what is: digest off
    SWITCHED_ON = "switched_on"
    MAKING = "making"  # of something new: set a reminder
    IT = "it"  # what was asked about: push it by an hour
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
    # one's own hours
    WORKED = "worked"  # 上班, of whoever speaks
    NOT_WORKED = "not_worked"
    WORK_ENDS = "work_ends"  # before or behind the hour at which work ends
    OWN_TIME = "own_time"  # one's hours by name: 我的工作时间
    # digests, times, topics
    CHANGING = "changing"  # of a digest: switch
    EVERY_DAY = "every_day"
    WORKDAYS = "workdays"
    WEEK = "week"  # 周, 星期
    LEADING = "leading"  # small words before a topic: 一下
    # times
    OWNING = "owning"  # before a part of the time: my week, the team's day
    THE = "the"
    PEOPLE = "people"  # people, 人员: who is asked about, or what a number before it counts
    BEHIND_TIME = "behind_time"  # is, 吗: of the words of no account those that may stand behind a time
    MEASURE = "measure"  # 元, 倍, k: 3.5元 is no date
    SINGLE = "single"  # of units: hour, day
    PLURAL = "plural"  # of units: hours, days
    MINUTE_SHORT = "minute_short"  # min
    MINUTES_SHORT = "minutes_short"  # mins, a plural too
    HOURS_SHORT = "hours_short"  # hrs, a plural too
    HOUR_LETTER = "hour_letter"
    MINUTE_LETTER = "minute_letter"
    DAY_LETTER = "day_letter"
    WEEK_LETTER = "week_letter"
    DAYS = "days"  # 天, 日: what counts days
    YEARS = "years"  # 年
    ONE = "one"  # 一, as a sign: 一点 is a little as well
    MORE_UNITS = "more_units"  # more, before a unit
    AND = "and"
    OR = "or"
    ONE_QUARTER = "one_quarter"
    THREE_QUARTERS = "three_quarters"
    HALF_MORE = "half_more"  # 半, behind a unit
    AM_LETTER = "am_letter"  # the a of 3a
    PM_LETTER = "pm_letter"
    SHARP = "sharp"  # sharp, ish: behind an hour
    POINT = "point"  # 点, 时: behind an hour
    POINTS = "points"  # a 点 before what it counts: 三点问题
    PAST = "past"  # past, between minutes and an hour
    PAST_SIGN = "past_sign"  # 过, between an hour and minutes
    TO = "to"  # to, also between minutes and an hour
    EARLY = "early"  # 早, behind a day
    EVENING = "evening"  # 晚, behind a day
    DURING = "during"  # over, before a meal
    NEXT = "next"
    NEXT_SIGN = "next_sign"  # 下
    COMING = "coming"  # coming: the next one, whichever week it is in
    LAST = "last"
    FINAL = "final"  # 最后
    THESE = "these"  # 这, before a length
    STARTING = "starting"
    STARTING_FROM = "starting_from"
    FROM = "from"
    FROM_NOW = "from_now"
    AFTER = "after"
    BEFORE = "before"
    LATER_THAN = "later_than"
    AFTERWARDS = "afterwards"  # 后, before a length or behind one
    FORE = "fore"  # 前: behind a length ago, before one the first of them
    AGO = "ago"  # 以前, behind a length
    BEGIN = "begin"  # 开始
    BEHIND = "behind"  # 初, 底: a portion that stands behind its whole
    WEEK_OF = "week_of"
    ITSELF = "itself"  # 当天, behind a holiday
    NO_DAY = "no_day"  # the sun, "I sat": of weekdays
    NUMBERED = "numbered"  # a 号 before what it numbers: 3号线


NO_SENSES: frozenset[Sense] = frozenset()
