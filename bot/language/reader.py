"""`parse`: text -> Request, by scanning, reading, grouping and resolving; see docs/language.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from types import UnionType

from bot.language.atoms import Atom
from bot.language.changes import change_of
from bot.language.cuts import lost
from bot.language.digest_orders import DIGEST_INTENTS, is_bare, paused, read_order
from bot.language.grouping import Grouper
from bot.language.intents import Clues, intent_of
from bot.language.leftovers import leftover
from bot.language.orders import lists_reminders, order_of, watches
from bot.language.people import optional_mention, optional_people, people_of, quorum_of
from bot.language.policy import Policy
from bot.language.reading import MOST_TIMES, is_crowded, read
from bot.language.scan import scan
from bot.language.settings import asks_for_members, setting_of, shows_settings
from bot.language.specs import Ahead, Clock, Days, Hours, In, Lasting, Next, Now, Part, Phrase
from bot.language.stretches import About, NoSuchTimeError
from bot.language.text import Text, language_of, normalise
from bot.language.times import Times, resolve
from bot.language.tokens import Kind, Token
from bot.language.zones import iana_name
from bot.model.people import StaffId, Who
from bot.model.requests import (
    Assumption,
    AssumptionKind,
    Intent,
    Problem,
    ProblemCode,
    Request,
    WorkingHours,
)  # fmt: skip

_NOT_UNDERSTOOD = Problem(
    ProblemCode.NOT_UNDERSTOOD, "found no request, expected people and a time, ask for example: who is free Tue 2-4pm"
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
_TIMELESS = (
    Intent.DIGEST_SHOW,
    Intent.TEAM_ADD,
    Intent.TEAM_REMOVE,
    Intent.TEAM_SHOW,
    Intent.SETTINGS,
    Intent.HELP,
)


_MEETING = (Intent.FIND_TIME, Intent.BOOK)
_ROSTER = (Intent.TEAM_ADD, Intent.TEAM_REMOVE, Intent.TEAM_SHOW)


_MOST_WORDS = 24
_SAYING: dict[About, type | UnionType] = {About.DAY: Days, About.CLOCK: Clock | Part | In | Next | Now}
"""The values that say a day, and those that say hours."""
_CONCERNED = {AssumptionKind.NEXT_WEEK: About.DAY, AssumptionKind.MONTH_FIRST: About.DAY}
_HOURLY = (Clock, Hours, Lasting, In)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The tokens of a text with what was read of them."""

    text: Text
    tokens: tuple[Token, ...]
    atoms: list[Atom]
    phrases: tuple[Phrase, ...]
    length: timedelta | None
    timed: list[bool]
    """For each token, whether it is part of a time."""
    rest: tuple[Token, ...]
    """The tokens that speak of no time."""

    def words(self, phrase: Phrase, about: About) -> str:
        """The words of a phrase that say its day or its hours, at most 24 characters; "" where it says none itself."""
        said = [atom for atom in self.atoms[phrase.start : phrase.end] if isinstance(atom.value, _SAYING[about])]
        if not said:
            return ""
        first, last = self.tokens[said[0].first], self.tokens[said[-1].stop - 1]
        return self.text.typed[first.start : last.end][:_MOST_WORDS].strip()


