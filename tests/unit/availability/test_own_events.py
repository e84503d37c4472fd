"""What the bot made and deleted, laid over a reading: never free but by data, never twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.availability.own_events import LAID_OVER, with_own_events
from bot.model.freebusy import Busy, BusyStatus, FreeBusy
from bot.model.meetings import OwnEvent
from bot.model.people import StaffId
from bot.model.time import Interval

NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
DAY = Interval(NOON - 12 * HOUR, NOON + 12 * HOUR)
ALICE, BOB = StaffId("alice"), StaffId("bob")
NOW = NOON - 5 * HOUR
SLOT = Interval(NOON, NOON + HOUR)
MADE = OwnEvent(SLOT, frozenset({ALICE, BOB}), frozenset({BOB}), made_at=NOW - 10 * SECOND)
DELETED = replace(MADE, deleted_at=NOW - 5 * SECOND)
OLD = replace(DELETED, made_at=NOW - timedelta(days=3))


def read(*busy: Busy) -> FreeBusy:
    return FreeBusy(DAY, busy)


def laid(known: FreeBusy, *events: OwnEvent, person: StaffId = BOB, read_at: datetime = NOW) -> FreeBusy:
    return with_own_events(known, person, events, read_at=read_at, now=NOW)


def test_what_was_made_is_busy_though_the_reading_does_not_show_it():
    early, late = Busy(SLOT.moved(-2 * HOUR)), Busy(SLOT.moved(3 * HOUR))
    assert laid(read(early, late), MADE) == read(early, Busy(SLOT), late)


def test_what_the_reading_shows_is_not_entered_twice():
    assert laid(read(Busy(SLOT)), MADE, MADE) == read(Busy(SLOT))


def test_what_is_outside_the_window_or_of_others_changes_nothing():
    tomorrow = replace(MADE, interval=SLOT.moved(timedelta(days=1)))
    assert laid(read(), tomorrow) == read()
    assert laid(read(Busy(SLOT)), MADE, DELETED, person=StaffId("carol")) == read(Busy(SLOT))


def test_what_was_deleted_is_taken_out_and_nothing_else():
    over, same_start = Busy(SLOT.moved(HOUR / 2)), Busy(Interval(SLOT.start, SLOT.end + HOUR))
    assert laid(read(Busy(SLOT), same_start, over), DELETED) == read(same_start, over)


@pytest.mark.parametrize(
    "known",
    [
        read(Busy(SLOT), Busy(SLOT)),
        read(Busy(SLOT, BusyStatus.TENTATIVE)),
        read(Busy(Interval(SLOT.start, SLOT.end + SECOND))),
    ],
    ids=["two of them", "tentative", "a second longer"],
)
def test_what_may_be_another_meeting_stays(known):
    assert laid(known, DELETED) == known


def test_whoever_was_not_found_free_when_it_was_made_stays_busy():
    assert laid(read(Busy(SLOT)), DELETED, person=ALICE) == read(Busy(SLOT))


@pytest.mark.parametrize("person", [ALICE, BOB])
@pytest.mark.parametrize(
    ("read_at", "busy"),
    [
        (NOW - timedelta(minutes=1), ()),
        (OLD.deleted_at, (Busy(SLOT),)),
        (NOW, (Busy(SLOT),)),
        (OLD.made_at - SECOND, (Busy(SLOT),)),
    ],
    ids=["while it stood", "as it was deleted", "after it was deleted", "before it was made"],
)
def test_an_older_event_is_taken_out_of_what_was_read_while_it_stood(person, read_at, busy):
    """A later reading may show a meeting that was made in the days between."""
    assert laid(read(Busy(SLOT)), OLD, person=person, read_at=read_at) == read(*busy)


def test_an_event_that_was_made_two_minutes_ago_is_an_older_one():
    for made_at, busy in ((NOW - LAID_OVER + SECOND, ()), (NOW - LAID_OVER, (Busy(SLOT),))):
        assert laid(read(Busy(SLOT)), replace(DELETED, made_at=made_at)) == read(*busy)


def test_what_was_deleted_and_booked_anew_is_busy():
    again = replace(MADE, made_at=NOW - SECOND)
    for known in (read(), read(Busy(SLOT))):
        assert laid(known, DELETED, again) == laid(known, again, DELETED) == read(Busy(SLOT))


quarters = st.integers(-8, 8).map(lambda n: n * HOUR / 4)
intervals = st.builds(
    lambda by, length: Interval(NOON + by, NOON + by + length * HOUR / 4), quarters, st.integers(1, 8)
)
items = st.lists(st.builds(Busy, intervals, st.sampled_from(BusyStatus)), max_size=6)
ages = st.integers(0, 600).map(lambda n: NOW - n * SECOND)
events = st.lists(
    st.builds(
        OwnEvent,
        intervals,
        st.just(frozenset({ALICE, BOB})),
        st.sampled_from([frozenset(), frozenset({BOB})]),
        ages,
        st.none() | ages,
    ),
    max_size=4,
)


@given(items, events, ages)
def test_what_is_laid_over_keeps_order_adds_what_stands_and_loses_only_what_was_deleted(busy, own, read_at):
    known = read(*sorted(busy))
    found = laid(known, *own, read_at=read_at)
    assert list(found.busy) == sorted(found.busy)
    assert {event.interval for event in own if event.deleted_at is None} <= {item.interval for item in found.busy}
    deleted = {Busy(event.interval) for event in own if event.deleted_at}
    assert set(known.busy) - set(found.busy) <= deleted
    assert laid(found, *own, read_at=read_at).busy == found.busy
