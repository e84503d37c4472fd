"""The meetings that lie ahead, and one of them moved, on SQLite and on PostgreSQL: one time of an event, always."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.model.people import ConversationId, OutTrackId, StaffId
from bot.model.time import Interval
from bot.store import bookings, meetings
from bot.store.bookings import Hold, HoldKey, HoldState, Refused

NOW = datetime(2026, 3, 16, 10, tzinfo=UTC)
LEASE = timedelta(seconds=60)
ALICE, BOB, CAROL = StaffId("alice"), StaffId("bob"), StaffId("carol")
CHAT = ConversationId("group")


def key(card: str = "card", start: float = 0, hours: float = 1) -> HoldKey:
    first = NOW + timedelta(days=1, hours=start)
    return HoldKey(OutTrackId(card), Interval(first, first + timedelta(hours=hours)))


async def booked(store, which=None, event="event-1", *, organizer=ALICE, people=(ALICE, BOB), title="评审"):
    held = await bookings.hold(store, which or key(), organizer=organizer, people=people, now=NOW, lease=LEASE)
    assert isinstance(held, Hold)
    assert await bookings.begin(store, held, now=NOW, lease=LEASE)
    assert await bookings.booked(
        store,
        held,
        event_id=event,
        now=NOW,
        lease=LEASE,
        attendees=people,
        title=title,
        zone="Asia/Shanghai",
        chat=CHAT,
    )
    return held


async def hold(store, which, event="event-1", *, organizer=ALICE, people=(ALICE, BOB), now=NOW):
    return await meetings.hold(store, which, event_id=event, organizer=organizer, people=people, now=now, lease=LEASE)


async def finish(store, held, *, event="event-1", new="event-1", now=NOW):
    return await meetings.finish(store, held, old_event=event, event_id=new, began=now, now=now, lease=LEASE)


async def times(store, now=NOW):
    return [(each.event_id, each.interval) for each in await meetings.ahead(store, ALICE, now=now)]


async def test_the_meetings_of_one_person_that_lie_ahead_in_order(store):
    await booked(store, key(start=3), "late")
    await booked(store, key("other"), "early")
    await booked(store, key("bobs", 1), "another", organizer=BOB, people=(BOB,))
    first, second = await meetings.ahead(store, ALICE, now=NOW)
    assert (first.event_id, first.attendees, first.title, first.chat) == ("early", (ALICE, BOB), "评审", CHAT)
    assert second.event_id == "late"
    assert await times(store, now=key().interval.end) == [("late", key(start=3).interval)]


async def test_what_a_meeting_is_called_is_forgotten_once_it_is_over(store):
    await booked(store)
    assert await meetings.forget_titles(store, now=NOW) == 0
    assert await meetings.forget_titles(store, now=key().interval.end + LEASE) == 1
    assert (await meetings.of_event(store, "event-1")).title == ""


async def test_what_is_cancelled_is_listed_no_more_nor_what_it_was_called(store):
    await booked(store)
    await bookings.undo(store, "event-1", began=NOW)
    assert await times(store) == []
    assert await meetings.of_event(store, "event-1") is None


async def test_a_move_is_at_the_old_time_until_it_is_finished_and_then_at_the_new_one_alone(store):
    await booked(store)
    held = await hold(store, key("other", 4))
    assert await meetings.begin(store, held, event_id="event-1", now=NOW, lease=LEASE)
    assert await times(store) == [("event-1", key().interval)]
    old = await finish(store, held)
    assert old.interval == key().interval
    assert await times(store) == [("event-1", key("other", 4).interval)]
    assert (await meetings.of_event(store, "event-1")).title == "评审"
    again = await hold(store, key("other", 4))
    assert (again.state, again.event_id) == (HoldState.BOOKED, "event-1")


async def test_a_meeting_is_not_in_its_own_way(store):
    await booked(store)
    assert isinstance(await hold(store, key(start=0.5)), Hold)


async def test_another_meeting_of_somebody_is_in_the_way(store):
    await booked(store)
    await booked(store, key("other", 4), "event-2", organizer=CAROL, people=(BOB, CAROL))
    assert await hold(store, key("third", 4.5)) == Refused(frozenset({BOB}))


async def test_an_event_has_one_mover_at_a_time(store):
    await booked(store)
    assert isinstance(await hold(store, key("one", 4)), Hold)
    assert await hold(store, key("two", 6)) == Refused(frozenset())
    assert isinstance(await hold(store, key("two", 6), now=NOW + LEASE), Hold)


async def test_a_move_that_is_taken_up_again_goes_on_where_it_was(store):
    await booked(store)
    held = await hold(store, key("one", 4))
    assert await meetings.begin(store, held, event_id="event-1", now=NOW, lease=LEASE)
    for later in (NOW, NOW + 2 * LEASE):
        again = await hold(store, key("one", 4), now=later)
        assert (again.state, again.event_id, again.round) == (HoldState.CREATING, "event-1", held.round)
    assert await meetings.begin(store, again, event_id=None, now=NOW, lease=LEASE)
    assert (await hold(store, key("one", 4), now=NOW + 2 * LEASE)).event_id == ""


async def test_a_meeting_that_was_cancelled_meanwhile_stays_cancelled(store):
    await booked(store)
    held = await hold(store, key("one", 4))
    assert await meetings.begin(store, held, event_id="event-1", now=NOW, lease=LEASE)
    await bookings.undo(store, "event-1", began=NOW)
    assert await finish(store, held) is None
    assert await times(store) == []
    assert await hold(store, key("two", 5)) is None


async def test_a_new_event_in_place_of_one_that_cannot_be_moved_leaves_that_one_to_be_deleted(store):
    await booked(store)
    held = await hold(store, key("one", 4))
    assert await meetings.begin(store, held, event_id=None, now=NOW, lease=LEASE)
    assert await finish(store, held, new="event-2")
    assert await times(store) == [("event-1", key().interval), ("event-2", key("one", 4).interval)]
    await bookings.undo(store, "event-1", began=NOW)
    assert await times(store) == [("event-2", key("one", 4).interval)]


async def test_a_move_there_and_back_is_one_event_at_its_first_time(store):
    await booked(store)
    there = await hold(store, key(start=4))
    assert await meetings.begin(store, there, event_id="event-1", now=NOW, lease=LEASE)
    assert await finish(store, there)
    back = await hold(store, key())
    assert await meetings.begin(store, back, event_id="event-1", now=NOW, lease=LEASE)
    assert await finish(store, back)
    assert await times(store) == [("event-1", key().interval)]


async def test_somebody_who_is_in_another_meeting_then_does_not_join(store):
    await booked(store)
    await booked(store, key("other", 0.5), "event-2", organizer=CAROL, people=(CAROL,))
    assert await meetings.join(store, "event-1", [CAROL], now=NOW, lease=LEASE) == Refused(frozenset({CAROL}))
    dave = StaffId("dave")
    joined = await meetings.join(store, "event-1", [dave], now=NOW, lease=LEASE)
    assert (joined.meeting.attendees, joined.again) == ((ALICE, BOB), False)
    assert (await meetings.join(store, "event-1", [dave], now=NOW, lease=LEASE)).again
    await meetings.part(store, joined.meeting)
    assert not (await meetings.join(store, "event-1", [dave], now=NOW, lease=LEASE)).again
    assert await meetings.guests(store, "event-1", [ALICE, dave], now=NOW)
    assert (await meetings.of_event(store, "event-1")).attendees == (ALICE, dave)
    assert not await meetings.guests(store, "event-9", [ALICE], now=NOW)


async def test_of_movers_and_cancels_that_race_one_time_or_none_is_left(store):
    """Ten rounds of three movers and one who cancels, each in transactions of their own."""
    for turn in range(10):
        event, day = f"event-{turn}", turn * 24
        await booked(store, key(f"card-{turn}", day), event)

        async def move(to: float, event=event, turn=turn, day=day) -> object:
            held = await hold(store, key(f"to-{turn}", day + to), event)
            if not isinstance(held, Hold) or not await meetings.begin(
                store, held, event_id=event, now=NOW, lease=LEASE
            ):
                return None
            return await finish(store, held, event=event)

        moved = await asyncio.gather(move(2), move(4), move(6), bookings.undo(store, event, began=NOW))
        left = [each for each in await times(store) if each[0] == event]
        assert left == [], (moved, left)


@pytest.mark.parametrize("chat", ["group", "direct"])
async def test_a_meeting_of_the_version_before_is_in_the_chat_of_its_card(store, chat):
    from bot.store import cards

    await cards.put(store, OutTrackId("card"), conversation_id=ConversationId(chat), asker=ALICE, state="{}", now=NOW)
    held = await bookings.hold(store, key(), organizer=ALICE, people=(ALICE, BOB), now=NOW, lease=LEASE)
    assert await bookings.booked(store, held, event_id="event-1", now=NOW, lease=LEASE, attendees=(ALICE, BOB))
    [meeting] = await meetings.ahead(store, ALICE, now=NOW)
    assert (meeting.chat, meeting.title) == (chat, "")
