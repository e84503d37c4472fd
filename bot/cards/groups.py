"""The lines of a verdict: people by state, each on exactly one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.cards.escape import name
from bot.cards.lines import said_once
from bot.cards.times import TimeWords
from bot.model.freebusy import BusyStatus, State, Verdict
from bot.model.people import Person, StaffId, UnknownReason
from bot.model.replies import WhoIsFree
from bot.model.time import Interval, WindowKind

_ORDER = ("free", "partly", "tentative", "busy", "outside_hours", "unknown", "opted_out")
COLLAPSED_ABOVE = 8
_PIECES = 4
"""As many stretches as a working day has at most; more are several days."""
_MOST_TAKEN = 2
_LONGEST_BREAK = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Entry:
    """One person on a line: what they are called, with the times or the reason that go with it.

    `typed` is what somebody wrote for them, where that was not their name.
    `until` is when a busy person is free again ("" where that says nothing), `all_day` that they are busy all day.
    `taken` is what somebody has in hours in which they do not work.
    `since` and `to` bound the free time of somebody partly free; `spans` are its stretches where neither bounds it.
    `more`: there are stretches that are not written out. `place` is the city of somebody who lives by another clock,
    `there` what it shows where they are not at work then.
    """

    name: str
    typed: str = ""
    until: str = ""
    all_day: bool = False
    since: str = ""
    to: str = ""
    spans: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    more: bool = False
    reason: UnknownReason | None = None
    place: str = ""
    there: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Everybody of one state; `left_out` are counted but not named. `reason` is what all who are named share."""

    state: str
    count: int
    entries: tuple[Entry, ...]
    left_out: int
    reason: UnknownReason | None = None


def groups_of(reply: WhoIsFree, times: TimeWords, *, most_names: int) -> list[Group]:
    """The lines of the verdict, best state first. Above 8 people a line names at most `most_names` of them."""
    by_state: dict[str, list[Verdict]] = {state: [] for state in _ORDER}
    for verdict in reply.verdicts:
        by_state[_line_of(verdict)].append(verdict)
    named = len(reply.verdicts) if len(reply.verdicts) <= COLLAPSED_ABOVE else most_names
    return [_group(state, people, reply, times, min(named, most_names)) for state, people in by_state.items() if people]


def _line_of(verdict: Verdict) -> str:
    if is_opted_out(verdict):
        return "opted_out"
    return "partly" if verdict.partly else verdict.state.value


def _group(state: str, people: Sequence[Verdict], reply: WhoIsFree, times: TimeWords, most_names: int) -> Group:
    if state == "opted_out":
        return opted_out_group(people)
    entries = [_entry(verdict, reply, times) for verdict in people[:most_names]]
    return named_group(state, entries, count=len(people))


def named_group(state: str, entries: Sequence[Entry], *, count: int) -> Group:
    """`count` people of whom these are named; a reason that they share stands once."""
    reasons = [entry.reason for entry in entries]
    named = tuple(replace(entry, reason=each) for entry, each in zip(entries, said_once(reasons), strict=True))
    return Group(state, count, named, count - len(named), reasons[0] if len(set(reasons)) == 1 else None)


def is_opted_out(verdict: Verdict) -> bool:
    """True for somebody who does not want to be shown."""
    return verdict.unknown is not None and verdict.unknown.reason is UnknownReason.OPTED_OUT


def opted_out_group(people: Sequence[Verdict]) -> Group:
    """Those who do not want to be shown: named where the question names them, else only counted."""
    return Group("opted_out", len(people), tuple(Entry(name(each.label)) for each in people if each.label), 0)


def _entry(verdict: Verdict, reply: WhoIsFree, times: TimeWords) -> Entry:
    entry = _with_times(verdict, reply, times)
    typed = verdict.who.called if isinstance(verdict.who, Person) else ""
    return replace(entry, typed=name(typed)) if typed else entry


