"""What is wanted: decided by the kinds of words in a text and its form, the surest words first."""

from __future__ import annotations

from bot.language.intents.evidence import Evidence
from bot.language.intents.orders import lists_reminders, watches
from bot.language.scan.cues import speaks_of_months
from bot.language.scan.places import is_room
from bot.language.tokens import Cue, DayPart, Kind, Tag, Token
from bot.model.requests import Intent

_MANY = 2
_ASIDE = (Kind.DIGEST, Kind.STOP, Kind.TEAM, Kind.SET_ZONE, Kind.LANGUAGE, Kind.HELP)
"""What speaks of something else than people and times."""
_REACH = 6
_BETWEEN = (Kind.FILL, Kind.ARTICLE, Kind.NUMBER, Kind.COUNTER, Kind.UNIT, Kind.ME, Kind.FOR, Kind.HAN, Kind.WORD)
_BESIDE_ADDED = (
    Kind.ADD, Kind.FILL, Kind.BE, Kind.LIST, Kind.COMMA, Kind.BREAK, Kind.MEET, Kind.NAME, Kind.WORD, Kind.HAN, Kind.TO,
    Kind.AT_SIGN, Kind.ARTICLE, Kind.SIGN, Kind.MONTH, Kind.WITH, Kind.ME,
)  # fmt: skip
_MINE_ABOUT = (DayPart.WORKING, DayPart.CLOSE)


def intent_of(evidence: Evidence) -> Intent:
    """The intent of a text. The order of the questions is the order of how sure their words are."""
    if evidence.any(Kind.REMINDER) and lists_reminders(evidence.rest, has_time=evidence.has_time):
        return Intent.SETTINGS
    if evidence.any(Kind.OFF_TOPIC) and not evidence.any(Kind.AVAILABLE, Kind.WHO, Kind.FIND, Kind.BOOK):
        return Intent.UNCLEAR
    found = _other_deed(evidence) or _bookings(evidence) or _own(evidence) or _of_chat(evidence)
    if found:
        return found
    aside = evidence.any(*_ASIDE) or evidence.says(Cue.ROSTER)
    return (_aside(evidence) if aside else None) or _about_people(evidence)


def _about_people(evidence: Evidence) -> Intent:
    return (
        _rooms(evidence)
        or _has_meetings(evidence)
        or _leave(evidence)
        or _presence(evidence)
        or _talk(evidence)
        or _search(evidence)
        or _plain(evidence)
        or _unclear(evidence)
    )


# ---------------------------------------------------------------- what the bot has no deed for
def _other_deed(evidence: Evidence) -> Intent | None:
    """Orders for something else: errands, reminders of something, words to be passed on."""
    if evidence.any(Kind.ERRAND) and (_is_ordered(evidence.tokens) or not _is_request(evidence)):
        return Intent.UNSUPPORTED
    if evidence.any(Kind.ANNOUNCE) and not evidence.any(Kind.WHO) and not evidence.is_available():
        return Intent.UNSUPPORTED
    if _reminds(evidence):
        return Intent.UNSUPPORTED
    noted = (
        evidence.any(Kind.ADD) and evidence.any(Kind.CALENDAR) and not evidence.people and not evidence.is_available()
    )
    return Intent.UNSUPPORTED if noted else None


def _is_ordered(tokens: tuple[Token, ...]) -> bool:
    """True for an errand right behind a word of ordering: book a taxi, 订周五的盒饭."""
    for at, token in enumerate(tokens):
        if token.kind is Kind.ERRAND:
            before = next((t for t in reversed(tokens[max(at - _REACH, 0) : at]) if t.kind not in _BETWEEN), None)
            if before is not None and before.kind in (Kind.BOOK, Kind.FIND):
                return True
    return False


def _is_request(evidence: Evidence) -> bool:
    """True where something else is asked for, of which an errand is no part."""
    asked = evidence.is_available() or evidence.any(Kind.BOTH, Kind.WHO) or evidence.orders()
    return asked and evidence.has_time and (evidence.people or evidence.asks())


def _reminds(evidence: Evidence) -> bool:
    """True for a reminder of something else than somebody's being free."""
    said = any(map(_is_reminding, evidence.rest))
    if not said or evidence.any(Kind.DIGEST) or watches(evidence.rest) or evidence.is_available():
        return False
    return not evidence.orders()


def _is_reminding(token: Token) -> bool:
    return token.kind is Kind.REMINDER or (token.kind is Kind.TELL and token.tag is Tag.REMIND)


