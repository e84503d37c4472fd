"""The people of a question and their busy times: what every feature that judges calendars begins with."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeGuard

from bot.availability.intervals import union
from bot.availability.on_leave import with_leave
from bot.availability.own_events import LAID_OVER, with_own_events
from bot.availability.series import readings
from bot.availability.working_time import Calendars, WorkingCalendar
from bot.errors import NotFound, PermissionDenied, RemoteError, RequestError
from bot.features.common.forms import steps_from
from bot.features.services import Services
from bot.leave import leave_read, worst
from bot.model.causes import OnBehalfOf
from bot.model.freebusy import FreeBusy, State, Unknown, Verdict
from bot.model.leave import LeaveRead
from bot.model.meetings import OwnEvent
from bot.model.people import Missing, Person, StaffId, UnionId, UnknownReason, Who, reason_of
from bot.model.questions import Question
from bot.model.replies import Unclear
from bot.model.requests import Intent, ProblemCode, Request
from bot.model.steps import Step, Verb
from bot.model.time import Interval, Window, span
from bot.names import told_apart
from bot.schedules import BATCH, Reading
from bot.store import opt_outs, own_events

MOST_PEOPLE = 200
LONGEST = timedelta(days=32)
_OPTED_OUT = Unknown(UnknownReason.OPTED_OUT)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everybody a question is about, in the order they were asked about, with what is known of them.

    `checked_at` is when the oldest of it was read. `calendars` are when they work. `asker` is what is known of whoever
    asks, where they were read. `leave` is None where nobody looked for leave, else whether it could be read.
    """

    known: tuple[tuple[Person | Missing, FreeBusy | Unknown], ...]
    checked_at: datetime
    calendars: Calendars
    asker: FreeBusy | Unknown | None = None
    leave: LeaveRead | None = None

    @property
    def unknown(self) -> tuple[Verdict, ...]:
        """The verdicts on those whose time cannot be seen."""
        return tuple(
            Verdict(who, State.UNKNOWN, unknown=known) for who, known in self.known if isinstance(known, Unknown)
        )

    @property
    def people(self) -> list[Person | Missing]:
        """Without what is known of them."""
        return [who for who, _ in self.known]


def hindrance(request: Request, calendar: WorkingCalendar, *, needs_time: bool = True) -> ProblemCode | None:
    """Why the request cannot be answered as it stands; None where it can."""
    if request.problem is not None:
        return request.problem.code
    if request.doubtful and (request.windows or not needs_time):
        return ProblemCode.NOT_UNDERSTOOD
    if not request.windows:
        return ProblemCode.NO_TIME if needs_time else None
    if request.series and request.intent is Intent.WHO_IS_FREE:
        return None  # its times lie apart, and are read apart
    return ProblemCode.TOO_LONG if calendar.whole_days(span(request.windows)).length > LONGEST else None


def without_team(question: Question) -> Unclear:
    """Nobody is named in a chat that has no team; once it has one, the same may be asked again."""
    return Unclear(question, ProblemCode.NO_PEOPLE, (Step(Verb.REFRESH),))


async def gather_or_ask(question: Question, services: Services, windows: Sequence[Window]) -> Gathered | Unclear:
    """Whom the request names over the whole days of `windows`; of too many, or nobody, it asks back."""
    calendar = services.calendar(question.zone)
    try:
        gathered = await _over(question, services, windows)
    except RequestError as error:
        return Unclear(question, ProblemCode(error.code), steps_from(question, calendar))
    return gathered if gathered.known else without_team(question)


