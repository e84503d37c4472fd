"""What somebody says of their own working time: clause by clause, which days, which hours, worked or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.language.days import Days, Series, Span, Weekday, Weekend
from bot.language.intents.settings import named_zone
from bot.language.phrases.sentence import Sentence
from bot.language.resolve.clock import HourResolver
from bot.language.resolve.spans import NoSuchTimeError
from bot.language.scan.own_holidays import OwnHolidays
from bot.language.senses import Sense
from bot.language.tags import DayPart
from bot.language.tokens import Kind, Token
from bot.language.values import After, Clock, Hours, Lasting, Part, Parts, Phrase, Until
from bot.language.zones import iana_name
from bot.model.hours_orders import HoursOrder
from bot.model.requests import WorkingHours

_ENDS = (Kind.COMMA, Kind.BREAK)
_VERBS = (Kind.OWN_HOURS, Kind.AWAY)
_TO_CLOSE = (DayPart.AFTERNOON, DayPart.EVENING)
"""Parts of a day whose end is the end of work."""
_NO_HOURS = (DayPart.WORKING, DayPart.CLOSE)


class _Clause(NamedTuple):
    tokens: Sequence[Token]
    phrases: Sequence[Phrase]


def own_orders(sentence: Sentence, hours: WorkingHours, holidays: OwnHolidays | None = None) -> tuple[HoursOrder, ...]:
    """What is to hold from now on, in the order in which it is said; an empty one where hours are only to be shown.

    What is said of a single date is `once`: nothing is kept of it. A country in the clause of `holidays` is no zone.
    """
    tokens = [token for token in sentence.tokens if not (holidays and holidays.holds(token))]
    zone = next((iana_name(token.tag) for token in tokens if token.kind is Kind.ZONE), None)
    unknown = "" if zone or holidays else named_zone(sentence.text, sentence.tokens)
    placed = [HoursOrder(zone=zone, unknown=unknown)] if zone or unknown else []
    placed += [holidays.order] if holidays else []
    said = [order for clause in _clauses(sentence) for order in _orders(clause, sentence, hours)]
    found = (*placed, *dict.fromkeys(said))
    return found or ((HoursOrder(),) if _speaks_of_hours(sentence.tokens) else ())


def _speaks_of_hours(tokens: Iterable[Token]) -> bool:
    """True where one's hours are spoken of by name, and not only that one works: 我的工作时间, my hours."""
    return any(Sense.OWN_TIME in token.senses or token.tag in _NO_HOURS for token in tokens)


def is_of_own_hours(token: Token) -> bool:
    """True for a word that such a text is made of and others are not: the place, and that one works there."""
    return token.kind is Kind.ZONE or Sense.WORKED in token.senses


# ---------------------------------------------------------------- clauses
def _clauses(sentence: Sentence) -> Iterator[_Clause]:
    """The clauses with the times in them; one without a verb belongs to the one before it, else to the one behind."""
    tokens, cuts = sentence.tokens, [0]
    cuts += [at + 1 for at, token in enumerate(tokens) if token.kind in _ENDS and not _joins(tokens, at)]
    parts = [list(range(a, b)) for a, b in zip(cuts, [*cuts[1:], len(tokens)], strict=True)]
    merged: list[list[int]] = []
    for part in parts:
        if merged and not (_has_verb(tokens, part) and _has_verb(tokens, merged[-1])):
            merged[-1] = merged[-1] + part
        else:
            merged.append(part)
    for part in merged:
        phrases = [phrase for phrase in sentence.phrases if _place(phrase, sentence) in part]
        yield _Clause([tokens[at] for at in part], phrases)


def _joins(tokens: Sequence[Token], at: int) -> bool:
    """True for a comma before "and", which begins no clause of its own."""
    return at + 1 < len(tokens) and tokens[at + 1].kind is Kind.LIST