# ---------------------------------------------------------------- what the bot made
def _bookings(evidence: Evidence) -> Intent | None:
    """Meetings that are there: listed, moved, called off, people added."""
    if evidence.any(Kind.DIGEST):
        return None
    if evidence.any(Kind.MINE):
        return Intent.BOOKINGS
    moved = evidence.any(Kind.MOVE) or evidence.tagged(Kind.CHANGE, Tag.MOVE)
    if moved and not evidence.any(Kind.AVAILABLE, Kind.WHO, Kind.FIND):
        return Intent.BOOKINGS
    stopped = any(token.kind is Kind.STOP and Cue.CANCEL in token.cues for token in evidence.rest)
    if stopped and not evidence.any(Kind.AVAILABLE, Kind.WHO, Kind.FIND, Kind.TEAM):
        return Intent.BOOKINGS
    return Intent.BOOKINGS if _joins(evidence) else None


def _joins(evidence: Evidence) -> bool:
    """True for somebody more, and nothing of a team, a time or a search: 再加上李娜."""
    if not (evidence.any(Kind.ADD) and evidence.people) or evidence.has_time or evidence.has_length:
        return False
    if evidence.any(Kind.TEAM, Kind.DIGEST, Kind.AVAILABLE, Kind.WHO, Kind.FIND, Kind.OPTIONAL) or evidence.says(
        Cue.ROSTER
    ):
        return False
    return all(token.kind in _BESIDE_ADDED or token.tag in (Tag.POLITE, Tag.ASK) for token in evidence.rest)


# ---------------------------------------------------------------- about the asker alone
def _own(evidence: Evidence) -> Intent | None:
    """The asker's own hours, days and place: 我周五不上班, I work 10 to 7, I'm in Berlin, my timezone is Berlin."""
    mine = evidence.any(Kind.ME) or evidence.speaks_of(Kind.OWN_HOURS, value=1)
    if not mine or evidence.any(Kind.WHO, Kind.WHEN, Kind.FIND, Kind.DIGEST) or evidence.people:
        return None
    if evidence.tagged(Kind.BE, Tag.ASK) or evidence.says(Cue.QUESTION_MARK) or evidence.opens_with_question():
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


# ---------------------------------------------------------------- digest, team, settings, help
def _aside(evidence: Evidence) -> Intent | None:
    return _administration(evidence) or _settings(evidence) or _help(evidence)


def _administration(evidence: Evidence) -> Intent | None:
    if evidence.tagged(Kind.DIGEST, Tag.MONTHLY) or (evidence.any(Kind.DIGEST) and _is_monthly(evidence)):
        return Intent.UNSUPPORTED
    if evidence.tagged(Kind.DIGEST, Tag.WEEKLY) and not evidence.any(
        Kind.START, Kind.STOP, Kind.EVERY, Kind.SHOW, Kind.WHEN
    ):
        return None
    if evidence.any(Kind.DIGEST) or _is_bare_pause(evidence):
        if evidence.any(Kind.STOP) or (evidence.any(Kind.NOT) and not evidence.has_time):
            return Intent.DIGEST_OFF
        if evidence.any(Kind.WHEN):
            return Intent.DIGEST_SHOW
        if evidence.any(Kind.START, Kind.EVERY) or evidence.has_hours:
            return Intent.DIGEST_ON
        return Intent.DIGEST_SHOW
    if evidence.any(Kind.TEAM) or evidence.says(Cue.ROSTER):
        return _team(evidence)
    return None


def _is_monthly(evidence: Evidence) -> bool:
    """True for a digest of each month: 每月1号, on the 1st of every month."""
    return any(map(speaks_of_months, evidence.tokens))


def _is_bare_pause(evidence: Evidence) -> bool:
    """ "pause until Friday" needs no word for the digest."""
    if not evidence.any(Kind.STOP) or evidence.any(Kind.BOOK, Kind.WHO):
        return False
    return any(token.kind is Kind.STOP and token.value for token in evidence.rest)


def _team(evidence: Evidence) -> Intent | None:
    if evidence.tagged(Kind.BE, Tag.POLITE, Tag.TALK) and not evidence.any(Kind.ADD, Kind.REMOVE, Kind.WHO):
        return None
    if evidence.has_time or evidence.any(Kind.AVAILABLE, Kind.FIND, Kind.BOOK, Kind.AWAY, Kind.CALENDAR):
        return None
    if evidence.any(Kind.REMOVE) or any(token.kind is Kind.WITH and token.value for token in evidence.rest):
        return Intent.TEAM_REMOVE
    if evidence.any(Kind.ADD) or evidence.says(Cue.MORE):
        return Intent.TEAM_ADD
    shown = evidence.any(Kind.TEAM) and not evidence.any(Kind.MEET, Kind.WHEN)
    return Intent.TEAM_SHOW if shown or evidence.any(Kind.WHO) or len(evidence.rest) <= _MANY else None


