"""A series before it is made: at which of its times everybody is free, and the weekday and hour that does better."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.availability.series import MOST, busy_always, is_day_of, skipped, suiting, times_of, weeks_read
from bot.availability.weekly import Hours, SoughtWeekly, Weekly, best, better_than, candidates, working_hours
from bot.availability.working_time import WorkingCalendar
from bot.errors import RequestError
from bot.features.booking.guests import who_comes
from bot.features.booking.series_reading import SeriesRead, first_day, read_people, windows_of, zone_of
from bot.features.booking.series_steps import is_makeable, steps
from bot.features.common.free_busy import people_of, without_team
from bot.features.common.picks import namesakes_in
from bot.features.services import Services
from bot.model.card_state import SeriesCard
from bot.model.people import Person
from bot.model.questions import Asked, Question
from bot.model.replies import LineCode, PlainLine, SeriesShown, Unclear
from bot.model.requests import ProblemCode, Request
from bot.model.series import Frequency, Series, SeriesRule, read_rule
from bot.model.time import Interval, WindowKind

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_WEEKS = 8
_MOST_OPTIONS = 3
_LONGEST_EXACT = timedelta(hours=4)


def opened(question: Question) -> Asked | None:
    """The card of a series that is ordered, or for which an hour is sought; None where that cannot be told."""
    request = question.request
    if request.series is None or request.problem or request.doubtful:
        return None
    try:
        rule, _ = read_rule(request.series)
    except (ValueError, KeyError):
        return None
    exact = exact_first(request) is not None
    sought = rule.frequency is Frequency.WEEKLY and rule.interval == 1
    if not exact and not sought:
        return None
    words = tuple(left.text for left in request.leftover)
    return Asked(question, SeriesCard(question.asker, numbered=not exact, left_over=words))


def exact_first(request: Request) -> Interval | None:
    """The first time of a series that names its hour, which has not begun; None where it is to be sought."""
    if not request.windows:
        return None
    begun = bool(request.full) and request.full[0].start < request.windows[0].start
    windows = request.windows[1:] if begun else request.windows
    if not windows:
        return None
    [window, *_], length = windows, windows[0].interval.length
    if window.kind is WindowKind.POINT:
        return Interval(window.start, window.start + (request.duration or length))
    fits = request.duration in (None, length) and length <= _LONGEST_EXACT
    return window.interval if window.kind is WindowKind.RANGE and fits else None


async def answer(question: Question, card: SeriesCard, services: Services) -> SeriesShown | Unclear | PlainLine:
    """The series as it would be made; where nothing was done, why, without another reading.

    Read in the name of `question.asker`, who need not be the organizer. Raises RemoteError and StoreError.
    """
    asked = replace(question, asker=card.organizer)
    if card.refusal:
        return SeriesShown(question, card, steps=steps(question, card, services))
    try:
        people = await people_of(asked, services, who_comes(asked, card.guests))
        namesakes = namesakes_in(people) if card.guests is None else None
        if namesakes:
            question = replace(question, namesakes=namesakes)
            return Unclear(question, ProblemCode.NO_PEOPLE, steps(question, card, services), card=card)
        if not any(isinstance(who, Person) and who.staff_id != card.organizer for who in people):
            return replace(without_team(question), steps=())
        return await _read(question, card, services)
    except RequestError as error:
        return Unclear(question, ProblemCode(error.code))


async def _read(question: Question, card: SeriesCard, services: Services) -> SeriesShown | PlainLine:
    request = question.request
    zone = zone_of(request, question.zone)
    calendar = services.calendar(zone)
    rule, end = read_rule(request.series or "")
    first = exact_first(request)
    if first is None or card.numbered:
        return await _sought(question, card, services, rule)
    rule = _fitting(rule, first, calendar)
    times = times_of(rule, end, first, calendar.zone)
    if len(times) > MOST:
        return PlainLine(question, LineCode.SERIES_TOO_LONG, card=card)
    windows = windows_of(rule, times, question.now, calendar)
    read = await read_people(question, card.guests, windows, services, anew=False, organizer=card.organizer)
    days = [time.start.astimezone(calendar.zone).date() for time in times]

    def reckoned() -> SeriesShown:
        series = Series(rule, zone, read.slots(times), tuple(skipped(rule, days)))
        options = (series, *_better(series, read, question, calendar))
        return _shown(question, replace(card, options=options), read, calendar, services)

    # Beside the event loop: 200 people over a year are most of a second of arithmetic.
    return await asyncio.to_thread(reckoned)


def _fitting(rule: SeriesRule, first: Interval, calendar: WorkingCalendar) -> SeriesRule:
    """The rule on the day of its first time: a follow-up may have moved a weekly series to another weekday."""
    day = first.start.astimezone(calendar.zone).date()
    if rule.weekly and not is_day_of(rule, day):
        return replace(rule, weekdays=(day.weekday(),))
    return rule


def _better(series: Series, read: SeriesRead, question: Question, calendar: WorkingCalendar) -> tuple[Series, ...]:
    """The weekday and hour that suits the same people in more weeks, by what was read of whole weeks.

    By the clocks of another zone than the chat's nobody's working hours are known, so that none is offered.
    """
    if not series.rule.weekly or series.zone != question.zone:
        return ()
    local = series.first.start.astimezone(calendar.zone)
    sought = SoughtWeekly(
        read.people,
        first_day(series.first, question.now, calendar),
        len(series.occurrences),
        series.first.length,
        calendar,
        question.now,
        working_hours(calendar),
    )
    fitting = len(suiting(series.occurrences, len(read.people), calendar))
    found = better_than(fitting, local.weekday(), local.hour * 60 + local.minute, candidates(sought))
    return (_weekly(found, read, series.zone),) if found else ()


def _weekly(found: Weekly, read: SeriesRead, zone: str) -> Series:
    return Series(SeriesRule(Frequency.WEEKLY, weekdays=(found.weekday,)), zone, read.slots(found.times))


async def _sought(question: Question, card: SeriesCard, services: Services, rule: SeriesRule) -> SeriesShown:
    """The best weekdays and hours of eight weeks, numbered."""
    zone = question.zone  # whose working hours are known
    calendar = services.calendar(zone)
    first = (question.now.astimezone(calendar.zone) + _DAY).date()
    windows = weeks_read(first, _WEEKS, calendar)
    read = await read_people(question, card.guests, windows, services, anew=False, organizer=card.organizer)
    sought = SoughtWeekly(
        read.people,
        first,
        _WEEKS,
        question.request.duration or _HOUR,
        calendar,
        question.now,
        _within(question.request, rule, calendar),
    )
    found = await asyncio.to_thread(lambda: best(candidates(sought), _MOST_OPTIONS))
    options = tuple(_weekly(each, read, zone) for each in found)
    return _shown(question, replace(card, options=options, numbered=True), read, calendar, services)


def _within(request: Request, rule: SeriesRule, calendar: WorkingCalendar) -> tuple[Hours, ...]:
    """The working hours of the weekdays that were named, in the part of the day that was."""
    worked = working_hours(calendar)
    named = [hours for hours in worked if not rule.weekdays or hours.weekday in rule.weekdays]
    window = request.windows[0] if request.windows else None
    if window is None or window.kind is not WindowKind.PART:
        return tuple(named)
    start, end = (moment.hour * 60 + moment.minute for moment in (window.start, window.end))
    parts = [replace(hours, start=max(hours.start, start), end=min(hours.end, end)) for hours in named]
    return tuple(part for part in parts if part.start < part.end)


def _shown(
    question: Question, card: SeriesCard, read: SeriesRead, calendar: WorkingCalendar, services: Services
) -> SeriesShown:
    people = len(read.people)
    guests = read.invited.guests
    card = replace(card, guests=tuple(guest.staff_id for guest in guests))
    slots = card.options[0].occurrences if card.options else ()
    always = busy_always(slots)
    return SeriesShown(
        question,
        card,
        guests,
        times=read.occurrences(slots, calendar),
        suiting=tuple(len(suiting(option.occurrences, people, calendar)) for option in card.options),
        always_busy=read.named(always),
        unseen=read.hidden(slots) if slots else (),
        not_invited=read.invited.missing,
        checked_at=read.checked_at,
        outside=bool(slots) and not any(services.calendar(question.zone).touches(slot.interval) for slot in slots),
        makeable=not card.options or is_makeable(card.options[0].rule),
        steps=steps(question, card, services),
    )