def _has_verb(tokens: Sequence[Token], part: Iterable[int]) -> bool:
    return any(tokens[at].kind in _VERBS or Sense.WORKED in tokens[at].senses for at in part)


def _place(phrase: Phrase, sentence: Sentence) -> int:
    """The token that a phrase begins with."""
    return sentence.chunks[phrase.start].first if phrase.start < len(sentence.chunks) else 0


# ---------------------------------------------------------------- what one clause says
def _orders(clause: _Clause, sentence: Sentence, hours: WorkingHours) -> Iterator[HoursOrder]:
    off = any(token.kind is Kind.AWAY or Sense.NOT_WORKED in token.senses for token in clause.tokens)
    for signed in (False, True):
        phrases = [phrase for phrase in clause.phrases if bool(phrase.sign) is signed]
        if phrases:
            yield from _of_phrases(phrases, clause.tokens, sentence.repeated, hours, off=off or signed)


def _of_phrases(
    phrases: Sequence[Phrase], tokens: Sequence[Token], repeated: Series | None, hours: WorkingHours, *, off: bool
) -> Iterator[HoursOrder]:
    """One for each time of a clause; days without a time share the only one."""
    timed = [phrase for phrase in phrases if phrase.time is not None]
    timed = [phrase for phrase in timed if not _is_no_time(phrase)] or timed[:1]
    exact = [phrase for phrase in timed if isinstance(phrase.time, Hours | Clock | Lasting | Parts | After | Until)]
    timed = exact or timed
    apart = [[phrase] for phrase in timed] if len(timed) > 1 else [list(phrases)]
    for group in apart:
        days = _days(group, tokens, repeated)
        start, end = _times(next((p for p in group if p in timed), None), tokens, hours, off=off)
        if days is None:
            yield HoursOrder(off=off, once=True)
        else:
            named = sorted(set(days))
            only = not off and (len(named) > 1 or any(token.kind is Kind.ONLY for token in tokens)) and bool(named)
            yield HoursOrder(days=tuple(named), only=only, start=start, end=end, off=off)


def _days(phrases: Iterable[Phrase], tokens: Sequence[Token], repeated: Series | None) -> list[int] | None:
    """The weekdays that are named, [] for none; None where a date is, or a week."""
    if any(token.kind is Kind.WEEK for token in tokens):
        return None
    if repeated is not None:
        return list(repeated.weekdays) if repeated.interval == 1 and not repeated.nth else None
    found: list[int] = []
    for day in (phrase.day for phrase in phrases):
        named = [] if day is None else _weekdays(day)
        if named is None:
            return None
        found += named
    return found


def _weekdays(day: Days) -> list[int] | None:
    match day:
        case Weekday(day=number, week=None):
            return [number]
        case Span(first=Weekday(day=first, week=None), last=Weekday(day=last, week=None)):
            return [(first + offset) % 7 for offset in range((last - first) % 7 + 1)]
        case Weekend(week=0):
            return [5, 6]
    return None


def _is_no_time(phrase: Phrase) -> bool:
    """True for 工作时间, which is what is spoken of."""
    return isinstance(phrase.time, Part) and phrase.time.name in _NO_HOURS


def _times(
    phrase: Phrase | None, tokens: Sequence[Token], hours: WorkingHours, *, off: bool
) -> tuple[int | None, int | None]:
    """From and to, in minutes after midnight; None for what stays as it is."""
    if phrase is None or phrase.time is None or _is_no_time(phrase):
        return None, None
    time = phrase.time
    try:
        start, end = HourResolver(hours).stretch(time)
    except NoSuchTimeError:
        return None, None
    if isinstance(time, Clock):
        ends = any(Sense.WORK_ENDS in token.senses for token in tokens)
        return (None, start) if ends else (start, None)
    if isinstance(time, After):
        return start, None
    if isinstance(time, Until):
        return None, end
    if isinstance(time, Part) and off:
        return (start, None) if time.name in _TO_CLOSE else (None, end)
    return start, end
