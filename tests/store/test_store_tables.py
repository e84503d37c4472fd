"""People, cards and the count of calls, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, timezone

from bot.model.people import ConversationId, OutTrackId, Person, StaffId, UnionId
from bot.store import calls, cards, people
from bot.store.cards import CardRow
from bot.store.people import PersonRow

NOW = datetime(2026, 3, 16, 10, 0, 0, 123_000, tzinfo=timezone(timedelta(hours=8)))
CARD = OutTrackId("card")


def person(staff_id: str, name: str, union_id: str = "") -> Person:
    return Person(StaffId(staff_id), UnionId(union_id or f"u-{staff_id}"), name)


async def put(store, *, state: str = "{}") -> bool:
    return await cards.put(
        store, CARD, conversation_id=ConversationId("cid"), asker=StaffId("s1"), state=state, now=NOW
    )


async def test_people_are_found_by_id_with_the_time_they_were_seen_in_utc(store):
    alice, bob = person("s1", "Alice"), person("s2", "张三")
    await people.keep(store, [alice, bob], now=NOW)
    found = await people.find(store, [StaffId("s1"), StaffId("s2"), StaffId("s3")])
    assert found == {"s1": PersonRow(alice, NOW), "s2": PersonRow(bob, NOW)}
    assert found[StaffId("s1")].seen_at.tzinfo is UTC
    assert await people.find(store, []) == {}


async def test_what_is_kept_later_replaces_what_was_known(store):
    await people.keep(store, [person("s1", "Alice"), person("s1", "Alicia")], now=NOW)
    await people.keep(store, [person("s1", "阿丽", "u-new")], now=NOW + timedelta(days=1))
    await people.keep(store, [], now=NOW)
    assert await people.find(store, [StaffId("s1")]) == {
        "s1": PersonRow(person("s1", "阿丽", "u-new"), NOW + timedelta(days=1))
    }


async def test_a_place_that_is_not_told_stays_as_it_was(store):
    told = Person(StaffId("s1"), UnionId("u-s1"), "Alice", "Design")
    await people.keep(store, [told], now=NOW)
    await people.keep(store, [person("s1", "Alice")], now=NOW)
    assert (await people.find(store, [StaffId("s1")]))[StaffId("s1")].person == told


async def test_the_index_holds_whom_the_last_reading_listed(store):
    day = timedelta(days=1)
    await people.keep(store, [person("s0", "Met only")], now=NOW)
    assert await people.indexed_at(store) is None
    for begun, ids in ((NOW, ("s2", "s1")), (NOW + day, ("s3", "s2"))):
        await people.begin_index(store, now=begun, older_than=begun - day / 2, given_up=begun - day / 2)
        await people.index(store, [person(staff_id, staff_id) for staff_id in ids], begun=begun)
        await people.keep(store, [person("s2", "s2")], now=begun)
        await people.end_index(store, begun=begun)
    since = await people.indexed_at(store)
    assert since == NOW + day
    assert [each.staff_id for each in await people.indexed(store, since=since)] == ["s2", "s3"]
    assert [each.staff_id for each in await people.indexed(store, since=NOW)] == ["s1", "s2", "s3"]


async def test_one_of_several_reads_the_organisation_and_another_where_that_one_gave_up(store):
    def begin(now):
        return people.begin_index(store, now=now, older_than=now - timedelta(days=1), given_up=now - timedelta(hours=1))

    assert sorted(await asyncio.gather(*(begin(NOW) for _ in range(5)))) == [False] * 4 + [True]
    assert not await begin(NOW + timedelta(minutes=59))
    again = NOW + timedelta(minutes=61)
    assert await begin(again)
    await people.end_index(store, begun=NOW)
    assert await people.indexed_at(store) is None
    await people.end_index(store, begun=again)
    assert not await begin(again + timedelta(hours=23))
    assert await begin(again + timedelta(hours=25))


async def test_readings_of_signs_are_learned_once(store):
    await people.learn(store, {"曾": ("ceng", "zeng"), "?": ()})
    await people.learn(store, {"曾": ("x",), "王": ("wang",)})
    await people.learn(store, {})
    assert await people.known_readings(store) == {"曾": ("ceng", "zeng"), "?": (), "王": ("wang",)}


async def test_a_card_is_put_once_and_stays_as_it_was(store):
    assert await put(store)
    assert not await put(store, state="[]")
    assert await cards.get(store, CARD) == CardRow(CARD, ConversationId("cid"), StaffId("s1"), 1, "{}", NOW)
    assert await cards.get(store, OutTrackId("other")) is None


async def test_of_two_presses_at_once_one_advances_the_card(store):
    await put(store)
    pressed = await asyncio.gather(*(cards.advance(store, CARD, version=1, state=f"{n}") for n in range(2)))
    assert sorted(pressed) == [False, True]
    card = await cards.get(store, CARD)
    assert card is not None
    assert (card.version, card.state) == (2, str(pressed.index(True)))


async def test_calls_are_counted_by_month_and_api(store):
    await asyncio.gather(*(calls.add(store, "2026-03", {"querySchedule": 2, "card": 1, "none": 0}) for _ in range(5)))
    await calls.add(store, "2026-04", {"card": 7})
    await calls.add(store, "2026-04", {})
    assert await calls.spent_by_api(store, "2026-03") == {"querySchedule": 10, "card": 5}
    assert await calls.spent(store, "2026-03") == 15
    assert await calls.spent(store, "2026-05") == 0