def _settings(evidence: Evidence) -> Intent | None:
    if evidence.any(Kind.SET_ZONE):
        return Intent.SETTINGS
    if (
        evidence.any(Kind.LANGUAGE)
        and not evidence.has_time
        and (evidence.any(Kind.USE, Kind.CHANGE) or len(evidence.rest) <= _MANY)
    ):
        return Intent.SETTINGS
    return None


def _help(evidence: Evidence) -> Intent | None:
    asked = evidence.any(Kind.HELP) and not evidence.has_time
    busy = evidence.any(Kind.FIND, Kind.BOOK, Kind.WHO, Kind.WHEN, Kind.AVAILABLE) or evidence.has_length
    return Intent.HELP if asked and not busy else None


# ---------------------------------------------------------------- rooms, leave, presence
def _has_meetings(evidence: Evidence) -> Intent | None:
    """Whether there is something on: do I have a meeting tomorrow, 我今天还有会吗."""
    asked = evidence.asks() and evidence.meets() and not evidence.orders() and not evidence.is_available()
    other = evidence.any(Kind.WHO, Kind.WHEN, Kind.FIND, Kind.BOTH, Kind.WITH) or evidence.has_length
    having = evidence.says(Cue.HAVING) or evidence.any(Kind.CALENDAR)
    return Intent.OVERVIEW if asked and having and not other else None


def _rooms(evidence: Evidence) -> Intent | None:
    """Rooms that are asked for; a room that is named is a place."""
    room = any(is_room(token) or token.kind is Kind.PLACED for token in evidence.rest)
    asked_who = any(token.kind is Kind.WHO and token.tag is not Tag.NOBODY for token in evidence.rest)
    if not room or evidence.people or evidence.who.me or asked_who:
        return None
    sought = evidence.any(Kind.FIND) or evidence.orders()
    asked = evidence.asks() or sought or evidence.is_available()
    return Intent.ROOMS if asked or evidence.any(Kind.SHOW) else None


def _leave(evidence: Evidence) -> Intent | None:
    """Who is out, asked with a word of leave; a statement about oneself asks nothing."""
    if not evidence.tagged(Kind.AWAY, Tag.LEAVE) or evidence.orders():
        return None
    asked = evidence.asks() or evidence.any(Kind.SHOW) or evidence.finds()
    others = evidence.people or evidence.any(Kind.WHO) or evidence.who.everyone
    if asked and (others or not evidence.who.me):
        return Intent.LEAVE
    return Intent.LEAVE if asked else None


def _presence(evidence: Evidence) -> Intent | None:
    """Now, without a named time: 在忙吗, 谁在, is Bob in a meeting, who's around."""
    timed = evidence.has_time and not evidence.only_now
    if timed or evidence.has_length or evidence.any(Kind.WHEN, Kind.FIND, Kind.BOOK, Kind.TELL, Kind.BOTH):
        return None
    if evidence.only_now and not _is_in_meeting(evidence):
        return None
    if not (evidence.people or evidence.any(Kind.WHO) or evidence.who.everyone):
        return None
    here = evidence.tagged(Kind.AVAILABLE, Tag.HERE) or _is_here(evidence.rest)
    asked = evidence.asks() or evidence.people
    return Intent.PRESENCE if asked and (here or _is_in_meeting(evidence)) else None


def _is_here(tokens: tuple[Token, ...]) -> bool:
    """True for 谁在, 张三在 and who's around at the end of a clause."""
    return any(
        Cue.AROUND in token.cues
        and (at + 1 == len(tokens) or tokens[at + 1].kind in (Kind.BREAK, Kind.COMMA, Kind.SIGN))
        for at, token in enumerate(tokens)
    )


def _is_in_meeting(evidence: Evidence) -> bool:
    """True for "is Bob in a meeting", 张三在开会吗."""
    rest = evidence.rest
    return any(
        token.kind is Kind.MEET and token.tag in ("", Tag.WEAK) and at > 0 and _is_amid(rest[max(at - 2, 0) : at])
        for at, token in enumerate(rest)
    )


def _is_amid(before: tuple[Token, ...]) -> bool:
    """True for one or two tokens with a word of being amid something: in a, 正在."""
    return Cue.AMID in before[-1].cues or any(token.kind in (Kind.IN, Kind.ON) for token in before)


