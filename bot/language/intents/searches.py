"""People and times: who is free, a time that suits, a meeting that is ordered, a calendar that is shown."""

from __future__ import annotations

from bot.language.intents.evidence import Evidence
from bot.language.intents.orders import watches
from bot.language.intents.presence import asks_about_being, asks_what_it_is
from bot.language.senses import Sense
from bot.language.tags import Tag
from bot.language.tokens import Kind
from bot.model.requests import Aspect, Intent


def search(evidence: Evidence) -> Intent | None:
    """A time that is looked for: the first that suits, or all of them."""
    if evidence.any(Kind.TELL) and watches(evidence.rest):
        return Intent.NEXT_FREE
    if evidence.says(Sense.HOW_SOON) and not evidence.who.nobody:
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


def aspect_of(evidence: Evidence, intent: Intent) -> Aspect | None:
    """Which day is best (下周哪天大家最空), when a meeting is over (李娜什么时候开完会), what it is (张伟在忙什么)."""
    if intent is Intent.OVERVIEW and evidence.says(Sense.WHICH_DAY):
        return Aspect.DAY
    if intent in (Intent.PRESENCE, Intent.WHO_IS_FREE) and asks_what_it_is(evidence):
        return Aspect.TITLE
    over = intent is Intent.NEXT_FREE and evidence.tagged(Kind.MEET, Tag.OVER) and not watches(evidence.rest)
    return Aspect.END if over else None


def plain(evidence: Evidence) -> Intent | None:
    """Somebody's being free at a time, a meeting that is ordered, a calendar that is shown."""
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
        put = evidence.any(Kind.ADD) and evidence.any(Kind.TO)  # add the review to my calendar
        return Intent.BOOK if evidence.orders() or put else Intent.OVERVIEW
    if evidence.any(Kind.SHOW, Kind.BOOK) and evidence.has_time:
        return Intent.OVERVIEW
    if evidence.meets() and evidence.has_time and (evidence.people or evidence.who.me or evidence.asks()):
        return Intent.WHO_IS_FREE if asks_about_being(evidence) else Intent.BOOK
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
