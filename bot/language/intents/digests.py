"""What a text changes about a digest: its time and days, a pause, one at once, nothing without news, who is in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from bot.language.resolve.clock import HourResolver
from bot.language.resolve.spans import NoSuchTimeError
from bot.language.scan.text import Text
from bot.language.tokens import Kind, Token
from bot.language.values import (
    After,
    Ahead,
    Clock,
    Hours,
    Lasting,
    Now,
    Onward,
    Part,
    Parts,
    Phrase,
    Relative,
    Span,
    Until,
    Week,
    Weekday,
    Weekend,
)
from bot.language.words import digests as words
from bot.model.digest_orders import DigestDays, DigestOrder
from bot.model.requests import Intent, WorkingHours
from bot.model.time import Window

DIGEST_INTENTS = (Intent.DIGEST_ON, Intent.DIGEST_OFF, Intent.DIGEST_SHOW)
_MORNING = 9 * 60 + 10
"""A digest "in the morning": DingTalk asks to avoid the full hour."""
_DAY_MINUTES = 24 * 60
_INSTANT = timedelta(microseconds=1)
_HAN_DAYS = 6


def is_bare(text: Text) -> bool:
    """True for an order that needs no word for the digest: 现在发一份, resume, 有事再发."""
    said = words.EDGES.sub("", text.folded)
    return said in words.ONE_NOW or said in words.RESUMED or _is_only(words.QUIET, said) or _is_only(words.LOUD, said)


def read_order(
    text: Text, tokens: Sequence[Token], phrases: Sequence[Phrase], *, intent: Intent, hours: WorkingHours
) -> tuple[Intent, DigestOrder]:
    """What a text about a digest wants, which may be more than its words alone told, and what it changes.

    `tokens` are those that are no time. How long a pause lasts is left to `paused`.
    """
    said, kinds = words.EDGES.sub("", text.folded), frozenset([token.kind for token in tokens])
    hide = _hidden(said)
    if hide is not None:
        return (Intent.DIGEST_OFF if words.UNSUBSCRIBED.search(said) else Intent.DIGEST_SHOW), DigestOrder(hide=hide)
    if _is_at_once(said, kinds, phrases):
        return Intent.DIGEST_SHOW, DigestOrder(now=True)
    quiet = False if words.LOUD.search(said) else (True if words.QUIET.search(said) else None)
    order = replace(_recurrence(tokens, phrases, hours), quiet=quiet)
    if said in words.RESUMED or words.UNPAUSED.search(said):
        return Intent.DIGEST_ON, replace(order, on=True)
    if quiet is None and (Kind.WHEN in kinds or intent is Intent.DIGEST_OFF):
        return intent, DigestOrder(on=False if intent is Intent.DIGEST_OFF else None)
    begins = intent is Intent.DIGEST_ON and quiet is None and not _is_change(said, tokens)
    order = replace(order, on=True) if begins else order
    changes = order != DigestOrder() and not words.SETTINGS.search(said)
    return (Intent.DIGEST_ON if changes else intent), order


def paused(
    order: DigestOrder, tokens: Sequence[Token], phrases: Sequence[Phrase], *, windows: Sequence[Window]
) -> DigestOrder:
    """A stop that lasts until the end of the day it names, included; for good where it names none."""
    dated = any(phrase.day is not None and not isinstance(phrase.day, Onward) for phrase in phrases)
    if order.on is not False or not dated or any(token.kind is Kind.EVERY for token in tokens):
        return order
    return replace(order, on=None, paused_until=(windows[-1].end - _INSTANT).date() if windows else None)


def _is_change(said: str, tokens: Sequence[Token]) -> bool:
    """True where a digest that is there is spoken of: 改到, 提前, move."""
    changing = any(token.kind in (Kind.CHANGE, Kind.MOVE) or token.text in words.CHANGING for token in tokens)
    return changing or bool(words.SHIFTED.search(said))


def _is_only(form: re.Pattern[str], said: str) -> bool:
    """True where nothing else is said, but "only when there is" and the like."""
    found = form.search(said)
    return bool(found) and not re.sub(
        r"\b(?:only|just|when|if|there|is|there's|send|it|please|the)\b|只|只有|就|\s", "", form.sub("", said)
    )


def _hidden(said: str) -> bool | None:
    if words.LEFT.search(said):
        return True
    return False if words.BACK.search(said) else None


def _is_at_once(said: str, kinds: frozenset[Kind], phrases: Sequence[Phrase]) -> bool:
    """True where one is wanted now: 现在发一份, send the digest now, today's digest."""
    if said in words.ONE_NOW:
        return True
    if not kinds.isdisjoint((Kind.STOP, Kind.WHEN, Kind.EVERY, Kind.NOT)) or words.SETTINGS.search(said):
        return False
    if not phrases:
        return bool(words.ONE.search(said))
    if all(isinstance(phrase.time, Now) for phrase in phrases):
        return True
    today = all(phrase.day == Relative(0) and phrase.time is None for phrase in phrases)
    return today and kinds.isdisjoint((Kind.CHANGE, Kind.ONWARDS, Kind.FROM))


