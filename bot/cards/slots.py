"""What the cards of a common time say: the horizon, each slot with its reasons, what comes nearest, what opens more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from bot.cards.escape import name
from bot.cards.maps import unseen_groups
from bot.cards.rooms import RoomFacts, room_facts, slot_rooms
from bot.cards.times import TimeWords
from bot.model.card_state import offered_on
from bot.model.meetings import Closest, Relaxation, Slot
from bot.model.people import Person, StaffId
from bot.model.replies import CommonTime, DayNote
from bot.model.time import Interval, Window, WindowKind

_MOST_NAMED = 2
_MOST_UNKNOWN = 4
_MOST_LINES = 3
_MOST_BREAKS = 2
_MOST_COUNTED = 99
_DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class People:
    """Some people on a line: the first two by name, and how many there are."""

    names: tuple[str, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class SlotFacts:
    """One slot as its macros want it: its day and hours, and `here` the same in the chat's zone where that differs.

    `free` is how many people are free, `all_free` that nobody else was asked about. `missing_optional`: all who miss it
    need not come. `before` and `after` are minutes that are clear on both sides, `just_after` somebody whose meeting
    ends at its start. `room` is the one that goes with it; `roomless`: rooms were looked at, and none is free.
    """

    when: str
    here: str
    free: int
    all_free: bool
    missing: People
    missing_optional: bool
    tentative: People
    outside: People
    before: int
    after: int
    just_after: str
    room: RoomFacts | None = None
    roomless: bool = False


@dataclass(frozen=True, slots=True)
class ClosestFacts:
    """What comes nearest: who is in the way until `free_from` ("" where that is not said), or only its `minutes`."""

    when: str
    here: str
    blocked: People
    free_from: str
    minutes: int


@dataclass(frozen=True, slots=True)
class RelaxationFacts:
    """One change and how many slots it opens ("99+" for more than were counted)."""

    kind: str
    slots: str
    minutes: int = 0
    where: str = ""
    name: str = ""


def slot_values(reply: CommonTime, times: TimeWords, chat_times: TimeWords) -> dict[str, Any]:
    """What the templates of a common time need beyond the reply itself."""
    people = [verdict.who for verdict in reply.verdicts]
    names = {person.staff_id: name(person.label) for person in people if isinstance(person, Person)}
    write = _Writer(reply, times, chat_times, names)
    card, known = reply.card, [verdict for verdict in reply.verdicts if verdict.unknown is None]
    unseen = [verdict for verdict in reply.verdicts if verdict.unknown is not None]
    return {
        "reply": reply,
        "times": times,
        "chat_times": chat_times,
        "people": len(known),
        "minutes": _minutes(reply.duration),
        "days": len({times.local(stretch.start).date() for stretch in reply.stretches}),
        "horizon": _horizon(reply, times),
        "slots": [write.slot(slot, note) for slot, note in zip(offered_on(card), reply.notes, strict=False)],
        "closest": [write.closest(each, note) for each, note in zip(reply.closest, reply.notes, strict=False)],
        "relaxations": [write.relaxation(each) for each in card.relaxations],
        "unseen": unseen_groups(unseen, most_names=_MOST_UNKNOWN),
        "unseen_count": len(unseen),
        "found_by": [
            (name(verdict.who.label), name(verdict.who.called))
            for verdict in known
            if isinstance(verdict.who, Person) and verdict.who.called
        ][:_MOST_LINES],
        **slot_rooms(reply.rooms),
        "breaks": [chat_times.span(each) for each in reply.breaks[:_MOST_BREAKS]],
    }


@dataclass(frozen=True, slots=True)
class _Writer:
    """One reply in the words of one zone, with the chat's beside it."""

    reply: CommonTime
    times: TimeWords
    chat_times: TimeWords
    names: Mapping[StaffId, str]

    def slot(self, slot: Slot, note: DayNote) -> SlotFacts:
        away = len(slot.missing) + len(slot.tentative) + len(slot.unknown)
        return SlotFacts(
            when=self._when(slot.interval, note),
            here=self._here(slot.interval),
            free=len(self.reply.verdicts) - away,
            all_free=not away,
            missing=self._people(slot.missing),
            missing_optional=self.reply.optional.issuperset(slot.missing),
            tentative=self._people(slot.tentative),
            outside=self._people(slot.outside),
            before=_minutes(slot.clear_before),
            after=_minutes(slot.clear_after),
            just_after=self.names.get(slot.just_after, "") if slot.just_after else "",
            room=room_facts(slot.room),
            roomless=slot.rooms == (),
        )

    def closest(self, closest: Closest, note: DayNote) -> ClosestFacts:
        return ClosestFacts(
            when=self._when(closest.interval, note),
            here=self._here(closest.interval),
            blocked=self._people(closest.blocked_by),
            free_from=self.times.clock(closest.free_from) if closest.free_from else "",
            minutes=_minutes(closest.interval.length),
        )

    def relaxation(self, relaxation: Relaxation) -> RelaxationFacts:
        last = relaxation.windows[-1].start if relaxation.windows else None
        return RelaxationFacts(
            kind=relaxation.kind.value,
            slots=f"{relaxation.slots}{'+' if relaxation.slots >= _MOST_COUNTED else ''}",
            minutes=_minutes(relaxation.duration) if relaxation.duration else 0,
            where=self.times.day(last) if last else "",
            name=self.names.get(relaxation.person, "") if relaxation.person else "",
        )

    def _when(self, interval: Interval, note: DayNote) -> str:
        return self.times.window(Window(interval.start, interval.end), note)

    def _here(self, interval: Interval) -> str:
        """The same in the chat's zone, where the asked one is another."""
        if self.times.zone == self.chat_times.zone:
            return ""
        return self.chat_times.window(Window(interval.start, interval.end), DayNote())

    def _people(self, staff_ids: Sequence[StaffId]) -> People:
        names = [self.names[staff_id] for staff_id in staff_ids if staff_id in self.names]
        return People(tuple(names[:_MOST_NAMED]), len(staff_ids))


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds() // 60)