async def _over(question: Question, services: Services, windows: Sequence[Window]) -> Gathered:
    """Over the whole days of `windows`, of those that lie farther apart than a month each for itself."""
    calendar = services.calendar(question.zone)
    whole = calendar.whole_days(span(windows))
    if whole.length <= LONGEST:
        return await gather(question, services, window=whole)
    days = readings([window.interval for window in windows], calendar)
    first, *others = await asyncio.gather(*(gather(question, services, window=each) for each in days))
    known = tuple(
        (who, _joined([what, *(part.known[at][1] for part in others)], whole))
        for at, (who, what) in enumerate(first.known)
    )
    mine = [part.asker for part in (first, *others) if part.asker is not None]
    return replace(
        first,
        known=known,
        checked_at=min(part.checked_at for part in (first, *others)),
        asker=_joined(mine, whole) if mine else None,
        leave=worst(part.leave for part in (first, *others)),
    )


def _joined(parts: Sequence[FreeBusy | Unknown], whole: Interval) -> FreeBusy | Unknown:
    """What all readings say together; unknown where one of them is."""
    unknown = [part for part in parts if isinstance(part, Unknown)]
    busy = {item for part in parts if isinstance(part, FreeBusy) for item in part.busy}
    off = [part.leave for part in parts if part.leave is not None]
    leave = tuple(union(each for some in off for each in some)) if off else None
    return replace(unknown[0], leave=leave) if unknown else FreeBusy(whole, tuple(sorted(busy)), leave)


async def gather(
    question: Question, services: Services, *, window: Interval, who: Who | None = None, anew: bool = False
) -> Gathered:
    """Whom the request names, or `who`, with their busy times over `window`: one call for each 20 people.

    They are read in the name of `question.asker`. The same window is asked for at most once a minute in the same name,
    so ask for whole days; `anew` asks whatever was read before. Whoever does not want to be shown is not read. What the
    bot itself made and deleted in the last two minutes is laid over what was read, for which the store is read once.
    Raises RequestError for more than 200 people, and StoreError.
    """
    people, asker = await asyncio.gather(people_of(question, services, who), _asker(question.asker, services))
    everybody = [each.staff_id for each in (*people, asker) if isinstance(each, Person)]
    out, calendars = await asyncio.gather(opted_out(question, services), services.calendars(everybody))
    people = [_hidden(each, who or question.request.who) if each.staff_id in out else each for each in people]
    shown = [each for each in people if each.staff_id not in out]
    along = [asker] if who is None and services.config.booking.enabled and _has_room(asker, shown) else []
    read = [each for each in (*shown, *along) if isinstance(each, Person)]
    readings, leave = await asyncio.gather(
        _readings(read, asker, calendars, question=question, services=services, window=window, anew=anew),
        services.leave.of([each.staff_id for each in read], window=window),
    )
    now = services.clock()
    own = await own_events.changed(services.store, since=now - LAID_OVER) if services.config.booking.enabled else ()

    def known_of(each: Person | Missing) -> FreeBusy | Unknown:
        found = _known(each, readings, own, now)
        off = leave.get(each.staff_id) if each.staff_id else None
        calendar, office = calendars.of(each.staff_id), calendars.usual.zone
        return with_leave(found, off, calendar=calendar, office=office, window=window)

    known = tuple((each, _OPTED_OUT if each.staff_id in out else known_of(each)) for each in people)
    mine = known_of(asker) if isinstance(asker, Person) else None
    return Gathered(known, _checked_at(readings, now), calendars, mine, leave_read(leave))


def _has_room(asker: Person | Unknown, people: Sequence[Person | Missing]) -> TypeGuard[Person]:
    """True where whoever asks is read without a call more: they may book over their own meeting."""
    persons = [each.staff_id for each in people if isinstance(each, Person)]
    return isinstance(asker, Person) and asker.staff_id not in persons and len(persons) % BATCH != 0


async def opted_out(question: Question, services: Services) -> frozenset[StaffId]:
    """Who is not to be shown in the question's chat; one may always look at oneself. Raises StoreError."""
    return await opt_outs.of_chat(services.store, question.conversation_id) - {question.asker}


def _hidden(each: Person | Missing, who: Who) -> Person | Missing:
    """Somebody who does not want to be shown keeps their name only where the question has it, not as one of a team."""
    if isinstance(each, Missing):
        return each
    typed = {name.casefold() for name in who.typed}
    named = each.staff_id in who.mentioned or each.called or each.name.casefold() in typed
    return each if named else Missing("", UnknownReason.OPTED_OUT, each.staff_id)


