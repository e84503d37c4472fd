"""What comes nearest and what would open slots: true by really trying it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st
from plain_search import MINUTE, STEP, Plain, random_search

from bot.availability.relaxing import closest, relaxations
from bot.availability.slots import count_slots, find_slots
from bot.availability.sought import Sought
from bot.model.meetings import Closest, Relaxation, RelaxationKind
from bot.model.time import Interval, Window, WindowKind

SEEDS = st.integers(0, 10**9)
QUARTER = timedelta(minutes=15)


def full_search(seed: int) -> Sought:
    """A random search that finds nothing, or a long meeting where it finds something."""
    sought = random_search(seed)
    if seed % 3 and count_slots(sought):
        sought = replace(sought, duration=timedelta(minutes=150 + 30 * (seed % 5)), quorum=None)
    return sought


def later_days(sought: Sought) -> list[Window]:
    last = sought.windows[-1].end.astimezone(sought.calendar.zone)
    midnight = last.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    days = [midnight + timedelta(days=n) for n in range(4)]
    return [Window(day, day + timedelta(days=1), WindowKind.DAYS) for day in days]


def applied(sought: Sought, relaxation: Relaxation) -> Sought:
    match relaxation.kind:
        case RelaxationKind.SHORTER:
            return replace(sought, duration=relaxation.duration)
        case RelaxationKind.FARTHER | RelaxationKind.OFF_HOURS:
            return replace(sought, windows=relaxation.windows)
        case RelaxationKind.OPTIONAL:
            return without(sought, relaxation.person)


def without(sought: Sought, person: object) -> Sought:
    """The search in which one person need not come."""
    everybody = not any(each.required for each in sought.attendees)
    people = [
        replace(each, required=(each.required or everybody) and each.staff_id != person) for each in sought.attendees
    ]
    return replace(sought, attendees=tuple(people))


@settings(max_examples=300, deadline=None)
@given(SEEDS)
def test_each_relaxation_opens_as_many_slots_as_it_says(seed):
    sought = full_search(seed)
    if count_slots(sought):
        return
    found = relaxations(sought, farther=later_days(sought))
    kinds = [each.kind for each in found]
    assert kinds == [kind for kind in RelaxationKind if kind in kinds]
    for relaxation in found:
        assert relaxation.slots > 0
        changed = applied(sought, relaxation)
        assert count_slots(changed) == relaxation.slots
        assert find_slots(changed)


@settings(max_examples=150, deadline=None)
@given(SEEDS)
def test_what_is_left_out_opens_nothing_and_the_least_is_given_up(seed):
    sought = full_search(seed)
    if count_slots(sought):
        return
    farther = later_days(sought)
    found = {each.kind: each for each in relaxations(sought, farther=farther)}
    shorter = [length for length in map(minutes, (90, 60, 45, 30, 15)) if length < sought.duration]
    opening = [length for length in shorter if count_slots(replace(sought, duration=length))]
    given = found.get(RelaxationKind.SHORTER)
    assert (given.duration if given else None) == (opening[0] if opening else None)
    days = [n for n in range(1, 5) if count_slots(replace(sought, windows=(*sought.windows, *farther[:n])))]
    extended = found.get(RelaxationKind.FARTHER)
    assert (len(extended.windows) - len(sought.windows) if extended else None) == (days[0] if days else None)
    required = sum(each.required for each in sought.attendees) or len(sought.attendees)
    if sought.quorum is None and required > 1:
        counts = [count_slots(without(sought, each.staff_id)) for each in sought.attendees]
        opened = found.get(RelaxationKind.OPTIONAL)
        assert (opened.slots if opened else 0) == max(counts)


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


@settings(max_examples=300, deadline=None)
@given(SEEDS)
@example(3006194)  # somebody whose calendar is seen until two minutes before a mark, with something in it
def test_what_comes_nearest_is_true(seed):
    sought = full_search(seed)
    plain = Plain(sought)
    if plain.keys:
        return
    found = closest(sought)
    blocked = [each for each in found if each.blocked_by]
    shorter = [each for each in found if not each.blocked_by]
    assert [*blocked, *shorter] == list(found)
    assert len(blocked) <= 1
    assert len(shorter) <= 1
    assert [(each.interval.start, set(each.blocked_by)) for each in blocked] == least_blocked(plain)
    assert [each.interval for each in shorter] == longest(plain)
    for each in blocked:
        assert each.free_from == free_from(each, sought)


def least_blocked(plain: Plain) -> list:
    """The earliest start with the fewest in the way, by trying all."""
    best = None
    for start in plain._starts():
        states = plain.states(start)
        required = {each.staff_id for each in plain.sought.attendees if plain.is_required(each)}
        coming = required & (states["free"] | states["outside"] | states["tentative"])
        in_the_way = required & states["missing"]
        if plain.sought.quorum is not None:
            in_the_way = states["missing"] | states["tentative"]
            if len(plain.sought.attendees) - len(states["unknown"]) < plain.sought.quorum:
                continue
        if coming and (best is None or len(in_the_way) < len(best[1])):
            best = (start, in_the_way)
    return [best] if best else []


def longest(plain: Plain) -> list[Interval]:
    """The longest run of five minutes in which all are free, the first of equals, a quarter of an hour at least."""
    asked = []
    for window in plain.sought.windows:
        for n in range(window.interval.length // STEP):
            start = window.start.astimezone(UTC) + n * STEP
            whole_minutes = [start + each * MINUTE for each in range(STEP // MINUTE)]
            piece_fits = plain.allowed(start, start + STEP) and all(
                plain.all_firm(minute, minute + MINUTE) for minute in whole_minutes
            )
            if piece_fits:
                joined = asked and asked[-1].end == start and plain.allowed(start - STEP, start + STEP)
                asked[-1:] = (
                    [Interval(asked[-1].start, start + STEP)]
                    if joined
                    else [*asked[-1:], Interval(start, start + STEP)]
                )
    runs = [run for run in asked if QUARTER <= run.length < plain.sought.duration]
    return [max(runs, key=lambda run: run.length)] if runs else []


def free_from(found: Closest, sought: Sought) -> datetime | None:
    """Minute by minute after the last thing they have in it."""
    people = [each for each in sought.attendees if each.staff_id in found.blocked_by]
    items = [item for each in people for item in each.free_busy.busy]
    moment = max(item.interval.end for item in items if item.interval.overlaps(found.interval))
    while any(item.interval.start <= moment < item.interval.end for item in items):
        moment += MINUTE
    same_day = (
        moment.astimezone(sought.calendar.zone).date() == found.interval.start.astimezone(sought.calendar.zone).date()
    )
    return moment if same_day and all(moment < each.free_busy.window.end for each in people) else None
