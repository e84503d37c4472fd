"""English words by what they tell beside their kind; a word may stand on several lines."""

from __future__ import annotations

from bot.language.tokens import Cue
from bot.language.words.en.people import GIVEN, TITLES

_LEFT_OUT = (
    "isn't coming, is not coming, can't make it, cannot make it, won't make it, isn't joining, can't come, can't join, "
    "won't be there, can't attend"
)
_UNDO = "cancel, undo, call it off"
CUES: dict[Cue, str] = {
    # people
    Cue.WE: "we, us, our, we're, we'll",
    Cue.TEAM: "the team, team",
    Cue.THE_TEAM: "the team, team",
    Cue.TEAM_MEMBERS: "team, folks, people, guys",
    Cue.BUT: "but",
    Cue.LEFT_OUT: _LEFT_OUT,
    Cue.HEADS: "people, ppl, persons, colleagues",
    Cue.GATHER: "get, any",
    Cue.US: "us",
    Cue.WHOLE: "the, all",
    Cue.MY: "my",
    Cue.OBJECT_CASE: "me",
    Cue.GIVEN: ", ".join(sorted(GIVEN)),
    Cue.TITLE: ", ".join(sorted(TITLES)),
    Cue.CALLING: "call, meet, sync, 1:1, interview, get",
    Cue.FOLLOWING: f"instead, too, {_LEFT_OUT}",
    Cue.PERHAPS: "maybe, possibly, perhaps, ideally",
    Cue.PRESENT: "around, in",
    # questions and courtesy
    Cue.QUESTION: "?, how about",
    Cue.QUESTION_MARK: "?",
    Cue.INTERROGATIVE: "what, how, where",
    Cue.ASKING_AFTER: ("when's, what's, how's, hows, when do, when does, when can, when is, when are, when will"),
    Cue.AUXILIARY: "is, are, was, were, will, can, could, does, do, did, has, would, should",
    Cue.COPULA: "is, are",
    Cue.WILL: "will",
    Cue.IF: "if, whether, once, as soon as",
    Cue.COURTESY: "thanks, thx, thank, ty, cheers, regards, please, pls, plz",
    Cue.YES: "ok, okay",
    Cue.HOW_SOON: "how soon",
    # wants
    Cue.GET: "get",
    Cue.TOGETHER: "together",
    Cue.NEED: "need",
    Cue.SCHEDULE: "schedule",
    Cue.AVAILABILITY: "availability",
    Cue.HAVING: "have, has, got, are there, there",
    Cue.AROUND: "around",
    Cue.ROSTER: "team, the team, our team, off the team",
    Cue.SETTINGS: "settings, setting, timezone, tz, language",
    Cue.INTO: "as",
    # orders about an answer
    Cue.TAKING: "take, go, pick, choose",
    Cue.TAKING_IT: "book, reserve, schedule, it, that, this",
    Cue.OPTION: "option, slot, number, no., choice, time, #",
    Cue.AGREEING: "let's, lets, i'll, with, like, would, good, works, ok, okay",
    Cue.CANCEL: _UNDO,
    Cue.UNDO: _UNDO,
    Cue.UNDONE: "it, last, booking, reservation, event",
    Cue.ONCE: "once, as soon as, when",
    # changes of the last request
    Cue.LATER: "later",
    Cue.EARLIER: "earlier",
    Cue.LATER_BY: "push, push it, push that, move it, move that, by, back, delay, later",
    Cue.EARLIER_BY: "earlier, forward, bring it forward, bring forward",
    Cue.OTHER_DAY: "anyotherday, anotherday, someotherday, adifferentday, differentday, otherdays",
    Cue.MARK: "that",
    Cue.TOO: "too, also, again, either, as well",
    Cue.ENOUGH: "ok, enough, plenty, works",
    Cue.ASKING_FOR: "can, could, you, let's",
    Cue.WAITING: "once, as soon as",
    Cue.LEAVE: "leave",
    Cue.OUT: "out",
    # digests
    Cue.CHANGING: "move, switch, change, make, change to, switch to",
    Cue.EVERY_DAY: "every day, everyday, daily",
    Cue.WORKDAYS: "every weekday, every workday",
}
"""Words with commas between. Those that may be made of several tokens (anotherday) stand without blanks."""
_OPENING = (
    "is, are, am, was, were, do, does, did, can, could, will, would, shall, should, has, have, when, what, which, who, "
    "whose, whom, how, where, why, isn't, aren't, don't, doesn't, can't, won't, any, anyone, anybody, what's, who's, "
    "when's, how's, where's"
)
OPENING = frozenset(_OPENING.split(", "))
"""First words of a question."""
LEADING_TO_NAME = (" with", " for")
"""Ends of phrases that a name follows: lunch with."""
MONTHLY = "month"
"""What stands in the words for months and what happens in each."""