def _horizon(reply: CommonTime, times: TimeWords) -> list[tuple[str, ...]]:
    """Each line in parts that may be broken: the days that are searched, with the hours where they are the same."""
    runs = _runs(reply.windows, times)
    if len(runs) > _MOST_LINES:
        runs = [list(reply.windows)]
    notes = dict(zip(reply.windows, reply.window_notes, strict=True))
    return [_run(run, notes[run[0]], times) for run in runs]


def _run(run: Sequence[Window], note: DayNote, times: TimeWords) -> tuple[str, ...]:
    first, last = _day_of(run[0].start, times), _last_day(run[-1], times)
    if first == last and len(run) == 1:
        return (times.window(run[0], note),)
    days = times.day(run[0].start)
    if first != last:
        end = run[-1].end - _INSTANT if run[-1].kind is WindowKind.DAYS else run[-1].start
        days = times.from_to(times.local(run[0].start), times.local(end))
    hours = {times.hours(window) for window in _outer(run, times)}
    return (days, hours.pop()) if len(hours) == 1 else (days,)


def _outer(run: Iterable[Window], times: TimeWords) -> list[Interval]:
    """From the first to the last hour of each day, where hours were named."""
    by_day: dict[date, list[Window]] = {}
    for window in run:
        if window.kind is WindowKind.DAYS:
            return []
        by_day.setdefault(_day_of(window.start, times), []).append(window)
    return [Interval(min(w.start for w in day), max(w.end for w in day)) for day in by_day.values()]


def _runs(windows: Sequence[Window], times: TimeWords) -> list[list[Window]]:
    """Windows of days that follow each other, each run of one kind and of the same hours."""
    runs = [[windows[0]]]
    for before, window in pairwise(windows):
        if _goes_on(before, window, times):
            runs[-1].append(window)
        else:
            runs.append([window])
    return runs


def _goes_on(before: Window, window: Window, times: TimeWords) -> bool:
    whole = before.kind is window.kind is WindowKind.DAYS
    following = _day_of(window.start, times) - _last_day(before, times)
    if whole:
        return following <= _DAY
    return WindowKind.DAYS not in (before.kind, window.kind) and (
        following == _DAY and times.hours(before) == times.hours(window)
    )


def _day_of(moment: datetime, times: TimeWords) -> date:
    return times.local(moment).date()


def _last_day(window: Window, times: TimeWords) -> date:
    """Hours over midnight are of the day they begin on."""
    return _day_of(window.end - _INSTANT if window.kind is WindowKind.DAYS else window.start, times)
