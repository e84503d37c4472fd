"""What is wanted: decided by the kinds of words in a text and its form, the surest words first."""

from __future__ import annotations

from itertools import dropwhile

from bot.language.intents.administration import administrative
from bot.language.intents.evidence import Evidence
from bot.language.intents.orders import lists_reminders
from bot.language.intents.presence import has_meetings, is_in_meeting, leave, presence, rooms
from bot.language.intents.searches import plain, search
from bot.language.intents.unsupported import unsupported
from bot.language.senses import Sense
from bot.language.tags import DayPart, Tag
from bot.language.tokens import CLAUSE_ENDS, Kind
from bot.model.requests import Intent

_BESIDE_ADDED = (
    Kind.ADD, Kind.FILL, Kind.BE, Kind.LIST, Kind.COMMA, Kind.BREAK, Kind.MEET, Kind.NAME, Kind.WORD, Kind.HAN, Kind.TO,
    Kind.AT_SIGN, Kind.ARTICLE, Kind.SIGN, Kind.MONTH, Kind.WITH, Kind.ME,
)  # fmt: skip
_BESIDE_MINE = (Kind.SHOW, Kind.BREAK, Kind.COMMA)
_MINE_ABOUT = (DayPart.WORKING, DayPart.CLOSE)


def intent_of(evidence: Evidence) -> Intent:
    """The intent of a text. The order of the questions is the order of how sure their words are."""
    if evidence.any(Kind.REMINDER) and lists_reminders(evidence.rest, has_time=evidence.has_time):
        return Intent.SETTINGS
    if evidence.any(Kind.OFF_TOPIC) and not evidence.any(Kind.AVAILABLE, Kind.WHO, Kind.FIND, Kind.BOOK):
        return Intent.UNCLEAR
    found = unsupported(evidence) or _bookings(evidence) or _own(evidence) or _of_chat(evidence)
    if found:
        return found
    return administrative(evidence) or _about_people(evidence)


def _about_people(evidence: Evidence) -> Intent:
    return (
        rooms(evidence)
        or has_meetings(evidence)
        or leave(evidence)
        or presence(evidence)
        or _talk(evidence)
        or search(evidence)
        or plain(evidence)
        or _unclear(evidence)
    )


# ---------------------------------------------------------------- what the bot made
def _bookings(evidence: Evidence) -> Intent | None:
    """Meetings that are there: listed, moved, called off, people added."""
    if evidence.any(Kind.DIGEST):
        return None
    if evidence.any(Kind.MINE) or _are_mine(evidence) or _is_when(evidence):
        return Intent.BOOKINGS
    moved = evidence.any(Kind.MOVE) or evidence.tagged(Kind.CHANGE, Tag.MOVE)
    if moved and not evidence.any(Kind.AVAILABLE, Kind.WHO, Kind.FIND):
        return Intent.BOOKINGS
    stopped = evidence.any(Kind.STOP) and any(
        token.kind is Kind.STOP and Sense.CANCEL in token.senses for token in evidence.rest
    )
    if stopped and not evidence.any(Kind.AVAILABLE, Kind.WHO, Kind.FIND, Kind.TEAM):
        return Intent.BOOKINGS
    return Intent.BOOKINGS if _adds_guests(evidence) or _changes_guests(evidence) else None


def _are_mine(evidence: Evidence) -> bool:
    """True for 我的会 and "show my meetings", where nothing else is said."""
    if evidence.has_time or evidence.people:
        return False
    said = [token for token in evidence.rest if not (token.kind in _BESIDE_MINE or Sense.POSSESSIVE in token.senses)]
    return len(said) == 2 and Sense.MY in said[0].senses and Sense.MEETINGS in said[1].senses


def _is_when(evidence: Evidence) -> bool:
    """True for 评审是几点: when a meeting is that has a name; of other people's meetings nothing is told."""
    said = [token for token in evidence.rest if token.kind not in (*CLAUSE_ENDS, Kind.FILL, Kind.SHOW)]
    if len(said) != 2 or evidence.people:
        return False
    meeting, when = said
    named = meeting.kind is Kind.MEET and meeting.tag is Tag.WHAT and not meeting.text.isascii()
    return named and when.kind is Kind.WHEN and when.tag is not Tag.FREE


def _changes_guests(evidence: Evidence) -> bool:
    """True for a meeting that is deleted, and for guests of it: delete my lunch meeting, add Bob to the review."""
    if evidence.any(Kind.TEAM, Kind.DIGEST, Kind.AVAILABLE, Kind.WHO, Kind.WHEN, Kind.FIND, Kind.BOOK):
        return False
    if _has_its_time(evidence):
        return _is_changed(evidence)
    if not evidence.speaks_of(Kind.MEET):
        return _is_of_time(evidence)
    added = evidence.any(Kind.ADD) and evidence.any(Kind.TO) and bool(evidence.people)
    added = added and not evidence.any(Kind.CALENDAR)
    return added or evidence.any(Kind.REMOVE)


def _has_its_time(evidence: Evidence) -> bool:
    """True for 周三的会, 周三那个会 and 3点的会: a meeting that is there, by its time, of nobody who is named before.

    Whoever is taken off it may be: 把李娜从周三的会里去掉.
    """
    said = [token for token in evidence.rest if Sense.GIVING not in token.senses]
    begin = next((at + 1 for at, token in enumerate(said) if token.kind is Kind.FROM), 0)
    called = said[begin : begin + 2]
    if len(called) < 2 or called[0].senses.isdisjoint((Sense.POSSESSIVE, Sense.THE)):
        return False
    return Sense.MEETINGS in called[1].senses and evidence.has_time and not evidence.asks()


