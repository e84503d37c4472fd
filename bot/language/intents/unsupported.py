"""What the bot has no action for: errands, reminders of something, words to be passed on."""

from __future__ import annotations

from bot.language.intents.evidence import Evidence
from bot.language.intents.orders import watches
from bot.language.senses import Sense
from bot.language.tags import Tag
from bot.language.tokens import Kind, Token
from bot.model.requests import Intent

_REACH = 6
_BETWEEN = (Kind.FILL, Kind.ARTICLE, Kind.NUMBER, Kind.COUNTER, Kind.UNIT, Kind.ME, Kind.FOR, Kind.HAN, Kind.WORD)


def unsupported(evidence: Evidence) -> Intent | None:
    """Orders for something else: errands, reminders of something, words to be passed on."""
    if evidence.any(Kind.ERRAND) and (_is_ordered(evidence.tokens) or not _is_request(evidence)):
        return Intent.UNSUPPORTED
    if evidence.any(Kind.ANNOUNCE) and not evidence.any(Kind.WHO) and not evidence.is_available():
        return Intent.UNSUPPORTED
    if _reminds(evidence):
        return Intent.UNSUPPORTED
    noted = (evidence.any(Kind.ADD) or _makes(evidence)) and evidence.any(Kind.CALENDAR)
    return Intent.UNSUPPORTED if noted and not evidence.people and not evidence.is_available() else None


def _makes(evidence: Evidence) -> bool:
    """True for an order to put something somewhere: put my flight on my calendar."""
    return bool(evidence.rest) and Sense.MAKING in evidence.rest[0].senses


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
    asked = evidence.is_available() or evidence.any(Kind.BOTH, Kind.WHO, Kind.CALENDAR) or evidence.orders()
    return asked and evidence.has_time and (evidence.people or evidence.asks())


def _reminds(evidence: Evidence) -> bool:
    """True for a reminder of something else than somebody's being free."""
    said = evidence.any(Kind.REMINDER, Kind.TELL) and any(map(_is_reminding, evidence.rest))
    if not said or evidence.any(Kind.DIGEST) or watches(evidence.rest) or evidence.is_available():
        return False
    return not evidence.orders()


def _is_reminding(token: Token) -> bool:
    return token.kind is Kind.REMINDER or token.tag is Tag.REMIND