def _with_times(verdict: Verdict, reply: WhoIsFree, times: TimeWords) -> Entry:
    called = name(verdict.label) if verdict.label else ""
    if verdict.unknown is not None:
        return Entry(called, reason=verdict.unknown.reason)
    if verdict.partly:
        return _partly(called, verdict.free, reply, times)
    if verdict.state is State.TENTATIVE:
        tentative = [item.interval for item in verdict.busy if item.status is BusyStatus.TENTATIVE]
        spans, most = _spans(tentative, reply, times), _most_spans(reply)
        return Entry(called, spans=spans[:most], more=len(spans) > most)
    if verdict.state is State.OUTSIDE_HOURS:
        entry = _elsewhere(called, verdict.who.staff_id, reply, times)
        return replace(entry, taken=tuple(times.hours(item.interval) for item in verdict.busy[:_MOST_TAKEN]))
    if verdict.state is State.BUSY:
        return _until(called, verdict, reply, times)
    return _free(called, verdict, reply, times)


def _free(called: str, verdict: Verdict, reply: WhoIsFree, times: TimeWords) -> Entry:
    """Whoever works by another clock is free in other hours of a day than the chat works in: those, and where."""
    zone = reply.clocks.get(verdict.who.staff_id) if verdict.who.staff_id else None
    one_day = len(reply.windows) == 1 and reply.windows[0].kind is WindowKind.DAYS and len(reply.stretches) <= _PIECES
    if zone is None or not one_day or verdict.free == reply.stretches:
        return Entry(called)
    joined: list[Interval] = []
    for stretch in verdict.free:
        if joined and stretch.start - joined[-1].end <= _LONGEST_BREAK:
            joined[-1] = Interval(joined[-1].start, stretch.end)
        else:
            joined.append(stretch)
    return Entry(called, spans=tuple(map(times.hours, joined)), place=times.elsewhere(zone))


def _elsewhere(called: str, staff_id: StaffId | None, reply: WhoIsFree, times: TimeWords) -> Entry:
    zone = reply.clocks.get(staff_id) if staff_id else None
    if zone is None:
        return Entry(called)
    return Entry(called, place=times.elsewhere(zone), there=times.clock_in(zone, reply.stretches[0].start))


def _partly(called: str, free: Sequence[Interval], reply: WhoIsFree, times: TimeWords) -> Entry:
    """From when or until when, where that says it all; else the free stretches, or only how much they are."""
    first, last = reply.stretches[0].start, reply.stretches[-1].end
    one_day = times.local(first).date() == times.local(last).date()
    if one_day and len(free) == 1 and free[0].end == last:
        return Entry(called, since=times.clock(free[0].start))
    if one_day and len(free) == 1 and free[0].start == first:
        return Entry(called, to=times.clock(free[0].end))
    spans, most = _spans(free, reply, times), _most_spans(reply)
    return Entry(called, spans=spans[:most], more=len(spans) > most)


def _most_spans(reply: WhoIsFree) -> int:
    return 2 if reply.question.in_group else 5


def _spans(stretches: Iterable[Interval], reply: WhoIsFree, times: TimeWords) -> tuple[str, ...]:
    """The hours of each stretch, with its day where the question is about several."""
    one_day = times.local(reply.stretches[0].start).date() == times.local(reply.stretches[-1].end).date()
    return tuple(times.hours(each) if one_day else times.when(each) for each in stretches)


def _until(called: str, verdict: Verdict, reply: WhoIsFree, times: TimeWords) -> Entry:
    if verdict.until is None:
        return Entry(called)
    end, asked_until = times.local(verdict.until), times.local(reply.stretches[-1].end)
    by_days = all(window.kind is WindowKind.DAYS for window in reply.windows)
    if (end.hour, end.minute) == (0, 0) or (verdict.leave and by_days and len(reply.windows) == 1):
        return Entry(called, all_day=True)
    same_day = end.date() == asked_until.date()
    return Entry(called, until=times.clock(end) if same_day else f"{times.day(end)} {times.clock(end)}")
