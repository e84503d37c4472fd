"""Holds of slots, on SQLite and on PostgreSQL: nobody is in two at a time, and a crash loses none."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.model.people import OutTrackId, StaffId
from bot.model.time import Interval
from bot.store import Store, bookings, pruning
from bot.store.bookings import Hold, HoldKey, HoldState, Refused

NOW = datetime(2026, 3, 16, 10, tzinfo=UTC)
LEASE = timedelta(seconds=60)
ALICE, BOB, CAROL = StaffId("alice"), StaffId("bob"), StaffId("carol")


def key(card: str = "card", start: float = 0, hours: float = 1) -> HoldKey:
    first = NOW + timedelta(days=1, hours=start)
    return HoldKey(OutTrackId(card), Interval(first, first + timedelta(hours=hours)))


async def hold(store, which=None, *, organizer=ALICE, people=(ALICE, BOB), now=NOW):
    return await bookings.hold(store, which or key(), organizer=organizer, people=people, now=now, lease=LEASE)


async def booked(store, which=None, event="event-1", **keywords) -> Hold:
    held = await hold(store, which, **keywords)
    assert isinstance(held, Hold)
    assert await bookings.begin(store, held, now=NOW, lease=LEASE)
    assert await bookings.booked(store, held, event_id=event, now=NOW, lease=LEASE)
    return held


async def test_a_slot_goes_from_held_to_booked_and_is_remembered(store):
    await booked(store)
    again = await hold(store, now=NOW + timedelta(days=1))
    assert again == Hold(key(), ALICE, HoldState.BOOKED, 1, "event-1", NOW)
    assert again.booked_at.tzinfo is UTC


@pytest.mark.parametrize("other", [key("other"), key("other", 0.5), key("other", -0.5), key("other", 0.25, 0.5)])
async def test_nobody_is_in_two_slots_that_overlap(store, other):
    await hold(store)
    assert await hold(store, other, organizer=CAROL, people=(BOB, CAROL)) == Refused(frozenset({BOB}))


@pytest.mark.parametrize(("other", "people"), [(key("other", 1), (BOB,)), (key("other", -1), (BOB,)), (key("x"), ())])
async def test_slots_beside_each_other_or_of_other_people_are_free(store, other, people):
    await booked(store)
    assert isinstance(await hold(store, other, organizer=CAROL, people=(CAROL, *people)), Hold)


async def test_the_same_slot_of_the_same_card_belongs_to_one_organizer(store):
    await hold(store)
    assert await hold(store, organizer=CAROL, people=(BOB, CAROL)) == Refused(frozenset({BOB, CAROL}))


async def test_a_hold_that_was_given_up_or_lapsed_stands_in_nobodys_way(store):
    held = await hold(store)
    assert await bookings.release(store, held, now=NOW)
    assert not await bookings.begin(store, held, now=NOW, lease=LEASE)
    other = await hold(store, key("other"), organizer=CAROL, people=(BOB, CAROL))
    assert isinstance(other, Hold)
    assert isinstance(await hold(store, now=NOW + LEASE), Hold)


async def test_a_slot_taken_up_anew_is_another_round_and_a_repeat_is_not(store):
    first = await hold(store)
    assert await hold(store) == first
    await bookings.release(store, first, now=NOW)
    assert (await hold(store)).round == 2
    lapsed = NOW + LEASE
    assert (await hold(store, now=lapsed)).round == 2
    assert (await hold(store, organizer=CAROL, now=lapsed + LEASE)).round == 3


async def test_after_a_crash_while_the_event_was_made_the_same_organizer_goes_on(store):
    held = await hold(store)
    await bookings.begin(store, held, now=NOW, lease=LEASE)
    assert (await hold(store)).state is HoldState.CREATING
    assert not await bookings.release(store, held, now=NOW)
    assert (await hold(store, now=NOW + LEASE)) == Hold(key(), ALICE, HoldState.HOLDING, 1)


async def test_a_hold_whose_event_was_refused_is_given_up(store):
    held = await hold(store)
    await bookings.begin(store, held, now=NOW, lease=LEASE)
    assert await bookings.release(store, held, now=NOW, created=True)
    assert (await hold(store)).round == 2


async def test_an_event_that_is_no_more_frees_its_slot(store):
    held = await booked(store)
    assert await bookings.undo(store, "event-1", began=NOW)
    assert not await bookings.undo(store, "event-2", began=NOW)
    assert not await bookings.booked(store, held, event_id="event-1", now=NOW, lease=LEASE)
    assert isinstance(await hold(store, key("other"), people=(BOB,)), Hold)
    assert (await hold(store, people=(CAROL,))).round == 2


async def test_of_many_who_hold_overlapping_slots_at_once_nobody_gets_two(store_url):
    """Two stores on one database, as two replicas have them."""
    everybody = [StaffId(f"s{n}") for n in range(8)]
    async with await Store.open(store_url) as one, await Store.open(store_url) as other:
        wanted = [(key(f"card-{n}", (n % 4) / 2), (everybody[n % 8], everybody[(n * 3 + 1) % 8])) for n in range(120)]
        got = await asyncio.gather(
            *(hold((one, other)[n % 2], k, organizer=people[0], people=people) for n, (k, people) in enumerate(wanted))
        )
    held = [(k, set(people)) for (k, people), each in zip(wanted, got, strict=True) if isinstance(each, Hold)]
    assert held
    for n, (k, people) in enumerate(held):
        for other_key, others in held[n + 1 :]:
            assert not (k.interval.overlaps(other_key.interval) and people & others)


async def test_old_slots_are_forgotten(store):
    await booked(store)
    assert await pruning.prune(store, before=key().interval.end) == 0
    assert await pruning.prune(store, before=key().interval.end + timedelta(seconds=1)) == 1


# ---------------------------------------------------------------- series
WEEK = timedelta(weeks=1)
SLOT = key().interval


def weekly(*people, weeks=3):
    """The later times of a series at SLOT, each with those who must be in no other hold then."""
    return {SLOT.moved(number * WEEK): frozenset(people) for number in range(1, weeks + 1)}


async def test_a_series_is_in_the_way_at_each_of_its_times(store):
    series = await hold_series(store, "series", weekly(BOB))
    assert isinstance(series, Hold)
    for number in range(5):
        at = SLOT.moved(number * WEEK)
        found = await bookings.hold(
            store, HoldKey(OutTrackId(f"card-{number}"), at), organizer=CAROL, people=(BOB,), now=NOW, lease=LEASE
        )
        assert isinstance(found, Refused if number <= 3 else Hold), number


async def test_a_series_is_refused_for_a_hold_at_a_later_time_of_who_has_to_be_free_then(store):
    at = SLOT.moved(2 * WEEK)
    key = HoldKey(OutTrackId("single"), at)
    assert isinstance(await bookings.hold(store, key, organizer=CAROL, people=(BOB,), now=NOW, lease=LEASE), Hold)
    assert await hold_series(store, "series", weekly(BOB)) == Refused(frozenset({BOB}))
    assert isinstance(await hold_series(store, "series", {**weekly(BOB), at: frozenset()}), Hold)


async def test_two_series_share_nobody_at_any_time(store):
    assert isinstance(await hold_series(store, "one", weekly(BOB)), Hold)
    moved = {at.moved(WEEK): who for at, who in weekly(BOB).items()}
    start = HoldKey(OutTrackId("two"), SLOT.moved(WEEK))
    found = await bookings.hold(store, start, organizer=CAROL, people=(), now=NOW, lease=LEASE, later=moved)
    assert found == Refused(frozenset({BOB}))


async def hold_series(store, card, later):
    key = HoldKey(OutTrackId(card), SLOT)
    return await bookings.hold(store, key, organizer=ALICE, people=(BOB,), now=NOW, lease=LEASE, later=later)
