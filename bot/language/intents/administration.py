"""What is wanted of a digest, of a team, of the settings of a chat; and help."""

from __future__ import annotations

from itertools import pairwise

from bot.language.intents.evidence import Evidence
from bot.language.people.name_roles import leaves_out
from bot.language.scan.digest_signs import speaks_of_digest_alone
from bot.language.scan.senses import speaks_of_months
from bot.language.senses import Sense
from bot.language.tags import Tag
from bot.language.tokens import CLAUSE_ENDS, Kind
from bot.model.requests import Intent

_MANY = 2
_ASIDE = (Kind.DIGEST, Kind.STOP, Kind.TEAM, Kind.SET_ZONE, Kind.LANGUAGE, Kind.HELP)
"""What speaks of something else than people and times."""


_BEHIND_SWITCH = (*CLAUSE_ENDS, Kind.FILL, Kind.ON, Kind.FROM, Kind.UNTIL, Kind.FOR)


def administrative(evidence: Evidence) -> Intent | None:
    """What is wanted of a digest, a team or the settings of a chat; None for people and times."""
    if not (evidence.any(*_ASIDE) or evidence.says(Sense.ROSTER)):
        return None
    return _digest_or_team(evidence) or _settings(evidence) or _help(evidence)


def _digest_or_team(evidence: Evidence) -> Intent | None:
    if evidence.tagged(Kind.DIGEST, Tag.MONTHLY) or (evidence.any(Kind.DIGEST) and _is_monthly(evidence)):
        return Intent.UNSUPPORTED
    if evidence.tagged(Kind.DIGEST, Tag.WEEKLY) and not _means_ours(evidence):
        return None
    if evidence.any(Kind.DIGEST) or _is_bare_pause(evidence):
        if _is_switched(evidence, Sense.SWITCHED_OFF):
            return Intent.DIGEST_OFF
        if evidence.any(Kind.STOP) or (evidence.any(Kind.NOT) and not evidence.has_time):
            return Intent.DIGEST_OFF
        if evidence.any(Kind.WHEN):
            return Intent.DIGEST_SHOW
        switched_on = _is_switched(evidence, Sense.SWITCHED_ON)
        if evidence.any(Kind.START, Kind.EVERY) or evidence.has_hours or switched_on:
            return Intent.DIGEST_ON
        return Intent.DIGEST_SHOW
    if evidence.any(Kind.TEAM) or evidence.says(Sense.ROSTER):
        return _team(evidence)
    return None


def _means_ours(evidence: Evidence) -> bool:
    """False for a weekly report that somebody may have to write."""
    if evidence.any(Kind.START, Kind.STOP, Kind.EVERY, Kind.SHOW, Kind.WHEN):
        return True
    moved = evidence.has_time and evidence.any(Kind.CHANGE, Kind.MOVE)
    return moved or speaks_of_digest_alone(evidence.rest)


def _is_switched(evidence: Evidence, sense: Sense) -> bool:
    """True for the "off" of "turn the digest off" and the "on" of "digest on", right behind it."""
    rest = evidence.rest
    if evidence.tagged(Kind.BE, Tag.ASK) or (rest and Sense.BEING in rest[0].senses):
        return False  # is the digest off?
    return any(
        sense in token.senses
        and before.kind is Kind.DIGEST
        and (at + 2 == len(rest) or rest[at + 2].is_one_of(*_BEHIND_SWITCH) or rest[at + 2].tag is Tag.POLITE)
        for at, (before, token) in enumerate(pairwise(rest))
    )


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
    if evidence.any(Kind.REMOVE) or any(map(leaves_out, evidence.rest)):
        return Intent.TEAM_REMOVE
    if evidence.any(Kind.ADD) or evidence.says(Sense.MORE):
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
