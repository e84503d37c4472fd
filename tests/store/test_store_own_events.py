"""The events that the bot made or deleted lately, on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.model.meetings import OwnEvent
from bot.model.people import OutTrackId, StaffId
from bot.model.time import Interval
from bot.store import Store, bookings, own_events
from bot.store.bookings import Hold, HoldKey
from bot.store.database import Database, parse_url

NOW = datetime(2026, 3, 16, 10, tzinfo=UTC)
MINUTE, LEASE = timedelta(minutes=1), timedelta(seconds=60)
SLOT = Interval(NOW + timedelta(hours=5), NOW + timedelta(hours=6))
ALICE, BOB, CAROL = StaffId("alice"), StaffId("bob"), StaffId("carol")
EVERYBODY, FREE = frozenset({ALICE, BOB, CAROL}), frozenset({BOB})


async def hold(store: Store, now: datetime = NOW, *, organizer: StaffId = ALICE) -> Hold:
    key = HoldKey(OutTrackId("card"), SLOT)
    held = await bookings.hold(store, key, organizer=organizer, people=(organizer, BOB), now=now, lease=LEASE)
    assert isinstance(held, Hold)
    return held


async def begin(store: Store, held: Hold, now: datetime = NOW) -> None:
    assert await bookings.begin(store, held, now=now, lease=LEASE, found_free=FREE)


async def book(store: Store, now: datetime = NOW, event: str = "event-1", *, organizer: StaffId = ALICE) -> None:
    held = await hold(store, now, organizer=organizer)
    await begin(store, held, now)
    assert await bookings.booked(store, held, event_id=event, now=now, lease=LEASE, attendees=EVERYBODY)


async def changed(store: Store, since: datetime = NOW - MINUTE) -> list[OwnEvent]:
    return await own_events.changed(store, since=since)


async def test_an_event_is_listed_once_it_is_there_with_everybody_in_it(store):
    held = await hold(store)
    assert await changed(store) == []
    await begin(store, held)
    assert await changed(store) == []
    assert await bookings.booked(store, held, event_id="event-1", now=NOW, lease=LEASE, attendees=EVERYBODY)
    assert await changed(store) == [OwnEvent(SLOT, EVERYBODY, FREE, made_at=NOW)]


async def test_an_event_is_listed_as_long_as_its_last_change_is_new(store):
    await book(store)
    assert await changed(store, since=NOW) == []
    later = NOW + timedelta(days=1)
    assert await bookings.undo(store, "event-1", began=later)
    assert await changed(store, since=NOW) == [OwnEvent(SLOT, EVERYBODY, FREE, made_at=NOW, deleted_at=later)]
    assert await changed(store, since=later) == []


async def test_a_deletion_that_is_said_twice_keeps_its_first_time(store):
    await book(store)
    assert await bookings.undo(store, "event-1", began=NOW + MINUTE)
    assert not await bookings.undo(store, "event-1", began=NOW + 2 * MINUTE)
    assert (await changed(store))[0].deleted_at == NOW + MINUTE


async def test_a_repeat_of_what_was_booked_keeps_its_time(store):
    held = await hold(store)
    await begin(store, held)
    for now in (NOW, NOW + MINUTE):
        assert await bookings.booked(store, held, event_id="event-1", now=now, lease=LEASE, attendees=EVERYBODY)
    assert (await changed(store))[0].made_at == NOW


async def test_a_deleted_event_stays_deleted_until_the_next_one_of_its_slot_is_about_to_be_made(store):
    gone = OwnEvent(SLOT, EVERYBODY, FREE, made_at=NOW, deleted_at=NOW + MINUTE)
    await book(store)
    await bookings.undo(store, "event-1", began=NOW + MINUTE)
    held = await hold(store, NOW + MINUTE)
    assert await changed(store) == [gone]
    await bookings.release(store, held, now=NOW + MINUTE)
    assert await changed(store) == [gone]
    again = await hold(store, NOW + MINUTE)
    await begin(store, again, NOW + MINUTE)
    assert await changed(store) == []  # it may be there again by now
    assert await bookings.release(store, again, now=NOW + MINUTE, created=True)
    assert await changed(store) == []
    await book(store, NOW + 2 * MINUTE, "event-2")
    assert await changed(store) == [OwnEvent(SLOT, EVERYBODY, FREE, made_at=NOW + 2 * MINUTE)]


async def test_an_event_whose_slot_is_taken_up_anew_is_not_taken_for_deleted(store):
    await book(store)
    await hold(store, NOW + LEASE, organizer=CAROL)
    assert await changed(store) == []


async def test_what_the_version_before_kept_is_passed_over(store):
    await book(store)
    await store.run(lambda connection: connection.execute(sa.text("UPDATE bookings SET attendees = NULL")))
    assert await changed(store) == []


@pytest.mark.parametrize("statement", [own_events._CHANGED])
def test_the_query_for_new_changes_uses_its_index(statement):
    database = Database(parse_url("sqlite://"))
    connection = database.begin()
    text = str(statement.compile(connection.engine))
    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", (0,) * text.count("?")).all()
    assert any("ix_bookings_changed_at" in row[-1] for row in plan)
    database.close()


async def test_each_time_of_a_series_is_listed_as_an_event_of_its_own(store):
    later = [SLOT.moved(timedelta(weeks=number)) for number in (1, 2)]
    key = HoldKey(OutTrackId("card"), SLOT)
    held = await bookings.hold(
        store, key, organizer=ALICE, people=(BOB,), now=NOW, lease=LEASE, later=dict.fromkeys(later, frozenset({BOB}))
    )
    assert isinstance(held, Hold)
    await begin(store, held)
    assert await bookings.booked(store, held, event_id="event-1", now=NOW, lease=LEASE, attendees=EVERYBODY)
    assert await changed(store) == [OwnEvent(each, EVERYBODY, FREE, made_at=NOW) for each in (SLOT, *later)]
    assert await bookings.undo(store, "event-1", began=NOW + MINUTE)
    assert [event.deleted_at for event in await changed(store)] == [NOW + MINUTE] * 3
