"""English words and phrases, each with the part it plays. Keys are lower case, single-spaced, without hyphens."""

from __future__ import annotations

from bot.language.tags import DayPart, Digits, Extent, Half, Join, Position, Repeat, Tag, Unit, WeekTag
from bot.language.tokens import Entry, Kind
from bot.language.words import holidays
from bot.language.words.en import requests

MONTHS = (
    "january jan",
    "february feb febr feburary",
    "march mar",
    "april apr",
    "may",
    "june jun",
    "july jul",
    "august aug",
    "september sep sept",
    "october oct",
    "november nov",
    "december dec",
)
WEEKDAYS = (
    "monday mon mondays",
    "tuesday tue tues tuesdays",
    "wednesday wed weds wednesdays wednes",
    "thursday thu thur thurs thursdays",
    "friday fri fridays",
    "saturday sat saturdays",
    "sunday sun sundays",
)
BEFORE_SUN = ("the", "i", "we")
BEFORE_SAT = ("the", "i", "we")
BEHIND_SAT = (("through", "the"), ("through", "a"), ("through", "my"))
"""What makes another word of "sun" and "sat"."""
NUMBERS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]

_RELATIVE_DAYS = {
    0: "today, tdy, 2day, for the day, this day",
    1: "tomorrow, tmr, tmrw, tmw, 2moro, tomoro, the next day, for the day after",
    2: "day after tomorrow, day after tmr, day after tmrw, day after tomorow, day after tommorow, "
    "day after tommorrow, overmorrow",
    -1: "yesterday",
    -2: "day before yesterday",
}
_PARTS = {
    DayPart.EARLY_HOURS: "early hours, early hours of the morning, small hours",
    DayPart.FIRST: "first thing, first thing in the morning",
    DayPart.MORNING: "mornin, morning, mornings, forenoon, morn",
    DayPart.NOON: "lunchtime, lunch time, lunchtimes, midday hours",
    DayPart.AFTERNOON: "afternoon, afternoons, arvo",
    DayPart.EVENING: "evening, evenings, night, nights",
    DayPart.WORKING: "working hours, business hours, office hours, work hours, working time",
    DayPart.AFTER_WORK: "after work",
    DayPart.DAY: "all day, whole day, entire day, full day",
}
_PHRASES: tuple[tuple[Kind, int, str, str], ...] = (
    (
        Kind.NOW,
        0,
        "",
        "now, right now, at the moment, at this moment, atm, currently, rn, asap, just now, right away, "
        "immediately, as soon as possible",
    ),
    (Kind.SHIFT, 0, "this", "this, current, the current"),
    (
        Kind.SHIFT,
        1,
        "next",
        "next, nxt, coming, the coming, following, upcoming, the following, forthcoming",
    ),
    (Kind.SHIFT, -1, "last", "last, past few, previous"),
    (Kind.UNIT, 0, Unit.MINUTE, "minute, minutes, min, mins, mns"),
    (Kind.UNIT, 0, Unit.HOUR, "hour, hours, hr, hrs"),
    (Kind.UNIT, 0, Unit.DAY, "day, days"),
    (
        Kind.UNIT,
        0,
        Unit.WORKDAY,
        "business day, business days, working day, working days, workday, workdays, weekdays",
    ),
    (Kind.UNIT, 0, Unit.WEEK, "week, weeks, wk, wks"),
    (Kind.UNIT, 0, Unit.WORKWEEK, "workweek, working week, work week"),
    (Kind.UNIT, 0, Unit.FORTNIGHT, "fortnight, fortnights"),
    (Kind.UNIT, 0, Unit.MONTH, "month, months"),
    (Kind.UNIT, 0, Unit.YEAR, "year, years"),
    (Kind.WEEKEND, 0, "", "weekend, weekends"),
    (Kind.WEEK, 2, "", "week after next, the week after next"),
    (Kind.WEEK, 0, "", "all week"),
    (Kind.WEEK, 0, WeekTag.OF, "week of, week beginning, week commencing, w/c, wc, wk of"),
    (Kind.HALF, 0, "", "half"),
    (Kind.QUARTER, 15, "", "quarter, quarters, three quarters"),
    (Kind.PORTION, 0, Extent.START, "beginning of, start of, the beginning of, the start of, early, early in"),
    (Kind.PORTION, 0, Extent.MIDDLE, "mid, middle of, the middle of"),
    (Kind.PORTION, 0, Extent.END, "end of, the end of"),
    (Kind.PORTION, 0, Extent.LATE, "late, late in, later, later in"),
    (Kind.PORTION, 0, Extent.REST, "rest of, remainder of, remaining of, rest, remaining, the rest of"),
    (Kind.MERIDIEM, 0, Half.AM, "am, a.m, a m, in the am"),
    (Kind.MERIDIEM, 12, Half.PM, "pm, p.m, p m, in the pm"),
    (Kind.MERIDIEM, 0, Half.EITHER, "ampm"),
    (Kind.CLOCK_SIGN, 0, "", "o'clock, oclock, o clock"),
    (Kind.EXACTLY, 0, "", "ish, sharp, or so"),
    (Kind.PAST, 1, "", "past"),
    (Kind.PAST, -1, "to", "till the hour"),
    (Kind.ZONE_SIGN, 0, "", "time"),
    (Kind.TO, 0, "", "to, through, thru, til, up to"),
    (Kind.LIST, 0, Join.OR, "or, or maybe, or else, or on, vs, versus"),
    (Kind.LIST, 0, Join.AND, "and, plus, also, as well as"),
    (Kind.BEFORE, 0, "", "before, prior to, earlier than, ahead of, b4"),
    (Kind.AFTER, 0, "", "after, later than, past the"),
    (Kind.BY, 0, "", "by, no later than, not later than, at the latest by"),
    (Kind.UNTIL, 0, "", "until, till, up until"),
    (
        Kind.FROM,
        0,
        "",
        "from, starting, starting from, starting at, beginning, since, as of, starting on, commencing",
    ),
    (Kind.BETWEEN, 0, "", "between, in between, btw, btwn"),
    (Kind.IN, 0, "", "in"),
    (Kind.AT, 0, Tag.TOPIC, "about"),
    (Kind.AT, 0, "", "at, around, approximately, approx, circa, @, from around"),
    (Kind.ON, 0, "", "on"),
    (Kind.FOR, 0, "", "for, lasting"),
    (Kind.WITHIN, 0, "", "within, less than, inside, in less than, over the, during the"),
    (Kind.ONWARDS, 0, "", "onwards, onward, or later, and later, and after, on out"),
    (
        Kind.LATER,
        0,
        "",
        "from now, hence, from right now, in the future, from today, after now, time from now",
    ),
    (Kind.AGO, 0, "", "ago, earlier"),
    (
        Kind.NOT,
        0,
        "",
        "nothing, no need for, not, except, all but, excluding, avoid, avoiding, but not, other than, apart from, "
        "not on, no, besides, skip, don't, anything but, any day but",
    ),
    (Kind.ONLY, 0, "", "only, just"),
    (Kind.EVERY, 0, "", "daily, every day, everyday"),
    (
        Kind.EVERY,
        1,
        Repeat.WORKDAYS,
        "every weekday, every workday, each weekday, every working day, every business day",
    ),
    (Kind.EVERY, 1, Unit.MONTH, "monthly on, monthly on the, every month on the"),
    (Kind.EVERY, 1, "", "every, each, weekly, every week, each week, weekly on, every week on"),
    (
        Kind.EVERY,
        2,
        "",
        "every other, every second, every two weeks, biweekly, bi weekly, fortnightly, every 2 weeks, "
        "every other week, every other week on, every fortnight, biweekly on",
    ),
    (Kind.SOME, 3, "", "few, a few, several, some"),
    (Kind.SOME, 2, "", "couple, couple of, a couple, a couple of"),
    (Kind.ARTICLE, 1, "", "a, an"),
    (Kind.OF, 0, "", "of"),
    (
        Kind.FILL,
        0,
        "",
        "the, please, sometime, some time, anytime, any time, time's, ish, then, maybe, perhaps, preferably, "
        "ideally, more, during, approximately, exactly, possibly, probably, over, that, it's, a bit, bit, a little, "
        "a little bit, either, one of, any of",
    ),
    (
        Kind.WHO,
        0,
        "",
        "whoever, whoever's, whoever is, whichever, who, who's, whos, whose, whom, anyone, anybody, somebody, "
        "someone, which of us, who is, who all, any one, people, which people, how many people",
    ),
    (Kind.WHO, 0, Tag.NOBODY, "nobody, no one, noone"),
    (Kind.ME, 0, "", "me, i, my, mine, myself, i'm, im, i'll, i've, i'd"),
    (
        Kind.EVERYONE,
        0,
        Tag.TEAM,
        "the rest of the team, the team, whole team, team's, entire team, the whole team, the entire team, "
        "the team's, our team, our team's, all the team",
    ),
    (
        Kind.EVERYONE,
        0,
        "",
        "everyone else, everybody else, all others, everybody's, every1, evryone, everyones, everybodys, everyone, "
        "everybody, we, us, our, all of us, everyone's, we're, we'll, y'all, you all, all hands, the group, "
        "the whole group",
    ),
    (Kind.EVERYONE, 1, "", "all"),
    (
        Kind.WITH,
        0,
        "",
        "out of, attendees, participants, make sure, w, with, w/, together with, along with, including, incl, and also",
    ),
    (Kind.WITH, 1, "", "without, minus, w/o"),
    (
        Kind.AVAILABLE,
        0,
        Tag.DOING,
        "join, joining, attend, attending, dial in, working, covering, on shift, on duty, able to, can join, "
        "can attend",
    ),
    (
        Kind.AVAILABLE,
        0,
        Tag.WEAK,
        "ok, okay, open, works",
    ),
    (
        Kind.AVAILABLE,
        0,
        Tag.HERE,
        "be in, be there, be here, be around, around, busy, in the office, in office, at work, occupied, tied up, "
        "on call",
    ),
    (
        Kind.AVAILABLE,
        0,
        "",
        "in on, free, available, availability, avail, has time, have time, got time, have a moment, has a moment, "
        "have a minute, can meet, can make it, avaliable, availble, availabe, avalible, avaible, availible, "
        "avilable, works for, ok for, okay for, good for, up for, free slot",
    ),
    (
        Kind.AWAY,
        0,
        Tag.LEAVE,
        "on leave, on vacation, on holiday, on pto, pto, sick, sick leave, vacation, leave, holiday, ooo, "
        "out of office, on annual leave, annual leave, on sick leave, off sick, parental leave, out sick, off, out",
    ),
    (
        Kind.AWAY,
        0,
        "",
        "isn't coming, is not coming, can't make it, cannot make it, won't make it, isn't joining, can't come, "
        "can't join, won't be there, can't attend, away, absent, travelling, traveling, unavailable, not available, "
        "not free, wfh",
    ),
    (
        Kind.FIND,
        0,
        Tag.TIME,
        "slot, slots, gap, gaps, time slot, find time, find a time, common time, free slots, a time that works, "
        "timeslot, best time, good time, pick a time, first gap, what time works",
    ),
    (
        Kind.FIND,
        0,
        "",
        "find, look for, looking for, search, opening, need, suggest, propose, squeeze in, any room, coordinate, "
        "arrange, get together, find me, first free, when works, which works, overlap",
    ),
    (
        Kind.BOOK,
        0,
        Tag.TITLED,
        "schedule a, schedule an, schedule the, plan a",
    ),
    (
        Kind.BOOK,
        0,
        "",
        "book, reserve, block, set up, setup, invite, put in, pencil in, create a meeting, create an event, "
        "schedule me, block out, block off, add a meeting, add a new meeting, add an event, add event, add meeting, "
        "create meeting, create a new meeting, set a meeting, make a meeting, put a meeting, arrange a meeting, "
        "schedule a new meeting, add a call, set a call, schedule us, set something up, organize, organise, "
        "schedule with, schedule, make an appointment, set an appointment, arrange an appointment, get an appointment, "
        "set up an appointment, book an appointment, schedule an appointment",
    ),
    (
        Kind.MEET,
        0,
        Tag.WHAT,
        "standup, stand up, review, kickoff, kick off, interview, workshop, demo, retro, retrospective, offsite, "
        "townhall, town hall, one on one, debrief, onboarding, training, presentation, brainstorm session, "
        "planning session, session, check in, all hands meeting, hackathon, briefing, webinar, lunch meeting",
    ),
    (
        Kind.MEET,
        0,
        "",
        "meet, meeting, appointment, call, sync, chat, catch up, lunch with, dinner, coffee, 1:1, talk, meetup, "
        "breakfast with, drinks",
    ),
    (
        Kind.SHOW,
        0,
        "",
        "show, view, list, list out, read me, display, see, look at, check, anything on, what's on, whats on, "
        "what is on, give me",
    ),
    (
        Kind.CALENDAR,
        0,
        "",
        "diary, calendar, calendars, overview, heat map, heatmap, free/busy, schedules, agenda, plans, plan, "
        "workload, schedule for, the schedule, my schedule, schedule of, busy times, free busy, meetings, "
        "appointments, team's week, team week, events, look like, looks like",
    ),
    (
        Kind.WHEN,
        0,
        Tag.FREE,
        "next time, next free, next available",
    ),
    (
        Kind.WHEN,
        0,
        "",
        "when, when's, whens, what time, which day, what day, how soon, soonest, earliest, when is, when are, "
        "when will, when can, when does, when do",
    ),
    (Kind.DIGEST, 0, Tag.WEEKLY, "weekly digest, weekly report, weekly summary, weekly overview"),
    (Kind.DIGEST, 0, Tag.MONTHLY, "monthly digest, monthly report, monthly summary"),
    (
        Kind.DIGEST,
        0,
        "",
        "digest, digests, daily digest, daily report, daily summary, morning report, team digest, "
        "daily team digest, daily overview",
    ),
    (
        Kind.STOP,
        0,
        "",
        "undo, call it off, stop, turn off, disable, cancel, unsubscribe, switch off, end the, no more",
    ),
    (Kind.STOP, 1, "", "pause, suspend, mute, snooze"),
    (Kind.START, 0, "", "start, turn on, enable, send, post, subscribe, resume, switch on"),
    (
        Kind.TEAM,
        0,
        "",
        "team, roster, team members, members, the team members, in the team, on the team, in our team, on our team, "
        "in this team, from the team, to the team, to our team, from our team, to team, from team, team list",
    ),
    (Kind.ADD, 0, "", "add, include"),
    (
        Kind.NOT,
        0,
        Position.SUFFIX,
        "doesn't work, don't work, doesn't work for me, don't work for me, does not work, won't work, "
        "is not possible, isn't possible, is no good, is out",
    ),
    (Kind.REMOVE, 0, "", "off the team, off our team, remove, delete, drop, kick, take out, leave out, exclude"),
    (Kind.LANGUAGE, 0, "zh", "chinese, mandarin"),
    (Kind.LANGUAGE, 0, "en", "english"),
    (Kind.THERE, 0, "", "local time, local"),
    (Kind.SET_ZONE, 0, "", "timezone, time zone, tz"),
    (
        Kind.USE,
        0,
        "",
        "speak, use, language, switch to, reply in, answer in, change to, talk in, set language, set language to, in",
    ),
    (
        Kind.HELP,
        0,
        "",
        "help, help me, what can you do, how does this work, how do you work, usage, how do i use, commands, "
        "what do you do, hello, hi, hey, who are you, how to use, instructions, manual, options",
    ),
    (
        Kind.CHANGE,
        0,
        "",
        "what about, how about, instead, make it, change it to, make that, try, switch it to, what if, "
        "and what about, shorten it to, shorten to, cut it to, extend it to, extend to",
    ),
    (
        Kind.CHANGE,
        0,
        Tag.MOVE,
        "move it to, move to, push it to, push to, move that to, reschedule to, reschedule it to",
    ),
    (Kind.SAME, 0, "", "same time, the same time, at the same hour, same hours, the same hours, same slot"),
    (
        Kind.TELL,
        0,
        Tag.REMIND,
        "remind me",
    ),
    (
        Kind.TELL,
        0,
        "",
        "tell me, let me know, notify me, ping me, alert me, give me a shout, message me, inform me",
    ),
    (Kind.REMINDER, 0, "", "reminder, reminders"),
    (Kind.AT_LEAST, 0, "", "at least, no fewer than, minimum"),
    (
        Kind.OPTIONAL,
        0,
        "",
        "if she can, if he can, if they can, if he's free, if she's free, optional, optionally, if possible, "
        "nice to have, not required, isn't required, doesn't have to come, doesn't need to come, need not come",
    ),
    (
        Kind.REQUIRED,
        0,
        "",
        "must be there, must be in, must come, must attend, must join, is required, are required, required, "
        "mandatory, has to be there, have to be there, has to come, has to attend, needs to be there, "
        "need to be there, needs to come, needs to attend, is a must, are a must, is mandatory",
    ),
    (Kind.OFF_TOPIC, 0, "", "weather, mood, rain, snow, joke, news, stock, stocks, movie, lottery, exchange rate"),
    (
        Kind.OPTIONAL,
        1,
        "before",
        "and maybe, and possibly, and optionally, and perhaps, maybe also, optionally, plus maybe, and if possible, "
        "and ideally",
    ),
    (
        Kind.MEET,
        0,
        Tag.OVER,
        "get out of, gets out of, get out, out of his meeting, out of her meeting, out of their meeting, "
        "be done with, done with, finish with",
    ),
    (
        Kind.CALENDAR,
        0,
        Tag.MOST,
        "most free, most available, least busy, freest, most open, "
        "which day is best, what day is best, which day works best, which day suits best, which day would be best",
    ),
    (
        Kind.CHAT,
        0,
        "",
        "this chat, this group, the chat, the group chat, this channel, the chat's, this chat's, chat's",
    ),
    (Kind.CHAT, 1, "", "chat id, group id, conversation id, chat's id, the chat id, this chat's id"),
    (Kind.HIDE, 0, "", "hide me, don't show me, do not show me, keep me hidden"),
    (Kind.HIDE, 1, "", "unhide me, show me again, stop hiding me, don't hide me, do not hide me"),
    (
        Kind.AHEAD_OF,
        1,
        "",
        "ahead, beforehand, prior, in advance, ahead of time, before it starts, before the start, before it begins, "
        "before the meeting, before we start, before that, early, before start, before the call",
    ),
    (Kind.BOTH, 0, "", "both, together, common, shared, at the same time, jointly"),
    (
        Kind.BE,
        0,
        "",
        "his, hers, their, theirs, know, think, make, take, thx, thanks, pls, plz, ppl, cover, cover for, "
        "covering for, fill in for, filling in for, stand in for, step in for, sub for, substitute for, take over for, "
        "take over from, drop, like, want, "
        "care, tell, say, guys, folks, sir, sorry, quick, just so, fyi, also can, will you, possible, come, go, "
        "stay, help out, is, are, am, was, were, will, be, can, could, does, do, has, have, would, should, did, "
        "may, shall, might, been, being, must, let's, lets, isn't, aren't, can't, got, get, what's, what, how, but, "
        "question, questions, cheers, regards, best regards, kind regards, thank, ty, thank you, they're, he's, "
        "she's, they'll, he'll, she'll, you're, you, your, yours, u, r, they, them, he, she, him, her, it, its, "
        "there, here, anything, something, nothing, these, those, hows, how's, both of, which, okay, fine",
    ),
    (
        Kind.PLACE,
        0,
        Tag.ROOM,
        "room, meeting room, conference room, boardroom, meeting rooms, conference rooms, rooms",
    ),
    (
        Kind.PLACE,
        0,
        "",
        "bldg, blk, block, suite, hall, lobby, studio, floor, building, version, ver, desk, gate, flight, page, "
        "ticket, issue, bug, pr, chapter, line, no., number, phase, apartment, apt, level, tower, terminal, ext, "
        "extension, build, release v, sprint, top, http, https, www, meeting id, id, port, unit, item, step, grade, "
        "iso, windows, python, v",
    ),
)
"""Kind, value, tag, and the words and phrases with commas between."""
MISSPELT = (
    "until",
    "before",
    "between",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "tomorrow",
    "february",
    "september",
    "october",
    "november",
    "december",
    "january",
    "today",
    "tonight",
    "morning",
    "afternoon",
    "evening",
    "midnight",
    "weekend",
    "lunchtime",
    "august",
)
"""Words that are still recognised with one letter dropped, doubled or swapped with its neighbour."""


