"""Where one can go from an answer: later, earlier, the other reading, or one of three forms that work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.availability.working_time import DayKind, WorkingCalendar
from bot.language import is_worth_offering
from bot.model.people import Missing, Person, StaffId, UnknownReason, Who
from bot.model.questions import Namesakes, Question, Step, Verb
from bot.model.replies import DayNote
from bot.model.requests import Alternative, Intent, ProblemCode, Request
from bot.model.time import Interval, Window, WindowKind

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_NOW = timedelta(minutes=30)
_QUARTER = timedelta(minutes=15)
_FARTHEST_DAY_OFF = 14
_VERDICTS = (Intent.WHO_IS_FREE, Intent.LEAVE)
PICKS = (Verb.PICK_1, Verb.PICK_2, Verb.PICK_3)


def steps_from(question: Question, calendar: WorkingCalendar) -> tuple[Step, ...]:
    """The buttons of an answer, the likeliest first. A request without windows gets forms that reuse its people."""
    request = question.request
    now = question.now.astimezone(calendar.zone)
    other = tuple(_step(Verb.OTHER, request, alternative.windows) for alternative in other_readings(question)[:1])
    if request.intent not in _VERDICTS or request.problem is not None or is_doubtful(request):
        coming = tuple(window for window in request.windows if window.end > now)
        asked = (_step(Verb.ASKED, request, coming),) if coming and not _is_too_long(request) else ()
        return asked + other + _forms(request, now, calendar)
    earlier = moved(request.windows, now, calendar, forward=False)
    steps = [_step(Verb.LATER, request, moved(request.windows, now, calendar, forward=True)), *other]
    if earlier[0].start >= now:
        steps.append(_step(Verb.EARLIER, request, earlier))
    return (*picks(question), *steps, Step(Verb.REFRESH))


def other_readings(question: Question) -> list[Alternative]:
    """The other readings that somebody may mean; where there is a problem they are the nearest times, all of them."""
    others = question.request.alternatives
    if question.request.problem:
        return list(others)
    return [other for other in others if is_worth_offering(other, question.now)]


def _is_too_long(request: Request) -> bool:
    """True where the windows are, rather than the text."""
    too_long = request.problem is not None and request.problem.code is ProblemCode.TOO_LONG
    return too_long and bool(request.alternatives)


def asked_about(
    request: Request, windows: tuple[Window, ...], *, who: Who | None = None, intent: Intent = Intent.WHO_IS_FREE
) -> Request:
    """The same people, or `who`, asked about other windows; what was doubtful about the old ones is gone."""
    return replace(
        request,
        intent=intent,
        windows=windows,
        who=who or request.who,
        optional=_optional(request, who or request.who),
        problem=None,
        assumptions=(),
        alternatives=(),
        leftover=(),
        full=(),
        change=None,
    )


def moved(windows: Sequence[Window], now: datetime, calendar: WorkingCalendar, *, forward: bool) -> tuple[Window, ...]:
    """The same windows one step on: hours by their own length, parts of days by a day, several windows by a week."""
    return _moved(tuple(_as_asked(window, now) for window in windows), calendar, forward=forward)


def _step(verb: Verb, request: Request, windows: tuple[Window, ...]) -> Step:
    intent = Intent.LEAVE if request.intent is Intent.LEAVE else Intent.WHO_IS_FREE
    return Step(verb, asked_about(request, windows, intent=intent))


def _optional(request: Request, who: Who) -> tuple[str | StaffId, ...]:
    """Who need not come: somebody picked takes the place of their name."""
    picked = [staff_id for staff_id in who.mentioned if staff_id not in request.who.mentioned]
    gone = set(request.who.typed) - set(who.typed)
    still = [*picked, *request.optional] if gone.intersection(request.optional) else request.optional
    return tuple(each for each in still if each not in gone)


def is_doubtful(request: Request) -> bool:
    """True where nothing says when, or where a number or a day was left over that may have meant something."""
    return not request.windows or request.doubtful


def is_asked_back(request: Request) -> bool:
    """True where the answer is a question: something is wrong with the request, or not all of it was understood."""
    return request.problem is not None or request.doubtful


def namesakes_in(people: Iterable[Person | Missing]) -> Namesakes | None:
    """The first typed name that is not one person's, with as many who may be meant as there are buttons.

    A name of several people, or one that comes near somebody's, goes before one that is like nobody's.
    """
    asked = [each for each in people if isinstance(each, Missing) and (each.among or _is_nobody(each))]
    first = next((each for each in asked if each.among), asked[0] if asked else None)
    if first is None:
        return None
    found = first.reason is not UnknownReason.NOT_FOUND
    return Namesakes(first.label, first.among[: len(PICKS)], len(first.among), found, first.hidden)


def _is_nobody(who: Missing) -> bool:
    """True for a typed name that nobody has."""
    return who.reason is UnknownReason.NOT_FOUND and who.staff_id is None


def day_note(window: Window, now: datetime, calendar: WorkingCalendar) -> DayNote:
    """What is special about the day a window begins on."""
    day = window.start.astimezone(calendar.zone).date()
    kind = calendar.kind(day)
    named = calendar.holidays if kind is DayKind.HOLIDAY else None
    return DayNote(
        today=day == now.astimezone(calendar.zone).date(),
        make_up=kind is DayKind.MAKE_UP,
        day_off=kind is DayKind.DAY_OFF,
        holiday_zh=named.name(day, "zh") if named else "",
        holiday_en=named.name(day, "en") if named else "",
    )


def picks(question: Question) -> tuple[Step, ...]:
    """One of several people in place of their name, or none of them where somebody else is left to ask about."""
    namesakes, who = question.namesakes, question.request.who
    if namesakes is None:
        return ()
    rest = who.without_typed(namesakes.name)
    pick = _left_out if namesakes.name in who.without_names else _picked
    others = [(verb, pick(rest, person)) for verb, person in zip(PICKS, namesakes.people, strict=False)]
    if not rest.nobody or pick is _left_out:
        others.append((Verb.LEAVE_OUT, rest))
    request, number = question.request, len(namesakes.people)
    return tuple(Step(verb, _asked_of(request, meant), count=number) for verb, meant in others)


def _asked_of(request: Request, who: Who) -> Request:
    """The same of other people; a request that says nothing else still says nothing else."""
    if request.intent is Intent.UNCLEAR:
        return replace(request, who=who)
    return asked_about(request, request.windows, who=who, intent=request.intent)


def _picked(rest: Who, person: Person) -> Who:
    return replace(rest, mentioned=tuple(dict.fromkeys((*rest.mentioned, person.staff_id))))


def _left_out(rest: Who, person: Person) -> Who:
    return replace(rest, without=tuple(dict.fromkeys((*rest.without, person.staff_id))))


def _forms(request: Request, now: datetime, calendar: WorkingCalendar) -> tuple[Step, ...]:
    """Now, the rest of today, tomorrow: each only while it is worth asking."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = worked_day(midnight + _DAY, calendar, timedelta(days=1))
    hours = calendar.hours_of(now.date())
    rest = hours.clip(Interval(now, now + _DAY)) if hours else None
    steps = [_step(Verb.NOW, request, (Window(now, now + _NOW, WindowKind.NOW),))]
    if rest and rest.length > _NOW:
        steps.append(_step(Verb.TODAY, request, (Window(now, midnight + _DAY, WindowKind.DAYS),)))
    return (*steps, _step(Verb.NEXT_DAY, request, (Window(tomorrow, tomorrow + _DAY, WindowKind.DAYS),)))


