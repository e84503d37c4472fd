"""English words that a rule asks for by themselves, by their sense."""

from __future__ import annotations

from bot.language.tags import Sense
from bot.language.words.en.people import GIVEN

_WORDS = {
    Sense.THE: "the",
    Sense.MY: "my",
    Sense.TEAM: "team",
    Sense.PEOPLE: "people",
    Sense.CLOSING: "is, are, pls, plz, thanks, thx",
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
    Sense.MORE: "more",
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
    Sense.LATER: "later",
    Sense.WEEK_OF: "week of",
}
SENSES = {word: sense for sense, words in _WORDS.items() for word in words.split(", ")}
SENSES |= dict.fromkeys(GIVEN, Sense.GIVEN_NAME)
