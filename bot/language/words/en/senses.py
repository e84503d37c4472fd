"""English words by their senses; a word may stand on several lines."""

from __future__ import annotations

from bot.language.senses import Sense
from bot.language.words.en.people import GIVEN, TITLES

_LEFT_OUT = (
    "isn't coming, is not coming, can't make it, cannot make it, won't make it, isn't joining, can't come, "
    "can't join, won't be there, can't attend"
)
_UNDO = "cancel, undo, call it off"
SENSES: dict[Sense, str] = {
    # people
    Sense.WE: "we, us, our, we're, we'll",
    Sense.TEAM: "the team, team",
    Sense.THE_TEAM: "the team, team",
    Sense.TEAM_MEMBERS: "team, folks, people, guys",
    Sense.BUT: "but",
    Sense.LEFT_OUT: _LEFT_OUT,
    Sense.HEADS: "people, ppl, persons, colleagues",
    Sense.GATHER: "get, any",
    Sense.US: "us",
    Sense.WHOLE: "the, all",
    Sense.MY: "my",
    Sense.WHAT: "what, what's",
    Sense.DOING: "doing, up to",
    Sense.THEIR: "his, her, their",
    Sense.STANDING_IN: "cover, cover for, covering for, fill in for, filling in for, stand in for, step in for, "
    "sub for, substitute for, take over for, take over from",
    Sense.OBJECT_CASE: "me",
    Sense.GIVEN: ", ".join(sorted(GIVEN)),
    Sense.TITLE: ", ".join(sorted(TITLES)),
    Sense.CALLING: "call, meet, sync, 1:1, interview, get",
    Sense.FOLLOWING: f"instead, too, {_LEFT_OUT}",
    Sense.PERHAPS: "maybe, possibly, perhaps, ideally",
    Sense.PRESENT: "around, in",
    # questions and courtesy
    Sense.QUESTION: "?, how about",
    Sense.QUESTION_MARK: "?",
    Sense.INTERROGATIVE: "what, how, where",
    Sense.ASKING_AFTER: ("when's, what's, how's, hows, when do, when does, when can, when is, when are, when will"),
    Sense.AUXILIARY: "is, are, was, were, will, can, could, does, do, did, has, would, should",
    Sense.COPULA: "is, are",
    Sense.BEING: "is, are, am, isn't, aren't",
    Sense.MODAL: "can, can we, can i, could, could we, should, should we, would, shall, shall we, may",
    Sense.GOING_ON: "meeting",
    Sense.MOVING: "move, moving, bump",
    Sense.MEETINGS: "meeting, meetings, appointment, appointments",
    Sense.ANY_ROOM: "any room",
    Sense.SWITCHED_OFF: "off",
    Sense.SWITCHED_ON: "on",
    Sense.MAKING: "set, set up, put, create, make, add, need",
    Sense.WILL: "will",
    Sense.IF: "if, whether, once, as soon as",
    Sense.COURTESY: "thanks, thx, thank, ty, cheers, regards, please, pls, plz",
    Sense.PARTING: "until tomorrow, till tomorrow",
    Sense.YES: "ok, okay",
    Sense.HOW_SOON: "how soon",
    Sense.WHICH_DAY: "which day, what day, which day is best, what day is best, which day works best, "
    "which day suits best, which day would be best",
    # wants
    Sense.GET: "get",
    Sense.TOGETHER: "together",
    Sense.NEED: "need",
    Sense.SCHEDULE: "schedule",
    Sense.AVAILABILITY: "availability",
    Sense.HAVING: "have, has, got, are there, there",
    Sense.AROUND: "around",
    Sense.ROSTER: "team, the team, our team, off the team",
    Sense.SETTINGS: "settings, setting, timezone, tz, language",
    Sense.INTO: "as",
    # orders about an answer
    Sense.TAKING: "take, go, pick, choose",
    Sense.TAKING_IT: "book, reserve, schedule, it, that, this",
    Sense.OPTION: "option, slot, number, no., choice, time, #",
    Sense.AGREEING: "let's, lets, i'll, with, like, would, good, works, ok, okay",
    Sense.CANCEL: _UNDO,
    Sense.UNDO: _UNDO,
    Sense.UNDONE: "it, last, booking, reservation, event",
    Sense.ONCE: "once, as soon as, when",
    # changes of the last request
    Sense.LATER: "later",
    Sense.EARLIER: "earlier",
    Sense.LATER_BY: "push, push it, push that, move it, move that, by, back, delay, later",
    Sense.EARLIER_BY: "earlier, forward, bring, bring it forward, bring forward",
    Sense.IT: "it, that, this",
    Sense.OTHER_DAY: "anyotherday, anotherday, someotherday, adifferentday, differentday, otherdays",
    Sense.MARK: "that",
    Sense.TOO: "too, also, again, either, as well",
    Sense.ENOUGH: "ok, enough, plenty, works",
    Sense.ASKING_FOR: "can, could, you, let's",
    Sense.WAITING: "once, as soon as",
    Sense.LEAVE: "leave",
    Sense.OUT: "out",
    # one's own hours
    Sense.NOT_WORKED: "i don't work, i'm not working, i am not working, my days off",
    Sense.WORK_ENDS: "i finish, i finish work",
    Sense.OWN_TIME: "my workday, my hours, my hours are, my work hours, my days off",
    # digests
    Sense.CHANGING: "move, switch, change, make, change to, switch to",
    Sense.EVERY_DAY: "every day, everyday, daily",
    Sense.WORKDAYS: "every weekday, every workday",
    # times
    Sense.THE: "the",
    Sense.OWNING: "my, team",
    Sense.PEOPLE: "people",
    Sense.BEHIND_TIME: "is, are, pls, plz, thanks, thx",
    Sense.MEASURE: "k, x",
    Sense.SINGLE: "hour, hr, minute, day, week, fortnight, month",
    Sense.PLURAL: "minutes, mns, hours, days, business days, working days, workdays, weekdays, weeks, wks, fortnights, "
    "months, years",
    Sense.MINUTE_SHORT: "min",
    Sense.MINUTES_SHORT: "mins",
    Sense.HOURS_SHORT: "hrs",
    Sense.HOUR_LETTER: "h",
    Sense.MINUTE_LETTER: "m",
    Sense.DAY_LETTER: "d",
    Sense.WEEK_LETTER: "w",
    Sense.MORE_UNITS: "more",
    Sense.AND: "and",
    Sense.OR: "or",
    Sense.ONE_QUARTER: "quarter",
    Sense.THREE_QUARTERS: "quarters, three quarters",
    Sense.AM_LETTER: "a",
    Sense.PM_LETTER: "p",
    Sense.SHARP: "ish, sharp",
    Sense.PAST: "past",
    Sense.TO: "to",
    Sense.DURING: "over, during",
    Sense.NEXT: "next",
    Sense.COMING: "coming, the coming, upcoming, forthcoming",
    Sense.LAST: "last",
    Sense.STARTING: "starting, starting on, beginning, commencing",
    Sense.STARTING_FROM: "starting from",
    Sense.FROM: "from",
    Sense.FROM_NOW: "from now, from right now",
    Sense.AFTER: "after",
    Sense.BEFORE: "before",
    Sense.LATER_THAN: "later",
    Sense.WEEK_OF: "week of",
}
"""Words with commas between. Those that may be made of several tokens (anotherday) stand without blanks."""
_OPENING = (
    "is, are, am, was, were, do, does, did, can, could, will, would, shall, should, has, have, when, what, which, "
    "who, whose, whom, how, where, why, isn't, aren't, don't, doesn't, can't, won't, any, anyone, anybody, what's, "
    "who's, when's, how's, where's"
)
OPENING = frozenset(_OPENING.split(", "))
"""First words of a question."""
LEADING_TO_NAME = (" with", " for")
"""Ends of phrases that a name follows: lunch with."""
MONTHLY = "month"
"""What stands in the words for months and what happens in each."""