def _ordinals() -> dict[str, Entry]:
    found = {word: Entry(Kind.ORDINAL, number) for number, word in enumerate(ORDINALS, start=1)}
    return found | {"thirtieth": Entry(Kind.ORDINAL, 30), "thirty first": Entry(Kind.ORDINAL, 31)}


def _compounds() -> dict[str, Entry]:
    """twenty one .. fifty nine, and twenty first .. twenty ninth."""
    found = {
        f"{tens} {ones}": Entry(Kind.NUMBER, value + one, Digits.WORD)
        for tens, value in TENS.items()
        for one, ones in enumerate(NUMBERS[1:10], start=1)
    }
    return found | {f"twenty {word}": Entry(Kind.ORDINAL, 20 + one) for one, word in enumerate(ORDINALS[:9], start=1)}


def _gives_way(word: str, entry: Entry, table: dict[str, Entry]) -> bool:
    """True for a word that the table does not have, or has as one that says nothing by itself."""
    return word not in table or table[word].kind is Kind.BE or entry.kind is Kind.ERRAND


def _build() -> dict[str, Entry]:
    table: dict[str, Entry] = {}
    for kind, value, tag, words in _PHRASES:
        table |= {word: Entry(kind, value, tag) for word in words.split(", ") if word not in table}
    table |= {word: entry for word, entry in requests.WORDS.items() if _gives_way(word, entry, table)}
    table |= {word: Entry(Kind.NUMBER, number, Digits.WORD) for number, word in enumerate(NUMBERS)}
    table |= {word: Entry(Kind.NUMBER, number, Digits.WORD) for word, number in TENS.items()}
    table |= _ordinals() | _compounds() | holidays.WORDS_EN
    for number, words in enumerate(MONTHS, start=1):
        table |= {word: Entry(Kind.MONTH, number) for word in words.split()}
    for number, words in enumerate(WEEKDAYS):
        table |= {word: Entry(Kind.WEEKDAY, number) for word in words.split()}
    for offset, listed in _RELATIVE_DAYS.items():
        table |= {word: Entry(Kind.RELATIVE_DAY, offset) for word in listed.split(", ")}
    for part, listed in _PARTS.items():
        table |= {word: Entry(Kind.PART, 0, part) for word in listed.split(", ")}
    table |= {word: Entry(Kind.MEAL, 0, DayPart.LUNCH) for word in ("lunch", "lunch break")}
    table |= {word: Entry(Kind.MEAL, 0, DayPart.BREAKFAST) for word in ("breakfast",)}
    table |= {word: Entry(Kind.PART, 0, DayPart.NOON_POINT) for word in ("noon", "midday", "mid day", "12 noon")}
    table |= {word: Entry(Kind.PART, 0, DayPart.MIDNIGHT) for word in ("midnight", "mid night")}
    table |= {
        word: Entry(Kind.PART, 0, DayPart.CLOSE)
        for word in (
            "eod",
            "cob",
            "end of day",
            "close of business",
            "end of the day",
            "the end of the day",
            "the end of day",
            "end of business",
            "eob",
        )
    }
    table |= {
        word: Entry(Kind.RELATIVE_MONTH, 0, Extent.END)
        for word in ("eom", "end of month", "month end", "end of the month", "the end of the month")
    }
    table |= {
        word: Entry(Kind.WEEK, 0, WeekTag.END)
        for word in ("eow", "end of week", "end of the week", "the end of the week")
    }
    return table