def parse(
    text: str,
    *,
    now: datetime,
    zone: tzinfo,
    mentioned: Sequence[StaffId] = (),
    hours: WorkingHours = WorkingHours(),  # noqa: B008 - frozen
    teams: Mapping[str, str] | None = None,
) -> Request:
    """What a text asks for, in the `zone` of its chat. `now` is aware; `teams` maps every spoken form to a team's name.

    Pure and linear in the length of the text, of which 500 characters are read, at most 100 words, and no more than 32
    words of time. Raises for no text.
    """
    plain = normalise(text)
    tokens = tuple(scan(plain, _spoken(teams or {})))
    if is_crowded(tokens):
        return Request(Intent.UNCLEAR, language_of(plain), problem=_TOO_CROWDED)
    sentence = _sentence(plain, tokens)
    who = people_of(sentence.text, sentence.tokens, sentence.timed, mentioned=mentioned)
    spoken_of = who
    if who.without_names or who.without_me:
        spoken_of = replace(who, names=who.names + who.without_names, without_names=(), without_me=False)
        who = replace(who, me=who.me and not who.without_me)
    optional: tuple[str | StaffId, ...] = optional_people(sentence.text, sentence.tokens, sentence.timed)
    order = order_of(tokens, has_time=bool(sentence.phrases))
    intent = Intent.BOOK if order else _intent(sentence, spoken_of)
    digest = None
    if intent in DIGEST_INTENTS or (not order and is_bare(plain)):
        intent, digest = read_order(plain, sentence.rest, sentence.phrases, intent=intent, hours=hours)
    if intent in _ROSTER and who.everyone:
        who, spoken_of = replace(who, everyone=False), replace(spoken_of, everyone=False)
    unsaid: tuple[str, ...] = ()
    if intent in _MEETING and not optional:
        optional, unsaid = optional_mention(sentence.text, sentence.tokens, mentioned)
    policy = Policy(now.astimezone(zone), zone, hours, begun_counts=intent is not Intent.DIGEST_ON)
    times = (
        Times()
        if order or intent in _TIMELESS
        else resolve(sentence.phrases, policy=policy, open_ended=intent is Intent.FIND_TIME)
    )
    windows = times.windows[:1] if intent is Intent.DIGEST_ON else times.windows
    digest = paused(digest, sentence.rest, sentence.phrases, windows=windows) if digest else None
    return Request(
        intent=intent,
        language=language_of(sentence.text),
        windows=windows,
        duration=sentence.length,
        who=who,
        optional=optional,
        quorum=quorum_of(sentence.tokens),
        zone=_zone(sentence, times, intent),
        assumptions=_assumptions(sentence, times),
        alternatives=times.alternatives,
        problem=_NO_ANSWER
        if order
        else (_unfit(sentence, times.fault) if times.fault else _hindering(times.problem, intent))
        or _problem(sentence, intent=intent, who=spoken_of, timed=bool(windows)),
        leftover=() if order else (*leftover(sentence.tokens, sentence.timed), *unsaid),
        full=times.full,
        option=order.option if order else None,
        watch=intent is Intent.NEXT_FREE and watches(sentence.rest),
        digest=digest,
        reminders=intent is Intent.SETTINGS and lists_reminders(sentence.rest, has_time=bool(sentence.phrases)),
        setting=setting_of(sentence.text, sentence.tokens) if intent is Intent.SETTINGS else None,
        change=order
        or change_of(
            sentence.rest,
            phrases=sentence.phrases,
            windows=times.windows,
            policy=policy,
            duration=sentence.length,
            who=spoken_of,
        ),
    )


def _spoken(teams: Mapping[str, str]) -> dict[str, str]:
    return {normalise(form).folded.strip(): name for form, name in teams.items()}


def _sentence(text: Text, tokens: tuple[Token, ...]) -> _Sentence:
    atoms = read(tokens)
    grouper = Grouper(atoms)
    phrases = grouper.phrases()
    minutes = [length.minutes for length in grouper.lengths if length.minutes]
    paused = next((length for length in grouper.lengths if length.unit), None)
    if paused and not phrases and any(token.kind is Kind.STOP for token in tokens):
        phrases = [Phrase(day=Ahead(paused.count, paused.unit))]
    timed = _timed(atoms, len(tokens))
    rest = tuple([token for token, is_time in zip(tokens, timed, strict=True) if not is_time])
    return _Sentence(text, tokens, atoms, *_lasting(phrases, minutes), timed, rest)


def _timed(atoms: list[Atom], count: int) -> list[bool]:
    found = [False] * count
    for atom in atoms:
        if atom.value is not None:
            for place in range(atom.first, atom.stop):
                found[place] = True
    return found