# ---------------------------------------------------------------- time and days
def _recurrence(tokens: Sequence[Token], phrases: Sequence[Phrase], hours: WorkingHours) -> DigestOrder:
    meant = [phrase for phrase in phrases if not phrase.sign]
    at = next((found for phrase in meant if (found := _minutes(phrase, hours)) is not None), None)
    named = _weekdays(tokens, meant)
    if named is not None:
        return DigestOrder(at=at, days=named)
    texts = {token.text for token in tokens}
    if texts.isdisjoint(words.EVERY_DAY):
        return DigestOrder(at=at)
    if at is None and _is_change("", tokens):
        return DigestOrder(days=DigestDays.DAILY)
    return DigestOrder(at=at, days=DigestDays.WORKDAYS, loosely=True)


def _weekdays(tokens: Sequence[Token], phrases: Sequence[Phrase]) -> DigestDays | tuple[int, ...] | None:
    """The days that are named; None for none."""
    days = [phrase.day for phrase in phrases]
    if any(isinstance(day, Weekend) for day in days) and words.ALSO.search(" ".join(token.text for token in tokens)):
        return DigestDays.DAILY
    workdays = any(isinstance(day, Ahead) and day.unit == "workday" for day in days)
    workdays = workdays or any(isinstance(day, Week) and day.working for day in days)
    if workdays or any(token.text in words.WORKDAYS for token in tokens):
        return DigestDays.WORKDAYS
    named = {number for day in days for number in _numbers(day)}
    if named:
        pairs = pairwise(tokens)
        named |= {b.value - 1 for a, b in pairs if a.kind in (Kind.COMMA, Kind.LIST) and _is_han_day(b)}
    return tuple(sorted(named)) or None


def _is_han_day(token: Token) -> bool:
    """The 三 of 周一、三."""
    return token.kind is Kind.NUMBER and token.tag == "han" and 0 < token.value <= _HAN_DAYS


def _numbers(day: object) -> list[int]:
    match day:
        case Weekday(day=number):
            return [number]
        case Span(first=Weekday(day=first), last=Weekday(day=last)):
            return [(first + offset) % 7 for offset in range((last - first) % 7 + 1)]
        case Weekend():
            return [5, 6]
    return []


def _minutes(phrase: Phrase, hours: WorkingHours) -> int | None:
    """The time of day that a phrase names, in minutes after midnight."""
    time = phrase.time
    if isinstance(time, After | Until):
        time = time.of
    elif isinstance(time, Hours | Lasting):
        time = time.start
    elif isinstance(time, Parts):
        time = time.first
    if isinstance(time, Part) and time.name in ("morning", "early"):
        return _MORNING
    if not isinstance(time, Clock | Part):
        return None
    try:
        return HourResolver(hours).stretch(time)[0] % _DAY_MINUTES
    except NoSuchTimeError:
        return None