def _moved(windows: Sequence[Window], calendar: WorkingCalendar, *, forward: bool) -> tuple[Window, ...]:
    sign = 1 if forward else -1
    first = windows[0]
    if len(windows) > 1:
        return _shifted(windows, sign * _WEEK)
    if first.kind is WindowKind.DAYS:
        days = max(len(calendar.days(first.interval)), 1)
        start = first.start.replace(hour=0, minute=0, second=0, microsecond=0)
        whole = Window(start, start + days * _DAY, WindowKind.DAYS)
        return _to_worked(whole, calendar, step=sign * days * _DAY)
    if first.kind is WindowKind.PART:
        return _to_worked(first, calendar, step=sign * _DAY)
    return (_next_hours(first, calendar, sign),)


def _as_asked(window: Window, now: datetime) -> Window:
    """Hours that have begun, so that they start at now, in their full length as far as that can be told."""
    if window.start != now or window.kind not in (WindowKind.RANGE, WindowKind.POINT):
        return window
    quarters = -((window.start - window.end) // _QUARTER)
    return Window(window.end - quarters * _QUARTER, window.end, window.kind)


def _shifted(windows: Sequence[Window], by: timedelta) -> tuple[Window, ...]:
    return tuple(Window(window.start + by, window.end + by, window.kind) for window in windows)


def _to_worked(window: Window, calendar: WorkingCalendar, *, step: timedelta) -> tuple[Window, ...]:
    """One step on, and further while that is a day off though the window was not."""
    on_duty = calendar.touches(window.interval)
    moved = _shifted([window], step)
    for _ in range(_FARTHEST_DAY_OFF):
        if not on_duty or calendar.touches(moved[0].interval):
            break
        moved = _shifted(moved, step)
    return moved


def _next_hours(window: Window, calendar: WorkingCalendar, sign: int) -> Window:
    """The hours beside these; past the end of work, the nearest end of the next working day."""
    length = window.end - window.start
    if window.kind is WindowKind.NOW and sign > 0 and not calendar.touches(window.interval):
        return _first_hour_after(window.start, calendar)
    beside = Window(window.start + sign * length, window.end + sign * length, WindowKind.RANGE)
    if calendar.touches(beside.interval) or not calendar.touches(window.interval):
        return beside
    midnight = window.start.replace(hour=0, minute=0, second=0, microsecond=0)
    day = worked_day(midnight + sign * _DAY, calendar, sign * _DAY)
    opening, closing = timedelta(minutes=calendar.hours.start), timedelta(minutes=calendar.hours.end)
    start = day + opening if sign > 0 else day + closing - length
    return Window(start, start + length, WindowKind.RANGE)


def _first_hour_after(moment: datetime, calendar: WorkingCalendar) -> Window:
    """The first hour of work that is still to come."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    for _ in range(_FARTHEST_DAY_OFF):
        start = day + timedelta(minutes=calendar.hours.start)
        if calendar.is_worked(day.date()) and start >= moment:
            break
        day += _DAY
    return Window(start, start + timedelta(hours=1), WindowKind.RANGE)


def worked_day(midnight: datetime, calendar: WorkingCalendar, step: timedelta) -> datetime:
    """The first working day from `midnight` on, at midnight."""
    for _ in range(_FARTHEST_DAY_OFF):
        if calendar.is_worked(midnight.date()):
            break
        midnight += step
    return midnight