def _lasting(phrases: list[Phrase], minutes: list[int]) -> tuple[tuple[Phrase, ...], timedelta | None]:
    """The phrases, and how long is asked for; a length beside a single point in time says how long that lasts."""
    if not minutes and not any(isinstance(phrase.time, Lasting) for phrase in phrases):
        return tuple(phrases), None
    lasting = next((p.time.minutes for p in phrases if isinstance(p.time, Lasting)), None)
    length = minutes[0] if minutes else lasting
    points = [place for place, phrase in enumerate(phrases) if isinstance(phrase.time, Clock)]
    if minutes and len(points) == 1 and not any(isinstance(p.time, Lasting) for p in phrases):
        phrase = phrases[points[0]]
        assert isinstance(phrase.time, Clock)
        phrases = [*phrases]
        phrases[points[0]] = replace(phrase, time=Lasting(phrase.time, minutes[0]))
    return tuple(phrases), timedelta(minutes=length) if length else None


def _intent(sentence: _Sentence, who: Who) -> Intent:
    """What is wanted, where the words say it or the form of the whole text does."""
    if not sentence.phrases and asks_for_members(sentence.tokens):
        return Intent.TEAM_SHOW
    if shows_settings(sentence.text, sentence.tokens):
        return Intent.SETTINGS
    return intent_of(_clues(sentence, who))


def _clues(sentence: _Sentence, who: Who) -> Clues:
    hourly = any(isinstance(phrase.time, _HOURLY) and not phrase.sign for phrase in sentence.phrases)
    return Clues(
        sentence.rest, who, has_time=bool(sentence.phrases), has_hours=hourly, has_length=sentence.length is not None
    )


def _zone(sentence: _Sentence, times: Times, intent: Intent) -> str | None:
    """The zone that is spoken of; a chat and a digest keep it by an IANA name."""
    if Kind.SET_ZONE not in [token.kind for token in sentence.tokens]:
        return iana_name(times.zone) if times.zone and intent in DIGEST_INTENTS else times.zone
    return next((iana_name(token.tag) for token in sentence.tokens if token.kind is Kind.ZONE), None)


def _assumptions(sentence: _Sentence, times: Times) -> tuple[Assumption, ...]:
    """What was taken for granted, each beside the words that say it; none for words that another phrase lends."""
    if not times.notes:
        return ()
    said = [(note, sentence.words(phrase, _CONCERNED.get(note, About.CLOCK))) for note, phrase in times.notes]
    return tuple(dict.fromkeys([Assumption(note, words) for note, words in said if words]))


def _unfit(sentence: _Sentence, fault: NoSuchTimeError) -> Problem:
    """The problem of a time that cannot be, with the words that say it."""
    words = sentence.words(fault.phrase, fault.about) if fault.phrase else ""
    return Problem(fault.code, str(fault), words)


def _hindering(problem: Problem | None, intent: Intent) -> Problem | None:
    """The problem of the windows. When a digest goes out is nothing that may be over, its pause may be long."""
    unimportant = {Intent.DIGEST_ON: ProblemCode.IN_THE_PAST, Intent.DIGEST_OFF: ProblemCode.TOO_LONG}.get(intent)
    return None if problem and problem.code is unimportant else problem


def _problem(sentence: _Sentence, *, intent: Intent, who: Who, timed: bool) -> Problem | None:
    cut = lost(sentence.text, sentence.tokens, who=who, understood=timed)
    if cut or intent is Intent.UNCLEAR:
        return cut or _NOT_UNDERSTOOD
    if intent in (Intent.TEAM_ADD, Intent.TEAM_REMOVE) and who.nobody:
        return _NO_PEOPLE
    needs_time = intent in (Intent.WHO_IS_FREE, Intent.BOOK)
    return _NO_TIME if needs_time and not timed else None
