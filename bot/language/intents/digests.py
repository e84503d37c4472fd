"""What a text changes about a digest: its time and days, a pause, one at once, nothing without news, who is in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from bot.language.days import Ahead, Date, Onward, Relative, Span, Week, Weekday, Weekend
from bot.language.resolve.clock import HourResolver
from bot.language.resolve.spans import NoSuchTimeError
from bot.language.scan.digest_signs import DigestSigns, adds_days, digest_signs
from bot.language.scan.text import Text
from bot.language.senses import Sense
from bot.language.tags import DayPart, Digits, Tag
from bot.language.tokens import Kind, Token
from bot.language.values import After, Clock, Hours, Lasting, Now, Part, Parts, Phrase, Until
from bot.model.digest_orders import DigestDays, DigestOrder, EditionKind
from bot.model.requests import Intent, WorkingHours
from bot.model.time import Window

DIGEST_INTENTS = (Intent.DIGEST_ON, Intent.DIGEST_OFF, Intent.DIGEST_SHOW)
_MORNING = 9 * 60 + 10
"""A digest "in the morning": DingTalk asks to avoid the full hour."""
_DAY_MINUTES = 24 * 60
_INSTANT = timedelta(microseconds=1)
_HAN_DAYS = 6
_WEEK = timedelta(days=7)
_ONE_DAY = (Relative, Date, Week)
"""Days that beside a digest are never those on which it goes out."""


def read_order(
    text: Text, tokens: Sequence[Token], phrases: Sequence[Phrase], *, intent: Intent, hours: WorkingHours
) -> tuple[Intent, DigestOrder]:
    """What a text about a digest wants, which may be more than its words alone told, and what it changes.

    `tokens` are those that are no time. How long a pause lasts is left to `paused`.
    """
    signs = digest_signs(text)
    intent, order = _read(signs, tokens, phrases, intent=intent, hours=hours)
    weekly = any(token.kind is Kind.DIGEST and token.tag is Tag.WEEKLY for token in tokens)
    of_week = order.now and (signs.weeks_on is not None or any(isinstance(phrase.day, Week) for phrase in phrases))
    return intent, replace(order, edition=EditionKind.WEEK if weekly or of_week else None)


def _read(
    signs: DigestSigns, tokens: Sequence[Token], phrases: Sequence[Phrase], *, intent: Intent, hours: WorkingHours
) -> tuple[Intent, DigestOrder]:
    kinds = frozenset([token.kind for token in tokens])
    if signs.left or signs.back:
        return (Intent.DIGEST_OFF if signs.unsubscribed else Intent.DIGEST_SHOW), DigestOrder(hide=signs.left)
    if _is_at_once(signs, kinds, phrases):
        return Intent.DIGEST_SHOW, DigestOrder(now=True)
    order = replace(_recurrence(tokens, phrases, hours), quiet=_quiet(signs))
    if signs.resumed:
        return Intent.DIGEST_ON, replace(order, on=True)
    if order.quiet is None and signs.conditional and intent is Intent.DIGEST_OFF:
        return Intent.DIGEST_SHOW, DigestOrder()
    if order.quiet is None and (Kind.WHEN in kinds or intent is Intent.DIGEST_OFF):
        return intent, DigestOrder(on=False if intent is Intent.DIGEST_OFF else None)
    begins = intent is Intent.DIGEST_ON and order.quiet is None and not (signs.shifted or _is_change(tokens))
    order = replace(order, on=True) if begins else order
    changes = order != DigestOrder() and not signs.settings
    return (Intent.DIGEST_ON if changes else intent), order


def _quiet(signs: DigestSigns) -> bool | None:
    """Whether nothing is sent without news; None where the text does not say."""
    if signs.loud:
        return False
    return True if signs.quiet else None


def paused(
    order: DigestOrder, tokens: Sequence[Token], phrases: Sequence[Phrase], *, windows: Sequence[Window]
) -> DigestOrder:
    """A stop that lasts until the end of the day it names, included; for good where it names none."""
    dated = any(phrase.day is not None and not isinstance(phrase.day, Onward) for phrase in phrases)
    if order.on is not False or not dated or any(token.kind is Kind.EVERY for token in tokens):
        return order
    return replace(order, on=None, paused_until=(windows[-1].end - _INSTANT).date() if windows else None)


def _is_change(tokens: Sequence[Token]) -> bool:
    """True where a digest that is there is spoken of: 改到, move."""
    return any(token.kind in (Kind.CHANGE, Kind.MOVE) or Sense.CHANGING in token.senses for token in tokens)


def _is_at_once(signs: DigestSigns, kinds: frozenset[Kind], phrases: Sequence[Phrase]) -> bool:
    """True where one is wanted now: 现在发一份, send the digest now, today's digest, 明天的日报, next week's digest."""
    if signs.one_now:
        return True
    if not kinds.isdisjoint((Kind.STOP, Kind.WHEN, Kind.EVERY, Kind.NOT)) or signs.settings:
        return False
    if not phrases:
        return signs.one or signs.weeks_on is not None
    if all(isinstance(phrase.time, Now) for phrase in phrases):
        return True
    if any(phrase.day is None or phrase.time is not None for phrase in phrases):
        return False
    if not kinds.isdisjoint((Kind.CHANGE, Kind.MOVE, Kind.ONWARDS, Kind.FROM)):
        return False
    if signs.of_a_day or Kind.SHOW in kinds or all(phrase.day == Relative(0) for phrase in phrases):
        return True
    return Kind.START not in kinds and all(isinstance(phrase.day, _ONE_DAY) for phrase in phrases)


def shown_day(
    order: DigestOrder, text: Text, phrases: Sequence[Phrase], *, windows: Sequence[Window], now: datetime
) -> DigestOrder:
    """With the day that a digest is wanted of, or a day of the week, where the text names one."""
    weeks_on = digest_signs(text).weeks_on
    if order.now and weeks_on is not None:
        return replace(order, day=now.date() + weeks_on * _WEEK)
    return replace(order, day=windows[0].start.date()) if names_day(order, phrases) and windows else order


def names_day(order: DigestOrder | None, phrases: Sequence[Phrase]) -> bool:
    """True where a digest is wanted of another day than today, or of a week that is named."""
    return bool(order and order.now) and any(phrase.day not in (None, Relative(0)) for phrase in phrases)


# ---------------------------------------------------------------- time and days
def _recurrence(tokens: Sequence[Token], phrases: Sequence[Phrase], hours: WorkingHours) -> DigestOrder:
    meant = [phrase for phrase in phrases if not phrase.sign]
    at = next((found for phrase in meant if (found := _minutes(phrase, hours)) is not None), None)
    named = _weekdays(tokens, meant)
    if named is not None:
        return DigestOrder(at=at, days=named)
    if not any(Sense.EVERY_DAY in token.senses for token in tokens):
        return DigestOrder(at=at)
    if at is None and _is_change(tokens):
        return DigestOrder(days=DigestDays.DAILY)
    return DigestOrder(at=at, days=DigestDays.WORKDAYS, loosely=True)


def _weekdays(tokens: Sequence[Token], phrases: Sequence[Phrase]) -> DigestDays | tuple[int, ...] | None:
    """The days that are named; None for none."""
    days = [phrase.day for phrase in phrases]
    if any(isinstance(day, Weekend) for day in days) and adds_days(tokens):
        return DigestDays.DAILY
    workdays = any(isinstance(day, Ahead) and day.unit == "workday" for day in days)
    workdays = workdays or any(isinstance(day, Week) and day.working for day in days)
    if workdays or any(Sense.WORKDAYS in token.senses for token in tokens):
        return DigestDays.WORKDAYS
    named = {number for day in days for number in _numbers(day)}
    if named:
        pairs = pairwise(tokens)
        named |= {b.value - 1 for a, b in pairs if a.kind in (Kind.COMMA, Kind.LIST) and _is_han_day(b)}
    return tuple(sorted(named)) or None


def _is_han_day(token: Token) -> bool:
    """The 三 of 周一、三."""
    return token.kind is Kind.NUMBER and token.tag is Digits.HAN and 0 < token.value <= _HAN_DAYS


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
    if isinstance(time, Part) and time.name in (DayPart.MORNING, DayPart.EARLY):
        return _MORNING
    if not isinstance(time, Clock | Part):
        return None
    try:
        return HourResolver(hours).stretch(time)[0] % _DAY_MINUTES
    except NoSuchTimeError:
        return None
