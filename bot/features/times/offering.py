"""The slot that an answer offers for a meeting: of the time that was asked about, what suits most people."""

from __future__ import annotations

from datetime import timedelta

from bot.availability.judge import best_stretch, judge_all
from bot.availability.sought import next_mark
from bot.availability.working_time import WorkingCalendar
from bot.features.common.free_busy import Gathered
from bot.model.freebusy import State, Verdict
from bot.model.meetings import Slot
from bot.model.people import Person, StaffId
from bot.model.questions import Question
from bot.model.requests import Request
from bot.model.time import Interval, WindowKind

_HOUR = timedelta(hours=1)
_SHORTEST = timedelta(minutes=15)
_LONGEST_WHOLE = timedelta(hours=2)
_BY_DAYS = (WindowKind.DAYS, WindowKind.PART)


def slot_to_book(
    question: Question, gathered: Gathered, verdicts: tuple[Verdict, ...], calendar: WorkingCalendar
) -> Slot | None:
    """Where most people are free for long enough, from now on; None where that is less than half of them.

    Hours that were named are taken whole up to two hours, days and longer hours for an hour, unless the request says
    how long. Nobody books a meeting with themselves alone.
    """
    request = question.request
    shortest = request.duration or min(_SHORTEST * 2, min(window.interval.length for window in request.windows))
    best = best_stretch(verdicts, shortest=shortest)
    if best is None or 2 * best.free < len(verdicts):
        return None
    start = next_mark(max(best.interval.start, Interval(question.now, question.now + _HOUR).start))
    end = min(best.interval.end, start + _longest(request))
    if end - start < min(shortest, _SHORTEST):
        return None
    slot = slot_at(Interval(start, end), gathered, calendar)
    alone = all(person == question.asker for person in suited(slot, gathered))
    return None if alone else slot


def slot_at(interval: Interval, gathered: Gathered, calendar: WorkingCalendar) -> Slot:
    """How everybody stands at `interval`."""
    verdicts = judge_all(gathered.known, stretches=[interval], calendar=calendar, own=gathered.own)
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