WORDS = _build()
DAY_PARTS: dict[str, tuple[Entry, ...]] = {
    word: (Entry(Kind.RELATIVE_DAY, day), Entry(Kind.PART, 0, part))
    for day, part, words in (
        (0, DayPart.EVENING, ("tonight", "tonite", "2nite", "this evening", "this night", "2night")),
        (0, DayPart.MORNING, ("this morning",)),
        (0, DayPart.AFTERNOON, ("this afternoon", "this arvo")),
        (0, DayPart.NOON, ("this lunchtime",)),
        (1, DayPart.EVENING, ("next evening", "next night")),
        (1, DayPart.MORNING, ("next morning",)),
        (1, DayPart.AFTERNOON, ("next afternoon",)),
        (-1, DayPart.EVENING, ("last night",)),
    )
    for word in words
}
DAY_PARTS |= {
    word: (Entry(Kind.SHIFT, 0, "this"), Entry(Kind.UNIT, 0, Unit.MONTH), Entry(Kind.EVERY, 1))
    for word in ("every month", "each month")
}
"""Words that name a day and a part of it, or a month of each."""
LONGEST = max(len(word.split()) for word in WORDS)


def _beginnings() -> frozenset[str]:
    phrases = [phrase.split() for phrase in (*WORDS, *DAY_PARTS) if " " in phrase]
    return frozenset(" ".join(words[:count]) for words in phrases for count in range(1, len(words)))


BEGINNINGS = _beginnings()
"""The first words of phrases: those behind which a phrase may go on."""
