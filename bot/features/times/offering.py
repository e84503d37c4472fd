"""The slot that an answer offers for a meeting: of the time that was asked about, what suits most people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.availability.intervals import subtract
from bot.availability.judge import best_stretch, judge_all
from bot.availability.sought import next_quarter
from bot.features.common.free_busy import Gathered
from bot.model.freebusy import BusyStatus, FreeBusy, State, Verdict
from bot.model.meetings import Slot
from bot.model.people import Person, StaffId
from bot.model.questions import Question
from bot.model.requests import Request
from bot.model.time import Interval, Window, WindowKind

_HOUR = timedelta(hours=1)
_NOW = timedelta(minutes=30)
_LONGEST_WHOLE = timedelta(hours=2)
_BY_DAYS = (WindowKind.DAYS, WindowKind.PART)
_NAMED = (WindowKind.RANGE, WindowKind.POINT)


def slot_to_book(question: Question, gathered: Gathered, verdicts: tuple[Verdict, ...]) -> Slot | None:
    """Where most people are free for long enough, from now on; None where that is less than half of them.

    Hours that were named are taken whole up to two hours, "now" for half an hour, days and longer hours for an hour,
    unless the request says how long; never the rest of a length that was asked for. Hours that nobody named begin and
    end on quarters and lie in everybody's working time. Nobody books a meeting with themselves alone.
    """
    request, now = question.request, question.now
    best = best_stretch(_without_own(verdicts, gathered), shortest=_shortest(request))
    if best is None or 2 * best.free < len(verdicts):
        return None
    if any(window.kind is WindowKind.NOW for window in request.windows):
        start = next_quarter(max(best.interval.start, now))
        interval = Interval(start, start + (request.duration or _NOW))
    else:
        interval = _within(best.interval, request, now)
    if interval.length < _shortest(request):
        return None
    slot = slot_at(interval, gathered)
    named = all(window.kind in _NAMED for window in request.windows)
    if (slot.outside and not named) or (slot.missing and interval.end > best.interval.end):
        return None
    alone = all(person == question.asker for person in suited(slot, gathered))
    return None if alone else slot


def _without_own(verdicts: Sequence[Verdict], gathered: Gathered) -> list[Verdict]:
    """The verdicts without the time in which whoever asks is firmly busy: nobody is offered to book over that."""
    if not isinstance(gathered.asker, FreeBusy):
        return list(verdicts)
    busy = [item.interval for item in gathered.asker.busy if item.status is BusyStatus.BUSY]
    return [replace(verdict, free=tuple(subtract(verdict.free, busy))) for verdict in verdicts]


def _within(stretch: Interval, request: Request, now: datetime) -> Interval:
    """The part of a free stretch that is offered: its own hours where they were named, else from quarter to quarter."""
    start = stretch.start if stretch.start >= now and _is_named(stretch.start, request) else None
    start = start or next_quarter(max(stretch.start, now))
    end = min(stretch.end, start + _longest(request))
    if not _is_named(end, request):
        end -= timedelta(minutes=end.minute % 15)
    return Interval(start, max(end, start))


def _is_named(moment: datetime, request: Request) -> bool:
    """True for the beginning or the end of hours that were named."""
    named = [window for window in request.windows if window.kind in _NAMED]
    return any(moment in (window.start, window.end) for window in named)


def _shortest(request: Request) -> timedelta:
    """What a meeting takes at least: the length that was said, or half an hour of what was asked about."""
    if request.duration:
        return request.duration
    point = [window.interval.length for window in request.windows if window.kind is WindowKind.POINT]
    return min(point) if point else min(_NOW, min(window.interval.length for window in request.windows))


def slot_at(interval: Interval, gathered: Gathered) -> Slot:
    """How everybody stands at `interval`."""
    asked = [Window(interval.start, interval.end)]
    verdicts = judge_all(gathered.known, windows=asked, calendars=gathered.calendars)
    by_state: dict[State, list[StaffId]] = {state: [] for state in State}
    for verdict in verdicts:
        if isinstance(verdict.who, Person):
            by_state[verdict.state].append(verdict.who.staff_id)
    return Slot(
        interval,
        missing=tuple(by_state[State.BUSY]),
        tentative=tuple(by_state[State.TENTATIVE]),
        unknown=tuple(by_state[State.UNKNOWN]),
        outside=tuple(by_state[State.OUTSIDE_HOURS]),
    )


def suited(slot: Slot, gathered: Gathered) -> list[StaffId]:
    """Who is firmly free in `slot`."""
    others = {*slot.missing, *slot.tentative, *slot.unknown}
    return [who.staff_id for who in gathered.people if isinstance(who, Person) and who.staff_id not in others]


def _longest(request: Request) -> timedelta:
    if request.duration:
        return request.duration
    asked = max(window.interval.length for window in request.windows)
    by_days = any(window.kind in _BY_DAYS for window in request.windows)
    return _HOUR if by_days or asked > _LONGEST_WHOLE else asked