def _is_changed(evidence: Evidence) -> bool:
    """True for what is to become of it: 加上李娜, 把李娜去掉, 提前半小时, 不开了."""
    if evidence.people:
        return evidence.any(Kind.ADD, Kind.REMOVE) or evidence.says(Sense.MORE)
    off = evidence.says(Sense.NO) and evidence.any(Kind.MEET)
    return off or (evidence.any(Kind.AHEAD_OF) and evidence.has_length)


def _is_of_time(evidence: Evidence) -> bool:
    """True for a meeting that is called by its time alone: add Bob to my 3pm, remove him from the Friday one."""
    if not (evidence.people and evidence.has_time) or evidence.strange:
        return False
    joint = _joint_of_guests(evidence)
    behind = list(dropwhile(lambda token: token.kind is not joint, evidence.rest))[1:2]
    return joint is not None and bool(behind) and not behind[0].senses.isdisjoint((Sense.MY, Sense.THE))


def _joint_of_guests(evidence: Evidence) -> Kind | None:
    """What stands between guests and their meeting: add … to, remove … from, take … off."""
    if evidence.any(Kind.ADD):
        return Kind.TO
    if evidence.any(Kind.REMOVE):
        return Kind.FROM
    return Kind.AWAY if evidence.says(Sense.TAKING) and evidence.says(Sense.SWITCHED_OFF) else None


def _adds_guests(evidence: Evidence) -> bool:
    """True for somebody more, and nothing of a team, a time or a search: 再加上李娜."""
    if not (evidence.any(Kind.ADD) and evidence.people) or evidence.has_time or evidence.has_length:
        return False
    if evidence.any(Kind.TEAM, Kind.DIGEST, Kind.AVAILABLE, Kind.WHO, Kind.FIND, Kind.OPTIONAL) or evidence.says(
        Sense.ROSTER
    ):
        return False
    return all(token.kind in _BESIDE_ADDED or token.tag in (Tag.POLITE, Tag.ASK) for token in evidence.rest)


# ---------------------------------------------------------------- about the asker alone
def _own(evidence: Evidence) -> Intent | None:
    """The asker's own hours, days and place: 我周五不上班, I work 10 to 7, I'm in Berlin, my timezone is Berlin."""
    mine = evidence.any(Kind.ME) or evidence.speaks_of(Kind.OWN_HOURS, value=1)
    if not mine or evidence.any(Kind.WHO, Kind.WHEN, Kind.FIND, Kind.DIGEST) or evidence.people:
        return None
    if evidence.tagged(Kind.BE, Tag.ASK) or evidence.says(Sense.QUESTION_MARK) or evidence.opens_with_question():
        return None
    if evidence.any(Kind.SET_ZONE):
        return Intent.MY_HOURS if not evidence.any(Kind.EVERYONE) else None
    hours = evidence.speaks_of(Kind.OWN_HOURS) or _says_working(evidence)
    if hours and (evidence.has_time or evidence.any(Kind.AWAY) or evidence.any(Kind.OWN_HOURS)):
        return Intent.MY_HOURS
    placed = evidence.speaks_of(Kind.ZONE) and not evidence.has_time
    return Intent.MY_HOURS if placed and not evidence.is_available() else None


def _says_working(evidence: Evidence) -> bool:
    """True for 我的工作时间10点到19点, my working hours are 9-5."""
    return any(token.kind is Kind.PART and token.tag in _MINE_ABOUT for token in evidence.tokens)


def _of_chat(evidence: Evidence) -> Intent | None:
    """The chat's id, its zone, and who is not to be shown in it: 群号, 这个群用东京时间, hide me."""
    if evidence.any(Kind.DIGEST):
        return None
    if evidence.speaks_of(Kind.CHAT, value=1) or evidence.any(Kind.HIDE):
        return Intent.SETTINGS
    zoned = evidence.speaks_of(Kind.ZONE)
    asked = evidence.is_available() or evidence.any(Kind.WHO, Kind.FIND, Kind.BOOK) or evidence.has_hours
    return Intent.SETTINGS if evidence.any(Kind.CHAT) and zoned and not asked else None


# ---------------------------------------------------------------- talk
def _talk(evidence: Evidence) -> Intent | None:
    """Thanks, greetings, statements: without a word of asking a time alone is no request; people and a time are."""
    if _is_evident(evidence):
        return None
    if evidence.tagged(Kind.BE, Tag.ORDER) and evidence.strange:
        return Intent.UNSUPPORTED
    if evidence.says_it_has() or (evidence.states() and is_in_meeting(evidence)):
        return Intent.THANKS
    polite = evidence.tagged(Kind.BE, Tag.POLITE, Tag.TALK)
    if evidence.tagged(Kind.BE, Tag.TALK) and not evidence.asks():
        return Intent.THANKS
    if evidence.lists_people():
        return None
    if evidence.states() and not (evidence.people and evidence.has_time and evidence.meets()):
        return Intent.THANKS
    if polite and not (evidence.people and evidence.has_time) and not evidence.asks():
        return Intent.THANKS
    return None


def _is_evident(evidence: Evidence) -> bool:
    """True for a word of availability, of booking, of looking, or people with a question."""
    if evidence.orders() or evidence.wants() or evidence.any(Kind.WHO, Kind.WHEN, Kind.TELL):
        return True
    if evidence.has_length and evidence.people:
        return True
    if evidence.is_available() and not (evidence.states() and not evidence.people):
        return True
    if not evidence.asks():
        return False
    if evidence.people or evidence.meets() or evidence.any(Kind.AWAY):
        return True
    return evidence.has_time and not evidence.strange


def _unclear(evidence: Evidence) -> Intent:
    polite = evidence.tagged(Kind.BE, Tag.POLITE, Tag.TALK) and not evidence.people and not evidence.orders()
    return Intent.THANKS if polite else Intent.UNCLEAR