async def gather_standing(
    question: Question,
    services: Services,
    *,
    window: Interval,
    readers: Mapping[StaffId, Sequence[StaffId]],
    order: Sequence[StaffId],
) -> Gathered:
    """Everybody of `readers`, each read in the name of the one who reads them, in `order`; at most 200 people in all.

    Whoever has a reader who is not there any more stays unknown.
    """
    parts = await asyncio.gather(
        *(
            gather(replace(question, asker=reader), services, window=window, who=Who(mentioned=tuple(people)))
            for reader, people in readers.items()
        )
    )
    places = {staff_id: place for place, staff_id in enumerate(order)}
    everybody = [each for part in parts for each in part.known]
    shown = zip(told_apart([who for who, _ in everybody]), [known for _, known in everybody], strict=True)
    known = tuple(sorted(shown, key=lambda each: places.get(each[0].staff_id or StaffId(""), len(places))))
    own = {person: calendar for part in parts for person, calendar in part.calendars.own.items()}
    calendars = Calendars(services.calendar(services.config.timezone), own)
    return Gathered(
        known,
        min(part.checked_at for part in parts),
        calendars,
        leave=worst(part.leave for part in parts),
    )


async def people_of(question: Question, services: Services, who: Who | None = None) -> list[Person | Missing]:
    """Everybody the question is about, or `who`. Raises RequestError for too many."""
    who, outsiders = who or question.request.who, [Missing("", UnknownReason.EXTERNAL)] * question.outsiders
    chat = None if outsiders and who.nobody else question.conversation_id
    most = MOST_PEOPLE - len(outsiders)
    found = await services.directory.resolve(who, me=question.author, chat=chat, team=question.team, most=most)
    return told_apart(found) + outsiders


async def _asker(staff_id: StaffId, services: Services) -> Person | Unknown:
    """In whose name calendars are read. Without that nothing can be read, and everybody stays unknown."""
    try:
        return await services.directory.person(staff_id)
    except NotFound:
        return Unknown(UnknownReason.READER_GONE)
    except RemoteError as error:
        scopes = error.scopes if isinstance(error, PermissionDenied) else ()
        return Unknown(reason_of(error), ",".join(scopes))


async def _readings(
    people: list[Person],
    asker: Person | Unknown,
    calendars: Calendars,
    *,
    question: Question,
    services: Services,
    window: Interval,
    anew: bool,
) -> Mapping[UnionId, Reading]:
    persons = tuple(people)
    if isinstance(asker, Unknown):
        return {person.union_id: Reading(asker, asyncio.get_running_loop().time()) for person in persons}
    zone = services.calendar(question.zone).zone
    zones = {each.union_id: calendars.of(each.staff_id).zone for each in persons}
    read = OnBehalfOf(asker, persons)
    return await services.schedules.free_busy(read, window=window, zone=zone, zones=zones, anew=anew)


def _known(
    who: Person | Missing, readings: Mapping[UnionId, Reading], own: Sequence[OwnEvent], now: datetime
) -> FreeBusy | Unknown:
    if isinstance(who, Missing):
        return Unknown(who.reason, who.detail)
    reading = readings.get(who.union_id)
    if reading is None:
        return Unknown(UnknownReason.NO_ANSWER)
    if isinstance(reading.known, Unknown) or not own:
        return reading.known
    return with_own_events(reading.known, who.staff_id, own, read_at=_when(reading, now), now=now)


def _checked_at(readings: Mapping[UnionId, Reading], now: datetime) -> datetime:
    """When the oldest of the data was read."""
    return min((_when(reading, now) for reading in readings.values()), default=now)


def _when(reading: Reading, now: datetime) -> datetime:
    return now - timedelta(seconds=asyncio.get_running_loop().time() - reading.read_at)
