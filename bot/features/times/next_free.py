"""When people are next free, together where they are several: the next stretch in working time, and the one after."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.availability.heatmap import bar
from bot.availability.sought import Attendee, Sought, next_quarter
from bot.availability.stretches import common_stretches
from bot.availability.working_time import WorkingCalendar
from bot.features.common.book_steps import book_steps
from bot.features.common.forms import steps_from
from bot.features.common.free_busy import Gathered, gather_or_ask, hindrance
from bot.features.common.picks import namesakes_in, picks
from bot.features.common.requests import asked_about, is_asked_back
from bot.features.services import Services
from bot.features.times.about_now import engagement
from bot.features.waiting.subscriptions import subscribe_step
from bot.model.card_state import NextFreeCard, Waiting
from bot.model.freebusy import FreeBusy
from bot.model.meetings import Slot
from bot.model.people import Person
from bot.model.questions import Question
from bot.model.replies import NextFree, Unclear
from bot.model.requests import Aspect, Intent, Request
from bot.model.steps import Step, Verb
from bot.model.time import Interval, Window, WindowKind

HORIZON = 14  # days
SHORTEST = timedelta(minutes=30)
_LONGEST_BOOKED = timedelta(hours=1)
_QUARTER = timedelta(minutes=15)
_DAY = timedelta(days=1)


async def answer(question: Question, card: NextFreeCard, services: Services) -> NextFree | Unclear:
    """The next two stretches in which everybody who can be seen is free for as long as asked, half an hour at least."""
    chat = services.calendar(question.zone)
    code = hindrance(question.request, chat, needs_time=False)
    if code is not None:
        return Unclear(question, code, steps_from(question, chat))
    windows = question.request.windows or _horizon(question, chat)
    gathered = await gather_or_ask(question, services, windows)
    if isinstance(gathered, Unclear):
        return gathered
    asked = replace(question, namesakes=namesakes_in(gathered.people))
    return _reply(asked, card, gathered, windows, services=services)


def steps(question: Question, card: NextFreeCard, services: Services) -> tuple[Step, ...]:
    """Book what was found, look at the day, look again."""
    calendar = services.calendar(question.zone)
    if is_asked_back(question.request):
        return steps_from(question, calendar)
    book = book_steps(question, card, services)
    first = card.offered.interval.start if card.offered else question.now
    midnight = first.astimezone(calendar.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    day = Window(midnight, midnight + _DAY, WindowKind.DAYS)
    see = Step(Verb.DAY, asked_about(question.request, (day,), intent=Intent.OVERVIEW))
    return (*picks(question), *book, *subscribe_step(card.waiting, in_group=question.in_group), see, Step(Verb.REFRESH))


def _horizon(question: Question, calendar: WorkingCalendar) -> tuple[Window, ...]:
    """From now on for two weeks, whole days so that a second look within a minute costs nothing."""
    now = question.now.astimezone(calendar.zone)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return (Window(now, midnight + HORIZON * _DAY, WindowKind.DAYS),)


def _reply(
    question: Question, card: NextFreeCard, gathered: Gathered, windows: tuple[Window, ...], *, services: Services
) -> NextFree:
    seen = [(who, known) for who, known in gathered.known if isinstance(who, Person) and isinstance(known, FreeBusy)]
    single = seen[0][0] if len(gathered.known) == 1 and seen else None
    calendar = gathered.calendars.of(single.staff_id) if single else services.calendar(question.zone)
    attendees = tuple(Attendee(who.staff_id, known, gathered.calendars.of(who.staff_id)) for who, known in seen)
    shortest = question.request.duration or SHORTEST
    mark = _last_mark(question.now)
    searched = tuple(_from_mark(window, mark) if window.start <= question.now else window for window in windows)
    sought = Sought(attendees, searched, shortest, calendar, mark)
    found = tuple(common_stretches(sought, shortest=shortest)[:2]) if attendees else ()
    blocked = bool(seen) and not (found and found[0].start <= question.now)
    slot = _slot(found[0], question.request, gathered) if found else None
    shown = NextFreeCard(slot, Waiting(blocked, card.waiting.names))
    asks_end = single is not None and question.request.aspect is Aspect.END
    amid = engagement(seen[0][1], question.now) if asks_end else None
    reply = NextFree(
        question,
        shown,
        known=tuple(who for who, _ in seen),
        unknown=gathered.unknown,
        stretches=found,
        searched_until=windows[-1].end,
        checked_at=gathered.checked_at,
        leave=gathered.leave,
        busy_until=amid.end if amid else None,
        steps=steps(question, shown, services),
    )
    return _with_bar(reply, seen[0][1], calendar, windows=windows) if single else reply


def _last_mark(now: datetime) -> datetime:
    """A search begins on a mark of five minutes: on the last one, so that who is free now is found to be."""
    return now - timedelta(minutes=now.minute % 5, seconds=now.second, microseconds=now.microsecond)


def _from_mark(window: Window, mark: datetime) -> Window:
    """A window that has begun, from the mark on if it begins behind it."""
    return replace(window, start=min(window.start, mark.astimezone(window.start.tzinfo)))


def _with_bar(reply: NextFree, known: FreeBusy, calendar: WorkingCalendar, *, windows: tuple[Window, ...]) -> NextFree:
    """The rest of today of a single person, on their own clock, where today was asked about."""
    question = reply.question
    today = any(window.start <= question.now < window.end for window in windows)
    elsewhere = str(calendar.zone) if str(calendar.zone) != question.zone else None
    drawn = bar(known, within=_rest_of_today(question.now, calendar), calendar=calendar) if today else None
    if drawn is None:
        return replace(reply, elsewhere=elsewhere)
    return replace(reply, elsewhere=elsewhere, bar_over=drawn[0], bar=drawn[1])


def _rest_of_today(now: datetime, calendar: WorkingCalendar) -> Interval:
    """From the half hour that has begun to midnight."""
    local = now.astimezone(calendar.zone)
    begun = local.replace(minute=local.minute // 30 * 30, second=0, microsecond=0)
    return Interval(begun, local.replace(hour=0, minute=0, second=0, microsecond=0) + _DAY)


def _slot(stretch: Interval, request: Request, gathered: Gathered) -> Slot | None:
    """What would be booked of it, from a quarter: as long as asked, else an hour; None if it is short.

    Without a length half an hour will do.
    """
    start = next_quarter(stretch.start)
    left = max(stretch.end - start, timedelta(0)) // _QUARTER * _QUARTER
    length = request.duration or min(left, _LONGEST_BOOKED)
    if length > stretch.end - start or length < (request.duration or SHORTEST):
        return None
    unknown = tuple(verdict.who.staff_id for verdict in gathered.unknown if isinstance(verdict.who, Person))
    return Slot(Interval(start, start + length), unknown=unknown)
