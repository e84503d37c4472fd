"""What guests replied and when that is looked at, on SQLite and PostgreSQL: by one process, while it lies ahead."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.model.meetings import Details, Responses
from bot.model.people import OutTrackId, StaffId
from bot.model.time import Interval
from bot.store import bookings, meetings, responses
from bot.store.bookings import Hold, HoldKey

NOW = datetime(2026, 3, 16, 10, tzinfo=UTC)
LEASE = timedelta(seconds=60)
HOUR = timedelta(hours=1)
ALICE, BOB, CAROL = StaffId("alice"), StaffId("bob"), StaffId("carol")
SAID = Responses(NOW, accepted=(BOB,), declined=(CAROL,), told=(CAROL,))
DETAILS = Details("会议室 A201", 5, online=True)


def key(card: str = "card", start: float = 24) -> HoldKey:
    first = NOW + timedelta(hours=start)
    return HoldKey(OutTrackId(card), Interval(first, first + HOUR))


async def booked(store, which=None, event="event-1", *, look_at=NOW, later=()):
    which = which or key()
    people = (ALICE, BOB, CAROL)
    held = await bookings.hold(
        store,
        which,
        organizer=ALICE,
        people=people,
        now=NOW,
        lease=LEASE,
        later={Interval(start, start + HOUR): frozenset() for start in later},
    )
    assert isinstance(held, Hold)
    assert await bookings.begin(store, held, now=NOW, lease=LEASE)
    assert await bookings.booked(
        store,
        held,
        event_id=event,
        now=NOW,
        lease=LEASE,
        attendees=people,
        title="评审",
        details=DETAILS,
        look_at=look_at,
    )
    return held


async def taken(store, now=NOW):
    return [each.event_id for each in await responses.take_looks(store, now=now, lease=LEASE)]


async def test_what_is_due_is_taken_by_one_of_many_and_again_after_its_lease(store):
    await booked(store)
    assert sum(map(len, await asyncio.gather(*(taken(store) for _ in range(8))))) == 1
    assert await taken(store, NOW + LEASE / 2) == []
    assert await taken(store, NOW + LEASE) == ["event-1"]


async def test_what_was_looked_at_is_not_due_again_unless_it_is_put_off(store):
    await booked(store)
    await responses.looked(store, "event-1", again_at=NOW + HOUR)
    assert await taken(store) == []
    assert await taken(store, NOW + HOUR) == ["event-1"]
    await responses.looked(store, "event-1")
    assert await taken(store, NOW + 9 * HOUR) == []


async def test_nothing_is_due_before_its_time_nor_without_one(store):
    await booked(store, look_at=NOW + HOUR)
    await booked(store, key("other", 48), "event-2", look_at=None)
    assert await taken(store) == []
    assert await taken(store, NOW + HOUR) == ["event-1"]


async def test_what_was_cancelled_is_not_looked_at(store):
    await booked(store)
    await bookings.undo(store, "event-1", began=NOW)
    assert await taken(store) == []
    assert not await responses.replied(store, "event-1", SAID)


async def moved(store, new="event-1"):
    held = await meetings.hold(
        store, key("mover", 30), event_id="event-1", organizer=ALICE, people=(ALICE, BOB), now=NOW, lease=LEASE
    )
    assert await meetings.begin(store, held, event_id=new if new == "event-1" else None, now=NOW, lease=LEASE)
    assert await meetings.finish(
        store,
        held,
        old_event="event-1",
        event_id=new,
        began=NOW + HOUR,
        now=NOW + HOUR,
        lease=LEASE,
        look_at=NOW + 5 * HOUR,
    )
    if new != "event-1":
        await bookings.undo(store, "event-1", began=NOW + HOUR)


@pytest.mark.parametrize("new", ["event-1", "event-2"])
async def test_a_move_keeps_how_it_is_held_and_who_was_told_of_and_is_looked_at_anew(store, new):
    await booked(store)
    assert await responses.replied(store, "event-1", SAID)
    await moved(store, new)
    meeting = await meetings.of_event(store, new)
    assert (meeting.details, meeting.responses) == (DETAILS, SAID)
    assert meeting.replied is None  # that was said of the time before
    assert await taken(store, NOW + 5 * HOUR) == [new]


async def test_what_was_replied_is_read_back_and_forgotten_once_it_is_over(store):
    await booked(store)
    assert await responses.replied(store, "event-1", SAID)
    assert (await meetings.of_event(store, "event-1")).replied == SAID
    await meetings.forget_titles(store, now=key().interval.end + LEASE)
    meeting = await meetings.of_event(store, "event-1")
    assert (meeting.title, meeting.details, meeting.responses) == ("", Details(), None)


async def test_a_series_lies_ahead_and_is_told_of_until_its_last_time_is_over(store):
    starts = [key().interval.start + timedelta(weeks=number) for number in (1, 2)]
    await booked(store, HoldKey(OutTrackId("card FREQ=WEEKLY;BYDAY=TU"), key().interval), later=starts)
    await booked(store, key("other", 48), "event-2")
    between = starts[0] + 2 * HOUR
    [series] = await meetings.ahead(store, ALICE, now=between)
    assert (series.card, series.rule, series.later) == ("card", "FREQ=WEEKLY;BYDAY=TU", tuple(starts))
    assert series.ahead(between) == (Interval(starts[1], starts[1] + HOUR),)
    first, second = await meetings.ahead(store, ALICE, now=NOW)
    assert (first.event_id, second.event_id) == ("event-1", "event-2")
    await meetings.forget_titles(store, now=between)
    assert (await meetings.of_event(store, "event-1")).title == "评审"
    await meetings.forget_titles(store, now=starts[1] + 2 * HOUR)
    assert (await meetings.of_event(store, "event-1")).title == ""
    assert await meetings.ahead(store, ALICE, now=starts[1] + 2 * HOUR) == []