# ---------------------------------------------------------------- talk
def _talk(evidence: Evidence) -> Intent | None:
    """Thanks, greetings, statements: without a word of asking a time alone is no request; people and a time are."""
    if _is_evident(evidence):
        return None
    if evidence.tagged(Kind.BE, Tag.ORDER) and evidence.strange:
        return Intent.UNSUPPORTED
    polite = evidence.tagged(Kind.BE, Tag.POLITE, Tag.TALK)
    if evidence.tagged(Kind.BE, Tag.TALK) and not evidence.asks():
        return Intent.THANKS
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
    return Intent.THANKS if evidence.tagged(Kind.BE, Tag.POLITE, Tag.TALK) and not evidence.people else Intent.UNCLEAR


# ---------------------------------------------------------------- people and time
def _search(evidence: Evidence) -> Intent | None:
    if evidence.any(Kind.TELL) and watches(evidence.rest):
        return Intent.NEXT_FREE
    if evidence.says(Cue.HOW_SOON) and not evidence.who.nobody:
        return Intent.NEXT_FREE
    if evidence.any(Kind.WHEN) and evidence.tagged(Kind.MEET, Tag.OVER):
        return Intent.NEXT_FREE
    if evidence.tagged(Kind.CALENDAR, Tag.MOST):
        return Intent.OVERVIEW
    many = evidence.who.everyone or evidence.any(Kind.BOTH) or evidence.meets()
    if evidence.any(Kind.WHEN) and _speaks_of_free(evidence):
        return Intent.FIND_TIME if many and not _is_one(evidence) else Intent.NEXT_FREE
    if evidence.finds() and (
        evidence.has_time or evidence.has_length or evidence.meets() or not evidence.who.nobody or _seeks(evidence)
    ):
        return Intent.FIND_TIME
    asks_length = evidence.has_length and not evidence.any(Kind.WHO)
    if asks_length and not (evidence.has_hours and (evidence.any(Kind.BOOK) or evidence.meets())):
        return Intent.FIND_TIME
    return None


def _speaks_of_free(evidence: Evidence) -> bool:
    """True where somebody's being free is asked for, be it in the word of asking itself (next free, 哪天有空)."""
    if evidence.any(Kind.AVAILABLE, Kind.BOTH) or evidence.meets():
        return True
    return any(token.kind is Kind.WHEN and token.tag is Tag.FREE for token in evidence.rest)


def _is_one(evidence: Evidence) -> bool:
    who = evidence.who
    people = len(who.names) + len(who.mentioned) + len(who.unread) + who.me
    return people == 1 and not who.everyone and not evidence.any(Kind.MEET, Kind.BOTH)


def _seeks(evidence: Evidence) -> bool:
    return any(token.kind is Kind.FIND and token.tag is Tag.TIME for token in evidence.rest)


def _plain(evidence: Evidence) -> Intent | None:
    away = evidence.any(Kind.AWAY) and (evidence.people or evidence.asks())
    available = evidence.is_available() or evidence.any(Kind.BOTH) or away
    if evidence.any(Kind.WHO):
        return Intent.WHO_IS_FREE if available or evidence.meets() or evidence.has_time else None
    if available and _is_about_things(evidence):
        return None
    if available and not _is_overview(evidence):
        asked = evidence.has_time or not evidence.who.nobody or evidence.asks()
        return Intent.WHO_IS_FREE if asked else None
    if evidence.orders() and (evidence.has_time or not evidence.who.nobody or evidence.meets()):
        return Intent.BOOK
    if evidence.any(Kind.CALENDAR) or evidence.owns_availability():
        return Intent.OVERVIEW
    if evidence.any(Kind.SHOW, Kind.BOOK) and evidence.has_time:
        return Intent.OVERVIEW
    if evidence.meets() and evidence.has_time and (evidence.people or evidence.who.me or evidence.asks()):
        return Intent.BOOK
    if evidence.has_time and (evidence.people or evidence.who.everyone or (evidence.asks() and not evidence.strange)):
        return Intent.WHO_IS_FREE
    return None


def _is_about_things(evidence: Evidence) -> bool:
    """True where nobody is named and words are left that nobody knows: how busy is the museum at 12."""
    return evidence.strange > 0 and evidence.who.nobody and not evidence.any(Kind.WHO, Kind.BOTH)


def _is_overview(evidence: Evidence) -> bool:
    if evidence.owns_availability():
        return True
    return evidence.any(Kind.CALENDAR) and (evidence.any(Kind.SHOW) or not evidence.any(Kind.AVAILABLE))
