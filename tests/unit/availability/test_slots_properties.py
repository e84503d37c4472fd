"""Common times on random calendars, against a plain reading of the rules."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from plain_search import MINUTE, Plain, random_item, random_search

from bot.availability.board import read_board
from bot.availability.slots import MOST_COUNTED, count_slots, find_slots
from bot.availability.sought import Attendee, Sought
from bot.availability.stretches import common_stretches
from bot.availability.verifying import is_true
from bot.model.freebusy import Busy, FreeBusy
from bot.model.meetings import Slot
from bot.model.time import Interval

SEEDS = st.integers(0, 10**9)
WEEK = timedelta(days=7)


def said(slot: Slot) -> dict[str, set[str]]:
    return {how: set(getattr(slot, how)) for how in ("missing", "tentative", "unknown", "outside")}


@settings(max_examples=600, deadline=None)
@given(SEEDS, st.integers(1, 4))
def test_the_offered_slots_are_the_best_by_the_rules_with_distance_and_true(seed, most):
    sought = random_search(seed)
    plain = Plain(sought)
    found = find_slots(sought, most=most)
    assert [slot.interval.start for slot in found] == plain.best(most, [])
    assert bool(found) == bool(plain.keys)
    if found:
        assert plain.keys[found[0].interval.start] == min(plain.keys.values())
    for slot in found:
        states = plain.states(slot.interval.start)
        assert said(slot) == {how: states[how] for how in said(slot)}
        assert slot.interval.length == sought.duration
        assert plain.allowed(slot.interval.start, slot.interval.end)


@settings(max_examples=200, deadline=None)
@given(SEEDS)
def test_the_next_batch_overlaps_nothing_that_was_shown(seed):
    sought = random_search(seed)
    shown = [slot.interval for slot in find_slots(sought)]
    batch = find_slots(sought, apart_from=shown)
    assert [slot.interval.start for slot in batch] == Plain(sought).best(3, shown)


@settings(max_examples=200, deadline=None)
@given(SEEDS)
def test_the_reasons_of_a_slot_hold_minute_by_minute(seed):
    sought = random_search(seed)
    plain = Plain(sought)
    for slot in find_slots(sought):
        states = plain.states(slot.interval.start)
        free = [each for each in sought.attendees if each.staff_id in states["free"] | states["outside"]]
        assert slot.clear_before == clear(plain, free, slot.interval, forward=False)
        assert slot.clear_after == clear(plain, free, slot.interval, forward=True)
        after = {each.staff_id for each in free if any(ends_at(item, slot) for item in each.free_busy.busy)}
        assert slot.just_after in after or (slot.just_after is None and not after)


def ends_at(item: Busy, slot: Slot) -> bool:
    return item.interval.end == slot.interval.start and item.status == "BUSY"


def clear(plain: Plain, free: list[Attendee], slot: Interval, *, forward: bool) -> timedelta:
    """How far the slot can be stretched to one side with everybody who is free still free, an hour at most."""
    for minutes in range(1, 61):
        reach = timedelta(minutes=minutes)
        start, end = (slot.start, slot.end + reach) if forward else (slot.start - reach, slot.end)
        fine = plain.allowed(start, end) and (forward or start >= rounded(plain.sought))
        if not fine or any(plain.state(each, start, end) not in ("free", "outside") for each in free):
            return reach - MINUTE
    return timedelta(hours=1)


@settings(max_examples=200, deadline=None)
@given(SEEDS)
def test_as_many_slots_are_counted_as_can_stand_side_by_side(seed):
    sought = random_search(seed)
    assert count_slots(sought) == min(Plain(sought).most_at_once(), MOST_COUNTED)


@settings(max_examples=120, deadline=None)
@given(SEEDS)
def test_stretches_hold_those_minutes_in_which_all_are_free(seed):
    sought = random_search(seed)
    plain = Plain(sought)
    found = common_stretches(sought, shortest=MINUTE)
    assert found == sorted(found)
    minutes = {start for stretch in found for start in minutes_of(stretch)}
    asked = {start for window in sought.windows for start in minutes_of(window.interval)}
    marks = {start for start in asked if plain.allowed(start, start + MINUTE) and start >= rounded(sought)}
    assert minutes == {start for start in marks if plain.all_firm(start, start + MINUTE)}
    longer = common_stretches(sought, shortest=timedelta(minutes=40))
    assert longer == [stretch for stretch in found if stretch.length >= timedelta(minutes=40)]


def minutes_of(stretch: Interval) -> list:
    return [stretch.start + n * MINUTE for n in range(stretch.length // MINUTE)]


def rounded(sought: Sought):
    return sought.now + (-sought.now.minute % 5) * MINUTE


@settings(max_examples=150, deadline=None)
@given(SEEDS)
def test_the_order_of_attendees_is_irrelevant(seed):
    sought = random_search(seed)
    people = list(sought.attendees)
    random.Random(seed).shuffle(people)
    one, other = find_slots(sought), find_slots(replace(sought, attendees=tuple(people)))
    assert [(slot.interval, said(slot)) for slot in one] == [(slot.interval, said(slot)) for slot in other]


@settings(max_examples=150, deadline=None)
@given(SEEDS)
def test_a_week_later_the_answer_is_a_week_later(seed):
    sought = random_search(seed, where="office")
    people = tuple(replace(each, calendar=sought.calendar) for each in sought.attendees)
    sought = replace(sought, attendees=people)
    moved = replace(
        sought,
        attendees=tuple(replace(each, known=later(each.known)) for each in people),
        windows=tuple(replace(each, start=each.start + WEEK, end=each.end + WEEK) for each in sought.windows),
        now=sought.now + WEEK,
    )
    expected = [replace(slot, interval=slot.interval.moved(WEEK)) for slot in find_slots(sought)]
    assert find_slots(moved) == expected


def later(known):
    if not isinstance(known, FreeBusy):
        return known
    busy = tuple(replace(item, interval=item.interval.moved(WEEK)) for item in known.busy)
    return FreeBusy(known.window.moved(WEEK), busy)


@settings(max_examples=200, deadline=None)
@given(SEEDS)
def test_more_busy_time_never_adds_a_slot(seed):
    sought = random_search(seed)
    rng = random.Random(seed)
    n = rng.randrange(len(sought.attendees))
    people = list(sought.attendees)
    known = people[n].known
    if isinstance(known, FreeBusy):
        item = random_item(rng, known.window.start + timedelta(days=1), sought.calendar)
        people[n] = replace(people[n], known=FreeBusy(known.window, tuple(sorted([*known.busy, item]))))
    busier = replace(sought, attendees=tuple(people))
    starts = [{rank.start for rank in read_board(each).offered()} for each in (sought, busier)]
    assert starts[1] <= starts[0]
    assert count_slots(busier) <= count_slots(sought)


@settings(max_examples=100, deadline=None)
@given(SEEDS)
def test_a_slot_that_says_anything_untrue_is_held_back(seed):
    sought = random_search(seed)
    for slot in find_slots(sought):
        assert is_true(slot, sought)
        assert not is_true(replace(slot, interval=slot.interval.moved(timedelta(days=30))), sought)
        someone = sought.attendees[0].staff_id
        turned = tuple(each for each in slot.missing if each != someone)
        assert not is_true(replace(slot, missing=turned if turned != slot.missing else (*turned, someone)), sought)
