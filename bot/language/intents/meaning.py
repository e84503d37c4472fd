"""What a text wants, of whom, and what of it stands in no account: all that is known before a calendar is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.language.intents.accounts import Account, Ledger
from bot.language.intents.digests import DIGEST_INTENTS, read_order
from bot.language.intents.evidence import Evidence
from bot.language.intents.intents import intent_of
from bot.language.intents.leftovers import unread_times
from bot.language.intents.orders import order_of, watches
from bot.language.intents.own_hours import is_of_own_hours, own_orders
from bot.language.intents.searches import aspect_of
from bot.language.intents.settings import asks_for_members, shows_settings
from bot.language.intents.topics import Span, find_topics
from bot.language.people.people import optional_mention, people_of, quorum_of
from bot.language.phrases.sentence import Sentence
from bot.language.scan.digest_signs import is_bare_order
from bot.language.scan.known_names import KnownNames
from bot.language.scan.own_holidays import OwnHolidays, own_holidays
from bot.language.scan.places import is_room
from bot.language.scan.text import PUNCTUATION
from bot.language.senses import Sense
from bot.language.tokens import Kind
from bot.language.values import Clock, Hours, In, Lasting, Now
from bot.model.digest_orders import DigestOrder
from bot.model.hours_orders import HoursOrder
from bot.model.people import StaffId, Who
from bot.model.requests import Aspect, Change, Intent, Leftover, WorkingHours

_MEETING = (Intent.FIND_TIME, Intent.BOOK)
_WITH_ROOM = (Intent.ROOMS, *_MEETING)
_ROSTER = (Intent.TEAM_ADD, Intent.TEAM_REMOVE, Intent.TEAM_SHOW)
_TOPICAL = (Account.TITLE, Account.PLACE)
_ONESELF = Who(me=True)
_HOURLY = (Clock, Hours, Lasting, In)
_SETTLED = (*_ROSTER, *DIGEST_INTENTS, Intent.SETTINGS, Intent.HELP, Intent.THANKS, Intent.UNSUPPORTED)
"""Intents with a grammar of their own, in which no word is left over."""


class Meaning(NamedTuple):
    """`spoken_of` is `who` with those who are left out among the names, as follow-ups need them.

    `order` does something with the last answer; `ordered` tells of a word of booking that orders. `accounts` has one
    for each token.
    """

    intent: Intent
    who: Who
    spoken_of: Who
    optional: tuple[str | StaffId, ...] = ()
    order: Change | None = None
    digest: DigestOrder | None = None
    own: tuple[HoursOrder, ...] = ()
    title: str | None = None
    place: str | None = None
    leftover: tuple[Leftover, ...] = ()
    quorum: int | None = None
    video: bool = False
    ordered: bool = False
    aspect: Aspect | None = None
    room: bool = False
    seats: int = 0
    accounts: tuple[Account, ...] = ()


def meaning_of(
    sentence: Sentence,
    *,
    mentioned: Sequence[StaffId],
    known: KnownNames | None,
    hours: WorkingHours,
    seats: int = 0,
) -> Meaning:
    """What a sentence wants. `known` are the names of the directory, `seats` what a room is to hold."""
    people = people_of(sentence.text, sentence.tokens, sentence.timed, mentioned=mentioned, known=known)
    who, spoken_of = people.who, people.who
    if who.without_names or who.without_me:
        spoken_of = replace(who, names=who.names + who.without_names, without_names=(), without_me=False)
        who = replace(who, me=who.me and not who.without_me)
    ledger = Ledger(sentence.tokens, sentence.timed, people.places)
    ledger.book(sentence.reminding, Account.REMINDER)
    ledger.book(people.team_places, Account.TEAM)
    topics = find_topics(ledger, ordered=sentence.has(Kind.BOOK, Kind.FIND))
    evidence = _evidence(sentence, spoken_of, ledger, seats)
    order = order_of(sentence.tokens, has_time=bool(sentence.phrases))
    intent = Intent.BOOKINGS if order and not order.option else Intent.BOOK if order else _intent(sentence, evidence)
    holidays = None if order else _holidays(sentence, intent)
    if holidays:
        intent, who, spoken_of = Intent.MY_HOURS, _ONESELF, _ONESELF
        ledger.book([at for at, token in enumerate(sentence.tokens) if holidays.holds(token)], Account.WANT)
    if intent is Intent.NEXT_FREE and watches(sentence.rest):
        ledger.book([at for at, token in enumerate(sentence.tokens) if Sense.WAITING in token.senses], Account.WANT)
    if intent in _WITH_ROOM:
        ledger.book([at for at, token in enumerate(sentence.tokens) if is_room(token)], Account.WANT)
    digest = None
    if intent in DIGEST_INTENTS or (not order and spoken_of.nobody and is_bare_order(sentence.text)):
        intent, digest = read_order(sentence.text, sentence.rest, sentence.phrases, intent=intent, hours=hours)
    own: tuple[HoursOrder, ...] = ()
    if intent is Intent.MY_HOURS:
        own = own_orders(sentence, hours, holidays)
        ledger.book([at for at, token in enumerate(sentence.tokens) if is_of_own_hours(token)], Account.WANT)
    talk = intent is Intent.MY_HOURS and not own
    settled = intent in _SETTLED or talk or any(order.unknown or order.unknown_country for order in own)
    if intent in _ROSTER and who.everyone:
        who, spoken_of = replace(who, everyone=False), replace(spoken_of, everyone=False)
    optional: tuple[str | StaffId, ...] = people.optional
    unsaid: Span | None = None
    if intent in _MEETING and not optional:
        optional, unsaid = optional_mention(sentence.tokens, mentioned)
    return Meaning(
        intent,
        who,
        spoken_of,
        optional,
        order,
        digest,
        own,
        None if _is_any_room(sentence, topics.title) else _words(sentence, topics.title),
        _words(sentence, topics.place),
        () if order or settled else _leftover(sentence, ledger, unsaid),
        quorum_of(sentence.tokens),
        sentence.has(Kind.VIDEO),
        evidence.orders(),
        aspect_of(evidence, intent),
        any(map(is_room, sentence.tokens)),
        seats,
        tuple(ledger.accounts),
    )


def _holidays(sentence: Sentence, intent: Intent) -> OwnHolidays | None:
    """Whose holidays the author has, where that is all that is said or the rest is of their hours, too."""
    found = own_holidays(sentence.text)
    return found if found and (found.whole or intent is Intent.MY_HOURS) else None


def _intent(sentence: Sentence, evidence: Evidence) -> Intent:
    """What is wanted, where the words say it or the form of the whole text does."""
    if not sentence.phrases and asks_for_members(sentence.tokens):
        return Intent.TEAM_SHOW
    if shows_settings(sentence.text, sentence.tokens):
        return Intent.SETTINGS
    return intent_of(evidence)


def _evidence(sentence: Sentence, who: Who, ledger: Ledger, seats: int) -> Evidence:
    hourly = any(isinstance(phrase.time, _HOURLY) and not phrase.sign for phrase in sentence.phrases)
    accounts, timed = ledger.accounts, sentence.timed
    rest = sentence.rest
    if sentence.reminding:
        pairs = enumerate(sentence.tokens)
        rest = tuple([t for at, t in pairs if not timed[at] and accounts[at] is not Account.REMINDER])
    free = [at for at, account in enumerate(accounts) if account in _TOPICAL]
    return Evidence(
        sentence.tokens,
        rest,
        who,
        has_time=bool(sentence.phrases),
        has_hours=hourly,
        has_length=sentence.length is not None,
        only_now=bool(sentence.phrases) and all(isinstance(phrase.time, Now) for phrase in sentence.phrases),
        strange=accounts.count(Account.REST),
        topical=frozenset([sentence.tokens[at] for at in free]),
        spoken=sentence.kinds,
        seats=seats,
    )


def _words(sentence: Sentence, span: Span | None) -> str | None:
    """The words of a stretch as they were typed."""
    if span is None:
        return None
    first, last = sentence.tokens[span[0]], sentence.tokens[span[1] - 1]
    return sentence.text.typed[first.start : last.end].strip(PUNCTUATION) or None


def _is_any_room(sentence: Sentence, span: Span | None) -> bool:
    """True for a room that has no name, which is what is wanted and no topic: book a room."""
    return span is not None and all(is_room(sentence.tokens[at]) for at in range(*span))


def _leftover(sentence: Sentence, ledger: Ledger, unsaid: Span | None) -> tuple[Leftover, ...]:
    """The words in no account, in order: those that may be a time apart from all others."""
    timely = unread_times(sentence.tokens, sentence.timed)
    timely = [span for span in timely if not any(ledger.accounts[at] in _TOPICAL for at in range(*span))]
    timely += [unsaid] if unsaid else []
    if not timely and not ledger.strange:
        return ()
    taken = {at for span in timely for at in range(*span)}
    others = [run for run in ledger.content_runs() if taken.isdisjoint(range(*run))]
    found = [(span, True) for span in timely] + [(run, _touches_time(sentence, run)) for run in others]
    return tuple(_left(sentence, span, may_be_time) for span, may_be_time in sorted(found))


def _touches_time(sentence: Sentence, run: Span) -> bool:
    """True for a single sign right behind a time, which may be a part of it: 周四夜."""
    first, stop = run
    token = sentence.tokens[first]
    alone = stop == first + 1 and token.kind is Kind.HAN and not token.gap
    return alone and first > 0 and sentence.timed[first - 1]


def _left(sentence: Sentence, span: Span, timely: bool) -> Leftover:
    first, last = sentence.tokens[span[0]], sentence.tokens[span[1] - 1]
    start, end = sentence.text.span(first.start, last.end)
    return Leftover(sentence.text.given[start:end], start, end, timely)
