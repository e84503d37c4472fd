"""`parse`: text -> Request, by scanning, reading, grouping, understanding and resolving; see docs/language.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from bot.language.chunks.reader import MOST_TIMES, is_crowded
from bot.language.intents.changes import change_of
from bot.language.intents.digests import DIGEST_INTENTS, names_day, paused, shown_day
from bot.language.intents.meaning import Meaning, meaning_of
from bot.language.intents.orders import lists_reminders, watches
from bot.language.intents.settings import setting_of
from bot.language.phrases.sentence import Sentence, sentence_of
from bot.language.resolve.alternatives import is_worth_offering
from bot.language.resolve.policy import Policy
from bot.language.resolve.resolver import ASKED_OCCURRENCES, ORDERED_OCCURRENCES, Times, resolve
from bot.language.resolve.spans import NoSuchTimeError
from bot.language.scan.cut import lost
from bot.language.scan.foreign import is_foreign
from bot.language.scan.known_names import KnownNames
from bot.language.scan.repeats import Held, without_count, without_steady
from bot.language.scan.scanner import scan
from bot.language.scan.seats import without_seats
from bot.language.scan.text import language_of, normalise
from bot.language.tokens import SLIP, Kind
from bot.language.values import About
from bot.language.zones import iana_name
from bot.model.digest_orders import DigestOrder
from bot.model.people import StaffId
from bot.model.requests import (
    Assumption,
    AssumptionKind,
    Change,
    Intent,
    Language,
    Problem,
    ProblemCode,
    Request,
    WorkingHours,
)
from bot.model.time import Window, WindowKind

_NOT_UNDERSTOOD = Problem(
    ProblemCode.NOT_UNDERSTOOD, "no request found: name people and a time, e.g. who is free Tue 2-4pm"
)
_NO_TIME = Problem(
    ProblemCode.NO_TIME, "found no time, expected a day or hours, add one, for example: tomorrow afternoon"
)
_NO_PEOPLE = Problem(
    ProblemCode.NO_PEOPLE, "found nobody to add or remove, expected names or mentions, name at least one person"
)
_NO_ANSWER = Problem(
    ProblemCode.NOT_UNDERSTOOD, "found an order about an answer, expected an answer before it, ask for the time first"
)
_TOO_CROWDED = Problem(
    ProblemCode.TOO_LONG, f"found more than {MOST_TIMES} words of time, expected fewer, ask again more briefly"
)
_UNKNOWN_LANGUAGE = Problem(
    ProblemCode.UNKNOWN_LANGUAGE, "found another language, expected Chinese or English, ask again in one of them"
)
_SEARCHES = (Intent.FIND_TIME, Intent.NEXT_FREE, Intent.WHO_IS_FREE)
_TIMELESS = (
    Intent.DIGEST_SHOW,
    Intent.TEAM_ADD,
    Intent.TEAM_REMOVE,
    Intent.TEAM_SHOW,
    Intent.SETTINGS,
    Intent.HELP,
)
_CONCERNED = {
    AssumptionKind.NEXT_WEEK: About.DAY,
    AssumptionKind.MONTH_FIRST: About.DAY,
    AssumptionKind.DATE_FIRST: About.DAY,
}
_MOST_GUESTS = 8
_WEEKLY = "FREQ=WEEKLY"
_LONGEST_EXACT = timedelta(hours=4)


def parse(
    text: str,
    *,
    now: datetime,
    zone: tzinfo,
    mentioned: Sequence[StaffId] = (),
    hours: WorkingHours = WorkingHours(),  # noqa: B008 - frozen
    teams: Mapping[str, str] | None = None,
    names: KnownNames | None = None,
) -> Request:
    """What a text asks for, in the `zone` of its chat. `now` is aware; `teams` maps every spoken form to a team's name.

    `names` are the people of the directory; without them people are found by rule. Pure and linear in the length of the
    text, of which 500 characters are read, at most 100 words, and no more than 32 words of time. Raises for no text.
    """
    text, held = without_count(text)
    text, seats = without_seats(text)
    plain = normalise(text)
    if is_foreign(plain):
        return Request(Intent.UNCLEAR, Language.EN, problem=_UNKNOWN_LANGUAGE)
    tokens = tuple(scan(plain, _spoken(teams or {}), names))
    if is_crowded(tokens):
        return Request(Intent.UNCLEAR, language_of(plain), problem=_TOO_CROWDED)
    if not tokens and not mentioned and text.strip():
        return Request(Intent.THANKS, language_of(plain))  # an emoticon
    sentence = sentence_of(plain, tokens)
    meaning = meaning_of(sentence, mentioned=mentioned, known=names, hours=hours, seats=seats)
    policy = Policy(now.astimezone(zone), zone, hours, begun_counts=meaning.intent is not Intent.DIGEST_ON)
    return _held(_request(sentence, meaning, policy), sentence, held)


def _spoken(teams: Mapping[str, str]) -> dict[str, str]:
    return {normalise(form).folded.strip(): name for form, name in teams.items()}


def _held(request: Request, sentence: Sentence, held: Held) -> Request:
    """With how often a series is held, where that was said, and with what is weekly on no named day."""
    if request.intent is Intent.FIND_TIME and not request.series and held.weekly and not _is_dated(sentence):
        return replace(request, series=_WEEKLY, title=without_steady(request.title))
    count = held.count(sentence.repeated) if sentence.repeated and request.series else 0
    if not count or "UNTIL" in (request.series or ""):
        return request
    return replace(request, series=f"{request.series};COUNT={count}", windows=request.windows[:count])


def _is_dated(sentence: Sentence) -> bool:
    return any(phrase.day is not None for phrase in sentence.phrases)


def _request(sentence: Sentence, meaning: Meaning, policy: Policy) -> Request:
    """A sentence and its meaning with the calendar asked."""
    intent, order = meaning.intent, meaning.order
    times = _times(sentence, meaning, policy)
    windows = times.windows[:1] if intent is Intent.DIGEST_ON else times.windows
    digest = _digest(sentence, meaning, windows, policy)
    problem = _NO_ANSWER if order and order.option else _problem(sentence, meaning, times, timed=bool(windows))
    return Request(
        intent=intent,
        language=language_of(sentence.text),
        windows=windows,
        duration=sentence.length,
        who=meaning.who,
        optional=meaning.optional,
        quorum=meaning.quorum,
        zone=_zone(sentence, times, intent),
        assumptions=_assumptions(sentence, times),
        alternatives=times.alternatives,
        problem=problem,
        leftover=meaning.leftover,
        full=times.full,
        option=order.option if order else None,
        watch=intent is Intent.NEXT_FREE and watches(sentence.rest),
        digest=digest,
        own=meaning.own,
        reminders=intent is Intent.SETTINGS and lists_reminders(sentence.rest, has_time=bool(sentence.phrases)),
        setting=setting_of(sentence.text, sentence.tokens) if intent is Intent.SETTINGS else None,
        aspect=meaning.aspect,
        change=order or _change(sentence, meaning, times, policy),
        series=times.series,
        title=meaning.title,
        place=meaning.place,
        room=meaning.room,
        seats=meaning.seats,
        reminder=sentence.reminder,
        video=meaning.video,
        acts=_acts(meaning, times, problem, policy),
    )


def _digest(sentence: Sentence, meaning: Meaning, windows: Sequence[Window], policy: Policy) -> DigestOrder | None:
    """What is said of a digest, with how long it pauses and of which day one is wanted."""
    if meaning.digest is None:
        return None
    order = paused(meaning.digest, sentence.rest, sentence.phrases, windows=windows)
    return shown_day(order, sentence.text, sentence.phrases, windows=windows, now=policy.now)


def _times(sentence: Sentence, meaning: Meaning, policy: Policy) -> Times:
    timeless = meaning.intent in _TIMELESS and not names_day(meaning.digest, sentence.phrases)
    if meaning.order or timeless:
        return Times()
    occurrences = ORDERED_OCCURRENCES if meaning.intent is Intent.BOOK else ASKED_OCCURRENCES
    return resolve(
        sentence.phrases,
        policy=policy,
        open_ended=meaning.intent in _SEARCHES,
        repeated=None if meaning.intent in DIGEST_INTENTS else sentence.repeated,
        occurrences=occurrences,
    )


def _change(sentence: Sentence, meaning: Meaning, times: Times, policy: Policy) -> Change | None:
    return change_of(
        sentence.rest,
        phrases=sentence.phrases,
        windows=times.windows,
        policy=policy,
        duration=sentence.length,
        who=meaning.spoken_of,
    )


def _acts(meaning: Meaning, times: Times, problem: Problem | None, policy: Policy) -> bool:
    """True for an order that leaves nothing open: people, one exact time, every word accounted for."""
    who = meaning.who
    if meaning.intent is not Intent.BOOK or not meaning.ordered or meaning.order or problem:
        return False
    if (
        meaning.leftover
        or who.unread
        or meaning.place
        or meaning.room
        or meaning.seats
        or times.series
        or len(who.names) + len(who.mentioned) > _MOST_GUESTS
    ):
        return False
    if not (who.names or who.mentioned or who.everyone or who.teams) or len(times.windows) != 1:
        return False
    [window] = times.windows
    exact = window.kind is WindowKind.POINT or (
        window.kind is WindowKind.RANGE and window.interval.length <= _LONGEST_EXACT
    )
    return exact and not any(is_worth_offering(other, policy.now) for other in times.alternatives)


def _zone(sentence: Sentence, times: Times, intent: Intent) -> str | None:
    """The zone that is spoken of; a chat and a digest keep it by an IANA name."""
    if not sentence.has(Kind.SET_ZONE):
        return iana_name(times.zone) if times.zone and intent in DIGEST_INTENTS else times.zone
    return next((iana_name(token.tag) for token in sentence.tokens if token.kind is Kind.ZONE), None)


def _assumptions(sentence: Sentence, times: Times) -> tuple[Assumption, ...]:
    """What was taken for granted, each beside the words that say it; none for words that another phrase lends."""
    slips = [token for token in sentence.tokens if token.known == SLIP]
    if not times.notes and not slips:
        return ()
    typed = [Assumption(AssumptionKind.MISSPELT, sentence.text.typed[token.start : token.end]) for token in slips]
    said = [(note, sentence.words(phrase, _CONCERNED.get(note, About.CLOCK))) for note, phrase in times.notes]
    return tuple(dict.fromkeys([*typed, *[Assumption(note, words) for note, words in said if words]]))


def _problem(sentence: Sentence, meaning: Meaning, times: Times, *, timed: bool) -> Problem | None:
    intent, who = meaning.intent, meaning.spoken_of
    hindering = _unfit(sentence, times.fault) if times.fault else _hindering(times.problem, intent)
    if hindering:
        return hindering
    cut = lost(sentence.text, sentence.tokens, who=who, understood=timed)
    if cut or intent is Intent.UNCLEAR:
        return cut or _unclear(sentence, meaning, timed=timed)
    if intent in (Intent.TEAM_ADD, Intent.TEAM_REMOVE) and who.nobody:
        return _NO_PEOPLE
    needs_time = intent in (Intent.WHO_IS_FREE, Intent.BOOK)
    return _NO_TIME if needs_time and not timed else None


def _unclear(sentence: Sentence, meaning: Meaning, *, timed: bool) -> Problem | None:
    """What is missing where no request was found; nothing is wrong with a time alone, which only asks for nothing."""
    if not timed and _is_bare_name(sentence, meaning):
        return _NO_TIME
    return None if timed and _is_bare_time(meaning) else _NOT_UNDERSTOOD


def _is_bare_time(meaning: Meaning) -> bool:
    return meaning.who.nobody and not meaning.leftover and not meaning.title


def _is_bare_name(sentence: Sentence, meaning: Meaning) -> bool:
    """True for a text that names people and says nothing else."""
    return not meaning.who.nobody and not meaning.leftover and not sentence.phrases


def _unfit(sentence: Sentence, fault: NoSuchTimeError) -> Problem:
    """The problem of a time that cannot be, with the words that say it."""
    words = sentence.words(fault.phrase, fault.about) if fault.phrase else ""
    return Problem(fault.code, str(fault), words)


def _hindering(problem: Problem | None, intent: Intent) -> Problem | None:
    """The problem of the windows. When a digest goes out is nothing that may be over, its pause may be long."""
    if intent in (Intent.THANKS, Intent.UNSUPPORTED, Intent.MY_HOURS):
        return None
    unimportant = {Intent.DIGEST_ON: ProblemCode.IN_THE_PAST, Intent.DIGEST_OFF: ProblemCode.TOO_LONG}.get(intent)
    return None if problem and problem.code is unimportant else problem
